"""Series of counts per day as a monitor would see them, made with a fixed seed: nobody's messages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WEEKDAYS = np.array([1.15, 1.15, 1.15, 1.15, 1.15, 0.70, 0.55])
BURST_DAYS = 5
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """What ordinary days look like.

    ``dispersion``: variance = mean + dispersion x mean squared, day by day. ``drift`` and ``memory``:
    standard deviation and correlation from day to day of a slow movement of the logarithm of the mean.
    """

    mean: float
    dispersion: float = 0.05
    drift: float = 0.0
    memory: float = 0.8


@dataclass(frozen=True)
class Bursts:
    """Series, one per row, with a burst of five days from ``starts``, and one ``earlier_at`` days before."""

    counts: Counts
    starts: Counts
    earlier_at: int | None = None

    def is_ordinary(self, row: int, *, begin: int) -> NDArray[np.bool_]:
        """Tell of the days from ``begin`` up to the burst whether nothing happened."""
        start = int(self.starts[row])
        days = np.arange(begin, start)
        earlier = start - self.earlier_at if self.earlier_at is not None else start
        return (days < earlier) | (days >= earlier + BURST_DAYS)


def ordinary(world: World, *, rows: int, days: int, chance: np.random.Generator) -> Counts:
    """Give days on which nothing happens, one series per row."""
    return _drawn(_means(world, rows=rows, days=days, chance=chance), world, chance)


def with_bursts(
    world: World, *, rows: int, times: float, chance: np.random.Generator, earlier_at: int | None = None
) -> Bursts:
    """Give series with a burst somewhere after day 100, and perhaps an earlier one in its history."""
    means = _means(world, rows=rows, days=145, chance=chance)
    starts = chance.integers(100, 130, rows)
    for row, start in enumerate(starts):
        means[row, start : start + BURST_DAYS] *= times
        if earlier_at is not None:
            means[row, start - earlier_at : start - earlier_at + BURST_DAYS] *= times
    return Bursts(_drawn(means, world, chance), starts, earlier_at)


def _means(world: World, *, rows: int, days: int, chance: np.random.Generator) -> NDArray[np.float64]:
    pattern = WEEKDAYS / WEEKDAYS.mean()
    means = np.tile(world.mean * pattern[np.arange(days) % 7], (rows, 1))
    if world.drift == 0:
        return means
    slow = np.empty((rows, days))
    slow[:, 0] = chance.normal(0, world.drift, rows)
    step = world.drift * np.sqrt(1 - world.memory**2)
    for day in range(1, days):
        slow[:, day] = world.memory * slow[:, day - 1] + chance.normal(0, step, rows)
    return means * np.exp(slow - world.drift**2 / 2)


def _drawn(means: NDArray[np.float64], world: World, chance: np.random.Generator) -> Counts:
    shape = 1 / world.dispersion
    return chance.poisson(means * chance.gamma(shape, world.dispersion, means.shape))
