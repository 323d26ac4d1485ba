"""Themes that come together: whether messages about one theme are oftener about another as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, log, sqrt
from statistics import NormalDist

from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import Document, Query

FEWEST_TOGETHER = 3
EVERYWHERE = 0.9  # a theme of so many messages is what was asked for, and says nothing of another
_CLEARLY = 0.975


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """Two themes: messages with each, with both, of all; lift (1: no more than chance) with 95 % interval."""

    first: str
    second: str
    count_first: int
    count_second: int
    together: int
    total: int
    lift: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether chance alone does not explain it, in either direction."""
        return self.low > 1 or self.high < 1


def themes_of(messages: Sequence[Message], themes: Mapping[str, Query]) -> list[frozenset[str]]:
    """Give the themes of each message (themes).

    Args:
        messages: headline and text.
        themes: a search question per theme.

    Returns:
        Per message the names of the themes whose question it answers.

    Method: the matcher of the search questions.

    >>> from datetime import date
    >>> from regietafel.monitor.engine.query import parse
    >>> told = [Message(day=date(2022, 4, 7), title="Te weinig huurwoningen")]
    >>> [sorted(found) for found in themes_of(told, {"huurwoningen": parse("huurwoning*")})]
    [['huurwoningen']]
    """
    if not themes:
        return [frozenset() for _message in messages]
    matcher = Matcher(dict(themes))
    documents = (Document(title=message.title, text=message.text) for message in messages)
    return [frozenset(found) for found in matcher.answer_all(documents)]


def associations(messages: Sequence[Message], themes: Sequence[frozenset[str]]) -> tuple[Association, ...]:
    """Say which themes come together oftener, or seldomer, than chance (associations).

    Args:
        messages: of one period.
        themes: the themes of each message, in the same order.

    Returns:
        Pairs that stand together in at least three messages that may be counted, the clearest first. A theme
        of nine in ten messages is left out.

    Method: lift = share together / product of both shares, with the interval of its logarithm by the delta
        method for multinomial counts.

    >>> from datetime import date
    >>> day = date(2022, 4, 7)
    >>> told = [Message(day=day, kind="nieuws")] * 100
    >>> found = associations(told, [frozenset("ab")] * 20 + [frozenset("a")] * 20 + [frozenset()] * 60)
    >>> round(found[0].lift, 2), round(found[0].low, 2)
    (2.5, 1.97)
    """
    total = shown_count(messages)
    alone: dict[str, list[Message]] = defaultdict(list)
    both: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message, names in zip(messages, themes, strict=True):
        for name in names:
            alone[name].append(message)
        for pair in combinations(sorted(names), 2):
            both[pair].append(message)
    counts = {name: shown_count(group) for name, group in alone.items()}
    found = []
    for (first, second), group in both.items():
        together = shown_count(group)
        if together >= FEWEST_TOGETHER and max(counts[first], counts[second]) < EVERYWHERE * total:
            found.append(_association((first, second), counts, together=together, total=total))
    return tuple(sorted(found, key=lambda one: (-max(one.low, 1 / one.high), one.first, one.second)))


def _association(
    pair: tuple[str, str], counts: Mapping[str, int], *, together: int, total: int
) -> Association:
    p, q, r = counts[pair[0]] / total, counts[pair[1]] / total, together / total
    lift = r / (p * q)
    variance = max((1 / r - 1 / p - 1 / q + 2 * r / (p * q) - 1) / total, 0.0)
    reach = NormalDist().inv_cdf(_CLEARLY) * sqrt(variance)
    return Association(
        first=pair[0],
        second=pair[1],
        count_first=counts[pair[0]],
        count_second=counts[pair[1]],
        together=together,
        total=total,
        lift=lift,
        low=exp(log(lift) - reach),
        high=exp(log(lift) + reach),
    )
