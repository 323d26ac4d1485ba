"""Papers: what kind of file somebody sent, judged by its content, and the text that is in it."""

from collections.abc import Callable
from typing import BinaryIO

from regietafel.register.adapters.papers.kinds import (
    DOCX,
    KINDS,
    MAX_BYTES,
    PDF,
    TEXT,
    PaperKind,
    PaperRefused,
)
from regietafel.register.adapters.papers.limits import Limit, PaperText
from regietafel.register.adapters.papers.office import read_docx
from regietafel.register.adapters.papers.pdf import read_pdf
from regietafel.register.adapters.papers.plain import read_plain
from regietafel.register.adapters.papers.recognising import recognise

__all__ = ["KINDS", "MAX_BYTES", "PaperKind", "PaperRefused", "PaperText", "extract_text", "recognise"]

READERS: dict[PaperKind, Callable[[BinaryIO, Limit], PaperText]] = {
    PDF: read_pdf,
    DOCX: read_docx,
    TEXT: read_plain,
}


def extract_text(file: BinaryIO, kind: PaperKind) -> PaperText:
    """Take the text out of a file; a broken file gives no text but a note."""
    reader = READERS.get(kind)
    if reader is None:
        return PaperText(note="Uit dit soort bestand lezen wij geen tekst. Beschrijf daarom wat erin staat.")
    file.seek(0)
    return reader(file, Limit())
