"""False alarms per hundred days, bursts found, and after how many days."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.alarms.rivals import Verdicts
from benchmarks.alarms.series import BURST_DAYS, Bursts, Counts

FIRST_JUDGED = 60
_NOT_FOUND = 99


@dataclass(frozen=True)
class Score:
    """What one method did on one set of series."""

    false_per_100: float
    found_within_a_day: float
    found: float
    delay_days: float


def score(method: Callable[[Counts], Verdicts], bursts: Bursts) -> Score:
    """Judge every series up to the end of its burst; days before the burst are ordinary."""
    false, days, delays = 0, 0, []
    for row, (counts, start) in enumerate(zip(bursts.counts, bursts.starts, strict=True)):
        verdicts = method(counts[: start + BURST_DAYS])
        ordinary = bursts.is_ordinary(row, begin=FIRST_JUDGED)
        false += int((verdicts[FIRST_JUDGED:start] & ordinary).sum())
        days += int(ordinary.sum())
        alarms = np.flatnonzero(verdicts[start:])
        delays.append(int(alarms[0]) if len(alarms) else _NOT_FOUND)
    waited = [delay for delay in delays if delay != _NOT_FOUND]
    return Score(
        false_per_100=100 * false / days,
        found_within_a_day=sum(delay <= 1 for delay in delays) / len(delays),
        found=len(waited) / len(delays),
        delay_days=sum(waited) / len(waited) if waited else float("nan"),
    )
