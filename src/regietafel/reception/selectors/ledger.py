"""The tables of the ledger as the engine counts with them, for one region or some locations."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, CapacityBlock, Location, Pool
from regietafel.reception.selectors.access import Region
from regietafel.register.public import Confidentiality


def shared_locations(region: Region) -> QuerySet[Location]:
    """Return the locations that count for everybody in a region: shared with it, and not confidential.

    Everybody at the table counts with the same locations, whoever looks.
    """
    return Location.objects.filter(
        organisation__in=region.organisation_ids,
        shared_with_region=True,
        confidentiality__lte=Confidentiality.INTERNAL,
    ).select_related("municipality", "organisation")


def ledger_of(locations: Iterable[Location], *, known_at: datetime | None = None) -> ledger.Ledger:
    """Return the ledger of some locations; ids of pools and locations are their numbers, written out.

    Args:
        locations: of which locations, with their municipality.
        known_at: leave out what was written down later; None keeps everything, also what was replaced.
    """
    rows = list(locations)
    found = pools_ledger(Pool.objects.filter(location__in=[one.pk for one in rows]), known_at=known_at)
    return replace(found, municipalities={str(one.pk): one.municipality.name for one in rows})


def pools_ledger(pools: Iterable[Pool], *, known_at: datetime | None = None) -> ledger.Ledger:
    """Return the ledger of some pools, without the names of municipalities.

    Who came on a reservation here and was placed elsewhere left the reservation: that line is given as a
    departure, so that a ledger of a part counts as the whole does.
    """
    known = Q() if known_at is None else Q(recorded_at__lte=known_at)
    kept = {pool.pk: pool_of(pool) for pool in pools}
    blocks = CapacityBlock.objects.filter(known, pool__in=kept).order_by("pk")
    bookings = Booking.objects.filter(known).select_related("group", "of").order_by("pk")
    elsewhere = bookings.filter(of__pool__in=kept).exclude(pool__in=kept)
    return ledger.Ledger(
        blocks=tuple(block_of(block, kept[block.pool_id]) for block in blocks),
        bookings=(
            *(booking_of(booking, kept[booking.pool_id]) for booking in bookings.filter(pool__in=kept)),
            *(_gone(booking, kept) for booking in elsewhere),
        ),
    )


def _gone(booking: Booking, pools: Mapping[int, ledger.Pool]) -> ledger.Booking:
    reservation: Any = booking.of
    line = booking_of(booking, pools[reservation.pool_id])
    return replace(line, kind=ledger.BookingKind.DEPARTURE, until_on=None)


def region_ledger(region: Region, *, known_at: datetime | None = None) -> ledger.Ledger:
    """Return the ledger of all that a region shares."""
    return ledger_of(shared_locations(region), known_at=known_at)


def private_in(kinds: Iterable[str]) -> ledger.Private:
    """Return how private places of some kinds are: the count that admits them all, and no more."""
    found = {kind == ledger.PlaceKind.PRIVATE for kind in kinds}
    if found == {True}:
        return ledger.Private.ONLY
    return ledger.Private.INCLUDED if True in found else ledger.Private.EXCLUDED


def pool_of(pool: Pool) -> ledger.Pool:
    """Return a pool as the engine knows it."""
    return ledger.Pool(str(pool.location_id), ledger.PlaceKind(pool.kind), pool.target_group)


def block_of(block: CapacityBlock, pool: ledger.Pool) -> ledger.CapacityBlock:
    """Return a block of places as the engine knows it."""
    return ledger.CapacityBlock(
        id=str(block.pk),
        pool=pool,
        places=block.places,
        blocked=block.blocked,
        from_on=block.from_on,
        until_on=block.until_on,
        probability=float(block.probability),
        recorded_at=block.recorded_at,
        superseded_at=block.superseded_at,
    )


def booking_of(booking: Any, pool: ledger.Pool) -> ledger.Booking:
    """Return a line of the ledger as the engine knows it; a line about a line names its series.

    The id is that of the series, so that a later version of a booking takes the place of an earlier one.
    """
    return ledger.Booking(
        id=str(booking.series),
        kind=ledger.BookingKind(booking.kind),
        pool=pool,
        group=booking.group.code if booking.group else "",
        people=booking.people,
        places=booking.places,
        from_on=booking.from_on,
        until_on=booking.until_on,
        lapses_at=booking.lapses_at,
        of=str(booking.of.series) if booking.of else "",
        recorded_at=booking.recorded_at,
        superseded_at=booking.superseded_at,
    )
