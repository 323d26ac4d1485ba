"""Matching: one pass over a text for all questions at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from regietafel.monitor.engine.query.tree import Node, Term

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Query:
    """A question that was read; ``hints`` are friendly remarks in Dutch, not errors."""

    text: str
    tree: Node
    hints: tuple[str, ...] = ()

    def matches(self, title: str, text: str = "") -> bool:
        """Tell whether a message answers the question."""
        raise NotImplementedError

    def canonical(self) -> str:
        """Give the question in its fixed form: AND, OR, NOT and all brackets that matter."""
        raise NotImplementedError

    def explain(self) -> str:
        """Say in plain Dutch how we read the question."""
        raise NotImplementedError

    def terms(self) -> tuple[Term, ...]:
        """Give the words and phrases of the question, each once, in order."""
        raise NotImplementedError


def parse(text: str) -> Query:
    """Read a question (query)."""
    raise NotImplementedError


def match_many(
    queries: Mapping[Key, Query], texts: Iterable[tuple[str, str]]
) -> Iterator[frozenset[Key]]:
    """Give, per (title, text), the keys of the questions it answers (matching)."""
    raise NotImplementedError
