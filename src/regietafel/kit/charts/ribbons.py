"""Ribbons over time: parts of one whole on top of each other, day by day, each named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regietafel.kernel.dutch import number
from regietafel.kit.charts.chart import Caption, Chart
from regietafel.kit.charts.lines import Moment
from regietafel.kit.charts.style import ACCENT, INK, RULE, SOFT, specification
from regietafel.kit.documents.table import Cell, Column, Kind, Table

HEIGHT = 230
DAYS_NAMED = 6
CROWDED_SHARE = 0.085
COLOURS = (ACCENT, "#7fb0cf", "#e3eef5", RULE)
"""From dark to light, so that the order can be told without colour; every part carries its name."""


@dataclass(frozen=True)
class Layer:
    """One part: its name and a value per day; `shown` is what the table calls it, with its unit."""

    name: str
    values: Sequence[int]


def ribbon_chart(
    layers: Sequence[Layer],
    *,
    days: Sequence[date],
    caption: Caption,
    moments: Sequence[Moment] = (),
    goal: tuple[str, float] | None = None,
) -> Chart:
    """Draw parts on top of each other per day, from the first upwards; `goal` is a named level across."""
    drawn = [_area(layer, below, days=days, colour=colour) for layer, below, colour in _stacked(layers)]
    top = max((sum(values) for values in zip(*(layer.values for layer in layers), strict=True)), default=0)
    top = max(top, goal[1] if goal else 0)
    drawn += [_edge(layers, days)]
    drawn += _moments(moments)
    ends = _ends(layers, days, goal=goal, apart=top * CROWDED_SHARE)
    drawn += _goal(goal, days) + ends
    for layer in drawn:
        layer["encoding"]["x"]["axis"] = _day_axis(days)
    spec = specification(height=HEIGHT, layers=drawn, padding={"left": 2, "right": 4, "top": 4, "bottom": 2})
    return Chart(caption.title, caption.description, spec, _table(layers, days, caption=caption))


def _stacked(layers: Sequence[Layer]) -> list[tuple[Layer, list[int], str]]:
    """Pair each part with what lies below it, and its colour."""
    below = [0] * len(layers[0].values) if layers else []
    found = []
    for layer, colour in zip(layers, COLOURS, strict=False):
        found.append((layer, below, colour))
        below = [low + value for low, value in zip(below, layer.values, strict=True)]
    return found


def _day_axis(days: Sequence[date]) -> dict[str, Any]:
    step = max(1, -(-len(days) // DAYS_NAMED))
    named = [day.isoformat() for day in days[::-1][::step]]
    return {"grid": False, "title": None, "format": "%-d %b", "values": named, "labelOverlap": "greedy"}


def _day() -> dict[str, Any]:
    return {"field": "dag", "type": "temporal", "scale": {"type": "utc"}}


def _height(field: str) -> dict[str, Any]:
    axis = {"title": None, "tickCount": 4, "format": ",~r"}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": True}}


def _layer(values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": _day(), **encoding}}


def _area(layer: Layer, below: Sequence[int], *, days: Sequence[date], colour: str) -> dict[str, Any]:
    values = [
        {"dag": day.isoformat(), "laag": low, "hoog": low + value}
        for day, low, value in zip(days, below, layer.values, strict=True)
    ]
    mark = {"type": "area", "color": colour, "interpolate": "step-after"}
    return _layer(values, mark, y=_height("laag"), y2={"field": "hoog"})


def _edge(layers: Sequence[Layer], days: Sequence[date]) -> dict[str, Any]:
    """Draw the top of the whole as a line, which light parts need to be seen."""
    tops = [sum(values) for values in zip(*(layer.values for layer in layers), strict=True)]
    values = [{"dag": day.isoformat(), "hoogte": top} for day, top in zip(days, tops, strict=True)]
    mark = {"type": "line", "color": SOFT, "strokeWidth": 1, "interpolate": "step-after"}
    return _layer(values, mark, y=_height("hoogte"))


def _goal(goal: tuple[str, float] | None, days: Sequence[date]) -> list[dict[str, Any]]:
    if goal is None:
        return []
    values = [{"dag": day.isoformat(), "hoogte": goal[1]} for day in (days[0], days[-1])]
    mark = {"type": "line", "color": INK, "strokeWidth": 1.5, "strokeDash": [5, 3]}
    return [_layer(values, mark, y=_height("hoogte"))]


def _moments(moments: Sequence[Moment]) -> list[dict[str, Any]]:
    if not moments:
        return []
    values = [{"dag": moment.day.isoformat(), "naam": moment.name} for moment in moments]
    rule = {"type": "rule", "color": INK, "strokeDash": [2, 3]}
    name = {"type": "text", "align": "left", "baseline": "bottom", "color": SOFT, "dx": 4, "dy": -4}
    text = {"y": {"value": 0}, "text": {"field": "naam", "type": "nominal"}}
    return [_layer(values, rule), _layer(values, name, **text)]


def _ends(
    layers: Sequence[Layer], days: Sequence[date], *, goal: tuple[str, float] | None, apart: float
) -> list[dict[str, Any]]:
    """Write every name and its last value at the right, pushed apart where they would cover each other."""
    labels = [
        (below[-1] + layer.values[-1] / 2, f"{number(layer.values[-1])} {layer.name}")
        for layer, below, _colour in _stacked(layers)
    ]
    if goal is not None:
        labels.append((goal[1], f"{number(goal[1])} {goal[0]}"))
    values, lowest = [], float("-inf")
    for height, text in sorted(labels):
        lowest = max(height, lowest + apart)
        values.append({"dag": days[-1].isoformat(), "hoogte": lowest, "naam": text})
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "color": INK}
    return [_layer(values, mark, y=_height("hoogte"), text={"field": "naam", "type": "nominal"})]


def _table(layers: Sequence[Layer], days: Sequence[date], *, caption: Caption) -> Table:
    columns = [Column("Dag", Kind.DAY)]
    columns += [Column(f"{layer.name.capitalize()} ({caption.unit})", Kind.NUMBER) for layer in layers]
    rows: list[tuple[Cell, ...]] = [
        (day, *values) for day, *values in zip(days, *(layer.values for layer in layers), strict=True)
    ]
    return Table(tuple(columns), rows, title=caption.title, source_note=caption.source_note)
