"""PDF files: the text as it stands on the page, with the spaces between columns."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

from regietafel.deliberation.adapters.minutes.refusing import MinutesRefused, refuse_too_many
from regietafel.deliberation.engine.minutes import SourceLine

LOCKED = (
    "Dit PDF-bestand is beveiligd met een wachtwoord. Sla het op zonder wachtwoord en lees het opnieuw in."
)
BROKEN = "Dit PDF-bestand is beschadigd. Maak de PDF opnieuw, of lever het verslag aan als Word (.docx)."
PICTURES_ONLY = (
    "Er staat geen tekst in dit PDF-bestand, waarschijnlijk is het een scan. "
    "Lever het verslag aan als Word (.docx), of laat er eerst tekst van maken (OCR)."
)
MAX_PAGES = 400
MAX_SECONDS = 60.0
MAX_PAGE_BYTES = 4_000_000  # drawing instructions of one page


def read(data: bytes) -> list[SourceLine]:
    """Return the lines of every page, blank ones too: they part paragraphs."""
    from pypdf.errors import FileNotDecryptedError, PdfReadError  # half a second that only reading needs

    lines: list[SourceLine] = []
    try:
        for page, text in enumerate(_pages(data), start=1):
            for line in text.split("\n"):
                lines.append(
                    SourceLine(number=len(lines) + 1, text=line.replace("\f", " ").rstrip(), page=page)
                )
            refuse_too_many(len(lines), sum(len(line.text) for line in lines[-5_000:]))
    except MinutesRefused:
        raise
    except FileNotDecryptedError as error:
        raise MinutesRefused(LOCKED) from error
    except (
        PdfReadError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        raise MinutesRefused(BROKEN) from error  # a broken file fails in many ways
    except (OSError, ArithmeticError, AssertionError, NotImplementedError, MemoryError) as error:
        raise MinutesRefused(BROKEN) from error
    if not any(line.text.strip() for line in lines):
        raise MinutesRefused(PICTURES_ONLY)
    return lines


def _pages(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    ends = time.monotonic() + MAX_SECONDS
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise MinutesRefused(LOCKED)
    if len(reader.pages) > MAX_PAGES:
        raise MinutesRefused(
            f"Dit PDF-bestand heeft meer dan {MAX_PAGES} bladzijden. Deel het op per vergadering."
        )
    for page in reader.pages:
        if time.monotonic() > ends:
            raise MinutesRefused(
                "Het lezen van dit PDF-bestand duurt te lang. Lever het verslag aan als Word (.docx)."
            )
        yield _text(page)


def _text(page: Any) -> str:
    """Return the text of a page as it lies there; where that cannot be, in reading order."""
    contents = page.get_contents()
    if contents is None:
        return ""
    if len(contents.get_data()) > MAX_PAGE_BYTES:
        raise MinutesRefused(
            "Een bladzijde van dit PDF-bestand is te groot om te lezen. Lever het aan als Word (.docx)."
        )
    try:
        text: str = page.extract_text(
            extraction_mode="layout", layout_mode_space_vertically=True, layout_mode_strip_rotated=False
        )
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, ZeroDivisionError):
        text = ""  # fonts without widths cannot be laid out
    return text if text.strip() else str(page.extract_text())
