"""Matching: one pass over a text for all questions at once.

Only the terms of the questions are looked for, each once. A word that was seen before costs one look in
a dictionary. A question is weighed only when one of its anchors stands in the text.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from regietafel.monitor.engine.query.reading import read_tree
from regietafel.monitor.engine.query.telling import canonical, explain
from regietafel.monitor.engine.query.tree import And, Node, Not, Or, Term, Word, all_terms, anchors
from regietafel.monitor.engine.query.words import split_message

Key = TypeVar("Key", bound=Hashable)
Verdict = Callable[[set[int]], bool]
Start = tuple[tuple[Word, ...], int]  # what must follow, and the number of the term then found
_REMEMBERED_WORDS = 200_000


@dataclass(frozen=True)
class Query:
    """A question that was read; ``hints`` are friendly remarks in Dutch, not errors."""

    text: str
    tree: Node
    hints: tuple[str, ...] = ()

    def matches(self, title: str, text: str = "") -> bool:
        """Tell whether a message answers the question."""
        return bool(self._matcher.answers(title, text))

    def canonical(self) -> str:
        """Give the question in its fixed form: AND, OR, NOT and every bracket that matters."""
        return canonical(self.tree)

    def explain(self) -> str:
        """Say in plain Dutch how we read the question."""
        return explain(self.tree)

    def terms(self) -> tuple[Term, ...]:
        """Give the words and phrases of the question, each once, in order."""
        return tuple(dict.fromkeys(all_terms(self.tree)))

    @cached_property
    def _matcher(self) -> Matcher[bool]:
        return Matcher({True: self})


class _WordStarts(dict[str, tuple[Start, ...]]):
    """Per word of a text: the terms that may start there. Remembers words it has seen."""

    def __init__(self, terms: Mapping[Term, int]) -> None:
        super().__init__()
        self._exact: dict[str, list[Start]] = {}
        self._by_length: dict[int, dict[str, list[Start]]] = {}
        for term, number in terms.items():
            for form in term.forms:
                self._add(form[0], (form[1:], number))

    def _add(self, word: Word, start: Start) -> None:
        table = self._by_length.setdefault(len(word.folded), {}) if word.is_prefix else self._exact
        table.setdefault(word.folded, []).append(start)

    def __missing__(self, word: str) -> tuple[Start, ...]:
        found = list(self._exact.get(word, ()))
        for length, table in self._by_length.items():
            if length <= len(word):
                found += table.get(word[:length], ())
        if len(self) >= _REMEMBERED_WORDS:
            self.clear()
        self[word] = starts = tuple(found)
        return starts


class Matcher(Generic[Key]):
    """Questions made ready to judge many texts."""

    def __init__(self, queries: Mapping[Key, Query]) -> None:
        terms: dict[Term, int] = {}
        for query in queries.values():
            for term in all_terms(query.tree):
                terms.setdefault(term, len(terms))
        self._starts = _WordStarts(terms)
        self._waiting_for: dict[int, list[tuple[Key, Verdict]]] = {}
        for key, query in queries.items():
            entry = (key, _verdict(query.tree, terms))
            for anchor in anchors(query.tree) or ():
                self._waiting_for.setdefault(terms[anchor], []).append(entry)

    def answers(self, title: str, text: str = "") -> frozenset[Key]:
        """Give the keys of the questions that one message answers."""
        found = self._terms_in(split_message(title, text))
        return frozenset(
            key for number in found for key, verdict in self._waiting_for.get(number, ()) if verdict(found)
        )

    def _terms_in(self, words: list[str]) -> set[int]:
        found: set[int] = set()
        starts = self._starts
        for place, word in enumerate(words):
            for rest, number in starts[word]:
                if not rest or _follows(words, place + 1, rest=rest):
                    found.add(number)
        return found


def _follows(words: list[str], place: int, *, rest: tuple[Word, ...]) -> bool:
    if place + len(rest) > len(words):
        return False
    return all(wanted.fits(word) for wanted, word in zip(rest, words[place:], strict=False))


def _verdict(node: Node, terms: Mapping[Term, int]) -> Verdict:
    """Turn a tree into a function of the terms found."""
    if isinstance(node, Term):
        number = terms[node]
        return lambda found: number in found
    if isinstance(node, Not):
        part = _verdict(node.part, terms)
        return lambda found: not part(found)
    if isinstance(node, Or) and all(isinstance(part, Term) for part in node.parts):
        numbers = frozenset(terms[part] for part in node.parts if isinstance(part, Term))
        return lambda found: not numbers.isdisjoint(found)
    parts = tuple(_verdict(part, terms) for part in node.parts)
    if isinstance(node, And):
        return lambda found: all(part(found) for part in parts)
    return lambda found: any(part(found) for part in parts)


def parse(text: str) -> Query:
    """Read a question (query).

    Args:
        text: words, "phrases", beginnings (``asielzoek*``), AND/EN, OR/OF, NOT/NIET in capitals and
            brackets, over one or more lines; words side by side must all occur.

    Returns:
        The question, ready to judge messages and to be said back.

    Raises:
        QueryError: it cannot be read, has no word that must occur, or is too large; with line, column
            and suggestion.

    Source: bron-004, §8.2 (a Boolean question with groups, OR, AND, NOT, phrases, endings and tags);
        precedence and the meaning of hyphens and tags are our reading.

    >>> parse("azc OF asielzoek* NIET kinderopvang").canonical()
    'azc OR (asielzoek* AND NOT kinderopvang)'
    >>> parse('"Syrische gezinnen"').matches("Plek voor SYRISCHE gezinnen")
    True
    """
    tree, hints = read_tree(text)
    return Query(text, tree, hints)


def match_many(queries: Mapping[Key, Query], texts: Iterable[tuple[str, str]]) -> Iterator[frozenset[Key]]:
    """Give, per message, the keys of the questions it answers (matching).

    Args:
        queries: the questions, each under a key of the caller's choice.
        texts: title and text of each message; either may be empty.

    Returns:
        One set of keys per message, in the order of ``texts``; empty where nothing answers.

    Method: term scan with one dictionary look per word and an anchor per question; the slow evaluator in
        ``reference`` defines what is right and property tests hold this one to it.

    >>> queries = {"a": parse("azc*"), "b": parse("NIET borne hengelo")}
    >>> [sorted(keys) for keys in match_many(queries, [("Nieuw azc in Hengelo", ""), ("Borne", "Hengelo")])]
    [['a', 'b'], []]
    """
    matcher = Matcher(queries)
    return (matcher.answers(title, text) for title, text in texts)
