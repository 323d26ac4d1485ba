"""When a day is an alarm: clearly more than its own past lets expect, and never on too little past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from regietafel.monitor.engine.volume.expecting import (
    FEWEST_KNOWN,
    THRESHOLD,
    WEEK,
    WINDOW_SEASONS,
    Expectation,
    expect,
)
from regietafel.monitor.engine.volume.spreading import Spread

FEWEST_MESSAGES = 3
_STILL_RAISED = 0.10
_NO_TOTAL = "onbekend: wat de bronnen die dag in totaal brachten"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """What was found on one day, None when unknown.

    ``exposure`` is how much could have been found, such as everything the same sources published, in any
    unit; None when unknown. A series without exposures has 1 everywhere.
    """

    day: date
    count: int | None
    exposure: float | None = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """How one day compares with what was expected; an alarm only when ``is_alarm``.

    ``p_value`` is the probability of this count or more on an ordinary day, the count itself for half.
    ``pair_p_value`` is the same for this day and the day before together. ``ratio`` is count divided by
    expected. All are None where there is nothing to compare with. ``reason`` says why, in Dutch.
    """

    day: date
    count: int | None
    expected: float | None
    low: int | None
    high: int | None
    dispersion: float | None
    p_value: float | None
    pair_p_value: float | None
    ratio: float | None
    is_alarm: bool
    reason: str

    @property
    def weight(self) -> float:
        """By what to multiply the count as past of later days: an alarm counts for no more than ``high``."""
        if self.is_alarm and self.count and self.high is not None:
            return min(1.0, self.high / self.count)
        return 1.0


def alarms_of(
    days: Sequence[DayCount],
    *,
    threshold: float = THRESHOLD,
    season: int = WEEK,
    window: int | None = None,
    fewest_known: int = FEWEST_KNOWN,
) -> tuple[Alarm, ...]:
    """Judge each day by the days before it (alarms).

    Args:
        days: consecutive days, oldest first; an unknown day is there, with count None.
        threshold: an ordinary day raises an alarm with this probability.
        season: after how many steps the pattern repeats; steps may be hours instead of days.
        window: how many steps are looked back; eight seasons when not given.
        fewest_known: how many steps must be known before any alarm.

    Returns:
        One per day, in the same order.

    Raises:
        ValueError: the days are not in order.

    Method: noufaily-2013 (upper tail of the negative binomial, as mid-p, lancaster-1961); the second look
        at two days together and the least of three messages are ours.

    >>> from datetime import timedelta
    >>> start = date(2022, 1, 3)
    >>> counts = [10] * 56 + [100, 10]
    >>> days = [DayCount(day=start + timedelta(step), count=count) for step, count in enumerate(counts)]
    >>> [alarm.day.isoformat() for alarm in alarms_of(days) if alarm.is_alarm]
    ['2022-02-28']
    """
    if any(later.day <= earlier.day for earlier, later in pairwise(days)):
        raise ValueError("The days are not in order.")
    history: list[float | None] = []
    exposures = [each.exposure for each in days]
    back = window or WINDOW_SEASONS * season
    rule = AlarmRule(threshold=threshold, fewest_known=fewest_known)
    alarms: list[Alarm] = []
    for step, each in enumerate(days):
        begin = max(step - back, 0)
        expected = expect(
            history[begin:step],
            exposure=exposures[begin : step + 1],
            season=season,
            window=back,
            threshold=threshold,
        )
        if each.count is not None and each.exposure is None:
            alarms.append(_unjudged(each.day, each.count, reason=_NO_TOTAL))
        else:
            alarms.append(rule.judge(each.day, each.count, expected=expected, before=alarms[-1:]))
        history.append(None if each.count is None else each.count * alarms[-1].weight)
    return tuple(alarms)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRule:
    """When a count is an alarm, given what was expected."""

    threshold: float = THRESHOLD
    fewest_known: int = FEWEST_KNOWN

    def judge(
        self, day: date, count: int | None, *, expected: Expectation | None, before: Sequence[Alarm]
    ) -> Alarm:
        """Judge a day; ``before`` holds the judgement of the day before, if there is one."""
        known = expected.history_days if expected else 0
        if count is None:
            return _unjudged(day, None, reason="onbekend: er is van deze dag niets geleverd")
        if expected is None or known < self.fewest_known:
            reason = f"nog te weinig geschiedenis: {known} van {self.fewest_known} dagen"
            return _unjudged(day, count, reason=reason)
        p_value = expected.spread.above(count)
        pair = _pair(count, expected, before=before)
        is_alarm, reason = self._verdict(count, expected, p_value=p_value, pair=pair)
        return Alarm(
            day=day,
            count=count,
            expected=expected.mean,
            low=expected.low,
            high=expected.high,
            dispersion=expected.dispersion,
            p_value=p_value,
            pair_p_value=pair,
            ratio=count / expected.mean,
            is_alarm=is_alarm,
            reason=reason,
        )

    def _verdict(
        self, count: int, expected: Expectation, *, p_value: float, pair: float | None
    ) -> tuple[bool, str]:
        is_pair = pair is not None and pair < self.threshold and p_value < _STILL_RAISED
        if p_value < self.threshold or is_pair:
            if count < FEWEST_MESSAGES:
                return False, f"meer dan gewoonlijk, maar minder dan {FEWEST_MESSAGES} berichten"
            if p_value < self.threshold:
                return True, "veel meer dan gewoonlijk op zo'n dag"
            return True, "twee dagen achter elkaar meer dan gewoonlijk"
        if count < expected.low:
            return False, "minder dan gewoonlijk op zo'n dag"
        return False, "niet anders dan gewoonlijk op zo'n dag"


def _unjudged(day: date, count: int | None, *, reason: str) -> Alarm:
    return Alarm(day=day, count=count, expected=None, low=None, high=None, dispersion=None, p_value=None,
                 pair_p_value=None, ratio=None, is_alarm=False, reason=reason)  # fmt: skip


def _pair(count: int, expected: Expectation, *, before: Sequence[Alarm]) -> float | None:
    """Give the probability of this and the day before together; unknown when that day is."""
    earlier = before[-1] if before else None
    if earlier is None or earlier.count is None or earlier.expected is None or earlier.dispersion is None:
        return None
    mean = expected.mean + earlier.expected
    extra = expected.dispersion * expected.mean**2 + earlier.dispersion * earlier.expected**2
    return Spread(mean=mean, dispersion=extra / mean**2).above(count + earlier.count)
