"""A small region with two municipalities, one municipality far away, and a few people."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from regietafel.register.models import Area, Dossier, Membership, Organisation, Role, User
from regietafel.register.services.dossiers import DossierContent, create_dossier
from regietafel.register.services.reference import load_reference

REFERENCE = Path(__file__).parents[3] / "reference"


@dataclass
class Region:
    """Hengelo and Almelo lie in the same safety region, Zwolle in another."""

    hengelo: Organisation
    almelo: Organisation
    zwolle: Organisation
    adviser: User
    neighbour: User
    stranger: User


def build_region() -> Region:
    load_reference(REFERENCE)
    towns = {
        code: town(name, code)
        for name, code in (("Hengelo", "GM0164"), ("Almelo", "GM0141"), ("Zwolle", "GM0193"))
    }
    return Region(
        hengelo=towns["GM0164"],
        almelo=towns["GM0141"],
        zwolle=towns["GM0193"],
        adviser=person("Ada", "adviseur-oov", towns["GM0164"]),
        neighbour=person("Bas", "adviseur-oov", towns["GM0141"]),
        stranger=person("Cor", "adviseur-oov", towns["GM0193"]),
    )


def town(name: str, code: str) -> Organisation:
    return Organisation.objects.create(
        name=f"Gemeente {name}", code=name.lower(), kind="gemeente", area=Area.objects.get(code=code)
    )


def person(name: str, role: str, organisation: Organisation, **fields: Any) -> User:
    made = User.objects.create_user(f"{name.lower()}@voorbeeld.example", None, name=name, **fields)
    hold(made, role, organisation)
    return made


def hold(user: User, role: str, organisation: Organisation, **fields: Any) -> Membership:
    return Membership.objects.create(
        user=user,
        role=Role.objects.get(code=role),
        organisation=organisation,
        valid_from=timezone.localdate() - dt.timedelta(days=30),
        **fields,
    )


def dossier_of(region: Region, title: str = "Opvang Havezatheweg", **fields: Any) -> Dossier:
    return create_dossier(
        organisation=region.hengelo,
        content=DossierContent(title, "opvanglocatie", "Opvang voor 120 mensen."),
        by=region.adviser,
        **fields,
    )


def fresh(user: User) -> User:
    """Return the person as a next request sees him or her, without what this one remembered."""
    return User.objects.get(pk=user.pk)
