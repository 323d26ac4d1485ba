"""The review of a question: everything there is to say before somebody saves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from regietafel.kernel import dutch
from regietafel.monitor.engine.query import Document, Query
from regietafel.monitor.engine.query.filling import Values
from regietafel.monitor.engine.query.telling import canonical
from regietafel.monitor.engine.review.cost import HEAVY, Cost, cost_of
from regietafel.monitor.engine.review.counts import (
    Exclusion,
    TermCount,
    count_exclusions,
    count_terms,
    nodes_to_count,
    sought,
)
from regietafel.monitor.engine.review.findings import (
    WARNING,
    Finding,
    Looked,
    common_terms,
    excluding,
    other_spellings,
    shared_terms,
    superfluous_terms,
    unseen_terms,
)
from regietafel.monitor.engine.review.homonyms import Homonym, confusable_terms, narrower
from regietafel.monitor.engine.review.tally import Sample, tally
from regietafel.monitor.engine.review.variants import WordsSeen, variants, words_of


@dataclass(frozen=True)
class QuestionReview:
    """What a question does in a sample: its answers, its words, its exclusions, and what to look at."""

    sample: Sample
    answers: int
    terms: tuple[TermCount, ...]
    exclusions: tuple[Exclusion, ...]
    findings: tuple[Finding, ...]
    cost: Cost

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What deserves a look before the question is saved."""
        return tuple(finding for finding in self.findings if finding.level == WARNING)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What may be good to know."""
        return tuple(finding for finding in self.findings if finding.level != WARNING)

    @property
    def sought(self) -> tuple[TermCount, ...]:
        """What the words do that are sought, those that bring most first."""
        wanted = [count for count in self.terms if not count.is_excluding]
        return tuple(sorted(wanted, key=lambda count: (-count.answers, -count.messages)))

    @property
    def per_day(self) -> float | None:
        """How many answers to expect a day; None when the messages have no day."""
        return self.answers / self.sample.days if self.sample.days else None

    @property
    def summary(self) -> str:
        """Say in one sentence what the question finds."""
        if not self.sample.messages:
            return "Er zijn nog geen berichten om deze vraag op te proberen."
        verb = "voldoet" if self.answers == 1 else "voldoen"
        told = f"{dutch.number(self.answers)} van {self.sample} {verb} aan de vraag"
        return (
            f"{told}, gemiddeld {dutch.number(self.per_day, decimals=1)} per dag."
            if self.per_day
            else f"{told}."
        )

    def data(self) -> dict[str, Any]:
        """Give the review as dictionaries that can be written as JSON, with Dutch keys."""
        return {
            "samenvatting": self.summary,
            "steekproef": _sample(self.sample),
            "treffers": self.answers,
            "per_dag": None if self.per_day is None else round(self.per_day, 2),
            "termen": [_term(count) for count in self.terms],
            "uitsluitingen": [_exclusion(exclusion) for exclusion in self.exclusions],
            "bevindingen": [_finding(finding) for finding in self.findings],
            "kosten": {"klasse": self.cost.weight, "redenen": list(self.cost.reasons)},
        }


def review(
    query: Query,
    documents: Iterable[Document],
    *,
    values: Values | None = None,
    homonyms: Iterable[Homonym] = (),
) -> QuestionReview:
    """Look at what a question does in a sample of messages, before it is saved (question review).

    Args:
        query: the question as written.
        documents: the sample, the newest first; read once. Only news and press are shown as examples.
        values: what its blanks are filled in with.
        homonyms: words that also mean something else.

    Returns:
        Counts per term and per exclusion, findings with what could be written instead, and the cost. All
        numbers are of the messages of this sample and its days.

    Raises:
        QueryError: with these values a part of the question has nothing left to seek.

    Method: one pass notes which combinations of terms occur; messages with the same terms get the same
        verdict from any variation of the question, so each variation is judged per combination.

    >>> from regietafel.monitor.engine.query import parse
    >>> sample = [Document("Noodopvang in Borne"), Document("Noodopvang en kinderopvang", "Borne")]
    >>> done = review(parse("(noodopvang OF azc) borne NIET kinderopvang"), sample)
    >>> done.answers, [(count.term.written, count.messages) for count in done.terms][:2]
    (1, [('noodopvang', 2), ('azc', 0)])
    >>> done.findings[0].message.split(".")[0]
    'In 2 berichten sluit “kinderopvang” er 1 uit die verder aan de vraag voldoen'
    """
    asked = query.filled(values or {})
    confusable = narrower(sought(asked.tree), homonyms)
    nodes = (*nodes_to_count(asked.tree), *(node for _, node in confusable.values() if node is not None))
    seen = words_of(dict.fromkeys(sought(asked.tree)))
    counted = tally(seen.listening(documents), nodes=nodes)
    looked = Looked(
        query,
        asked.tree,
        counted,
        count_terms(asked.tree, counted),
        tuple(count_exclusions(asked.tree, counted)),
    )
    cost = cost_of(asked.tree, counted)
    found = [
        *excluding(looked),
        *confusable_terms(looked, confusable),
        *_found(looked, seen, cost=cost),
    ]
    return QuestionReview(
        counted.sample,
        counted.count(counted.verdict(asked.tree)),
        looked.terms,
        looked.exclusions,
        tuple(sorted(found, key=lambda finding: finding.level != WARNING)),
        cost,
    )


def _found(looked: Looked, seen: WordsSeen, *, cost: Cost) -> Iterator[Finding]:
    yield from common_terms(looked)
    if cost.weight == HEAVY:
        yield Finding("kosten", WARNING, f"Deze vraag is zwaar werk. {' '.join(cost.reasons)}")
    alike = variants(seen, caught=[count.term for count in looked.terms])
    yield from other_spellings(looked, alike, read=seen.messages)
    yield from superfluous_terms(looked)
    yield from shared_terms(looked)
    yield from unseen_terms(looked)


def _sample(sample: Sample) -> dict[str, Any]:
    return {
        "berichten": sample.messages,
        "van": sample.since.isoformat() if sample.since else None,
        "tot_en_met": sample.until.isoformat() if sample.until else None,
    }


def _term(count: TermCount) -> dict[str, Any]:
    return {
        "term": count.written,
        "uitsluiting": count.is_excluding,
        "berichten": count.messages,
        "in_treffers": count.answers,
        "alleen_hierdoor": count.only_here,
        "ook_door_andere": count.shared,
        "uitgesloten": count.excluded,
    }


def _exclusion(exclusion: Exclusion) -> dict[str, Any]:
    return {
        "deel": exclusion.written,
        "haalt_weg": exclusion.removed,
        "alleen_hierdoor": exclusion.only_here,
        "ook_gevonden": [{"term": canonical(term), "berichten": count} for term, count in exclusion.also],
        "voorbeelden": [example.data() for example in exclusion.examples],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "soort": finding.kind,
        "ernst": finding.level,
        "melding": finding.message,
        "voorstel": finding.replacement,
    }
