"""Who looks at messages leaves a trace: with which monitor, for which purpose."""

from datetime import timedelta

from django.utils import timezone

from regietafel.kit.audit import history, record
from regietafel.monitor.models import Monitor
from regietafel.register.public import User

ACTION = "berichten.ingezien"
AGAIN_AFTER = timedelta(minutes=10)


def note_look(*, monitor: Monitor, by: User) -> None:
    """Note that a person looked at the messages of a monitor; once in ten minutes is enough."""
    recently = timezone.now() - AGAIN_AFTER
    if history(monitor).filter(action=ACTION, actor_id=by.pk, at__gte=recently).exists():
        return
    purpose = monitor.get_purpose_display()
    record(
        ACTION,
        monitor,
        organisation_id=monitor.dossier.organisation_id,
        by=by,
        details={"reason": f"doel: {purpose}"},
    )
