"""The shape of a question: terms joined by AND, OR, NOT and NEAR, with blanks and days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from regietafel.monitor.engine.query.words import SIGNS, Token


@dataclass(frozen=True, slots=True)
class Word:
    """One word to find in a text.

    ``letters`` are folded, or as written when ``is_exact``; a ``?`` in them is any one letter or digit.
    ``sign`` is ``#`` or ``@`` for a tag or mention. An open end lets anything follow (``opvang*``), an open
    start anything precede (``*opvang``); ``#*`` has no letters and an open end.
    """

    letters: str
    sign: str = ""
    open_start: bool = False
    open_end: bool = False
    is_exact: bool = False

    def fits(self, token: Token) -> bool:
        """Tell whether a word of a text is this word."""
        found = token.written if self.is_exact else token.folded
        sign = found[0] if found[0] in SIGNS else ""
        return sign == self.sign and self._fits_body(found[len(sign) :])

    def _fits_body(self, body: str) -> bool:
        if "?" in self.letters:
            return _pattern(self).fullmatch(body) is not None
        if self.open_start:
            return self.letters in body if self.open_end else body.endswith(self.letters)
        return body.startswith(self.letters) if self.open_end else body == self.letters


@lru_cache(maxsize=4_096)
def _pattern(word: Word) -> re.Pattern[str]:
    middle = ".".join(map(re.escape, word.letters.split("?")))
    return re.compile(f"{'.*' if word.open_start else ''}{middle}{'.*' if word.open_end else ''}")


@dataclass(frozen=True, slots=True)
class Term:
    """What a person wrote as one word or one "phrase", anywhere or in one zone (field) of a message.

    ``forms`` are the ways it may stand in a text, each a run of words: ``asiel-zoekers`` may be
    two words or one. Terms with the same forms and zone are the same term, however they were written.
    ``zone`` is one of ``documents.ZONES``, or empty: title or text.
    """

    written: str = field(compare=False)
    forms: tuple[tuple[Word, ...], ...]
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to fill in, such as ``<naam burgemeester>``, anywhere or in one zone.

    ``name`` is in lower case, with single spaces; ``zone`` is as that of a term.
    """

    name: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """Only messages of these days, both included; None leaves that side open."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Left and right, with at most ``distance`` words between them; in this order when ``is_ordered``.

    Both sides are made of terms, OR, NEAR and blanks. They do not overlap and stand in the same zone.
    """

    left: Node
    right: Node
    distance: int
    is_ordered: bool = False


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


Node = Term | Blank | Days | Near | And | Or | Not
Value = TypeVar("Value")


def children(node: Node) -> tuple[Node, ...]:
    """Give the parts a node joins."""
    if isinstance(node, And | Or):
        return node.parts
    if isinstance(node, Near):
        return (node.left, node.right)
    return (node.part,) if isinstance(node, Not) else ()


def opposite(node: Node) -> Node:
    """Give what holds when this does not."""
    return node.part if isinstance(node, Not) else Not(node)


def together(joined: type[And] | type[Or], parts: Iterable[Node]) -> Node:
    """Join parts; parts that are joined in the same way already are taken up."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, joined) else (part,)))
    return flat[0] if len(flat) == 1 else joined(flat)


def walk(node: Node) -> Iterator[Node]:
    """Walk through all nodes of a question in the order they were written."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


def fold_up(node: Node, visit: Callable[[Node, list[Value]], Value]) -> Value:
    """Work out a value for every node from the values of its parts, deepest first."""
    waiting: list[tuple[Node, bool]] = [(node, False)]
    values: list[Value] = []
    while waiting:
        current, is_ready = waiting.pop()
        parts = children(current)
        if parts and not is_ready:
            waiting.append((current, True))
            waiting.extend((part, False) for part in reversed(parts))
        else:
            first = len(values) - len(parts)
            values[first:] = [visit(current, values[first:])]
    return values.pop()


def all_terms(node: Node) -> Iterator[Term]:
    """Walk through the terms of a question in the order they were written."""
    return (current for current in walk(node) if isinstance(current, Term))


def blanks(node: Node) -> tuple[str, ...]:
    """Give the names of the places to fill in, each once, in order."""
    return tuple(dict.fromkeys(current.name for current in walk(node) if isinstance(current, Blank)))


def anchors(node: Node, *, negated: bool = False) -> frozenset[Term] | None:
    """Give terms of which at least one must stand in every answer; None when there are none.

    The smallest such set is taken, so that ``(asiel OR azc) AND Hengelo`` waits for one word. A blank counts
    as an anchor that adds no term: whether it holds a word is known after filling.
    """
    if isinstance(node, Term | Blank | Days):
        return _own_anchors(node, negated=negated)
    if isinstance(node, Not):
        return anchors(node.part, negated=not negated)
    found = [anchors(part, negated=negated) for part in children(node)]
    if isinstance(node, And | Near) is not negated:  # all parts must hold: one with an anchor is enough
        return min((terms for terms in found if terms is not None), key=len, default=None)
    if any(terms is None for terms in found):  # one part without an anchor lets everything through
        return None
    return frozenset().union(*(terms for terms in found if terms is not None))


def _own_anchors(node: Term | Blank | Days, *, negated: bool) -> frozenset[Term] | None:
    if negated or isinstance(node, Days):
        return None
    return frozenset({node}) if isinstance(node, Term) else frozenset()
