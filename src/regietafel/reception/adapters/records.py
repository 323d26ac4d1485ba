"""Rows of a file with fixed columns: unknown columns are refused by name, errors name row and column."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from regietafel.reception.adapters.tables import Cell, TableRefused, read_table
from regietafel.reception.engine.anonymity import unfit_mark

MOST_PEOPLE = 1_000_000
_UNKNOWN = frozenset({"", "-", "–", "?", "onbekend"})
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST_TEXT = 200
FIRST_YEAR, LAST_YEAR = 1990, 2100
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordError:
    """What is wrong at one place of a file, in Dutch; ``row`` None is the file as a whole."""

    row: int | None
    column: str | None
    message: str


class CellRefused(ValueError):
    """What stands in a cell cannot be meant; the message says what could."""


@dataclass(slots=True)
class Row:
    """One row under its column names; reading a cell that is wrong notes an error and gives None."""

    number: int
    cells: Mapping[str, Cell]
    errors: list[RecordError]

    def read(self, column: str, reader: Callable[[Cell], T]) -> T | None:
        """Read a cell; what is wrong becomes an error of this row."""
        try:
            return reader(self.cells.get(column))
        except CellRefused as refusal:
            self.fault(column, str(refusal))
            return None

    def fault(self, column: str, message: str) -> None:
        """Note an error in this row."""
        self.errors.append(RecordError(row=self.number, column=column, message=message))


@dataclass(slots=True)
class Records:
    """The rows of a file, and the errors met so far."""

    rows: tuple[Row, ...] = ()
    errors: list[RecordError] = field(default_factory=list)


def read_records(path: Path, *, columns: tuple[str, ...], required: tuple[str, ...]) -> Records:
    """Open a file; when its columns are wrong there are errors and no rows."""
    found = Records()
    try:
        table = read_table(path)
    except TableRefused as refusal:
        found.errors.append(RecordError(row=None, column=None, message=sentence(str(refusal))))
        return found
    (number, head), *rows = table.rows
    names = [text(cell).casefold().replace(" ", "_") for cell in head]
    found.errors += _wrong_columns(names, number, columns=columns, required=required)
    if not found.errors:
        found.rows = tuple(_rows(rows, names, errors=found.errors))
    return found


def _wrong_columns(
    names: list[str], number: int, *, columns: tuple[str, ...], required: tuple[str, ...]
) -> Iterator[RecordError]:
    known = ", ".join(columns)
    for name in dict.fromkeys(names):
        if name and name not in columns:
            yield RecordError(
                row=number,
                column=name,
                message=f"Deze kolom kennen wij niet. Haal haar weg, of kies uit: {known}.",
            )
        if name and names.count(name) > 1:
            yield RecordError(row=number, column=name, message="Deze kolom staat er twee keer in.")
    for name in required:
        if name not in names:
            yield RecordError(row=number, column=name, message="Deze kolom ontbreekt.")


def _rows(
    rows: list[tuple[int, tuple[Cell, ...]]], names: list[str], *, errors: list[RecordError]
) -> Iterator[Row]:
    for number, cells in rows:
        if any(text(cell) for cell in cells[len(names) :]):
            errors.append(
                RecordError(
                    row=number,
                    column=None,
                    message="Deze rij heeft meer cellen dan er kolommen zijn. Controleer de scheiding.",
                )
            )
            continue
        yield Row(number, {name: cell for name, cell in zip(names, cells, strict=False) if name}, errors)


def sentence(told: str) -> str:
    """Begin with a capital."""
    return told[:1].upper() + told[1:]


def text(cell: Cell) -> str:
    """Give a cell as text on one line."""
    if isinstance(cell, datetime):
        cell = cell.date()
    return " ".join(_CONTROL.sub(" ", "" if cell is None else str(cell)).split())


def plain_text(cell: Cell) -> str:
    """Give a cell as people would type it: a whole number of a spreadsheet without its point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else text(cell)


def short_text(cell: Cell) -> str:
    """Read a code or a name."""
    return _not_too_long(text(cell))


def code(cell: Cell) -> str:
    """Read the code of a group, which tells nobody's name or number; empty where the cell is."""
    written = _not_too_long(plain_text(cell))
    if why := unfit_mark(written):
        raise CellRefused(not_a_code(why))
    return written


def not_a_code(why: str) -> str:
    """Say why a code was refused; what stood there is not said again."""
    return (
        f"Dit lijkt op {why}. Een groep heeft alleen een code, zodat niemand te herkennen is. "
        "Geef haar een eigen code, zoals G-014."
    )


def _not_too_long(written: str) -> str:
    if len(written) > _LONGEST_TEXT:
        raise CellRefused(f"Dit is langer dan {_LONGEST_TEXT} tekens.")
    return written


def day(cell: Cell) -> date:
    """Read a day such as 2022-04-08 or 8-4-2022."""
    found = optional_day(cell)
    if found is None:
        raise CellRefused("Hier hoort een datum, zoals 2022-04-08.")
    return found


def optional_day(cell: Cell) -> date | None:
    """Read a day; None where it is empty."""
    if isinstance(cell, datetime):
        return _sensible(cell.date())
    if isinstance(cell, date):
        return _sensible(cell)
    written = text(cell)
    if written.casefold() in _UNKNOWN:
        return None
    try:
        if dutch := _DUTCH_DAY.fullmatch(written):
            found = date(int(dutch[3]), int(dutch[2]), int(dutch[1]))
        else:
            found = date.fromisoformat(written)
    except ValueError as error:
        raise CellRefused(f"“{written[:40]}” is geen datum zoals 2022-04-08 of 8-4-2022.") from error
    return _sensible(found)


def _sensible(found: date) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellRefused(
            f"Het jaar {found.year} kan niet kloppen. Wij rekenen van {FIRST_YEAR} tot en met {LAST_YEAR}."
        )
    return found


def optional_count(cell: Cell) -> int | None:
    """Read a whole number of 0 or more; None where it is empty, which is unknown and not 0."""
    written = text(cell)
    if written.casefold() in _UNKNOWN:
        return None
    if isinstance(cell, float) and cell.is_integer():
        written = str(int(cell))
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", written):
        written = written.replace(".", "")
    if not (written.isascii() and written.isdecimal()):
        raise CellRefused(
            f"“{written[:40]}” is geen heel getal van 0 of meer. Laat het leeg als u het niet weet."
        )
    if len(written) > 9 or int(written) > MOST_PEOPLE:
        raise CellRefused(f"{written[:12]} is meer dan een miljoen; dat kan niet kloppen.")
    return int(written)


def chance(cell: Cell) -> float:
    """Read a probability such as 0,7 or 70%; 1 where it is empty."""
    written = text(cell).replace(",", ".").replace(" ", "")
    if not written:
        return 1.0
    try:
        found = float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
    except ValueError:
        found = math.nan
    if not 0 <= found <= 1:
        raise CellRefused(f"“{written[:40]}” is geen kans tussen 0 en 1, zoals 0,7 of 70%.")
    return found
