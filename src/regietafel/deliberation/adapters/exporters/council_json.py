"""Minutes for other systems: the names of the Open Raadsinformatie model, our own where it has none."""

from typing import Any

from regietafel.deliberation.engine.content import (
    AttendanceContent,
    EntryContent,
    ItemContent,
    MinutesContent,
)

CONTEXT = {
    "schema": "https://schema.org/",
    "meeting": "https://argu.co/ns/meeting/",
    "regietafel": "urn:regietafel:overleg:",
}
EVENT_STATUS = {
    "gepland": "schema:EventScheduled",
    "uitgenodigd": "schema:EventScheduled",
    "bezig": "meeting:EventUnconfirmed",
    "concept": "meeting:EventCompleted",
    "vastgesteld": "meeting:EventConfirmed",
    "vervallen": "schema:EventCancelled",
}
KINDS = {"B": "besluit", "K": "knelpunt", "A": "actie"}
THERE = ("aanwezig", "vervangen")


def council_json(content: MinutesContent) -> dict[str, Any]:
    """Return a meeting with its agenda, attendance and lines as linked data."""
    return {
        "@context": CONTEXT,
        "@type": "meeting:Meeting",
        "schema:name": content.meeting,
        "schema:startDate": content.starts_at.isoformat(),
        "schema:endDate": content.ends_at.isoformat(),
        "schema:location": content.place,
        "schema:organizer": {"@type": "schema:Organization", "schema:name": content.organisation},
        "meeting:committee": {"@type": "schema:Organization", "schema:name": content.body},
        "schema:eventStatus": EVENT_STATUS[content.state],
        "meeting:chair": content.chair,
        "schema:invitee": [_attendant(one) for one in content.attendance],
        "schema:attendee": [_attendant(one) for one in content.attendance if one.status in THERE],
        "schema:absentee": [
            _attendant(one) for one in content.attendance if one.status in ("afgemeld", "afwezig")
        ],
        "meeting:agenda": [_item(one, place) for place, one in enumerate(content.items, start=1)],
        "regietafel:perslijn": content.press_line,
        "regietafel:versie": content.version,
    }


def _attendant(one: AttendanceContent) -> dict[str, Any]:
    return {
        "@type": "schema:Organization",
        "schema:name": one.name,
        "regietafel:status": one.status,
        "regietafel:vervangenDoor": one.replaced_by,
        "regietafel:gast": one.is_guest,
    }


def _item(one: ItemContent, place: int) -> dict[str, Any]:
    return {
        "@type": "meeting:AgendaItem",
        "schema:position": place,
        "regietafel:nummer": one.number,
        "schema:name": one.title,
        "schema:description": one.notes,
        "regietafel:uitkomst": one.outcome,
        "meeting:attachment": list(one.papers),
        "regietafel:regels": [_entry(entry) for entry in one.entries],
    }


def _entry(entry: EntryContent) -> dict[str, Any]:
    return {
        "soort": KINDS[entry.kind],
        "tekst": entry.text,
        "toelichting": entry.explanation,
        "eigenaar": entry.owner,
        "termijn": entry.due_on.isoformat() if entry.due_on else None,
        "termijn_inclusief": entry.due_is_inclusive if entry.due_on else None,
        "voorwaarde": f"{entry.condition_kind} {entry.condition}".strip(),
        "terugkoppeling_via": entry.feedback_via,
        "stand": entry.state,
    }
