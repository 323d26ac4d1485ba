"""How much a file says about a question per day, without a database."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from regietafel.monitor.adapters.readers import ReadResult
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.messages import CleanMessage
from regietafel.monitor.engine.query import Query
from regietafel.monitor.engine.stories import Article, find_stories
from regietafel.monitor.engine.volume import Deliveries, Measured, Span
from regietafel.monitor.selectors.messages import DOCUMENT_FIELDS, document_from
from regietafel.monitor.services.files import messages_of_file

_seen = attrgetter(*DOCUMENT_FIELDS)
_TONES = {"positief": 1, "positive": 1, "neutraal": 0, "neutral": 0, "negatief": -1, "negative": -1}
_ACTIONS = ("reacties", "gedeeld", "waarderingen")


@dataclass(frozen=True)
class VolumeOfFile:
    """Messages of news and press per source and day, and those that answer; `others` are not counted."""

    deliveries: Deliveries | None
    hits: tuple[CleanMessage, ...]
    others: int

    def per_day(self) -> dict[date, int]:
        """Return the hits of every day from the first to the last message; 0 where none was found."""
        if self.deliveries is None:
            return {}
        counts = Counter(message.day for message in self.hits)
        first, last = self.deliveries.first, self.deliveries.last
        return {date.fromordinal(day): counts[date.fromordinal(day)]
                for day in range(first.toordinal(), last.toordinal() + 1)}  # fmt: skip

    def interactions(self, span: Span) -> list[Measured]:
        """Return per hit of a period its story and interactions, where the file tells them."""
        return list(self._measured(span, _interactions))

    def tones(self, span: Span) -> list[Measured]:
        """Return per hit of a period its story and tone, where a label of the file tells it."""
        return list(self._measured(span, _tone))

    def _measured(self, span: Span, value_of: Any) -> Iterator[Measured]:
        told = {
            message.key: (message, value)
            for message in self.hits
            if span.first <= message.day <= span.last and (value := value_of(message)) is not None
        }
        articles = [_article(message) for message, _value in told.values()]
        for number, story in enumerate(find_stories(articles)):
            for member in story.members:
                yield Measured(str(number), float(told[member.key][1]))


def volume_of_file(
    opened: ReadResult, *, query: Query | None, name: str, errors: list[dict[str, Any]]
) -> VolumeOfFile:
    """Return what a file brought per source and day; without a question every message is a hit."""
    messages = messages_of_file(opened, name=name, errors=errors)
    media = [message for message in messages if message.is_media]
    matcher = Matcher({True: query}) if query is not None else None
    hits = tuple(
        message for message in media if matcher is None or matcher.answers(document_from(_seen(message)))
    )
    deliveries = None
    if media:
        deliveries = Deliveries(
            first=min(message.day for message in media),
            last=max(message.day for message in media),
            hits=Counter((message.outlet, message.day) for message in hits),
            published=Counter((message.outlet, message.day) for message in media),
        )
    return VolumeOfFile(deliveries, hits, len(messages) - len(media))


def _article(message: CleanMessage) -> Article:
    return Article(
        message.key, message.title, message.text, message.outlet, message.published_at, message.url
    )


def _interactions(message: CleanMessage) -> int | None:
    if "interacties" in message.interactions:
        return message.interactions["interacties"]
    told = [message.interactions[name] for name in _ACTIONS if name in message.interactions]
    return sum(told) if told else None


def _tone(message: CleanMessage) -> int | None:
    told = {_TONES[label.casefold()] for label in message.labels if label.casefold() in _TONES}
    return told.pop() if len(told) == 1 else None
