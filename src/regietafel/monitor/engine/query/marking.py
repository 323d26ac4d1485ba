"""The words that made a message answer a question, at their place in the title and the text as written.

Only what helps the answer is marked: of a choice the parts that hold, of words near each other the pairs that
are near, of what is excluded nothing. What stands where is as ``reference`` says; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

import numpy as np

from regietafel.monitor.engine.query.documents import TEXT, TITLE, Document
from regietafel.monitor.engine.query.placing import (
    NOWHERE,
    SHOWN,
    Ground,
    Places,
    Vocabulary,
    afters_of,
    around,
    firsts_of,
    pairs,
    united,
    vocabulary_of,
)
from regietafel.monitor.engine.query.question import Query
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.snippets import origins
from regietafel.monitor.engine.query.tree import And, Near, Node, Not, Or, Term, all_terms


class Mark(NamedTuple):
    """A stretch of the title or the text as written, and the (first) term that stands there."""

    zone: str
    start: int
    end: int
    term: Term


def marks(query: Query, document: Document) -> tuple[Mark, ...]:
    """Give the words that made a message answer, in reading order and without overlap (marks).

    Args:
        query: the question, its blanks filled in.
        document: the message.

    Returns:
        Stretches of the title and of the text, counted in characters as written; a phrase is one stretch,
        words near each other are each their own. Nothing when the message does not answer. In a message
        with very many pairs of words near each other the first are marked.

    Raises:
        ValueError: the question still has a blank.

    Method: every different word is looked up once and placed with all its like; the tree is walked down
    through the parts that hold.

    >>> from regietafel.monitor.engine.query.question import parse
    >>> found = marks(parse("opvang* NIET kinderopvang"), Document("Noodopvang", "De opvanglocatie"))
    >>> [(mark.zone, mark.start, mark.end) for mark in found]
    [('tekst', 3, 16)]
    """
    if query.blanks():
        raise ValueError("fill the blanks of a question before its words are marked")
    reading = _Reading(document, vocabulary_of(query.tree))
    if not reading.holds(query.tree):
        return ()
    found = [(places, term) for places, term in reading.helping(query.tree) if len(places)]
    texts = {TITLE: document.title, TEXT: document.text}
    return tuple(
        mark for zone in SHOWN for mark in _marked(reading.ground, found, zone=zone, text=texts[zone])
    )


class _Reading:
    """One message, with what of a question stands where in its title and text."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self.ground = Ground(document, vocabulary)
        self._places: dict[int, Places] = {}

    def holds(self, node: Node) -> bool:
        """Tell whether the message answers a part of the question."""
        if isinstance(node, And):
            return all(map(self.holds, node.parts))
        if isinstance(node, Or):
            return any(map(self.holds, node.parts))
        if isinstance(node, Not):
            return not self.holds(node.part)
        if isinstance(node, Term | Near) and len(self.places(node)):
            return True
        return not _is_shown(node) and answers(node, self._document)

    def helping(self, node: Node, *, negated: bool = False) -> Iterator[tuple[Places, Term]]:
        """Give the places of a part of the question that help the answer, term by term."""
        if isinstance(node, Not):
            yield from self.helping(node.part, negated=not negated)
        elif isinstance(node, And | Or):
            for part in node.parts:
                if self.holds(part) is not negated:
                    yield from self.helping(part, negated=negated)
        elif isinstance(node, Term | Near) and not negated:
            yield from self._leaves(node, self.places(node))

    def places(self, node: Node) -> Places:
        """Give where a term, a choice of terms or terms near each other stand in title and text, in order."""
        if id(node) not in self._places:
            self._places[id(node)] = self._find(node)
        return self._places[id(node)]

    def _find(self, node: Node) -> Places:
        if isinstance(node, Term):
            return self.ground.term_places(node)
        if isinstance(node, Or):
            return united(map(self.places, node.parts))
        if isinstance(node, Near):
            return np.unique(around(*self._pairs(node)))
        return NOWHERE

    def _pairs(self, near: Near) -> tuple[Places, Places]:
        return pairs(near, left=self.places(near.left), right=self.places(near.right))

    def _leaves(self, node: Node, wanted: Places) -> Iterator[tuple[Places, Term]]:
        """Give the places of the terms that make up these places of a node."""
        if isinstance(node, Term):
            places = self.places(node)
            yield places if places is wanted else np.intersect1d(wanted, places, assume_unique=True), node
        elif isinstance(node, Or):
            for part in node.parts:
                yield from self._leaves(part, wanted)
        elif isinstance(node, Near):
            left, right = self._pairs(node)
            held = np.isin(around(left, right), wanted)
            yield from self._leaves(node.left, np.unique(left[held]))
            yield from self._leaves(node.right, np.unique(right[held]))


def _is_shown(node: Node) -> bool:
    """Tell whether all there is to know of a part stands in title and text."""
    terms = list(all_terms(node))
    return bool(terms) and all(not term.zone or term.zone in SHOWN for term in terms)


def _marked(ground: Ground, found: Iterable[tuple[Places, Term]], *, zone: str, text: str) -> Iterator[Mark]:
    """Turn places into stretches of the text as written, one of those that overlap.

    Where several begin, the longest gives its term.
    """
    terms = sorted(found, key=lambda one: one[1].written)
    own = [(places[ground.within(zone, places)], number) for number, (places, _term) in enumerate(terms)]
    places = np.concatenate([NOWHERE, *(some for some, _number in own)])
    if not len(places):
        return
    numbers = np.repeat([number for _some, number in own], [len(some) for some, _number in own])
    order = np.lexsort((numbers, -afters_of(places), firsts_of(places)))
    starts, ends = _as_written(ground, places[order], zone=zone, text=text)
    furthest = np.maximum.accumulate(ends)
    begins = np.flatnonzero(np.concatenate(([True], starts[1:] >= furthest[:-1])))
    after = np.concatenate((begins[1:], [len(starts)])) - 1
    held = (terms[number][1] for number in numbers[order][begins].tolist())
    stretches = zip(repeat(zone), starts[begins].tolist(), furthest[after].tolist(), held, strict=False)
    yield from map(Mark._make, stretches)


def _as_written(ground: Ground, places: Places, *, zone: str, text: str) -> tuple[Places, Places]:
    """Give where places in a zone start and end in the text as written."""
    firsts, lasts = ground.characters(zone, places)
    starts, ends = origins(text)
    if isinstance(starts, range):
        return firsts, lasts + 1
    first_letters = [starts[place] for place in firsts.tolist()]
    return np.array(first_letters), np.array([ends[place] for place in lasts.tolist()])
