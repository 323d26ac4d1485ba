"""Whether a booking fits: no day on which more is promised than there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import accumulate

from regietafel.reception.engine.ledger.records import Booking, BookingKind, Ledger, Pool, as_known
from regietafel.reception.engine.ledger.spans import claims_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Whether a booking fits on all its days.

    ``least_free``: free places on its tightest day, before this booking and never below 0. ``full_on``: the
    first day on which it does not fit; None when it always does.
    """

    fits: bool
    claimed: int
    least_free: int
    full_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overbooking:
    """Days on which a pool has promised more than it has; ``most`` is how many places on the worst day.

    ``most_on``: the first day on which it is that many.
    """

    pool: Pool
    first: date
    last: date | None
    most: int
    most_on: date


def fits(ledger: Ledger, booking: Booking, *, at: datetime) -> Fit:
    """Say whether a booking fits in its pool on each of its days (fit).

    Args:
        ledger: the blocks and bookings of at least the pool, and all that belong to those bookings, in any
            order; a booking with the same id is left out, so that a change can be tried.
        booking: the reservation or placement to be. A placement takes the places of its reservation first.
        at: the moment of knowing, with time zone.

    Returns:
        Places. Only certain blocks count (probability 1, number known), without what is blocked. A booking
        without an end is tried until the last of these places end; where there are none it does not fit.

    Raises:
        ValueError: the booking is a departure, which always fits.

    Source: bron-003, agendapunt 2.3 (placements and reservations against places); the rules are our reading.

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger.records import CapacityBlock, PlaceKind
    >>> pool, now = Pool("Kade", PlaceKind.MUNICIPAL), datetime(2022, 4, 6, tzinfo=UTC)
    >>> block = CapacityBlock(id="a", pool=pool, places=50, from_on=date(2022, 4, 1),
    ...     until_on=date(2022, 10, 1), recorded_at=now)
    >>> bus = Booking(id="r", kind=BookingKind.RESERVATION, pool=pool, group="bus 1", people=48,
    ...     from_on=date(2022, 4, 8), until_on=date(2022, 11, 1), recorded_at=now)
    >>> found = fits(Ledger(blocks=(block,)), bus, at=now)
    >>> found.fits, found.full_on.isoformat()
    (False, '2022-10-01')
    """
    if booking.kind is BookingKind.DEPARTURE:
        raise ValueError("A departure takes no places.")
    others = _with(ledger, booking, at=at)
    line = dict(_lines(others, at=at).get(booking.pool, ()))
    known = as_known(ledger.blocks, at)
    ends = [block.until_on for block in known if block.pool == booking.pool and block.is_certain]
    until = booking.until_on or (None if None in ends else max((end for end in ends if end), default=None))
    free = _during(line, booking.from_on, until=until)
    full = next((day for day, places in free if places < booking.claimed), None)
    return Fit(
        fits=full is None,
        claimed=booking.claimed,
        least_free=max(min(places for _day, places in free), 0),
        full_on=full,
    )


def overbooked(ledger: Ledger, *, at: datetime, since: date | None = None) -> tuple[Overbooking, ...]:
    """Find every stretch on which more was promised than there is (overbooking).

    Args:
        ledger: all records, in any order.
        at: the moment of knowing, with time zone.
        since: leave earlier days out, also of a stretch that began before; None keeps them.

    Returns:
        Stretches in order of pool and day; none where every booking was tried with ``fits`` and no block was
        made smaller since. ``last`` is None when it goes on without end.

    Source: bron-003, agendapunt 2.3 (placements and reservations against places); the rules are our reading.

    >>> overbooked(Ledger(), at=datetime(2022, 4, 6))
    ()
    """
    lines = _lines(ledger, at=at)
    return tuple(found for pool in sorted(lines) for found in _stretches(pool, _from(lines[pool], since)))


def _from(line: list[tuple[date, int]], since: date | None) -> list[tuple[date, int]]:
    """Leave the days before one out."""
    return line if since is None else _during(dict(line), since, until=None)


def _with(ledger: Ledger, booking: Booking, *, at: datetime) -> Ledger:
    """Give the ledger without this booking, its reservation already reduced by it."""
    bookings = tuple(other for other in ledger.bookings if other.id != booking.id)
    if booking.of:
        gone = replace(
            booking,
            kind=BookingKind.DEPARTURE,
            recorded_at=min(booking.recorded_at, at),
            until_on=None,
            superseded_at=None,
        )
        bookings = (*bookings, gone)
    return replace(ledger, bookings=bookings)


def _lines(ledger: Ledger, *, at: datetime) -> dict[Pool, list[tuple[date, int]]]:
    """Give the free places of each pool from each day on which they change, in order of day."""
    changes: dict[Pool, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for pool, from_on, until_on, places in _amounts(ledger, at=at):
        changes[pool][from_on] += places
        if until_on is not None:
            changes[pool][until_on] -= places
    return {
        pool: list(zip(sorted(days), accumulate(days[day] for day in sorted(days)), strict=True))
        for pool, days in changes.items()
    }


def _amounts(ledger: Ledger, *, at: datetime) -> Iterator[tuple[Pool, date, date | None, int]]:
    for block in as_known(ledger.blocks, at):
        if block.is_certain and block.places is not None:
            yield block.pool, block.from_on, block.until_on, block.places - block.blocked
    for claim in claims_of(ledger, at=at):
        yield claim.pool, claim.from_on, claim.until_on, -claim.places


def _during(line: dict[date, int], first: date, *, until: date | None) -> list[tuple[date, int]]:
    """Give the free places on the first day, and from each later day on which they change."""
    before = [day for day in line if day <= first]
    later = [day for day in line if day > first and (until is None or day < until)]
    return [(first, line[max(before)] if before else 0), *((day, line[day]) for day in sorted(later))]


def _stretches(pool: Pool, line: list[tuple[date, int]]) -> Iterator[Overbooking]:
    found: Overbooking | None = None
    for day, free in line:
        if free < 0:
            found = found or Overbooking(pool=pool, first=day, last=None, most=-free, most_on=day)
            if -free > found.most:
                found = replace(found, most=-free, most_on=day)
        elif found is not None:
            yield replace(found, last=day - timedelta(days=1))
            found = None
    if found is not None:
        yield found
