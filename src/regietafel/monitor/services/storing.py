"""Write a planned delivery: messages, their earlier versions, and which monitors they answer."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from regietafel.monitor.engine.messages import CleanMessage
from regietafel.monitor.models import Ingest, Message, MessageVersion, Source
from regietafel.monitor.services.inserting import insert_rows
from regietafel.monitor.services.planning import Plan, Text

AT_ONCE = 500
MOST_INTERACTIONS = 2**31 - 1


class Shown(NamedTuple):
    """What is needed to judge whether a message answers a question, and to file it."""

    pk: int
    title: str
    text: str
    outlet: str
    language: str
    url: str
    kind: str
    day: date
    place: str
    labels: Sequence[str]
    published_at: datetime


class Stored(NamedTuple):
    """The messages whose shown text is new: those that came, and those that were known and changed."""

    new: Sequence[Shown]
    changed: Sequence[Shown]


def store_plan(plan: Plan, *, source: Source, ingest: Ingest, received_at: datetime) -> Stored:
    """Write a plan inside the caller's transaction and return the messages whose shown text is new."""
    common = (source.organisation_id, source.pk, ingest.pk, received_at, received_at)
    rows = ((*common, key, *_values(texts, source.name)) for key, texts in plan.new)
    insert_rows(Message, names=(*COMMON, "key", *OWN), rows=rows)
    number_of = dict(Message.objects.filter(ingest=ingest).values_list("key", "pk"))
    for message, texts in plan.changed:
        _show(message, texts)
    again = [message for message, _texts in plan.changed]
    Message.objects.bulk_update(again, SHOWN, batch_size=AT_ONCE)
    MessageVersion.objects.filter(message_id__in=[message.pk for message in again]).delete()
    histories = [(number_of[key], texts) for key, texts in plan.new if len(texts) > 1]
    histories += [(message.pk, texts) for message, texts in plan.changed]
    insert_rows(MessageVersion, names=HISTORY, rows=_earlier(histories))
    return Stored(
        [Shown(number_of[key], *_judged(texts[-1].origin, source.name)) for key, texts in plan.new],
        [Shown(message.pk, *(getattr(message, name) for name in Shown._fields[1:])) for message in again],
    )


COMMON = ("organisation", "source", "ingest", "received_at", "text_received_at")
OWN = (
    "external_id", "url", "published_at", "day", "outlet", "kind", "language", "place", "labels", "title",
    "text", "text_hash", "author_day_hash", "interactions", "version",
)  # fmt: skip
HISTORY = ("message", "number", "title", "text", "text_hash", "published_at", "received_at")
SHOWN = (
    "title", "text", "text_hash", "published_at", "day", "text_received_at", "version", "language", "place",
    "labels", "interactions", "sentiment_judged",
)  # fmt: skip


def _values(texts: Sequence[Text], source_name: str) -> tuple[Any, ...]:
    """Give the values of a new message in the order of `OWN`."""
    clean = texts[-1].origin
    assert clean is not None  # a new message has only texts of this delivery
    return (
        clean.external_id[:500],
        clean.url if len(clean.url) <= 2000 else "",
        clean.published_at,
        clean.day,
        clean.outlet[:200] or source_name,
        clean.kind,
        clean.language[:8],
        clean.place,
        list(clean.labels),
        clean.title,
        clean.text,
        clean.text_hash,
        clean.author_hash[:32],
        _interactions(clean),
        len(texts),
    )


def _judged(clean: CleanMessage | None, source_name: str) -> tuple[Any, ...]:
    """Give what a question is asked of, in the order of `Shown`."""
    assert clean is not None  # a new message has only texts of this delivery
    outlet = clean.outlet[:200] or source_name
    url = clean.url if len(clean.url) <= 2000 else ""
    return (
        clean.title, clean.text, outlet, clean.language[:8], url, clean.kind, clean.day, clean.place,
        clean.labels, clean.published_at,
    )  # fmt: skip


def _interactions(clean: CleanMessage) -> int | None:
    return min(sum(clean.interactions.values()), MOST_INTERACTIONS) if clean.interactions else None


def _show(message: Message, texts: Sequence[Text]) -> None:
    """Put the last text in front; what came with it (day, language, place, labels, counts) goes along."""
    last = texts[-1]
    message.title, message.text, message.text_hash = last.title, last.text, last.text_hash
    message.text_received_at, message.version = last.received_at, len(texts)
    message.sentiment_judged = False  # another text may sound otherwise
    message.published_at = last.published_at
    if last.origin is not None:
        message.day, message.language = last.origin.day, last.origin.language[:8]
        message.place, message.labels = last.origin.place, list(last.origin.labels)
        message.interactions = _interactions(last.origin)


def _earlier(histories: Iterable[tuple[int, Sequence[Text]]]) -> Iterator[tuple[Any, ...]]:
    """Give every text but the last as an earlier version, numbered in their order."""
    for message_id, texts in histories:
        for number, text in enumerate(texts[:-1], start=1):
            yield (
                message_id, number, text.title, text.text, text.text_hash, text.published_at, text.received_at
            )  # fmt: skip
