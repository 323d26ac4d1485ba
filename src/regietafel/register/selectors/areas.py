"""Areas: which lies in which on a day, how many people live there, and how they are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from regietafel.register.engine.inhabitants import Choice, Population, choose_population
from regietafel.register.engine.shapes import Drawing, draw_shapes
from regietafel.register.models import Area, AreaMembership, Inhabitants, Organisation

MAP_WIDTH = 560
MOST_NAMES = 18


@dataclass(frozen=True)
class District:
    """A wijk or buurt of a municipality; a buurt counts in the wijk it lies in, when that is known."""

    area: Area
    municipality_id: int
    counted_in: Area


@dataclass(frozen=True)
class MapArea:
    """One area on a map: as a path of a drawing, or as a tile in a grid."""

    label: str
    url: str
    path: str = ""
    name_x: str = ""
    name_y: str = ""
    column: int = 0
    row: int = 0
    is_own: bool = False


@dataclass(frozen=True)
class AreaMap:
    """A map: real shapes when every area has one, otherwise tiles."""

    areas: tuple[MapArea, ...]
    width: int = 0
    height: int = 0

    @property
    def has_names(self) -> bool:
        """Say whether there is room to write the names in the shapes."""
        return len(self.areas) <= MOST_NAMES

    @property
    def is_drawn(self) -> bool:
        """Say whether these are real shapes."""
        return self.height > 0


def areas_for_choice() -> QuerySet[Area]:
    """Return the areas a dossier can be about."""
    kinds = (Area.Kind.MUNICIPALITY, Area.Kind.REGION, Area.Kind.DISTRICT, Area.Kind.NEIGHBOURHOOD)
    return Area.objects.filter(kind__in=kinds).defer("geometry").order_by("name")


def all_areas() -> QuerySet[Area]:
    """Return every area with its newest number of inhabitants and the region it lies in today."""
    today = timezone.localdate()
    newest = Inhabitants.objects.filter(area=OuterRef("pk")).order_by("-reference_on")
    region = in_force(AreaMembership.objects.filter(area=OuterRef("pk")), today).filter(
        parent__kind=Area.Kind.REGION
    )
    return Area.objects.defer("geometry").annotate(
        inhabitants_count=Subquery(newest.values("count")[:1]),
        inhabitants_on=Subquery(newest.values("reference_on")[:1]),
        region_name=Subquery(region.values("parent__name")[:1]),
    )


def in_force(links: QuerySet[AreaMembership], on: date) -> QuerySet[AreaMembership]:
    """Keep the memberships that hold on a day."""
    return links.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on), valid_from__lte=on)


def areas_within(parent: Area, on: date | None = None) -> QuerySet[Area]:
    """Return the areas that lie in an area on a day."""
    links = in_force(AreaMembership.objects.filter(parent=parent), on or timezone.localdate())
    return Area.objects.filter(pk__in=links.values("area_id")).order_by("name")


def regions() -> QuerySet[Area]:
    """Return the safety regions."""
    return Area.objects.filter(kind=Area.Kind.REGION).defer("geometry").order_by("name")


def regions_with_shapes() -> QuerySet[Area]:
    """Return the safety regions with what is needed to draw them."""
    return Area.objects.filter(kind=Area.Kind.REGION).order_by("name")


def region_choices() -> list[tuple[str, str]]:
    """Return the safety regions, for a filter."""
    return list(regions().values_list("code", "name"))


def within_region(rows: QuerySet[Area], code: str) -> QuerySet[Area]:
    """Keep the areas that lie in a region today."""
    links = in_force(AreaMembership.objects.filter(parent__code=code), timezone.localdate())
    return rows.filter(pk__in=links.values("area_id"))


def every_area() -> QuerySet[Area]:
    """Return all areas."""
    return Area.objects.all()


def map_around(area: Area) -> AreaMap:
    """Return the map of what lies in an area, or of its neighbours in the same region."""
    today = timezone.localdate()
    inside = areas_within(area, today).filter(kind=Area.Kind.MUNICIPALITY)
    if inside.exists():
        return map_of(inside)
    region = in_force(AreaMembership.objects.filter(area=area, parent__kind=Area.Kind.REGION), today).first()
    if region is not None:
        return map_of(areas_within(region.parent, today).filter(kind=Area.Kind.MUNICIPALITY), own=area)
    return map_of([area] if area.geometry else [])


def lies_in(area: Area) -> QuerySet[AreaMembership]:
    """Return in which areas an area lies and lay, newest first."""
    return (
        AreaMembership.objects.filter(area=area)
        .select_related("parent")
        .order_by("-valid_from", "parent__name")
    )


def holds_areas(area: Area) -> QuerySet[AreaMembership]:
    """Return which areas lie and lay in an area."""
    return (
        AreaMembership.objects.filter(parent=area)
        .select_related("area")
        .order_by("area__name", "-valid_from")
    )


def inhabitants_of(area: Area) -> QuerySet[Inhabitants]:
    """Return the numbers of inhabitants of an area, newest first."""
    return Inhabitants.objects.filter(area=area).order_by("-reference_on")


def districts_of(municipalities: Iterable[Area], on: date | None = None) -> tuple[District, ...]:
    """Return the wijken and buurten that lie in municipalities on a day, wijken first, each by name."""
    day, inside = on or timezone.localdate(), {area.pk for area in municipalities}
    wards = _lying_in(inside, (Area.Kind.DISTRICT, Area.Kind.NEIGHBOURHOOD), on=day)
    home = {link.area_id: link.parent_id for link in wards}
    deeper = _lying_in(home, (Area.Kind.NEIGHBOURHOOD,), on=day)
    wijken = {link.area_id: link.area for link in wards if link.area.kind == Area.Kind.DISTRICT}
    counted = {link.area_id: wijken[link.parent_id] for link in deeper if link.parent_id in wijken}
    found = {
        link.area_id: District(
            link.area, home.get(link.parent_id, link.parent_id), counted.get(link.area_id, link.area)
        )
        for link in (*wards, *deeper)
    }
    kinds = (Area.Kind.DISTRICT, Area.Kind.NEIGHBOURHOOD)
    return tuple(
        sorted(found.values(), key=lambda one: (kinds.index(Area.Kind(one.area.kind)), one.area.name))
    )


def _lying_in(parents: Iterable[int], kinds: Iterable[str], *, on: date) -> list[AreaMembership]:
    links = in_force(AreaMembership.objects.filter(parent__in=parents, area__kind__in=kinds), on)
    return list(links.select_related("area").defer("area__geometry"))


def populations_for_calculation(areas: Iterable[Area], *, on: date) -> dict[int, Choice]:
    """Return for each area the number of inhabitants to calculate with on a day, or why there is none."""
    numbers = [area.pk for area in areas]
    figures: dict[int, list[Population]] = {number: [] for number in numbers}
    for row in Inhabitants.objects.filter(area__in=numbers):
        figures[row.area_id].append(Population(row.count, row.reference_on, row.source))
    return {number: choose_population(found, on=on) for number, found in figures.items()}


def inhabitants_for_calculation(area: Area, *, on: date, max_age_years: float = 2) -> Choice:
    """Return the number of inhabitants to calculate with on a day, or the Dutch reason why there is none."""
    figures = (Population(row.count, row.reference_on, row.source) for row in inhabitants_of(area))
    return choose_population(figures, on=on, max_age_years=max_age_years)


def map_of(areas: Iterable[Area], own: Area | None = None) -> AreaMap:
    """Return a map of areas: drawn when all have a shape, else in tiles, else empty."""
    shown = list(areas)
    own_id = own.pk if own else None
    if shown and all(area.geometry for area in shown):
        shapes = {area.code: _polygons(area.geometry) for area in shown if area.geometry}
        drawing = draw_shapes(shapes, width=MAP_WIDTH)
        return AreaMap(
            tuple(_drawn(a, drawing, is_own=a.pk == own_id) for a in shown), MAP_WIDTH, drawing.height
        )
    tiles = (
        MapArea(
            a.name,
            reverse("area", args=[a.code]),
            column=a.tile_column,
            row=a.tile_row or 0,
            is_own=a.pk == own_id,
        )
        for a in shown
        if a.tile_column
    )
    return AreaMap(tuple(tiles))


def _drawn(area: Area, drawing: Drawing, *, is_own: bool) -> MapArea:
    x, y = drawing.centres[area.code]
    url = reverse("area", args=[area.code])
    return MapArea(area.name, url, drawing.paths[area.code], x, y, is_own=is_own)


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    found: list[Any] = geometry["coordinates"]
    return [found] if geometry["type"] == "Polygon" else found


def region_of(organisation: Organisation, on: date | None = None) -> Area | None:
    """Return the safety region an organisation is, or lies in on a day."""
    if organisation.area is None or organisation.area.kind == Area.Kind.REGION:
        return organisation.area
    links = AreaMembership.objects.filter(area=organisation.area, parent__kind=Area.Kind.REGION)
    found = in_force(links, on or timezone.localdate()).select_related("parent").first()
    return found.parent if found else None


def municipalities_within(region: Area, on: date | None = None) -> QuerySet[Area]:
    """Return the municipalities of a region on a day, by name."""
    return areas_within(region, on).filter(kind=Area.Kind.MUNICIPALITY).defer("geometry")
