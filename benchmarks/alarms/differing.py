"""How often a comparison calls ordinary periods different, beside what others would use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log, sqrt

import numpy as np

from benchmarks.alarms.rivals import START
from benchmarks.alarms.series import Counts, World, ordinary
from regietafel.monitor.engine.volume import (
    Difference,
    Measured,
    Span,
    compare_interactions,
    compare_share,
    compare_volume,
)

DAYS = 84


@dataclass(frozen=True)
class Case:
    """Two periods, in days from the start, ends included."""

    name: str
    now: tuple[int, int]
    before: tuple[int, int]


CASES = (
    Case("een week met acht weken ervoor", (77, 83), (21, 76)),
    Case("een week met de week ervoor", (77, 83), (70, 76)),
    Case("een week met de eerste twee weken", (77, 83), (0, 13)),
    Case("vier weken met de vier ervoor", (56, 83), (28, 55)),
    Case("tien dagen met veertig dagen", (70, 79), (20, 59)),
)


@dataclass(frozen=True)
class Rates:
    """Share of ordinary comparisons that a Poisson interval, and we, call different; and of real changes."""

    poisson: float
    surely: float
    possibly: float
    halved: float


def volume_rates(case: Case, world: World, *, rows: int, chance: np.random.Generator) -> Rates:
    """Compare the periods of many series in which nothing happens, and the same with the later one halved."""
    counts = ordinary(world, rows=rows, days=DAYS, chance=chance)
    halved = counts.copy()
    begin, end = case.now[0], case.now[1] + 1
    halved[:, begin:end] = chance.binomial(counts[:, begin:end], 0.5)
    found = [_compare(row, case).verdict for row in counts]
    return Rates(
        poisson=float(np.mean([_poisson(row, case) for row in counts])),
        surely=found.count("duidelijk") / rows,
        possibly=found.count("mogelijk") / rows,
        halved=float(np.mean([_compare(row, case).verdict == "duidelijk" for row in halved])),
    )


def _compare(counts: Counts, case: Case) -> Difference:
    days: dict[date, int] = {START + timedelta(step): int(n) for step, n in enumerate(counts)}
    now, before = (
        Span(START + timedelta(first), START + timedelta(last)) for first, last in (case.now, case.before)
    )
    return compare_volume(days, now=now, before=before)


def _poisson(counts: Counts, case: Case) -> bool:
    (now, days_now), (before, days_before) = (
        (counts[first : last + 1].sum() + 0.5, last + 1 - first) for first, last in (case.now, case.before)
    )
    change = log(now / days_now) - log(before / days_before)
    return abs(change) > 1.96 * sqrt(1 / now + 1 / before)


Pair = tuple[list[Measured], list[Measured]]


def interactions(stories: tuple[int, int], *, chance: np.random.Generator) -> Pair:
    """Make two periods of messages whose interactions depend on their story, not on the period."""
    now, before = (
        [
            Measured(f"{number}", float(int(np.exp(popular + chance.normal(0, 0.7)))))
            for number in range(count)
            for popular in (chance.normal(2, 1),)
            for _message in range(_size(chance))
        ]
        for count in stories
    )
    return now, before


def tones(stories: tuple[int, int], *, chance: np.random.Generator) -> Pair:
    """Make two periods of messages of which a label depends on the story, not on the period."""
    now, before = (
        [
            Measured(f"{number}", float(chance.random() < leaning))
            for number in range(count)
            for leaning in (chance.beta(0.6, 1.4),)
            for _message in range(_size(chance))
        ]
        for count in stories
    )
    return now, before


def _size(chance: np.random.Generator) -> int:
    """Most stories are brought by one or a few, some by very many."""
    size = int(chance.geometric(0.4))
    return min(size + (int(chance.integers(5, 30)) if chance.random() < 0.05 else 0), 40)


def naive_mean(now: Sequence[Measured], before: Sequence[Measured]) -> bool:
    """Tell whether a test that takes every message for itself calls the means different."""
    one, other = (np.log1p([each.value for each in part]) for part in (now, before))
    error = sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    return abs(float(one.mean() - other.mean())) > 1.96 * error


def story_rates(
    make: Callable[..., Pair], stories: tuple[int, int], *, rows: int, chance: np.random.Generator
) -> tuple[float, float, float]:
    """Give how often ordinary periods differ by a test per message, by ours, and how often ours is silent."""
    compare = compare_interactions if make is interactions else compare_share
    naive = surely = short = 0
    for row in range(rows):
        now, before = make(stories, chance=chance)
        naive += naive_mean(now, before)
        verdict = compare(now, before, seed=row).verdict
        surely += verdict == "duidelijk"
        short += verdict == "te kort om te zeggen"
    return naive / rows, surely / rows, short / rows
