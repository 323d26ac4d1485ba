"""Nights that are the same for every group, taken together: months are then as quick as one night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

Stay = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Days at which some group comes or leaves, the first and the last border included."""

    borders: tuple[date, ...]

    @property
    def first(self) -> date:
        """The first night."""
        return self.borders[0]

    @property
    def until(self) -> date:
        """The day after the last night."""
        return self.borders[-1]

    def nights_of(self, stay: Stay) -> tuple[int, int]:
        """Give the first stretch of a stay, and the one after its last.

        >>> cut = stretches_of(date(2022, 4, 1), date(2022, 4, 9), stays=[(date(2022, 4, 3), None)])
        >>> cut.nights_of((date(2022, 4, 3), None)), cut.nights_of((None, None))
        ((1, 2), (0, 2))
        """
        begin, end = _within(stay, first=self.first, until=self.until)
        return self.borders.index(begin), self.borders.index(end)

    def lowest(self, free: Sequence[int]) -> tuple[int, ...]:
        """Give per stretch the fewest free places, from free places per day; never below 0.

        >>> cut = stretches_of(date(2022, 4, 1), date(2022, 4, 4), stays=[(date(2022, 4, 3), None)])
        >>> cut.lowest([5, 3, 9])
        (3, 9)
        """
        return tuple(least for least, _most in self.extremes(free))

    def extremes(self, places: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Give per stretch the fewest and the most, from places per day; never below 0.

        >>> cut = stretches_of(date(2022, 4, 1), date(2022, 4, 4), stays=[(date(2022, 4, 3), None)])
        >>> cut.extremes([5, 3, 9])
        ((3, 5), (9, 9))
        """
        steps = [(border - self.first).days for border in self.borders]
        days = [places[begin:end] for begin, end in pairwise(steps)]
        return tuple((max(min(each), 0), max(*each, 0)) for each in days)


def stretches_of(first: date, until: date, *, stays: Iterable[Stay]) -> Stretches:
    """Cut a period where a group comes or leaves (stretches).

    A group that stays needs its places on every day of a stretch, so only the day with the fewest counts.

    Args:
        first: first night.
        until: the day after the last night.
        stays: per group the day it comes and the day it leaves; None is the border of the period.

    Returns:
        The borders, in order.

    Raises:
        ValueError: there is no night, or a group is there on none of them.

    Source: bron-003, agendapunt 2.3 (places per day); taking days together is our reading and loses nothing.

    >>> found = stretches_of(date(2022, 4, 1), date(2022, 4, 30), stays=[(date(2022, 4, 8), None)])
    >>> [border.day for border in found.borders]
    [1, 8, 30]
    """
    if until <= first:
        raise ValueError("A period has a night.")
    borders = {first, until}
    for stay in stays:
        begin, end = _within(stay, first=first, until=until)
        if end <= begin:
            raise ValueError("A group stays a night of the period.")
        borders |= {begin, end}
    return Stretches(borders=tuple(sorted(borders)))


def _within(stay: Stay, *, first: date, until: date) -> tuple[date, date]:
    begin, end = stay
    return max(begin or first, first), min(end or until, until)
