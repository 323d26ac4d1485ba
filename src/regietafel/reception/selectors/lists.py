"""Lists that were sent, as they are understood now, and our own lists on their way out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from regietafel.reception.adapters.list_columns import COLUMNS, ListColumn, plain
from regietafel.reception.adapters.list_keeping import Surroundings
from regietafel.reception.adapters.lists import ReadList, read_list
from regietafel.reception.adapters.records import RecordError, text
from regietafel.reception.adapters.town_names import names_of
from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, ListImport, Location, Pool
from regietafel.reception.selectors.access import bookable_locations, coordinated
from regietafel.reception.selectors.ledger import ledger_of, pool_of
from regietafel.register.public import Area

SHOWN = 20


@dataclass(frozen=True)
class Preview:
    """The first rows as they are understood, under our own names of the columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    total: int


def visible_lists(user: Any) -> QuerySet[ListImport]:
    """Return the lists a person may look at: of organisations for which he or she places people."""
    rows = ListImport.objects.filter(coordinated(user)).select_related("organisation", "created_by")
    return rows.defer("rows")


def surroundings_of(user: Any, *, day: date) -> Surroundings:
    """Return the names that cells of a list can be held against: locations to book on, municipalities."""
    locations = Location.objects.filter(bookable_locations(user)).values_list("name", flat=True)
    towns = Area.objects.filter(kind=Area.Kind.MUNICIPALITY).values_list("name", flat=True)
    return Surroundings(
        locations=frozenset(map(plain, locations)),
        municipalities=frozenset(plain(name) for town in towns for name in names_of(town)),
        day=day,
    )


def known_columns() -> list[tuple[str, list[ListColumn]]]:
    """Return the columns we know for each kind of list, those a list cannot do without first."""
    return [
        (str(kind.label), sorted(COLUMNS[kind], key=lambda column: not column.is_needed))
        for kind in ListImport.Kind
    ]


def understood(reading: ListImport) -> ReadList:
    """Return what a list says under the columns that were chosen."""
    return read_list(reading.rows, mapping=reading.mapping, kind=reading.kind)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What storing a list would do: so many new and changed, or every row that stands in the way.

    `is_tried`: all rows were stored and taken back; otherwise only how they are written was looked at.
    """

    errors: tuple[RecordError, ...] = ()
    outcome: Mapping[str, int] = field(default_factory=dict)
    is_tried: bool = False

    @property
    def bad_rows(self) -> int:
        """Return how many rows cannot be stored."""
        return len({error.row for error in self.errors if error.row is not None})

    def as_dict(self) -> dict[str, Any]:
        """Give it as it is kept beside the list."""
        told = [[error.row, error.column, error.message] for error in self.errors]
        return {"errors": told, "outcome": dict(self.outcome), "is_tried": self.is_tried}


def trial_of(reading: ListImport) -> Trial:
    """Return what was found when the rows of a list were looked at."""
    kept = reading.trial
    errors = (
        RecordError(row=row, column=column, message=said) for row, column, said in kept.get("errors", ())
    )
    return Trial(errors=tuple(errors), outcome=kept.get("outcome", {}), is_tried=kept.get("is_tried", False))


def preview_of(reading: ListImport) -> Preview:
    """Return the first rows under our names, as they stand in the file."""
    columns = tuple(column.name for column in COLUMNS[reading.kind] if column.name in reading.mapping)
    return Preview(
        columns=columns,
        rows=tuple(
            (number, _cells(cells, reading, columns=columns)) for number, cells in reading.rows[:SHOWN]
        ),
        total=len(reading.rows),
    )


def _cells(cells: Sequence[Any], reading: ListImport, *, columns: Sequence[str]) -> tuple[str, ...]:
    places = (reading.mapping[name] for name in columns)
    return tuple(text(cells[place]) if place < len(cells) else "" for place in places)


def occupied_per_pool(locations: Iterable[Location], day: date) -> Counter[ledger.Pool]:
    """Return how many people the ledger says are in each pool of some locations on a day."""
    there: Counter[ledger.Pool] = Counter()
    for claim in ledger.claims_of(ledger_of(locations), at=timezone.now()):
        if claim.is_placed and claim.from_on <= day and (claim.until_on is None or claim.until_on > day):
            there[claim.pool] += claim.people
    return there


def occupied_on(pool: Pool, day: date) -> int:
    """Return how many people the ledger says are in a pool on a day."""
    return occupied_per_pool([pool.location], day)[pool_of(pool)]


def open_placements(pool: Pool, day: date) -> list[tuple[Booking, int]]:
    """Return the placements that hold on a day, oldest first, each with how many people are left in it."""
    gone = Q(followed_by__superseded_at__isnull=True, followed_by__kind=Booking.Kind.DEPARTURE)
    rows = (
        Booking.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gt=day),
            pool=pool,
            kind=Booking.Kind.PLACEMENT,
            superseded_at__isnull=True,
            from_on__lte=day,
        )
        .annotate(left=F("people") - Coalesce(Sum("followed_by__people", filter=gone), 0))
        .select_related("pool__location", "group")
        .order_by("from_on", "pk")
    )
    return [(row, row.left) for row in rows if row.left > 0]
