"""The number of messages of one period against another, and before, during and after a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp, log, sqrt

import numpy as np

from regietafel.monitor.engine.volume.changing import Difference, Span, difference_of
from regietafel.monitor.engine.volume.expecting import WEEK
from regietafel.monitor.engine.volume.judging import Bounds, bounds_of
from regietafel.monitor.engine.volume.seasons import Numbers, season_factors

_DISPERSION = 0.1
_FEWEST_DAYS = 3
_FEWEST_FREE = 2.0
_FEWEST_STEPS = 3
_MEDIAN_OF_SQUARE = 0.4549  # of a standard normal
_ALIKE = 0.25  # how much neighbouring weeks look like each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Messages per day in one phase around a moment: mean with 95 % interval, None where too short.

    ``name`` is voor, tijdens or na; ``known_days`` how many of its days are known.
    """

    name: str
    span: Span
    known_days: int
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """Before, during and after a moment, and what changed since before."""

    before: Phase
    during: Phase
    after: Phase
    during_against_before: Difference
    after_against_before: Difference


@dataclass(frozen=True, slots=True)
class _Part:
    """A period cut into blocks of about equal length: log rate of each, and the rate of the whole."""

    days: int
    total: float
    exposure: float
    blocks: Numbers

    @property
    def rate(self) -> float:
        return log(self.raised_total / self.exposure)

    @property
    def raised_total(self) -> float:
        """The total with half a message per block, as in the blocks, so that nothing is never nothing."""
        return self.total + len(self.blocks) / 2

    @property
    def unrest(self) -> float:
        return float(((self.blocks - self.blocks.mean()) ** 2).sum())

    @property
    def share_of_spread(self) -> float:
        """Variance of the mean of the blocks, in variances of one block; neighbours look like each other."""
        count = len(self.blocks)
        return (1 + 2 * _ALIKE * (count - 1) / count) / count


def compare_volume(counts: Mapping[date, int], *, now: Span, before: Span) -> Difference:
    """Compare the number of messages per day in two periods (difference).

    Args:
        counts: messages per day, of all days that are known; a day that is absent is unknown. Days outside
            both periods help to tell what is ordinary.
        now: the period asked about.
        before: the period it is compared with; its length may differ.

    Returns:
        Means per known day and their ratio, adjusted for weekdays, with a 95 % interval. "te kort om te
        zeggen" when a period has fewer than three known days or there is no telling how weeks differ.

    Raises:
        ValueError: the periods share a day.

    Method: difference of logarithms of counts per week with Student's t (student-1908); the spread is that
        between weeks, at least chance (Poisson), and neighbouring weeks are taken to correlate by 0.25. The
        words and that correlation are our reading of bron-003, agendapunt 4.2.

    >>> start = date(2022, 2, 28)
    >>> counts = {start + timedelta(step): 40 + step % 3 - 8 * (step >= 28) for step in range(42)}
    >>> found = compare_volume(counts, now=Span(date(2022, 3, 28), date(2022, 4, 10)),
    ...                        before=Span(start, date(2022, 3, 27)))
    >>> found.verdict, found.sentence("de beginperiode")[:67]
    ('duidelijk', 'Het aantal berichten is iets afgenomen ten opzichte van de beginper')
    """
    if now.first <= before.last and before.first <= now.last:
        raise ValueError("The periods share a day.")
    return _Weeks.of(counts, shortest=min(now.length_days, before.length_days)).difference(now, before)


def compare_phases(counts: Mapping[date, int], *, moment: Span, around: Span) -> Phases:
    """Set the days before, during and after a moment beside each other (phases).

    Args:
        counts: messages per day, of all days that are known; a day that is absent is unknown.
        moment: the day of the moment, or its first and last day.
        around: from the first day before to the last day after.

    Returns:
        Mean per day of each phase with its 95 % interval, and both later phases against the first. Phases
        may differ in length; of a phase with fewer than three known days nothing is claimed.

    Raises:
        ValueError: the moment does not lie within the days around it, with a day on each side.

    Source: bron-004, §8.2 (attention before, during and after a decision); the method is that of
        `compare_volume`.

    >>> start = date(2022, 4, 1)
    >>> counts = {start + timedelta(step): 10 + step % 2 for step in range(57)}
    >>> found = compare_phases(counts, moment=Span(date(2022, 4, 29), date(2022, 4, 29)),
    ...                        around=Span(start, date(2022, 5, 27)))
    >>> found.before.mean, found.during_against_before.verdict, found.after_against_before.verdict
    (10.5, 'te kort om te zeggen', 'niet aantoonbaar')
    """
    if not around.first < moment.first <= moment.last < around.last:
        raise ValueError("The moment does not lie within the days around it.")
    one = timedelta(days=1)
    spans = (
        Span(around.first, moment.first - one), moment, Span(moment.last + one, around.last)
    )  # fmt: skip
    lengths = [span.length_days for span in spans if span.length_days >= _FEWEST_DAYS]
    weeks = _Weeks.of(counts, shortest=min(lengths, default=WEEK))
    names = ("voor", "tijdens", "na")
    before, during, after = (
        weeks.phase(name, span, others=spans) for name, span in zip(names, spans, strict=True)
    )
    return Phases(
        before=before,
        during=during,
        after=after,
        during_against_before=weeks.difference(spans[1], spans[0]),
        after_against_before=weeks.difference(spans[2], spans[0]),
    )


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Counts with the usual factor of their weekday, cut into weeks (or less when a period is shorter)."""

    counts: Mapping[date, int]
    factors: Numbers
    length: int

    @classmethod
    def of(cls, counts: Mapping[date, int], *, shortest: int) -> _Weeks:
        days = sorted(counts)
        factors = np.ones(WEEK)
        if days:
            factors = season_factors(
                np.array([counts[day] for day in days], dtype=np.float64),
                np.ones(len(days)),
                places=np.array([day.weekday() for day in days]),
                season=WEEK,
                dispersion=_DISPERSION,
            )
        return cls(counts, factors, max(min(shortest, WEEK), 1))

    def difference(self, now: Span, before: Span) -> Difference:
        """Compare two periods."""
        later, earlier = self._part(now), self._part(before)
        bounds = self._bounds(later, earlier, now=now, before=before) if later and earlier else None
        return difference_of(bounds, kind="berichten", now=self._mean(now), before=self._mean(before))

    def phase(self, name: str, span: Span, *, others: Sequence[Span]) -> Phase:
        """Give the mean of a phase, its interval from how weeks differ within all phases."""
        part, mean = self._part(span), self._mean(span)
        low = high = None
        parts = [part for part in map(self._part, others) if part]
        spread, free = self._spread(parts, outside=others)
        if part and mean is not None and free >= _FEWEST_FREE:
            reach = bounds_of(0.0, spread=spread * sqrt(part.share_of_spread), free=free).clearly
            rate = part.raised_total / part.days
            low, high = rate * exp(-reach), rate * exp(reach)
        return Phase(name=name, span=span, known_days=len(self._known(span)), mean=mean, low=low, high=high)

    def _bounds(self, later: _Part, earlier: _Part, *, now: Span, before: Span) -> Bounds | None:
        spread, free = self._spread([later, earlier], outside=[now, before])
        if free < _FEWEST_FREE:
            return None
        error = spread * sqrt(later.share_of_spread + earlier.share_of_spread)
        return bounds_of(later.rate - earlier.rate, spread=error, free=free)

    def _spread(self, parts: Sequence[_Part], *, outside: Sequence[Span]) -> tuple[float, float]:
        """Give how much blocks differ (standard deviation of the logarithm) and its degrees of freedom.

        What lies outside the periods helps by how much neighbouring blocks mostly differ, so that a slow
        change or a burst there does not count as unrest; a third of a degree of freedom for each.
        """
        unrest = sum(part.unrest for part in parts)
        free = float(sum(len(part.blocks) - 1 for part in parts))
        steps = self._steps_outside(outside)
        if len(steps) >= _FEWEST_STEPS:
            free_outside = len(steps) / 3
            unrest += float(np.median(steps**2)) / _MEDIAN_OF_SQUARE / 2 * free_outside
            free += free_outside
        days, total = sum(part.days for part in parts), sum(part.total for part in parts)
        chance = 1 / (total / max(days, 1) * self.length + 0.5)
        return sqrt(max(unrest / free if free else 0.0, chance)), free

    def _steps_outside(self, spans: Sequence[Span]) -> Numbers:
        """Give the differences between neighbouring blocks in each stretch outside the periods."""
        inside = [day for day in self.counts if not any(span.first <= day <= span.last for span in spans)]
        stretches: list[list[date]] = []
        for day in sorted(inside):
            if stretches and (day - stretches[-1][-1]).days == 1:
                stretches[-1].append(day)
            else:
                stretches.append([day])
        parts = [self._part(Span(stretch[0], stretch[-1])) for stretch in stretches]
        return np.concatenate([np.zeros(0), *(np.diff(part.blocks) for part in parts if part)])

    def _known(self, span: Span) -> list[date]:
        days = (span.first + timedelta(step) for step in range(span.length_days))
        return [day for day in days if day in self.counts]

    def _mean(self, span: Span) -> float | None:
        known = self._known(span)
        return sum(self.counts[day] for day in known) / len(known) if known else None

    def _part(self, span: Span) -> _Part | None:
        """Cut a period into blocks; None when too few of its days are known."""
        known = self._known(span)
        if len(known) < _FEWEST_DAYS:
            return None
        pieces = max(round(len(known) / self.length), 1)
        cuts = [round(piece * len(known) / pieces) for piece in range(pieces + 1)]
        blocks = [
            log((sum(self.counts[day] for day in block) + 0.5) / self._exposure(block))
            for block in (known[begin:end] for begin, end in pairwise(cuts))
        ]
        total = float(sum(self.counts[day] for day in known))
        return _Part(len(known), total, self._exposure(known), np.array(blocks))

    def _exposure(self, days: Sequence[date]) -> float:
        return float(sum(self.factors[day.weekday()] for day in days))
