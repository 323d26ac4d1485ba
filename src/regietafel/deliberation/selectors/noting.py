"""What the secretary's screen shows: the agenda with all that was noted, in a fixed number of questions."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from regietafel.deliberation.engine.wording import condition_told, term_told
from regietafel.deliberation.models import AgendaItem, Attendance, Entry, Meeting, Paper
from regietafel.deliberation.selectors.access import seats_in_force, visible_entries, visible_items
from regietafel.deliberation.selectors.minutes import attendances_of, owner_of
from regietafel.register.public import Organisation, User

MOST_FOUND = 50
NO_LINES, NO_ORGANISATIONS, NO_PEOPLE = Entry.objects.none(), Organisation.objects.none(), User.objects.none()
# One key goes round: what is most often noted comes first.
ROUND = (
    Attendance.Status.PRESENT,
    Attendance.Status.EXCUSED,
    Attendance.Status.REPLACED,
    Attendance.Status.ABSENT,
    Attendance.Status.UNKNOWN,
)


@dataclass(frozen=True)
class ShownEntry:
    """A line of the minutes with its owner, term and condition in words."""

    entry: Entry
    owner: str
    term: str
    condition: str


@dataclass(frozen=True)
class ShownItem:
    """An agenda item on the screen; `carried` is the line it comes from, when one may read that."""

    item: AgendaItem
    entries: tuple[ShownEntry, ...]
    carried: ShownEntry | None = None


@dataclass(frozen=True)
class ShownAttendance:
    """A chip: who, how it stands, and what the next key makes of it."""

    attendance: Attendance
    name: str
    next_status: str


def items_to_note(user: Any, meeting: Meeting) -> tuple[ShownItem, ...]:
    """Return the agenda as far as this person may read it, with all lines."""
    lines = Entry.objects.select_related("owner_organisation", "owner_person").order_by("order", "pk")
    papers = Paper.objects.filter(removed_at__isnull=True)
    found = list(
        visible_items(user)
        .filter(meeting=meeting)
        .select_related("inquiry", "confirms__body")
        .prefetch_related(Prefetch("entries", lines), Prefetch("papers", papers))
        .order_by("order", "pk")
    )
    numbers = [item.carried_id for item in found if item.carried_id]
    carried = {line.pk: shown(line) for line in visible_entries(user).filter(pk__in=numbers)}
    return tuple(
        ShownItem(
            item=item,
            entries=tuple(shown(line) for line in item.entries.all()),
            carried=carried.get(item.carried_id or 0),
        )
        for item in found
    )


def shown(entry: Entry) -> ShownEntry:
    """Return a line with its owner, term and condition in words."""
    return ShownEntry(
        entry=entry,
        owner=owner_of(entry),
        term=term_told(entry.due_on, is_inclusive=entry.due_is_inclusive, written=entry.due_written),
        condition=condition_told(entry.condition_kind, entry.condition),
    )


def chips_of(meeting: Meeting) -> tuple[ShownAttendance, ...]:
    """Return who is expected, with the status and the one that comes after it."""
    found = list(attendances_of(meeting))
    seated = Counter(one.seat.organisation_id for one in found if one.seat)
    return tuple(_chip(one, seated=seated) for one in found)


def _chip(attendance: Attendance, *, seated: Counter[int | None]) -> ShownAttendance:
    """Return one chip; of an organisation with one seat its name is enough."""
    here = ROUND.index(Attendance.Status(attendance.status))
    seat = attendance.seat
    name = str(seat or attendance.guest or attendance.name)
    if seat and seat.organisation and seated[seat.organisation_id] == 1:
        name = seat.organisation.name
    return ShownAttendance(attendance, name, ROUND[(here + 1) % len(ROUND)].value)


def entries_of_meeting(user: Any, meeting: Meeting) -> QuerySet[Entry]:
    """Return the lines of one meeting that this person may change."""
    return visible_entries(user).filter(item__meeting=meeting)


def earlier_lines(user: Any, entry: Entry, *, words: str = "") -> QuerySet[Entry]:
    """Return what a line may replace or carry out: lines of the same body that this person may read.

    Every word of `words` must be there; what the line is linked to already is there always.
    """
    body = entry.item.meeting.body_id
    rule = Q()
    for word in words.split():
        rule &= Q(search_text__contains=word)
    linked = Q(pk__in=[one for one in (entry.supersedes_id, entry.carries_out_id) if one])
    readable = visible_entries(user).filter(item__meeting__body=body).exclude(pk=entry.pk)
    found = readable.filter(rule).exclude(state=Entry.State.WITHDRAWN)
    kept = found.order_by("-item__meeting__starts_at", "order").values_list("pk", flat=True)[:MOST_FOUND]
    return readable.filter(Q(pk__in=list(kept)) | linked).order_by("-item__meeting__starts_at", "order", "pk")


def owners_at(entry: Entry) -> tuple[QuerySet[Organisation], QuerySet[User]]:
    """Return who may owe this line: who sits at the table today, and who owed it already."""
    body = entry.item.meeting.body
    seats = body.seats.filter(seats_in_force())
    organisations = Organisation.objects.filter(
        Q(pk__in=seats.values("organisation_id"))
        | Q(pk__in=[body.organisation_id, entry.owner_organisation_id])
    )
    people = User.objects.filter(Q(pk__in=seats.values("person_id")) | Q(pk=entry.owner_person_id))
    return organisations.order_by("name"), people.order_by("name")
