"""From lines of the ledger to who holds what on which days: lapsing, partial arrivals and departures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from regietafel.kernel import dutch
from regietafel.reception.engine.ledger.records import (
    Booking,
    BookingKind,
    CapacityBlock,
    Ledger,
    Pool,
    as_known,
)


class Claim(NamedTuple):
    """Places held in a pool from a day up to but not including another (None: no end)."""

    pool: Pool
    is_placed: bool
    people: int
    places: int
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A line of the ledger that contradicts another; ``reason`` is for people."""

    booking: Booking
    reason: str


def claims_of(ledger: Ledger, *, at: datetime) -> tuple[Claim, ...]:
    """Say who holds what on which days, as known at a moment (claims).

    Args:
        ledger: all records, in any order.
        at: the moment of knowing, with time zone.

    Returns:
        Claims that hold at least one person on at least one day. People who arrive on a reservation leave it
        on the day of their placement; people who depart give their places back on the day itself. Without an
        end a claim lasts as long as its pool has places that are certain, and at least its first day.

    Source: bron-003, agendapunt 2.3 (placements and reservations apart); lapsing is our reading.

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger.records import PlaceKind
    >>> pool, now = Pool("Kade", PlaceKind.MUNICIPAL), datetime(2022, 4, 6, 12, tzinfo=UTC)
    >>> bus = Booking(id="r", kind=BookingKind.RESERVATION, pool=pool, group="bus 1", people=50,
    ...     from_on=date(2022, 4, 8), recorded_at=now)
    >>> came = Booking(id="p", kind=BookingKind.PLACEMENT, pool=pool, group="bus 1", people=45,
    ...     from_on=date(2022, 4, 8), of="r", recorded_at=now)
    >>> [(claim.is_placed, claim.people) for claim in claims_of(Ledger(bookings=(bus, came)), at=now)]
    [(False, 5), (True, 45)]
    """
    known = as_known(ledger.bookings, at)
    taken: dict[str, list[Booking]] = defaultdict(list)
    for booking in known:
        if booking.of:
            taken[booking.of].append(booking)
    ends = _last_days(as_known(ledger.blocks, at))
    return tuple(
        claim
        for booking in known
        if booking.kind is not BookingKind.DEPARTURE
        for claim in _claims(booking, taken.get(booking.id, ()), until=_end(booking, at=at, ends=ends))
    )


def misfits(ledger: Ledger, *, at: datetime) -> tuple[Misfit, ...]:
    """Name the lines that contradict the line they belong to (misfits).

    Args:
        ledger: all records, in any order.
        at: the moment of knowing, with time zone.

    Returns:
        Lines about a booking that is not there, of another place, from before it began, or of more people
        than it holds. They are counted as far as they can be; more people never depart than are there.

    Source: bron-003, agendapunt 2.3 (the balance of placements and reservations); the rules are our reading.

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger.records import PlaceKind
    >>> now = datetime(2022, 4, 6, tzinfo=UTC)
    >>> gone = Booking(id="v", kind=BookingKind.DEPARTURE, pool=Pool("Kade", PlaceKind.MUNICIPAL),
    ...     group="bus 1", people=4, from_on=date(2022, 4, 9), of="p", recorded_at=now)
    >>> [misfit.reason for misfit in misfits(Ledger(bookings=(gone,)), at=now)]
    ['De boeking waar deze regel bij hoort, is er niet.']
    """
    known = as_known(ledger.bookings, at)
    by_id = {booking.id: booking for booking in known}
    left = {booking.id: booking.people for booking in known}
    found = []
    for booking in sorted(known, key=_in_time):
        if booking.of:
            reason = _misfit(booking, by_id.get(booking.of), left=left)
            if reason:
                found.append(Misfit(booking=booking, reason=reason))
    return tuple(found)


def _misfit(booking: Booking, other: Booking | None, *, left: dict[str, int]) -> str:
    if other is None or other.kind is BookingKind.DEPARTURE:
        return "De boeking waar deze regel bij hoort, is er niet."
    if booking.kind is not BookingKind.DEPARTURE and other.kind is not BookingKind.RESERVATION:
        return "Een plaatsing hoort bij een reservering."
    if booking.kind is BookingKind.DEPARTURE and booking.pool != other.pool:
        return "Het vertrek is van een andere plek dan de boeking."
    if booking.kind is BookingKind.DEPARTURE and booking.from_on < other.from_on:
        return "Het vertrek ligt voor het begin van de boeking."
    left[other.id] -= booking.people
    if booking.kind is BookingKind.DEPARTURE and left[other.id] < 0:
        return f"Er vertrekken meer mensen dan er zijn: {-left[other.id]} te veel."
    return ""


def _in_time(booking: Booking) -> tuple[date, datetime, str]:
    return booking.from_on, booking.recorded_at, booking.id


def _last_days(blocks: Iterable[CapacityBlock]) -> dict[Pool, date | None]:
    """Give the day on which the last certain places of each pool end; None when some have no end."""
    ends: dict[Pool, date | None] = {}
    for block in blocks:
        if not block.is_certain:
            continue
        before = ends.get(block.pool, block.until_on)
        is_open = before is None or block.until_on is None
        ends[block.pool] = None if is_open else max(before or date.min, block.until_on or date.min)
    return ends


def _end(booking: Booking, *, at: datetime, ends: Mapping[Pool, date | None]) -> date | None:
    until = booking.until_on
    if until is None and (last := ends.get(booking.pool)) is not None:
        until = max(last, booking.from_on + timedelta(days=1))
    if booking.kind is BookingKind.RESERVATION and booking.lapses_at and booking.lapses_at <= at:
        lapsed_on = dutch.local(booking.lapses_at).date()
        return lapsed_on if until is None else min(until, lapsed_on)
    return until


def _claims(booking: Booking, taken: Sequence[Booking], *, until: date | None) -> Iterator[Claim]:
    """Cut a booking at every day on which people go from it."""
    is_placed = booking.kind is BookingKind.PLACEMENT
    people, places, since = booking.people, booking.claimed, booking.from_on
    for leaving in sorted(taken, key=_in_time):
        day = max(leaving.from_on, since)
        cut = min(day, until) if until else day
        if people and since < cut:
            yield Claim(booking.pool, is_placed, people, places, since, cut)
        since, people = day, max(people - leaving.people, 0)
        places = max(places - _given_back(booking, leaving), people)
    if people and (until is None or since < until):
        yield Claim(booking.pool, is_placed, people, places, since, until)


def _given_back(booking: Booking, leaving: Booking) -> int:
    """Give the places that come free: of rooms taken whole only those that are named."""
    if booking.places is None:
        return leaving.people
    return leaving.places or 0
