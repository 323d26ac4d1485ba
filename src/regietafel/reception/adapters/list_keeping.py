"""How little of a list is kept: columns that are one of ours, or that could be by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from regietafel.reception.adapters import records
from regietafel.reception.adapters.list_columns import COLUMNS, ListColumn, Seen, plain
from regietafel.reception.adapters.lists import NOT_KEPT, guess
from regietafel.reception.adapters.records import CellRefused
from regietafel.reception.adapters.tables import Cell
from regietafel.reception.engine.anonymity import personal, unfit_code

ENOUGH = 0.5
_OLDEST = timedelta(days=5 * 365)  # a day of birth is mostly older
_OF_A_FUNCTION = frozenset({"een e-mailadres", "een telefoonnummer"})
_MOST_DIGITS = 8  # a date has no more; a telephone or the number of a person has
Keeper = Callable[[Cell], Any]
Fits = Callable[[Cell], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What cells are held against: names we know already, in plain words, and the day a list is of."""

    locations: frozenset[str]
    municipalities: frozenset[str]
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is kept of a file before a person looked at it, each by its place in the file.

    ``kept`` has for each column what of a cell is kept, ``unknown`` of each other column what kind of cells
    it has. ``mapping`` is which column is which of ours.
    """

    mapping: Mapping[str, int]
    kept: Mapping[int, Keeper]
    unknown: Mapping[int, str]


def judge(header: Sequence[str], rows: Sequence[Sequence[Cell]], *, kind: str, known: Surroundings) -> Judged:
    """Say which columns of a file may be kept: by their heading, or else by what stands in them."""
    columns = [[row[place] if place < len(row) else None for row in rows] for place in range(len(header))]
    mapping = _believable(guess(header, kind), header, columns=columns, kind=kind)
    ours = {place: _ours(kind, name) for name, place in mapping.items()}
    kept = {place: _keeper(column) for place, column in ours.items()}
    unknown = {}
    could_be = [
        _fits(one, known) for one in COLUMNS[kind] if one.name not in mapping and _shows_in_cells(one)
    ]
    for place, cells in enumerate(columns):
        found = [fits for fits in could_be if place not in ours and share_that_fits(cells, fits) >= ENOUGH]
        if found:
            kept[place] = _what_fits(found)
        elif place not in ours:
            unknown[place] = _sort_of(cells)
    return Judged(mapping=mapping, kept=kept, unknown=unknown)


def _believable(
    guessed: Mapping[str, int], header: Sequence[str], *, columns: Sequence[Sequence[Cell]], kind: str
) -> dict[str, int]:
    """Leave out what only begins like one of our names while its cells say otherwise: bewoners(naam)."""
    return {
        name: place
        for name, place in guessed.items()
        if plain(header[place]) in _ours(kind, name).names
        or _ours(kind, name).seen is not Seen.READ
        or share_that_fits(columns[place], _readable(_ours(kind, name))) >= ENOUGH
    }


def _ours(kind: str, name: str) -> ListColumn:
    return next(column for column in COLUMNS[kind] if column.name == name)


def _shows_in_cells(column: ListColumn) -> bool:
    """Say whether a column may stand under a strange heading: free text may not, unless a list needs it."""
    return column.seen is not Seen.HEADING or column.is_needed


def _fits(column: ListColumn, known: Surroundings) -> Fits:
    """Say which cells a column under a strange heading would have."""
    fits: dict[Seen, Fits] = {
        Seen.READ: _readable(column, since=known.day - _OLDEST),
        Seen.LOCATION: lambda cell: plain(records.text(cell)) in known.locations,
        Seen.MUNICIPALITY: lambda cell: plain(records.text(cell)) in known.municipalities,
        Seen.CODE: lambda cell: not unfit_code(records.plain_text(cell)),
        Seen.HEADING: lambda cell: re.search(r"[^\W\d]", records.text(cell)) is not None,
    }
    return fits[column.seen]


def _readable(column: ListColumn, *, since: date = date.min) -> Fits:
    def fits(cell: Cell) -> bool:
        try:
            found = column.read(cell)
        except CellRefused:
            return False
        return not isinstance(found, date) or found >= since

    return fits


def _keeper(column: ListColumn) -> Keeper:
    """Say what is kept of a cell of a column we know: what can be read, and no word on who somebody is."""
    if column.seen is Seen.READ:
        return _what_fits([_readable(column)])
    allowed = _OF_A_FUNCTION if column.name == "contact" else frozenset[str]()

    def keep(cell: Cell) -> Any:
        told = personal(records.plain_text(cell))
        return f"{NOT_KEPT}{told})" if told and told not in allowed else _stored(cell)

    return keep


def _what_fits(found: Sequence[Fits]) -> Keeper:
    """Keep a cell that fits one of some columns as it is, and of another only its shape."""

    def keep(cell: Cell) -> Any:
        if any(fits(cell) for fits in found) or not records.text(cell):
            return _stored(cell)
        return shape_of(records.plain_text(cell))

    return keep


def _stored(cell: Cell) -> Any:
    return cell if cell is None or isinstance(cell, int | float | str) else records.text(cell)


def share_that_fits(cells: Sequence[Cell], fits: Fits) -> float:
    """Return which part of the cells that are not empty fits."""
    filled = [cell for cell in cells if records.text(cell)]
    return sum(map(fits, filled)) / len(filled) if filled else 0.0


def shape_of(written: str) -> str:
    """Give the shape of a cell: letters as x, and digits as 9 where there are more than a date has.

    >>> shape_of("Jansen, 4 pers."), shape_of("31-2-2022"), shape_of("06-12345678")
    ('xxxxxx, 4 xxxx.', '31-2-2022', '99-99999999')
    """
    bare = re.sub(r"[^\W\d_]", "x", written)
    return re.sub(r"\d", "9", bare) if len(re.findall(r"\d", bare)) > _MOST_DIGITS else bare


def _sort_of(cells: Sequence[Cell]) -> str:
    """Say of a column that is not kept what kind of cells it has."""
    filled = [cell for cell in cells if records.text(cell)]
    if not filled:
        return "leeg"
    number = ListColumn(name="", read=records.optional_count)
    day = ListColumn(name="", read=records.optional_day)
    if share_that_fits(filled, _readable(number)) == 1:
        return "getallen"
    return "datums" if share_that_fits(filled, _readable(day)) == 1 else "tekst"
