"""The minutes of a meeting as a person may read them, or whole for who freezes them."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.adapters.exporters.calendar import CalendarMeeting, meeting_uid
from regietafel.deliberation.engine.content import (
    AttendanceContent,
    EntryContent,
    ItemContent,
    MinutesContent,
    fingerprint,
)
from regietafel.deliberation.models import AgendaItem, Attendance, Body, Entry, Meeting, MinutesVersion, Paper
from regietafel.deliberation.selectors.access import (
    keeps,
    readable_items,
    sits,
    visible_entries,
)
from regietafel.kernel import dutch


def minutes_for(user: Any, meeting: Meeting, *, number: int | None = None) -> MinutesContent:
    """Return the minutes as far as this person may read them: closed items are not there at all.

    What is laid down is shown as it was frozen; `number` asks for an earlier version. Who does not sit at the
    table, a guest of one meeting, reads what was shared and neither press line nor who else was there.

    Raises:
        MinutesVersion.DoesNotExist: when there is no such version.
    """
    items = meeting.items.filter(readable_items(user))
    found = _frozen(meeting, number=number)
    if found is None:
        found = _content(meeting, items=items, entries=visible_entries(user))
        if meeting.closed_at is None and not keeps(user, meeting.body):
            unsaid = tuple(replace(one, notes="", outcome="") for one in found.items)
            found = replace(found, items=unsaid, press_line="")
    else:
        found = found.limited_to(set(items.values_list("pk", flat=True)))
    if sits(user, meeting):
        return found
    return replace(found, press_line="", attendance=())


def _frozen(meeting: Meeting, *, number: int | None = None) -> MinutesContent | None:
    """Read a version that was laid down: the one asked for, or the last while the minutes are laid down."""
    if number is not None:
        version = meeting.versions.get(number=number)
    elif meeting.state == Meeting.State.CONFIRMED and (last := meeting.versions.first()):
        version = last
    else:
        return None
    return replace(MinutesContent.from_json(version.content), version=version.number)


@dataclass(frozen=True)
class KnownVersion:
    """A version of minutes without what it says: when, why, and whether it is still what was laid down."""

    version: MinutesVersion
    is_intact: bool


def versions_of(meeting: Meeting) -> tuple[KnownVersion, ...]:
    """Return the versions of minutes, the last first, each checked against its fingerprint."""
    return tuple(
        KnownVersion(one, fingerprint(one.content) == one.content_sha256)
        for one in meeting.versions.select_related("made_by")
    )


def content_of(meeting: Meeting) -> MinutesContent:
    """Return the whole minutes, closed items included; only to be frozen, never to be shown as it is."""
    return _content(meeting, items=meeting.items.all(), entries=Entry.objects.all())


def _content(meeting: Meeting, *, items: QuerySet[AgendaItem], entries: QuerySet[Entry]) -> MinutesContent:
    body = meeting.body
    shown = items.select_related("confirms", "carried__item__meeting", "carried__closed_through__item")
    shown = shown.prefetch_related(
        Prefetch(
            "entries", entries.select_related("owner_organisation", "owner_person").order_by("order", "pk")
        ),
        Prefetch("papers", Paper.objects.filter(removed_at__isnull=True)),
    )
    return MinutesContent(
        body=body.name,
        organisation=str(body.organisation),
        meeting=str(meeting),
        number=meeting.number,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        state=meeting.state,
        place=meeting.place,
        chair=meeting.chair,
        press_line=meeting.press_line,
        confirmed_at=meeting.confirmed_at,
        is_fictional=body.organisation.is_fictional,
        items=tuple(_item(item) for item in shown.order_by("order", "pk")),
        attendance=tuple(_attendance(one) for one in attendances_of(meeting)),
    )


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Return who was there, in the order of the table, guests last."""
    return meeting.attendances.select_related("seat__organisation", "guest").order_by(
        F("guest_id").asc(nulls_first=True), F("seat__order").asc(nulls_last=True), "pk"
    )


def _attendance(one: Attendance) -> AttendanceContent:
    return AttendanceContent(
        name=str(one.seat or one.guest or one.name),
        status=one.status,
        replaced_by=one.replaced_by,
        is_guest=one.guest_id is not None,
        part=one.seat.part if one.seat else "lid",
    )


def _item(item: AgendaItem) -> ItemContent:
    return ItemContent(
        number=item.number,
        title=item.title,
        notes=item.notes,
        entries=tuple(_entry(one) for one in item.entries.all()),
        papers=tuple(paper.name for paper in item.papers.all()),
        confidentiality=item.confidentiality,
        for_guests=item.for_guests,
        introduction=item.introduction,
        outcome=_outcome(item),
        key=item.pk,
    )


def _outcome(item: AgendaItem) -> str:
    """Say what this meeting heard or did about what an earlier one left open."""
    if item.confirms is not None and item.confirms.confirmed_in_id == item.meeting_id:
        return _("Het verslag is vastgesteld.")
    entry = item.carried
    if entry is None:
        return ""
    day = dutch.date(timezone.localtime(entry.item.meeting.starts_at).date())
    told = [_("%(kind)s van %(day)s.") % {"kind": entry.get_kind_display().capitalize(), "day": day}]
    if entry.reported_in_id == item.meeting_id:
        is_shown = _is_shown_as_far(item, entry)
        told.append(_("Teruggemeld: %s") % entry.report if is_shown else _("Hierover is teruggemeld."))
        if entry.state == Entry.State.CLOSED:
            told.append(_("De actie is klaar."))
    if entry.closed_through is not None and entry.closed_through.item.meeting_id == item.meeting_id:
        told.append(_("In deze vergadering opgelost."))
    return " ".join(told)


def _is_shown_as_far(item: AgendaItem, entry: Entry) -> bool:
    """Say whether whoever reads the agenda item may read the earlier line as well."""
    is_as_secret = entry.item.confidentiality <= item.confidentiality
    return is_as_secret and (entry.item.for_guests or not item.for_guests)


def owner_of(entry: Entry) -> str:
    """Name who owes an action: organisation, function, and the person where one was named."""
    parts = (entry.owner_organisation, entry.owner_function, entry.owner_person)
    return ", ".join(str(part) for part in parts if part)


def _entry(entry: Entry) -> EntryContent:
    return EntryContent(
        kind=entry.kind,
        text=entry.text,
        explanation=entry.explanation,
        owner=owner_of(entry),
        due_on=entry.due_on,
        due_is_inclusive=entry.due_is_inclusive,
        due_written=entry.due_written,
        condition_kind=entry.condition_kind,
        condition=entry.condition,
        feedback_via=entry.feedback_via,
        state=entry.state,
        withdrawn_reason=entry.withdrawn_reason,
        key=entry.pk,
    )


def meeting_numbered(number: int) -> Meeting | None:
    """Return a meeting by its number, for the command line."""
    return Meeting.objects.select_related("body__organisation").filter(pk=number).first()


def bodies_called(name: str) -> list[Body]:
    """Return the bodies with this name or number, for the command line."""
    found = Body.objects.select_related("organisation").order_by("pk")
    if name.isascii() and name.isdigit():
        return list(found.filter(pk=int(name[:18])))
    return [body for body in found if body.name.casefold() == name.casefold()]


def stored_content(meeting: Meeting) -> MinutesContent:
    """Return the whole minutes as they are stored: as frozen once they are laid down, else as they stand."""
    return _frozen(meeting) or content_of(meeting)


def calendar_of(body: Body) -> list[CalendarMeeting]:
    """Return the meetings of a body for a calendar, without what is on their agenda."""
    return [
        CalendarMeeting(
            content=_content(meeting, items=meeting.items.none(), entries=Entry.objects.none()),
            url="",
            uid=meeting_uid(meeting.pk),
            sequence=meeting.revision,
        )
        for meeting in body.meetings.select_related("body__organisation").order_by("starts_at")
    ]
