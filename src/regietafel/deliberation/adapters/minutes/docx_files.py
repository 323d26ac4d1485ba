"""Word files: paragraphs and tables in the order of the page, with the numbers that Word puts before them.

A merged cell is read once. Text that was inserted with changes tracked is read, deleted text is not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from regietafel.deliberation.adapters.minutes.numbering import Numbering
from regietafel.deliberation.adapters.minutes.refusing import MinutesRefused, refuse_too_many
from regietafel.deliberation.engine.minutes import SourceLine
from regietafel.kit.packed import Bounds, PackedDamagedError, PackedTooLargeError, opened

NO_WORD = (
    "Dit is geen Word-bestand (.docx). Wij lezen verslagen als tekst, Word (.docx), PDF en Notubiz (JSON)."
)
BROKEN = "Dit Word-bestand is beschadigd of heeft een wachtwoord. Sla het opnieuw op en lees het opnieuw in."
BOMB = "Dit bestand wordt bij het uitpakken onredelijk groot. Wij lezen het niet."
BOUNDS = Bounds(parts=3_000, unpacked_bytes=200_000_000, ratio=120, ratio_from_bytes=10_000_000)
MAX_TEXT_BYTES = 40_000_000  # of the part that holds the text
MAX_COLUMN = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}tab": "\t",
    f"{_W}noBreakHyphen": "-",
    f"{_W}softHyphen": "\u00ad",
}


@dataclass(slots=True)
class _Place:
    """Where the reading is: the next line, and the cell."""

    numbering: Numbering
    lines: list[SourceLine] = field(default_factory=list)
    tables: int = 0
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def add(self, text: str) -> None:
        for line in text.split("\n"):
            self.lines.append(
                SourceLine(
                    number=len(self.lines) + 1,
                    text=line.rstrip(),
                    column=self.column,
                    row=self.row,
                    table=self.table,
                )
            )
        refuse_too_many(len(self.lines))


def read(data: bytes) -> list[SourceLine]:
    """Return paragraphs as lines, and cells as lines with their place in the table."""
    _weigh(data)
    from docx import Document  # loaded by the reading only, not by every start

    try:
        document = Document(io.BytesIO(data))
        place = _Place(Numbering(document))
        for text in dict.fromkeys(_edges(document)):
            place.add(text)
        _walk(document.element.body, place)
    except MinutesRefused:
        raise
    except Exception as error:  # a hostile or broken file fails in many ways
        raise MinutesRefused(BROKEN) from error
    return place.lines


def _weigh(data: bytes) -> None:
    """Refuse a bomb before anything is unpacked; a false size shows as a wrong checksum when it is read."""
    try:
        with opened(data, bounds=BOUNDS) as packed:
            parts = {part.filename: part.file_size for part in packed.infolist()}
    except PackedTooLargeError as error:
        raise MinutesRefused(BOMB) from error
    except PackedDamagedError as error:
        raise MinutesRefused(BROKEN) from error
    if "word/document.xml" not in parts:
        raise MinutesRefused(NO_WORD)
    if parts["word/document.xml"] > MAX_TEXT_BYTES:
        raise MinutesRefused(BOMB)


def _edges(document: Any) -> Iterator[str]:
    """Yield what stands above and below every page; it often holds the title and the day."""
    for section in document.sections:
        for part in (section.first_page_header, section.header, section.footer):
            for paragraph in part.paragraphs:
                if text := _text(paragraph._p).strip():
                    yield text


def _walk(element: Any, place: _Place) -> None:
    """Read paragraphs and tables, also those inside content controls."""
    for child in element.iterchildren():
        if child.tag == f"{_W}p":
            place.add(place.numbering.label(child) + _text(child))
        elif child.tag == f"{_W}tbl":
            _read_table(child, place)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"}:
            _walk(child, place)


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph without what was deleted or is there for older programs."""
    pieces = []
    skipped = {inside for each in paragraph.iter(_FALLBACK) for inside in each.iter()}
    for element in paragraph.iter(f"{_W}t", *_BREAKS):
        if element not in skipped and not (
            element.tag == f"{_W}tab" and element.getparent().tag == f"{_W}tabs"
        ):
            pieces.append(element.text or "" if element.tag == f"{_W}t" else _BREAKS[element.tag])
    return "".join(pieces)


def _read_table(table: Any, place: _Place) -> None:
    """Read the cells of a table; a table within a cell is read as paragraphs of that cell."""
    if place.table is not None:
        for cell in table.iter(f"{_W}tc"):
            _walk(cell, place)
        return
    place.tables += 1
    place.table = place.tables
    for row, element in enumerate(table.iter(f"{_W}tr")):
        if next(element.iterancestors(f"{_W}tbl")) is table:
            place.row = row
            _read_row(element, place)
    place.table = place.row = place.column = None


def _read_row(row: Any, place: _Place) -> None:
    column = 0
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is not row:
            continue
        properties = cell.find(f"{_W}tcPr")
        goes_on = properties is not None and _goes_on(properties.find(f"{_W}vMerge"))
        if not goes_on:
            place.column = min(column, MAX_COLUMN)
            _walk(cell, place)
        column += _width(properties)


def _goes_on(merge: Any) -> bool:
    """Say whether a cell is the rest of the one above it."""
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _width(properties: Any) -> int:
    span = None if properties is None else properties.find(f"{_W}gridSpan")
    written = "1" if span is None else span.get(f"{_W}val", "1")
    return min(int(written[:9]), MAX_COLUMN) if written.isdecimal() else 1
