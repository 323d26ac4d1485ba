"""The fictional region as a story: who there is and what happened, told through the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from regietafel.kit.clock import as_if
from regietafel.register.models import (
    Area,
    AreaMembership,
    Confidentiality,
    Dossier,
    Inhabitants,
    Organisation,
    Phase,
    Role,
    User,
)
from regietafel.register.services.accounts import RoleGiven, give_role, make_account
from regietafel.register.services.dossier_parts import (
    Happening,
    Statement,
    add_fact,
    add_link,
    add_moment,
    write_journal,
)
from regietafel.register.services.dossiers import (
    DossierContent,
    SharingChoice,
    change_phase,
    create_dossier,
    share_dossier,
)
from regietafel.register.services.papers import attach_file
from regietafel.register.services.participants import Participation, add_member

BEFORE_ALL = 150
DAYS_AHEAD = 18  # so long before a moment it is put in the dossier
INVENTED = "verzonnen, oefenregio"


@dataclass(frozen=True)
class Cast:
    """The people, organisations and dossiers of the story, by the keys of the script."""

    people: Mapping[str, User]
    organisations: Mapping[str, Organisation]
    dossiers: Mapping[str, Dossier]


@dataclass(frozen=True)
class Stage:
    """The day that counts as today, and everybody who can act."""

    today: date
    people: Mapping[str, User]
    organisations: Mapping[str, Organisation]

    def day(self, number: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=number)

    def at(self, number: int, hour: int = 10) -> datetime:
        """Return a moment on the day so many days from today."""
        return timezone.make_aware(datetime.combine(self.day(number), time(hour)))


@transaction.atomic
def tell_demo_region(*, script: Mapping[str, Any], today: date, by: Any = None) -> Cast:
    """Make the areas, organisations, practice accounts and dossiers of the script."""
    areas = _areas(script, today)
    organisations = {entry["code"]: _organisation(entry, areas) for entry in script["organisatie"]}
    stage = Stage(today, {}, organisations)
    with as_if(stage.at(-BEFORE_ALL)):
        people = {entry["email"]: _account(entry, stage) for entry in script["account"]}
    stage = Stage(today, people, organisations)
    dossiers = {entry["sleutel"]: _dossier(entry, stage, areas=areas) for entry in script["dossier"]}
    return Cast(people, organisations, dossiers)


def renew_demo_password(*, password: str, by: Any = None) -> int:
    """Give every practice account the same new password; return how many there are."""
    accounts = list(User.objects.filter(is_demo=True))
    for account in accounts:
        account.set_password(password)
    return User.objects.bulk_update(accounts, ("password",))


def _areas(script: Mapping[str, Any], today: date) -> dict[str, Area]:
    region = Area.objects.create(
        code=script["regio"]["code"], name=script["regio"]["naam"], kind=Area.Kind.REGION, source=INVENTED
    )
    areas = {region.code: region}
    for entry in script["gemeente"]:
        area = Area.objects.create(
            code=entry["code"],
            name=entry["naam"],
            kind=Area.Kind.MUNICIPALITY,
            tile_column=entry["kolom"],
            tile_row=entry["rij"],
            source=INVENTED,
            centre=entry["naam"],
            latitude=entry["breedtegraad"],
            longitude=entry["lengtegraad"],
            centre_source=INVENTED,
        )
        first = date(today.year - 3, 1, 1)
        AreaMembership.objects.create(area=area, parent=region, valid_from=first, source=INVENTED)
        Inhabitants.objects.create(
            area=area, reference_on=date(today.year, 1, 1), count=entry["inwoners"], source=INVENTED
        )
        areas[area.code] = area
    for entry in script["wijk"]:
        areas[entry["code"]] = _district(entry, areas[entry["gemeente"]], first=date(today.year - 3, 1, 1))
    return areas


def _district(entry: Mapping[str, Any], municipality: Area, *, first: date) -> Area:
    area = Area.objects.create(
        code=entry["code"], name=entry["naam"], kind=Area.Kind.DISTRICT, source=INVENTED
    )
    AreaMembership.objects.create(area=area, parent=municipality, valid_from=first, source=INVENTED)
    if "inwoners" in entry:
        day = first.replace(year=first.year + 3)
        Inhabitants.objects.create(area=area, reference_on=day, count=entry["inwoners"], source=INVENTED)
    return area


def _organisation(entry: Mapping[str, Any], areas: Mapping[str, Area]) -> Organisation:
    return Organisation.objects.create(
        name=entry["naam"],
        code=entry["code"],
        kind=entry["soort"],
        area=areas[entry["gebied"]],
        is_fictional=True,
    )


def _account(entry: Mapping[str, Any], stage: Stage) -> User:
    admin = entry.get("installatiebeheerder", False)
    person = make_account(
        email=entry["email"], name=entry["naam"], password=None, is_platform_admin=admin, by=None
    )
    User.objects.filter(pk=person.pk).update(is_demo=True)
    if "organisatie" in entry:
        guest_days = entry.get("gast_dagen")
        given = RoleGiven(
            organisation=stage.organisations[entry["organisatie"]],
            role=Role.objects.get(code=entry["rol"]),
            valid_from=stage.day(-BEFORE_ALL),
            valid_until=stage.day(guest_days) if guest_days else None,
            is_guest=bool(guest_days),
        )
        give_role(person=person, given=given, by=None)
    return User.objects.get(pk=person.pk)


def _dossier(entry: Mapping[str, Any], stage: Stage, *, areas: Mapping[str, Area]) -> Dossier:
    content = DossierContent(
        title=entry["titel"],
        kind=entry["soort"],
        summary=entry["samenvatting"],
        reference=entry.get("zaaknummer", ""),
        area=areas.get(entry.get("gebied", "")),
    )
    level = Confidentiality.CONFIDENTIAL if entry.get("vertrouwelijk") else Confidentiality.INTERNAL
    maker = stage.people[entry["maker"]]
    with as_if(stage.at(entry["dag"])):
        dossier = create_dossier(
            organisation=stage.organisations[entry["organisatie"]],
            content=content,
            confidentiality=level,
            by=maker,
        )
        if entry.get("gedeeld_met_regio"):
            share_dossier(dossier=dossier, choice=SharingChoice(level, True), confirmed=True, by=maker)
        _people_and_links(dossier, entry, stage=stage, maker=maker)
    for day, tell in sorted(_events(dossier, entry, stage=stage, maker=maker), key=lambda event: event[0]):
        with as_if(stage.at(min(day, 0), 9)):
            tell()
    return Dossier.objects.get(pk=dossier.pk)


def _people_and_links(dossier: Dossier, entry: Mapping[str, Any], *, stage: Stage, maker: User) -> None:
    for part in entry.get("deelnemer", ()):
        person = stage.people.get(part.get("account", ""))
        role = person.memberships.first() if person else None
        participation = Participation(
            function=part["functie"],
            user=person,
            organisation=role.organisation if role else None,
            may_write=part.get("mag_bijdragen", False),
            valid_until=role.valid_until if role else None,
        )
        add_member(dossier=dossier, participation=participation, by=maker)
    for part in entry.get("koppeling", ()):
        add_link(dossier=dossier, title=part["titel"], url=part["url"], by=maker)


def _events(dossier: Dossier, entry: Mapping[str, Any], *, stage: Stage, maker: User) -> Any:
    """Yield what happened in a dossier as (day, what to do)."""
    for part in entry.get("fase", ()):
        yield (
            part["dag"],
            lambda p=part: change_phase(
                dossier=dossier, phase=Phase.objects.get(code=p["naar"]), reason=p["reden"], by=maker
            ),
        )
    for part in entry.get("feit", ()):
        yield part["dag"], lambda p=part: add_fact(dossier=dossier, statement=_statement(p, stage), by=maker)
    for part in entry.get("moment", ()):
        known = min(part["dag"] - DAYS_AHEAD, -3)
        yield known, lambda p=part: add_moment(dossier=dossier, happening=_happening(p, stage), by=maker)
    for part in entry.get("notitie", ()):
        yield (
            part["dag"],
            lambda p=part: write_journal(dossier=dossier, text=p["tekst"], by=stage.people[p["door"]]),
        )
    for part in entry.get("bijlage", ()):
        yield (
            part["dag"],
            lambda p=part: attach_file(
                dossier=dossier,
                upload=ContentFile(p["tekst"].strip().encode(), name=p["naam"]),
                description=p["omschrijving"],
                by=maker,
            ),
        )


def _statement(part: Mapping[str, Any], stage: Stage) -> Statement:
    return Statement(part["tekst"], part["status"], part["bron"], stage.day(part["dag"]))


def _happening(part: Mapping[str, Any], stage: Stage) -> Happening:
    return Happening(
        title=part["titel"],
        kind=part["soort"],
        starts_at=stage.at(part["dag"], part["uur"]),
        place=part.get("plaats", ""),
        note=part.get("toelichting", ""),
    )
