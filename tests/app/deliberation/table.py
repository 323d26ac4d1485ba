"""A safety region keeps a body at which two municipalities and the police sit, with guests from outside."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from regietafel.deliberation.models import AgendaItem, Body, Entry, Guest, Meeting, Seat
from regietafel.deliberation.services.agenda import add_item
from regietafel.deliberation.services.bodies import add_seat, create_body
from regietafel.deliberation.services.meetings import close_meeting, invite_guest, open_meeting, plan_meeting
from regietafel.deliberation.services.noting import add_entry
from regietafel.register.models import Dossier, Membership, Organisation, Phase, Role, User

FIXED = ({"nummer": "1", "titel": "Opening"}, {"nummer": "2", "titel": "Actueel beeld"})


@dataclass
class Table:
    """Who sits where, and what they may do.

    Attributes:
        region: keeps the secretariat; `secretary` writes, publishes and reads all, `colleague` only reads.
        north, south: municipalities with a seat; `mayor_north` writes and reads all, `clerk_south` writes and
            reads up to internal.
        outside: a municipality without a seat; `stranger` has every right there.
        guest_organisation: is invited as an organisation; `guest_colleague` works there.
        guest_person: works in `outside` and is invited by name.
    """

    region: Organisation
    north: Organisation
    south: Organisation
    outside: Organisation
    guest_organisation: Organisation
    secretary: User
    colleague: User
    mayor_north: User
    clerk_south: User
    stranger: User
    guest_colleague: User
    guest_person: User
    body: Body
    chair: Seat
    seat_north: Seat
    seat_south: Seat
    seat_police: Seat


WRITES: dict[str, Any] = {"may_write": True, "may_publish": True, "reads_up_to": 2}


def build() -> Table:
    region = Organisation.objects.create(name="Veiligheidsregio Vecht", code="VR", kind="veiligheidsregio")
    north, south, outside = (
        Organisation.objects.create(name=f"Gemeente {name}", code=name.upper(), kind="gemeente")
        for name in ("Noord", "Zuid", "Buiten")
    )
    agency = Organisation.objects.create(name="Opvangdienst", code="OD", kind="rijksdienst")
    secretary = person("Saar", region, **WRITES)
    body = create_body(organisation=region, by=secretary, **terms())
    return Table(
        region=region,
        north=north,
        south=south,
        outside=outside,
        guest_organisation=agency,
        secretary=secretary,
        colleague=person("Cas", region, reads_up_to=1),
        mayor_north=person("Mina", north, **WRITES),
        clerk_south=person("Koen", south, may_write=True, reads_up_to=1),
        stranger=person("Vera", outside, may_approve=True, may_manage=True, **WRITES),
        guest_colleague=person("Olaf", agency, reads_up_to=1),
        guest_person=person("Gijs", outside, reads_up_to=0),
        body=body,
        chair=_seat(body, secretary, function="Voorzitter veiligheidsregio", part="voorzitter",
                    person=secretary),
        seat_north=_seat(body, secretary, organisation=north, function="Burgemeester",
                         email="burgemeester@noord.example", deputy="Locoburgemeester"),
        seat_south=_seat(body, secretary, organisation=south, email="bestuur@zuid.example"),
        seat_police=_seat(body, secretary, function="Adviseur politie", part="adviseur",
                          email="politie@eenheid.example"),
    )  # fmt: skip


def terms(**changed: Any) -> dict[str, Any]:
    """What is told of a body that meets every two weeks."""
    told: dict[str, Any] = {
        "kind": "bao",
        "name": "BAO opvang",
        "purpose": "Samen besluiten over de opvang in de regio.",
        "interval_weeks": 2,
        "starts_at": dt.time(14),
        "minutes": 90,
        "place": "Regiokantoor",
        "until_when": "aan de opdracht is voldaan",
        "fixed_items": [dict(one) for one in FIXED],
    }
    return told | changed


def _seat(body: Body, by: User, **values: Any) -> Seat:
    return add_seat(body=body, by=by, **values)


def person(name: str, organisation: Organisation, *, is_guest: bool = False, **rights: Any) -> User:
    user = User.objects.create_user(f"{name.lower()}@{organisation.code.lower()}.example", None, name=name)
    role = Role.objects.create(code=f"rol-{name.lower()}", name=f"rol van {name}", **rights)
    today = timezone.localdate()
    Membership.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        valid_from=today - dt.timedelta(days=200),
        is_guest=is_guest,
        valid_until=today + dt.timedelta(days=30) if is_guest else None,
    )
    return user


def at(days: int, hour: int = 14) -> dt.datetime:
    """The moment so many days from now, on the hour."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def meeting(table: Table, days: int = 7, **values: Any) -> Meeting:
    """A planned meeting, with the fixed items and what is open on its agenda."""
    return plan_meeting(body=table.body, starts_at=at(days), by=table.secretary, **values)


def item(table: Table, meeting: Meeting, title: str = "Opvanglocaties", **values: Any) -> AgendaItem:
    """One more item on the agenda."""
    return add_item(meeting=meeting, title=title, by=table.secretary, **values)


def entry(table: Table, item: AgendaItem, kind: str = "K", text: str = "", **values: Any) -> Entry:
    """A decision, bottleneck or action under an item."""
    told = text or {"B": "Wij doen het.", "K": "Er is geen locatie.", "A": "Zoekt een locatie."}[kind]
    return add_entry(item=item, kind=kind, text=told, by=table.secretary, **values)


def close(table: Table, meeting: Meeting) -> Meeting:
    """Open the meeting and close it again, so that there are draft minutes."""
    return close_meeting(meeting=open_meeting(meeting=meeting, by=table.secretary), by=table.secretary)


def invite(table: Table, meeting: Meeting) -> tuple[Guest, Guest]:
    """Invite the guest organisation and the guest person."""
    return (
        invite_guest(meeting=meeting, function="Regiodirecteur", organisation=table.guest_organisation,
                     email="directie@opvangdienst.example", by=table.secretary),
        invite_guest(meeting=meeting, function="Commissaris van de Koning", person=table.guest_person,
                     by=table.secretary),
    )  # fmt: skip


def dossier_of(organisation: Organisation, by: User, **fields: Any) -> Dossier:
    """A dossier of one organisation."""
    phase, _is_new = Phase.objects.get_or_create(code="verkennen", defaults={"name": "Verkennen", "order": 1})
    values: dict[str, Any] = {"title": "Opvang Kade", "kind": "opvanglocatie", "phase": phase}
    return Dossier.objects.create(organisation=organisation, created_by=by, **values | fields)
