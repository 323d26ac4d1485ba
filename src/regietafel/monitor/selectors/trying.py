"""How a question is read and what it would find in what we hold, before anyone decides to use it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.privacy import PersonFound, persons_in_query
from regietafel.monitor.engine.query import Document, Query, QueryError, parse
from regietafel.monitor.engine.query.explaining import Reading
from regietafel.monitor.engine.query.marking import Mark, marks
from regietafel.monitor.engine.query.snippets import Piece, pieces, snippet
from regietafel.monitor.engine.review.counts import sought
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.messages import newest_media

LOOKED_AT = 1_500
SHOWN = 8
WHOLE = -1  # the question as a whole, beside its terms by number
DEFAULT = "regietafel"
BETWEEN = r"\W+(?:(?:EN|AND)\W+)*"
NO_PERSONS = "Zoeken naar personen kan niet."
INSTEAD_OF_PERSONS = "Zoek op het onderwerp, een plaats of een organisatie."


@dataclass(frozen=True)
class Fault:
    """One mistake in a question: what is wrong, where, and the line with carets under the place.

    Without ``caret`` it does not stand in the question itself, but in what a blank is filled with.
    """

    message: str
    suggestion: str
    line: int
    column: int
    at: int
    end: int
    caret: str


@dataclass(frozen=True)
class Filling:
    """A place to fill in, and what stands there now; nothing means that it does not count."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class QuestionRead:
    """How we read a question.

    ``query`` is the question as written, ``asked`` the same with its blanks filled in: None when it cannot be
    asked, for the reason in ``faults``, ``persons`` or ``missing``.
    """

    text: str
    query: Query | None = None
    asked: Query | None = None
    faults: tuple[Fault, ...] = ()
    persons: tuple[PersonFound, ...] = ()
    fillings: tuple[Filling, ...] = ()
    missing: str = ""

    @property
    def mistakes(self) -> tuple[Fault, ...]:
        """Return everything for which the question is refused, asking for a person included."""
        return (*self.faults, *_persons_told(self.persons, self.text))

    @property
    def is_valid(self) -> bool:
        """Tell whether the question can be read and asks for no person."""
        return not self.mistakes

    @property
    def explanation(self) -> str:
        """Return the question in sentences."""
        return self.query.explain() if self.query else ""

    @property
    def canonical(self) -> str:
        """Return the question in its fixed form."""
        return self.query.canonical() if self.query else ""

    @property
    def data(self) -> dict[str, Any] | None:
        """Return the question as nested dictionaries."""
        return self.query.data() if self.query else None

    @property
    def remarks(self) -> list[str]:
        """Return what to mind about the question."""
        hints = self.query.hints if self.query else ()
        return [*map(str, hints), *filter(None, [self.missing])]

    @property
    def is_filled(self) -> bool:
        """Tell whether any place to fill in has a value."""
        return any(filling.values for filling in self.fillings)

    @property
    def lines(self) -> tuple[Reading, ...]:
        """Return the question in plain Dutch, part by part; blanks by their names."""
        return self.query.reading() if self.query else ()


def read_question(text: str, values: Mapping[str, Sequence[str]], *, dialect: str = DEFAULT) -> QuestionRead:
    """Read a question and fill its blanks, or say what stands in the way."""
    try:
        query = parse(text, dialect=dialect)
    except QueryError as error:
        return QuestionRead(text, faults=tuple(_fault(each, text) for each in (error, *error.others)))
    fillings = tuple(Filling(name, tuple(values.get(name, ()))) for name in query.blanks())
    persons = persons_in_query(query, names=name_lists(), values=values)
    if persons:
        return QuestionRead(text, query, persons=persons, fillings=fillings)
    try:
        asked = query.filled({filling.name: filling.values for filling in fillings})
    except QueryError as error:
        return QuestionRead(text, query, fillings=fillings, missing=error.message)
    return QuestionRead(text, query, asked, fillings=fillings)


def _fault(error: QueryError, text: str) -> Fault:
    lines = text.split("\n")
    at = sum(len(line) + 1 for line in lines[: error.line - 1]) + error.column - 1
    return Fault(error.message, error.suggestion, error.line, error.column, at, at, error.caret(text))


def _persons_told(persons: Iterable[PersonFound], text: str) -> Iterator[Fault]:
    """Tell of every person once, however many readings of the same words gave away a name."""
    taken: list[range] = []
    for found in persons:
        place = _place_of(found.written, text)
        if any(place.start < other.stop and other.start < place.stop for other in taken):
            continue
        taken += [place] if place else []
        yield _person_told(found, text, place=place)


def _place_of(written: str, text: str) -> range:
    """Find words in a question, both halves of a name as well; nothing when not all stand there."""
    halves = [_half_in(half, text) for half in written.split(" … ")]
    found = [match.span() for match in halves if match]
    if len(found) < len(halves):
        return range(0)
    return range(min(start for start, _end in found), max(end for _start, end in found))


def _half_in(written: str, text: str) -> re.Match[str] | None:
    """Find words as they were written, else with signs or AND between them."""
    words = BETWEEN.join(map(re.escape, re.findall(r"[\w*?]+", written)))
    ways = (re.escape(written), words)
    return next(filter(None, (re.search(rf"(?<!\w){way}(?!\w)", text) for way in ways)), None)


def _person_told(found: PersonFound, text: str, *, place: range) -> Fault:
    name = found.written.replace('"', "")
    start = text.rfind("\n", 0, place.start) + 1
    line, column = text.count("\n", 0, start) + 1, place.start - start + 1
    written = text[start:].split("\n", maxsplit=1)[0]
    before = "".join("\t" if sign == "\t" else " " for sign in written[: column - 1])
    under = "^" * min(len(place), len(written) - column + 1)
    caret = f"{written}\n{before}{under}" if place else ""
    message = f"“{name}”: {found.reason}. {NO_PERSONS}"
    return Fault(message, INSTEAD_OF_PERSONS, line, column, place.start, place.stop, caret)


@dataclass(frozen=True)
class TermCount:
    """In how many messages a term stands, and in how many of those that the question finds."""

    written: str
    holding: int
    found: int
    is_excluded: bool


@dataclass(frozen=True)
class Example:
    """A message that the question finds, in pieces that are marked or not."""

    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    outlet: str
    day: date | None


@dataclass(frozen=True)
class Trial:
    """What a question finds in the newest media messages that we hold for a monitor."""

    looked_at: int
    found: int
    since: date | None
    terms: tuple[TermCount, ...]
    examples: tuple[Example, ...]

    @property
    def finding(self) -> list[TermCount]:
        """Return the terms that stand in some message, those that find most first."""
        standing = [term for term in self.terms if term.holding and not term.is_excluded]
        return sorted(standing, key=lambda term: (-term.found, -term.holding))

    @property
    def excluding(self) -> list[TermCount]:
        """Return the terms that keep messages out."""
        return [term for term in self.terms if term.is_excluded]

    @property
    def silent(self) -> list[TermCount]:
        """Return the terms that stand in no message."""
        return [term for term in self.terms if not term.holding and not term.is_excluded]


def try_question(monitor: Monitor, asked: Query) -> Trial:
    """Judge the newest media messages in the sources of a monitor by a question, and count its terms."""
    documents = list(newest_media(monitor, at_most=LOOKED_AT))
    terms = asked.terms()
    alone = {number: replace(asked, tree=term) for number, term in enumerate(terms)}
    matcher = Matcher({WHOLE: asked} | alone)
    holding, found, hits = [0] * len(terms), [0] * len(terms), []
    for document, keys in zip(documents, matcher.answer_all(documents), strict=True):
        hits += [document] if WHOLE in keys else []
        for number in keys - {WHOLE}:
            holding[number] += 1
            found[number] += WHOLE in keys
    wanted = set(sought(asked.tree))
    counts = zip(terms, holding, found, strict=True)
    return Trial(
        looked_at=len(documents),
        found=len(hits),
        since=documents[-1].day if documents else None,
        terms=tuple(TermCount(term.written, held, kept, term not in wanted) for term, held, kept in counts),
        examples=tuple(_example(asked, document) for document in hits[:SHOWN]),
    )


def _example(asked: Query, document: Document) -> Example:
    found = marks(asked, document)
    in_title, in_text = (_of(found, zone) for zone in ("titel", "tekst"))
    return Example(
        pieces(document.title, in_title), snippet(document.text, in_text), document.source, document.day
    )


def _of(found: Iterable[Mark], zone: str) -> list[Mark]:
    return [mark for mark in found if mark.zone == zone]
