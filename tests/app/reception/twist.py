"""A region of fourteen made-up municipalities and its coordination point, on Thursday 7 April 2022.

Ten of them have people in places of their own, four do not yet; of one block nobody knows how many places it
has; since the Tuesday before, 50 people were placed and buses of 145 people together were reserved for.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from regietafel.reception.models import Booking, CapacityBlock, Location, Pool
from regietafel.register.models import Area, AreaMembership, Inhabitants, Membership, Organisation, Role, User

DAY = dt.date(2022, 4, 7)
DUE = dt.date(2022, 6, 1)
SECRET = "Geheime Schuur"
WRITES: dict[str, Any] = {"may_write": True, "may_publish": True, "reads_up_to": 2}
# name: inhabitants, column, row, places there, places coming, occupied
TOWNS: dict[str, tuple[int, int, int, int, int, int]] = {
    "Aldervoort": (72_425, 3, 2, 205, 26, 190),
    "Bornholt": (22_343, 3, 3, 71, 0, 71),
    "Dinkelbeek": (25_859, 4, 1, 40, 43, 40),
    "Esrade": (158_217, 5, 3, 455, 52, 430),
    "Haakmeer": (24_291, 3, 4, 78, 0, 60),
    "Hellenrade": (35_711, 1, 2, 0, 60, 0),
    "Hengeveen": (81_075, 4, 3, 205, 0, 170),
    "Hovenkamp": (33_441, 2, 3, 52, 55, 50),
    "Lossevoort": (22_546, 5, 2, 72, 0, 70),
    "Oldenkerk": (32_137, 4, 2, 103, 7, 90),
    "Rijsdijk": (37_799, 1, 3, 0, 90, 0),
    "Tubbeloo": (21_206, 3, 1, 0, 40, 0),
    "Twenterbeek": (33_925, 2, 1, 61, 48, 50),
    "Wierdam": (23_860, 2, 2, 0, 76, 0),
}


@dataclass
class Twist:
    """Who works where.

    Attributes:
        point: the coordination point; `coordinator` writes and publishes there, `reader` only reads.
        towns: the municipalities by name; `clerks` writes in Esrade, `councillor` reads only what is public.
        outsider: writes in a municipality of another region; `nowhere` in an organisation without an area.
    """

    region: Area
    point: Organisation
    areas: dict[str, Area]
    towns: dict[str, Organisation]
    coordinator: User
    reader: User
    clerk: User
    councillor: User
    outsider: User
    nowhere: User
    pools: dict[str, Pool] = field(default_factory=dict)


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def person(name: str, organisation: Organisation, **rights: Any) -> User:
    role = Role.objects.create(code=f"rol-{name.lower()}", name=name, **rights)
    user = User.objects.create_user(f"{name.lower()}@twist.example", "een lang wachtwoord", name=name)
    Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=dt.date(2022, 1, 1))
    return user


def build() -> Twist:
    """Lay out the region, without a place."""
    region, towns, areas = _land("VR90", "Twist", TOWNS)
    other = _land("VR91", "Verweg", {"Buitenpost": (9_000, 1, 1, 0, 0, 0)})
    country = Area.objects.create(code="NL90", name="Nederland", kind="land")
    _counted(country, 17_590_672)
    point = Organisation.objects.create(
        name="Veiligheidsregio Twist", code="vr-twist", kind="veiligheidsregio", area=region
    )
    loose = Organisation.objects.create(name="Losse dienst", code="los", kind="overig")
    return Twist(
        region=region,
        point=point,
        areas=areas,
        towns=towns,
        coordinator=person("Coor", point, **WRITES),
        reader=person("Reinier", point, reads_up_to=1),
        clerk=person("Esmee", towns["Esrade"], **WRITES),
        councillor=person("Raf", towns["Esrade"], reads_up_to=0),
        outsider=person("Olga", other[1]["Buitenpost"], **WRITES),
        nowhere=person("Nico", loose, **WRITES),
    )


def _land(code: str, name: str, towns: dict[str, Any]) -> tuple[Area, dict[str, Any], dict[str, Any]]:
    region = Area.objects.create(code=code, name=name, kind="veiligheidsregio")
    areas, organisations = {}, {}
    for number, (town, told) in enumerate(towns.items(), start=1):
        area = Area.objects.create(
            code=f"GM{code[2:]}{number:02d}",
            name=town,
            kind="gemeente",
            tile_column=told[1],
            tile_row=told[2],
        )
        AreaMembership.objects.create(area=area, parent=region, valid_from=dt.date(2000, 1, 1), source="test")
        _counted(area, told[0])
        areas[town] = area
        organisations[town] = Organisation.objects.create(
            name=f"Gemeente {town}", code=town.lower(), kind="gemeente", area=area
        )
    return region, organisations, areas


def _counted(area: Area, count: int) -> None:
    for year in (2021, 2022):
        Inhabitants.objects.create(
            area=area, reference_on=dt.date(year, 1, 1), count=count, source="CBS, verzonnen"
        )


def location(twist: Twist, town: str, name: str, **values: Any) -> Location:
    """Make a location, shared with the region unless told otherwise."""
    told = {"shared_with_region": True} | values
    return Location.objects.create(
        organisation=twist.towns[town], municipality=twist.areas[town], name=name, **told
    )


def pool(place: Location, kind: str = "gemeentelijk") -> Pool:
    return Pool.objects.create(location=place, kind=kind)


def block(
    there: Pool, places: int | None, *, since: dt.date = dt.date(2022, 3, 7), **values: Any
) -> CapacityBlock:
    told = {"source": "opgave gemeente", "recorded_at": at(since), "from_on": since} | values
    return CapacityBlock.objects.create(pool=there, places=places, **told)


def book(
    there: Pool, people: int, *, kind: str = "plaatsing", on: dt.date = dt.date(2022, 3, 8), **values: Any
) -> Booking:
    told = {"recorded_at": at(on), "from_on": on, "places": people} | values
    return Booking.objects.create(pool=there, people=people, kind=kind, **told)


def furnish(twist: Twist) -> Twist:
    """Give the municipalities their places, people and buses."""
    for town, (_people, _x, _y, places, coming, occupied) in TOWNS.items():
        if places:
            place = location(twist, town, f"{town}, De Kade")
            twist.pools[town] = pool(place)
            ends = (
                {"until_on": dt.date(2022, 4, 20)} if town == "Esrade" else {"until_on": dt.date(2022, 9, 7)}
            )
            if town == "Esrade":
                block(twist.pools[town], 96, **ends)
                block(twist.pools[town], places - 96)
                block(twist.pools[town], 96, since=dt.date(2022, 5, 10), recorded_at=at(DAY, 9))
            else:
                block(twist.pools[town], places, **(ends if town == "Haakmeer" else {}))
            book(twist.pools[town], occupied - (50 if town == "Aldervoort" else 0))
        if coming:
            place = location(twist, town, f"{town}, Nieuwe Hal")
            block(
                pool(place, "noodopvang"), coming, since=dt.date(2022, 5, 10), recorded_at=at(DAY, 9),
                probability=1 if places else "0.80",
            )  # fmt: skip
    book(twist.pools["Aldervoort"], 50, on=dt.date(2022, 4, 6))
    buses = (("Esrade", 25), ("Hengeveen", 32), ("Haakmeer", 18), ("Oldenkerk", 13))
    for town, people in buses:
        book(
            twist.pools[town],
            people,
            kind="reservering",
            on=dt.date(2022, 4, 6),
            lapses_at=at(dt.date(2032, 4, 9)),
        )
    transit = pool(location(twist, "Hengeveen", "Hengeveen, Doorstroom"), "doorstroom")
    block(transit, 57)
    book(transit, 57, kind="reservering", on=dt.date(2022, 4, 6))
    private = pool(location(twist, "Esrade", "Gastgezinnen Esrade"), "particulier")
    block(private, 312)
    book(private, 250)
    block(pool(location(twist, "Lossevoort", "Lossevoort, Klooster")), None)
    secret = location(twist, "Esrade", SECRET, shared_with_region=False, confidentiality=2)
    block(pool(secret), 500)
    twist.pools["geheim"] = secret.pools.get()
    return twist
