"""Moments in a chart: a dotted line each, with a name above it that covers no other, also on a phone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from regietafel.kit.charts.style import SOFT

LETTER_WIDTH, NAME_HEIGHT, GAP = 6.4, 15, 10
PLOT_ON_PHONE, BESIDE_ON_PHONE = 215, 95
"""How wide the drawing and the names at its right are on a phone, in the units in which letters are drawn."""


@dataclass(frozen=True)
class Moment:
    """Something that happened, marked with a dotted line."""

    day: date
    name: str


@dataclass(frozen=True)
class _Spot:
    moment: Moment
    level: int
    is_left: bool


def moment_layers(moments: Sequence[Moment], days: Sequence[date], *, colour: str) -> list[dict[str, Any]]:
    """Mark moments with a dotted line and their name above it, higher where names would cover each other.

    Args:
        moments: what happened, in any order.
        days: of the chart, in order.
        colour: of the lines.
    """
    if not days:
        return []
    spots = sorted(_spots(moments, days), key=lambda spot: (spot.level, spot.is_left))
    layers = []
    for (level, is_left), found in groupby(spots, key=lambda spot: (spot.level, spot.is_left)):
        values = [{"dag": spot.moment.day.isoformat(), "naam": spot.moment.name} for spot in found]
        layers += _drawn(values, level=level, is_left=is_left, colour=colour)
    return layers


def _spots(moments: Sequence[Moment], days: Sequence[date]) -> Iterator[_Spot]:
    """Give each name the lowest line on which it covers no other; at the right it stands left of its day."""
    taken: list[list[tuple[float, float]]] = []
    for moment in sorted(moments, key=lambda each: (each.day, each.name)):
        start = (moment.day - days[0]).days / max((days[-1] - days[0]).days, 1) * PLOT_ON_PHONE
        length = len(moment.name) * LETTER_WIDTH + GAP
        is_left = start + length > PLOT_ON_PHONE + BESIDE_ON_PHONE
        low, high = (start - length, start) if is_left else (start, start + length)
        free = (n for n, line in enumerate(taken) if all(end <= low or high <= begin for begin, end in line))
        level = next(free, len(taken))
        taken[level:] = taken[level:] or [[]]
        taken[level].append((low, high))
        yield _Spot(moment, level, is_left)


def _drawn(values: list[dict[str, Any]], *, level: int, is_left: bool, colour: str) -> list[dict[str, Any]]:
    lift = -NAME_HEIGHT * level
    day = {"field": "dag", "type": "temporal", "scale": {"type": "utc"}}
    rule = {"type": "rule", "color": colour, "strokeDash": [2, 3]}
    beside = {"align": "right", "dx": -4} if is_left else {"align": "left", "dx": 4}
    name = {"type": "text", "baseline": "bottom", "color": SOFT, "dy": lift - 4, **beside}
    data = {"values": values}
    text = {"field": "naam", "type": "nominal"}
    return [
        {
            "data": data,
            "mark": rule,
            "encoding": {"x": {**day}, "y": {"value": lift}, "y2": {"value": "height"}},
        },
        {"data": data, "mark": name, "encoding": {"x": {**day}, "y": {"value": 0}, "text": text}},
    ]
