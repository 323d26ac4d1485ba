"""The shape of a question: terms joined by AND, OR and NOT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word to find, or only its beginning; a #tag or @mention keeps its sign."""

    folded: str
    is_prefix: bool = False

    def fits(self, word: str) -> bool:
        """Tell whether a word of a text is this word."""
        return word.startswith(self.folded) if self.is_prefix else word == self.folded


@dataclass(frozen=True, slots=True)
class Term:
    """What a person wrote as one word or one "phrase".

    ``forms`` are the ways it may stand in a text, each a run of words: ``asiel-zoekers`` may be
    two words or one. Terms with the same forms are the same term, however they were written.
    """

    written: str = field(compare=False)
    forms: tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    part: Node


Node = Term | And | Or | Not


def children(node: Node) -> tuple[Node, ...]:
    """Give the parts a node joins."""
    if isinstance(node, Term):
        return ()
    return (node.part,) if isinstance(node, Not) else node.parts


def all_terms(node: Node) -> Iterator[Term]:
    """Walk through the terms of a question in the order they were written."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Term):
            yield current
        waiting.extend(reversed(children(current)))


def anchors(node: Node, *, negated: bool = False) -> frozenset[Term] | None:
    """Give terms of which at least one must stand in every answer; None when there are none.

    The smallest such set is taken, so that ``(asiel OR azc) AND Hengelo`` waits for one word.
    """
    if isinstance(node, Term):
        return None if negated else frozenset({node})
    if isinstance(node, Not):
        return anchors(node.part, negated=not negated)
    found = [anchors(part, negated=negated) for part in node.parts]
    if isinstance(node, And) is not negated:  # all parts must hold: one with an anchor is enough
        return min((terms for terms in found if terms is not None), key=len, default=None)
    if any(terms is None for terms in found):  # one part without an anchor lets everything through
        return None
    return frozenset().union(*(terms for terms in found if terms is not None))
