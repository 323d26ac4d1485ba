"""Searching the messages that are kept in the sources of one monitor, newest first.

The index gives candidates and the engine judges each of them; so both databases give the same answer, the one
the stream gave. No more is judged than a page needs, within a time that keeps the page quick.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from django.db.models import Q, QuerySet

from regietafel.monitor.adapters import word_index
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.picture.people import fewest_people, rounded_count
from regietafel.monitor.engine.query import Document, Query
from regietafel.monitor.engine.query.marking import Mark, marks
from regietafel.monitor.engine.query.snippets import Piece, pieces, snippet
from regietafel.monitor.engine.query.tree import And, Days, Node
from regietafel.monitor.engine.searching import (
    AllOf,
    AnyOf,
    Demand,
    Has,
    demanded,
    moment_at,
    number_at,
    places_within,
)
from regietafel.monitor.models import Message, Monitor
from regietafel.monitor.selectors.messages import DOCUMENT_FIELDS, document_from

PER_PAGE = 25
COUNTED_AMONG = 300
NEWEST, GATHERED, JUDGED_AT_ONCE = 100, 4_000, 200
GROWTH = 5  # a page needs a few hundred; each time that was not enough, more is gathered at once
COMMON = 1 / 8  # of the newest messages: what occurs so often is found sooner without the index
SECONDS, SHORTEST = 2.0, 0.01
MEDIA, PEOPLE = "media", "mensen"


@dataclass(frozen=True)
class Hit:
    """A message that was found; title and text in pieces that are marked or not."""

    number: int
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]
    document: Document
    published_at: datetime


@dataclass(frozen=True)
class Found:
    """One page of answers.

    There are exactly `count` answers when `is_counted`, else more. When the time was up, `stopped_at` is the
    moment back to which was looked. What is older starts before the place `older`, if there may be any.
    `people` is how many messages of people answer at least, None when they are too few to tell.
    """

    hits: tuple[Hit, ...]
    count: int
    is_counted: bool
    older: int | None = None
    stopped_at: datetime | None = None
    people: int | None = None


def scope_word(source_id: int, kind: str) -> str:
    """Return the word under which a message is filed by its source, media apart from people."""
    return f"{MEDIA if kind in MEDIA_KINDS else PEOPLE}={source_id}"


def narrowed(asked: Query, *, days: Days | None = None, outlet: Query | None = None) -> Query:
    """Return a question that also demands days or an outlet, each chosen beside it."""
    parts: list[Node] = list(asked.tree.parts) if isinstance(asked.tree, And) else [asked.tree]
    parts += [days] if days else []
    parts += [outlet.tree] if outlet else []
    return replace(asked, tree=And(tuple(parts))) if len(parts) > 1 else asked


def search_messages(
    monitor: Monitor,
    asked: Query,
    *,
    before: int | None = None,
    most: int = PER_PAGE,
    seconds: float = SECONDS,
) -> Found:
    """Return the newest answers among the media messages of a monitor, from before a place or from now.

    The first page also tells of people, and only in numbers.
    """
    end = monotonic() + seconds
    search = _Search(asked, among=_Scope.of(monitor, MEDIA), before=before, end=end)
    shown: list[_Answer] = []
    count = 0
    for answers in search.looks():
        count += len(answers)
        shown += answers[: most + 1 - len(shown)]
        if len(shown) > most and search.judged >= COUNTED_AMONG:
            break
    has_older = len(shown) > most
    older = shown[most - 1].place if has_older else search.before if search.is_late else None
    return Found(
        hits=tuple(_hit(asked, answer) for answer in shown[:most]),
        count=count,
        is_counted=search.is_done,
        older=older,
        stopped_at=moment_at(search.before) if search.is_late and not has_older else None,
        people=_people(monitor, asked, end=end) if before is None else None,
    )


def _people(monitor: Monitor, asked: Query, *, end: float) -> int | None:
    """Return how many messages of people answer at least, among the newest that may."""
    search = _Search(asked, among=_Scope.of(monitor, PEOPLE), before=None, end=end)
    found: list[_Answer] = []
    for answers in search.looks():
        found += answers
        if search.judged >= COUNTED_AMONG:
            break
    senders = ((answer.document.day, answer.sender) for answer in found if answer.document.day)
    return rounded_count(len(found), fewest_people(senders))


class _Answer(NamedTuple):
    place: int
    published_at: datetime
    sender: str
    document: Document


@dataclass(frozen=True)
class _Scope:
    """Whose messages are searched: the media or the people in some sources."""

    source_ids: tuple[int, ...]
    audience: str

    @classmethod
    def of(cls, monitor: Monitor, audience: str) -> "_Scope":
        return cls(tuple(sorted(monitor.sources.values_list("pk", flat=True))), audience)

    def sources(self) -> Demand:
        """Return what everything in scope is filed under."""
        return AnyOf(tuple(Has(f"{self.audience}={pk}") for pk in self.source_ids))

    def messages(self) -> QuerySet[Message]:
        """Return what may be searched, whatever the index says."""
        is_media = Q(kind__in=sorted(MEDIA_KINDS))
        return Message.objects.filter(
            is_media if self.audience == MEDIA else ~is_media,
            source_id__in=self.source_ids,
            erased_at__isnull=True,
        )


class _Search:
    """One question put to the media or the people in the sources of a monitor.

    `before` is the place down to which everything was judged, `judged` how many candidates that took.
    """

    def __init__(self, asked: Query, *, among: _Scope, before: int | None, end: float) -> None:
        self._among = among
        self._matcher = Matcher({True: asked})
        self._wanted = demanded(asked.tree)
        self._first, after = places_within(asked.tree)
        self._end = end
        self.before = after if before is None else min(before, after)
        self.judged = 0
        self.is_done = not among.source_ids
        self.is_late = False

    def looks(self) -> Iterator[list[_Answer]]:
        """Give the answers, newest first, a few at a time.

        First the newest messages are judged, whatever their words. Only a question that few of those answer
        needs the index for the rest.
        """
        demand, most = self._among.sources(), NEWEST
        while not (self.is_done or self.is_late):
            places, count = self._candidates(demand, most), 0
            for start in range(0, len(places), JUDGED_AT_ONCE):
                if self._is_time_up():
                    return
                found = self._answering(places[start : start + JUDGED_AT_ONCE])
                count += len(found)
                yield found
            self.is_done = not self.is_late and len(places) < most
            if most == NEWEST and self._wanted and count < COMMON * NEWEST:
                demand = AllOf((demand, self._wanted))
            most = min(GATHERED, GROWTH * most)

    def _is_time_up(self) -> bool:
        self.is_late = monotonic() > self._end
        return self.is_late

    def _candidates(self, demand: Demand, most: int) -> list[int]:
        try:
            with word_index.within(max(SHORTEST, self._end - monotonic())):
                return word_index.candidates(demand, first=self._first, before=self.before, most=most)
        except word_index.TooSlow:
            self.is_late = True
            return []

    def _answering(self, places: list[int]) -> list[_Answer]:
        kept = self._kept(places)
        verdicts = self._matcher.answer_all(answer.document for answer in kept)
        self.judged += len(places)
        self.before = places[-1]
        return [answer for answer, keys in zip(kept, verdicts, strict=True) if keys]

    def _kept(self, places: list[int]) -> list[_Answer]:
        """Read the messages at some places, as far as they may be searched."""
        rows = self._among.messages().filter(pk__in=[number_at(place) for place in places])
        found = {
            number: (published_at, sender, document_from(values))
            for number, published_at, sender, *values in rows.order_by().values_list(
                "pk", "published_at", "author_day_hash", *DOCUMENT_FIELDS
            )
        }
        held = ((place, found.get(number_at(place))) for place in places)
        return [_Answer(place, *message) for place, message in held if message]


def _hit(asked: Query, answer: _Answer) -> Hit:
    document = answer.document
    found = marks(asked, document)
    title = pieces(document.title, _of(found, "titel"))
    text = snippet(document.text, _of(found, "tekst"))
    return Hit(number_at(answer.place), title, text, document, answer.published_at)


def _of(found: tuple[Mark, ...], zone: str) -> list[Mark]:
    return [mark for mark in found if mark.zone == zone]
