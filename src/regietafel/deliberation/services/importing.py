"""Minutes that somebody sends as a file: read, corrected by a person, and then stored, all or nothing."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.adapters.minutes import MinutesRefused, lines_of
from regietafel.deliberation.adapters.names import area_names
from regietafel.deliberation.engine.importing import Draft, DraftLine, draft_of, seat_called
from regietafel.deliberation.engine.minutes import read_minutes
from regietafel.deliberation.models import AgendaItem, Attendance, Body, Entry, Meeting, MinutesImport, Seat
from regietafel.deliberation.services.noting import folded
from regietafel.deliberation.services.writing import log, require_secretariat
from regietafel.kit.refusal import Refused
from regietafel.register.public import User

LONGEST_TITLE = 200
CONDITIONS = {one.value for one in Entry.Condition}


def read_file(
    *, body: Body, name: str, content: bytes, by: User | None, year: int | None = None
) -> MinutesImport:
    """Read minutes from a file; nothing goes into the decision list before a person looked at it."""
    require_secretariat(body, by)
    try:
        lines = lines_of(content)
    except MinutesRefused as refusal:
        raise Refused(str(refusal)) from refusal
    found = read_minutes(lines, known=_known(body), year=year)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        if body.imports.filter(sha256=sha256, state=MinutesImport.State.STORED).exists():
            raise Refused(_("Dit bestand is al ingelezen en opgeslagen."))
        made = MinutesImport.objects.create(
            body=body,
            file_name=name[:200],
            sha256=sha256,
            lines=[[line.number, line.text] for line in lines],
            reading=draft_of(found).to_json(),
            created_by=by,
        )
        log("verslag.ingelezen", made, body=body, by=by, changes={"bestand": [None, made.file_name]})
    return made


def _known(body: Body) -> list[str]:
    """Return the names that are no people: without them "Almelo J. Jansen" is one name."""
    seats = body.seats.select_related("organisation")
    return [*(name for seat in seats for name in _names(seat)), *area_names()]


def _names(seat: Seat) -> tuple[str, ...]:
    """Return what a seat goes by in minutes."""
    names = (seat.organisation and seat.organisation.name, seat.function, str(seat))
    return tuple(name for name in names if name)


@transaction.atomic
def correct_import(*, reading: MinutesImport, draft: Draft, revision: int, by: User | None) -> MinutesImport:
    """Keep the corrections of a person, unless somebody else corrected it meanwhile."""
    locked = _locked(reading, by)
    if locked.revision != revision:
        raise Refused(_("Iemand anders wijzigde dit intussen. Kijk wat er nu staat."))
    locked.reading = draft.to_json()
    locked.revision += 1
    locked.save(update_fields=("reading", "revision"))
    return locked


def _locked(reading: MinutesImport, by: User | None) -> MinutesImport:
    locked = MinutesImport.objects.select_for_update(of=("self",)).select_related("body").get(pk=reading.pk)
    require_secretariat(locked.body, by)
    if locked.state != MinutesImport.State.READ:
        raise Refused(_("Dit verslag is al opgeslagen of weggegooid."))
    return locked


@transaction.atomic
def drop_import(*, reading: MinutesImport, by: User | None) -> MinutesImport:
    """Throw away what was read; the text of the file goes with it."""
    locked = _locked(reading, by)
    locked.state, locked.lines, locked.reading = MinutesImport.State.DROPPED, [], Draft().to_json()
    locked.save(update_fields=("state", "lines", "reading"))
    log("verslag.weggegooid", locked, body=locked.body, by=by)
    return locked


@transaction.atomic
def store_import(*, reading: MinutesImport, by: User | None) -> Meeting:
    """Make a meeting with draft minutes of what was read and corrected."""
    locked = _locked(reading, by)
    draft = Draft.from_json(locked.reading)
    if draft.held_on is None:
        raise Refused(_("Vul in op welke dag de vergadering was."))
    if draft.held_on > timezone.localdate():
        raise Refused(_("De dag van de vergadering moet voorbij zijn."))
    meeting = _meeting(locked.body, draft, by=by)
    _items(meeting, draft, by=by)
    _presence(meeting, draft)
    locked.state, locked.meeting = MinutesImport.State.STORED, meeting
    locked.save(update_fields=("state", "meeting"))
    told = {"bestand": [None, locked.file_name], "regels": [0, sum(draft.counts.values())]}
    log("verslag.overgenomen", meeting, body=locked.body, by=by, changes=told)
    return meeting


def _meeting(body: Body, draft: Draft, *, by: Any) -> Meeting:
    assert draft.held_on is not None
    begin = timezone.make_aware(datetime.combine(draft.held_on, body.starts_at or time(9)))
    end = begin + timedelta(minutes=body.minutes)
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    last = Meeting.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0
    return Meeting.objects.create(
        body=body,
        number=last + 1,
        title=draft.title[:160],
        starts_at=begin,
        ends_at=end,
        place=body.place,
        state=Meeting.State.DRAFT,
        opened_at=begin,
        closed_at=end,
        created_by=by,
    )


def _items(meeting: Meeting, draft: Draft, *, by: Any) -> None:
    """Store items and lines; lines and words without an item come under one of their own, at the end."""
    made = [
        _item(meeting, number=one.number, title=one.title, order=place)
        for place, one in enumerate(draft.items, 1)
    ]
    for item, one in zip(made, draft.items, strict=True):
        item.notes = one.notes
        item.save(update_fields=("notes",))
    lines = [one for one in draft.lines if one.kind]
    places = range(len(made))
    if draft.rest or any(one.item not in places for one in lines):
        made.append(_item(meeting, title=_("Overige regels van het bestand"), order=len(made) + 1))
        made[-1].notes = "\n".join(text for _number, text in draft.rest)
        made[-1].save(update_fields=("notes",))
    seats = {seat.pk: seat for seat in meeting.body.seats.select_related("organisation")}
    for order, line in enumerate(lines, start=1):
        item = made[line.item] if line.item in places and line.item is not None else made[-1]
        _entry(item, line, order=order, seats=seats, by=by)


def _item(meeting: Meeting, *, title: str, order: int, number: str = "") -> AgendaItem:
    return AgendaItem.objects.create(
        meeting=meeting,
        order=order,
        number=number[:12],
        title=title[:LONGEST_TITLE] or _("Zonder onderwerp"),
        confidentiality=meeting.body.confidentiality,
    )


def _entry(item: AgendaItem, line: DraftLine, *, order: int, seats: dict[int, Seat], by: Any) -> None:
    names = {key: _names(one) for key, one in seats.items()}
    begun, _comma, more = line.owner.partition(", ")
    whole, first = seat_called(line.owner, names), seat_called(begun, names)
    seat = seats.get(whole or first or 0)
    organisation = seat.organisation if seat else None
    function = line.owner if organisation is None else "" if whole else more
    entry = Entry(
        item=item,
        kind=line.kind,
        order=order,
        text=line.text,
        explanation=line.explanation,
        owner_organisation=organisation,
        owner_function=function[:160],
        feedback_via=line.feedback_via[:160],
        due_on=line.due_on,
        due_is_inclusive=line.due_is_inclusive,
        due_written=line.due_written[:120],
        condition_kind=line.condition_kind if line.condition_kind in CONDITIONS else "mits",
        condition=line.condition[:300],
        created_by=by,
    )
    if not line.condition:
        entry.condition_kind = ""
    entry.search_text = folded(entry)
    entry.save()


def _presence(meeting: Meeting, draft: Draft) -> None:
    """Note who was there; members that the minutes do not name get no status: unknown."""
    seats: Sequence[Seat] = list(meeting.body.seats.select_related("organisation"))
    names = {seat.pk: _names(seat) for seat in seats}
    told: set[int] = set()
    for one in draft.presence:
        seat = seat_called(one.name, names)
        if seat in told:
            seat = None
        if seat is not None:
            told.add(seat)
        Attendance.objects.create(
            meeting=meeting, seat_id=seat, name="" if seat else one.name[:160], status=one.status
        )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat) for seat in seats if seat.pk not in told
    )
