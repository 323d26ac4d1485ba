"""Standing questions, and the messages they are asked of.

Three scanners give one answer: ``plain`` needs nothing but Python, ``numpy`` takes whole batches of text at
once, ``numba`` does the same in machine code.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from regietafel.monitor.engine.matching.plan import Demand, Ledger, Plan, make_plan
from regietafel.monitor.engine.matching.reading import Reader
from regietafel.monitor.engine.query import Document, Query

Key = TypeVar("Key", bound=Hashable)


class Matcher(Generic[Key]):
    """Questions made ready to judge many messages; each is added, changed or dropped at any time."""

    def __init__(self, queries: Mapping[Key, Query] | None = None, *, scanner: str | None = None) -> None:
        self._ledger = Ledger()
        self._demands: dict[Key, Demand] = {}
        self._ready: Ready[Key] | None = None
        for key, query in (queries or {}).items():
            self.put(key, query)

    def put(self, key: Key, query: Query) -> None:
        """Add a question, or change the one under this key; it holds at once."""
        if query.blanks():
            raise ValueError("fill the blanks of a question before it is matched")
        self._demands[key] = self._ledger.demand(query.tree)
        self._ready = None

    def drop(self, key: Key) -> None:
        """Forget the question under this key."""
        del self._demands[key]
        self._ready = None

    def answers(self, document: Document) -> frozenset[Key]:
        """Give the keys of the questions that one message answers."""
        ready = self._made_ready()
        return frozenset(ready.keys[number] for number in ready.reader.answers(document))

    def answer_all(self, documents: Iterable[Document]) -> Iterator[frozenset[Key]]:
        """Give, per message in order, the keys of the questions it answers."""
        return map(self.answers, documents)

    def _made_ready(self) -> Ready[Key]:
        if self._ready is None:
            self._ready = Ready(list(self._demands), make_plan(self._ledger, list(self._demands.values())))
        return self._ready


class Ready(Generic[Key]):
    """A plan and those who carry it out."""

    def __init__(self, keys: list[Key], plan: Plan) -> None:
        self.keys = keys
        self.plan = plan
        self.reader = Reader(plan)


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
