"""Short memory: when its term has passed, raw text is really gone and only what can be counted stays.

Every run ends with a proof per source: where was looked for what was erased, and what was found again.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.monitor.adapters.waiting import remove_older_than
from regietafel.monitor.models import Ingest, RetentionProof, Source
from regietafel.monitor.selectors.retention import failing_proofs, past_term
from regietafel.monitor.services.erasing import Erased, look_in_files, prove, take_out

AT_ONCE = 2_000
UPLOADS_KEPT_HOURS = 24
NEEDED = (
    "pk", "title", "text", "kind", "published_at", "received_at",
)  # fmt: skip


def erase_raw_text() -> int:
    """Erase the text, address and codes of every message whose term has passed; return how many."""
    return sum(proof.message_count for proof in erase_past_term())


def erase_past_term() -> list[RetentionProof]:
    """Erase what is past its term, look for it, and return a proof for every source that lost something.

    A source where something was found again the last time is looked at once more.
    """
    _forget_uploads()
    by_day = RetentionProof.objects.filter(erased_at__gte=timezone.now() - timedelta(hours=24)).exists()
    doubtful = set(failing_proofs().values_list("source_id", flat=True))
    found = []
    for source in Source.objects.select_related("organisation"):
        erased = _erase(source)
        if erased.keys or source.pk in doubtful:
            found.append((erased, _close(erased)))
    look_in_files(found, at_night=bool(found) or by_day)
    return [proof for _erased, proof in found]


def erase_source(source: Source) -> int:
    """Erase at once what a shorter term no longer allows; the files follow when the caller is done."""
    erased = _erase(source)
    if erased.keys:
        proof = _close(erased)
        transaction.on_commit(lambda: look_in_files([(erased, proof)]))
    return len(erased.keys)


def uploads_limit() -> datetime:
    """Return before which moment an upload that waits must be gone."""
    return timezone.now() - timedelta(hours=UPLOADS_KEPT_HOURS)


def _erase(source: Source) -> Erased:
    """Erase in batches, so that nobody waits long."""
    erased, past = Erased(source), past_term(source).only(*NEEDED)
    while batch := list(past.order_by("pk")[:AT_ONCE]):
        take_out(batch, into=erased)
    return erased


@transaction.atomic
def _close(erased: Erased) -> RetentionProof:
    """Write the proof and one line in the log."""
    proof = prove(erased, uploads_before=uploads_limit())
    changes = {"berichten": [len(erased.keys), 0], "teruggevonden": [None, proof.remains]}
    record(
        "berichten.gewist",
        erased.source,
        organisation_id=erased.source.organisation_id,
        by=None,
        details={"changes": changes, "reason": "bewaartermijn voorbij"},
    )
    return proof


def _forget_uploads() -> None:
    """Remove uploads that nobody confirmed; they still hold everything that was delivered."""
    limit = uploads_limit()
    old = Ingest.objects.filter(started_at__lt=limit)
    old.filter(state=Ingest.State.OFFERED).delete()
    old.filter(state=Ingest.State.QUEUED).update(
        state=Ingest.State.FAILED, failure=_("Het innemen is afgebroken. Lever het bestand opnieuw aan.")
    )
    remove_older_than(limit)
