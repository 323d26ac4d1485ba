"""Two municipalities that share nothing, with everybody who could come along."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from regietafel.deliberation.models import Guest
from regietafel.monitor.services.indexing import rebuild_index
from regietafel.monitor.services.pictures import edit_picture, make_picture, publish_picture
from regietafel.register.models import (
    ApiToken,
    Area,
    AreaMembership,
    DossierMember,
    Membership,
    Organisation,
    Phase,
    Role,
    User,
)
from regietafel.register.services.tokens import make_token
from tests.app.isolation.filling import TODAY, fill_all

OWN, NEIGHBOUR = "KANARIEVANA", "KANARIEVANB"
FROM = TODAY - dt.timedelta(days=30)


@dataclass
class Side:
    """One municipality with one object of every model."""

    canary: str
    objects: dict[str, models.Model]
    users: dict[str, User] = field(default_factory=dict)

    @property
    def organisation(self) -> Any:
        return self.objects["register.Organisation"]


@dataclass
class World:
    """Both municipalities, in the same safety region, and the roles that try their luck."""

    own: Side
    neighbour: Side
    people: dict[str, User]
    key: str


def build() -> World:
    """Make the world."""
    Phase.objects.get_or_create(code="verkennen", defaults={"name": "Verkennen", "order": 1})
    region = Area.objects.create(code="VRXX", name="Regio", kind="veiligheidsregio")
    own, neighbour = _side(OWN, region), _side(NEIGHBOUR, region)
    rebuild_index()  # what was filled by hand can be found, so that a search too wide would show it
    people = _people(own, region)
    made = make_token(
        organisation=own.organisation,
        name="koppeling",
        scopes=list(ApiToken.Scope.values),
        valid_until=TODAY + dt.timedelta(days=9),
        by=people["beheerder"],
    )
    return World(own, neighbour, people, made.secret)


def _side(canary: str, region: Area) -> Side:
    writer = User.objects.create_user(f"{canary.lower()}@a.example", None, name=f"{canary} schrijver")
    known: dict[str, models.Model] = {
        "register.User": writer,
        "register.Phase": Phase.objects.get(code="verkennen"),
        "register.Role": _role("adviseur", reads_up_to=2, may_write=True, may_publish=True, may_approve=True),
    }
    objects = fill_all(canary, known)
    AreaMembership.objects.create(
        area=objects["register.Area"], parent=region, valid_from=FROM, source="test"
    )
    side = Side(canary, objects)
    monitor: Any = objects["monitor.Monitor"]
    monitor.sources.set([objects["monitor.Source"]])
    side.objects["register.Membership"] = _join(writer, side.organisation, "adviseur")
    side.users["writer"] = writer
    side.objects["monitor.MediaPicture"] = _picture(side, writer)
    return side


def _picture(side: Side, writer: User) -> models.Model:
    words = {name: f"{side.canary} {name}" for name in ("core_message", "advice", "expected_moments")}
    monitor: Any = side.objects["monitor.Monitor"]
    picture = make_picture(
        monitor=monitor, period_from=TODAY - dt.timedelta(days=6), period_until=TODAY, by=writer
    )
    picture = edit_picture(picture=picture, revision=picture.revision, by=writer, **words)
    return publish_picture(picture=picture, revision=picture.revision, by=writer)


def _role(code: str, **rights: Any) -> Role:
    return Role.objects.get_or_create(code=code, defaults={"name": code, **rights})[0]


def _join(user: User, organisation: Organisation, role: str, **extra: Any) -> Membership:
    return Membership.objects.create(
        user=user, organisation=organisation, role=Role.objects.get(code=role), valid_from=FROM, **extra
    )


def _people(own: Side, region: Area) -> dict[str, User]:
    _role("raadslid")
    _role("beheerder", may_manage=True)
    _role("gast", reads_up_to=1)
    _role("fg", reads_up_to=2, may_approve=True)
    people = {"adviseur": own.users["writer"]}
    for name in (
        "raadslid",
        "beheerder",
        "gast",
        "oud",
        "installatie",
        "regio",
        "uitgezet",
        "genodigde",
        "fg",
    ):
        people[name] = User.objects.create_user(f"{name}@test.example", None, name=name)
    _join(people["raadslid"], own.organisation, "raadslid")
    _join(people["fg"], own.organisation, "fg")
    _join(people["beheerder"], own.organisation, "beheerder")
    _join(people["gast"], own.organisation, "gast", is_guest=True, valid_until=TODAY + dt.timedelta(days=5))
    DossierMember.objects.create(
        dossier=own.objects["register.Dossier"], user=people["gast"], function="gast", may_write=True
    )
    _join(people["oud"], own.organisation, "adviseur", valid_until=TODAY - dt.timedelta(days=1))
    _join(people["uitgezet"], own.organisation, "adviseur")
    User.objects.filter(pk=people["uitgezet"].pk).update(is_active=False)
    User.objects.filter(pk=people["installatie"].pk).update(is_platform_admin=True)
    safety_region = Organisation.objects.create(
        name="Veiligheidsregio", code="vr", kind="veiligheidsregio", area=region
    )
    _join(people["regio"], safety_region, "adviseur")
    elsewhere = Organisation.objects.create(name="Opvangdienst", code="opvangdienst", kind="rijksdienst")
    _join(people["genodigde"], elsewhere, "adviseur")
    meeting: Any = own.objects["deliberation.Meeting"]
    Guest.objects.create(meeting=meeting, function="Regiodirecteur", person=people["genodigde"])
    return {name: User.objects.get(pk=user.pk) for name, user in people.items()}
