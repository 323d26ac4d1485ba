"""How far municipalities lie apart: as the crow flies between their towns, with a factor for the road."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Roads are longer than a straight line by about this much; the figure is our assumption.
DETOUR = 1.3
_EARTH_KM = 6_371.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on earth, in degrees north and east."""

    latitude: float
    longitude: float


def road_km(one: Point, other: Point) -> int:
    """Estimate how far two towns lie apart by road, in whole kilometres (afstand).

    Args:
        one: a town, in degrees (WGS84).
        other: another town, in degrees (WGS84).

    Returns:
        Kilometres, 0 or more: the great circle times `DETOUR`, rounded. It is no travel time, and says
        nothing of where in the town somebody is. Water without a bridge is not seen.

    Method: sinnott-1984 (the haversine) on a sphere of 6,371 km; that a straight line times a constant stands
        for the road is from ballou-2002, that the constant is 1.3 here is our assumption (decision 0036).

    >>> almelo, hengelo = Point(latitude=52.36, longitude=6.66), Point(latitude=52.27, longitude=6.79)
    >>> road_km(almelo, hengelo), road_km(almelo, almelo)
    (17, 0)
    """
    north, south = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return math.floor(2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half))) * DETOUR + 0.5)


def km_between(
    points: Mapping[str, Point], *, ends: Iterable[str], origins: Iterable[str]
) -> dict[tuple[str, str], float]:
    """Give the kilometres from where people have a tie to where they can be placed (afstanden).

    Args:
        points: the point of each municipality by its name; one that is not there has no known distance.
        ends: municipalities with a location.
        origins: municipalities that somebody has a tie with.

    Returns:
        Whole kilometres per pair (origin, end), 1 or more: only a municipality itself is 0 km away, and that
        pair is left out. What is not there is unknown, never 0.

    Method: `road_km`.

    >>> almelo, borne = Point(latitude=52.36, longitude=6.66), Point(latitude=52.30, longitude=6.75)
    >>> towns = {"Almelo": almelo, "Borne": borne}
    >>> km_between(towns, ends=["Borne"], origins=["Almelo", "Borne", "Nergens"])
    {('Almelo', 'Borne'): 12.0}
    """
    there = [name for name in dict.fromkeys(ends) if name in points]
    return {
        (origin, end): float(max(road_km(points[origin], points[end]), 1))
        for origin in dict.fromkeys(origins)
        for end in there
        if origin in points and origin != end
    }
