"""Tweet counts per hour with labelled windows (lavin-ahmad-2015); data of others that we do not ship."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.alarms.rivals import Verdicts, ears_c2, ears_c3, twice_last_week
from benchmarks.alarms.series import Counts
from regietafel.monitor.engine.volume import DayCount, alarms_of

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "nab"
DAY = 24
FEWEST_KNOWN, WINDOW = 8 * DAY, 14 * DAY
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Labelled:
    """Counts per hour from ``start``, and the windows in which something happened: from step up to step."""

    name: str
    start: datetime
    counts: Counts
    windows: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Found:
    """What a method did on all series together."""

    windows: int
    found: int
    false_per_100: float
    false_episodes_per_week: float


def series() -> Iterator[Labelled]:
    """Read every series there is."""
    labels = json.loads((FOLDER / "combined_windows.json").read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("*.csv")):
        yield _read(path, labels[f"realTweets/{path.name}"])


def _read(path: Path, windows: list[list[str]]) -> Labelled:
    per_hour: defaultdict[datetime, int] = defaultdict(int)
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            at = datetime.fromisoformat(row["timestamp"]).replace(minute=0, second=0)
            per_hour[at] += int(float(row["value"]))
    start, end = min(per_hour) + HOUR, max(per_hour)  # the outer hours are not whole
    counts = np.array([per_hour[start + step * HOUR] for step in range((end - start) // HOUR)])
    steps = tuple(
        (
            max((datetime.fromisoformat(first) - start) // HOUR, 0),
            (datetime.fromisoformat(last) - start) // HOUR + 1,
        )
        for first, last in windows
    )
    return Labelled(path.stem.removeprefix("Twitter_volume_"), start, counts, steps)


def ours(counts: Counts, *, threshold: float) -> Verdicts:
    """Judge hours with the product: the same engine, with the hours of a day as its season."""
    start = datetime(2015, 1, 1)  # noqa: DTZ001  (only the order matters)
    hours = [DayCount(day=start + step * HOUR, count=int(n)) for step, n in enumerate(counts)]
    alarms = alarms_of(hours, threshold=threshold, season=DAY, window=WINDOW, fewest_known=FEWEST_KNOWN)
    return np.array([alarm.is_alarm for alarm in alarms])


METHODS: Mapping[str, Callable[[Counts], Verdicts]] = {
    "Regietafel, drempel .01": partial(ours, threshold=0.01),
    "Regietafel, drempel .001": partial(ours, threshold=0.001),
    "Regietafel, drempel .0001": partial(ours, threshold=0.0001),
    "EARS C2": ears_c2,
    "EARS C3": ears_c3,
    "tweemaal vorige week": partial(twice_last_week, week=7 * DAY),
}


def score(method: Callable[[Counts], Verdicts], every: list[Labelled]) -> Found:
    """Count windows with an alarm, and alarms outside windows; the first eight days are not judged."""
    windows = found = false = hours = episodes = 0
    for one in every:
        verdicts = method(one.counts)
        outside = np.ones(len(verdicts), dtype=bool)
        outside[:FEWEST_KNOWN] = False
        for begin, end in one.windows:
            outside[begin:end] = False
            if begin >= FEWEST_KNOWN:
                windows += 1
                found += bool(verdicts[begin:end].any())
        false += int(verdicts[outside].sum())
        hours += int(outside.sum())
        episodes += _episodes(verdicts & outside)
    return Found(windows, found, 100 * false / hours, episodes / (hours / (7 * DAY)))


def _episodes(alarms: Verdicts) -> int:
    """Count alarms that lie more than a day after the one before: what a reader would call one event."""
    steps = np.flatnonzero(alarms)
    return int((np.diff(steps, prepend=-2 * DAY) > DAY).sum())
