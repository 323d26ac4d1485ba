"""What programs read through the API: the same rules and the same numbers as on the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, BookingList, CapacityBlock, Group, Location, Pool
from regietafel.reception.selectors.access import (
    Region,
    regions_of,
    visible_assignments,
    visible_bookings,
    visible_groups,
    visible_locations,
)
from regietafel.reception.selectors.board import (
    Board,
    Places,
    Question,
    board_of,
    days_before,
    known_on,
    places_in,
    usual_private,
)
from regietafel.reception.selectors.ledger import ledger_of, pool_of
from regietafel.reception.selectors.locations import visible_blocks
from regietafel.register.public import Area, Organisation, own_organisations


def organisation_of_program(user: Any) -> Organisation:
    """Return the organisation a key belongs to."""
    found: Organisation = own_organisations(user).get()
    return found


def locations_of_program(user: Any) -> QuerySet[Location]:
    """Return the locations a key may read, with their kinds of places."""
    rows = visible_locations(user).select_related("municipality", "district").prefetch_related("pools")
    return rows.defer("municipality__geometry", "district__geometry")


def locations_with_kind(kind: str) -> QuerySet[Any, Any]:
    """Return the numbers of the locations that have places of a kind."""
    return Pool.objects.filter(kind=kind).values("location")


def blocks_of_program(user: Any) -> QuerySet[CapacityBlock]:
    """Return the blocks in force a key may read."""
    return visible_blocks(user)


def bookings_of_program(user: Any) -> QuerySet[Booking]:
    """Return the lines of the ledger in force that a key may read."""
    return _lines(user).filter(superseded_at__isnull=True)


def _lines(user: Any) -> QuerySet[Booking]:
    """Return the lines a key may read; the line one is about is named only when the key may read that too."""
    about = visible_bookings(user).filter(pk=OuterRef("of_id")).order_by()
    return visible_bookings(user).annotate(known_of=Subquery(about.values("series")[:1]))


def groups_of_program(user: Any) -> QuerySet[Group]:
    """Return the groups a key may read."""
    return visible_groups(user)


def lists_of_program(user: Any) -> QuerySet[BookingList]:
    """Return the lists of bookings that were sent for the organisation of a key."""
    return BookingList.objects.filter(organisation__in=own_organisations(user))


def lines_of_list(user: Any, sent: BookingList) -> list[Booking]:
    """Return what was booked with a list, as it was booked then, in its order; also what changed since."""
    found = {line.pk: line for line in _lines(user).filter(pk__in=sent.lines)}
    return [found[number] for number in sent.lines if number in found]


def regions_of_program(user: Any) -> QuerySet[Area]:
    """Return the safety regions of which a key may read the board."""
    return Area.objects.filter(pk__in=[region.area.pk for region in regions_of(user)]).defer("geometry")


def board_for_program(
    user: Any, code: str, *, day: date | None, known: date | None, private: str | None
) -> Board | None:
    """Return the board of a region; None when it is not a region of this key.

    Args:
        user: who asks.
        code: the code of the area of the region.
        day: of which day; None is today.
        known: as known at the end of this day; None is now.
        private: zonder, met or alleen; None is what the assignments say, as on the page.
    """
    region = next((one for one in regions_of(user) if one.area.code == code), None)
    if region is None:
        return None
    on = day or timezone.localdate()
    question = Question(
        day=on,
        at=known_on(known),
        private=ledger.Private(private) if private else _usual(user, region),
        since=days_before(on),
    )
    return board_of(region, question)


def _usual(user: Any, region: Region) -> ledger.Private:
    rows = visible_assignments(user).filter(organisation=region.point, ended_on__isnull=True)
    return usual_private(rows)


@dataclass(frozen=True, kw_only=True)
class DayOfPool:
    """The places of one kind on one day."""

    day: date
    places: Places


@dataclass(frozen=True, kw_only=True)
class PoolDays:
    """The places of one kind on every day of a period."""

    pool: Pool
    days: tuple[DayOfPool, ...]


@dataclass(frozen=True, kw_only=True)
class LocationDays:
    """The places of a location per kind and day; `caption` says which places are in the numbers."""

    location: Location
    first: date
    last: date
    at: datetime
    private: ledger.Private
    caption: str
    pools: tuple[PoolDays, ...]


def days_of_location(location: Location, *, first: date, last: date, known: date | None) -> LocationDays:
    """Return the places of a location per kind and day, as its page counts them; private places are in it."""
    at = known_on(known)
    view = ledger.View(first=first, last=last, at=at, by=ledger.By.POOL, private=ledger.Private.INCLUDED)
    counts = ledger.count_days(ledger_of([location], known_at=at), view)
    return LocationDays(
        location=location,
        first=first,
        last=last,
        at=at,
        private=view.private,
        caption=counts.caption(),
        pools=tuple(_days_per_pool(location, counts)),
    )


def _days_per_pool(location: Location, counts: ledger.Counts) -> Iterable[PoolDays]:
    days = ledger.days_of(counts.view)
    for pool in location.pools.all():
        row = " · ".join(part for part in pool_of(pool) if part)
        yield PoolDays(
            pool=pool,
            days=tuple(DayOfPool(day=day, places=places_in(counts, row, day=day)) for day in days),
        )
