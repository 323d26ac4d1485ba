"""Keep the index of words equal to the messages whose text is kept, in the transaction that writes them."""

from collections.abc import Iterable
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
    rows = message.objects.filter(erased_at__isnull=True).order_by().values_list("source_id", *FILED)
    count = _file(rows.iterator(chunk_size=AT_ONCE))
    word_index.take_stock()
    return count


def _file(rows: Iterable[tuple[Any, ...]]) -> int:
    """File messages, each given by its source and its values as `FILED`, a few at a time."""
    waiting, count = iter(rows), 0
    while some := list(islice(map(_entry, waiting), AT_ONCE)):
        word_index.put(some)
        count += len(some)
    return count


def _entry(row: tuple[Any, ...]) -> tuple[int, list[str]]:
    source_id, published_at, number, kind, *values = row
    words = filed_under(document_from(values)) | {scope_word(source_id, kind)}
    return place_in_time(published_at, number), sorted(words)
