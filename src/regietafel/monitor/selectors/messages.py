"""Messages of an organisation, and messages as the engine counts them."""

from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.query import Document
from regietafel.monitor.models import Message, Monitor
from regietafel.register.public import Organisation

DOCUMENT_FIELDS = ("title", "text", "outlet", "language", "place", "labels", "url", "kind", "day")
READ_AT_ONCE = 500


def totals_of(organisation: Organisation) -> dict[str, int]:
    """Return how many messages an organisation holds, and how many of them have more than one version."""
    messages = Message.objects.filter(organisation=organisation)
    return {"berichten": messages.count(), "berichten_met_versies": messages.filter(version__gt=1).count()}


def shown_messages(monitor: Monitor) -> QuerySet[Message]:
    """Return the messages of a monitor that may be shown one by one: media whose text is still kept."""
    return Message.objects.filter(
        matches__monitor=monitor, kind__in=sorted(MEDIA_KINDS), erased_at__isnull=True
    )


def message_known_as(monitor: Monitor, name: str) -> Message | None:
    """Return a message of a monitor by its number or its key, while its text is kept."""
    kept = Message.objects.filter(matches__monitor=monitor, erased_at__isnull=True)
    if name.isascii() and name.isdigit() and len(name) < 12:
        return kept.filter(pk=int(name)).first()
    return kept.filter(key=name).first() if name else None


def newest_media(monitor: Monitor, *, at_most: int) -> Iterator[Document]:
    """Walk through the newest that media brought in the sources of a monitor, whatever it asks, newest first.

    Every source is walked along its own index, and texts are read in parts: sorting the whole texts of a
    large source takes longer than a page may.
    """
    newest = (
        Message.objects.filter(source=source, kind__in=sorted(MEDIA_KINDS), erased_at__isnull=True)
        .order_by("-day", "-published_at", "-pk")
        .values_list("day", "published_at", "pk")[:at_most]
        for source in monitor.sources.all()
    )
    found = nlargest(at_most, chain.from_iterable(newest))
    for start in range(0, len(found), READ_AT_ONCE):
        keys = [key for _day, _published_at, key in found[start : start + READ_AT_ONCE]]
        yield from documents_of(Message.objects.filter(pk__in=keys).order_by("-day", "-published_at", "-pk"))


def documents_of(messages: QuerySet[Message]) -> Iterator[Document]:
    """Walk through messages as a question sees them."""
    return map(document_from, messages.values_list(*DOCUMENT_FIELDS))


def document_from(values: Sequence[Any]) -> Document:
    """Return a message as a question sees it, from its values in the order of `DOCUMENT_FIELDS`."""
    title, text, outlet, language, place, labels, url, kind, day = values
    return Document(
        title=title,
        text=text,
        source=outlet,
        language=language,
        place=place,
        labels=tuple(labels),
        url=url,
        kind=kind,
        day=day,
    )
