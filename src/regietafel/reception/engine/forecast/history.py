"""What happened per day: who came, who left, and how many were there; a day may be unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

Series = tuple[int | None, ...]


class MovementKind(StrEnum):
    """What a movement does to the number of people present."""

    START = "beginstand"
    ARRIVAL = "plaatsing"
    DEPARTURE = "vertrek"
    END = "einde"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """People who come or go on a day; ``people`` None means that some did and nobody knows how many.

    A start is of people who were there before the first day. An end was agreed beforehand, a departure was
    not. ``announced_on``: the day on which an arrival was reserved for. ``until_on``: the end that was agreed
    when people arrived.
    """

    day: date
    kind: MovementKind
    people: int | None
    is_private: bool = False
    announced_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Days from ``first`` on: people who arrived, departed, ended as agreed, and were present at its end.

    None is unknown and something else than 0. ``leads``: of announced arrivals in people per number of days
    between reservation and arrival. ``stays``: of arrivals with an agreed end, in people per number of days.
    """

    first: date
    arrivals: Series
    departures: Series
    ended: tuple[int, ...]
    present: tuple[int, ...]
    leads: tuple[tuple[int, int], ...] = ()
    stays: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(self.arrivals), len(self.departures), len(self.ended), len(self.present)}
        if len(lengths) > 1 or lengths == {0}:
            raise ValueError("A history has as many days of everything, and at least one.")

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=len(self.arrivals) - 1)

    @property
    def known_days(self) -> int:
        """How many days have a known number of arrivals."""
        return sum(people is not None for people in self.arrivals)

    def until(self, length: int) -> History:
        """Give the first so many days, as they would have been seen then."""
        return replace(
            self,
            arrivals=self.arrivals[:length],
            departures=self.departures[:length],
            ended=self.ended[:length],
            present=self.present[:length],
        )


def history_of(
    movements: Iterable[Movement], *, first: date, last: date, private: bool | None = False
) -> History:
    """Count movements per day (history).

    Args:
        movements: in any order; those after ``last`` are left out, those before ``first`` only count as
            being present.
        first: first day.
        last: last day, included.
        private: of people with private hosts (True), of all others (False), or of everybody (None).

    Returns:
        People per day. A day without movements has 0; a day with a movement of unknown size is unknown, and
        the number present goes on as if that movement were of nobody.

    Raises:
        ValueError: ``last`` lies before ``first``.

    Source: bron-003, agendapunten 4.1 en 2.3 (inflow, outflow, private hosting that ends).

    >>> day = date(2022, 4, 4)
    >>> came = [Movement(day=day, kind=MovementKind.START, people=40),
    ...     Movement(day=day, kind=MovementKind.ARRIVAL, people=8),
    ...     Movement(day=day + timedelta(2), kind=MovementKind.ARRIVAL, people=None)]
    >>> found = history_of(came, first=day, last=day + timedelta(3))
    >>> found.arrivals, found.present
    ((8, 0, None, 0), (48, 48, 48, 48))
    """
    length = (last - first).days + 1
    if length < 1:
        raise ValueError("The history ends before it begins.")
    count = _Counting(first, length)
    for movement in movements:
        if movement.day <= last and (private is None or movement.is_private is private):
            count.add(movement)
    return count.history()


class _Counting:
    """Sums per day while movements come by in any order."""

    def __init__(self, first: date, length: int) -> None:
        self.first, self.before = first, 0
        self.arrivals, self.departures, self.ended, self.starts = ([0] * length for _ in range(4))
        self.unknown: dict[MovementKind, set[int]] = {kind: set() for kind in MovementKind}
        self.leads: dict[int, int] = {}
        self.stays: dict[int, int] = {}

    def add(self, movement: Movement) -> None:
        """Add one movement to its day."""
        step = (movement.day - self.first).days
        kind, people = movement.kind, movement.people or 0
        comes = kind in (MovementKind.START, MovementKind.ARRIVAL)
        if step < 0:
            self.before += people if comes else -people
            return
        if movement.people is None:
            self.unknown[kind].add(step)
        self._days(kind)[step] += people
        if kind is MovementKind.ARRIVAL and movement.announced_on is not None:
            lead = max((movement.day - movement.announced_on).days, 0)
            self.leads[lead] = self.leads.get(lead, 0) + people
        if kind is MovementKind.ARRIVAL and movement.until_on is not None:
            stay = max((movement.until_on - movement.day).days, 1)
            self.stays[stay] = self.stays.get(stay, 0) + people

    def _days(self, kind: MovementKind) -> list[int]:
        return {
            MovementKind.START: self.starts,
            MovementKind.ARRIVAL: self.arrivals,
            MovementKind.DEPARTURE: self.departures,
            MovementKind.END: self.ended,
        }[kind]

    def history(self) -> History:
        """Give the days; more people than are present never leave."""
        present, there = [], max(self.before, 0)
        for came, left, ended, started in zip(
            self.arrivals, self.departures, self.ended, self.starts, strict=True
        ):
            there = max(there + came + started - left - ended, 0)
            present.append(there)
        return History(
            first=self.first,
            arrivals=self._known(self.arrivals, MovementKind.ARRIVAL),
            departures=self._known(self.departures, MovementKind.DEPARTURE),
            ended=tuple(self.ended),
            present=tuple(present),
            leads=tuple(sorted(self.leads.items())),
            stays=tuple(sorted(self.stays.items())),
        )

    def _known(self, days: list[int], kind: MovementKind) -> Series:
        return tuple(None if step in self.unknown[kind] else people for step, people in enumerate(days))
