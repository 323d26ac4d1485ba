"""What a change of a question gains and loses on the messages we hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from regietafel.kernel import dutch
from regietafel.monitor.engine.query import Document, Query, Term
from regietafel.monitor.engine.query.telling import canonical
from regietafel.monitor.engine.query.tree import Node, Or, all_terms
from regietafel.monitor.engine.review.counts import sought
from regietafel.monitor.engine.review.tally import Example, Sample, Tally, tally


@dataclass(frozen=True)
class WordCount:
    """A term that made a difference, and the messages of that difference that hold it."""

    term: Term
    messages: int

    @property
    def written(self) -> str:
        """The term as it is written, with its field."""
        return canonical(self.term)


@dataclass(frozen=True)
class Difference:
    """The messages that one question answers and the other does not.

    ``words`` are the terms that made the difference: sought here and not there, or excluded there and not
    here, the most frequent first. ``per_day`` has the days with such messages.
    """

    messages: int
    words: tuple[WordCount, ...]
    per_day: tuple[tuple[date, int], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Comparison:
    """What the new question gains, loses and keeps in a sample."""

    sample: Sample
    gained: Difference
    lost: Difference
    kept: int

    @property
    def summary(self) -> str:
        """Say in one sentence what changes."""
        if not self.sample.messages:
            return "Er zijn nog geen berichten om de vragen op te vergelijken."
        if not self.gained.messages and not self.lost.messages:
            return f"Er verandert niets in {self.sample}: dezelfde {dutch.number(self.kept)} gevonden."
        return (
            f"In {self.sample} komen er {dutch.number(self.gained.messages)} bij, vallen er "
            f"{dutch.number(self.lost.messages)} af en blijven er {dutch.number(self.kept)} gelijk."
        )

    def data(self) -> dict[str, Any]:
        """Give the comparison as dictionaries that can be written as JSON, with Dutch keys."""
        return {
            "samenvatting": self.summary,
            "berichten": self.sample.messages,
            "erbij": _data(self.gained),
            "eraf": _data(self.lost),
            "gelijk": self.kept,
        }


def compare(old: Query, new: Query, *, documents: Iterable[Document]) -> Comparison:
    """Say what changes when one question takes the place of another (comparison).

    Args:
        old: the question as it was, its blanks filled in.
        new: the question as it would be, its blanks filled in.
        documents: the sample, the newest first; read once. Only news and press are shown as examples.

    Returns:
        Messages gained, lost and kept, of this sample.

    Raises:
        ValueError: a question still has a blank.

    Method: both questions are judged per combination of terms that occurs in the sample.

    >>> from regietafel.monitor.engine.query import parse
    >>> sample = [Document("Noodopvang"), Document("Azc"), Document("Azc en kinderopvang")]
    >>> done = compare(parse("azc"), parse("(azc OF noodopvang) NIET kinderopvang"), documents=sample)
    >>> done.gained.messages, done.lost.messages, done.kept
    (1, 1, 1)
    >>> [(word.written, word.messages) for word in done.gained.words + done.lost.words]
    [('noodopvang', 1), ('kinderopvang', 1)]
    """
    if old.blanks() or new.blanks():
        raise ValueError("fill the blanks of questions before they are compared")
    counted = tally(documents, nodes=(old.tree, new.tree))
    was, becomes = counted.verdict(old.tree), counted.verdict(new.tree)
    return Comparison(
        counted.sample,
        gained=_difference(new.tree, old.tree, counted=counted),
        lost=_difference(old.tree, new.tree, counted=counted),
        kept=counted.count(was, becomes),
    )


def _difference(found_by: Node, not_by: Node, *, counted: Tally) -> Difference:
    yes, no = counted.verdict(found_by), counted.verdict(not_by)
    judges = (yes, lambda held: not no(held))
    combinations = list(counted.that(*judges))
    return Difference(
        sum(counted.counts[held] for held in combinations),
        _words(found_by, not_by, totals=counted.totals(combinations)),
        tuple(counted.per_day(*judges).items()),
        counted.examples(combinations, shown=Or((found_by, *_excluded(not_by)))),
    )


def _words(found_by: Node, not_by: Node, *, totals: Counter[Any]) -> tuple[WordCount, ...]:
    brought = set(sought(found_by)) - set(sought(not_by))
    kept_out = set(_excluded(not_by)) - set(_excluded(found_by))
    words = [WordCount(term, totals[term]) for term in brought | kept_out if totals[term]]
    return tuple(sorted(words, key=lambda word: (-word.messages, word.written)))


def _excluded(tree: Node) -> tuple[Term, ...]:
    wanted = set(sought(tree))
    return tuple(term for term in dict.fromkeys(all_terms(tree)) if term not in wanted)


def _data(difference: Difference) -> dict[str, Any]:
    return {
        "berichten": difference.messages,
        "door": [{"term": word.written, "berichten": word.messages} for word in difference.words],
        "per_dag": [{"dag": day.isoformat(), "berichten": count} for day, count in difference.per_day],
        "voorbeelden": [example.data() for example in difference.examples],
    }
