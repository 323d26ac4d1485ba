"""The level of daily counts that moves slowly: what is known of it, and of how it moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Numbers = NDArray[np.float64]
WEEK = 7
WINDOW_DAYS = 26 * WEEK
_LEAST_LEVEL = 0.02
_FIRST_SHAPE = 1.0
_LEAST_SHAPE = 0.05
_SIGMAS = np.geomspace(0.008, 0.25, 9)
_PHIS = np.geomspace(0.02, 40.0, 10)
_DRIFTS = np.array([-0.012, 0.0, 0.012])
_MEMORY = 0.985  # what is left a day later of how well a world foretold


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is believed before the first day of the movement of the log level, and of the spread of days.

    ``sigma``: its median per day; ``sigma_spread`` the standard deviation of its logarithm, the smaller the
    more own history is distrusted. ``phi`` and ``phi_spread`` likewise for the dispersion. ``steady``: the
    probability that the level has no trend up or down.
    """

    sigma: float = 0.025
    sigma_spread: float = 0.9
    phi: float = 0.7
    phi_spread: float = 1.5
    steady: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What is known after the last day, as a weighing of possible worlds (arrays of one length).

    In each world the level (people per day, or per unit of exposure) is gamma with ``shape`` and ``mean``.
    Its logarithm moves ``sigma`` a day on top of a trend of ``drift`` a day, and a day has variance mean +
    ``phi`` x mean squared. ``factors``: of Monday to Sunday. ``known_days``: on how many days this rests.
    """

    weights: Numbers
    sigma: Numbers
    phi: Numbers
    drift: Numbers
    shape: Numbers
    mean: Numbers
    factors: Numbers
    known_days: int

    @property
    def expected(self) -> float:
        """The level after the last day."""
        return float((self.weights * self.mean).sum())


def fit_level(counts: Numbers, exposure: Numbers, *, weekday: int, prior: Prior) -> Level:
    """Follow the level through the days, in some hundreds of worlds at once."""
    counts, exposure = counts[-WINDOW_DAYS:], exposure[-WINDOW_DAYS:]
    known = np.isfinite(counts) & (exposure > 0)
    places = (np.arange(len(counts)) - len(counts) + weekday) % WEEK
    factors = weekday_factors(counts, exposure, places=places, known=known)
    worlds = _Worlds.at_the_start(counts, exposure, known=known)
    for step in range(len(counts)):
        worlds.move()
        if known[step]:
            worlds.learn(float(counts[step]), float(exposure[step] * factors[places[step]]))
    return Level(
        weights=worlds.weights(prior),
        sigma=worlds.sigma,
        phi=worlds.phi,
        drift=worlds.drift,
        shape=worlds.shape,
        mean=worlds.mean,
        factors=factors,
        known_days=int(known.sum()),
    )


class _Worlds:
    """Every walk, dispersion and trend, with the level each leads to and how well it foretold lately."""

    def __init__(self, level: float) -> None:
        grid = np.meshgrid(_SIGMAS, _PHIS, _DRIFTS, indexing="ij")
        self.sigma, self.phi, self.drift = (axis.ravel() for axis in grid)
        self.shape = np.full(self.sigma.shape, _FIRST_SHAPE)
        self.mean = np.full(self.sigma.shape, level)
        self.score = np.zeros(self.sigma.shape)

    @classmethod
    def at_the_start(cls, counts: Numbers, exposure: Numbers, *, known: NDArray[np.bool_]) -> _Worlds:
        """Begin at the level of the first two known weeks, with much doubt."""
        early = np.flatnonzero(known)[: 2 * WEEK]
        total = float(exposure[early].sum())
        unit = total / len(early) if len(early) else 1.0
        level = float(counts[early].sum()) / total if total else 0.0
        return cls(max(level, _LEAST_LEVEL / unit))

    def move(self) -> None:
        """Let a day pass: the level may have changed, and how well a world foretold is a day longer ago."""
        self.shape = np.maximum(1 / (1 / self.shape + self.sigma**2), _LEAST_SHAPE)
        self.mean = self.mean * np.exp(self.drift)
        self.score *= _MEMORY

    def learn(self, count: float, exposure: float) -> None:
        """See a day: score how well it was foretold, and move towards it."""
        expected = self.mean * exposure
        doubt = 1 / self.shape
        size = 1 / (self.phi + doubt + self.phi * doubt)
        self.score += (
            gammaln(count + size)
            - gammaln(size)
            - (count + size) * np.log1p(expected / size)
            + count * np.log(expected / size)
        )
        trust = 1 / (1 + self.phi * expected)
        shape = self.shape + trust * count
        self.mean = shape / (self.shape / self.mean + trust * exposure)
        self.shape = shape

    def weights(self, prior: Prior) -> Numbers:
        """Weigh the worlds: the prior, and how well each foretold."""
        belief = -0.5 * (np.log(self.sigma / prior.sigma) / prior.sigma_spread) ** 2
        belief -= 0.5 * (np.log(self.phi / prior.phi) / prior.phi_spread) ** 2
        belief += np.log(np.where(self.drift == 0, prior.steady, (1 - prior.steady) / 2))
        logs = belief + self.score
        weights = np.exp(logs - logs.max())
        total: Numbers = weights / weights.sum()
        return total


def weekday_factors(
    counts: Numbers, exposure: Numbers, *, places: NDArray[np.int64], known: NDArray[np.bool_]
) -> Numbers:
    """Give a factor per weekday, moved towards 1 as far as chance explains the differences."""
    days = np.flatnonzero(known)
    if len(days) < 4 * WEEK:
        return np.ones(WEEK)
    rates = counts[days] / exposure[days]
    local = _moving_mean(rates, exposure[days])
    usual = np.maximum(local * exposure[days], 1e-9)
    ratios = counts[days] / usual
    number = np.bincount(places[days], minlength=WEEK)
    weights = np.bincount(places[days], weights=usual, minlength=WEEK)
    if (number < 2).any() or (weights <= 0).any():
        return np.ones(WEEK)
    raw = np.bincount(places[days], weights=usual * ratios, minlength=WEEK) / weights
    left = usual**2 * (ratios - raw[places[days]]) ** 2
    chance = np.bincount(places[days], weights=left, minlength=WEEK) / weights**2 * number / (number - 1)
    between = max(float(((raw - 1) ** 2).sum()) / (WEEK - 1) - float(chance.mean()), 0.0)
    factors = 1 + (raw - 1) * between / (between + chance + 1e-12)
    shrunk: Numbers = np.maximum(factors, 0.05)
    balanced: Numbers = shrunk * WEEK / shrunk.sum()
    return balanced


def _moving_mean(rates: Numbers, exposure: Numbers) -> Numbers:
    """Give the mean rate of the three weeks around each day."""
    half = (3 * WEEK) // 2
    sums = np.concatenate([[0.0], np.cumsum(rates * exposure)])
    units = np.concatenate([[0.0], np.cumsum(exposure)])
    here = np.arange(len(rates))
    low, high = np.maximum(here - half, 0), np.minimum(here + half + 1, len(rates))
    mean: Numbers = (sums[high] - sums[low]) / np.maximum(units[high] - units[low], 1e-9)
    return mean
