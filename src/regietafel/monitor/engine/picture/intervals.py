"""Uncertainty: an interval around a share, and whether a period differs from the ones before."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, sqrt
from statistics import NormalDist

from regietafel.monitor.engine.picture.figures import Share, Trend
from regietafel.monitor.engine.volume.judging import CLEARLY, UNPROVEN, Bounds, bounds_of

_FEWEST_PERIODS = 4


def share_of(count: int, published: int) -> Share | None:
    """Give a share with its 95 % interval (share).

    Args:
        count: messages that answer the question.
        published: everything the same sources published in the same period.

    Returns:
        The share as a fraction of 1, or None when nothing was published or less than was counted.

    Method: wilson-1927, score interval.

    >>> share_of(5, 100).fraction
    0.05
    """
    if not 0 <= count <= published or published == 0:
        return None
    low, high = _wilson(count, published)
    return Share(count=count, published=published, fraction=count / published, low=low, high=high)


def _wilson(count: int, total: int) -> tuple[float, float]:
    """Give both ends; a share of nothing begins at exactly 0 and a share of all ends at exactly 1."""
    squared = NormalDist().inv_cdf(CLEARLY) ** 2
    middle = count + squared / 2
    reach = sqrt(squared * (count * (total - count) / total + squared / 4))
    low = (middle - reach) / (total + squared) if count else 0.0
    high = (middle + reach) / (total + squared) if count < total else 1.0
    return low, high


def trend_of(count: int, earlier: Sequence[int | None]) -> Trend:
    """Compare a period with earlier periods of the same length (trend).

    Args:
        count: messages in this period.
        earlier: messages in the periods before it, the nearest first; None where unknown.

    Returns:
        The period before, the usual number, the ratio with its 95 % interval and a verdict in words:
        outside 95 % "duidelijk", outside 80 % "mogelijk", else "niet aantoonbaar anders".

    Method: prediction interval on the log of counts with Student's t; the spread is at least that of chance
        (Poisson), so that quiet weeks do not make every message an event.

    >>> trend_of(40, [10, 12, 9, 11, 10, 8]).verdict
    'duidelijk meer dan gewoonlijk'
    >>> trend_of(12, [10]).verdict
    'nog geen oordeel: te weinig eerdere perioden'
    """
    known = [number for number in earlier if number is not None]
    previous = earlier[0] if earlier else None
    if len(known) < _FEWEST_PERIODS:
        return Trend(previous=previous, periods=len(known), mean=None, ratio=None, low=None, high=None,
                     verdict="nog geen oordeel: te weinig eerdere perioden")  # fmt: skip
    return _against_usual(count, known, previous=previous)


def _against_usual(count: int, known: list[int], *, previous: int | None) -> Trend:
    mean = sum(known) / len(known)
    logs = [log(number + 0.5) for number in known]
    usual = sum(logs) / len(logs)
    spread = sqrt(sum((value - usual) ** 2 for value in logs) / (len(logs) - 1))
    spread = max(spread, sqrt(1 / (mean + 0.5))) * sqrt(1 + 1 / len(logs))
    bounds = bounds_of(log(count + 0.5) - usual, spread=spread, free=len(logs) - 1)
    return Trend(
        previous=previous,
        periods=len(known),
        mean=mean,
        ratio=exp(bounds.change),
        low=exp(bounds.low),
        high=exp(bounds.high),
        verdict=_verdict(bounds),
    )


def _verdict(bounds: Bounds) -> str:
    if bounds.verdict == UNPROVEN:
        return "niet aantoonbaar anders dan gewoonlijk"
    return f"{bounds.verdict} {'meer' if bounds.change > 0 else 'minder'} dan gewoonlijk"
