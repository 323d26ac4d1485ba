"""How well the lists do: verdicts laid beside what people said of the same sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.picture.intervals import share_of
from regietafel.monitor.engine.sentiment.judging import NEUTRAL, UNKNOWN, VERDICTS
from regietafel.monitor.engine.sentiment.totals import KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassQuality:
    """One verdict: of what we called so how much was right, of what is so how much we found (0 to 1)."""

    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """Verdicts against people; ``confusion`` counts (what people said, what we said)."""

    accuracy: Share | None
    accuracy_known: Share | None
    classes: dict[str, ClassQuality]
    macro_f1: float | None
    confusion: dict[tuple[str, str], int]


def quality_of(pairs: Iterable[tuple[str, str]]) -> Quality:
    """Measure verdicts against those of people (quality).

    Args:
        pairs: what people said (positief, neutraal or negatief) and what we said of the same sentence.

    Returns:
        Accuracy with its 95 % interval, where "onbekend" counts as neutraal, as it does for published
        dictionaries; the same over what we do have a verdict on; and per verdict precision, recall and F1.

    Method: wilson-1927 for the interval; F1 is the harmonic mean of precision and recall.

    >>> measured = quality_of([("positief", "positief"), ("negatief", "onbekend"), ("neutraal", "onbekend")])
    >>> round(measured.accuracy.fraction, 2), measured.classes["negatief"].f1
    (0.67, 0.0)
    """
    confusion = Counter(pairs)
    settled: Counter[tuple[str, str]] = Counter()
    for (true, said), count in confusion.items():
        settled[true, NEUTRAL if said == UNKNOWN else said] += count
    classes = {verdict: _class(settled, verdict) for verdict in KNOWN}
    scores = [one.f1 for one in classes.values() if one.f1 is not None]
    known = Counter({pair: count for pair, count in confusion.items() if pair[1] != UNKNOWN})
    return Quality(
        accuracy=_right(settled),
        accuracy_known=_right(known),
        classes=classes,
        macro_f1=sum(scores) / len(scores) if scores else None,
        confusion={(true, said): confusion[true, said] for true in KNOWN for said in VERDICTS},
    )


def _right(counts: Counter[tuple[str, str]]) -> Share | None:
    right = sum(count for (true, said), count in counts.items() if true == said)
    return share_of(right, sum(counts.values()))


def _class(counts: Counter[tuple[str, str]], verdict: str) -> ClassQuality:
    hits = counts[verdict, verdict]
    called = sum(count for (_true, said), count in counts.items() if said == verdict)
    there = sum(count for (true, _said), count in counts.items() if true == verdict)
    return ClassQuality(
        precision=hits / called if called else None,
        recall=hits / there if there else None,
        f1=2 * hits / (called + there) if called + there else None,
    )
