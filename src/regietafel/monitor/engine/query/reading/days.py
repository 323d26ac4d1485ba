"""Days in a question: one day, or from one day up to and including another."""

from __future__ import annotations

import re
from datetime import date, timedelta

from regietafel.monitor.engine.query.dialects import SINCE, UNTIL
from regietafel.monitor.engine.query.remarks import CannotBeRead
from regietafel.monitor.engine.query.tree import Days

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?")
_DUTCH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_RANGE = re.compile(r"([\[{])\s*(\S+)\s+TO\s+(\S+?)\s*([\]}])")
_OPEN = "*"
_ONE_DAY = timedelta(days=1)


def days_of(written: str, kind: str) -> tuple[Days, ...]:
    """Read the day behind ``sinds:`` or ``tot:``; any other kind means that day alone."""
    day = _day(written)
    since = Days(since=day) if kind != UNTIL else None
    until = Days(until=day) if kind != SINCE else None
    return tuple(limit for limit in (since, until) if limit)


def range_of(written: str) -> tuple[Days, ...]:
    """Read ``[2026-01-01 TO 2026-02-01]``; a curly bracket leaves its own day out, * leaves a side open."""
    found = _RANGE.fullmatch(written)
    if not found or found[2] == found[3] == _OPEN:
        raise _unreadable(written)
    limits = []
    if found[2] != _OPEN:
        limits.append(Days(since=_shifted(_day(found[2]), _ONE_DAY * (found[1] == "{"))))
    if found[3] != _OPEN:
        limits.append(Days(until=_shifted(_day(found[3]), -_ONE_DAY * (found[4] == "}"))))
    return tuple(limits)


def _day(written: str) -> date:
    if found := _ISO.fullmatch(written):
        year, month, day = map(int, found.groups())
    elif found := _DUTCH.fullmatch(written):
        day, month, year = map(int, found.groups())
    else:
        raise _unreadable(written)
    try:
        return date(year, month, day)
    except ValueError:
        raise CannotBeRead(
            f"De dag {written} bestaat niet.", suggestion="Schrijf een dag als 2026-03-31."
        ) from None


def _shifted(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        raise _unreadable(day.isoformat()) from None


def _unreadable(written: str) -> CannotBeRead:
    shown = f"{written} is geen dag." if written else "Hier hoort een dag."
    return CannotBeRead(shown, suggestion="Schrijf een dag als 2026-03-31.")
