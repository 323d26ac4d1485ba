"""Shapes of areas: two file formats that say the same, drawn without turning the country over."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from regietafel.register.engine.shapes import Shape, UnreadableShape, draw_shapes, read_shapes

REAL = Path(__file__).parents[4] / "shared" / "data" / "gebieden" / "nl-vr-gm.topo.json"
SQUARE = [[5.0, 52.0], [5.0, 53.0], [6.0, 53.0], [6.0, 52.0], [5.0, 52.0]]


def collection(coordinates: Any, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": kind, "coordinates": coordinates},
            }
        ],
    }


def test_shared_borders_are_joined_in_both_directions() -> None:
    border = [[5, 52], [5, 53]]
    topology = {
        "type": "Topology",
        "arcs": [border, [[5, 53], [4, 53], [4, 52], [5, 52]], [[5, 53], [6, 53], [6, 52], [5, 52]]],
        "objects": {
            "gemeenten": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "GM0001"}},
                    {"type": "MultiPolygon", "arcs": [[[~2, ~0]]], "properties": {"statcode": "GM0002"}},
                ],
            }
        },
    }
    west, east = read_shapes(topology)
    assert west.polygons[0][0] == [(5, 52), (5, 53), (4, 53), (4, 52), (5, 52)]
    assert east.polygons[0][0] == [(5, 52), (6, 52), (6, 53), (5, 53), (5, 52)]


def test_steps_of_a_quantised_file_add_up() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.25], "translate": [4, 51]},
        "arcs": [[[2, 4], [0, 4], [2, 0], [-2, -4]]],
        "objects": {"een": {"type": "Polygon", "arcs": [[0]], "properties": {"code": 141}}},
    }
    (shape,) = read_shapes(topology)
    assert shape == Shape("GM0141", (([(5, 52), (5, 53), (6, 53), (5, 52)],),))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"type": "Feature"}, "geen GeoJSON"),
        ([], "geen GeoJSON"),
        (
            {
                "type": "Topology",
                "arcs": [[[0, 0]]],
                "objects": {"a": {"type": "Polygon", "arcs": [[4]], "properties": {"code": "X"}}},
            },
            "beschadigd",
        ),
        (
            collection(
                [[[155000, 463000], [156000, 463000], [156000, 464000], [155000, 463000]]], code="GM1"
            ),
            "Rijksdriehoek",
        ),
        (collection([[[5, 52], [6, 52]]], code="GM0001"), "gesloten lijn"),
        (collection([[[5, 52], [5, float("nan")], [6, 53], [5, 52]]], code="GM0001"), "gesloten lijn"),
        (collection([SQUARE]), "geen gebieden met een code"),
        (collection("nee", code="GM0001"), "beschadigd"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_refused_with_a_reason(document: Any, reason: str) -> None:
    with pytest.raises(UnreadableShape, match=reason):
        read_shapes(document)


def test_north_is_up_and_west_is_left() -> None:
    north = [[4.5, 53], [4.5, 53.5], [5, 53.5], [4.5, 53]]
    south = [[6, 50.5], [6, 51], [6.5, 51], [6, 50.5]]
    drawing = draw_shapes({"noord": [[north]], "zuid": [[south]]}, width=400)
    (west_x, north_y), (east_x, south_y) = (_first_point(drawing.paths[code]) for code in ("noord", "zuid"))
    assert west_x < east_x
    assert north_y < south_y


def test_a_name_stands_in_the_largest_part_of_an_area() -> None:
    island = [[4, 53], [4, 53.1], [4.1, 53.1], [4.1, 53], [4, 53]]
    mainland = [[5, 51], [5, 53], [7, 53], [7, 51], [5, 51]]
    drawing = draw_shapes({"A": [[island], [mainland]]}, width=300)
    x, y = (float(place) for place in drawing.centres["A"])
    assert x == pytest.approx(200, abs=0.1)
    assert y == pytest.approx(drawing.height * 1.1 / 2.1, rel=0.01)
    line = [[5, 52], [5, 53], [5, 52], [5, 52]]
    assert draw_shapes({"A": [[line]]}).centres["A"][0] == "0"


def _first_point(path: str) -> tuple[float, float]:
    x, y = re.findall(r"[\d.]+", path)[:2]
    return float(x), float(y)


@pytest.mark.skipif(not REAL.exists(), reason="the map of shared/data/gebieden is not here")
def test_the_real_map_has_every_region_and_municipality() -> None:
    shapes = read_shapes(json.loads(REAL.read_text(encoding="utf-8")))
    codes = {shape.code for shape in shapes}
    assert {f"VR{number:02d}" for number in range(1, 26)} <= codes
    assert len({code for code in codes if code.startswith("GM")}) == 342
    rings = [ring for shape in shapes for polygon in shape.polygons for ring in polygon]
    assert all(ring[0] == ring[-1] for ring in rings)
    assert all(3 < x < 7.3 and 50.7 < y < 53.6 for ring in rings for x, y in ring)
