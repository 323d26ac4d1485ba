"""Volume per day of many sources together: expected, judged, and with sources that went silent set apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from regietafel.monitor.engine.volume.alarming import Alarm, AlarmRule, DayCount
from regietafel.monitor.engine.volume.expecting import THRESHOLD, WEEK, WINDOW_SEASONS, expect
from regietafel.monitor.engine.volume.gaps import gaps_of
from regietafel.monitor.engine.volume.periods import RaisedPeriod, raised_periods
from regietafel.monitor.engine.volume.seasons import Numbers

_WINDOW_DAYS = WEEK * WINDOW_SEASONS
_PRIOR_MESSAGES = 20.0
_FEWEST_WATCHED = 0.5
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """What sources brought, from ``first`` up to and including ``last``.

    ``hits``: messages per source and day that answer the question. ``published``: everything the source
    brought that day, hit or not. Absent means none; a source that went silent is found from its own past.
    """

    first: date
    last: date
    hits: Mapping[tuple[str, date], int]
    published: Mapping[tuple[str, date], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneSource:
    """A source that brought nothing from ``first`` to ``last`` included; None when it still does not."""

    source: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeFigures:
    """Each day judged, everything published per day (None when unknown), sources gone, and raised periods."""

    days: tuple[Alarm, ...]
    published: tuple[int | None, ...]
    gone: tuple[GoneSource, ...]
    periods: tuple[RaisedPeriod, ...]


def watch_volume(
    deliveries: Deliveries, *, threshold: float = THRESHOLD, by_output: bool = True
) -> VolumeFigures:
    """Judge the number of messages of each day, and set silent sources apart (volume figures).

    Args:
        deliveries: hits and everything published, per source and day.
        threshold: an ordinary day raises an alarm with this probability.
        by_output: expect in proportion to what the sources published that day about other things, each by
            how many of its messages usually answer; when off, and when most of everything is about the
            subject, a source that delivers counts for its usual number of hits.

    Returns:
        One judgement per day. A source that is gone is left out of the count and of the past it is compared
        with alike, and of the past from which it was away; with every source gone the day is unknown.

    Raises:
        ValueError: the period ends before it starts.

    Source: bron-003, agendapunt 4.2 (attention compared with the weeks before); setting silent sources
        apart is our reading.

    >>> start = date(2022, 1, 3)
    >>> days = [start + timedelta(step) for step in range(60)]
    >>> hits = {("a", day): 5 for day in days} | {("b", day): 5 for day in days[:50]}
    >>> found = watch_volume(Deliveries(first=start, last=days[-1], hits=hits, published=hits))
    >>> [(gone.source, gone.first.isoformat(), gone.last) for gone in found.gone]
    [('b', '2022-02-22', None)]
    >>> round(found.days[49].expected), round(found.days[55].expected), found.days[55].reason
    (10, 5, "niet anders dan gewoonlijk op zo'n dag")
    """
    if deliveries.last < deliveries.first:
        raise ValueError("The period of a volume ends before it starts.")
    series = _Series.of(deliveries)
    alarms: list[Alarm] = []
    rule = AlarmRule(threshold=threshold)
    for step in range(len(series.days)):
        alarms.append(series.judge(step, rule=rule, by_output=by_output, before=alarms))
    return VolumeFigures(
        days=tuple(alarms),
        published=tuple(int(count) for count in series.published.sum(axis=0)),
        gone=series.gone(),
        periods=raised_periods(alarms),
    )


def days_of(found: Mapping[date, int], published: Mapping[date, int]) -> list[DayCount]:
    """Make a series of days out of counts and, where known, everything published (days).

    Args:
        found: messages that answer per day; a day that is absent is unknown.
        published: everything published per day; leave it empty when that is not known of any day.

    Returns:
        Every day from the first to the last. The exposure is what was published about other things, so that
        an event does not hide behind its own messages; 1 when no totals are given, or when more than half of
        everything is about the subject.

    Source: bron-003, agendapunt 4.2 (attention, compared with before); the choice of exposure is ours.

    >>> days = days_of({date(2022, 4, 1): 5, date(2022, 4, 3): 5}, {date(2022, 4, 1): 100})
    >>> [(each.count, each.exposure) for each in days]
    [(5, 96.0), (None, None), (5, None)]
    """
    if not found:
        return []
    first, last = min(found), max(found)
    days = [first + timedelta(step) for step in range((last - first).days + 1)]
    both = [day for day in days if day in found and day in published]
    by_output = bool(both) and is_mixed(sum(found[day] for day in both), sum(published[day] for day in both))
    exposures = [_exposure(day, found=found, published=published) if by_output else 1.0 for day in days]
    return [
        DayCount(day=day, count=found.get(day), exposure=exposure)
        for day, exposure in zip(days, exposures, strict=True)
    ]


def _exposure(day: date, *, found: Mapping[date, int], published: Mapping[date, int]) -> float | None:
    if day not in found or not published.get(day):
        return None
    return float(published[day] - found[day] + 1)


def is_mixed(hits: float, published: float) -> bool:
    """Say whether what was published is for at least half about other things (mixed).

    Method: where nearly everything is about the subject, the total moves with it and says nothing (our
        reading).

    >>> is_mixed(10, 100), is_mixed(60, 100)
    (True, False)
    """
    return published > 0 and hits <= published / 2


def _rest(hits: Numbers, published: Numbers) -> Numbers:
    """Give what was published about other things; one more, so that a day of only hits still counts."""
    return np.where(published > 0, published - hits + 1, 0.0)


@dataclass(frozen=True, slots=True)
class _Series:
    """Sources by days; ``silent_from`` holds the step from which a day of a source is known to be silent."""

    names: tuple[str, ...]
    days: tuple[date, ...]
    hits: Numbers
    published: Numbers
    silent_from: NDArray[np.int64]

    @classmethod
    def of(cls, deliveries: Deliveries) -> _Series:
        length = (deliveries.last - deliveries.first).days + 1
        days = tuple(deliveries.first + timedelta(step) for step in range(length))
        names = tuple(sorted({source for source, _day in (*deliveries.published, *deliveries.hits)}))
        rows = {name: row for row, name in enumerate(names)}
        hits, published = np.zeros((len(names), length)), np.zeros((len(names), length))
        for counts, into in ((deliveries.hits, hits), (deliveries.published, published)):
            for (source, day), count in counts.items():
                if deliveries.first <= day <= deliveries.last:
                    into[rows[source], (day - deliveries.first).days] = count
        np.maximum(published, hits, out=published)
        silent_from = np.full((len(names), length), _NEVER)
        for row in range(len(names)):
            for gap in gaps_of(published[row].tolist()):
                silent_from[row, gap.begin : gap.end] = gap.known_at
        return cls(names, days, hits, published, silent_from)

    def judge(self, step: int, *, rule: AlarmRule, by_output: bool, before: list[Alarm]) -> Alarm:
        """Judge one day by what was known then."""
        there = self.silent_from[:, step] > step
        by_output = by_output and self._is_mixed(step, there=there)
        is_nothing = by_output and not self.published[there, step].any()
        if not there.any() or is_nothing:
            return rule.judge(self.days[step], None, expected=None, before=before)
        exposures = self._exposures(step, there=there, by_output=by_output)
        begin = max(step - _WINDOW_DAYS, 0)
        weights = [alarm.weight for alarm in before[begin:step]]
        counts = (self.hits[there, begin:step].sum(axis=0) * weights).tolist()
        expected = expect(counts, exposure=exposures, threshold=rule.threshold)
        count = int(self.hits[there, step].sum())
        return rule.judge(self.days[step], count, expected=expected, before=before)

    def _is_mixed(self, step: int, *, there: NDArray[np.bool_]) -> bool:
        """Say whether the sources brought enough about other things to measure by."""
        window = slice(max(step - _WINDOW_DAYS, 0), max(step, 1))
        return is_mixed(self.hits[there, window].sum(), self.published[there, window].sum())

    def _exposures(self, step: int, *, there: NDArray[np.bool_], by_output: bool) -> list[float | None]:
        """Give how much these sources could have brought on each day of the window and on the day itself."""
        window = slice(max(step - _WINDOW_DAYS, 0), step + 1)
        hits, published = self.hits[there, window], self.published[there, window]
        delivering = self.silent_from[there, window] > step
        past = delivering[:, :-1]
        usual = (hits[:, :-1] * past).sum(axis=1) / np.maximum(past.sum(axis=1), 1)
        if usual.sum() == 0:
            usual = np.ones(len(usual))
        watched = usual @ delivering / usual.sum()
        exposures = watched
        if by_output:
            found, brought = hits[:, :-1].sum(axis=1), published[:, :-1].sum(axis=1)
            overall = (found.sum() + 0.5) / (brought.sum() + 1)
            answering = (found + _PRIOR_MESSAGES * overall) / (brought + _PRIOR_MESSAGES)
            exposures = np.minimum(answering / (1 - answering), 1.0) @ _rest(hits, published)
        return [
            float(each) if each > 0 and share >= _FEWEST_WATCHED else None
            for each, share in zip(exposures, watched, strict=True)
        ]

    def gone(self) -> tuple[GoneSource, ...]:
        """Give the stretches in which a source that had delivered before was silent."""
        found = []
        for row, name in enumerate(self.names):
            for gap in gaps_of(self.published[row].tolist()):
                if gap.begin > 0:
                    last = self.days[gap.end - 1] if gap.end < len(self.days) else None
                    found.append(GoneSource(source=name, first=self.days[gap.begin], last=last))
        return tuple(sorted(found, key=lambda each: (each.first, each.source)))
