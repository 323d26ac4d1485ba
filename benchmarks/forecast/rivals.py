"""What people do instead: repeat last week, or draw a Poisson margin around the mean of the past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from benchmarks.forecast.regions import AHEAD
from regietafel.reception.engine.forecast import History, Offer, Setting, Supply, forecast

PATHS = 500
_STEPS = np.arange(1, AHEAD + 1)
_Z = float(norm.ppf(0.9))


@dataclass(frozen=True)
class Outlook:
    """Bounds of 80 % on each day ahead, and the probability that more people are present than places."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    short: NDArray[np.float64]


Method = Callable[[History, int, int], Outlook]


def ours(history: History, places: int, seed: int) -> Outlook:
    """Look ahead as the product does."""
    supply = Supply(offers=(Offer(places=places, from_on=history.first),))
    days = forecast(history, supply, setting=Setting(days=AHEAD, seed=seed, paths=PATHS)).days
    return Outlook(
        np.array([day.p10 for day in days], dtype=float),
        np.array([day.p90 for day in days], dtype=float),
        np.array([day.shortage_probability for day in days]),
    )


def fixed_mean(history: History, places: int, seed: int) -> Outlook:
    """Take the mean of the whole past with a Poisson margin, as a spreadsheet does."""
    came, left = _mean(history.arrivals), _mean(history.departures)
    return _normal(history, places, came - left, came + left)


def last_week(history: History, places: int, seed: int) -> Outlook:
    """Repeat last week with a Poisson margin."""
    came, left = _mean(history.arrivals[-7:]), _mean(history.departures[-7:])
    return _normal(history, places, came - left, came + left)


def fixed_level(history: History, places: int, seed: int) -> Outlook:
    """Take the mean of the whole past, with days that differ as much as they did."""
    came, left = _mean(history.arrivals), _mean(history.departures)
    net = np.array(history.arrivals, dtype=float) - np.array(history.departures, dtype=float)
    return _normal(history, places, came - left, float(net.var(ddof=1)))


def _mean(counts: tuple[int | None, ...]) -> float:
    known = [count for count in counts if count is not None]
    return sum(known) / len(known)


def _normal(history: History, places: int, drift: float, variance: float) -> Outlook:
    middle = history.present[-1] + drift * _STEPS
    spread = np.sqrt(np.maximum(variance * _STEPS, 0.25))
    return Outlook(middle - _Z * spread, middle + _Z * spread, 1 - norm.cdf((places + 0.5 - middle) / spread))


METHODS: dict[str, Method] = {
    "Regietafel": ours,
    "gemiddelde, gewone spreiding": fixed_level,
    "gemiddelde, Poisson": fixed_mean,
    "vorige week, Poisson": last_week,
}
