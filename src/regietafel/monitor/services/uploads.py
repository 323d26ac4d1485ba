"""From an uploaded file to a delivery: offered, its columns confirmed, then taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters import waiting
from regietafel.monitor.adapters.readers import FileRejected, preview
from regietafel.monitor.models import Ingest, Source
from regietafel.monitor.services.ingest import Outcome, offer_file, take_in
from regietafel.monitor.services.sources import keep_mapping
from regietafel.register.public import User


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


def take_in_upload(*, ingest: Ingest, columns: Mapping[str, str], by: User) -> Outcome | None:
    """Take in a waiting upload with the confirmed columns; None when the file turned out unreadable."""
    if not Ingest.objects.filter(pk=ingest.pk, state=Ingest.State.OFFERED).update(state=Ingest.State.QUEUED):
        raise Refused(_("Dit bestand is al verwerkt."))
    if columns:
        keep_mapping(source=ingest.source, columns=columns, by=by)
    stored = ingest.stored_name
    try:
        offer = offer_file(waiting.path_of(stored), source=ingest.source, by=by, columns=columns)
        return take_in(replace(offer, name=ingest.file_name, ingest=ingest))
    except FileRejected:
        return None
    except FileNotFoundError as error:
        Ingest.objects.filter(pk=ingest.pk).delete()
        raise Refused(_("Het bestand is er niet meer. Lever het opnieuw aan.")) from error
    finally:
        waiting.remove(stored)
