"""A file with only numbers: a day and how many messages on each line, and perhaps how many in all."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from regietafel.monitor.engine.messages.moments import AMSTERDAM, UnreadableMoment, read_moment

_DAY, _COUNT, _TOTAL = "dag", "aantal", "totaal"
_TEXTS = frozenset({"titel", "tekst", "title", "text", "bericht"})
_SEPARATORS = ";,\t"


@dataclass(frozen=True)
class DayCounts:
    """What such a file holds: per day the messages found, and everything published; errors per row.

    A day that is not in the file, or has nothing beside it, is unknown and stands in neither table.
    """

    found: Mapping[date, int]
    published: Mapping[date, int]
    errors: list[dict[str, Any]] = field(default_factory=list)


class _Unreadable(ValueError):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def read_day_counts(path: Path) -> DayCounts | None:
    """Read a file of counts; None when it is something else, such as a file with messages."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            first = handle.readline()
            header, separator = _header(first)
            if not {_DAY, _COUNT} <= set(header) or _TEXTS & set(header):
                return None
            return _read(csv.DictReader(handle, fieldnames=header, delimiter=separator), name=str(path))
    except (UnicodeDecodeError, csv.Error):
        return None


def _header(line: str) -> tuple[list[str], str]:
    separator = max(_SEPARATORS, key=line.count)
    return [cell.strip().strip('"').casefold() for cell in line.strip().split(separator)], separator


def _read(rows: "csv.DictReader[str]", *, name: str) -> DayCounts:
    found: dict[date, int] = {}
    published: dict[date, int] = {}
    errors: list[dict[str, Any]] = []
    for number, row in enumerate(rows, start=2):
        try:
            for day, count, total in _read_row(row, known=found):
                found[day] = count
                if total is not None:
                    published[day] = total
        except _Unreadable as refusal:
            errors.append({"bestand": name, "rij": number, "kolom": refusal.column, "melding": str(refusal)})
    return DayCounts(found, published, errors)


def _read_row(row: Mapping[str, str], *, known: Mapping[date, int]) -> Iterator[tuple[date, int, int | None]]:
    """Give the day with its count and total; nothing when the count is left open."""
    try:
        day = read_moment((row.get(_DAY) or "").strip()).astimezone(AMSTERDAM).date()
    except UnreadableMoment as error:
        raise _Unreadable(_DAY, str(error)) from error
    count, total = _number(row, _COUNT), _number(row, _TOTAL)
    if day in known:
        raise _Unreadable(_DAY, f"De dag {day} staat er twee keer in. Laat één van beide regels weg.")
    if count is None:
        return
    if total is not None and total < count:
        raise _Unreadable(
            _TOTAL, f"Het totaal ({total}) is kleiner dan het aantal ({count}). Controleer de kolommen."
        )
    yield day, count, total


def _number(row: Mapping[str, str], column: str) -> int | None:
    written = (row.get(column) or "").strip().replace(".", "")
    if not written:
        return None
    if not (written.isascii() and written.isdecimal()):
        raise _Unreadable(
            column, f"“{written[:40]}” is geen heel getal van 0 of meer. Laat het leeg als u het niet weet."
        )
    return int(written)
