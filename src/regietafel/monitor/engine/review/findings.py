"""What is worth saying about a question, in Dutch: with its numbers, and what could be written instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from regietafel.kernel import dutch
from regietafel.monitor.engine.query import Query, parse
from regietafel.monitor.engine.query.telling import canonical
from regietafel.monitor.engine.query.tree import Node, Term
from regietafel.monitor.engine.review.cost import COMMON_SHARE, FEWEST_MESSAGES
from regietafel.monitor.engine.review.counts import Exclusion, TermCount, sought
from regietafel.monitor.engine.review.covering import covers, superfluous
from regietafel.monitor.engine.review.pruning import text_with, text_without
from regietafel.monitor.engine.review.tally import Example, Tally
from regietafel.monitor.engine.review.variants import Variant

WARNING, REMARK = "let-op", "info"
MOSTLY = 0.5
FEWEST_HITS = 10
MOST_NAMED = 8


@dataclass(frozen=True)
class Finding:
    """Something to look at: ``message`` in Dutch, ``replacement`` the whole question as it could be.

    ``kind`` says what it is about, ``level`` is ``WARNING`` or ``REMARK``.
    """

    kind: str
    level: str
    message: str
    replacement: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Looked:
    """A question as written, its tree with the blanks filled in, and what was counted."""

    query: Query
    tree: Node
    counted: Tally
    terms: tuple[TermCount, ...]
    exclusions: tuple[Exclusion, ...]

    @property
    def wanted(self) -> tuple[TermCount, ...]:
        """The terms that are sought, not those that are excluded."""
        return tuple(term for term in self.terms if not term.is_excluding)

    @cached_property
    def as_written(self) -> frozenset[Term]:
        """The terms of the question itself, not those its blanks were filled in with."""
        return frozenset(self.query.terms())

    @property
    def has_messages(self) -> bool:
        """Whether there was anything to look at."""
        return self.counted.sample.messages > 0


def excluding(looked: Looked) -> Iterator[Finding]:
    """Say what every exclusion takes away, and which take away nothing."""
    yield from (_excluded(exclusion, looked) for exclusion in looked.exclusions if exclusion.removed)
    idle = [exclusion for exclusion in looked.exclusions if not exclusion.removed]
    if idle and looked.has_messages:
        told = listed(exclusion.written for exclusion in idle)
        verb = "sluit" if len(idle) == 1 else "sluiten"
        message = f"In {looked.counted.sample} {verb} {told} niets uit."
        single = idle[0].part if len(idle) == 1 else None
        yield Finding("uitsluiting", REMARK, message, _without(looked, single))


def _excluded(exclusion: Exclusion, looked: Looked) -> Finding:
    also = [
        f"{named(term)} ({dutch.number(count)})"
        for term, count in exclusion.also
        if term in looked.as_written
    ]
    message = (
        f"In {looked.counted.sample} sluit {quoted(exclusion.written)} er "
        f"{dutch.number(exclusion.removed)} uit die verder aan de vraag voldoen."
        f"{f' Daarin staat ook: {enumerated(also)}.' if also else ''}"
    )
    if isinstance(exclusion.part, Term) and not any(covers(t, exclusion.part) for t in sought(looked.tree)):
        message += (
            f" Geen ander woord van de vraag zoekt {quoted(exclusion.written)}; zonder deze uitsluiting "
            f"komen er {dutch.number(exclusion.only_here)} bij."
        )
    return Finding("uitsluiting", WARNING, message, _without(looked, exclusion.part), exclusion.examples)


def _without(looked: Looked, part: Node | None) -> str:
    return text_without(looked.query, part) if isinstance(part, Term) else ""


def superfluous_terms(looked: Looked) -> Iterator[Finding]:
    """Name the terms that another makes superfluous, whatever the messages are."""
    for term, stronger in superfluous(looked.tree):
        message = f"{named(term)} kan weg: {named(stronger)} zegt al genoeg."
        yield Finding("overbodig", REMARK, message, text_without(looked.query, term))


def shared_terms(looked: Looked) -> Iterator[Finding]:
    """Name the terms that brought nothing that other terms did not bring, in this sample."""
    known = {term for term, _ in superfluous(looked.tree)}
    told = [
        f"{named(count.term)} ({dutch.number(count.answers)})"
        for count in looked.wanted
        if count.only_here == 0 and count.answers >= FEWEST_HITS and count.term not in known
    ]
    if told:
        message = (
            f"Elk gevonden bericht met {enumerated(told)} is ook zonder dat woord te vinden, "
            f"in {looked.counted.sample}. U hoeft het niet weg te halen."
        )
        yield Finding("overlap", REMARK, message)


def unseen_terms(looked: Looked) -> Iterator[Finding]:
    """Name the terms that stood in no message at all."""
    unseen = [count.term for count in looked.terms if not count.messages and not count.is_excluding]
    if unseen and looked.has_messages:
        verb = "staat" if len(unseen) == 1 else "staan"
        message = (
            f"{listed(canonical(term) for term in unseen)} {verb} niet in {looked.counted.sample}. "
            "Klopt de schrijfwijze, laat het dan staan: het kan nog komen."
        )
        yield Finding("niet gezien", REMARK, message)


def common_terms(looked: Looked) -> Iterator[Finding]:
    """Name the terms that tell little apart: in much of the sample, or mostly in what is excluded."""
    sample = looked.counted.sample
    for count in looked.wanted:
        share = count.messages / sample.messages if sample.messages >= FEWEST_MESSAGES else 0.0
        if share >= COMMON_SHARE and count.term in looked.as_written:
            message = (
                f"{named(count.term)} staat in {dutch.number(count.messages)} van {sample}, "
                f"{dutch.share(share)}. Zo’n gewoon woord onderscheidt weinig."
            )
            yield Finding("gangbaar", REMARK, message)
        elif count.excluded >= FEWEST_HITS and count.excluded > MOSTLY * (count.excluded + count.answers):
            message = (
                f"Van {dutch.number(count.excluded + count.answers)} berichten met {named(count.term)} "
                f"die verder voldoen, vallen er {dutch.number(count.excluded)} weg door NOT, in {sample}."
            )
            yield Finding("gangbaar", WARNING, message)


def other_spellings(looked: Looked, variants: Iterable[Variant], *, read: int) -> Iterator[Finding]:
    """Name words that look like a word of the question and are not found."""
    sample = looked.counted.sample
    where = f"{sample}" if read == sample.messages else f"de eerste {dutch.number(read)} van {sample}"
    for variant in variants:
        told = enumerated([f"“{word}” ({dutch.number(count)})" for word, count in variant.seen])
        alike, are = ("lijkt", "wordt") if len(variant.seen) == 1 else ("lijken", "worden")
        message = (
            f"{told} {alike} op {named(variant.term)}, maar {are} niet gevonden. Geteld in {where}. "
            f"Bedoelt u dit ook? Schrijf dan {variant.instead}."
        )
        level = WARNING if variant.messages >= FEWEST_HITS else REMARK
        yield Finding("schrijfwijze", level, message, _with(looked.query, variant))


def _with(query: Query, variant: Variant) -> str:
    """Write the question with a variant beside its term, or in its place where that finds the term too."""
    zone = f"{variant.term.zone}:" if variant.term.zone else ""
    (new,) = parse(f"{zone}{variant.instead}").terms()
    either = "OF" if re.search(r"\bOF\b", query.text) else "OR"
    beside = "" if covers(new, variant.term) else f"{canonical(variant.term)} {either} "
    return text_with(query, variant.term, instead=f"{beside}{canonical(new)}")


def named(term: Term) -> str:
    """Name a term in a sentence."""
    return quoted(canonical(term))


def listed(written: Iterable[str]) -> str:
    """Name some words in a sentence, the others as a number."""
    return enumerated(list(map(quoted, written)))


def enumerated(told: list[str]) -> str:
    if len(told) > MOST_NAMED:
        told = [*told[: MOST_NAMED - 1], f"{len(told) - MOST_NAMED + 1} andere"]
    return f"{', '.join(told[:-1])} en {told[-1]}" if len(told) > 1 else told[0]


def quoted(written: str) -> str:
    return "“" + written.replace('"', "") + "”"
