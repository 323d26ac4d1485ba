"""Keep the index of words equal to the messages whose text is kept, in the transaction that writes them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import transaction

from regietafel.monitor.adapters import word_index
from regietafel.monitor.engine.searching import filed_under, place_in_time
from regietafel.monitor.models import Message, Source
from regietafel.monitor.selectors.messages import DOCUMENT_FIELDS, document_from
from regietafel.monitor.selectors.searching import scope_word
from regietafel.monitor.services.storing import Shown

AT_ONCE = 2_000
FILED = ("published_at", "pk", "kind", *DOCUMENT_FIELDS)
_filed = attrgetter(*FILED)


def file_messages(messages: Iterable[Shown], *, source: Source) -> None:
    """File what a source brought, so that it can be found."""
    _file((source.pk, *_filed(message)) for message in messages)


def unfile_messages(messages: Iterable[tuple[datetime, int]]) -> None:
    """Take messages out, each named by when it was published (as it is filed) and its number."""
    word_index.remove(place_in_time(published_at, pk) for published_at, pk in messages)


@transaction.atomic
def rebuild_index(message: type[Message] = Message) -> int:
    """Make the index anew from the messages whose text is kept, and return how many those are.

    `message` is the model; a migration gives the one of its own time.
    """
    word_index.drop_index()
    word_index.create_index()
    count = _file(_oldest_first(message))
    word_index.take_stock()
    return count


def _oldest_first(message: type[Message]) -> Iterator[tuple[Any, ...]]:
    """Give messages in the order of their places.

    So what is asked together lies together, and SQLite need not begin a new part of its index all the time.
    """
    kept = message.objects.filter(erased_at__isnull=True)
    numbers = kept.order_by("published_at", "pk").values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
    while some := list(islice(numbers, AT_ONCE)):
        rows = message.objects.filter(pk__in=some).order_by("published_at", "pk")
        yield from rows.values_list("source_id", *FILED)


def _file(rows: Iterable[tuple[Any, ...]]) -> int:
    """File messages, each given by its source and its values as `FILED`, a few at a time."""
    entries, count = map(_entry, rows), 0
    while some := list(islice(entries, AT_ONCE)):
        word_index.put(sorted(some))
        count += len(some)
    return count


def _entry(row: tuple[Any, ...]) -> tuple[int, list[str]]:
    source_id, published_at, number, kind, *values = row
    words = filed_under(document_from(values)) | {scope_word(source_id, kind)}
    return place_in_time(published_at, number), sorted(words)
