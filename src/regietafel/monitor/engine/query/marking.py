"""The words that made a message answer a question, at their place in the title and the text as written.

Only what helps the answer is marked: of a choice the parts that hold, of words near each other the pairs that
are near, of what is excluded nothing. What stands where is as ``reference`` says; a test holds the two equal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from regietafel.monitor.engine.query.documents import TEXT, TITLE, Document
from regietafel.monitor.engine.query.question import Query
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.snippets import origins
from regietafel.monitor.engine.query.tree import And, Near, Node, Not, Or, Term, Word, all_terms
from regietafel.monitor.engine.query.words import SIGNS, Token, cut, fold

SHOWN = (TITLE, TEXT)
MOST_PAIRS = 10_000  # of words near each other that are looked at in one message
_KEY = 2  # letters that stand at the start of every word that may fit


class Mark(NamedTuple):
    """A stretch of the title or the text as written, and the (first) term that stands there."""

    zone: str
    start: int
    end: int
    term: Term


class _Place(NamedTuple):
    """Words in a row of one zone: the first and the one after the last."""

    zone: str
    first: int
    after: int


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

    Method: every word is placed once; the tree is walked down through the parts that hold.

    >>> from regietafel.monitor.engine.query.question import parse
    >>> found = marks(parse("opvang* NIET kinderopvang"), Document("Noodopvang", "De opvanglocatie"))
    >>> [(mark.zone, mark.start, mark.end) for mark in found]
    [('tekst', 3, 16)]
    """
    if query.blanks():
        raise ValueError("fill the blanks of a question before its words are marked")
    reading = _Reading(document, vocabulary_of(query.tree))
    found = set(reading.helping(query.tree)) if reading.holds(query.tree) else set()
    texts = {TITLE: document.title, TEXT: document.text}
    return tuple(
        mark
        for zone in SHOWN
        for mark in _merged(
            _stretches(
                [one for one in found if one[0].zone == zone], tokens=reading.tokens[zone], text=texts[zone]
            )
        )
    )


class Vocabulary:
    """The words of a question, found by how a word of a text begins."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._by_start: dict[str, list[Word]] = defaultdict(list)
        self._others: list[Word] = []
        for word in words:
            start = fold(word.letters)[:_KEY]
            if word.open_start or "?" in start or (word.open_end and len(start) < _KEY):
                self._others.append(word)
            else:
                self._by_start[start].append(word)
        self._known: dict[str, tuple[Word, ...]] = {}

    def fitting(self, token: Token) -> Iterable[Word]:
        """Give the words of the question that a word of a text is."""
        known = self._known.get(token.folded)
        if known is None:
            known = self._known[token.folded] = self._resembling(token.folded)
        return [word for word in known if word.fits(token)] if known else ()

    def _resembling(self, folded: str) -> tuple[Word, ...]:
        token = Token(folded, folded, 0, 0)
        candidates = (*self._by_start.get(folded.lstrip(SIGNS)[:_KEY], ()), *self._others)
        return tuple(word for word in candidates if word.is_exact or word.fits(token))


@lru_cache(maxsize=16)
def vocabulary_of(tree: Node) -> Vocabulary:
    """Order the words of a question once for all messages of a page."""
    terms = (term for term in all_terms(tree) if not term.zone or term.zone in SHOWN)
    return Vocabulary(dict.fromkeys(word for term in terms for form in term.forms for word in form))


class _Reading:
    """One message, with what of a question stands where in its title and text."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._document = document
        self.tokens: dict[str, Sequence[Token]] = {
            TITLE: list(cut(document.title)),
            TEXT: list(cut(document.text)),
        }
        self._at: dict[tuple[str, Word], list[int]] = defaultdict(list)
        for zone, tokens in self.tokens.items():
            for number, token in enumerate(tokens):
                for word in vocabulary.fitting(token):  # most words of a text fit none
                    self._at[zone, word].append(number)
        self._places: dict[int, frozenset[_Place]] = {}

    def holds(self, node: Node) -> bool:
        """Tell whether the message answers a part of the question."""
        if isinstance(node, And):
            return all(map(self.holds, node.parts))
        if isinstance(node, Or):
            return any(map(self.holds, node.parts))
        if isinstance(node, Not):
            return not self.holds(node.part)
        if isinstance(node, Term | Near) and self.places(node):
            return True
        return not _is_shown(node) and answers(node, self._document)

    def helping(self, node: Node, *, negated: bool = False) -> Iterator[tuple[_Place, Term]]:
        """Give the places of a part of the question that help the answer."""
        if isinstance(node, Not):
            yield from self.helping(node.part, negated=not negated)
        elif isinstance(node, And | Or):
            for part in node.parts:
                if self.holds(part) is not negated:
                    yield from self.helping(part, negated=negated)
        elif isinstance(node, Term | Near) and not negated:
            yield from self._leaves(node, self.places(node))

    def places(self, node: Node) -> frozenset[_Place]:
        """Give where a term, a choice of terms or terms near each other stand in title and text."""
        if id(node) not in self._places:
            self._places[id(node)] = frozenset(self._find(node))
        return self._places[id(node)]

    def _find(self, node: Node) -> Iterator[_Place]:
        if isinstance(node, Term):
            yield from self._term_places(node)
        elif isinstance(node, Or):
            yield from chain.from_iterable(map(self.places, node.parts))
        elif isinstance(node, Near):
            for one, other in self._pairs(node):
                yield _around(one, other)

    def _term_places(self, term: Term) -> Iterator[_Place]:
        for zone in SHOWN if not term.zone else {term.zone}.intersection(SHOWN):
            for form in term.forms:
                others = [(step, frozenset(self._at[zone, word])) for step, word in enumerate(form) if step]
                for first in self._at[zone, form[0]]:
                    if all(first + step in numbers for step, numbers in others):
                        yield _Place(zone, first, first + len(form))

    def _pairs(self, near: Near) -> Iterator[tuple[_Place, _Place]]:
        """Give the places of left and right that are near each other, left first, up to a limit."""
        left, right = sorted(self.places(near.left)), sorted(self.places(near.right))
        yield from islice(_behind(left, right, distance=near.distance), MOST_PAIRS)
        if not near.is_ordered:
            turned = islice(_behind(right, left, distance=near.distance), MOST_PAIRS)
            yield from ((before, behind) for behind, before in turned)

    def _leaves(self, node: Node, wanted: frozenset[_Place]) -> Iterator[tuple[_Place, Term]]:
        """Give the terms that make up these places of a node."""
        if isinstance(node, Term):
            yield from ((place, node) for place in wanted & self.places(node))
        elif isinstance(node, Or):
            for part in node.parts:
                yield from self._leaves(part, wanted)
        elif isinstance(node, Near):
            pairs = [pair for pair in self._pairs(node) if _around(*pair) in wanted]
            yield from self._leaves(node.left, frozenset(left for left, _ in pairs))
            yield from self._leaves(node.right, frozenset(right for _, right in pairs))


def _is_shown(node: Node) -> bool:
    """Tell whether all there is to know of a part stands in title and text."""
    terms = list(all_terms(node))
    return bool(terms) and all(not term.zone or term.zone in SHOWN for term in terms)


def _behind(
    before: Sequence[_Place], behind: Sequence[_Place], *, distance: int
) -> Iterator[tuple[_Place, _Place]]:
    """Pair each place with the places that begin behind it, at most so many words further."""
    for one in before:
        low = bisect_left(behind, (one.zone, one.after))
        high = bisect_left(behind, (one.zone, one.after + distance + 1))
        yield from ((one, other) for other in behind[low:high])


def _around(one: _Place, other: _Place) -> _Place:
    return _Place(one.zone, min(one.first, other.first), max(one.after, other.after))


def _stretches(found: Iterable[tuple[_Place, Term]], *, tokens: Sequence[Token], text: str) -> Iterator[Mark]:
    """Turn places into stretches of the text as written, the longest first where several begin."""
    ordered = sorted(found, key=lambda one: (one[0].first, -one[0].after, one[1].written))
    if ordered:
        starts, ends = origins(text)
    for place, term in ordered:
        first, last = tokens[place.first].start, tokens[place.after - 1].end - 1
        yield Mark(place.zone, starts[first], ends[last], term)


def _merged(ordered: Iterable[Mark]) -> Iterator[Mark]:
    """Make one stretch of stretches that overlap."""
    held: Mark | None = None
    for mark in ordered:
        if held and mark.start < held.end:
            held = held._replace(end=max(held.end, mark.end))
            continue
        if held:
            yield held
        held = mark
    if held:
        yield held
