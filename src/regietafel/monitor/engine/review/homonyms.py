"""Words that also mean something else, such as IND and Hengelo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regietafel.kernel import dutch
from regietafel.monitor.engine.query import Term, parse
from regietafel.monitor.engine.query.documents import TEXT, TITLE
from regietafel.monitor.engine.query.tree import Node
from regietafel.monitor.engine.query.words import fold
from regietafel.monitor.engine.review.counts import TermCount
from regietafel.monitor.engine.review.findings import REMARK, WARNING, Finding, Looked, named
from regietafel.monitor.engine.review.pruning import text_with


@dataclass(frozen=True)
class Homonym:
    """A word, why it may be taken for something else, and what to do about it (Dutch).

    ``instead`` is a question that could stand in the place of the word, or empty. A ``word`` that ends in *
    is about the word with a star only.
    """

    word: str
    why: str
    advice: str
    instead: str = ""


def homonym_of(term: Term, homonyms: Iterable[Homonym]) -> Homonym | None:
    """Give what a term may be confused with, in capitals or not; exact words were chosen on purpose."""
    if term.zone not in ("", TITLE, TEXT) or len(term.forms[0]) != 1:
        return None
    word = term.forms[0][0]
    if word.is_exact or word.sign or word.open_start:
        return None
    names = (word.letters + "*", word.letters) if word.open_end else (word.letters,)
    known = {fold(homonym.word): homonym for homonym in homonyms}
    return next((known[name] for name in names if name in known), None)


def instead_of(term: Term, homonym: Homonym) -> str:
    """Give what could stand in the place of a term; nothing when that would change more than was meant."""
    is_same = term.forms[0][0].open_end == homonym.word.endswith("*")
    return homonym.instead if is_same and not term.zone else ""


def narrower(terms: Iterable[Term], homonyms: Iterable[Homonym]) -> dict[Term, tuple[Homonym, Node | None]]:
    """Give the terms that may be confused, each with the question that could stand in its place."""
    known = tuple(homonyms)
    found = {term: homonym_of(term, known) for term in terms}
    return {
        term: (homonym, parse(text).tree if (text := instead_of(term, homonym)) else None)
        for term, homonym in found.items()
        if homonym
    }


def confusable_terms(
    looked: Looked, confusable: dict[Term, tuple[Homonym, Node | None]]
) -> Iterator[Finding]:
    """Warn for words that also mean something else, with what another way of writing would leave."""
    for count in looked.wanted:
        if count.term not in confusable:
            continue
        homonym, node = confusable[count.term]
        told = ""
        replacement = ""
        if node is not None:
            replacement = text_with(looked.query, count.term, instead=homonym.instead)
            told = _left(looked, count, homonym=homonym, node=node)
        message = f"{named(count.term)}: {homonym.why} {homonym.advice}{told}"
        is_written = count.term in looked.as_written
        yield Finding("homoniem", WARNING if told or is_written else REMARK, message, replacement)


def _left(looked: Looked, count: TermCount, *, homonym: Homonym, node: Node) -> str:
    """Say how many messages another way of writing leaves, when that differs."""
    left = looked.counted.count(looked.counted.verdict(node))
    if left == count.messages:
        return ""
    return (
        f" In {looked.counted.sample} vindt dit woord er {dutch.number(count.messages)}; "
        f"met {homonym.instead} worden het er {dutch.number(left)}."
    )
