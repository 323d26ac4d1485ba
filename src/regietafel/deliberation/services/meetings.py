"""Meetings: planned one by one or as a series, invited, opened, closed, cancelled."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.agenda import meeting_days
from regietafel.deliberation.models import Attendance, Body, Guest, Meeting
from regietafel.deliberation.selectors.access import seats_in_force
from regietafel.deliberation.services.agenda import fill_agenda
from regietafel.deliberation.services.mailing import send_cancellation
from regietafel.deliberation.services.writing import lock_meeting, log, require_secretariat
from regietafel.kit.changes import change
from regietafel.kit.refusal import Refused
from regietafel.register.public import User

BEFORE_START = (Meeting.State.PLANNED, Meeting.State.INVITED)


@transaction.atomic
def plan_meeting(
    *, body: Body, starts_at: datetime, by: User | None, series: str = "", **values: Any
) -> Meeting:
    """Plan a meeting, with the fixed items and what is open on its agenda; the latter not with
    `with_open=False`.
    """
    with_open = values.pop("with_open", True)
    locked = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    require_secretariat(locked, by)
    if locked.ended_on is not None:
        raise Refused(_("Dit overleg is beëindigd. Open het weer om een vergadering te plannen."))
    ends_at = values.pop("ends_at", None) or starts_at + timedelta(minutes=locked.minutes)
    if ends_at < starts_at:
        raise Refused(_("De vergadering eindigt voordat zij begint."))
    last = Meeting.objects.filter(body=locked).aggregate(last=Max("number"))["last"] or 0
    meeting = Meeting.objects.create(
        body=locked,
        number=last + 1,
        starts_at=starts_at,
        ends_at=ends_at,
        series=series,
        created_by=by,
        **{"place": locked.place, "chair": _chair(locked), **values},
    )
    _seat_everybody(meeting)
    fill_agenda(meeting=meeting, by=by, with_open=with_open)
    log("vergadering.gepland", meeting, body=locked, by=by, changes={"begint": [None, str(starts_at)]})
    return meeting


def _chair(body: Body) -> str:
    seat = body.seats.filter(seats_in_force(), part="voorzitter").first()
    return str(seat) if seat else ""


def _seat_everybody(meeting: Meeting) -> None:
    seats = meeting.body.seats.filter(seats_in_force()).exclude(part="agendalid")
    Attendance.objects.bulk_create(Attendance(meeting=meeting, seat=seat) for seat in seats)


@transaction.atomic
def plan_series(*, body: Body, first: datetime, until: date, by: User | None) -> Sequence[Meeting]:
    """Plan the meetings of a series in the rhythm of the body.

    The first gets what is open on its agenda; the others have the fixed items until they are near.
    """
    if not body.interval_weeks:
        raise Refused(_("Dit overleg heeft geen vast ritme. Vul in om de hoeveel weken het bijeenkomt."))
    local = timezone.localtime(first)
    days = meeting_days(local.date(), interval_weeks=body.interval_weeks, until=until)
    if not days:
        raise Refused(_("De laatste dag ligt voor de eerste vergadering."))
    series = secrets.token_hex(8)
    starts = [timezone.make_aware(datetime.combine(day, local.time().replace(tzinfo=None))) for day in days]
    return [
        plan_meeting(body=body, starts_at=start, by=by, series=series, with_open=start == starts[0])
        for start in starts
    ]


@transaction.atomic
def change_meeting(*, meeting: Meeting, revision: int, by: User | None, **values: Any) -> Meeting:
    """Change time, place, chair, title or press line, unless somebody else did so since it was read."""
    locked = lock_meeting(meeting, by)
    if locked.revision != revision:
        raise Refused(_("Iemand anders wijzigde deze vergadering intussen. Kijk wat er nu staat."))
    starts_at, ends_at = (values.get(name, getattr(locked, name)) for name in ("starts_at", "ends_at"))
    if ends_at < starts_at:
        raise Refused(_("De vergadering eindigt voordat zij begint."))
    changes = change(locked, values)
    if changes:
        _raise_revision(locked)
        log("vergadering.gewijzigd", locked, body=locked.body, by=by, changes=changes)
    return locked


def _raise_revision(meeting: Meeting) -> None:
    meeting.revision += 1
    meeting.save(update_fields=("revision",))


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User | None, site: str = "") -> Meeting:
    """Cancel a meeting that has not begun, with the reason; who was invited gets word.

    `site` is the address of the product, for the link in the mail.
    """
    locked = lock_meeting(meeting, by)
    if locked.state not in BEFORE_START:
        raise Refused(_("Deze vergadering is al begonnen en kan niet meer vervallen."))
    if not reason.strip():
        raise Refused(_("Schrijf kort waarom de vergadering vervalt."))
    change(locked, {"state": Meeting.State.CANCELLED, "cancelled_reason": reason.strip()[:300]})
    _raise_revision(locked)
    if locked.invited_at is not None:
        send_cancellation(meeting=locked, by=by, site=site)
    log("vergadering.vervallen", locked, body=locked.body, by=by, reason=reason)
    return locked


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    """Begin: from now on notes are taken."""
    locked = lock_meeting(meeting, by)
    if locked.state not in BEFORE_START:
        raise Refused(_("Deze vergadering is al begonnen."))
    change(locked, {"state": Meeting.State.RUNNING, "opened_at": timezone.now()})
    log("vergadering.geopend", locked, body=locked.body, by=by)
    return locked


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    """End: what was noted becomes the draft minutes, which the members may read."""
    locked = lock_meeting(meeting, by)
    if locked.state != Meeting.State.RUNNING:
        raise Refused(_("Deze vergadering is niet bezig."))
    change(locked, {"state": Meeting.State.DRAFT, "closed_at": timezone.now()})
    log("vergadering.gesloten", locked, body=locked.body, by=by)
    return locked


@transaction.atomic
def reopen_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    """Go on with a meeting that was closed too early; the draft is no longer shown to members."""
    locked = lock_meeting(meeting, by)
    if locked.state != Meeting.State.DRAFT:
        raise Refused(_("Alleen een vergadering met een conceptverslag kan weer open."))
    change(locked, {"state": Meeting.State.RUNNING, "closed_at": None})
    log("vergadering.heropend", locked, body=locked.body, by=by)
    return locked


@transaction.atomic
def note_attendance(
    *, attendance: Attendance, status: str, by: User | None, replaced_by: str = ""
) -> Attendance:
    """Note whether a seat or guest is there, or by whom it is replaced."""
    meeting = lock_meeting(attendance.meeting, by)
    if status not in Attendance.Status.values:
        raise Refused(_("Kies een van de vijf soorten aanwezigheid."))
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    kept = replaced_by.strip()[:120] if status == Attendance.Status.REPLACED else ""
    changes = change(row, {"status": status, "replaced_by": kept})
    if changes:
        log("aanwezigheid.genoteerd", row, body=meeting.body, by=by, changes=changes)
    return row


@transaction.atomic
def invite_guest(*, meeting: Meeting, function: str, by: User | None, **values: Any) -> Guest:
    """Invite somebody from outside to one meeting; a guest sees only items that are for guests."""
    locked = lock_meeting(meeting, by)
    if not function.strip():
        raise Refused(_("Schrijf op in welke functie de gast komt."))
    guest = Guest.objects.create(meeting=locked, function=function.strip(), **values)
    Attendance.objects.create(meeting=locked, guest=guest)
    log("gast.uitgenodigd", guest, body=locked.body, by=by, changes={"gast": [None, str(guest)]})
    return guest


@transaction.atomic
def withdraw_guest(*, guest: Guest, by: User | None) -> None:
    """Take an invitation back; the guest sees nothing more of the meeting."""
    meeting = lock_meeting(guest.meeting, by)
    log("gast.afgezegd", guest, body=meeting.body, by=by, changes={"gast": [str(guest), None]})
    guest.delete()
