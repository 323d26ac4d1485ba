"""Excel and ODS: the packed file is weighed before anything is unpacked into cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

from python_calamine import CalamineError, CalamineWorkbook

from regietafel.monitor.adapters.readers.layouts import as_text
from regietafel.monitor.adapters.readers.opening import MAX_PACKED_BYTES, Opened
from regietafel.monitor.adapters.readers.rows import Cell, FileRejected, Table

_MAX_PARTS = 2_000
_MAX_UNPACKED_BYTES = 250_000_000
_MAX_RATIO, _RATIO_FROM_BYTES = 150, 30_000_000
_MAX_CELLS = 20_000_000
_MAX_COLUMNS = 2_000
_REFERENCE = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"')
_TOO_LARGE = (
    "Dit rekenblad is uitgepakt te groot ({size}). Bewaar het als CSV, of splits het in kleinere delen."
)


def read(opened: Opened) -> Table:
    """Open a sheet and give the rows of its first filled page."""
    data = opened.read_all(limit=MAX_PACKED_BYTES)
    if data.startswith(b"PK"):
        _weigh(data)
    rows = _rows(data)
    header = tuple(as_text(cell).strip() for cell in next(rows, ()))
    if not any(header):
        raise FileRejected("Het rekenblad heeft geen rij met kolomnamen.")
    file_format = {".xls": "xls", ".ods": "ods"}.get(opened.suffix, "xlsx")
    return Table(file_format, header, enumerate(rows, start=2))


def _rows(data: bytes) -> Iterator[list[Cell]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height:
                return ([_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=True))
    except (CalamineError, OSError, ValueError) as error:
        raise FileRejected(
            "Dit rekenblad is beschadigd of met een wachtwoord beveiligd. Lever het opnieuw aan."
        ) from error
    raise FileRejected("Het rekenblad is leeg.")


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | float | date) else str(value)


def _weigh(data: bytes) -> None:
    """Refuse a packed sheet that would burst, by its table of contents and then by its real size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            total = sum(part.file_size for part in parts)
            if len(parts) > _MAX_PARTS:
                raise FileRejected(f"Dit rekenblad bestaat uit {len(parts)} delen. Wij lezen het niet.")
            if total > _MAX_UNPACKED_BYTES or (total > _RATIO_FROM_BYTES and total > _MAX_RATIO * len(data)):
                raise FileRejected(_TOO_LARGE.format(size=f"{total // 1_000_000} MB"))
            for part in parts:
                _weigh_part(packed, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileRejected(
            "Dit rekenblad is beschadigd of met een wachtwoord beveiligd. Lever het opnieuw aan."
        ) from error


def _weigh_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read one part to its end (a false size shows as a wrong checksum) and measure the page it describes."""
    is_page = "worksheets/" in part.filename
    tail, last_row, last_column = b"", 0, 0
    with packed.open(part) as stream:
        while piece := stream.read(1 << 20):
            if is_page:
                for letters, digits in _REFERENCE.findall(tail + piece):
                    last_row, last_column = (
                        max(last_row, int(digits)),
                        max(last_column, _column_number(letters)),
                    )
                tail = piece[-32:]
    if last_column > _MAX_COLUMNS or last_row * last_column > _MAX_CELLS:
        raise FileRejected(_TOO_LARGE.format(size=f"{last_row} rijen bij {last_column} kolommen"))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
