"""What people who label the same messages differ about, so that they can talk about the label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from regietafel.monitor.engine.labels.answers import HandLabel
from regietafel.monitor.engine.labels.scheme import MAIN_CODES


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """On how many messages one person gave ``first`` and another ``second`` instead.

    ``second`` is empty when the other only left the first label out.
    """

    first: str
    second: str
    messages: int


def disputes(answers: Iterable[HandLabel], *, labels: Sequence[str] = MAIN_CODES) -> tuple[Dispute, ...]:
    """Count what people differ about, per pair of labels (disputes).

    Args:
        answers: one per person per message; order does not matter, and who skipped does not count.
        labels: the labels that are compared, in their order.

    Returns:
        The pairs that occur, the most messages first. A message counts once per pair, however many people
        differ about it, and in each pair that they differ about.

    Method: per two people on one message, what each gave and the other did not; each pair of those, or the
        one label against leaving it out.

    >>> from datetime import date
    >>> said = [HandLabel(message=message, labels=frozenset(given), by="aov", on=date(2026, 3, 2))
    ...         for message, given in (("1", "I"), ("1", "B"), ("2", "IS"), ("2", "I"))]
    >>> [(one.first, one.second, one.messages) for one in disputes(said)]
    [('I', 'B', 1), ('S', '', 1)]
    """
    given: dict[str, list[frozenset[str]]] = {}
    for answer in answers:
        if not answer.is_skipped:
            given.setdefault(answer.message, []).append(answer.labels & set(labels))
    order = {label: place for place, label in enumerate(labels)}
    counted = Counter(
        pair
        for said in given.values()
        for pair in {pair for one, other in combinations(said, 2) for pair in _pairs(one, other, order=order)}
    )
    found = [
        Dispute(first=first, second=second, messages=count) for (first, second), count in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.messages, order[one.first], order.get(one.second, -1))))


def _pairs(one: frozenset[str], other: frozenset[str], *, order: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Give what two people differ about, the label that comes first in the order first."""
    only_one, only_other = one - other, other - one
    if only_one and only_other:
        for pair in ((mine, theirs) for mine in only_one for theirs in only_other):
            first, second = sorted(pair, key=order.__getitem__)
            yield first, second
        return
    yield from ((label, "") for label in only_one | only_other)
