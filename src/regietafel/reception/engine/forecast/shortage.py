"""The first day of shortage, how large it is, and how many places would prevent it from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from regietafel.reception.engine.forecast.simulating import Paths

SAFE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How many more places a week asks for at most; it begins on ``from_on``."""

    from_on: date
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """So many more places from a day on, after which every day is short with less than a probability.

    ``weeks``: what each week of it needs, for who can open places in steps.
    """

    places: int
    from_on: date
    probability: float
    weeks: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """The first day on which a shortage is as likely as the threshold, or likelier.

    ``short_p50`` and ``short_p90``: places short that day, in the middle future and in nine of ten; the
    ``worst`` day is the one with the largest ``short_p50``. ``early_on``: the first day with a probability
    of .1. ``remedies``: for the threshold itself, and to be safe in nine of ten.
    """

    first_on: date
    probability: float
    threshold: float
    short_p50: int
    short_p90: int
    worst_on: date
    worst_p50: int
    worst_p90: int
    early_on: date
    remedies: tuple[Remedy, ...]


def shortage_of(people: Paths, places: Paths, *, first: date, threshold: float) -> Shortage | None:
    """Find the first shortage in drawn futures; None when no day is that likely."""
    over = np.sort(people - places, axis=1)
    likely = (over > 0).mean(axis=1)
    days = np.flatnonzero(likely >= threshold)
    if not len(days):
        return None
    step = int(days[0])
    middle, high = (np.maximum(_rank(over, share), 0) for share in (0.5, 0.9))
    worst = int(np.argmax(middle * over.shape[1] + high))
    early = int(np.flatnonzero(likely >= min(SAFE, threshold))[0])
    return Shortage(
        first_on=first + timedelta(days=step),
        probability=float(likely[step]),
        threshold=threshold,
        short_p50=int(middle[step]),
        short_p90=int(high[step]),
        worst_on=first + timedelta(days=worst),
        worst_p50=int(middle[worst]),
        worst_p90=int(high[worst]),
        early_on=first + timedelta(days=early),
        remedies=tuple(_remedies(over, first=first, threshold=threshold)),
    )


def _remedies(over: Paths, *, first: date, threshold: float) -> list[Remedy]:
    remedies = []
    likely = (over > 0).mean(axis=1)
    for allowed in dict.fromkeys((threshold, min(SAFE, threshold))):
        begin = int(np.flatnonzero(likely >= allowed)[0])
        needed = np.maximum(_enough(over[begin:], allowed), 0)
        from_on = first + timedelta(days=begin)
        weeks = tuple(
            Need(from_on=from_on + timedelta(days=step), places=int(needed[step : step + 7].max()))
            for step in range(0, len(needed), 7)
        )
        remedies.append(Remedy(places=int(needed.max()), from_on=from_on, probability=allowed, weeks=weeks))
    return remedies


def _enough(over: Paths, allowed: float) -> Paths:
    """Give per day the fewest more places with which a shortage is less likely than allowed."""
    count = over.shape[1]
    most = int(np.ceil(allowed * count)) - 1  # so many paths may stay short
    enough: Paths = over[:, count - 1 - most]
    return enough


def _rank(ranks: Paths, share: float) -> Paths:
    rank: Paths = ranks[:, round(share * (ranks.shape[1] - 1))]
    return rank
