"""What every write of deliberation does: check the right, lock, and note what changed."""

from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from regietafel.deliberation.models import AgendaItem, Body, Meeting
from regietafel.deliberation.selectors.access import keeps, may_confirm
from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused

Row = TypeVar("Row", bound=Model)


def require_secretariat(body: Body, by: Any) -> None:
    """Refuse who does not keep the secretariat of a body."""
    if not keeps(by, body):
        raise Refused(_("Alleen het secretariaat van dit overleg kan dit wijzigen."))


def require_confirming(body: Body, by: Any) -> None:
    """Refuse who may not lay down minutes."""
    if not may_confirm(by, body):
        raise Refused(_("Uw rol geeft u niet het recht om een verslag vast te stellen."))


def lock_meeting(meeting: Meeting, by: Any, *, open_only: bool = True) -> Meeting:
    """Lock a meeting for a change of its agenda or minutes; confirmed minutes are frozen."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    require_secretariat(locked.body, by)
    if open_only and locked.state == Meeting.State.CONFIRMED:
        raise Refused(_("Dit verslag is vastgesteld. Maak een nieuwe versie om iets te wijzigen."))
    if open_only and locked.state == Meeting.State.CANCELLED:
        raise Refused(_("Deze vergadering is vervallen."))
    return locked


def lock_item(item: AgendaItem, by: Any) -> AgendaItem:
    """Lock an agenda item of a meeting that may still change."""
    lock_meeting(item.meeting, by)
    return AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=item.pk)


def log(action: str, row: Model, *, body: Body, by: Any, **details: Any) -> None:
    """Add a line to the log of the organisation that keeps the secretariat.

    `details` are `changes` (field -> [old, new]) and `reason`.
    """
    record(action, row, organisation_id=body.organisation_id, by=by, details=details)
