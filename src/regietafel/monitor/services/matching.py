"""Keep up which messages answer the question of which monitor."""

from collections.abc import Iterable
from itertools import chain

from django.db.models import QuerySet
from django.utils import timezone

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import Document, Query
from regietafel.monitor.models import Match, Message, Monitor, QueryVersion, Source
from regietafel.monitor.selectors.monitors import question_of
from regietafel.monitor.services.storing import Shown, Stored

AT_ONCE = 2_000
JUDGED = ("title", "text", "outlet", "language", "url", "kind", "day", "place", "labels")


def match_messages(stored: Stored, *, source: Source) -> int:
    """Add or renew the matches of messages that just came in from a source, for the monitors that run."""
    questions = _questions(_running_on(source))
    if not questions:
        return 0
    changed = [message.pk for message in stored.changed]
    Match.objects.filter(monitor_id__in=questions, message_id__in=changed).delete()
    return _add_matches(Matcher(questions), chain(stored.new, stored.changed))


def rematch(monitor: Monitor) -> int:
    """Judge everything in the sources of a monitor anew; what was erased keeps the verdict it had."""
    questions = _questions(Monitor.objects.filter(pk=monitor.pk))
    Match.objects.filter(monitor=monitor, message__erased_at__isnull=True).delete()
    readable = Message.objects.filter(source__in=monitor.sources.all(), erased_at__isnull=True)
    messages = readable.only("pk", *JUDGED).iterator(chunk_size=AT_ONCE)
    return _add_matches(Matcher(questions), messages)


def _running_on(source: Source) -> QuerySet[Monitor]:
    today = timezone.localdate()
    return Monitor.objects.filter(
        state=Monitor.State.RUNNING, sources=source, starts_on__lte=today, ends_on__gte=today
    )


def _questions(monitors: QuerySet[Monitor]) -> dict[int, Query]:
    versions = QueryVersion.objects.filter(monitor__in=monitors).order_by("monitor_id", "number")
    return {version.monitor_id: question_of(version) for version in versions}


def _add_matches(matcher: Matcher[int], messages: Iterable[Message | Shown]) -> int:
    found = [
        Match(monitor_id=monitor_id, message_id=message.pk)
        for message in messages
        for monitor_id in matcher.answers(document_of(message))
    ]
    Match.objects.bulk_create(found, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(found)


def document_of(message: Message | Shown) -> Document:
    """Return a stored message as a question sees it."""
    return Document(
        title=message.title,
        text=message.text,
        source=message.outlet,
        language=message.language,
        place=message.place,
        labels=tuple(message.labels),
        url=message.url,
        kind=message.kind,
        day=message.day,
    )
