"""Our own lists on their way out, under the names of columns by which they can be read in again."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.documents.table import Cell, Column, Kind, Table
from regietafel.reception.adapters.list_columns import COLUMNS
from regietafel.reception.models import CapacityBlock, Group, ListImport, Location, Pool
from regietafel.reception.selectors.access import coordinated, readable_locations, visible_locations
from regietafel.reception.selectors.ledger import pool_of
from regietafel.reception.selectors.lists import occupied_per_pool
from regietafel.register.public import Area, districts_of

NUMBERS = frozenset(
    {"plaatsen", "niet_te_gebruiken", "kamer", "personen", "toegankelijk", "zorg", "urgentie", "aanwezig"}
)
DAYS = frozenset({"van", "tot", "komst", "vertrek", "uiterlijk"})
Row = tuple[Cell, ...]


def own_list(user: Any, kind: str, *, day: date) -> Table:
    """Return a list of what a person may read: locations, their places, groups, or who is where on a day."""
    makers: dict[str, Callable[[], Iterator[Row]]] = {
        ListImport.Kind.LOCATIONS: lambda: _locations(user),
        ListImport.Kind.PLACES: lambda: _places(user),
        ListImport.Kind.GROUPS: lambda: _groups(user),
        ListImport.Kind.OCCUPANCY: lambda: _occupancy(user, day),
    }
    told = _("Stand van %s. Alleen wat u mag lezen.") % dutch.date_full(day)
    return Table(
        tuple(_column(column.name) for column in COLUMNS[kind]),
        makers[kind](),
        title=str(ListImport.Kind(kind).label).capitalize(),
        source_note=told,
    )


def _column(name: str) -> Column:
    if name in NUMBERS:
        return Column(name, Kind.NUMBER)
    return Column(name, Kind.DAY if name in DAYS else Kind.TEXT)


def _locations(user: Any) -> Iterator[Row]:
    shown = list(visible_locations(user).filter(closed_on__isnull=True).order_by("name", "pk"))
    inside = districts_of(Area.objects.filter(pk__in={one.municipality_id for one in shown}))
    told = Counter((one.municipality_id, one.area.name.casefold()) for one in inside)
    for one in shown:
        yield (
            one.name, one.municipality.name, _district(one, told), one.address, " ".join(one.features),
            one.contact, one.note,
        )  # fmt: skip


def _district(location: Location, told: Counter[tuple[int, str]]) -> str:
    """Return by which word a wijk reads back: its name, or its code where two share a name."""
    area = location.district
    if area is None:
        return ""
    return area.name if told[location.municipality_id, area.name.casefold()] < 2 else area.code


def _places(user: Any) -> Iterator[Row]:
    blocks = CapacityBlock.objects.filter(
        readable_locations(user, "pool__location__"), superseded_at__isnull=True
    )
    for block in blocks.select_related("pool__location").order_by("pool__location__name", "pool", "from_on"):
        pool = block.pool
        yield (
            pool.location.name, pool.kind, pool.target_group, block.places, block.blocked, block.from_on,
            block.until_on, f"{block.probability:.0%}", pool.room_size, block.source,
        )  # fmt: skip


def _groups(user: Any) -> Iterator[Row]:
    """Yield groups of who coordinates them; others see groups on their own locations only."""
    rows = Group.objects.filter(coordinated(user)).select_related("earlier", "tied_to")
    for one in rows.order_by("arrives_on", "code"):
        yield (
            one.code, one.people, one.arrives_on, one.leaves_on, " ".join(one.needs), one.accessible,
            one.care, "ja" if one.shares_room else "nee", one.link, one.earlier.name if one.earlier else "",
            one.tied_to.name if one.tied_to else "", one.urgency, one.latest_on, one.origin,
        )  # fmt: skip


def _occupancy(user: Any, day: date) -> Iterator[Row]:
    locations = list(visible_locations(user))
    there = occupied_per_pool(locations, day)
    pools = Pool.objects.filter(location__in=locations).select_related("location")
    for pool in pools.order_by("location__name", "kind", "target_group"):
        yield pool.location.name, pool.kind, pool.target_group, there[pool_of(pool)]
