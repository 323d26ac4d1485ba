"""The slow and obvious evaluator: it says what is right, the fast path must agree.

It tries every term at every place of every zone. Tests hold the scanners to it, and it marks what was found
in the few messages a page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from regietafel.monitor.engine.query.documents import DOMAIN, TEXT, TITLE, Document, runs
from regietafel.monitor.engine.query.tree import And, Blank, Days, Near, Node, Not, Or, Term, Word
from regietafel.monitor.engine.query.words import Token


class Span(NamedTuple):
    """Words in a row: their zone, which run of that zone, the first word and the one after the last."""

    zone: str
    run: int
    first: int
    after: int


def answers(node: Node, document: Document) -> bool:
    """Tell whether a message answers a question, the slow way (reference verdict).

    Args:
        node: the tree of a question, with its blanks filled in.
        document: the message.

    Returns:
        True when the message answers the question.

    Raises:
        ValueError: the question still has a blank.

    Method: direct evaluation of the tree over every position of every zone.
    """
    if isinstance(node, Term | Near):
        return bool(spans(node, document))
    if isinstance(node, Days):
        return _holds_day(node, document)
    if isinstance(node, Blank):
        raise ValueError(f"the blank <{node.name}> was not filled in")
    if isinstance(node, Not):
        return not answers(node.part, document)
    if isinstance(node, And):
        return all(answers(part, document) for part in node.parts)
    return any(answers(part, document) for part in node.parts)


def spans(node: Node, document: Document) -> frozenset[Span]:
    """Give every place where a term, a choice of terms or terms near each other stand (spans).

    Args:
        node: a term, OR or NEAR.
        document: the message.

    Returns:
        Every place, in words per run of a zone.

    Raises:
        ValueError: the node is of another kind.

    Method: every pair of places is compared.
    """
    if isinstance(node, Term):
        return frozenset(_term_spans(node, document))
    if isinstance(node, Or):
        return frozenset().union(*(spans(part, document) for part in node.parts))
    if isinstance(node, Near):
        left, right = spans(node.left, document), spans(node.right, document)
        return frozenset(
            joined for one in left for other in right for joined in _joined(one, other, near=node)
        )
    raise ValueError("only terms stand at a place")


def _joined(one: Span, other: Span, *, near: Near) -> Iterator[Span]:
    if one[:2] != other[:2]:
        return
    before, behind = (one, other) if one.first <= other.first else (other, one)
    between = behind.first - before.after
    if 0 <= between <= near.distance and (before is one or not near.is_ordered):
        yield Span(one.zone, one.run, before.first, behind.after)


def _term_spans(term: Term, document: Document) -> Iterator[Span]:
    for zone in (term.zone,) if term.zone else (TITLE, TEXT):
        for number, run in enumerate(runs(document, zone)):
            for form in term.forms:
                places = range(len(run) - len(form) + 1)
                if zone == DOMAIN:  # nos.nl is also www.nos.nl, never nos.nl.example
                    places = places[-1:]
                for place in places:
                    if _stands_at(form, run, place=place):
                        yield Span(zone, number, place, place + len(form))


def _stands_at(form: tuple[Word, ...], run: list[Token], *, place: int) -> bool:
    return all(word.fits(run[place + step]) for step, word in enumerate(form))


def _holds_day(days: Days, document: Document) -> bool:
    if document.day is None:
        return False
    return (days.since is None or document.day >= days.since) and (
        days.until is None or document.day <= days.until
    )
