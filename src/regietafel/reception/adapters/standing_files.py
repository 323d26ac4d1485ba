"""A file with what municipalities owe and did of their housing task; strange columns are refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regietafel.reception.adapters.records import (
    CellRefused,
    RecordError,
    Records,
    Row,
    optional_count,
    read_records,
    text,
)
from regietafel.reception.adapters.tables import Cell
from regietafel.reception.adapters.town_names import is_named

COLUMNS = ("gemeente", "achterstand", "officieel", "gehuisvest")
_BELOW_0 = re.compile(r"[-−–](?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """What is known of one municipality, in people; None is unknown.

    ``before`` is the balance before the half-year: above 0 is arrears, below 0 a lead.
    """

    before: int | None
    official: int | None
    housed: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """The rows by municipality, whether the file told balances at all, and every error met."""

    rows: Mapping[str, StandingRow]
    has_balances: bool
    errors: tuple[RecordError, ...]


def read_standings(path: Path, municipalities: tuple[str, ...]) -> Standings:
    """Read the standing of municipalities that take part; one that does not is an error of its row."""
    found = read_records(path, columns=COLUMNS, required=(COLUMNS[0],))
    has_balances = any("achterstand" in row.cells for row in found.rows)
    rows: dict[str, StandingRow] = {}
    for row in found.rows:
        name = _municipality(row, municipalities, seen=rows)
        told = StandingRow(
            before=row.read("achterstand", _balance),
            official=row.read("officieel", optional_count),
            housed=row.read("gehuisvest", optional_count),
        )
        if name:
            rows[name] = told
    return Standings(rows=rows, has_balances=has_balances, errors=_errors(found))


def _errors(found: Records) -> tuple[RecordError, ...]:
    return tuple(sorted(found.errors, key=lambda each: each.row or 0))


def _municipality(row: Row, municipalities: tuple[str, ...], *, seen: Mapping[str, StandingRow]) -> str:
    told = text(row.cells.get(COLUMNS[0]))
    found = [name for name in municipalities if is_named(name, told)]
    if len(found) != 1:
        row.fault(COLUMNS[0], f"“{told[:60]}” staat niet in het bestand met de sleutel. Schrijf de naam zo.")
        return ""
    if found[0] in seen:
        row.fault(COLUMNS[0], f"{found[0]} staat er twee keer in. Haal één van beide weg.")
        return ""
    return found[0]


def _balance(cell: Cell) -> int | None:
    """Read a balance: above 0 is arrears, below 0 a lead; None where it is empty."""
    if isinstance(cell, int | float) and cell < 0:
        found = optional_count(-cell)
        return None if found is None else -found
    written = text(cell)
    if not _BELOW_0.match(written):
        return optional_count(cell)
    try:
        found = optional_count(_BELOW_0.sub("", written, count=1))
    except CellRefused as refusal:
        raise CellRefused("Hier hoort een heel getal: boven 0 achterstand, onder 0 voorsprong.") from refusal
    return None if found is None else -found
