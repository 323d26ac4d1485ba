"""One municipality with an adviser, a second person and a mayor, its neighbour, and messages to take in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from regietafel.monitor.models import Monitor, Source
from regietafel.monitor.services.ingest import Outcome, offer_bytes, take_in
from regietafel.monitor.services.monitors import create_monitor
from regietafel.monitor.services.sources import create_source
from regietafel.register.models import Dossier, Membership, Organisation, Phase, Role, User

WRITES = {"may_write": True, "may_publish": True, "reads_up_to": 2}
HEADER = "id;url;datum;titel;tekst;bron;soort;auteur"


@dataclass
class Town:
    """Who and what there is."""

    organisation: Organisation
    neighbour: Organisation
    dossier: Dossier
    source: Source
    adviser: User
    second: User
    reader: User
    stranger: User


def build() -> Town:
    home, next_door = (
        Organisation.objects.create(name=f"Gemeente {n}", code=n, kind="gemeente") for n in "AB"
    )
    adviser = person("Ada", home, **WRITES)
    dossier = dossier_of(home, adviser)
    return Town(
        organisation=home,
        neighbour=next_door,
        dossier=dossier,
        source=create_source(
            organisation=home, name="Krant", kind="bestand", message_kind="nieuws", by=adviser
        ),
        adviser=adviser,
        second=person("Bea", home, reads_up_to=2, may_approve=True),
        reader=person("Rik", home, reads_up_to=1),
        stranger=person("Cor", next_door, may_approve=True, **WRITES),
    )


def person(name: str, organisation: Organisation, **rights: Any) -> User:
    user = User.objects.create_user(f"{name.lower()}@{organisation.code.lower()}.example", None, name=name)
    role = Role.objects.create(code=f"rol-{name.lower()}", name=f"rol van {name}", **rights)
    begun = timezone.localdate() - dt.timedelta(days=200)
    Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=begun)
    return user


def dossier_of(organisation: Organisation, by: User, **fields: Any) -> Dossier:
    phase, _is_new = Phase.objects.get_or_create(code="verkennen", defaults={"name": "Verkennen", "order": 1})
    return Dossier.objects.create(
        organisation=organisation,
        title="Opvang Kade",
        kind="opvanglocatie",
        phase=phase,
        created_by=by,
        **fields,
    )


def draft(town: Town, **changed: Any) -> Monitor:
    """A monitor in which nothing is missing."""
    today = timezone.localdate()
    terms: dict[str, Any] = {
        "title": "Opvang aan de Kade",
        "purpose": "communicatie",
        "legal_basis": "Gemeentewet artikel 172",
        "reason": "Besluit over de opvang",
        "dpia_reference": "DPIA 2026-4",
        "owner": town.adviser,
        "starts_on": today - dt.timedelta(days=20),
        "ends_on": today + dt.timedelta(days=30),
        "query": "opvang",
        "sources": [town.source],
    }
    return create_monitor(dossier=town.dossier, by=town.adviser, **terms | changed)


def row(number: int, title: str, **fields: Any) -> dict[str, Any]:
    """One line of an export, as the adviser's supplier writes it."""
    day = fields.pop("day", None) or timezone.localdate() - dt.timedelta(days=1)
    line = {
        "id": str(number),
        "url": f"https://krant.example/bericht/{number}",
        "datum": f"{day:%Y-%m-%d} 10:{number % 60:02d}",
        "titel": title,
        "tekst": "",
        "bron": "De Krant",
        "soort": "nieuws",
        "auteur": "",
    }
    return line | fields


def csv_of(rows: Iterable[dict[str, Any]]) -> bytes:
    lines = [";".join(str(line[name]) for name in HEADER.split(";")) for line in rows]
    return "\n".join([HEADER, *lines]).encode()


def deliver(source: Source, rows: Iterable[dict[str, Any]], **options: Any) -> Outcome:
    return take_in(offer_bytes(csv_of(rows), name="export.csv", source=source, by=None), **options)


def write_csv(path: Path, count: int) -> Path:
    path.write_bytes(csv_of(row(number, f"Bericht {number} over opvang") for number in range(count)))
    return path
