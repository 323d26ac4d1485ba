"""Messages of an organisation, and messages as the engine counts them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.query import Document
from regietafel.monitor.models import Message, Monitor
from regietafel.register.public import Organisation

DOCUMENT_FIELDS = ("title", "text", "outlet", "language", "place", "labels", "url", "kind", "day")


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


def media_of(monitor: Monitor) -> QuerySet[Message]:
    """Return everything media brought in the sources of a monitor, whatever it asks, newest first."""
    return Message.objects.filter(
        source__in=monitor.sources.all(), kind__in=sorted(MEDIA_KINDS), erased_at__isnull=True
    ).order_by("-published_at", "-pk")


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
