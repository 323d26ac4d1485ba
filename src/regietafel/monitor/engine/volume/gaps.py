"""Days on which a source brought nothing: when that is ordinary for it, and when it went silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log

LOOK_BACK_DAYS = 56
_FEWEST_DAYS = 7
_FEWEST_DAYS_OF_NEW = 28
_UNLIKELY = 0.05
_MISSED = 0.01
_DISPERSION = 0.5


def is_silent(*, delivered_days: int, watched_days: int, silent_days: int) -> bool:
    """Say whether a gap is longer than the past of a source allows (silent source).

    Args:
        delivered_days: days on which it delivered, among the days it was watched.
        watched_days: days from its first up to and including its last delivery.
        silent_days: days without delivery since.

    Returns:
        True when fewer than 5 in 100 such gaps would last that long by chance; False when it was watched
        for less than a week.

    Method: a source that delivers on a share p of its days is silent when (1 - p) to the power of the days
        without delivery falls below 0.05.

    >>> is_silent(delivered_days=28, watched_days=28, silent_days=1)
    True
    >>> is_silent(delivered_days=14, watched_days=28, silent_days=1)
    False
    """
    if silent_days < 1 or watched_days < _FEWEST_DAYS:
        return False
    return bool((1 - delivered_days / (watched_days + 1)) ** silent_days < _UNLIKELY)


@dataclass(frozen=True, slots=True)
class Gap:
    """Steps without delivery, from ``begin`` up to ``end``; it is known to be silence from ``known_at``."""

    begin: int
    end: int
    known_at: int


def gaps_of(counts: Sequence[float]) -> tuple[Gap, ...]:
    """Find the stretches in which a source was silent (gaps).

    Args:
        counts: messages the source brought per consecutive day.

    Returns:
        In order. A stretch before the first delivery is one too, as soon as the source has been watched for
        28 days: it was not followed yet. ``known_at`` says from which day on that can be told.

    Method: `is_silent` with the eight weeks before each gap as past, and as many messages missing as a source
        of that size cannot miss by chance: below 0.01 in a negative binomial with dispersion 0.5. So a
        source of three messages a day may skip a day, and one of twenty may not.

    >>> gaps_of([20] * 20 + [0] * 3 + [20])
    (Gap(begin=20, end=23, known_at=20),)
    >>> gaps_of([2] * 20 + [0] + [2])
    ()
    """
    days = [day for day, count in enumerate(counts) if count > 0]
    if not days:
        return ()
    found = [_before_first(days, counts)] if days[0] > 0 else []
    for place, last in enumerate(days):
        end = days[place + 1] if place + 1 < len(days) else len(counts)
        if end > last + 1:
            past = [day for day in days[: place + 1] if day > last - LOOK_BACK_DAYS]
            found.append(_after(past, counts, end=end))
    return tuple(gap for gap in found if gap is not None)


def _before_first(days: Sequence[int], counts: Sequence[float]) -> Gap | None:
    first, known_at = days[0], days[0] + _FEWEST_DAYS_OF_NEW - 1
    if days[-1] < known_at:
        return None
    past = [day for day in days if day <= known_at]
    mean = sum(counts[day] for day in past) / _FEWEST_DAYS_OF_NEW
    is_gap = is_silent(delivered_days=len(past), watched_days=_FEWEST_DAYS_OF_NEW, silent_days=first)
    return Gap(0, first, known_at) if is_gap and first >= _days_until_missed(mean) else None


def _after(past: Sequence[int], counts: Sequence[float], *, end: int) -> Gap | None:
    last, watched_days = past[-1], past[-1] - past[0] + 1
    mean = sum(counts[day] for day in past) / watched_days
    for silent_days in range(_days_until_missed(mean), end - last):
        if is_silent(delivered_days=len(past), watched_days=watched_days, silent_days=silent_days):
            return Gap(last + 1, end, last + silent_days)
    return None


def _days_until_missed(mean: float) -> int:
    """Give after how many days without a message that is no chance any more, for a source of this size."""
    return max(ceil(log(_MISSED) / (-log(1 + _DISPERSION * mean) / _DISPERSION)), 1)
