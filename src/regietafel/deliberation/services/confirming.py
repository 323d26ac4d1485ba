"""Minutes are laid down: frozen with a fingerprint, in the next meeting or by a person with that right."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.content import fingerprint
from regietafel.deliberation.models import Meeting, MinutesVersion
from regietafel.deliberation.selectors.minutes import content_of
from regietafel.deliberation.services.writing import lock_meeting, log, require_confirming
from regietafel.kit.changes import change
from regietafel.kit.refusal import Refused
from regietafel.register.public import User


@transaction.atomic
def confirm_minutes(
    *, meeting: Meeting, by: User | None, confirmed_in: Meeting | None = None
) -> MinutesVersion:
    """Freeze the draft minutes as the first version, or as the next after a change.

    The table itself lays down minutes in a later meeting, and the secretary notes that; outside a meeting it
    takes the right to lay down.
    """
    locked = lock_meeting(meeting, by)
    if confirmed_in is None:
        require_confirming(locked.body, by)
    else:
        _require_table(locked, confirmed_in)
    if locked.state != Meeting.State.DRAFT:
        raise Refused(_("Alleen een conceptverslag kan worden vastgesteld. Sluit eerst de vergadering."))
    change(
        locked,
        {
            "state": Meeting.State.CONFIRMED,
            "confirmed_at": timezone.now(),
            "confirmed_by": by,
            "confirmed_in": confirmed_in,
        },
    )
    version = _frozen(locked, by=by)
    told = {"versie": [None, version.number], "vingerafdruk": [None, version.content_sha256]}
    log("verslag.vastgesteld", locked, body=locked.body, by=by, changes=told)
    return version


def _require_table(meeting: Meeting, later: Meeting) -> None:
    """Refuse a meeting that did not lay down these minutes."""
    if later.body_id != meeting.body_id:
        raise Refused(_("Een verslag wordt vastgesteld in een vergadering van hetzelfde overleg."))
    if later.opened_at is None or not later.items.filter(confirms=meeting).exists():
        raise Refused(_("Dit verslag staat niet op de agenda van een vergadering die is begonnen."))


def _frozen(meeting: Meeting, *, by: Any) -> MinutesVersion:
    content = content_of(meeting).to_json()
    last = meeting.versions.aggregate(last=Max("number"))["last"] or 0
    return MinutesVersion.objects.create(
        meeting=meeting,
        number=last + 1,
        content=content,
        content_sha256=fingerprint(content),
        reason=meeting.reopened_reason,
        made_by=by,
    )


@transaction.atomic
def begin_new_version(*, meeting: Meeting, reason: str, by: User | None) -> Meeting:
    """Open laid-down minutes for a change; the frozen version stays, and a next one must be laid down."""
    locked = lock_meeting(meeting, by, open_only=False)
    require_confirming(locked.body, by)
    if locked.state != Meeting.State.CONFIRMED:
        raise Refused(_("Dit verslag is nog niet vastgesteld; u kunt het gewoon wijzigen."))
    if not reason.strip():
        raise Refused(_("Schrijf kort wat er moet veranderen."))
    change(locked, {"state": Meeting.State.DRAFT, "reopened_reason": reason.strip()[:300]})
    log("verslag.heropend", locked, body=locked.body, by=by, reason=reason)
    return locked
