"""Meetings for anyone's calendar, in Dutch clock time with its rules for summer time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.content import ItemContent, MinutesContent
from regietafel.kit.documents.ical import Appointment, write_calendar

CANCELLED = "vervallen"


@dataclass(frozen=True, kw_only=True)
class CalendarMeeting:
    """A meeting as a calendar needs it: what to show, where to read more, and which version this is.

    Attributes:
        uid: what makes it the same entry when it is sent again; see `meeting_uid`.
        sequence: raised with every change, so that calendars take it over.
    """

    content: MinutesContent
    url: str
    uid: str
    sequence: int


def meeting_uid(meeting_id: int) -> str:
    """Return what makes a meeting the same entry in every calendar."""
    return f"vergadering-{meeting_id}@regietafel"


def meeting_ics(
    content: MinutesContent, *, url: str, uid: str, sequence: int, is_cancelled: bool = False
) -> bytes:
    """Write one meeting, with the items of its content, as a calendar file."""
    one = CalendarMeeting(content=content, url=url, uid=uid, sequence=sequence)
    return write_calendar(
        content.meeting, [_appointment(one, is_cancelled=is_cancelled)], made_at=timezone.now()
    )


def body_ics(contents: Iterable[CalendarMeeting]) -> bytes:
    """Write the meetings of a body as one calendar file; what was cancelled is marked so."""
    rows = list(contents)
    name = rows[0].content.body if rows else _("Overleg")
    appointments = [_appointment(one, is_cancelled=one.content.state == CANCELLED) for one in rows]
    return write_calendar(name, appointments, made_at=timezone.now())


def _appointment(one: CalendarMeeting, *, is_cancelled: bool) -> Appointment:
    content = one.content
    return Appointment(
        uid=one.uid,
        title=content.meeting,
        starts_at=content.starts_at,
        ends_at=content.ends_at,
        place=content.place,
        text="\n".join(line_of(item) for item in content.items),
        url=one.url,
        sequence=one.sequence,
        is_cancelled=is_cancelled,
    )


def line_of(item: ItemContent) -> str:
    """Return an item of the agenda as one line: number and title."""
    return f"{item.number} {item.title}".strip()
