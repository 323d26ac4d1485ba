"""How urgent a monitor is; that decides when the next omgevingsbeeld is expected."""

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Monitor
from regietafel.register.public import User


@transaction.atomic
def set_urgency(*, monitor: Monitor, urgency: str, reason: str, by: User | None) -> Monitor:
    """Say how urgent the subject is now, and why."""
    if not reason.strip():
        raise Refused(_("Schrijf kort waarom."))
    locked = Monitor.objects.select_for_update(of=("self",), no_key=True)
    monitor = locked.select_related("dossier").get(pk=monitor.pk)
    if monitor.state == Monitor.State.STOPPED:
        raise Refused(_("De monitor is gestopt."))
    was, monitor.urgency = monitor.urgency, urgency
    monitor.save(update_fields=("urgency", "updated_at"))
    record(
        "monitor.urgentie-gewijzigd",
        monitor,
        organisation_id=monitor.dossier.organisation_id,
        by=by,
        details={"changes": {"urgency": [was, urgency]}, "reason": reason.strip()},
    )
    return monitor
