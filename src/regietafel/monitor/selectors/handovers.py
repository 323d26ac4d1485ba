"""Messages that were handed to the police: for the data protection officer, the owner, and who did it."""

from typing import Any

from django.db.models import Q, QuerySet

from regietafel.kit.audit import history
from regietafel.monitor.models import Message, Monitor, PoliceHandover
from regietafel.monitor.selectors.looks import FILE_FETCHED
from regietafel.monitor.selectors.monitors import may_steer
from regietafel.monitor.selectors.retention import working_organisations
from regietafel.register.public import organisations_with


def visible_handovers(user: Any) -> QuerySet[PoliceHandover]:
    """Return the handovers a person may know of."""
    supervised = Q(monitor__dossier__organisation__in=organisations_with(user, "may_approve"))
    own = Q(monitor__owner_id=user.pk) | Q(handed_by_id=user.pk)
    own &= Q(monitor__dossier__organisation__in=working_organisations(user))
    return PoliceHandover.objects.filter(supervised | own).select_related(
        "monitor__dossier__organisation", "message", "handed_by"
    )


def may_hand_over(user: Any, monitor: Monitor) -> bool:
    """Say whether a person may hand a message of this monitor to the police."""
    return may_steer(user, monitor.dossier)


def is_fetched(handover: PoliceHandover) -> bool:
    """Say whether the text was fetched already; that can be done once."""
    return history(handover).filter(action=FILE_FETCHED).exists()


def answers(monitor: Monitor, message: Message) -> bool:
    """Say whether a message belongs to a monitor and its text is still there."""
    return monitor.matches.filter(message=message, message__erased_at__isnull=True).exists()
