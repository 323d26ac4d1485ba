"""Requests that wait for a second person, for whom they wait, and what was decided."""

from typing import Any

from django.db.models import QuerySet

from regietafel.monitor.engine.workflow import second_person_objections
from regietafel.monitor.models import MonitorRequest
from regietafel.register.public import may, organisations_with

OPEN = MonitorRequest.Decision.OPEN


def visible_requests(user: Any) -> QuerySet[MonitorRequest]:
    """Return the requests of organisations in which a person writes or approves."""
    own = organisations_with(user, "may_write") | organisations_with(user, "may_approve")
    rows = MonitorRequest.objects.filter(monitor__dossier__organisation__in=own)
    return rows.select_related("monitor__dossier__organisation", "requested_by", "decided_by")


def may_decide(user: Any, request: MonitorRequest) -> bool:
    """Say whether a person may decide: it is open, someone else asked, and the role allows it."""
    if request.decision != OPEN or not may(
        user, "may_approve", organisation_id=request.monitor.dossier.organisation_id
    ):
        return False
    return not second_person_objections(asked_by=str(request.requested_by_id), decided_by=str(user.pk))


def requests_waiting(user: Any) -> QuerySet[MonitorRequest]:
    """Return the open requests that wait for this person."""
    own = organisations_with(user, "may_approve")
    rows = visible_requests(user).filter(decision=OPEN, monitor__dossier__organisation__in=own)
    return rows.exclude(requested_by_id=user.pk).order_by("requested_at")
