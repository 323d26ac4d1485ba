"""Our own paths, measured beside the rivals."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy
import pyarrow

from benchmarks.matcher.contestants import Here, Missing, Pair
from benchmarks.matcher.corpus import Standing
from regietafel.monitor.engine import matching
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import Document, Query, parse


@cache
def parsed(text: str) -> Query:
    """Read a question once, however many contestants ask it."""
    return parse(text)


def matcher(questions: Sequence[Standing], scanner: str) -> Matcher[int]:
    """Make the standing questions ready with one scanner."""
    known = matching.available_scanners()
    if scanner not in known:
        raise Missing(f"de scanner {scanner} is hier niet: {', '.join(known)}")
    return Matcher({number: parsed(one.text()) for number, one in enumerate(questions)}, scanner=scanner)


class FromList(Here):
    """A list of texts."""

    def __init__(self, questions: Sequence[Standing], *, scanner: str) -> None:
        self.name = {"plain": "ons, standaardbibliotheek"}.get(scanner, f"ons, {scanner}")
        self._matcher = matcher(questions, scanner)

    def run(self, texts: Sequence[str]) -> Any:
        """Match the texts."""
        return self._matcher.match_texts(matching.Texts.of(texts))

    def pairs(self, outcome: Any) -> set[Pair]:
        """Give the outcome as (text, question), counted from 0."""
        keys = [outcome.keys[number] for number in outcome.query.tolist()]
        return set(zip(outcome.document.tolist(), keys, strict=True))


class AsDocuments(FromList):
    """The same texts as messages, the way the stream hands them over."""

    def __init__(self, questions: Sequence[Standing], *, scanner: str) -> None:
        super().__init__(questions, scanner=scanner)
        self.name = f"{self.name}, als berichten"

    def run(self, texts: Sequence[str]) -> list[frozenset[int]]:
        """Match the texts as documents without title."""
        return list(self._matcher.answer_all(Document(text=text) for text in texts))

    def pairs(self, outcome: Any) -> set[Pair]:
        """Give the outcome as (text, question), counted from 0."""
        return {(number, key) for number, keys in enumerate(outcome) for key in keys}


class FromArrow(FromList):
    """The same texts from the buffers of an Arrow array, without copying."""

    def __init__(self, questions: Sequence[Standing], *, scanner: str) -> None:
        super().__init__(questions, scanner=scanner)
        self.name = f"{self.name} uit Arrow"
        self._arrays: dict[int, Any] = {}

    def run(self, texts: Sequence[str]) -> Any:
        """Match the texts; the array is made once."""
        array = self._arrays.get(id(texts))
        if array is None:
            array = self._arrays[id(texts)] = pyarrow.array(texts, pyarrow.large_string())
        _validity, offsets, data = array.buffers()
        places = numpy.frombuffer(offsets, dtype=numpy.int64)
        return self._matcher.match_texts(matching.Texts.from_buffers(data, places))
