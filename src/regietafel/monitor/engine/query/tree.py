"""The shape of a question: terms joined by AND, OR and NOT."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Word:
    """One word to find: folded, perhaps only its beginning, perhaps only as #tag or @mention."""

    folded: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What a person wrote as one word or one "phrase".

    ``forms`` are the ways it may stand in a text, each a run of words: ``asiel-zoekers`` may be two
    words or one.
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
