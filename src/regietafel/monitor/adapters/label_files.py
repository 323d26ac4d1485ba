"""Labels in a file: CSV, XLSX or JSONL in, the same out. A role and never a name, and never a text.

Columns: id, labels, door, op, soort. In ``labels`` codes stand side by side, or "geen" or "overslaan".
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from regietafel.kit.documents.formulas import guard, unguard
from regietafel.monitor.adapters.readers import FileRejected, RowError, csv_files, json_lines, sheets
from regietafel.monitor.adapters.readers.layouts import as_text
from regietafel.monitor.adapters.readers.opening import Opened
from regietafel.monitor.adapters.readers.rows import Cell, Table
from regietafel.monitor.engine.labels import (
    NONE,
    PURPOSES,
    SKIP,
    TRAINING,
    AnswerRejected,
    HandLabel,
    Scheme,
    read_answer,
)

COLUMNS = ("id", "labels", "door", "op", "soort")
KINDS = ("csv", "xlsx", "jsonl")
_NEEDED = ("id", "labels", "door", "op")
_READERS = {".xlsx": sheets.read, ".xls": sheets.read, ".ods": sheets.read, ".jsonl": json_lines.read_lines}


@dataclass(frozen=True, slots=True)
class LabelFile:
    """What was read: the labels, the row each stood in, and every row that could not be read."""

    labels: tuple[HandLabel, ...]
    errors: tuple[RowError, ...]
    rows: tuple[int, ...] = ()


class _CellRejected(ValueError):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


def read_label_file(source: Path | bytes, *, name: str, scheme: Scheme, roles: Collection[str]) -> LabelFile:
    """Read labels; a row that is wrong is reported with its column, and reading goes on.

    Raises:
        FileRejected: the file cannot be read, or lacks a column.
    """
    opened = Opened(source, name=name)
    table = _READERS.get(Path(name).suffix.lower(), csv_files.read)(opened)
    places = _places(table)
    labels: list[HandLabel] = []
    numbers: list[int] = []
    errors: list[RowError] = []
    for row in table.rows:
        if isinstance(row, RowError):
            errors.append(row)
            continue
        number, cells = row
        given = {column: cells[place] if place < len(cells) else None for column, place in places.items()}
        if table.format == "csv":
            given["id"] = unguard(_plain(given["id"]))
        if not any(_plain(cell) for cell in given.values()):
            continue
        try:
            labels.append(_label(given, scheme=scheme, roles=roles))
            numbers.append(number)
        except _CellRejected as fault:
            errors.append(RowError(name, number, fault.column, fault.message))
    return LabelFile(tuple(labels), tuple(errors), tuple(numbers))


def write_label_file(labels: Iterable[HandLabel], *, kind: str) -> bytes:
    """Write labels as csv, xlsx or jsonl; what is written reads back the same."""
    rows = [_row(label) for label in labels]
    if kind == "jsonl":
        lines = (json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows)
        return "".join(f"{line}\n" for line in lines).encode()
    if kind == "csv":
        return _csv(rows)
    if kind == "xlsx":
        return _xlsx(rows)
    raise ValueError(f"Unknown kind of file: {kind}")


def _row(label: HandLabel) -> tuple[str, ...]:
    codes = SKIP if label.is_skipped else " ".join(sorted(label.labels)) or NONE
    return (label.message, codes, label.by, label.on.isoformat(), label.purpose)


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    import csv

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([COLUMNS, *(tuple(guard(cell) for cell in row) for row in rows)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(rows: Sequence[tuple[str, ...]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("labels")
    for row in (COLUMNS, *rows):
        sheet.append(list(_cells(sheet, row)))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(sheet: object, row: Sequence[str]) -> Iterator[object]:
    """Give cells that are text whatever stands in them, so that no id becomes a number or a formula."""
    from openpyxl.cell import WriteOnlyCell

    for text in row:
        cell = WriteOnlyCell(sheet, value=text)  # type: ignore[arg-type]
        cell.data_type = "s"
        yield cell


def _places(table: Table) -> Mapping[str, int]:
    found = {name.strip().lower(): place for place, name in reversed(list(enumerate(table.header)))}
    if missing := [column for column in _NEEDED if column not in found]:
        raise FileRejected(
            f"De kolom {', '.join(missing)} ontbreekt. Nodig zijn: {', '.join(_NEEDED)}; soort mag erbij.",
            row=1,
        )
    return {column: found[column] for column in COLUMNS if column in found}


def _plain(cell: Cell) -> str:
    """Write a cell as text without spaces around it."""
    if isinstance(cell, tuple):
        return " ".join(cell).strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return as_text(cell).strip()


def _label(given: Mapping[str, Cell], *, scheme: Scheme, roles: Collection[str]) -> HandLabel:
    message, by = _plain(given["id"]), _plain(given["door"])
    purpose = _plain(given.get("soort")).lower() or TRAINING
    if not message:
        raise _CellRejected("id", "Er staat geen id van een bericht.")
    try:
        labels = read_answer(_plain(given["labels"]), scheme=scheme)
    except AnswerRejected as fault:
        raise _CellRejected("labels", fault.message) from fault
    if by not in roles:
        raise _CellRejected("door", "Hier hoort de code van een rol, zoals omgevingsanalist; nooit een naam.")
    if purpose not in PURPOSES:
        raise _CellRejected("soort", f"“{purpose}” is geen soort. Kies training of steekproef.")
    return HandLabel(message=message, labels=labels or frozenset(), by=by, on=_day(given["op"]),
                     purpose=purpose, is_skipped=labels is None)  # fmt: skip


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _plain(cell)
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    raise _CellRejected("op", f"“{text}” is geen datum zoals 2026-03-02.")
