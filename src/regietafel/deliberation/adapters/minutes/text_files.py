"""Plain text, in the encodings that Dutch offices use; a form feed begins a new page."""

from __future__ import annotations

import re

from regietafel.deliberation.adapters.minutes.refusing import MinutesRefused, refuse_too_many
from regietafel.deliberation.engine.minutes import SourceLine

NO_TEXT = "Dit lijkt geen tekstbestand. Wij lezen verslagen als tekst, Word (.docx), PDF en Notubiz (JSON)."
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ENDS = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SAMPLE = 20_000


def read(data: bytes) -> list[SourceLine]:
    """Return the lines of a text file."""
    return to_lines(decode(data))


def decode(data: bytes) -> str:
    """Return the text in the encoding that fits.

    Raises:
        MinutesRefused: these bytes are no text.
    """
    encoding = next((name for mark, name in _BOMS.items() if data.startswith(mark)), None)
    text = None
    for candidate in (encoding,) if encoding else ("utf-8", "cp1252", "latin-1"):
        try:
            text = data.decode(candidate)
            break
        except UnicodeDecodeError:
            continue
    sample = (text or "")[:_SAMPLE]
    if text is None or "\0" in sample or len(_STRANGE.findall(sample)) * 200 > len(sample):
        raise MinutesRefused(NO_TEXT)
    return text


def to_lines(text: str) -> list[SourceLine]:
    """Number the lines of a text, and its pages."""
    written = _ENDS.split(text)
    refuse_too_many(len(written), len(text))
    lines: list[SourceLine] = []
    page = 1
    for number, line in enumerate(written, start=1):
        page += line.count("\f")
        lines.append(SourceLine(number=number, text=line.replace("\f", " ").rstrip(), page=page))
    return lines
