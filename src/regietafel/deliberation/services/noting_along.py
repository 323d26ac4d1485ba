"""What is noted with one key or one line while people talk: typed lines, attendance and the press line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.merging import merge
from regietafel.deliberation.engine.terms import condition_of, due_of
from regietafel.deliberation.engine.typed import TypedLine, UnreadableLine, typed_line
from regietafel.deliberation.models import AgendaItem, Attendance, Body, Entry, Meeting
from regietafel.deliberation.selectors.access import seats_in_force
from regietafel.deliberation.services.meetings import note_attendance
from regietafel.deliberation.services.noting import Noted, add_entry
from regietafel.deliberation.services.writing import lock_item, lock_meeting, log
from regietafel.kit.changes import change
from regietafel.kit.refusal import Refused
from regietafel.register.public import Organisation, User

LONGEST_DEPUTY, LONGEST_CONDITION = 120, 300
LONGEST_PRESS_LINE = 4_000


@transaction.atomic
def add_typed_line(*, item: AgendaItem, line: str, by: User | None) -> tuple[Entry, bool]:
    """Note a line as typed: "b …", "k …" or "a Losser: … voor 19 april".

    Returns:
        The line of the minutes, and whether it is new: what was sent again after a broken connection is not
        noted twice.
    """
    locked = lock_item(item, by)
    owners = _owners_of(locked.meeting.body)
    try:
        typed = typed_line(line, owners={name: number for number, (name, _owner) in enumerate(owners)})
    except UnreadableLine as error:
        raise Refused(
            _("Begin met b (besluit), k (knelpunt) of a (actie), een spatie, en de tekst.")
        ) from error
    same = locked.entries.filter(kind=typed.kind, text=typed.text).exclude(state=Entry.State.WITHDRAWN)
    if there := same.first():
        return there, False
    owner = owners[typed.owner][1] if typed.owner is not None else {}
    values = {**owner, **_term_of(typed, locked.meeting)}
    return add_entry(item=locked, kind=typed.kind, text=typed.text, by=by, **values), True


def _owners_of(body: Body) -> list[tuple[str, Mapping[str, Any]]]:
    """Give the names one may type before a colon, each with what it means."""
    organisations: dict[int, Organisation] = {}
    found: list[tuple[str, Mapping[str, Any]]] = []
    for seat in body.seats.filter(seats_in_force()).select_related("organisation"):
        if seat.organisation is not None:
            organisations[seat.organisation.pk] = seat.organisation
        if seat.function:
            found.append(
                (str(seat), {"owner_organisation": seat.organisation, "owner_function": seat.function})
            )
    names = [(str(one), {"owner_organisation": one}) for one in organisations.values()]
    return [*names, *found]


def _term_of(typed: TypedLine, meeting: Meeting) -> dict[str, Any]:
    """Give the term that an action names in its own words, or the condition of a decision."""
    if typed.kind == Entry.Kind.DECISION:
        return _condition_of(typed.text)
    if typed.kind != Entry.Kind.ACTION:
        return {}
    due = due_of(typed.text, on=timezone.localtime(meeting.starts_at).date())
    if due is None:
        return {}
    return {"due_on": due.day, "due_is_inclusive": due.is_inclusive, "due_written": due.written[:120]}


def _condition_of(text: str) -> dict[str, Any]:
    found = condition_of(text)
    if found is None or found.kind not in Entry.Condition.values:
        return {}
    return {"condition_kind": found.kind, "condition": found.written[:LONGEST_CONDITION]}


@transaction.atomic
def write_press_line(*, meeting: Meeting, text: str, was: str, by: User | None) -> Noted:
    """Store what the meeting tells the press; what somebody else wrote since `was` stays."""
    locked = lock_meeting(meeting, by)
    text, was = (one.replace("\r\n", "\n").replace("\r", "\n") for one in (text, was))
    found = merge(was, theirs=locked.press_line, mine=text)
    if len(found.text) > LONGEST_PRESS_LINE:
        raise Refused(_("De perslijn is te lang."))
    changes = change(locked, {"press_line": found.text})
    if changes:
        log("perslijn.gewijzigd", locked, body=locked.body, by=by, changes=changes)
    return Noted(found.text, locked.revision, found.is_double, found.text != text)


@dataclass(frozen=True)
class Presence:
    """What is stored now; `was_kept` when somebody else was first, whose choice stands."""

    attendance: Attendance
    was_kept: bool = False


@transaction.atomic
def note_presence(*, attendance: Attendance, status: str, was: str, by: User | None) -> Presence:
    """Note whether a seat or guest is there, unless somebody else noted otherwise since `was`."""
    lock_meeting(attendance.meeting, by)
    row = (
        Attendance.objects.select_for_update(of=("self",))
        .select_related("seat", "meeting")
        .get(pk=attendance.pk)
    )
    if row.status not in (was, status):
        return Presence(row, was_kept=True)
    deputy = row.replaced_by or (row.seat.deputy if row.seat else "")
    return Presence(note_attendance(attendance=row, status=status, replaced_by=deputy, by=by))


@transaction.atomic
def name_deputy(*, attendance: Attendance, deputy: str, was: str, by: User | None) -> Presence:
    """Say who sat in for somebody; a name that somebody else wrote since `was` stays beside it."""
    lock_meeting(attendance.meeting, by)
    row = Attendance.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=attendance.pk)
    mine, theirs = deputy.strip(), row.replaced_by
    both = mine if theirs in (was.strip(), mine, "") else f"{theirs} / {mine}"
    if len(both) > LONGEST_DEPUTY:
        raise Refused(_("Gebruik voor “vervangen door” hoogstens 120 tekens."))
    status = Attendance.Status.REPLACED
    stored = note_attendance(attendance=row, status=status, replaced_by=both, by=by)
    return Presence(stored, was_kept=both != mine)
