"""The centres that ship: one for every municipality, and each lies in its own."""

import csv
import json
import math
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest

from regietafel.register.engine.shapes import Ring, Shape, read_shapes

REFERENCE = Path(__file__).parents[3] / "reference"
REAL = Path(__file__).parents[4] / "shared" / "data" / "gebieden" / "nl-vr-gm.topo.json"
KM_PER_DEGREE, MOST_OUTSIDE_KM = 111.2, 2.0


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_every_municipality_has_one_centre_with_its_own_name_and_a_source() -> None:
    areas = {row["code"]: row["naam"] for row in rows("gebieden.csv") if row["soort"] == "gemeente"}
    centres = rows("middelpunten.csv")
    assert [(row["gemeente"], row["gemeentenaam"]) for row in centres] == list(areas.items())
    for row in centres:
        assert row["plaats"]
        assert "GeoNames" in row["bron"] and (
            "CC BY 4.0" in row["bron"] or "nog te controleren" in row["bron"]
        )
        for column in ("breedtegraad", "lengtegraad"):
            assert row[column] == f"{float(row[column]):.2f}", (
                "a hundredth of a degree: a town, not an address"
            )
    assert len({(row["breedtegraad"], row["lengtegraad"]) for row in centres}) == len(centres)


@pytest.mark.skipif(not REAL.exists(), reason="the shapes of shared/data are not here")
@pytest.mark.parametrize("row", rows("middelpunten.csv"), ids=lambda row: row["gemeentenaam"])
def test_a_centre_lies_in_its_municipality(row: dict[str, str]) -> None:
    shape = shapes()[row["gemeente"]]
    x, y = float(row["lengtegraad"]), float(row["breedtegraad"])
    assert lies_in(shape, x, y) or edge_km(shape, x, y) < MOST_OUTSIDE_KM


@pytest.mark.skipif(not REAL.exists(), reason="the shapes of shared/data are not here")
def test_a_centre_of_another_municipality_of_that_name_would_be_seen() -> None:
    bergen = {
        row["gemeentenaam"]: row for row in rows("middelpunten.csv") if row["gemeentenaam"][:6] == "Bergen"
    }
    wrong, shape = bergen["Bergen (L.)"], shapes()[bergen["Bergen (NH.)"]["gemeente"]]
    x, y = float(wrong["lengtegraad"]), float(wrong["breedtegraad"])
    assert not lies_in(shape, x, y)
    assert edge_km(shape, x, y) > 100


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    return {shape.code: shape for shape in read_shapes(json.loads(REAL.read_text(encoding="utf-8")))}


def lies_in(shape: Shape, x: float, y: float) -> bool:
    return any(
        _in_ring(polygon[0], x, y) and not any(_in_ring(hole, x, y) for hole in polygon[1:])
        for polygon in shape.polygons
    )


def _in_ring(ring: Ring, x: float, y: float) -> bool:
    crossed = 0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        crossed += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


def edge_km(shape: Shape, x: float, y: float) -> float:
    """Measure how far a point is from the nearest corner of the border."""
    narrower = math.cos(math.radians(y))
    return min(
        math.hypot((x1 - x) * narrower, y1 - y) * KM_PER_DEGREE
        for polygon in shape.polygons
        for ring in polygon
        for x1, y1 in ring
    )
