"""Positions for the administrators' meeting: what is new, who takes part, and which contracts end."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from regietafel.kernel import dutch
from regietafel.reception.engine.ledger.counting import By, Private, View, count_days
from regietafel.reception.engine.ledger.records import BookingKind, CapacityBlock, Ledger, Pool, as_known
from regietafel.reception.engine.ledger.spans import Claim, claims_of

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
    """Places of a pool that end: the first day without them, and how many fewer there are (None: unknown).

    ``claimed``: places taken in the whole pool on the last day. Not ``is_certain``: they may never come.
    """

    pool: Pool
    ends_on: date
    days_left: int
    places: int | None
    claimed: int
    is_certain: bool = True

    @property
    def last_on(self) -> date:
        """The last day with these places."""
        return self.ends_on - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Places of a pool that can be used from a day on, how many more (None: unknown), and how likely."""

    pool: Pool
    from_on: date
    places: int | None
    probability: float = 1.0


def newly_placed(
    ledger: Ledger, *, since: datetime, at: datetime, private: Private = Private.EXCLUDED
) -> NewlyPlaced:
    """Count who was placed or reserved for since an earlier position (newly placed).

    Args:
        ledger: all records, in any order.
        since: the earlier moment, such as the last meeting; with time zone.
        at: the moment of knowing, with time zone.
        private: whether places with private hosts count.

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
        if booking.recorded_at > since and private.admits(booking.pool.kind)
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
    """List where places become fewer within some months (contract ends).

    Args:
        ledger: all records, in any order.
        on: today.
        at: the moment of knowing, with time zone.
        months: how far to look, in calendar months.

    Returns:
        Per pool the days on which it has fewer places than the day before, net of the blocks that begin that
        day, and less than so many months away; the soonest first. Places that are shut for a while are still
        there. What may come makes up for nothing that certainly ends. ``days_left``: until the last day.

    Source: bron-003, agendapunt 2.3 (reception is secured for six months).

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger.records import PlaceKind, Pool
    >>> now = datetime(2022, 4, 6, tzinfo=UTC)
    >>> block = CapacityBlock(id="a", pool=Pool("Kade", PlaceKind.MUNICIPAL), places=50,
    ...     from_on=date(2022, 4, 1), until_on=date(2022, 10, 1), recorded_at=now)
    >>> [end.days_left for end in contracts_ending(Ledger(blocks=(block,)), on=date(2022, 4, 6), at=now)]
    [177]
    """
    border = _months_later(on, months)
    claims = claims_of(ledger, at=at)
    return tuple(
        ContractEnd(
            pool=turn.pool,
            ends_on=turn.day,
            days_left=(turn.day - on).days - 1,
            places=places,
            claimed=_claimed(claims, turn.pool, day=turn.day - timedelta(days=1)),
            is_certain=is_certain,
        )
        for turn in _turns(as_known(ledger.blocks, at))
        if on < turn.day < border
        for places, is_certain in turn.losses()
    )


def places_opening(
    blocks: Iterable[CapacityBlock], *, after: date, until: date, at: datetime
) -> tuple[Opening, ...]:
    """List where more places can be used than the day before (openings).

    Args:
        blocks: of one or more pools, in any order.
        after: look at later days than this.
        until: the last day to look at.
        at: the moment of knowing, with time zone.

    Returns:
        Per pool and day the certain places more, net of the blocks that end that day and of what is shut, and
        apart from those the places that may come, per probability and net in the same way; the soonest first.

    Source: bron-003, agendapunt 2.3 (places to come in the prognosis).

    >>> from datetime import UTC
    >>> from regietafel.reception.engine.ledger.records import PlaceKind
    >>> now, pool = datetime(2022, 4, 6, tzinfo=UTC), Pool("Kade", PlaceKind.MUNICIPAL)
    >>> cut = ((1, 30), (10, 0))
    >>> shut, again = (CapacityBlock(id=str(first), pool=pool, places=50, blocked=blocked, recorded_at=now,
    ...     from_on=date(2022, 4, first), until_on=date(2022, 4, first + 9)) for first, blocked in cut)
    >>> [more.places for more in places_opening((shut, again), after=date(2022, 4, 6),
    ...     until=date(2022, 5, 1), at=now)]
    [30]
    """
    return tuple(
        Opening(pool=turn.pool, from_on=turn.day, places=places, probability=probability)
        for turn in _turns(as_known(blocks, at))
        if after < turn.day <= until
        for places, probability in turn.gains()
    )


def _claimed(claims: Iterable[Claim], pool: Pool, *, day: date) -> int:
    there = (claim for claim in claims if claim.pool == pool and claim.from_on <= day)
    return sum(claim.places for claim in there if claim.until_on is None or claim.until_on > day)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A day on which blocks of a pool end or begin."""

    day: date
    pool: Pool
    ended: list[CapacityBlock]
    begun: list[CapacityBlock]

    def losses(self) -> Iterator[tuple[int | None, bool]]:
        """Give the places that are gone and whether they were certain; what goes on is not gone."""
        certain = _places(self.ended, is_certain=True) - _places(self.begun, is_certain=True)
        maybe = _places(self.ended, is_certain=False) - _places(self.begun, is_certain=False)
        if certain > 0:
            yield certain, True
        if maybe + min(certain, 0) > 0:
            yield maybe + min(certain, 0), False
        if not self.begun and any(block.places is None for block in self.ended):
            yield None, all(block.probability == 1 for block in self.ended if block.places is None)

    def gains(self) -> Iterator[tuple[int | None, float]]:
        """Give the places that come and how likely that is; what was there already does not come."""
        for chance in sorted({block.probability for block in self.begun}, reverse=True):
            more = _usable(self.begun, chance=chance) - _usable(self.ended, chance=chance)
            if more > 0:
                yield more, chance
        for block in self.begun:
            if block.places is None and not self.ended:
                yield None, block.probability


def _turns(blocks: Iterable[CapacityBlock]) -> list[_Turn]:
    found: dict[tuple[date, Pool], _Turn] = {}
    for block in blocks:
        for day, is_end in ((block.from_on, False), (block.until_on, True)):
            if day is not None:
                turn = found.setdefault((day, block.pool), _Turn(day, block.pool, [], []))
                (turn.ended if is_end else turn.begun).append(block)
    return [found[key] for key in sorted(found)]


def _places(blocks: Iterable[CapacityBlock], *, is_certain: bool) -> int:
    return sum(block.places or 0 for block in blocks if (block.probability == 1) is is_certain)


def _usable(blocks: Iterable[CapacityBlock], *, chance: float) -> int:
    known = (block for block in blocks if block.probability == chance and block.places is not None)
    return sum((block.places or 0) - block.blocked for block in known)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
