"""Ways to call a day an alarm: ours, and those a municipality would otherwise use."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.alarms.series import Counts
from regietafel.monitor.engine.volume import Alarm, DayCount, alarms_of

Verdicts = NDArray[np.bool_]
START = date(2020, 1, 6)


def ours(counts: Counts, *, threshold: float = 0.01) -> Verdicts:
    """Judge one series with the product."""
    return np.array([alarm.is_alarm for alarm in _judged(tuple(counts.tolist()), threshold)])


def one_day_only(counts: Counts) -> Verdicts:
    """Judge one series with the product, without its look at two days together."""
    alarms = _judged(tuple(counts.tolist()), 0.01)
    return np.array([bool(alarm.is_alarm and (alarm.p_value or 0) < 0.01) for alarm in alarms])


@lru_cache(maxsize=2)
def _judged(counts: tuple[int, ...], threshold: float) -> tuple[Alarm, ...]:
    days = [DayCount(day=START + timedelta(step), count=count) for step, count in enumerate(counts)]
    return alarms_of(days, threshold=threshold)


def _c2(counts: Counts) -> NDArray[np.float64]:
    """EARS C2: standard deviations above the seven days that ended three days ago (hutwagner-2003)."""
    scores = np.zeros(len(counts))
    for day in range(9, len(counts)):
        past = counts[day - 9 : day - 2]
        scores[day] = (counts[day] - past.mean()) / max(float(past.std(ddof=1)), 0.2)
    return scores


def ears_c2(counts: Counts) -> Verdicts:
    """Alarm above three standard deviations."""
    return _c2(counts) > 3


def ears_c3(counts: Counts) -> Verdicts:
    """Alarm when what the last three days stood more than one above adds up to more than two."""
    above = np.maximum(_c2(counts) - 1, 0)
    return np.convolve(above, np.ones(3))[: len(above)] > 2


def twice_last_week(counts: Counts, *, week: int = 7) -> Verdicts:
    """Alarm above twice the mean of the last week: the spreadsheet."""
    sums = np.concatenate([[0], np.cumsum(counts)])
    verdicts = np.zeros(len(counts), dtype=bool)
    for day in range(week, len(counts)):
        verdicts[day] = counts[day] > 2 * (sums[day] - sums[day - week]) / week
    return verdicts


METHODS: Mapping[str, Callable[[Counts], Verdicts]] = {
    "Regietafel": ours,
    "Regietafel, alleen per dag": one_day_only,
    "Regietafel, drempel .001": lambda counts: ours(counts, threshold=0.001),
    "EARS C2": ears_c2,
    "EARS C3": ears_c3,
    "tweemaal vorige week": twice_last_week,
}
