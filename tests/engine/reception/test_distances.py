"""Distances: measured another way they are the same, and an unknown one is never near."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.reception.engine.placing import (
    DETOUR,
    Group,
    PlacingTask,
    Point,
    Tie,
    UnknownDistance,
    explain,
    km_between,
    price_of,
    propose,
    road_km,
)
from tests.engine.reception.towns import KM, QUICK, hall

points = st.builds(
    Point,
    latitude=st.floats(50.7, 53.6, allow_nan=False),
    longitude=st.floats(3.3, 7.3, allow_nan=False),
)


@given(points, points)
def test_the_great_circle_is_the_angle_between_two_directions(one: Point, other: Point) -> None:
    cross = np.linalg.norm(np.cross(_direction(one), _direction(other)))
    straight = 6_371.0 * np.arctan2(cross, _direction(one) @ _direction(other))
    assert abs(road_km(one, other) - straight * DETOUR) <= 0.5 + 1e-6
    assert road_km(one, other) == road_km(other, one)


def _direction(point: Point) -> np.ndarray:
    north, east = np.radians(point.latitude), np.radians(point.longitude)
    return np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def test_another_municipality_is_never_nought_kilometres_away() -> None:
    here = Point(latitude=52.3, longitude=6.7)
    assert km_between({"A": here, "B": here}, ends=["A", "B"], origins=["A", "B"]) == {
        ("A", "B"): 1.0,
        ("B", "A"): 1.0,
    }


def tied(code: str, *towns: str, size: int = 2) -> Group:
    return Group(code=code, size=size, ties=tuple(Tie(municipality=town, kind="werk") for town in towns))


def task(*groups: Group, strict: bool = False, towns: tuple[str, ...] = ("Borne", "Enschede")) -> PlacingTask:
    halls = tuple(hall(town.upper(), 9, town=town) for town in towns)
    return PlacingTask(groups=groups, locations=halls, km=KM, unknown_is_far=not strict)


def test_an_unknown_distance_is_refused_unless_it_may_count_as_far() -> None:
    with pytest.raises(UnknownDistance):
        propose(task(tied("A", "Westerveen"), strict=True), QUICK)
    assert propose(task(tied("A", "Westerveen")), QUICK).score.placed == 2


def test_a_place_at_an_unknown_distance_is_not_taken_for_a_near_one() -> None:
    """Westerveen has no known distances: before a place there comes any of which we know how far it is."""
    made = propose(task(tied("A", "Almelo"), towns=("Westerveen", "Borne")), QUICK)
    assert dict(made.places) == {"A": "BORNE"}


def test_with_an_unknown_distance_only_the_municipality_itself_is_nearer() -> None:
    made = propose(task(tied("A", "Westerveen"), towns=("Borne", "Westerveen", "Enschede")), QUICK)
    assert dict(made.places) == {"A": "WESTERVEEN"}


def test_what_is_unknown_is_said_and_nothing_is_called_nearer() -> None:
    groups = (tied("A", "Westerveen"), tied("B", "Almelo"), tied("C", "Almelo"))
    lines, _ = explain(
        task(*groups, towns=("Borne", "Enschede", "Westerveen")),
        {"A": "BORNE", "B": "ENSCHEDE", "C": "WESTERVEEN"},
    )
    assert lines[0].reason == "niet in Westerveen (werk), afstand onbekend; 1 locatie dichterbij: 1 vrij"
    assert lines[1].reason == "23,5 km van Almelo (werk); 1 locatie dichterbij: 1 vrij"
    assert lines[2].reason == "niet in Almelo (werk), afstand onbekend"


def price(made: PlacingTask, places: dict[str, str], where: str) -> str:
    return price_of(made, places, group="A", location=where, effort=QUICK).text


@pytest.mark.parametrize(
    ("group", "was", "now", "told"),
    [
        (tied("A", "Almelo"), "BORNE", "ENSCHEDE", "samen 27 km verder van werk, school of eerdere plek"),
        (tied("A", "Almelo"), "ENSCHEDE", "BORNE", "samen 27 km dichter bij werk, school of eerdere plek"),
        (tied("A"), "BORNE", "ENSCHEDE", ""),
        (tied("A", "Westerveen"), "BORNE", "ENSCHEDE",
         "van 1 groep is niet bekend hoeveel verder of dichterbij"),
        (tied("A", "Almelo"), "", "ENSCHEDE", ""),
    ],
    ids=["verder", "dichterbij", "geen band", "onbekend", "had nog geen plek"],
)  # fmt: skip
def test_a_price_tells_the_kilometres_of_who_moves(group: Group, was: str, now: str, told: str) -> None:
    before = {"A": was} if was else {}
    found = price(task(group), before, now)
    assert ("km" in found or "bekend" in found) is bool(told)
    assert told in found


def test_without_any_distances_a_price_counts_ties() -> None:
    bare = replace(task(tied("A", "Borne", size=3)), km={})
    assert "3 banden minder in de eigen gemeente" in price(bare, {"A": "BORNE"}, "ENSCHEDE")
    assert "3 banden meer in de eigen gemeente" in price(bare, {"A": "ENSCHEDE"}, "BORNE")


@given(st.permutations(["Borne", "Enschede", "Westerveen", "Almelo"]))
def test_the_order_of_the_aims_is_that_of_what_is_known(towns: list[str]) -> None:
    """Of four empty halls the nearest that is known wins, whatever the order they are told in."""
    made = propose(task(tied("A", "Almelo"), towns=tuple(towns)), QUICK)
    assert dict(made.places) == {"A": "ALMELO"}
    rest = [town for town in towns if town != "Almelo"]
    assert dict(propose(task(tied("A", "Almelo"), towns=tuple(rest)), QUICK).places) == {"A": "BORNE"}
