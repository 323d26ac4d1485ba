"""What must be erased now, and the proofs of what was erased: for the people of the organisation only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kernel import dutch
from regietafel.monitor.models import Message, RetentionProof, Source
from regietafel.monitor.selectors.sources import retention_days_of
from regietafel.register.public import Organisation, organisations_with

LATE = timedelta(hours=36)
PLACES = {
    "berichten": _("Berichten: kop, tekst, adres, nummer en codes"),
    "versies": _("Eerdere versies"),
    "labelvoorstellen": _("Voorstellen voor labels"),
    "verhalen": _("Koppen van verhalen zonder bewaarde tekst"),
    "alarmen": _("Koppen bij alarmen zonder bewaarde tekst"),
    "zoekindex": _("Zoekindex"),
    "wachtend": _("Bestanden die te lang op bevestiging wachten"),
    "schijf": _("Bestanden in de gegevensmap en van de database"),
}


@dataclass(frozen=True)
class Due:
    """What would go from one source if the erasing began now."""

    source: Source
    retention_days: int
    count: int
    oldest: datetime | None

    def to_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "bron": self.source.name,
            "organisatie": self.source.organisation.code,
            "termijn_dagen": self.retention_days,
            "berichten": self.count,
            "oudste": self.oldest.isoformat() if self.oldest else None,
        }


def past_term(source: Source, *, by: timedelta = timedelta(0)) -> QuerySet[Message]:
    """Return the messages of a source whose text may no longer be kept, by at least so much."""
    limit = timezone.now() - timedelta(days=retention_days_of(source)) - by
    return Message.objects.filter(source=source, erased_at__isnull=True, received_at__lt=limit)


def due_now() -> list[Due]:
    """Return per source what is past its term."""
    found = []
    for source in Source.objects.select_related("organisation").order_by("organisation__name", "name"):
        past = past_term(source).order_by().aggregate(count=Count("pk"), oldest=Min("received_at"))
        found.append(Due(source, retention_days_of(source), past["count"], past["oldest"]))
    return found


def late_count() -> int:
    """Return how many messages should have been erased long ago."""
    return sum(past_term(source, by=LATE).count() for source in Source.objects.all())


def working_organisations(user: Any) -> QuerySet[Organisation]:
    """Return the organisations on whose matters a person works, the data protection officer included."""
    writing, publishing, approving = (
        organisations_with(user, right) for right in ("may_write", "may_publish", "may_approve")
    )
    return writing | publishing | approving


def visible_proofs(user: Any) -> QuerySet[RetentionProof]:
    """Return the proofs of the organisations on whose matters a person works."""
    return RetentionProof.objects.filter(source__organisation__in=working_organisations(user)).select_related(
        "source__organisation"
    )


def has_proofs(source: Source) -> bool:
    """Say whether anything of a source was ever erased; a filter offers only what is there."""
    return RetentionProof.objects.filter(source=source).exists()


def failing_proofs() -> QuerySet[RetentionProof]:
    """Return the last proof of every source where something was found again."""
    last = RetentionProof.objects.filter(source=OuterRef("source")).order_by("-erased_at", "-pk")
    return RetentionProof.objects.filter(pk=Subquery(last.values("pk")[:1]), remains__gt=0)


def places_told(proof: RetentionProof) -> list[tuple[str, str]]:
    """Return each place that was looked in, with what was found there."""
    return [
        (str(words), _found(proof.places.get(name))) for name, words in PLACES.items() if name in proof.places
    ]


def _found(count: int | None) -> str:
    if count is None:
        return str(_("niet gekeken"))
    return str(_("niets")) if count == 0 else dutch.number(count)


def proof_json(proof: RetentionProof) -> dict[str, Any]:
    """Return a proof for machines."""
    return {
        "bron": proof.source.name,
        "organisatie": proof.source.organisation.code,
        "gewist_op": proof.erased_at.isoformat(),
        "termijn_dagen": proof.retention_days,
        "berichten": proof.message_count,
        "gekeken": proof.places,
        "teruggevonden": proof.remains,
        "reservekopieen": proof.older_backups,
    }


def copies_of(proof: RetentionProof) -> list[tuple[str, datetime]]:
    """Return the backups in which the erased text still stands, each with when it was made."""
    return [(copy["bestand"], datetime.fromisoformat(copy["gemaakt"])) for copy in proof.older_backups]
