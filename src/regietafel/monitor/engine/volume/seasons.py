"""The pattern that returns: how much more or less each day of the week brings than the average day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Places = NDArray[np.int_]

_NEVER_SEEN = 1e-9


def season_factors(
    counts: Numbers, exposures: Numbers, *, places: Places, season: int, dispersion: float
) -> Numbers:
    """Give the factor of each place in the season, 1 where nothing shows that it differs (factors).

    Args:
        counts: messages per step, weighted if need be; one dimension.
        exposures: how much could have been found in each step, weighted likewise; any unit, above 0.
        places: place of each step in the season, 0 up to ``season``.
        season: number of places, such as 7.
        dispersion: what steps differ more than chance; variance = mean + dispersion x mean squared.

    Returns:
        One factor per place, about 1 on average. What chance explains is taken off: the shorter the history
        and the smaller the numbers, the closer to 1.

    Method: efron-morris-1975, empirical Bayes on the logarithm of the ratio found to expected.

    >>> places = np.arange(56) % 7
    >>> season_factors(np.full(56, 10.0), np.ones(56), places=places, season=7, dispersion=0.1).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    level = (counts.sum() + 0.5) / exposures.sum()
    found = np.bincount(places, counts, minlength=season)
    ordinary = np.bincount(places, exposures, minlength=season) * level
    steps = np.maximum(np.bincount(places, minlength=season), 1)
    seen = ordinary > _NEVER_SEEN
    chance = (1 + dispersion * ordinary / steps) / np.maximum(ordinary, _NEVER_SEEN)
    effects = np.log((found + 0.5) / (ordinary + 0.5))
    real = float((effects[seen] ** 2 - chance[seen]).mean()) if seen.any() else 0.0
    if real <= 0:
        return np.ones(season)
    return np.exp(np.where(seen, effects * real / (real + chance), 0.0))
