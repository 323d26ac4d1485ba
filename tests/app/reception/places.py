"""Two municipalities and their coordination point, with a hall, rooms and private hosts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from regietafel.reception.models import Booking, CapacityBlock, Group, Location, Pool
from regietafel.reception.services.booking import Wanted
from regietafel.register.models import Area, AreaMembership, Membership, Organisation, Role, User

LONG_AGO = dt.date(2020, 1, 1)
RIGHTS: dict[str, dict[str, Any]] = {
    "plaatser": {"reads_up_to": 1, "may_write": True},
    "lezer": {"reads_up_to": 1},
    "hoofd": {"reads_up_to": 2, "may_write": True},
}


@dataclass
class Places:
    """Who keeps which places.

    Attributes:
        point: the coordination point of the region; `placer` writes there, `reader` only reads.
        north, south: municipalities of the region; `keeper` writes in north and reads all, `clerk` in south.
        far: a municipality of another region; `stranger` writes there.
        hall: 50 places in a hall of north, shared with the region, for a year.
        rooms: 6 rooms of 4 in the same location.
        secret: 20 places of north that nobody else knows of.
    """

    point: Organisation
    north: Organisation
    south: Organisation
    far: Organisation
    placer: User
    reader: User
    keeper: User
    clerk: User
    stranger: User
    location: Location
    hall: Pool
    rooms: Pool
    secret: Pool


def build_places() -> Places:
    region, other = _area("VR90", "Vecht", "veiligheidsregio"), _area("VR91", "Zee", "veiligheidsregio")
    point = _organisation("Veiligheidsregio Vecht", "veiligheidsregio", region)
    north, south, far = (
        _organisation(f"Gemeente {name}", "gemeente", _area(code, name, "gemeente", inside))
        for name, code, inside in (
            ("Noord", "GM9001", region),
            ("Zuid", "GM9002", region),
            ("Ver", "GM9003", other),
        )
    )
    keeper = person("Kees", north, "hoofd")
    location = location_of(north, "Sporthal De Kade", shared_with_region=True)
    secret = location_of(north, "Kazerne", shared_with_region=False)
    return Places(
        point=point, north=north, south=south, far=far, keeper=keeper, location=location,
        placer=person("Pia", point, "plaatser"), reader=person("Rik", point, "lezer"),
        clerk=person("Cor", south, "plaatser"), stranger=person("Vera", far, "plaatser"),
        hall=pool_of(location, "noodopvang", places=50),
        rooms=pool_of(location, "gemeentelijk", places=24, room_size=4),
        secret=pool_of(secret, "noodopvang", places=20),
    )  # fmt: skip


def _area(code: str, name: str, kind: str, inside: Area | None = None) -> Area:
    area = Area.objects.create(code=code, name=name, kind=kind)
    if inside is not None:
        AreaMembership.objects.create(area=area, parent=inside, valid_from=LONG_AGO, source="proef")
    return area


def _organisation(name: str, kind: str, area: Area) -> Organisation:
    return Organisation.objects.create(name=name, code=area.code, kind=kind, area=area)


def person(name: str, organisation: Organisation, role: str) -> User:
    kind, _new = Role.objects.get_or_create(code=role, defaults={"name": role, **RIGHTS[role]})
    user = User.objects.create_user(f"{name.lower()}@vecht.example", None, name=name)
    Membership.objects.create(user=user, organisation=organisation, role=kind, valid_from=LONG_AGO)
    return user


def location_of(organisation: Any, name: str, **values: Any) -> Location:
    made: Location = Location.objects.create(
        organisation=organisation, municipality=organisation.area, name=name, confidentiality=1, **values
    )
    return made


def pool_of(location: Location, kind: str, *, places: int | None, room_size: int = 1) -> Pool:
    """Make a pool with one block that begins a month ago and lasts a year."""
    pool: Pool = Pool.objects.create(location=location, kind=kind, room_size=room_size)
    if places is not None:
        block(pool, places=places)
    return pool


def block(pool: Pool, *, places: int | None, **values: Any) -> CapacityBlock:
    today = timezone.localdate()
    made: CapacityBlock = CapacityBlock.objects.create(
        pool=pool,
        places=places,
        source="proef",
        recorded_at=timezone.now(),
        **({"from_on": today - dt.timedelta(30), "until_on": today + dt.timedelta(365)} | values),
    )
    return made


def group_of(organisation: Organisation, code: str, people: int, **values: Any) -> Group:
    made: Group = Group.objects.create(
        organisation=organisation, code=code, people=people, arrives_on=timezone.localdate(), **values
    )
    return made


def wanted(pool: Pool, people: int, **values: Any) -> Wanted:
    """Want a placement from today for ten days, unless said otherwise."""
    today = timezone.localdate()
    return Wanted(
        **{
            "pool": pool, "people": people, "kind": Booking.Kind.PLACEMENT, "group": None, "from_on": today,
            "until_on": today + dt.timedelta(10), **values,
        }
    )  # fmt: skip


def in_days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(number)
