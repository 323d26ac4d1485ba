"""Meetings and moments for anyone's calendar: iCal with Dutch clock time and its rules for summer time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from regietafel.kernel.dutch import local

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Regietafel//NL"


@dataclass(frozen=True)
class Appointment:
    """One entry; a date without a time lasts the whole day.

    Attributes:
        uid: what makes it the same entry when it is sent again, such as "moment-12@regietafel".
        sequence: raise it when the entry changed, so that calendars take over the change.
    """

    uid: str
    title: str
    starts_at: datetime | date
    ends_at: datetime | date | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def write_calendar(name: str, appointments: Iterable[Appointment], *, made_at: datetime) -> bytes:
    """Write appointments as one calendar file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for appointment in appointments:
        calendar.add_component(_event(appointment, made_at))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _event(appointment: Appointment, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("summary", appointment.title)
    event.add("dtstart", _clock(appointment.starts_at))
    event.add("dtend", _clock(_end(appointment)))
    event.add("sequence", appointment.sequence)
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    for name, value in (("location", appointment.place), ("description", appointment.text)):
        if value:
            event.add(name, value)
    if appointment.url:
        event.add("url", appointment.url)
    return event


def _clock(moment: datetime | date) -> datetime | date:
    return local(moment) if isinstance(moment, datetime) else moment


def _end(appointment: Appointment) -> datetime | date:
    """Give the end; a whole day ends, in iCal, at the start of the next, and an open end means one hour."""
    start, end = appointment.starts_at, appointment.ends_at
    if isinstance(start, datetime):
        return end if isinstance(end, datetime) else start + timedelta(hours=1)
    last = end if end and not isinstance(end, datetime) else start
    return last + timedelta(days=1)
