"""Where a raised period begins and ends: the likeliest course of levels through a series of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log

from regietafel.monitor.engine.volume.alarming import Alarm
from regietafel.monitor.engine.volume.spreading import Spread

_LEVELS = (1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class RaisedPeriod:
    """A period of more messages than expected, from its first up to and including its last day."""

    first: date
    last: date


def raised_periods(alarms: Sequence[Alarm]) -> tuple[RaisedPeriod, ...]:
    """Mark the raised period around each alarm (raised periods).

    Args:
        alarms: judgements of consecutive days, oldest first.

    Returns:
        The periods that hold at least one alarm, in order. An alarm that no raised level explains is a
        period of that day alone.

    Method: kleinberg-2002, levels of 1, 2 and 4 times what is expected, going up costs the logarithm of the
        number of days per level, going down is free; the costs of the counts are negative binomial, so that
        weekdays and ordinary unrest do not make a period.

    >>> from datetime import timedelta
    >>> from regietafel.monitor.engine.volume.alarming import DayCount, alarms_of
    >>> counts = [10] * 56 + [25, 30, 20, 28, 10, 9, 11]
    >>> days = [DayCount(day=date(2022, 1, 3) + timedelta(step), count=n) for step, n in enumerate(counts)]
    >>> period, = raised_periods(alarms_of(days))
    >>> period.first.isoformat(), period.last.isoformat()
    ('2022-02-28', '2022-03-03')
    """
    levels = _levels([_costs(alarm) for alarm in alarms])
    is_raised = [level > 0 or alarm.is_alarm for level, alarm in zip(levels, alarms, strict=True)]
    found = (alarms[begin:end] for begin, end in _runs(is_raised))
    return tuple(
        RaisedPeriod(run[0].day, run[-1].day) for run in found if any(alarm.is_alarm for alarm in run)
    )


def _costs(alarm: Alarm) -> tuple[float, ...]:
    """Give what each level costs on a day; a day that is not known fits each level equally well."""
    if alarm.count is None or alarm.expected is None or alarm.dispersion is None:
        return (0.0,) * len(_LEVELS)
    spread = Spread(mean=alarm.expected, dispersion=alarm.dispersion)
    return tuple(spread.cost(alarm.count, times=times) for times in _LEVELS)


def _levels(costs: Sequence[tuple[float, ...]]) -> list[int]:
    """Give the cheapest course of levels (Viterbi), starting from the ordinary one."""
    rise = log(max(len(costs), 2))
    total = [0.0] + [rise * level for level in range(1, len(_LEVELS))]
    came_from: list[list[int]] = []
    for of_day in costs:
        best = [_cheapest(total, to=level, rise=rise) for level in range(len(total))]
        total = [total[old] + rise * max(new - old, 0) + of_day[new] for new, old in enumerate(best)]
        came_from.append(best)
    course = [total.index(min(total))]
    for best in reversed(came_from):
        course.append(best[course[-1]])
    return course[-2::-1]


def _cheapest(total: Sequence[float], *, to: int, rise: float) -> int:
    """Give the level to come from; the lowest of equals."""
    costs = [cost + rise * max(to - level, 0) for level, cost in enumerate(total)]
    return costs.index(min(costs))


def _runs(is_raised: Sequence[bool]) -> Iterator[tuple[int, int]]:
    begin = None
    for step, raised in enumerate([*is_raised, False]):
        if raised and begin is None:
            begin = step
        elif not raised and begin is not None:
            yield begin, step
            begin = None
