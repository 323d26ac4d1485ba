"""Plain text, in the encodings that Dutch offices use."""

from typing import BinaryIO

from regietafel.register.adapters.papers.limits import Limit, PaperText

ENCODINGS = ("utf-8-sig", "cp1252")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_plain(file: BinaryIO, limit: Limit) -> PaperText:
    """Return the text of the file."""
    limit.add(decode(file.read()) or "")
    return limit.result("Er staat geen tekst in dit bestand.")


def decode(content: bytes) -> str | None:
    """Return the text, or None when this is no text."""
    if content.startswith(UTF16_MARKS):
        return _attempt(content, "utf-16")
    if b"\x00" in content:
        return None
    for encoding in ENCODINGS:
        text = _attempt(content, encoding)
        if text is not None:
            return text if _is_readable(text) else None
    return None


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_readable(text: str) -> bool:
    strange = sum(1 for sign in text[:20_000] if ord(sign) < 32 and sign not in "\t\r\n\f")
    return strange <= len(text[:20_000]) // 200
