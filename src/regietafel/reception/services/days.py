"""Places and claims per day, kept in the transaction of every booking: no place is promised twice.

Blocks and bookings are the truth and the engine says what they come to. `PlaceDay` is what the database holds
everybody to: whoever writes locks the pools in order of their number, and adds the difference that the engine
finds between before and after. A claim that grows only succeeds on days that have room for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from regietafel.kernel import dutch
from regietafel.kit.refusal import Refused
from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, CapacityBlock, PlaceDay, Pool
from regietafel.reception.selectors.ledger import block_of, booking_of, pool_of, pools_ledger

HORIZON = timedelta(days=400)
"""How far ahead days are kept at least; a booking without an end counts until there."""
FAR = timedelta(days=3_660)
"""Further away than ten years nobody plans; it is a mistake in typing."""
ONE_DAY = timedelta(days=1)
AT_ONCE = 2_000
Days = NDArray[np.int64]


CLAIM = (
    "UPDATE %(table)s SET claimed = claimed + %(n)s "
    "WHERE pool_id = %(n)s AND day >= %(n)s AND day < %(n)s AND claimed + %(n)s <= places"
)
GIVE_BACK = (
    "UPDATE %(table)s SET claimed = claimed - %(n)s, "
    "short = CASE WHEN claimed - %(n)s > places THEN claimed - %(n)s - places ELSE 0 END "
    "WHERE pool_id = %(n)s AND day >= %(n)s AND day < %(n)s"
)
"""One statement for many stretches at once; the same on both databases."""


class Move(NamedTuple):
    """More places (or fewer, below 0) claimed in a pool from a day up to but not including another."""

    pool: Pool
    first: date
    until: date
    places: int


class Shortage(NamedTuple):
    """Days in a row on which a pool has too few places left for all that was asked of it."""

    pool: Pool
    first: date
    last: date
    free: int
    needed: int


class Full(Refused):
    """A booking asks for a place that is not there; the message says where, when and how many are free.

    It tells of the first day that is short; `shortages` are all of them.
    """

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        pool, day, _last, free, needed = self.shortages[0]
        self.location, self.pool, self.day, self.free, self.needed = pool.location, pool, day, free, needed
        left = _("is geen plaats vrij")
        if free:
            left = (
                _("is nog 1 plaats vrij")
                if free == 1
                else _("zijn nog %s plaatsen vrij") % dutch.number(free)
            )
        super().__init__(
            _("Op %(place)s (%(kind)s) %(left)s op %(day)s; er zijn er %(needed)s nodig. ")
            % {
                "place": pool.location.name,
                "kind": pool.get_kind_display(),
                "left": left,
                "day": dutch.date_full(day),
                "needed": dutch.number(needed),
            }
            + _("Kies een andere plek of andere dagen, of boek voor minder mensen.")
        )


@dataclass(frozen=True)
class Turn:
    """Pools that are locked until the transaction ends, their blocks, and the moment of writing."""

    pools: Mapping[int, Pool]
    blocks: tuple[ledger.CapacityBlock, ...]
    at: datetime

    @property
    def today(self) -> date:
        """Return the day of the moment."""
        return timezone.localdate(self.at)


def take_turn(pool_ids: Iterable[int]) -> Turn:
    """Lock pools, in order of their number, and free the places of reservations that lapsed."""
    rows = Pool.objects.select_for_update(of=("self",), no_key=True).select_related("location")
    pools = {pool.pk: pool for pool in rows.filter(pk__in=set(pool_ids)).order_by("pk")}
    at = max([timezone.now(), *(pool.counted_at for pool in pools.values() if pool.counted_at)])
    in_force = CapacityBlock.objects.filter(pool__in=pools, superseded_at__isnull=True)
    blocks = tuple(block_of(block, pool_of(pools[block.pool_id])) for block in in_force)
    turn = Turn(pools=pools, blocks=blocks, at=at)
    _free_lapsed(turn)
    Pool.objects.filter(pk__in=pools).update(counted_at=at)
    for pool in pools.values():
        pool.counted_at = at
    return turn


def _free_lapsed(turn: Turn) -> None:
    """Give back what reservations held that lapsed after their pool was last counted."""
    due = Booking.objects.filter(pool__in=turn.pools, superseded_at__isnull=True, lapses_at__lte=turn.at)
    lapsed = set(due.filter(lapses_at__gt=F("pool__counted_at")).values_list("series", flat=True))
    if not lapsed:
        return
    lines = lines_of(families(lapsed))
    held = [replace(line, lapses_at=None) if line.id in map(str, lapsed) else line for line in lines]
    settle(turn, before=held, after=lines)


def families(series: Iterable[UUID]) -> list[Booking]:
    """Return the lines in force of some series, and the lines in force about them."""
    rows = Booking.objects.filter(superseded_at__isnull=True).select_related("pool__location", "group", "of")
    wanted = set(series)
    return list(rows.filter(series__in=wanted) | rows.filter(of__series__in=wanted))


def lines_of(bookings: Iterable[Booking]) -> list[ledger.Booking]:
    """Return bookings as the engine knows them."""
    return [booking_of(booking, pool_of(booking.pool)) for booking in bookings]


def settle(turn: Turn, *, before: Iterable[ledger.Booking], after: Iterable[ledger.Booking]) -> None:
    """Add to the days what some lines claim more than they did; give back what they claim less.

    Raises:
        Full: a day has no room for what is claimed more.
    """
    numbers = {pool_of(pool): pool.pk for pool in turn.pools.values()}
    change = {pk: _no_days(pool) for pk, pool in turn.pools.items()}
    for lines, sign in ((before, -1), (after, 1)):
        known = ledger.Ledger(blocks=turn.blocks, bookings=tuple(lines))
        for claim in ledger.claims_of(known, at=turn.at):
            if claim.pool in numbers:
                _add(change[numbers[claim.pool]], claim, pool=turn.pools[numbers[claim.pool]], sign=sign)
    moves = [
        Move(pool, first, until, places)
        for pool, days in ((turn.pools[pk], days) for pk, days in change.items())
        for first, until, places in _stretches(pool, np.cumsum(days))
    ]
    _give_back([move for move in moves if move.places < 0])
    growing = [move for move in moves if move.places > 0]
    if growing and not _claim(growing):
        _refuse_full(growing)


def _refuse_full(growing: Sequence[Move]) -> None:
    """Say of the days without room where that is and how many places are left."""
    shortages = [one for move in growing for one in _shortages(move)]
    if shortages:
        raise Full(shortages)
    raise Refused(_("Iemand anders was net iets eerder. Kijk opnieuw en probeer het nog eens."))


def _shortages(move: Move) -> Iterator[Shortage]:
    """Give the days of a stretch that have no room, days in a row with as many left together."""
    days = PlaceDay.objects.filter(pool=move.pool, day__gte=move.first, day__lt=move.until)
    full = days.filter(places__lt=F("claimed") + move.places).order_by("day")
    row: list[date] = []
    left = 0
    for day, places, claimed in full.values_list("day", "places", "claimed"):
        free = max(places - claimed, 0)
        if row and (free != left or day - row[-1] > ONE_DAY):
            yield Shortage(move.pool, row[0], row[-1], left, move.places)
            row = []
        row, left = [*row[:1], day], free
    if row:
        yield Shortage(move.pool, row[0], row[-1], left, move.places)


def _no_days(pool: Pool) -> Days:
    length = 0 if pool.counted_from is None else (_last(pool) - pool.counted_from).days + 1
    return np.zeros(length + 1, dtype=np.int64)


def _last(pool: Pool) -> date:
    return pool.counted_until or date.min


def _add(days: Days, claim: ledger.Claim, *, pool: Pool, sign: int) -> None:
    """Note a claim as a step up and a step down, as far as its days are kept."""
    first = pool.counted_from or date.min
    length = len(days) - 1
    start = min(max((claim.from_on - first).days, 0), length)
    end = length if claim.until_on is None else min(max((claim.until_on - first).days, start), length)
    days[start] += sign * claim.places
    days[end] -= sign * claim.places


def _stretches(pool: Pool, days: Days) -> Iterator[tuple[date, date, int]]:
    """Cut the days of a pool into stretches that change by the same number; days without change are left."""
    first = pool.counted_from or date.min
    step = 0
    for places, same in groupby(days[:-1].tolist()):
        length = sum(1 for _day in same)
        if places:
            yield first + timedelta(step), first + timedelta(step + length), int(places)
        step += length


def _claim(growing: Sequence[Move]) -> bool:
    """Claim places on every day of every stretch; when one day has no room, nothing is claimed."""
    days = sum((move.until - move.first).days for move in growing)
    marker = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.executemany(_statement(CLAIM), [(m.places, *_where(m), m.places) for m in growing])
        touched = cursor.rowcount
    if touched == days:
        transaction.savepoint_commit(marker)
        return True
    transaction.savepoint_rollback(marker)
    return False


def _give_back(shrinking: Sequence[Move]) -> None:
    """Give places back; what was promised and had fallen away becomes less too."""
    if shrinking:
        with connection.cursor() as cursor:
            values = [(-move.places,) * 3 + _where(move) for move in shrinking]
            cursor.executemany(_statement(GIVE_BACK), values)


def _statement(template: str) -> str:
    """Write a statement about days; every name comes from the model, never from outside."""
    quote = connection.ops.quote_name
    return template % {"table": quote(PlaceDay._meta.db_table), "n": "%s"}


def _where(move: Move) -> tuple[Any, ...]:
    day = connection.ops.adapt_datefield_value
    return move.pool.pk, day(move.first), day(move.until)


def cover(turn: Turn, *, first: date, until: date | None) -> None:
    """See to it that the days of a booking are kept in every pool, before the booking is written."""
    horizon = turn.today + HORIZON
    last = max(horizon, first, (until or horizon) - ONE_DAY)
    for pool in turn.pools.values():
        begin = min(first, pool.counted_from or min(first, turn.today))
        end = max(last, pool.counted_until or last)
        if pool.counted_from is None or pool.counted_until is None:
            _write(turn, pool, first=begin, last=end)
        else:
            if begin < pool.counted_from:
                _write(turn, pool, first=begin, last=pool.counted_from - ONE_DAY)
            if end > pool.counted_until:
                _write(turn, pool, first=pool.counted_until + ONE_DAY, last=end)
        _note(pool, first=begin, last=end)


def recount(turn: Turn) -> None:
    """Write the days of the locked pools anew, as the engine counts them; promises are kept and counted."""
    for pool in turn.pools.values():
        spans: list[tuple[date, date | None]] = []
        for rows in (CapacityBlock.objects, Booking.objects):
            in_force = rows.filter(pool=pool, superseded_at__isnull=True)
            spans += in_force.values_list("from_on", "until_on")
        first = min([*(begin for begin, _end in spans), pool.counted_from or turn.today])
        ends = [end - ONE_DAY for _begin, end in spans if end]
        last = max([*ends, pool.counted_until or turn.today, turn.today + HORIZON])
        _write(turn, pool, first=first, last=last)
        _note(pool, first=first, last=last)


def _note(pool: Pool, *, first: date, last: date) -> None:
    if (pool.counted_from, pool.counted_until) != (first, last):
        pool.counted_from, pool.counted_until = first, last
        Pool.objects.filter(pk=pool.pk).update(counted_from=first, counted_until=last)


def _write(turn: Turn, pool: Pool, *, first: date, last: date) -> None:
    rows = counted(pool, first=first, last=last, at=turn.at)
    PlaceDay.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=("pool", "day"),
        update_fields=("places", "claimed", "short"),
    )


def counted(pool: Pool, *, first: date, last: date, at: datetime) -> list[PlaceDay]:
    """Return what the days of a pool should say, as the engine counts them."""
    view = ledger.View(first=first, last=last, at=at, by=ledger.By.WHOLE, private=ledger.Private.INCLUDED)
    counts = ledger.count_days(pools_ledger([pool]), view)
    usable = (counts.capacity - counts.blocked).sum(axis=0)
    claimed = (counts.occupied + counts.reserved + counts.kept).sum(axis=0)
    return [
        PlaceDay(pool=pool, day=first + timedelta(step), places=places, claimed=taken, short=over)
        for step, (places, taken, over) in enumerate(
            zip(usable.tolist(), claimed.tolist(), np.maximum(claimed - usable, 0).tolist(), strict=True)
        )
    ]
