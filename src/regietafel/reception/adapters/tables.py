"""A small table in a file, CSV or XLSX, as rows of cells; what would burst or deceive is refused first."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regietafel.kit import packed

Cell = str | int | float | date | None
MAX_BYTES = 20_000_000
MAX_ROWS, MAX_COLUMNS = 100_000, 200
_MOST_BYTES = 100_000_000
_BOUNDS = packed.Bounds(
    parts=65_535, unpacked_bytes=_MOST_BYTES, ratio=1, ratio_from_bytes=_MOST_BYTES
)  # the cells are weighed below, so the size alone counts here
_MAX_CELL_BYTES = 200_000_000  # cells times the longest text they may point at
_MAX_TEXT = 100_000
_SEPARATORS = ";,\t|"
_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"')
_SHARED = re.compile(rb"<(?:\w+:)?si[\s>]")
_DAMAGED = "dit rekenblad is beschadigd of met een wachtwoord beveiligd. Bewaar het opnieuw, als XLSX of CSV."
_OTHER = "dit is geen CSV of XLSX. Bewaar het rekenblad als een van die twee."


class TableRefused(ValueError):
    """The file as a whole cannot be read; the message says why and what to do, in Dutch."""


@dataclass(frozen=True, slots=True)
class FileTable:
    """Numbered rows of cells, counted as a spreadsheet counts them; empty rows are left out."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_table(path: Path) -> FileTable:
    """Read the first filled sheet of a workbook, or a CSV file with any usual separator and encoding.

    Raises:
        TableRefused: there is no such file, it is something else, broken, empty or too large.
    """
    return table_of(_bytes_of(path))


def table_of(data: bytes) -> FileTable:
    """Read the first filled sheet of a workbook, or a CSV file, from what was sent.

    Raises:
        TableRefused: it is something else, broken, empty or too large.
    """
    if len(data) > MAX_BYTES:
        raise TableRefused(
            f"het bestand is groter dan {MAX_BYTES // 1_000_000} MB. Laat weg wat niet nodig is."
        )
    cells = _sheet(data) if data.startswith(b"PK") else _csv(data)
    rows = tuple((number, row) for number, row in enumerate(cells, start=1) if any(map(_is_filled, row)))
    if not rows:
        raise TableRefused("het bestand is leeg. Kies een ander bestand.")
    return FileTable(rows)


def _is_filled(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise TableRefused("dit bestand is er niet. Controleer de naam en de map.") from error
    except IsADirectoryError as error:
        raise TableRefused("dit is een map. Noem het bestand erin.") from error
    except (OSError, ValueError) as error:
        raise TableRefused("dit bestand is niet te openen. Controleer de rechten.") from error
    return data


def _csv(data: bytes) -> list[tuple[Cell, ...]]:
    text = _decoded(data)
    csv.field_size_limit(_MAX_TEXT)
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        # The line that names the separator is a row in the file; keep its number.
        return [(), *_records(rest, separator=first.strip()[4])]
    line = next((line for line in text.splitlines() if line.strip()), "")
    return _records(text, separator=max(_SEPARATORS, key=line.count))


def _records(text: str, *, separator: str) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(tuple(row))
            _refuse_too_many(len(rows), len(row))
    except csv.Error as error:
        raise TableRefused(
            f"rij {len(rows) + 1} is niet te lezen. Controleer de aanhalingstekens."
        ) from error
    return rows


def _decoded(data: bytes) -> str:
    """Decode as UTF-8 or UTF-16 where the file says so or fits, and else as Windows does."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text or text.lstrip().startswith(("%PDF", "{", "<")):
        raise TableRefused(_OTHER)
    return text


def _refuse_too_many(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise TableRefused(
            f"meer dan {MAX_ROWS // 1000}.000 rijen of {MAX_COLUMNS} kolommen lezen wij niet. "
            "Laat weg wat niet nodig is."
        )


def _sheet(data: bytes) -> list[tuple[Cell, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook

    _weigh(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height:
                rows = sheet.to_python(skip_empty_area=False)
                return [tuple(map(_plain, row)) for row in rows]
    except (CalamineError, OSError, ValueError) as error:
        raise TableRefused(_DAMAGED) from error
    raise TableRefused("het rekenblad is leeg. Kies een ander bestand.")


def _plain(value: object) -> Cell:
    return value if isinstance(value, str | int | float | date) else str(value)


def _weigh(data: bytes) -> None:
    """Measure what a workbook describes before any cell is made."""
    try:
        with packed.opened(data, bounds=_BOUNDS) as workbook:
            names = workbook.namelist()
            if "xl/workbook.xml" not in names:
                raise TableRefused(_OTHER)
            _weigh_parts({name: workbook.read(name) for name in names})
    except packed.PackedTooLargeError as error:
        raise TableRefused("dit rekenblad is uitgepakt te groot. Bewaar het als CSV.") from error
    except packed.PackedDamagedError as error:
        raise TableRefused(_DAMAGED) from error


def _weigh_parts(parts: dict[str, bytes]) -> None:
    texts = _SHARED.split(parts.get("xl/sharedStrings.xml", b""))
    longest = max(map(len, texts))
    for name, content in parts.items():
        cells = _CELL.findall(content) if name.startswith("xl/worksheets/") else []
        rows = max((int(digits) for _letters, digits in cells), default=0)
        columns = max((_column_number(letters) for letters, _digits in cells), default=0)
        _refuse_too_many(rows, columns)
        if len(cells) * longest > _MAX_CELL_BYTES:
            raise TableRefused("dit rekenblad bevat te veel tekst. Laat weg wat niet nodig is.")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
