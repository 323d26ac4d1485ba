"""A file with one municipality per row, and figures about it in columns; errors name row and column."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

from regietafel.reception.adapters.numbers import NotANumber, points_group, read_number
from regietafel.reception.adapters.tables import Cell, FileTable, TableRefused, read_table

NAME = "gemeente"
_NAME_COLUMNS = (NAME, "gemeentenaam", "naam")
_HEADER_WITHIN = 20  # rows; above it people put titles
_SUMS = re.compile(r"(sub)?tota(al|len)\b.*|som\b.*|nederland|eindtotaal")
_LONGEST_NAME = 100
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """What is wrong at one place in the file (Dutch)."""

    row: int
    column: str
    message: str


@dataclass(slots=True)
class MunicipalityFile:
    """Municipalities by row, and the errors met so far; columns are read when they are asked for."""

    header: tuple[str, ...]
    rows: dict[str, tuple[int, tuple[Cell, ...]]]
    errors: list[RowError] = field(default_factory=list)

    def has(self, column: str) -> bool:
        """Tell whether there is such a column, however its name is capitalised or hyphenated."""
        return _key(column) in map(_key, self.header)

    def numbers(self, column: str) -> dict[str, Fraction | None]:
        """Read a column of numbers; None where it is unknown. What is no number becomes an error.

        Raises:
            TableRefused: there is no such column.
        """
        cells = self._cells(column)
        grouped = points_group(cells.values())
        found: dict[str, Fraction | None] = {}
        for name, cell in cells.items():
            try:
                found[name] = read_number(cell, grouped=grouped)
            except NotANumber as refusal:
                found[name] = None
                self.fault(name, column, message=str(refusal))
        return found

    def places(self, column: str) -> dict[str, int | None]:
        """Read a column of whole numbers of 0 or more; None where it is unknown."""
        found: dict[str, int | None] = {}
        for name, value in self.numbers(column).items():
            found[name] = None if value is None else int(value)
            if value is not None and (value < 0 or value.denominator != 1):
                self.fault(name, column, message="Dit moet een heel getal zijn van 0 of meer.")
        return found

    def texts(self, column: str) -> dict[str, str]:
        """Read a column as text; what is empty is left out."""
        cells = {name: _text(cell) for name, cell in self._cells(column).items()}
        return {name: text for name, text in cells.items() if text}

    def fault(self, name: str, column: str, *, message: str) -> None:
        """Note an error in the row of a municipality, once per place."""
        error = RowError(row=self.rows[name][0], column=column, message=message)
        if not any((each.row, each.column) == (error.row, error.column) for each in self.errors):
            self.errors.append(error)

    def _cells(self, column: str) -> dict[str, Cell]:
        keys = [_key(name) for name in self.header]
        if _key(column) not in keys:
            there = ", ".join(name for name in self.header if name)
            raise TableRefused(f"er is geen kolom “{column}”. Wel: {there}.")
        place = keys.index(_key(column))
        return {
            name: cells[place] if place < len(cells) else None for name, (_row, cells) in self.rows.items()
        }


def read_municipalities(path: Path, *, without: Collection[str] = ()) -> MunicipalityFile:
    """Read the names of the municipalities, leaving out who does not take part.

    Raises:
        TableRefused: the file cannot be read, or has no column with municipalities.
    """
    table = read_table(path)
    start, header, place = _header(table)
    found = MunicipalityFile(header, {})
    seen: dict[str, int] = {}
    left_out = {_name_key(name) for name in without}
    for number, cells in table.rows[start:]:
        name = _text(cells[place]) if place < len(cells) else ""
        if message := _objection(name, seen):
            found.errors.append(RowError(row=number, column=header[place], message=message))
            continue
        seen[_name_key(name)] = number
        if _name_key(name) not in left_out:
            found.rows[name] = (number, cells)
    if strange := [name for name in without if _name_key(name) not in seen]:
        raise TableRefused(f"deze gemeenten staan er niet in: {', '.join(strange)}.")
    return found


def _header(table: FileTable) -> tuple[int, tuple[str, ...], int]:
    """Find the row with column names, and which column holds the municipality."""
    for start, (_number, cells) in enumerate(table.rows[:_HEADER_WITHIN], start=1):
        names = tuple(_text(cell) for cell in cells)
        keys = [_key(name) for name in names]
        for column in _NAME_COLUMNS:
            if column in keys:
                _refuse_double(names)
                return start, names, keys.index(column)
    raise TableRefused(f"er is geen kolom “{NAME}”. Zet in de eerste rij de namen van de kolommen.")


def _refuse_double(names: tuple[str, ...]) -> None:
    keys = [_key(name) for name in names if name]
    if double := next((name for name in names if name and keys.count(_key(name)) > 1), ""):
        raise TableRefused(f"de kolom “{double}” staat er twee keer in. Geef elke kolom een eigen naam.")


def _objection(name: str, seen: dict[str, int]) -> str:
    if not name:
        return "Hier staat geen gemeente. Vul de naam in, of haal de rij weg."
    if len(name) > _LONGEST_NAME:
        return f"Deze naam is langer dan {_LONGEST_NAME} tekens."
    if _SUMS.fullmatch(name.casefold()):
        return f"“{name}” lijkt een optelling en geen gemeente. Haal de rij weg."
    if (first := seen.get(_name_key(name))) is not None:
        return f"{name} staat er twee keer in, ook op rij {first}. Haal één van beide weg."
    return ""


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(_CONTROL.sub(" ", "" if cell is None else str(cell)).split())


def _key(column: str) -> str:
    return re.sub(r"[\s_-]+", "_", column.strip()).casefold()


def _name_key(name: str) -> str:
    return " ".join(name.split()).casefold()
