"""Places per day: how many there are, cannot be used, are occupied, are reserved, and are free."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from regietafel.reception.engine.ledger.records import CapacityBlock, Ledger, PlaceKind, Pool, as_known
from regietafel.reception.engine.ledger.spans import Claim, claims_of

Days = NDArray[np.int64]
WHOLE = "totaal"


class By(StrEnum):
    """What a row of a count stands for."""

    POOL = "plek"
    LOCATION = "locatie"
    MUNICIPALITY = "gemeente"
    KIND = "soort"
    WHOLE = "totaal"


class Private(StrEnum):
    """Whether places with private hosts are in a count; regions differ, so every caption says it."""

    INCLUDED = "met"
    EXCLUDED = "zonder"
    ONLY = "alleen"

    def admits(self, kind: PlaceKind) -> bool:
        """Say whether places of this kind are counted."""
        return self is Private.INCLUDED or (kind is PlaceKind.PRIVATE) is (self is Private.ONLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What to count: ``first`` to ``last`` included, known ``at``, per what, with private places or not."""

    first: date
    last: date
    at: datetime
    by: By = By.LOCATION
    private: Private = Private.EXCLUDED

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The last day of a count lies before the first.")

    @property
    def length(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """One row on one day; places, except ``occupied`` and ``reserved``, which are people.

    ``short``: places promised beyond what there is. What is free in one pool makes up for nothing in another,
    so: capacity - blocked - occupied - reserved - kept = free - short.
    """

    capacity: int
    blocked: int
    occupied: int
    reserved: int
    kept: int
    free: int
    short: int
    unknown_blocks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Rows by days. ``kept``: places beyond the people of a booking, because a room is taken whole.

    ``unknown_blocks``: blocks in force of which the number of places is not known; nothing else holds them.
    Blocks that may not go ahead (probability below 1) are in ``uncertain`` and not in ``capacity``.
    ``short``: places promised beyond what a pool has, added up over the pools of a row.
    """

    view: View
    rows: tuple[str, ...]
    capacity: Days
    blocked: Days
    uncertain: Days
    occupied: Days
    reserved: Days
    kept: Days
    unknown_blocks: Days
    short: Days

    @property
    def free(self) -> Days:
        """Places that can be promised; never below 0, for what is too much is in ``short``."""
        return self.capacity - self.blocked - self.occupied - self.reserved - self.kept + self.short

    def on(self, row: str, day: date) -> DayCount:
        """Give one row on one day; 0 everywhere for a row without places or people."""
        step = (day - self.view.first).days
        if not 0 <= step < self.view.length:
            raise ValueError("The day lies outside the count.")
        names = [field.name for field in fields(DayCount)]
        if row not in self.rows:
            return DayCount(**dict.fromkeys(names, 0))
        place = self.rows.index(row)
        return DayCount(**{name: int(getattr(self, name)[place, step]) for name in names})

    def caption(self) -> str:
        """Say, in Dutch, which places are in these numbers and which are not."""
        return caption_of(self)


def count_days(ledger: Ledger, view: View) -> Counts:
    """Count places and people per day (count).

    Args:
        ledger: all records, in any order, also those replaced since.
        view: which days, known when, per what, with private places or not.

    Returns:
        Whole places and people per row and day. A row stands for every pool, location, municipality or kind
        with a block or a claim, in alphabetical order; for the whole there is always one.

    Source: bron-003, agendapunt 2.3 (places, placements, reservations and private places each apart).

    >>> from datetime import UTC
    >>> now = datetime(2022, 4, 6, tzinfo=UTC)
    >>> block = CapacityBlock(id="a", pool=Pool("Kade", PlaceKind.MUNICIPAL), places=50, blocked=2,
    ...     from_on=date(2022, 4, 1), until_on=date(2022, 4, 3), recorded_at=now)
    >>> view = View(first=date(2022, 4, 1), last=date(2022, 4, 4), at=now)
    >>> found = count_days(Ledger(blocks=(block,)), view)
    >>> found.rows, found.free.tolist()
    (('Kade',), [[48, 48, 0, 0]])
    >>> found.caption()
    'Zonder particuliere opvang.'
    """
    name = _namer(ledger, view.by)
    blocks = [block for block in as_known(ledger.blocks, view.at) if view.private.admits(block.pool.kind)]
    claims = [claim for claim in claims_of(ledger, at=view.at) if view.private.admits(claim.pool.kind)]
    pools = {block.pool for block in blocks} | {claim.pool for claim in claims}
    rows = tuple(sorted({name(pool) for pool in pools} | ({WHOLE} if view.by is By.WHOLE else set())))
    summing = _Summing({row: place for place, row in enumerate(rows)}, name, view)
    known = [block for block in blocks if block.places is not None]
    certain = [block for block in known if block.probability == 1]
    placed = [claim for claim in claims if claim.is_placed]
    reserved = [claim for claim in claims if not claim.is_placed]
    return Counts(
        view=view,
        rows=rows,
        capacity=summing.sum(certain, [block.places or 0 for block in certain]),
        blocked=summing.sum(certain, [block.blocked for block in certain]),
        uncertain=summing.sum(
            uncertain := [block for block in known if block.probability < 1],
            [(block.places or 0) - block.blocked for block in uncertain],
        ),
        occupied=summing.sum(placed, [claim.people for claim in placed]),
        reserved=summing.sum(reserved, [claim.people for claim in reserved]),
        kept=summing.sum(claims, [claim.places - claim.people for claim in claims]),
        unknown_blocks=summing.sum(
            unknown := [block for block in blocks if block.places is None], [1] * len(unknown)
        ),
        short=_short(summing, certain, claims=claims),
    )


def _short(summing: _Summing, certain: Sequence[CapacityBlock], *, claims: Sequence[Claim]) -> Days:
    """Count per pool what was promised beyond what it has, and add that up per row."""
    pools = sorted({block.pool for block in certain} | {claim.pool for claim in claims})
    apart = replace(summing, places={pool: place for place, pool in enumerate(pools)}, name=lambda pool: pool)
    usable = apart.sum(certain, [(block.places or 0) - block.blocked for block in certain])
    over = np.maximum(apart.sum(claims, [claim.places for claim in claims]) - usable, 0)
    table = np.zeros((len(summing.places), summing.view.length), dtype=np.int64)
    np.add.at(table, [summing.places[summing.name(pool)] for pool in pools], over)
    return table


def caption_of(counts: Counts) -> str:
    """Say which places are in a count (caption).

    Args:
        counts: the count.

    Returns:
        One to three Dutch sentences: with or without private places, uncertain blocks, unknown blocks.

    Source: bron-003, agendapunt 2.3 (regions differ in whether private places are counted).

    >>> from datetime import UTC
    >>> day, now = date(2022, 4, 1), datetime(2022, 4, 6, tzinfo=UTC)
    >>> block = CapacityBlock(id="a", pool=Pool("Kade", PlaceKind.MUNICIPAL), places=None, from_on=day,
    ...     recorded_at=now)
    >>> view = View(first=day, last=day, at=now, private=Private.INCLUDED)
    >>> count_days(Ledger(blocks=(block,)), view).caption()
    'Met particuliere opvang. Van 1 blok is het aantal plaatsen onbekend; dat telt niet mee.'
    """
    first = {
        Private.INCLUDED: "Met particuliere opvang.",
        Private.EXCLUDED: "Zonder particuliere opvang.",
        Private.ONLY: "Alleen particuliere opvang.",
    }[counts.view.private]
    told = [first]
    if uncertain := int(counts.uncertain.sum(axis=0).max(initial=0)):
        told.append(f"Hoogstens {uncertain} plaatsen zijn nog niet zeker; die tellen niet mee.")
    if unknown := int(counts.unknown_blocks.sum(axis=0).max(initial=0)):
        blocks = "1 blok" if unknown == 1 else f"{unknown} blokken"
        told.append(
            f"Van {blocks} is het aantal plaatsen onbekend; "
            f"{'dat telt' if unknown == 1 else 'die tellen'} niet mee."
        )
    return " ".join(told)


def _namer(ledger: Ledger, by: By) -> Callable[[Pool], str]:
    return {
        By.POOL: lambda pool: " · ".join(part for part in pool if part),
        By.LOCATION: lambda pool: pool.location,
        By.MUNICIPALITY: lambda pool: ledger.municipalities.get(pool.location, ""),
        By.KIND: lambda pool: str(pool.kind),
        By.WHOLE: lambda pool: WHOLE,
    }[by]


@dataclass(frozen=True, slots=True)
class _Summing:
    places: Mapping[Hashable, int]
    name: Callable[[Pool], Hashable]
    view: View

    def sum(self, spans: Sequence[CapacityBlock] | Sequence[Claim], amounts: Sequence[int]) -> Days:
        """Add an amount to every day of each span: up on its first day, down on the day after its last."""
        width = self.view.length + 1
        starts = self._steps(span.from_on for span in spans)
        ends = self._steps(span.until_on for span in spans)
        rows = np.fromiter((self.places[self.name(span.pool)] for span in spans), np.int64, len(spans))
        places = np.concatenate([rows * width + starts, rows * width + np.maximum(ends, starts)])
        weights = np.array(amounts, dtype=np.float64)
        changes = np.bincount(
            places, weights=np.concatenate([weights, -weights]), minlength=len(self.places) * width
        )
        table = np.rint(changes).astype(np.int64).reshape(len(self.places), width)
        days: Days = table.cumsum(axis=1)[:, :-1]
        return days

    def _steps(self, days: Iterable[date | None]) -> Days:
        end, first = self.view.length, self.view.first.toordinal()
        steps = (end if day is None else min(max(day.toordinal() - first, 0), end) for day in days)
        return np.fromiter(steps, np.int64)


def days_of(view: View) -> tuple[date, ...]:
    """List the days of a count (days).

    Args:
        view: what was counted.

    Returns:
        Every day from the first to the last.

    Source: bron-003, agendapunt 2.3 (positions per day).

    >>> len(days_of(View(first=date(2022, 4, 1), last=date(2022, 4, 5), at=datetime(2022, 4, 1))))
    5
    """
    return tuple(view.first + timedelta(step) for step in range(view.length))
