"""One municipality of a region: its locations with a ribbon, its parts of assignments, its contracts."""

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from regietafel.kit.charts import Chart
from regietafel.reception.engine import ledger
from regietafel.reception.engine.ledger import Private
from regietafel.reception.models import HousingTask, Location, Target
from regietafel.reception.selectors.access import readable_of_region
from regietafel.reception.selectors.board import (
    Board,
    Ending,
    Line,
    OwnLine,
    count,
    curve_view,
    lines_of_locations,
    location_lines,
    places_in,
    unshared_lines,
)
from regietafel.reception.selectors.board_shown import NARROW, ribbon_of
from regietafel.reception.selectors.ledger import ledger_of, private_in
from regietafel.reception.selectors.spreading import Spread, spread_of
from regietafel.register.public import Area


@dataclass(frozen=True)
class LocationRibbon:
    """One location with its places today and its ribbon over time."""

    line: OwnLine
    chart: Chart | None
    endings: tuple[Ending, ...]
    is_left_out: bool

    @property
    def location(self) -> Location:
        """Return the location."""
        return self.line.location


@dataclass(frozen=True, kw_only=True)
class MunicipalityTold:
    """What the page of a municipality shows."""

    line: Line
    ribbons: tuple[LocationRibbon, ...]
    own: tuple[LocationRibbon, ...]
    targets: tuple[Target, ...]
    has_housing: bool
    private_usable: int
    spread: Spread


def municipality_of(user: Any, board: Board, *, area: Area) -> MunicipalityTold:
    """Return one municipality of a board, with what this person may read of it besides."""
    line = next(one for one in board.lines if one.area and one.area.pk == area.pk)
    shared = [one for one in board.shared if one.municipality_id == area.pk]
    apart = [one.location for one in unshared_lines(user, board) if one.location.municipality_id == area.pk]
    counted = [one for one in location_lines(board) if one.location.municipality_id == area.pk]
    assignments = {one.pk for one in board.assignments}
    targets = Target.objects.filter(assignment__in=assignments, municipality=area)
    housing = HousingTask.objects.filter(readable_of_region(user), municipality=area)
    return MunicipalityTold(
        line=line,
        ribbons=_ribbons(shared, board),
        own=_ribbons(apart, board),
        targets=tuple(targets.select_related("assignment")),
        has_housing=housing.exists(),
        private_usable=_private(board, shared),
        spread=spread_of(area, counted, on=board.question.day),
    )


def _ribbons(locations: list[Location], board: Board) -> tuple[LocationRibbon, ...]:
    """Count every place of a location, also private ones, and say of those whether the board counts them."""
    question = replace(board.question, private=Private.INCLUDED)
    return tuple(_ribbon(line, board=board) for line in lines_of_locations(locations, question))


def _ribbon(line: OwnLine, *, board: Board) -> LocationRibbon:
    place = line.location
    kinds = [ledger.PlaceKind(kind) for kind in place.pools.values_list("kind", flat=True)]
    question = replace(board.question, private=private_in(kinds))
    counts = ledger.count_days(ledger_of([place]), curve_view(question, by=ledger.By.POOL))
    chart = ribbon_of(counts, title=_("%s, plaatsen per dag") % place.name, question=question)
    left_out = any(not board.question.private.admits(kind) for kind in kinds)
    endings = tuple(one for one in board.endings if one.end.pool.location == str(place.pk))
    narrow = replace(chart, screen_width=NARROW) if chart else None
    return LocationRibbon(line, narrow, endings, left_out)


def _private(board: Board, shared: list[Location]) -> int:
    only = replace(board.question, private=Private.ONLY)
    found = places_in(count(ledger_of(shared), only, by=ledger.By.WHOLE), str(ledger.By.WHOLE))
    return found.capacity - found.blocked
