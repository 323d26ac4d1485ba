"""How often bounds hold the truth, and what probabilities of shortage are worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.forecast.regions import LEVELS, WORLDS, Region, World, region
from benchmarks.forecast.rivals import Method

HORIZONS = (7, 28, 56)
_AT = np.array(HORIZONS) - 1


@dataclass(frozen=True)
class Case:
    """A region with where it comes from and how many places it has."""

    world: World
    level: float
    region: Region
    places: int
    seed: int


@dataclass(frozen=True)
class Outcome:
    """Per case and horizon: held by the bounds, how wide they were (of those present), and the shortage."""

    covered: NDArray[np.bool_]
    width: NDArray[np.float64]
    chance: NDArray[np.float64]
    short: NDArray[np.bool_]

    def brier_skill(self) -> NDArray[np.float64]:
        """Give how much better than always naming the base rate, per horizon (1 is perfect)."""
        usual = ((self.short.mean(axis=0) - self.short) ** 2).mean(axis=0)
        skill: NDArray[np.float64] = 1 - ((self.chance - self.short) ** 2).mean(axis=0) / usual
        return skill


def cases(
    rows: int,
    *,
    seed: int,
    worlds: Sequence[World] = WORLDS,
    lengths: tuple[int, int] = (30, 200),
) -> Iterator[Case]:
    """Make so many regions of every world and level."""
    for world_number, world in enumerate(worlds):
        for level in LEVELS:
            for row in range(rows):
                chance = np.random.default_rng([seed, world_number, int(level), row])
                length = int(chance.integers(lengths[0], lengths[1] + 1))
                made = region(world, level, length=length, chance=chance)
                places = round(made.history.present[-1] * float(chance.uniform(0.9, 1.3)))
                yield Case(world, level, made, places, row)


def judge(method: Method, every: Sequence[Case]) -> Outcome:
    """Let a method look ahead in every case."""
    covered, width, chance, short = [], [], [], []
    for case in every:
        found = method(case.region.history, case.places, case.seed)
        truth = case.region.present[_AT]
        covered.append((found.low[_AT] <= truth) & (truth <= found.high[_AT]))
        width.append((found.high[_AT] - found.low[_AT]) / max(case.region.history.present[-1], 1))
        chance.append(found.short[_AT])
        short.append(truth > case.places)
    return Outcome(np.array(covered), np.array(width), np.array(chance), np.array(short))


def reliability(outcome: Outcome, *, edges: Sequence[float]) -> list[tuple[float, float, int]]:
    """Give, per class of probability, the mean named, the share that came true and how many."""
    chance, short = outcome.chance.ravel(), outcome.short.ravel()
    classes = np.digitize(chance, edges[1:-1])
    return [
        (float(chance[classes == place].mean()), float(short[classes == place].mean()), int(number))
        for place in range(len(edges) - 1)
        if (number := (classes == place).sum())
    ]
