"""One pass over a message for all questions at once.

Only the terms of the questions are looked for, each once. A word that was seen before costs one look in
a dictionary. A question is weighed only when one of its anchors stands in the message.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from regietafel.monitor.engine.query import Document, Query, Term
from regietafel.monitor.engine.query.reference import answers, spans
from regietafel.monitor.engine.query.tree import And, Node, Not, Or, all_terms, anchors

Key = TypeVar("Key", bound=Hashable)


class Matcher(Generic[Key]):
    """Questions made ready to judge many messages."""

    def __init__(self, queries: Mapping[Key, Query] | None = None) -> None:
        self._queries: dict[Key, Query] = {}
        self._terms: dict[Term, None] = {}
        for key, query in (queries or {}).items():
            self.put(key, query)

    def put(self, key: Key, query: Query) -> None:
        """Add a question, or change the one under this key; it holds at once."""
        if query.blanks():
            raise ValueError("fill the blanks of a question before it is matched")
        self._queries[key] = query
        self._terms.update(dict.fromkeys(all_terms(query.tree)))

    def drop(self, key: Key) -> None:
        """Forget the question under this key."""
        del self._queries[key]

    def answers(self, document: Document) -> frozenset[Key]:
        """Give the keys of the questions that one message answers."""
        found = {term for term in self._terms if spans(term, document)}
        return frozenset(
            key
            for key, query in self._queries.items()
            if not found.isdisjoint(anchors(query.tree) or ())
            and _holds(query.tree, found, document=document)
        )

    def answer_all(self, documents: Iterable[Document]) -> Iterator[frozenset[Key]]:
        """Give, per message in order, the keys of the questions it answers."""
        return map(self.answers, documents)


def _holds(node: Node, found: set[Term], *, document: Document) -> bool:
    if isinstance(node, Term):
        return node in found
    if isinstance(node, Not):
        return not _holds(node.part, found, document=document)
    if isinstance(node, And):
        return all(_holds(part, found, document=document) for part in node.parts)
    if isinstance(node, Or):
        return any(_holds(part, found, document=document) for part in node.parts)
    return answers(node, document)


def match_many(queries: Mapping[Key, Query], documents: Iterable[Document]) -> Iterator[frozenset[Key]]:
    """Give, per message, the keys of the questions it answers (matching).

    Args:
        queries: the questions, each under a key of the caller's choice, their blanks filled in.
        documents: the messages.

    Returns:
        One set of keys per message, in the order of ``documents``; empty where nothing answers.

    Method: term scan with an anchor per question; the slow evaluator in ``query.reference`` defines what is
        right and property tests hold this one to it.

    >>> from regietafel.monitor.engine.query import parse
    >>> queries = {"a": parse("azc*"), "b": parse("NIET borne hengelo")}
    >>> messages = [Document("Nieuw azc in Hengelo"), Document("Borne", "Hengelo")]
    >>> [sorted(keys) for keys in match_many(queries, messages)]
    [['a', 'b'], []]
    """
    return Matcher(queries).answer_all(documents)
