"""What is free per pool and stretch of nights: places, and of those the accessible and the care places."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from regietafel.reception.engine import ledger, placing
from regietafel.reception.models import Booking, Group, Pool
from regietafel.reception.selectors.ledger import pool_of


class Free:
    """What is free per pool and stretch of nights: places, and of those accessible and care places."""

    def __init__(self, book: ledger.Ledger, cut: placing.Stretches, *, at: datetime) -> None:
        view = ledger.View(
            first=cut.first,
            last=cut.until - timedelta(days=1),
            at=at,
            by=ledger.By.POOL,
            private=ledger.Private.INCLUDED,
        )
        self.counts, self.cut = ledger.count_days(book, view), cut
        self.special = _special_claims(cut, at)

    def location(self, code: str, pool: Pool, *, behind: Mapping[str, int]) -> placing.Location:
        """Return a pool as the engine places people in it."""
        row = " · ".join(part for part in pool_of(pool) if part)
        days = (self.cut.until - self.cut.first).days
        known, there = (self._until_closed(pool, counts, row=row) for counts in self._known)
        kept = {pool.target_group} if pool.target_group else set()
        municipality = pool.location.municipality.name
        return placing.Location(
            code=code,
            municipality=municipality,
            kind=pool.kind,
            places=self.cut.lowest(known),
            features=(frozenset(pool.location.features) | kept) & frozenset(placing.FEATURES),
            typed=self._typed(pool, days),
            room_size=pool.room_size,
            opens_on=self._opens(known),
            behind=behind.get(municipality),
            only_for=pool.target_group,
            there=self.cut.extremes(there),
        )

    @property
    def _known(self) -> tuple[Any, Any]:
        """Return what is free, and what there is when nobody is there: rows by days."""
        return self.counts.free, self.counts.capacity - self.counts.blocked

    def _until_closed(self, pool: Pool, counts: Any, *, row: str) -> list[int]:
        """Return a row per day; nothing where it has none, and from the day on which its location closes."""
        days = (self.cut.until - self.cut.first).days
        known = counts[self.counts.rows.index(row)].tolist() if row in self.counts.rows else [0] * days
        closed_on = pool.location.closed_on
        if closed_on is None:
            return list(known)
        return [
            count if self.cut.first + timedelta(days=step) < closed_on else 0
            for step, count in enumerate(known)
        ]

    def _opens(self, known: Sequence[int]) -> date | None:
        """Return the first day with room, when that is not the first day looked at."""
        at = next((step for step, free in enumerate(known) if free > 0), 0)
        return self.cut.first + timedelta(days=at) if at else None

    def _typed(self, pool: Pool, days: int) -> dict[str, tuple[int, ...]]:
        """Return what is free of each type; of what nobody knows, nothing can be promised."""
        found = {}
        for kind, total in (("toegankelijk", pool.accessible_places), ("zorg", pool.care_places)):
            if total is not None:
                taken = self.special.get((pool.pk, kind), [0] * days)
                found[kind] = self.cut.lowest([total - count for count in taken])
        return found


def _special_claims(cut: placing.Stretches, at: datetime) -> dict[tuple[int, str], list[int]]:
    """Count per pool and day how many accessible and care places groups hold already."""
    days = (cut.until - cut.first).days
    stays: dict[tuple[int, Group], set[int]] = {}
    rows = Booking.objects.filter(
        Q(group__accessible__gt=0) | Q(group__care__gt=0),
        Q(lapses_at__isnull=True) | Q(lapses_at__gt=at),
        superseded_at__isnull=True,
        from_on__lt=cut.until,
    ).exclude(kind=Booking.Kind.DEPARTURE)
    for row in rows.select_related("group").prefetch_related("followed_by"):
        assert row.group is not None
        begin, end = (
            max((row.from_on - cut.first).days, 0),
            min((_left_on(row, cut.until) - cut.first).days, days),
        )
        stays.setdefault((row.pool_id, row.group), set()).update(range(begin, max(end, begin)))
    found: dict[tuple[int, str], list[int]] = {}
    for (pool_id, group), there in stays.items():
        for kind, count in (("toegankelijk", group.accessible), ("zorg", group.care)):
            taken = found.setdefault((pool_id, kind), [0] * days)
            for day in there:
                taken[day] += count
    return found


def _left_on(row: Booking, until: date) -> date:
    """Return the day on which everybody of a booking has gone from it."""
    after = [one for one in row.followed_by.all() if one.superseded_at is None]
    ends = [row.until_on or until]
    if after and sum(one.people for one in after) >= row.people:
        ends.append(max(one.from_on for one in after))
    return min(ends)
