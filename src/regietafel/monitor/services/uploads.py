"""From an uploaded file to a delivery: offered, its columns confirmed, then taken in."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel.dutch import number
from regietafel.kit.audit import record
from regietafel.kit.jobs import enqueue, job, report_progress
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters import waiting
from regietafel.monitor.adapters.readers import FileRejected, preview
from regietafel.monitor.models import Ingest, Source
from regietafel.monitor.services.ingest import offer_file, take_in
from regietafel.monitor.services.sources import keep_mapping
from regietafel.register.public import User

SMALL_BYTES = 1_000_000


@transaction.atomic
def offer_upload(*, source: Source, name: str, chunks: Iterable[bytes], by: User) -> Ingest:
    """Keep an upload aside until its columns are confirmed; one that cannot be read is refused at once."""
    stored = waiting.keep(chunks)
    try:
        preview(waiting.path_of(stored), name=name)
    except FileRejected as refusal:
        waiting.remove(stored)
        raise Refused(refusal.message) from refusal
    ingest = Ingest.objects.create(
        source=source,
        started_at=timezone.now(),
        file_name=name[:500],
        state=Ingest.State.OFFERED,
        stored_name=stored,
        by=by,
    )
    record("bestand.aangeboden", ingest, organisation_id=source.organisation_id, by=by)
    return ingest


def confirm_upload(*, ingest: Ingest, columns: Mapping[str, str], by: User) -> None:
    """Take in a waiting upload with its confirmed columns: a small one at once, a large one later."""
    with transaction.atomic():
        waits = Ingest.objects.filter(pk=ingest.pk, state=Ingest.State.OFFERED)
        if not waits.update(state=Ingest.State.QUEUED, by=by):
            raise Refused(_("Dit bestand is al verwerkt."))
        if columns:
            keep_mapping(source=ingest.source, columns=columns, by=by)
        is_small = waiting.size_of(ingest.stored_name) <= SMALL_BYTES
        if not is_small:
            enqueue("monitor.inname", {"ingest": ingest.pk}, key=f"inname-{ingest.pk}")
    if is_small:
        take_in_waiting(ingest.pk)


@job("monitor.inname", label=gettext_lazy("Bestand innemen"))
def take_in_waiting(ingest: int) -> None:
    """Take in a confirmed upload; a second time does nothing, and one that was killed is done again."""
    row = Ingest.objects.select_related("source__organisation", "by").get(pk=ingest)
    if row.state != Ingest.State.QUEUED:
        return
    stored = row.stored_name
    offer = offer_file(waiting.path_of(stored), source=row.source, by=row.by)
    with contextlib.suppress(FileRejected):
        take_in(replace(offer, name=row.file_name, ingest=row, tell=_teller(row)))
    waiting.remove(stored)


def _teller(row: Ingest) -> Callable[[int], None]:
    def tell(read: int) -> None:
        report_progress(_("%s rijen gelezen") % number(read))
        Ingest.objects.filter(pk=row.pk).update(counts={"gelezen": read})

    return tell
