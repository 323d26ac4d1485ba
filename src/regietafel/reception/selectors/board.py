"""The board of a region: asked, there and planned, on any day and as known at any moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from regietafel.reception.engine import ledger
from regietafel.reception.engine.ledger import Counts, Private
from regietafel.reception.engine.sharing import Stage, stage_of
from regietafel.reception.models import Assignment, Location, Pool
from regietafel.reception.selectors.access import Region, visible_locations
from regietafel.reception.selectors.ledger import ledger_of, shared_locations
from regietafel.register.public import Area

SINCE_DAYS = 7
PERIODS = {30: (15, 15), 90: (30, 60), 180: (60, 120), 365: (180, 185)}
"""Days of a curve: how many before and after the day of the board."""

DEFAULT_PERIOD = 90
WHOLE = str(ledger.By.WHOLE)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody wants to see: which day, known when, with private places or not, new since which day."""

    day: date
    at: datetime
    private: Private
    since: date
    period: int = DEFAULT_PERIOD
    assignment: int | None = None

    @property
    def is_of_now(self) -> bool:
        """Say whether this is what is known now."""
        return (timezone.now() - self.at) < timedelta(minutes=5)

    @property
    def is_of_today(self) -> bool:
        """Say whether this is about today."""
        return self.day == timezone.localdate()


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A contract that ends, with the name of its location."""

    end: ledger.ContractEnd
    location: str
    municipality: str


@dataclass(frozen=True, kw_only=True)
class Places:
    """Places and people of one row on one day; `usable` and `free` are None when nobody knows how many.

    `short` is what was promised beyond what there is; so usable - people - `kept` = `free` - `short`.
    """

    usable: int | None
    capacity: int
    blocked: int
    occupied: int
    reserved: int
    kept: int
    free: int | None
    short: int
    uncertain: int
    unknown_blocks: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """One municipality: asked, there and planned."""

    name: str
    area: Area | None
    target: int | None
    places: Places
    planned: int | None
    uncertain: int
    locations: int
    endings: tuple[Ending, ...] = ()

    @property
    def realised(self) -> int | None:
        """Return the places that can be used; None where nobody knows how many."""
        return self.places.usable

    @property
    def difference(self) -> int | None:
        """Return planned minus asked: below 0 is too few."""
        if self.target is None or self.planned is None:
            return None
        return self.planned - self.target

    @property
    def stage(self) -> Stage:
        """Return how far it is."""
        return stage_of(self.target, self.realised)


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything the page, the workbook and the public total are made from."""

    region: Region
    question: Question
    assignments: tuple[Assignment, ...]
    due_on: date | None
    lines: tuple[Line, ...]
    total: Places
    planned: int | None
    uncertain_on_due: int
    private_usable: int
    new: ledger.NewlyPlaced
    participation: ledger.Participation
    endings: tuple[Ending, ...]
    curve: Counts
    caption: str
    shared: tuple[Location, ...]

    @cached_property
    def assigned(self) -> int | None:
        """Return what was asked of the region; None when nothing was."""
        return sum(one.total for one in self.assignments) if self.assignments else None

    @property
    def gap(self) -> int | None:
        """Return what is there minus what was asked; None when one of them is unknown."""
        if self.assigned is None or self.total.usable is None:
            return None
        return self.total.usable - self.assigned

    @property
    def planned_gap(self) -> int | None:
        """Return what is planned minus the parts of all municipalities."""
        return None if self.planned is None else self.planned - self.targets_sum

    @property
    def targets_sum(self) -> int:
        """Return the parts of all municipalities together."""
        return sum(line.target or 0 for line in self.lines)

    @property
    def has_targets(self) -> bool:
        """Say whether the assignment was shared out."""
        return any(line.target is not None for line in self.lines)


def board_of(region: Region, question: Question) -> Board:
    """Return the board of a region; it is the same for everybody who looks."""
    shared = tuple(shared_locations(region))
    book = _with_all_municipalities(ledger_of(shared), region)
    assignments = tuple(assignments_in_force(region, question))
    due_on = _due_on(assignments, question.day)
    until = due_on or question.day + timedelta(days=PERIODS[DEFAULT_PERIOD][1])
    endings = endings_of(book, shared, question=question)
    day = count(book, question, by=ledger.By.MUNICIPALITY)
    due = count(book, question, by=ledger.By.MUNICIPALITY, day=due_on) if due_on else None
    whole = count(book, question, by=ledger.By.WHOLE)
    whole_due = count(book, question, by=ledger.By.WHOLE, day=due_on)
    return Board(
        region=region,
        question=question,
        assignments=assignments,
        due_on=due_on,
        lines=tuple(
            _lines(
                region,
                _Counted(
                    day,
                    due,
                    assignments,
                    _counting(shared, book=book, question=question),
                    endings,
                    told_of(book, question),
                ),
            )
        ),
        total=places_in(whole, WHOLE),
        planned=planned_in(whole_due, WHOLE) if due_on else None,
        uncertain_on_due=places_in(whole_due, WHOLE).uncertain,
        private_usable=_private_usable(book, question),
        new=ledger.newly_placed(book, since=end_of(question.since), at=question.at, private=question.private),
        participation=ledger.participation(
            book, day=question.day, until=max(until, question.day), at=question.at
        ),
        endings=endings,
        curve=ledger.count_days(book, curve_view(question)),
        caption=whole.caption(),
        shared=shared,
    )


def _counting(shared: Iterable[Location], *, book: ledger.Ledger, question: Question) -> tuple[Location, ...]:
    """Return the locations with places that count; one without any places yet counts as not private."""
    kinds: dict[str, set[ledger.PlaceKind]] = {}
    for block in book.blocks:
        kinds.setdefault(block.pool.location, set()).add(block.pool.kind)
    private = question.private
    return tuple(
        one
        for one in shared
        if any(private.admits(kind) for kind in kinds.get(str(one.pk), ()))
        or (str(one.pk) not in kinds and private is not Private.ONLY)
    )


def end_of(day: date) -> datetime:
    """Return the end of a day, in Dutch time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def days_before(day: date) -> date:
    """Return the day with which a position is compared when nobody chose one: a week earlier."""
    return day - timedelta(days=SINCE_DAYS)


def known_on(day: date | None) -> datetime:
    """Return the moment of knowing: the end of a day that is over, otherwise now."""
    now = timezone.now()
    return now if day is None or day >= timezone.localdate(now) else end_of(day)


def usual_private(assignments: Iterable[Assignment]) -> Private:
    """Return whether private places count when nobody said so: as the assignments say."""
    return Private.INCLUDED if any(one.counts_private for one in assignments) else Private.EXCLUDED


def assignments_in_force(region: Region, question: Question) -> QuerySet[Assignment]:
    """Return the assignments of a region on a day, the newest first; one of them when that was asked."""
    on = question.day
    rows = Assignment.objects.filter(organisation=region.point, received_on__lte=on)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    if question.assignment is not None:
        rows = rows.filter(pk=question.assignment)
    return rows.prefetch_related("targets")


def _with_all_municipalities(book: ledger.Ledger, region: Region) -> ledger.Ledger:
    """Name the municipalities without places too, so that "of the 14" counts them."""
    names = {f"gemeente {area.pk}": area.name for area in region.municipalities}
    return replace(book, municipalities={**names, **book.municipalities})


def _due_on(assignments: Iterable[Assignment], day: date) -> date | None:
    """Return the last day on which something must be there, never before the day of the board."""
    days = [one.due_on for one in assignments if one.due_on]
    return max([*days, day]) if days else None


def count(
    book: ledger.Ledger, question: Question, *, by: ledger.By, day: date | None = None
) -> ledger.Counts:
    """Count one day of a ledger as a question wants it."""
    on = day or question.day
    return ledger.count_days(
        book, ledger.View(first=on, last=on, at=question.at, by=by, private=question.private)
    )


def places_in(counts: Counts, row: str, *, day: date | None = None) -> Places:
    """Return one row of a count on a day (None: the first); without a row there are no places."""
    on = day or counts.view.first
    if row not in counts.rows:
        return Places(
            usable=0, capacity=0, blocked=0, occupied=0, reserved=0, kept=0, free=0, short=0, uncertain=0,
            unknown_blocks=0,
        )  # fmt: skip
    found = counts.on(row, on)
    uncertain = int(counts.uncertain[counts.rows.index(row), (on - counts.view.first).days])
    is_unknown = found.unknown_blocks > 0 and found.capacity == 0
    return Places(
        usable=None if is_unknown else found.capacity - found.blocked,
        capacity=found.capacity,
        blocked=found.blocked,
        occupied=found.occupied,
        reserved=found.reserved,
        kept=found.kept,
        free=None if is_unknown else found.free,
        short=found.short,
        uncertain=uncertain,
        unknown_blocks=found.unknown_blocks,
    )


def unknown(places: Places) -> Places:
    """Return places of which nobody ever told how many there are."""
    return replace(places, usable=None, free=None)


def told_of(book: ledger.Ledger, question: Question) -> frozenset[str]:
    """Return the locations of which it was known that they have places, of whatever number and day."""
    return frozenset(block.pool.location for block in ledger.as_known(book.blocks, question.at))


def planned_in(counts: Counts, row: str) -> int | None:
    """Return the places planned on a day: certain and uncertain; None where only their existence is known."""
    found = places_in(counts, row)
    if found.usable is None:
        return found.uncertain or None
    return found.usable + found.uncertain


def _private_usable(book: ledger.Ledger, question: Question) -> int:
    only = replace(question, private=Private.ONLY)
    found = places_in(count(book, only, by=ledger.By.WHOLE), WHOLE)
    return found.capacity - found.blocked


def curve_view(question: Question, *, by: ledger.By = ledger.By.WHOLE) -> ledger.View:
    """Return which days a curve shows: some before and some after the day of the board."""
    before, after = PERIODS[question.period]
    return ledger.View(
        first=question.day - timedelta(days=before),
        last=question.day + timedelta(days=after),
        at=question.at,
        by=by,
        private=question.private,
    )


def endings_of(
    book: ledger.Ledger, locations: Iterable[Location], *, question: Question
) -> tuple[Ending, ...]:
    """Return the contracts that end within half a year, the soonest first, with the location."""
    names = {str(one.pk): one.name for one in locations}
    found = ledger.contracts_ending(book, on=question.day, at=question.at)
    return tuple(
        Ending(
            end=end,
            location=names.get(end.pool.location, ""),
            municipality=book.municipalities.get(end.pool.location, ""),
        )
        for end in found
        if question.private.admits(end.pool.kind)
    )


@dataclass(frozen=True)
class _Counted:
    day: Counts
    due: Counts | None
    assignments: tuple[Assignment, ...]
    shared: tuple[Location, ...]
    endings: tuple[Ending, ...]
    told: frozenset[str]

    @cached_property
    def targets(self) -> dict[int, int]:
        """The places asked of each municipality, over all assignments."""
        found: dict[int, int] = {}
        for one in self.assignments:
            for target in one.targets.all():
                found[target.municipality_id] = found.get(target.municipality_id, 0) + target.places
        return found

    def locations_in(self, name: str) -> list[Location]:
        """Return the shared locations of a municipality."""
        return [one for one in self.shared if one.municipality.name == name]


def _lines(region: Region, counted: _Counted) -> Iterable[Line]:
    """Give a line per municipality; places that lie elsewhere come last, so that the sum is right."""
    inside = {area.name for area in region.municipalities}
    for area in region.municipalities:
        yield _line(area.name, counted, area=area)
    for name in sorted({one.municipality.name for one in counted.shared} - inside):
        yield _line(name, counted, area=None)


def _line(name: str, counted: _Counted, *, area: Area | None) -> Line:
    places, locations = places_in(counted.day, name), counted.locations_in(name)
    is_told = not locations or any(str(one.pk) in counted.told for one in locations)
    return Line(
        name=name,
        area=area,
        target=counted.targets.get(area.pk) if area else None,
        places=places if is_told else unknown(places),
        planned=planned_in(counted.due, name) if counted.due and is_told else None,
        uncertain=places_in(counted.due, name).uncertain if counted.due else 0,
        locations=len(locations),
        endings=tuple(one for one in counted.endings if one.municipality == name),
    )


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """A location that is not shared with the region, for the people of its own organisation only."""

    location: Location
    places: Places


def unshared_lines(user: Any, board: Board) -> tuple[OwnLine, ...]:
    """Return the locations a person may read that do not count in the region, with their places."""
    rows = visible_locations(user).filter(organisation__in=board.region.organisation_ids)
    apart = list(rows.exclude(pk__in=[one.pk for one in board.shared]))
    return lines_of_locations(apart, board.question)


def location_lines(board: Board) -> tuple[OwnLine, ...]:
    """Return the shared locations that count on a board, with their places on its day."""
    private = board.question.private
    kinds: dict[int, set[str]] = {}
    for location_id, kind in Pool.objects.filter(location__in=board.shared).values_list(
        "location_id", "kind"
    ):
        kinds.setdefault(location_id, set()).add(kind)
    counted = [
        one
        for one in board.shared
        if any(private.admits(ledger.PlaceKind(kind)) for kind in kinds.get(one.pk, ()))
    ]
    return lines_of_locations(counted, board.question)


def lines_of_locations(locations: Sequence[Location], question: Question) -> tuple[OwnLine, ...]:
    """Return some locations with their places on the day of a question."""
    if not locations:
        return ()
    book = ledger_of(locations)
    counted, told = count(book, question, by=ledger.By.LOCATION), told_of(book, question)
    found = {one: places_in(counted, str(one.pk)) for one in locations}
    return tuple(
        OwnLine(location=one, places=places if str(one.pk) in told else unknown(places))
        for one, places in found.items()
    )
