"""Short memory: when its term has passed, raw text is really gone and only what can be counted stays."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.erasing import forget_erased_bytes
from regietafel.monitor.adapters import word_index
from regietafel.monitor.adapters.waiting import remove_older_than
from regietafel.monitor.models import Ingest, Message, MessageVersion, Source
from regietafel.monitor.selectors.sources import retention_days_of
from regietafel.monitor.services.indexing import unfile_messages

AT_ONCE = 2_000
UPLOADS_KEPT_HOURS = 24
GONE: dict[str, Any] = {
    "title": "", "text": "", "text_hash": "", "url": "", "external_id": "", "author_day_hash": "",
    "labels": [],
}  # fmt: skip


def erase_raw_text() -> int:
    """Erase the text, address and codes of every message whose term has passed; return how many."""
    erased = sum(erase_source(source) for source in Source.objects.all())
    _forget_uploads()
    word_index.settle()
    forget_erased_bytes()
    return erased


def erase_source(source: Source) -> int:
    """Erase in batches, so that nobody waits long; the log line comes with the last of them."""
    limit = timezone.now() - timedelta(days=retention_days_of(source))
    past = Message.objects.filter(source=source, erased_at__isnull=True, received_at__lt=limit)
    total = 0
    while count := _erase_batch(past):
        total += count
    if total:
        with transaction.atomic():
            record(
                "berichten.gewist",
                source,
                organisation_id=source.organisation_id,
                by=None,
                details={"changes": {"berichten": [total, 0]}, "reason": "bewaartermijn voorbij"},
            )
    return total


@transaction.atomic
def _erase_batch(past: QuerySet[Message]) -> int:
    published_at = dict(past.values_list("pk", "published_at")[:AT_ONCE])
    keys = list(published_at)
    unfile_messages((published_at[key], key) for key in keys)
    MessageVersion.objects.filter(message_id__in=keys).delete()
    return Message.objects.filter(pk__in=keys).update(erased_at=timezone.now(), **GONE)


def _forget_uploads() -> None:
    """Remove uploads that nobody confirmed; they still hold everything that was delivered."""
    limit = timezone.now() - timedelta(hours=UPLOADS_KEPT_HOURS)
    old = Ingest.objects.filter(started_at__lt=limit)
    old.filter(state=Ingest.State.OFFERED).delete()
    old.filter(state=Ingest.State.QUEUED).update(
        state=Ingest.State.FAILED, failure=_("Het innemen is afgebroken. Lever het bestand opnieuw aan.")
    )
    remove_older_than(limit)
