"""Regions that never were: people arrive in households and sometimes by bus, and the level moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from regietafel.reception.engine.forecast import History

AHEAD = 56
_MONDAY = date(2022, 3, 7)
_WEEKDAYS = np.array([1.2, 1.15, 1.1, 1.1, 1.1, 0.75, 0.6])
_HOUSEHOLD = 2.4


@dataclass(frozen=True)
class World:
    """How the level moves: its walk per day, the chance per day of a sudden change, and a trend.

    A trend goes up or down for some weeks, at any time; or, when it is ``last_minute``, down from four weeks
    before the forecast on, which is the worst that can be asked of a forecast.
    """

    name: str
    walk: float = 0.0
    changes: float = 0.0
    change_size: float = 0.7
    trend: float = 0.0
    last_minute: bool = False


WORLDS = (
    World("gelijkmatig"),
    World("schuivend", walk=0.04),
    World("met omslagen", walk=0.015, changes=1 / 60),
    World("met weken van groei en krimp", walk=0.02, trend=0.012),
)
FALLING = World("daalt sinds vier weken", walk=0.02, trend=0.012, last_minute=True)
LEVELS = (3.0, 15.0, 60.0)


@dataclass(frozen=True)
class Region:
    """What could be known on the day of the forecast, and what then happened."""

    history: History
    present: NDArray[np.int64]


def region(world: World, level: float, *, length: int, chance: np.random.Generator) -> Region:
    """Make a region with so many days of history; buses are not announced and places play no part."""
    days = length + AHEAD
    steps = world.walk * chance.standard_normal(days) - world.trend * _trend(world, length, chance)
    steps += (chance.random(days) < world.changes) * world.change_size * chance.standard_normal(days)
    start = level * np.exp(0.4 * chance.standard_normal())
    rates = start * np.exp(np.clip(np.cumsum(steps), -4, 2.5)) * _WEEKDAYS[np.arange(days) % 7]
    arrivals = _arrivals(rates, share_by_bus=float(chance.uniform(0, 0.5)), chance=chance)
    leaving = 0.012 * np.exp(0.5 * chance.standard_normal() + np.cumsum(0.02 * chance.standard_normal(days)))
    present, departures = _presence(arrivals, leaving, start=int(level / 0.012), chance=chance)
    history = History(
        first=_MONDAY,
        arrivals=tuple(int(people) for people in arrivals[:length]),
        departures=tuple(int(people) for people in departures[:length]),
        ended=(0,) * length,
        present=tuple(int(people) for people in present[:length]),
    )
    assert history.last == _MONDAY + timedelta(days=length - 1)
    return Region(history, present[length:])


def _trend(world: World, length: int, chance: np.random.Generator) -> NDArray[np.float64]:
    """Give 1 on days of fall, -1 on days of growth and 0 on others; spells last six weeks on average."""
    days = length + AHEAD
    if world.last_minute:
        return (np.arange(days) >= length - 28).astype(float)
    spells = np.cumsum(chance.random(days) < 1 / 42)
    signs: NDArray[np.float64] = chance.choice([-1.0, 0.0, 1.0], size=days + 1)[spells]
    return signs


def _arrivals(
    rates: NDArray[np.float64], *, share_by_bus: float, chance: np.random.Generator
) -> NDArray[np.int64]:
    households = chance.poisson(rates * (1 - share_by_bus) / _HOUSEHOLD)
    people = np.array([int((1 + chance.poisson(_HOUSEHOLD - 1, number)).sum()) for number in households])
    size = float(min(48, max(8, rates.mean() * 3)))
    buses = chance.poisson(rates * share_by_bus / size)
    low, high = int(size * 0.7), int(size * 1.3) + 1
    by_bus = np.array([int(chance.integers(low, high, number).sum()) for number in buses])
    arrivals: NDArray[np.int64] = people + by_bus
    return arrivals


def _presence(
    arrivals: NDArray[np.int64], leaving: NDArray[np.float64], *, start: int, chance: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    present, departures = np.zeros_like(arrivals), np.zeros_like(arrivals)
    there = start
    for day, came in enumerate(arrivals):
        groups = chance.poisson(min(leaving[day], 0.3) * there / _HOUSEHOLD)
        departures[day] = min(int((1 + chance.poisson(_HOUSEHOLD - 1, groups)).sum()), there)
        there += int(came) - int(departures[day])
        present[day] = there
    return present, departures
