"""Interactions, shares and sentiment of two periods, with whole stories as the unit of chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log1p, sqrt

import numpy as np

from regietafel.monitor.engine.volume.changing import Difference, difference_of
from regietafel.monitor.engine.volume.judging import Bounds, bounds_of
from regietafel.monitor.engine.volume.seasons import Numbers

_DRAWS = 800
_CELLS = 1_000_000  # drawn at once, to keep memory small
_FEWEST_STORIES = 5.0
POSITIVE, NEUTRAL, NEGATIVE = 1, 0, -1
_TONES = frozenset({POSITIVE, NEUTRAL, NEGATIVE})


@dataclass(frozen=True, slots=True)
class Measured:
    """One message: the story it belongs to, and a value of it.

    The value is a number of interactions, 1 or 0 for a label that holds or not, or 1, 0, -1 for a positive,
    neutral and negative tone.
    """

    story: str
    value: float


def compare_interactions(now: Sequence[Measured], before: Sequence[Measured], *, seed: int) -> Difference:
    """Compare how many interactions a message got in two periods (difference).

    Args:
        now: per message its story and number of interactions, of the period asked about; messages of which
            the number is unknown are left out.
        before: the same of the period it is compared with.
        seed: where the draws begin; the same seed gives the same answer.

    Returns:
        Typical (geometric mean) interactions per message and their ratio with a 95 % interval. "te kort om te
        zeggen" when a period has the weight of fewer than five stories.

    Raises:
        ValueError: a number of interactions is negative.

    Method: cameron-2008, bootstrap of whole clusters, on the logarithm of 1 + interactions; bounds with
        Student's t and the number of stories by weight.

    >>> few = [Measured(str(story), 3 + story % 2) for story in range(20)]
    >>> many = [Measured(str(story), 30 + story % 2) for story in range(20)]
    >>> found = compare_interactions(many, few, seed=1)
    >>> found.verdict, round(found.change)
    ('duidelijk', 7)
    """
    if any(each.value < 0 for each in (*now, *before)):
        raise ValueError("A number of interactions is negative.")
    later, earlier = (
        _Clusters.of([Measured(each.story, log1p(each.value)) for each in part]) for part in (now, before)
    )
    typical = [None if part.mean is None else exp(part.mean) - 1 for part in (later, earlier)]
    bounds = _bounds(later, earlier, seed=seed)
    return difference_of(bounds, kind="interacties", now=typical[0], before=typical[1])


def compare_share(now: Sequence[Measured], before: Sequence[Measured], *, seed: int) -> Difference:
    """Compare the share of messages to which a label applies in two periods (difference).

    Args:
        now: per message its story and 1 or 0, of the period asked about; unknown ones are left out.
        before: the same of the period it is compared with.
        seed: where the draws begin; the same seed gives the same answer.

    Returns:
        Both shares and their difference as fractions of 1 with a 95 % interval. "te kort om te zeggen" when a
        period has the weight of fewer than five stories.

    Raises:
        ValueError: a value is something else than 0 or 1.

    Method: cameron-2008, bootstrap of whole clusters; messages of one story are not independent. Bounds
        with Student's t; where all stories agree, as if one of them might not.

    >>> half = [Measured(str(story), story % 2) for story in range(40)]
    >>> compare_share(half, half, seed=1).verdict
    'niet aantoonbaar'
    """
    if any(each.value not in (0, 1) for each in (*now, *before)):
        raise ValueError("A share is made of zeros and ones.")
    later, earlier = _Clusters.of(now), _Clusters.of(before)
    bounds = _bounds(later, earlier, seed=seed, is_share=True)
    return difference_of(bounds, kind="aandeel", now=later.mean, before=earlier.mean)


def compare_sentiment(now: Sequence[Measured], before: Sequence[Measured], *, seed: int) -> Difference:
    """Compare the share of positive messages in two periods, and name the tone of the later one (difference).

    Args:
        now: per message its story and 1, 0 or -1 for positive, neutral or negative; unknown ones are left
            out.
        before: the same of the period it is compared with.
        seed: where the draws begin; the same seed gives the same answer.

    Returns:
        Shares of positive messages with their difference. ``tone`` is positief or negatief when the mean of
        the later period is surely above or below 0 (95 %), gemengd when it is not, and empty when there are
        too few stories to say.

    Raises:
        ValueError: a value is something else than 1, 0 or -1.

    Source: bron-003, agendapunt 4.2 (sentiment comparable with the last weeks, and which); the method is that
        of `compare_share`.

    >>> glad = [Measured(str(story), (story % 4 > 0) - (story % 8 == 0)) for story in range(400)]
    >>> compare_sentiment(glad, glad, seed=1).sentence("de laatste weken")[:64]
    'Het sentiment is vergelijkbaar met de laatste weken (positief): '
    """
    if any(each.value not in _TONES for each in (*now, *before)):
        raise ValueError("A tone is 1, 0 or -1.")
    later, earlier = (
        [Measured(each.story, float(each.value == POSITIVE)) for each in part] for part in (now, before)
    )
    found = compare_share(later, earlier, seed=seed)
    return replace(found, kind="sentiment", tone=_tone(_Clusters.of(now), seed=seed))


def _tone(clusters: _Clusters, *, seed: int) -> str:
    if clusters.mean is None or clusters.weight < _FEWEST_STORIES:
        return ""
    spread = clusters.spread(np.random.default_rng(seed))
    bounds = bounds_of(clusters.mean, spread=spread, free=clusters.weight - 1)
    if bounds.low > 0:
        return "positief"
    return "negatief" if bounds.high < 0 else "gemengd"


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Messages per story and the sum of their values, by name of story, so that their order has no say."""

    sizes: Numbers
    sums: Numbers

    @classmethod
    def of(cls, measured: Sequence[Measured]) -> _Clusters:
        values: dict[str, list[float]] = {}
        for each in measured:
            values.setdefault(each.story, []).append(each.value)
        stories = sorted(values)
        sizes = np.array([len(values[story]) for story in stories], dtype=np.float64)
        return cls(sizes, np.array([sum(sorted(values[story])) for story in stories], dtype=np.float64))

    @property
    def mean(self) -> float | None:
        return float(self.sums.sum() / self.sizes.sum()) if len(self.sizes) else None

    @property
    def weight(self) -> float:
        """How many stories of equal size would tell as much."""
        return float(self.sizes.sum() ** 2 / (self.sizes**2).sum()) if len(self.sizes) else 0.0

    def spread(self, chance: np.random.Generator) -> float:
        """Give the standard error of the mean, from drawing as many stories again and again.

        What a story weighs is taken off the independence of the rest, as a jackknife would do.
        """
        count = len(self.sizes)
        at_once = max(_CELLS // count, 1)
        means = np.empty(_DRAWS)
        for begin in range(0, _DRAWS, at_once):
            drawn = chance.integers(0, count, (min(at_once, _DRAWS - begin), count))
            means[begin : begin + at_once] = self.sums[drawn].sum(axis=1) / self.sizes[drawn].sum(axis=1)
        return float(means.std(ddof=1)) * self.weight / (self.weight - 1)

    def spread_of_share(self, chance: np.random.Generator) -> float:
        """Give the standard error of a share; where all stories agree, as if one of them might not."""
        drawn = self.spread(chance)
        if drawn > 0:
            return drawn
        share = (float(self.mean or 0.0) * self.weight + 1) / (self.weight + 2)
        return sqrt(share * (1 - share) / self.weight)


def _bounds(later: _Clusters, earlier: _Clusters, *, seed: int, is_share: bool = False) -> Bounds | None:
    """Put bounds around the difference of the means of two periods; None with too few stories."""
    if later.mean is None or earlier.mean is None:
        return None
    if min(later.weight, earlier.weight) < _FEWEST_STORIES:
        return None
    chance = np.random.default_rng(seed)
    squares = [
        (part.spread_of_share(chance) if is_share else part.spread(chance)) ** 2 for part in (later, earlier)
    ]
    each = [square**2 / (part.weight - 1) for square, part in zip(squares, (later, earlier), strict=True)]
    total = sum(squares)
    free = total**2 / sum(each) if sum(each) > 0 else later.weight + earlier.weight - 2
    return bounds_of(later.mean - earlier.mean, spread=sqrt(total), free=free)
