"""Lists as municipalities and the COA deliver them: which column is what, and what each row says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regietafel.reception.adapters import records
from regietafel.reception.adapters.list_columns import COLUMNS, ListColumn, plain
from regietafel.reception.adapters.records import RecordError, Row
from regietafel.reception.adapters.tables import Cell
from regietafel.reception.engine.placing import forbidden_ground

NOT_KEPT = "(niet bewaard: "
"""How a cell begins that said who somebody is: what it said is told, not the cell."""

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_NINE_DIGITS = re.compile(r"(?<![\d.])\d(?:[ .]?\d){8}(?![\d.]?\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row that could be read, under the names of our columns; ``empty`` are those with an empty cell."""

    number: int
    values: Mapping[str, Any]
    empty: frozenset[str] = frozenset()

    @property
    def told(self) -> Mapping[str, Any]:
        """Return what the row says; an empty cell says nothing, and so changes nothing."""
        return {name: value for name, value in self.values.items() if name not in self.empty}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """What a list says: rows without an error, and every error met."""

    rows: tuple[ListRow, ...]
    errors: tuple[RecordError, ...]


def left_out(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, kind: str) -> dict[int, str]:
    """Say which columns are not even kept, and why: they would say who somebody is or where from."""
    ours = {name for column in COLUMNS[kind] for name in column.names}
    found = {}
    for place, name in enumerate(header):
        ground = None if plain(name) in ours else forbidden_ground(name)
        if ground is None and any(_has_citizen_number(row[place]) for row in rows if place < len(row)):
            ground = "wie iemand is"
        if ground is not None:
            found[place] = ground
    return found


def _has_citizen_number(cell: Cell) -> bool:
    """Say whether a cell is or holds a number that passes the test of citizen numbers."""
    found = _NINE_DIGITS.findall(records.plain_text(cell))
    return any(_passes(re.sub(r"[ .]", "", one)) for one in found)


def _passes(digits: str) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0


def guess(header: Sequence[str], kind: str) -> dict[str, int]:
    """Guess which column of a file is which of ours: by name first, then by a part of the name."""
    said = [plain(name) for name in header]
    found: dict[str, int] = {}
    for matches in (_same, _begins):
        for column in COLUMNS[kind]:
            if column.name in found:
                continue
            free = (at for at in range(len(said)) if at not in found.values())
            place = next((at for at in free if matches(said[at], column.names)), None)
            if place is not None:
                found[column.name] = place
    return found


def _same(said: str, names: Collection[str]) -> bool:
    return said in names


def _begins(said: str, names: Collection[str]) -> bool:
    return any(len(name) > 3 and said.startswith(name) for name in names)


def read_list(
    rows: Sequence[tuple[int, Sequence[Cell]]], *, mapping: Mapping[str, int], kind: str
) -> ReadList:
    """Read every row under the given columns; a row with an error is left out and told."""
    columns = [column for column in COLUMNS[kind] if column.name in mapping]
    errors = [
        RecordError(row=None, column=column.name, message="Zeg in welke kolom dit staat.")
        for column in COLUMNS[kind]
        if column.is_needed and column.name not in mapping
    ]
    read = []
    for number, cells in rows if not errors else ():
        named = {
            column.name: cells[mapping[column.name]] if mapping[column.name] < len(cells) else None
            for column in columns
        }
        row = Row(number, named, [])
        there = [column for column in columns if not _is_gone(row, column)]
        values = {column.name: row.read(column.name, column.read) for column in there}
        if row.errors:
            errors += row.errors
        else:
            empty = frozenset(name for name in values if not records.text(named[name]))
            read.append(ListRow(number=number, values=values, empty=empty))
    return ReadList(rows=tuple(read), errors=tuple(errors))


def _is_gone(row: Row, column: ListColumn) -> bool:
    """Say whether a cell was not kept: it changes nothing, and where a list needs it the row cannot be."""
    cell = row.cells.get(column.name)
    is_gone = isinstance(cell, str) and cell.startswith(NOT_KEPT)
    if is_gone and column.is_needed:
        told = str(cell).removeprefix(NOT_KEPT).rstrip(")")
        row.fault(column.name, f"Hier staat {told}. Haal dat weg en lees het bestand opnieuw in.")
    return is_gone
