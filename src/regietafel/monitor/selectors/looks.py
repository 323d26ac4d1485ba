"""Who looked at messages, searched or took them along: read from the log, which nobody can silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.audit import chain_of
from regietafel.kit.models import AuditEvent
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.monitors import visible_monitors
from regietafel.register.public import Organisation, organisations_with

LOOKED, SEARCHED, EXPORTED = "berichten.ingezien", "berichten.doorzocht", "berichten.uitgevoerd"
PERSON_SOUGHT, HANDED_OVER = "verzoek.doorzocht", "bericht.overgedragen"
LETTER_MADE, FILE_FETCHED = "verzoek.brief", "overdracht.opgehaald"
LOOKS = {
    LOOKED: _("berichten bekeken"),
    SEARCHED: _("berichten doorzocht"),
    EXPORTED: _("als bestand meegenomen"),
    PERSON_SOUGHT: _("gezocht voor een betrokkene"),
    LETTER_MADE: _("inzagebrief gemaakt"),
    HANDED_OVER: _("overgedragen aan de politie"),
    FILE_FETCHED: _("tekst van overdracht opgehaald"),
}
RECENT = timedelta(days=30)
PERIODS = (("1", _("laatste 24 uur")), ("7", _("laatste 7 dagen")), ("30", _("laatste 30 dagen")))
OF_MONITOR = Monitor._meta.label_lower


@dataclass(frozen=True)
class Tally:
    """How often the messages of one monitor were looked at and searched, ever and in the last 30 days."""

    looks: int = 0
    recent_looks: int = 0
    searches: int = 0
    recent_searches: int = 0


def tallies_of(monitors: Iterable[Monitor]) -> dict[int, Tally]:
    """Count the looks and searches of some monitors in the log."""
    numbers = [str(monitor.pk) for monitor in monitors]
    recent = Q(at__gte=timezone.now() - RECENT)
    rows = (
        AuditEvent.objects.filter(
            object_type=OF_MONITOR, object_id__in=numbers, action__in=(LOOKED, SEARCHED, EXPORTED)
        )
        .order_by()
        .values("object_id")
        .annotate(
            looks=Count("pk", filter=~Q(action=SEARCHED)),
            recent_looks=Count("pk", filter=~Q(action=SEARCHED) & recent),
            searches=Count("pk", filter=Q(action=SEARCHED)),
            recent_searches=Count("pk", filter=Q(action=SEARCHED) & recent),
        )
    )
    return {
        int(row["object_id"]): Tally(
            row["looks"], row["recent_looks"], row["searches"], row["recent_searches"]
        )
        for row in rows
    }


def supervised(user: Any) -> QuerySet[Organisation]:
    """Return the organisations in which a person looks over the shoulder of the others."""
    return organisations_with(user, "may_approve")


def supervises(user: Any) -> bool:
    """Say whether a person does so anywhere."""
    return supervised(user).exists()


def independently_supervised(user: Any) -> QuerySet[Organisation]:
    """Return the organisations in which a person supervises and does not write or publish: as the FG does.

    Who looks for what is kept of a person reads messages of people one by one; whoever follows a subject for
    the organisation must not be able to do that under another name.
    """
    found = supervised(user)
    for right in ("may_write", "may_publish"):
        found = found.exclude(pk__in=organisations_with(user, right).values("pk"))
    return found


def own_monitors(user: Any) -> QuerySet[Monitor]:
    """Return the monitors a person may read in organisations where he or she writes."""
    return visible_monitors(user).filter(dossier__organisation__in=organisations_with(user, "may_write"))


def visible_looks(user: Any) -> QuerySet[AuditEvent]:
    """Return every look in supervised organisations, and of the own monitors for who writes."""
    chains = [chain_of(pk) for pk in supervised(user).values_list("pk", flat=True)]
    numbers = [str(pk) for pk in own_monitors(user).values_list("pk", flat=True)]
    own = Q(object_type=OF_MONITOR, object_id__in=numbers, action__in=(LOOKED, SEARCHED, EXPORTED))
    return AuditEvent.objects.filter(Q(chain__in=chains, action__in=list(LOOKS)) | own)


def look_words(event: AuditEvent) -> str:
    """Name what was done."""
    return str(LOOKS.get(event.action, event.action))


def people_who_looked(user: Any) -> list[tuple[str, str]]:
    """Return who stands in the lines a person may read."""
    names = visible_looks(user).order_by("actor").values_list("actor", flat=True).distinct()
    return [(name, name) for name in names]


def monitors_looked_at(user: Any) -> list[tuple[str, str]]:
    """Return the monitors that stand in those lines."""
    lines = visible_looks(user).filter(object_type=OF_MONITOR).order_by("object_id")
    numbers = lines.values_list("object_id", flat=True).distinct()
    titles = Monitor.objects.filter(pk__in=[int(number) for number in numbers]).order_by("title")
    return [(str(pk), title) for pk, title in titles.values_list("pk", "title")]


def of_monitor(rows: QuerySet[AuditEvent], number: str) -> QuerySet[AuditEvent]:
    """Keep the lines of one monitor."""
    return rows.filter(object_type=OF_MONITOR, object_id=number)


def since(rows: QuerySet[AuditEvent], days: str) -> QuerySet[AuditEvent]:
    """Keep what happened in the last days."""
    return rows.filter(at__gte=moment_before(days))


def moment_before(days: str) -> datetime:
    """Return the moment so many days ago."""
    return timezone.now() - timedelta(days=int(days))
