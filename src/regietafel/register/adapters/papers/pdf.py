"""Text out of PDF files, page by page; time is watched at every drawing operation."""

from typing import Any, BinaryIO

from regietafel.register.adapters.papers.limits import MAX_PAGES, Limit, PaperText

UNREADABLE = "De tekst van dit PDF-bestand is niet te lezen."
LOCKED = "Dit PDF-bestand is beveiligd met een wachtwoord; de tekst is niet doorzoekbaar."
PICTURES_ONLY = (
    "Er staat geen tekst in dit PDF-bestand, waarschijnlijk alleen een scan. Beschrijf wat erin staat."
)


class _TooLong(Exception):
    """Reading took too long."""


def read_pdf(file: BinaryIO, limit: Limit) -> PaperText:
    """Return the text of the document."""
    from pypdf import PdfReader  # half a second that only reading needs

    try:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            return PaperText(note=LOCKED)
        for number, page in enumerate(reader.pages):
            if number >= MAX_PAGES or not limit.add(_page_text(page, limit)):
                break
    except _TooLong:
        pass
    except Exception:  # a hostile or broken file fails in many ways; it is kept, without text
        return PaperText(note=UNREADABLE)
    return limit.result(PICTURES_ONLY)


def _page_text(page: Any, limit: Limit) -> str:
    def watch(*_operation: Any) -> None:
        if not limit.in_time():
            raise _TooLong

    text: str = page.extract_text(visitor_operand_before=watch)
    return text
