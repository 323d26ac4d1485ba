"""Excel and ODS: the packed file is weighed before anything is unpacked into cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

from python_calamine import CalamineError, CalamineWorkbook

from regietafel.monitor.adapters.readers.layouts import as_text
from regietafel.monitor.adapters.readers.opening import MAX_PACKED_BYTES, Opened
from regietafel.monitor.adapters.readers.rows import Cell, FileRejected, Table
from regietafel.monitor.adapters.readers.weighing import weigh


def read(opened: Opened) -> Table:
    """Open a sheet and give the rows of its first filled page."""
    data = opened.read_all(limit=MAX_PACKED_BYTES)
    if data.startswith(b"PK"):
        weigh(data)
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
                return ([_cell(value) for value in row] for row in sheet.iter_rows())
    except (CalamineError, OSError, ValueError) as error:
        raise FileRejected(
            "Dit rekenblad is beschadigd of met een wachtwoord beveiligd. Lever het opnieuw aan."
        ) from error
    raise FileRejected("Het rekenblad is leeg.")


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | float | date) else str(value)
