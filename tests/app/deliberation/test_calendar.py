"""Calendar files: Dutch clock time with its own rules, also when the clock changes in between."""

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar

from regietafel.deliberation.adapters.exporters.calendar import (
    CalendarMeeting,
    body_ics,
    meeting_ics,
    meeting_uid,
)
from regietafel.deliberation.engine.content import ItemContent, MinutesContent

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def content(day: dt.date, state: str = "gepland") -> MinutesContent:
    starts = dt.datetime.combine(day, dt.time(14), tzinfo=AMSTERDAM)
    return MinutesContent(
        body="BAO opvang",
        organisation="Regio",
        meeting="BAO opvang 3",
        number=3,
        starts_at=starts.astimezone(dt.UTC),
        ends_at=(starts + dt.timedelta(minutes=90)).astimezone(dt.UTC),
        state=state,
        place="Zaal; 2, boven",
        items=(ItemContent(number="1", title="Opening"),),
    )


def test_one_meeting_keeps_its_clock_time_and_its_zone() -> None:
    made = meeting_ics(
        content(dt.date(2022, 4, 7)), url="https://r.example/1", uid=meeting_uid(5), sequence=4
    )
    calendar = Calendar.from_ical(made)
    (event,), (zone,) = calendar.walk("VEVENT"), calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Amsterdam"
    assert b"DTSTART;TZID=Europe/Amsterdam:20220407T140000" in made
    assert b"DTEND;TZID=Europe/Amsterdam:20220407T153000" in made
    assert event["uid"] == "vergadering-5@regietafel" and event["sequence"] == 4
    assert event["location"] == "Zaal; 2, boven" and event["description"] == "1 Opening"


def test_a_body_keeps_clock_time_over_the_change_of_the_clock_and_marks_what_was_cancelled() -> None:
    days = (dt.date(2026, 3, 26), dt.date(2026, 4, 9))
    rows = [
        CalendarMeeting(content=content(day, state), url="", uid=meeting_uid(place), sequence=1)
        for place, (day, state) in enumerate(zip(days, ("gepland", "vervallen"), strict=True))
    ]
    made = body_ics(rows)
    assert b"20260326T140000" in made and b"20260409T140000" in made
    states = {str(one["uid"]): one["status"] for one in Calendar.from_ical(made).walk("VEVENT")}
    assert states == {"vergadering-0@regietafel": "CONFIRMED", "vergadering-1@regietafel": "CANCELLED"}
    assert b"X-WR-CALNAME:BAO opvang" in made


def test_a_body_without_meetings_is_still_a_calendar() -> None:
    assert not Calendar.from_ical(body_ics([])).walk("VEVENT")
