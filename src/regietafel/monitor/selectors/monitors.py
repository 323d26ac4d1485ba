"""Monitors a person may see, what is known of them, and what stands in their way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.privacy import PersonFound, persons_in_query
from regietafel.monitor.engine.query import Query, QueryError, parse
from regietafel.monitor.engine.workflow import MonitorTerms, Objection, objections
from regietafel.monitor.models import MediaPicture, Monitor, MonitorRequest, QueryVersion
from regietafel.register.public import Dossier, User, may, may_write_dossier, people_of, readable


def visible_monitors(user: Any) -> QuerySet[Monitor]:
    """Return the monitors of all dossiers a person may read, each with its last published picture."""
    published = MediaPicture.objects.filter(monitor=OuterRef("pk"), state=MediaPicture.State.PUBLISHED)
    last = published.order_by("-number")
    return (
        Monitor.objects.filter(readable(user, "dossier__"))
        .select_related("dossier__organisation", "owner")
        .annotate(
            last_number=Subquery(last.values("number")[:1]),
            last_until=Subquery(last.values("period_until")[:1]),
            last_published_at=Subquery(last.values("published_at")[:1]),
        )
    )


def monitor_by_number(number: int) -> Monitor:
    """Return a monitor, for the command line, where whoever runs it has the database anyway."""
    return Monitor.objects.select_related("dossier").get(pk=number)


def monitor_numbered(number: int) -> Monitor | None:
    """Return a monitor by its number, for the command line."""
    return Monitor.objects.select_related("dossier__organisation").filter(pk=number).first()


def monitors_of(user: Any, dossier: Dossier) -> QuerySet[Monitor]:
    """Return the monitors of one dossier, as far as a person may read it."""
    return visible_monitors(user).filter(dossier=dossier)


def current_query(monitor: Monitor) -> QueryVersion | None:
    """Return the question as it now stands."""
    return monitor.query_versions.order_by("-number").first()


def running_monitors() -> QuerySet[Monitor]:
    """Return the monitors that run today, of all organisations."""
    today = timezone.localdate()
    return Monitor.objects.filter(state=Monitor.State.RUNNING, starts_on__lte=today, ends_on__gte=today)


def current_versions(monitors: QuerySet[Monitor]) -> QuerySet[QueryVersion]:
    """Return the question of each monitor as it now stands."""
    of_monitor = QueryVersion.objects.filter(monitor=OuterRef("monitor")).order_by().values("monitor")
    last = of_monitor.annotate(last=Max("number")).values("last")
    return QueryVersion.objects.filter(monitor__in=monitors, number=Subquery(last))


def question_of(version: QueryVersion) -> Query:
    """Return a version of the question as it is asked: its blanks filled in with the values it was kept with.

    Raises:
        QueryError: without a value for one of its blanks it would ask something else.
    """
    query = parse(version.text)
    return query.filled(version.blank_values) if query.blanks() else query


def asked_text(version: QueryVersion) -> str:
    """Return a version of the question as others may read it: as written, or with its blanks filled in."""
    try:
        return question_of(version).canonical() if version.blank_values else version.text
    except QueryError:
        return version.text


def current_question(monitor: Monitor) -> Query | None:
    """Return the question as it is asked now, or None when a monitor has none.

    Raises:
        QueryError: a blank without which it cannot be asked is not filled in.
    """
    version = current_query(monitor)
    return question_of(version) if version else None


def unfilled_reason(version: QueryVersion | None) -> str:
    """Say which blank has no value while the question cannot be asked without it; empty when it can."""
    if version is None:
        return ""
    try:
        question_of(version)
    except QueryError as error:
        return error.message
    return ""


def query_versions(monitor: Monitor) -> QuerySet[QueryVersion]:
    """Return every version of the question, newest first."""
    return monitor.query_versions.select_related("created_by").order_by("-number")


def persons_asked_for(
    text: str, values: Mapping[str, Sequence[str]] | None = None
) -> tuple[PersonFound, ...]:
    """Name the parts of a question, and of what its blanks are filled with, that ask for a private person.

    Raises:
        QueryError: the question cannot be read.
    """
    return persons_in_query(parse(text), names=name_lists(), values=values)


def terms_of(monitor: Monitor) -> MonitorTerms:
    """Return what is known of a monitor, for the rules that say whether it may run."""
    version = current_query(monitor)
    question = version.text if version else ""
    extended = _granted(monitor, MonitorRequest.Kind.EXTENSION).aggregate(last=Max("decided_at"))["last"]
    return MonitorTerms(
        question=question,
        purpose=monitor.purpose,
        legal_basis=monitor.legal_basis,
        reason=monitor.reason,
        dpia_reference=monitor.dpia_reference,
        owner=monitor.owner.name if monitor.owner else "",
        starts_on=monitor.starts_on,
        ends_on=monitor.ends_on,
        counted_from=timezone.localdate(extended) if extended else monitor.starts_on,
        source_count=monitor.sources.filter(is_active=True).count(),
        retention_days=monitor.retention_days,
        retention_approved=_granted(monitor, MonitorRequest.Kind.RETENTION)
        .filter(new_retention_days__gte=monitor.retention_days)
        .exists(),
        persons=tuple(found.written for found in persons_asked_for(question, version.blank_values))
        if version
        else (),
        unfilled=unfilled_reason(version),
        state=Monitor.State.RUNNING,
    )


def _granted(monitor: Monitor, kind: str) -> QuerySet[MonitorRequest]:
    return monitor.requests.filter(kind=kind, decision=MonitorRequest.Decision.GRANTED)


def objections_to(monitor: Monitor, on: date | None = None) -> tuple[Objection, ...]:
    """Return every reason why a monitor may not run on a day."""
    return objections(terms_of(monitor), on=on or timezone.localdate())


def possible_owners(user: Any, dossier: Dossier) -> QuerySet[User]:
    """Return who may own a monitor: colleagues of this person with a role in the owning organisation."""
    held = {"memberships__organisation_id": dossier.organisation_id, "memberships__is_guest": False}
    return people_of(user).filter(**held).distinct()


def works_for(user: Any, organisation_id: int) -> bool:
    """Say whether a person works on the matters of an organisation; only they see messages and sources."""
    return any(
        may(user, right, organisation_id=organisation_id)
        for right in ("may_write", "may_publish", "may_approve")
    )


def may_steer(user: Any, dossier: Dossier) -> bool:
    """Say whether a person may change monitors and drafts: a writer of the owning organisation.

    Who contributes to the dossier from elsewhere adds facts and notes, and reads what is published.
    """
    writes = may(user, "may_write", organisation_id=dossier.organisation_id)
    return writes and may_write_dossier(user, dossier)


def requests_of(monitor: Monitor) -> QuerySet[MonitorRequest]:
    """Return what was asked of a second person, newest first."""
    return monitor.requests.select_related("requested_by", "decided_by")


def public_register() -> QuerySet[Monitor]:
    """Return every monitor of every organisation that runs or ever ran; nobody can take one out."""
    versions = QueryVersion.objects.order_by("-number")
    return (
        Monitor.objects.filter(started_at__isnull=False)
        .select_related("dossier__organisation")
        .prefetch_related("sources", Prefetch("query_versions", versions))
        .order_by("dossier__organisation__name", "-started_at")
    )
