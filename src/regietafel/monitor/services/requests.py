"""What needs a second person: a later end of a monitor, or keeping raw text for more than thirty days."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.engine.workflow import (
    MAX_DAYS_AHEAD,
    RETENTION_MAX_DAYS,
    extension_objections,
    second_person_objections,
)
from regietafel.monitor.models import Monitor, MonitorRequest
from regietafel.monitor.selectors.monitors import terms_of
from regietafel.register.public import User, may


@transaction.atomic
def ask_extension(*, monitor: Monitor, new_end_on: date, reason: str, by: User) -> MonitorRequest:
    """Ask a second person for a later end, at most ninety days from today."""
    _refuse_stopped(monitor)
    latest = timezone.localdate() + timedelta(days=MAX_DAYS_AHEAD)
    if monitor.ends_on is None or new_end_on <= monitor.ends_on:
        raise Refused(_("Kies een datum na de huidige einddatum."))
    if new_end_on > latest:
        raise Refused(_("Verlengen kan hoogstens %s dagen vooruit.") % MAX_DAYS_AHEAD)
    return _ask(monitor, MonitorRequest.Kind.EXTENSION, reason=reason, by=by, new_end_on=new_end_on)


@transaction.atomic
def ask_retention(*, monitor: Monitor, new_retention_days: int, reason: str, by: User) -> MonitorRequest:
    """Ask a second person to keep raw text longer; never more than ninety days."""
    _refuse_stopped(monitor)
    if new_retention_days <= monitor.retention_days:
        raise Refused(_("Korter bewaren hoeft u niet te vragen: wijzig de monitor, dan geldt het meteen."))
    if new_retention_days > RETENTION_MAX_DAYS:
        raise Refused(_("Langer dan %s dagen bewaren mag nooit.") % RETENTION_MAX_DAYS)
    return _ask(
        monitor, MonitorRequest.Kind.RETENTION, reason=reason, by=by, new_retention_days=new_retention_days
    )


@transaction.atomic
def decide_request(*, request: MonitorRequest, granted: bool, reason: str, by: User) -> MonitorRequest:
    """Grant or refuse, as a second person with that right; the first decision counts."""
    request = (
        MonitorRequest.objects.select_for_update(of=("self",))
        .select_related("monitor__dossier", "requested_by")
        .get(pk=request.pk)
    )
    _refuse_decider(request, by)
    if not granted and not reason.strip():
        raise Refused(_("Schrijf kort waarom u de aanvraag afwijst."))
    request.decision = MonitorRequest.Decision.GRANTED if granted else MonitorRequest.Decision.REFUSED
    request.decided_by, request.decided_at = by, timezone.now()
    request.decision_reason = reason.strip()[:300]
    changes = _apply(request, by) if granted else {}
    request.save()
    _record(f"aanvraag.{request.decision}", request, by=by, changes=changes, reason=reason.strip())
    return request


def _refuse_stopped(monitor: Monitor) -> None:
    if monitor.state == Monitor.State.STOPPED:
        raise Refused(_("Deze monitor is gestopt. Maak een nieuwe monitor."))


def _refuse_decider(request: MonitorRequest, by: User) -> None:
    if request.decision != MonitorRequest.Decision.OPEN:
        raise Refused(_("Over deze aanvraag is al beslist."))
    same = second_person_objections(asked_by=str(request.requested_by_id), decided_by=str(by.pk))
    if same:
        raise Refused(same[0].message)
    if not may(by, "may_approve", organisation_id=request.monitor.dossier.organisation_id):
        raise Refused(_("Uw rol geeft u niet het recht om als tweede persoon te beslissen."))


def _ask(
    monitor: Monitor, kind: MonitorRequest.Kind, *, reason: str, by: User, **wanted: Any
) -> MonitorRequest:
    if not reason.strip():
        raise Refused(_("Schrijf waarom dit nodig is."))
    try:
        with transaction.atomic():
            request = MonitorRequest.objects.create(
                monitor=monitor, kind=kind, reason=reason.strip(), requested_by=by, **wanted
            )
    except IntegrityError as error:
        raise Refused(_("Er wacht al zo'n aanvraag op een tweede persoon.")) from error
    _record(
        "aanvraag.gedaan",
        request,
        by=by,
        changes={name: [None, value] for name, value in wanted.items()},
        reason=reason,
    )
    return request


def _apply(request: MonitorRequest, by: User) -> dict[str, Any]:
    """Give the monitor what was asked, unless the rules forbid it by now."""
    monitor = Monitor.objects.select_for_update(of=("self",)).get(pk=request.monitor_id)
    _refuse_stopped(monitor)
    if request.kind == MonitorRequest.Kind.RETENTION:
        assert request.new_retention_days is not None
        before, monitor.retention_days = monitor.retention_days, request.new_retention_days
        monitor.save(update_fields=("retention_days", "updated_at"))
        return {"retention_days": [before, monitor.retention_days]}
    assert request.new_end_on is not None
    found = extension_objections(
        terms_of(monitor),
        new_end_on=request.new_end_on,
        asked_by=str(request.requested_by_id),
        decided_by=str(by.pk),
        on=timezone.localdate(),
    )
    if found:
        raise Refused(" ".join(objection.message for objection in found))
    ended, monitor.ends_on = monitor.ends_on, request.new_end_on
    monitor.save(update_fields=("ends_on", "updated_at"))
    return {"ends_on": [ended, monitor.ends_on]}


def _record(action: str, request: MonitorRequest, *, by: User, changes: dict[str, Any], reason: str) -> None:
    record(
        action,
        request.monitor,
        organisation_id=request.monitor.dossier.organisation_id,
        by=by,
        details={"changes": changes, "reason": reason},
    )
