"""Readers of minutes: a file in, lines out. A file that cannot be read is refused, with what to do about it.

The kind is recognised by the first bytes, never by the name alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from regietafel.deliberation.adapters.minutes import docx_files, notubiz, pdf_files, text_files
from regietafel.deliberation.adapters.minutes.refusing import MAX_BYTES, MinutesRefused, refuse_too_many
from regietafel.deliberation.engine.minutes import SourceLine

__all__ = ["MAX_BYTES", "MinutesRefused", "lines_of", "lines_of_file"]

Reader = Callable[[bytes], list[SourceLine]]
_NO_OTHER = "Wij lezen verslagen als tekst, Word (.docx), PDF en vergaderingen van Notubiz (JSON)."
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "Dit is een oud Word-bestand (.doc) of beveiligd met een wachtwoord. "
                          "Open het in Word en sla het op als .docx, zonder wachtwoord."),
    (b"{\\rtf", "Dit is een RTF-bestand. Open het in Word en sla het op als .docx."),
    (b"\x89PNG", f"Dit is een afbeelding. {_NO_OTHER} Laat er eerst tekst van maken (OCR)."),
    (b"\xff\xd8\xff", f"Dit is een afbeelding. {_NO_OTHER} Laat er eerst tekst van maken (OCR)."),
    (b"GIF8", f"Dit is een afbeelding. {_NO_OTHER}"),
)  # fmt: skip
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<head", b"<body")


def lines_of_file(path: Path) -> tuple[SourceLine, ...]:
    """Read a file as lines.

    Raises:
        MinutesRefused: it cannot be read; the message says why and what to do, in Dutch.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return lines_of(data)


def lines_of(data: bytes) -> tuple[SourceLine, ...]:
    """Read what was uploaded as lines.

    Raises:
        MinutesRefused: it cannot be read; the message says why and what to do, in Dutch.
    """
    if len(data) > MAX_BYTES:
        raise MinutesRefused(
            f"Het bestand is groter dan {MAX_BYTES // 1_000_000} MB. Maak het kleiner of deel het op."
        )
    if not data.strip():
        raise MinutesRefused("Het bestand is leeg.")
    lines = _reader(data)(data)
    if not any(line.text.strip() for line in lines):
        raise MinutesRefused("Er staat geen tekst in dit bestand.")
    refuse_too_many(len(lines))
    return tuple(lines)


def _reader(data: bytes) -> Reader:
    for start, message in _REFUSED:
        if data.startswith(start):
            raise MinutesRefused(message)
    if b"%PDF-" in data[:1024]:
        return pdf_files.read
    if data.startswith(b"PK"):
        return docx_files.read
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.lower().startswith(_MARKUP):
        raise MinutesRefused(f"Dit is een webpagina of XML. {_NO_OTHER} Druk de pagina af als PDF.")
    return notubiz.read if start.startswith((b"{", b"[{", b"[\n", b"[ ")) else text_files.read
