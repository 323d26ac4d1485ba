"""What a day would bring when nothing is going on, from its own past and the day of the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regietafel.monitor.engine.volume.seasons import Numbers, Places, season_factors
from regietafel.monitor.engine.volume.spreading import Spread

WEEK = 7
WINDOW_SEASONS = 8
FEWEST_KNOWN = 28
THRESHOLD = 0.01
_ROUNDS = 4
_OUTLYING = 3.0
_LEAST_DISPERSION, _MOST_DISPERSION = 1e-6, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """The number of messages on an ordinary day like this one.

    ``low`` up to and including ``high`` are the counts that are no surprise: outside them the probability
    on that side is below the threshold (.01 unless said otherwise). ``dispersion`` is what the days differ
    more than chance: the variance is mean + dispersion x mean squared. ``history_days`` is how many
    earlier days were known.
    """

    mean: float
    low: int
    high: int
    dispersion: float
    history_days: int

    @property
    def spread(self) -> Spread:
        """The distribution of the count."""
        return Spread(mean=self.mean, dispersion=self.dispersion)


@dataclass(frozen=True, slots=True)
class _Fit:
    """Level per unit of exposure, factor per place in the season, dispersion, and doubt about the level."""

    level: float
    factors: Numbers
    dispersion: float
    doubt: float


def expect(
    history: Sequence[float | None],
    *,
    exposure: Sequence[float | None] | None = None,
    season: int = WEEK,
    window: int | None = None,
    threshold: float = THRESHOLD,
) -> Expectation | None:
    """Say what the day after a series of days would ordinarily bring (expectation).

    Args:
        history: messages per day, oldest first, up to the day before the one that is asked for; None where
            a day is unknown, which is something else than 0.
        exposure: for each day of history and, last, the day asked for: how much could have been found,
            such as what the same sources published; any unit. None where unknown.
        season: after how many steps the pattern repeats: 7 for days in a week, 24 for hours in a day.
        window: how many of the last steps are looked at; eight seasons when not given.
        threshold: probability on each side beyond ``low`` and ``high``.

    Returns:
        Mean and bounds in messages per day, or None when nothing is known or the day itself is not.

    Raises:
        ValueError: ``exposure`` is not one longer than ``history``, or ``season`` is less than one.

    Method: noufaily-2013, downweighting of earlier outbreaks by their residuals, with factors per weekday
        that are shrunk towards 1 as far as chance explains them (efron-morris-1975); public holidays get no
        factor of their own. The choice of eight weeks is ours.

    >>> week = [10, 12, 11, 10, 12, 4, 3]
    >>> ordinary = expect(week * 8)
    >>> round(ordinary.mean), ordinary.high, ordinary.history_days
    (10, 18, 56)
    >>> expect([None] * 56) is None
    True
    """
    if season < 1:
        raise ValueError("A season has at least one step.")
    if exposure is not None and len(exposure) != len(history) + 1:
        raise ValueError("The exposure covers the history and the day asked for.")
    now = 1.0 if exposure is None else exposure[-1]
    counts, exposures = _known(history, exposure=exposure, window=window or WINDOW_SEASONS * season)
    known = np.isfinite(counts) & (exposures > 0)
    if now is None or now <= 0 or not known.any():
        return None
    places = (-np.arange(len(counts), 0, -1)) % season  # 0 is the place of the day asked for
    fit = _fit(counts[known], exposures[known], places=places[known], season=season)
    spread = Spread(mean=float(fit.level * fit.factors[0] * now), dispersion=fit.dispersion + fit.doubt)
    return Expectation(
        mean=spread.mean,
        low=spread.lowest(threshold),
        high=spread.highest(threshold),
        dispersion=spread.dispersion,
        history_days=int(known.sum()),
    )


def _known(
    history: Sequence[float | None], *, exposure: Sequence[float | None] | None, window: int
) -> tuple[Numbers, Numbers]:
    """Give the last steps as numbers; what is unknown is not a number."""
    counts = np.array(history[-window:], dtype=np.float64)
    if exposure is None:
        return counts, np.ones(len(counts))
    exposures = np.array(exposure[:-1][-window:], dtype=np.float64)
    return counts, np.nan_to_num(exposures, nan=0.0)


def _fit(counts: Numbers, exposures: Numbers, *, places: Places, season: int) -> _Fit:
    """Fit level, factors and dispersion a few times, each time trusting surprising days less."""
    rates = counts / exposures
    middle = max(float(np.median(rates)), float(rates.mean()) / 2)
    means = np.maximum(middle * exposures, 0.01)
    rest = np.abs(counts - means)
    dispersion = _bounded(((1.4826 * float(np.median(rest))) ** 2 - means.mean()) / means.mean() ** 2)
    for _ in range(_ROUNDS):
        trust = _trust(counts, means, dispersion=dispersion)
        factors = season_factors(
            counts * trust, exposures * trust, places=places, season=season, dispersion=dispersion
        )
        level = float(((counts * trust).sum() + 0.5) / (exposures * trust * factors[places]).sum())
        means = level * factors[places] * exposures
        dispersion = _dispersion(counts, means, trust=trust)
    doubt = 1 / max(float((trust * means / (1 + dispersion * means)).sum()), 1.0)
    return _Fit(level=level, factors=factors, dispersion=dispersion, doubt=doubt)


def _trust(counts: Numbers, means: Numbers, *, dispersion: float) -> Numbers:
    surprise = np.abs(counts - means) / np.sqrt(means + dispersion * means**2)
    return np.where(surprise > _OUTLYING, (_OUTLYING / np.maximum(surprise, _OUTLYING)) ** 2, 1.0)


def _dispersion(counts: Numbers, means: Numbers, *, trust: Numbers) -> float:
    """Give the extra spread by moments; one degree of freedom per eight days goes to level and factors."""
    free = max(1 - WINDOW_SEASONS / len(counts), 0.3)
    beyond = float((trust * ((counts - means) ** 2 / free - means)).sum())
    return _bounded(beyond / float((trust * means**2).sum()))


def _bounded(dispersion: float) -> float:
    return min(max(dispersion, _LEAST_DISPERSION), _MOST_DISPERSION)
