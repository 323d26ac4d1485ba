"""Shapes of areas: TopoJSON and GeoJSON read into one form, and drawn as paths on a flat map."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

CODE_NAMES = ("code", "gm_code", "vr_code", "statcode", "gemeentecode", "buurtcode", "wijkcode", "id")
POLYGONS = frozenset({"Polygon", "MultiPolygon"})

Ring = list[tuple[float, float]]


class UnreadableShape(ValueError):
    """The file is not GeoJSON or TopoJSON with polygons in degrees; the message says why, in Dutch."""


@dataclass(frozen=True)
class Shape:
    """One area: the code it has in the file, and its rings in degrees of longitude and latitude."""

    code: str
    polygons: tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A map in pixels: its height, and per code the path of an SVG and the place for the name."""

    height: int
    paths: Mapping[str, str] = field(default_factory=dict)
    centres: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def read_shapes(document: Mapping[str, Any]) -> tuple[Shape, ...]:
    """Read the areas with a code from GeoJSON or TopoJSON (vormen lezen).

    Args:
        document: the parsed JSON.

    Returns:
        A shape per area; areas without a code are left out. A code of digits only becomes `GM` with
        four digits.

    Raises:
        UnreadableShape: the document is of another kind, or its arcs or coordinates are broken.

    Source: rfc-7946 section 3 (GeoJSON) and topojson-1.0 sections 2.1-2.2 (delta-encoded, quantised arcs).

    >>> square = [[[0, 0], [0, 2], [2, 0], [-2, -2]]]
    >>> file = {"type": "Topology", "transform": {"scale": [1, 1], "translate": [5, 52]}, "arcs": square,
    ...         "objects": {"a": {"type": "Polygon", "arcs": [[0]], "properties": {"code": 141}}}}
    >>> [(s.code, s.polygons[0][0]) for s in read_shapes(file)]
    [('GM0141', [(5.0, 52.0), (5.0, 54.0), (7.0, 54.0), (5.0, 52.0)])]
    """
    readers: dict[str, Callable[[Mapping[str, Any]], Iterator[Shape]]] = {
        "Topology": _from_topology,
        "FeatureCollection": _from_features,
    }
    reader = readers.get(str(document.get("type"))) if isinstance(document, Mapping) else None
    if reader is None:
        raise UnreadableShape("Dit is geen GeoJSON (FeatureCollection) en geen TopoJSON (Topology).")
    try:
        shapes = tuple(reader(document))
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, UnreadableShape):
            raise
        raise UnreadableShape("De vormen in dit bestand zijn beschadigd of onvolledig.") from error
    if not shapes:
        raise UnreadableShape("Er staan geen gebieden met een code in dit bestand.")
    return shapes


def _from_topology(document: Mapping[str, Any]) -> Iterator[Shape]:
    arcs = [_decode_arc(arc, document.get("transform")) for arc in document["arcs"]]
    for found in document["objects"].values():
        for geometry in found.get("geometries", [found]):
            code = _code(geometry.get("properties"), geometry.get("id"))
            if code and geometry["type"] in POLYGONS:
                polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
                yield _shape(code, ([_join(ring, arcs) for ring in polygon] for polygon in polygons))


def _decode_arc(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> Ring:
    if transform is None:
        return [(float(x), float(y)) for x, y, *_ in arc]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0.0
    points = []
    for step_x, step_y, *_ in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def _join(indexes: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    ring: Ring = []
    for index in indexes:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += points[1:] if ring else points
    return ring


def _from_features(document: Mapping[str, Any]) -> Iterator[Shape]:
    for feature in document["features"]:
        geometry = feature.get("geometry") or {}
        code = _code(feature.get("properties"), feature.get("id"))
        if code and geometry.get("type") in POLYGONS:
            found = geometry["coordinates"]
            polygons = [found] if geometry["type"] == "Polygon" else found
            rings = ([[(float(p[0]), float(p[1])) for p in ring] for ring in polygon] for polygon in polygons)
            yield _shape(code, rings)


def _shape(code: str, polygons: Iterable[list[Ring]]) -> Shape:
    shape = Shape(code, tuple(tuple(polygon) for polygon in polygons))
    for polygon in shape.polygons:
        for ring in polygon:
            _check_ring(ring)
    return shape


def _check_ring(ring: Ring) -> None:
    if len(ring) < 4 or any(not math.isfinite(x + y) for x, y in ring):
        raise UnreadableShape("Een van de grenzen is geen gesloten lijn.")
    if any(abs(x) > 180 or abs(y) > 90 for x, y in ring):
        raise UnreadableShape(
            "De coördinaten zijn geen lengte- en breedtegraden (WGS84). Zet het bestand eerst om, "
            "bijvoorbeeld vanuit het stelsel van de Rijksdriehoeksmeting."
        )


def _code(properties: Mapping[str, Any] | None, number: Any) -> str:
    known = {str(key).lower(): value for key, value in (properties or {}).items()}
    found = next((known[name] for name in CODE_NAMES if known.get(name) not in (None, "")), number)
    text = str(found or "").strip()
    return f"GM{int(text):04d}" if text.isdecimal() and len(text) <= 4 else text


def draw_shapes(shapes: Mapping[str, Sequence[Any]], *, width: int = 640) -> Drawing:
    """Draw areas next to each other on a flat map (kaartlijnen).

    Longitude is shortened by the cosine of the middle latitude, which is enough at the size of a country.

    Args:
        shapes: per code the polygons, each a list of rings of (longitude, latitude) in degrees.
        width: width of the drawing in pixels.

    Returns:
        The height of the drawing in pixels, and per code the path for an SVG and the place for its name, with
        one decimal per coordinate.

    Method: equirectangular-snyder-1987, with the standard parallel in the middle of the drawing.

    >>> drawing = draw_shapes({"A": [[[(5, 52), (5, 53), (6, 53), (6, 52), (5, 52)]]]}, width=100)
    >>> drawing.height, drawing.paths["A"], drawing.centres["A"]
    (164, 'M0 164.3L0 0L100 0L100 164.3Z', ('50', '82.1'))
    """
    points = [p for polygons in shapes.values() for polygon in polygons for ring in polygon for p in ring]
    if not points:
        return Drawing(0)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = width / max((east - west) * shrink, 1e-9)

    def place(point: Sequence[float]) -> tuple[str, str]:
        return _short((point[0] - west) * shrink * scale), _short((north - point[1]) * scale)

    paths = {
        code: "".join(_path([" ".join(place(p)) for p in ring]) for polygon in polygons for ring in polygon)
        for code, polygons in shapes.items()
    }
    centres = {
        code: place(_centre(max((polygon[0] for polygon in polygons), key=_surface)))
        for code, polygons in shapes.items()
    }
    return Drawing(round((north - south) * scale), paths, centres)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _path(places: list[str]) -> str:
    kept = [here for here, before in zip(places, ["", *places], strict=False) if here != before]
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return f"M{'L'.join(kept)}Z" if kept else ""


def _surface(ring: Sequence[Sequence[float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _centre(ring: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the centre of gravity; of a line without surface its first point."""
    x0, y0 = ring[0][0], ring[0][1]
    moved = [(p[0] - x0, p[1] - y0) for p in ring]
    crossed = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in pairwise(moved)]
    twice = sum(cross for _a, _b, cross in crossed)
    if twice == 0:
        return x0, y0
    x = sum((a[0] + b[0]) * cross for a, b, cross in crossed) / (3 * twice)
    y = sum((a[1] + b[1]) * cross for a, b, cross in crossed) / (3 * twice)
    return x0 + x, y0 + y
