"""Positions for the administrators' meeting: what is new, who takes part, and which contracts end."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from regietafel.kernel import dutch
from regietafel.reception.engine.ledger.counting import By, Private, View, count_days
from regietafel.reception.engine.ledger.records import BookingKind, CapacityBlock, Ledger, as_known
from regietafel.reception.engine.ledger.spans import claims_of

ALERT_MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NewlyPlaced:
    """People placed and people reserved for, both written down since a moment."""

    since: datetime
    at: datetime
    placed: int
    reserved: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.placed + self.reserved

    @property
    def sum(self) -> str:
        """The sum as administrators read it, such as 195 = 50 + 145."""
        return f"{dutch.number(self.total)} = {dutch.number(self.placed)} + {dutch.number(self.reserved)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Municipalities that have people in their own locations, and that will have places."""

    now: tuple[str, ...]
    expected: tuple[str, ...]
    all: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Both counts in words."""
        of = f"van de {len(self.all)} gemeenten"
        return (
            f"{len(self.now)} {of} vangen nu mensen op; volgens de planning zijn dat er {len(self.expected)}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEnd:
    """A block that ends: on which day its places are gone, how many, and how many of them are taken then."""

    block: CapacityBlock
    ends_on: date
    days_left: int
    places: int | None
    claimed: int


def newly_placed(ledger: Ledger, *, since: datetime, at: datetime) -> NewlyPlaced:
    """Count who was placed or reserved for since an earlier position (newly placed).

    Args:
        ledger: all records, in any order; private places do not count.
        since: the earlier moment, such as the last meeting; with time zone.
        at: the moment of knowing, with time zone.

    Returns:
        People: those placed in lines written down after ``since``, and those for whom a reservation written
        down after ``since`` still stands. Who came on a reservation counts once, as placed.

    Source: bron-003, agendapunt 2.3 (195 = 50 placed + 145 reserved, since 5 April 2022).

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger.records import Booking, PlaceKind, Pool
    >>> then, now = datetime(2022, 4, 5, tzinfo=UTC), datetime(2022, 4, 7, tzinfo=UTC)
    >>> pool = Pool("Kade", PlaceKind.MUNICIPAL)
    >>> people = {"thuis": 50, "bus 1": 48, "bus 2": 48, "bus 3": 49}
    >>> lines = [Booking(id=group, pool=pool, group=group, people=number, from_on=date(2022, 4, 9),
    ...     kind=BookingKind.RESERVATION if "bus" in group else BookingKind.PLACEMENT, recorded_at=now)
    ...     for group, number in people.items()]
    >>> newly_placed(Ledger(bookings=tuple(lines)), since=then, at=now).sum
    '195 = 50 + 145'
    """
    new = [
        booking
        for booking in as_known(ledger.bookings, at)
        if booking.recorded_at > since and not booking.pool.is_private
    ]
    left = {booking.id: booking.people for booking in new if _stands(booking.kind, booking.lapses_at, at=at)}
    for booking in as_known(ledger.bookings, at):
        if booking.of in left:
            left[booking.of] = max(left[booking.of] - booking.people, 0)
    placed = sum(booking.people for booking in new if booking.kind is BookingKind.PLACEMENT)
    return NewlyPlaced(since=since, at=at, placed=placed, reserved=sum(left.values()))


def _stands(kind: BookingKind, lapses_at: datetime | None, *, at: datetime) -> bool:
    return kind is BookingKind.RESERVATION and (lapses_at is None or lapses_at > at)


def participation(ledger: Ledger, *, day: date, until: date, at: datetime) -> Participation:
    """Say which municipalities receive people in locations of their own, now and as planned (participation).

    Args:
        ledger: all records; ``municipalities`` names them, also those without places.
        day: today.
        until: the last day of the planning.
        at: the moment of knowing, with time zone.

    Returns:
        Names in alphabetical order. Now: at least one person is placed that day, private hosts not counted.
        Expected: also those with places that can be used on a later day up to ``until``, certain or not.

    Raises:
        ValueError: ``until`` lies before ``day``.

    Source: bron-003, agendapunt 2.3 (10 of 14 municipalities now, all in the prognosis).

    >>> from datetime import UTC
    >>> now = datetime(2022, 4, 6, tzinfo=UTC)
    >>> region = Ledger(municipalities={"Kade": "Borne", "Hal": "Almelo"})
    >>> participation(region, day=date(2022, 4, 6), until=date(2022, 7, 1), at=now).sentence
    '0 van de 2 gemeenten vangen nu mensen op; volgens de planning zijn dat er 0.'
    """
    view = View(first=day, last=until, at=at, by=By.MUNICIPALITY, private=Private.EXCLUDED)
    counts = count_days(ledger, view)
    usable = (counts.capacity - counts.blocked + counts.uncertain).max(axis=1, initial=0)
    now = {row for row, people in zip(counts.rows, counts.occupied[:, 0], strict=True) if people}
    expected = now | {row for row, places in zip(counts.rows, usable, strict=True) if places > 0}
    return Participation(
        now=tuple(sorted(now - {""})),
        expected=tuple(sorted(expected - {""})),
        all=tuple(sorted(set(ledger.municipalities.values()) - {""})),
    )


def contracts_ending(
    ledger: Ledger, *, on: date, at: datetime, months: int = ALERT_MONTHS
) -> tuple[ContractEnd, ...]:
    """List the blocks that end within some months (contract ends).

    Args:
        ledger: all records, in any order.
        on: today.
        at: the moment of knowing, with time zone.
        months: how far to look, in calendar months.

    Returns:
        Blocks that have not ended and of which the first day without places lies less than so many months
        away, the soonest first. ``claimed``: places taken in the whole pool on the last day.

    Source: bron-003, agendapunt 2.3 (reception is secured for six months).

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger.records import PlaceKind, Pool
    >>> now = datetime(2022, 4, 6, tzinfo=UTC)
    >>> block = CapacityBlock(id="a", pool=Pool("Kade", PlaceKind.MUNICIPAL), places=50,
    ...     from_on=date(2022, 4, 1), until_on=date(2022, 10, 1), recorded_at=now)
    >>> [end.days_left for end in contracts_ending(Ledger(blocks=(block,)), on=date(2022, 4, 6), at=now)]
    [178]
    """
    border = _months_later(on, months)
    ending = [
        (block.until_on, block)
        for block in as_known(ledger.blocks, at)
        if block.until_on is not None and on < block.until_on < border
    ]
    claims = claims_of(ledger, at=at)
    found = []
    for ends_on, block in sorted(ending, key=lambda pair: (pair[0], pair[1].pool, pair[1].id)):
        last = ends_on - timedelta(days=1)
        there = [claim for claim in claims if claim.pool == block.pool and claim.from_on <= last]
        claimed = sum(claim.places for claim in there if claim.until_on is None or claim.until_on > last)
        found.append(
            ContractEnd(
                block=block,
                ends_on=ends_on,
                days_left=(ends_on - on).days,
                places=block.places,
                claimed=claimed,
            )
        )
    return tuple(found)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
