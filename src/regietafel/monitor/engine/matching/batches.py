"""Many messages in batches: the scanner says which may answer which question, the reader settles the rest."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np

from regietafel.monitor.engine.matching.plan import Plan
from regietafel.monitor.engine.matching.reading import Reader
from regietafel.monitor.engine.matching.texts import NOTHING, Array, Pairs, Part, Scan, Texts, together
from regietafel.monitor.engine.query.documents import Document


class Hits(NamedTuple):
    """Which text answers which question: ordinals of texts, ordinals of questions, and the keys of those."""

    document: Array
    query: Array
    keys: Sequence[Hashable]

    def without(self, keys: Collection[Hashable]) -> Hits:
        """Leave out some questions."""
        kept = np.array([key not in keys for key in self.keys], dtype=bool)[self.query]
        return Hits(self.document[kept], self.query[kept], self.keys)

    def joined(self, other: Hits) -> Hits:
        """Add what other questions hit in the same texts."""
        document = np.concatenate((self.document, other.document))
        query = np.concatenate((self.query, other.query + len(self.keys)))
        order = np.lexsort((query, document))
        return Hits(document[order], query[order], [*self.keys, *other.keys])


class Scanner(Protocol):
    """Finds the terms of a plan in many texts."""

    characters_at_once: int

    def scan(self, part: Part, *, noted: Pairs) -> Scan:
        """Give which messages may answer which question, numbered from the first of this part."""


class Batches:
    """Judges many messages at once."""

    def __init__(self, plan: Plan, reader: Reader, *, scanner: str) -> None:
        self._plan = plan
        self._reader = reader
        self._scanner = _scanner(plan, name=scanner)
        self._is_settled = np.array([demand.is_settled for demand in plan.demands], dtype=bool)

    def answers(self, documents: Sequence[Document]) -> list[list[int]]:
        """Give, per message, the numbers of the questions it answers."""
        texts = Texts.of(document.text for document in documents)
        has_titles = any(document.title for document in documents)
        titles = Texts.of(document.title for document in documents) if has_titles else None
        answered: list[list[int]] = [[] for _ in documents]
        for first, after in texts.parts(self._characters_at_once):
            pairs = self._judged(Part(texts, titles, first, after), documents[first:after])
            for message, question in zip(pairs.text.tolist(), pairs.other.tolist(), strict=True):
                answered[message].append(question)
        return answered

    def match(self, texts: Texts, titles: Texts | None = None) -> Hits:
        """Give which texts answer which questions."""
        found = [
            self._judged(Part(texts, titles, first, after), None)
            for first, after in texts.parts(self._characters_at_once)
        ]
        return Hits(*together(NOTHING, *found), ())

    @property
    def _characters_at_once(self) -> int:
        return self._scanner.characters_at_once if self._scanner else 1_000_000

    def _judged(self, part: Part, documents: Sequence[Document] | None) -> Pairs:
        """Give which messages answer which question."""
        messages = _Messages(part, documents)
        if self._scanner is None:
            strange: Iterable[int] = range(part.after - part.first)
            answered = NOTHING
        else:
            answered, found_strange = self._scanner.scan(part, noted=self._noted(documents))
            strange = found_strange.tolist()
            answered = _without(answered, found_strange)
        settled = self._is_settled[answered.other]
        further = self._settled(messages, Pairs(answered.text[~settled], answered.other[~settled]))
        further += [
            (number, question) for number in strange for question in self._reader.answers(messages[number])
        ]
        if self._plan.unanchored and self._scanner is not None:
            told = set(strange)
            further += [
                (number, question)
                for number in range(part.after - part.first)
                if number not in told
                for question in self._reader.settle(messages[number], self._plan.unanchored)
            ]
        read = np.array(further, dtype=np.int64).reshape(-1, 2)
        message = np.concatenate((answered.text[settled], read[:, 0]))
        question = np.concatenate((answered.other[settled], read[:, 1]))
        order = np.lexsort((question, message))
        return Pairs(message[order] + part.first, question[order])

    def _settled(self, messages: _Messages, open_: Pairs) -> list[tuple[int, int]]:
        """Read the messages for the questions that terms alone cannot settle."""
        rows = zip(open_.text.tolist(), open_.other.tolist(), strict=True)
        return [
            (number, question)
            for number, several in groupby(rows, key=lambda row: row[0])
            for question in self._reader.settle(messages[number], [row[1] for row in several])
        ]

    def _noted(self, documents: Sequence[Document] | None) -> Pairs:
        """Give the terms that stand in fields other than title and text."""
        if documents is None or not self._plan.fields:
            return NOTHING
        found = [
            (number, term)
            for number, document in enumerate(documents)
            for term in self._reader.read_fields(document)
        ]
        return Pairs(*np.array(found, dtype=np.int64).reshape(-1, 2).T)


class _Messages:
    """Messages by their place in a part; only those that are read are made."""

    def __init__(self, part: Part, documents: Sequence[Document] | None) -> None:
        self._part = part
        self._documents = documents

    def __getitem__(self, number: int) -> Document:
        if self._documents is not None:
            return self._documents[number]
        texts, titles, first, _after = self._part
        (text,) = texts.strings(first + number, first + number + 1)
        (title,) = titles.strings(first + number, first + number + 1) if titles is not None else ("",)
        return Document(title, text)


def _without(pairs: Pairs, messages: Array) -> Pairs:
    if not len(messages):
        return pairs
    kept = ~np.isin(pairs.text, messages)
    return Pairs(pairs.text[kept], pairs.other[kept])


def _scanner(plan: Plan, *, name: str) -> Scanner | None:
    """Make a scanner ready; None reads every message instead."""
    if name == "plain":
        return None
    if name == "numba":
        from regietafel.monitor.engine.matching.compiled import NumbaScanner

        return NumbaScanner(plan)
    from regietafel.monitor.engine.matching.arrays import NumpyScanner

    return NumpyScanner(plan)
