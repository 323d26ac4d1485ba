"""Take in a delivery: all of it or nothing, and twice the same adds nothing.

Everything is read and cleaned first; then one transaction writes messages, versions, matches, the report of
the delivery and one line in the log. Whoever pulls the plug finds either the state before or the state after.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from regietafel.kit.audit import record
from regietafel.monitor.adapters.readers import FileRejected, ReadResult, read_bytes, read_file
from regietafel.monitor.models import Ingest, Source
from regietafel.monitor.services.indexing import file_messages, unfile_messages
from regietafel.monitor.services.matching import match_messages, one_at_a_time
from regietafel.monitor.services.planning import Plan, plan_delivery
from regietafel.monitor.services.reading import Delivery, read_delivery
from regietafel.monitor.services.storing import store_plan
from regietafel.monitor.services.understanding import ask_understanding
from regietafel.register.public import User

MOST_ERRORS_KEPT = 10_000


@dataclass(frozen=True)
class Offer:
    """A delivery as it is offered: from which source, under which name, how to open it, and by whom.

    `ingest` is the row of an upload that waited for confirmation; `tell` hears how many rows were read.
    """

    source: Source
    name: str
    open: Callable[[], ReadResult]
    by: User | None = None
    sha256: str = ""
    ingest: Ingest | None = None
    tell: Callable[[int], None] | None = None


@dataclass(frozen=True)
class Outcome:
    """What a delivery brought; `ingest` is None after a dry run."""

    counts: Mapping[str, int]
    masked: Mapping[str, int]
    errors: tuple[dict[str, Any], ...]
    ingest: Ingest | None = None


def offer_file(
    path: Path,
    *,
    source: Source,
    by: User | None,
    kind: str = "auto",
    columns: Mapping[str, str] | None = None,
) -> Offer:
    """Offer a file on disk; without columns the mapping kept with the source is used, if any."""
    mapping = dict(columns or source.column_mapping)
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return Offer(source, path.name, lambda: read_file(path, kind=kind, columns=mapping or None), by, digest)


def offer_bytes(data: bytes, *, name: str, source: Source, by: User | None, kind: str = "auto") -> Offer:
    """Offer what was fetched."""
    digest = hashlib.sha256(data).hexdigest()
    return Offer(source, name, lambda: read_bytes(data, name=name, kind=kind), by, digest)


def take_in(offer: Offer, *, dry_run: bool = False) -> Outcome:
    """Take in an offered delivery, or with `dry_run` only say what it would bring.

    Raises:
        FileRejected: the file cannot be read; nothing is stored but a failed delivery with the reason.
    """
    started_at = timezone.now()
    try:
        delivery = read_delivery(
            offer.open(), source=offer.source, file_name=offer.name, received_at=started_at, tell=offer.tell
        )
    except FileRejected as refusal:
        if not dry_run:
            _note_failure(offer, refusal.message, started_at=started_at)
        raise
    if dry_run:
        return _outcome(delivery, _plan(offer.source, delivery, received_at=started_at), ingest=None)
    return _store(offer, delivery, started_at=started_at)


@transaction.atomic
def _store(offer: Offer, delivery: Delivery, *, started_at: datetime) -> Outcome:
    """Write everything under a lock per organisation, so that two deliveries do not double a message."""
    source = offer.source
    one_at_a_time(source.organisation_id)
    plan = _plan(source, delivery, received_at=started_at)
    ingest = _ingest_row(offer, started_at)
    outcome = _outcome(delivery, plan, ingest=ingest)
    ingest.counts = {**outcome.counts, "gemaskeerd": dict(outcome.masked)}
    ingest.row_errors = delivery.errors[:MOST_ERRORS_KEPT]
    ingest.state, ingest.stored_name = Ingest.State.DONE, ""
    ingest.save()
    unfile_messages((message.published_at, message.pk) for message, _texts in plan.changed)
    stored = store_plan(plan, source=source, ingest=ingest, received_at=started_at)
    file_messages(chain(stored.new, stored.changed), source=source)
    match_messages(stored, source=source)
    if stored.new or stored.changed:
        ask_understanding(source)
    ingest.finished_at = timezone.now()
    ingest.save(update_fields=("finished_at",))
    _note_delivery(source, ingest, plan=plan)
    record(
        "berichten.ingenomen",
        ingest,
        organisation_id=source.organisation_id,
        by=offer.by,
        details={"changes": {name: [None, count] for name, count in outcome.counts.items()}},
    )
    return outcome


def _plan(source: Source, delivery: Delivery, *, received_at: datetime) -> Plan:
    return plan_delivery(
        organisation_id=source.organisation_id, messages=delivery.messages, received_at=received_at
    )


def _ingest_row(offer: Offer, started_at: datetime) -> Ingest:
    """Return the row of this delivery, new or the one that waited."""
    ingest = offer.ingest or Ingest(source=offer.source)
    ingest.started_at, ingest.by = started_at, offer.by
    ingest.file_name, ingest.file_sha256 = offer.name[:500], offer.sha256
    return ingest


def _note_delivery(source: Source, ingest: Ingest, *, plan: Plan) -> None:
    source.last_error = ""
    fields = ["last_error"]
    if plan.new_count or plan.changed_count:
        source.last_delivered_at = ingest.finished_at
        fields.append("last_delivered_at")
    source.save(update_fields=fields)


@transaction.atomic
def _note_failure(offer: Offer, reason: str, *, started_at: datetime) -> None:
    ingest = _ingest_row(offer, started_at)
    ingest.finished_at, ingest.failure = timezone.now(), reason[:500]
    ingest.state, ingest.stored_name = Ingest.State.FAILED, ""
    ingest.save()
    Source.objects.filter(pk=offer.source.pk).update(last_error=reason[:500])
    record(
        "berichten.geweigerd",
        ingest,
        organisation_id=offer.source.organisation_id,
        by=offer.by,
        details={"result": "mislukt", "reason": reason},
    )


def _outcome(delivery: Delivery, plan: Plan, *, ingest: Ingest | None) -> Outcome:
    counts = {
        "gelezen": delivery.read,
        "nieuw": plan.new_count,
        "dubbel": plan.duplicate_count,
        "gewijzigd": plan.changed_count,
        "geweigerd": len(delivery.errors),
    }
    masked = {name: delivery.masked[name] for name in ("email", "telefoon", "iban")} | dict(delivery.masked)
    return Outcome(counts, masked, tuple(delivery.errors), ingest)
