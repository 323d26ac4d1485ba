"""Ribbons over time: parts of one whole on top of each other, day by day, each named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regietafel.kernel.dutch import number
from regietafel.kit.charts.chart import Caption, Chart
from regietafel.kit.charts.moments import Moment, moment_layers
from regietafel.kit.charts.style import APART, INK, RULE, specification
from regietafel.kit.documents.table import Cell, Column, Kind, Table

HEIGHT = 230
DAYS_NAMED = 6
CROWDED_SHARE = 0.085
TOO_MUCH = "#a61b1b"
COLOURS = ("#3b7ea8", "#8fbdd8", "#e3eef5", RULE)
"""From dark to light, so that the order can be told without colour; every part carries its name."""


@dataclass(frozen=True)
class Layer:
    """One part: its name and a value per day; an excess is how much of the other parts is too much."""

    name: str
    values: Sequence[int]
    is_excess: bool = False


@dataclass(frozen=True)
class Level:
    """A line over the parts: what they are parts of, or a goal (dashed)."""

    name: str
    values: Sequence[int]
    is_goal: bool = False


def ribbon_chart(
    layers: Sequence[Layer],
    *,
    days: Sequence[date],
    caption: Caption,
    moments: Sequence[Moment] = (),
    levels: Sequence[Level] = (),
) -> Chart:
    """Draw parts on top of each other per day, from the first upwards; also as narrow as a phone.

    Args:
        layers: the parts, from below; a part that is 0 on every day is left out of the drawing. An excess is
            drawn over the others, with its name, and stands in the table only when there is any.
        days: of the values.
        caption: title, meaning, unit and source.
        moments: what happened, as dotted lines.
        levels: lines across; parts that stand above what they are parts of are more than there is. Without
            one the line follows the parts together.
    """
    parts = [layer for layer in layers if not layer.is_excess]
    excess = next((layer for layer in layers if layer.is_excess and any(layer.values)), None)
    shown = _stacked(parts, [layer for layer in parts if any(layer.values)])
    together = Level("", [sum(values) for values in zip(*(layer.values for layer in parts), strict=True)])
    lines = levels or (together,)
    top = max(max(line.values, default=0) for line in (*lines, together))
    drawn = [_area(layer, below, days=days, colour=colour) for layer, below, colour in shown]
    drawn += _excess(excess, together, days=days) if excess else []
    drawn += [_edge(line, days) for line in lines]
    drawn += moment_layers(moments, days, colour=INK)
    names = [*_names(shown, levels), *_name_of_excess(excess, together)]
    drawn.append(_ends(names, day=days[-1], apart=top * CROWDED_SHARE))
    for layer in drawn:
        layer["encoding"]["x"]["axis"] = _day_axis(days)
    spec = specification(height=HEIGHT, layers=drawn, padding={"left": 2, "right": 4, "top": 4, "bottom": 2})
    behind: list[Layer | Level] = [*(level for level in levels if not level.is_goal), *parts]
    behind += [excess] if excess else []
    table = _table(behind, days, caption=caption)
    return Chart(caption.title, caption.description, spec, table, fits_phone=True)


def _stacked(layers: Sequence[Layer], drawn: Sequence[Layer]) -> list[tuple[Layer, list[int], str]]:
    """Pair each part that is drawn with what lies below it, and the colour it has in every drawing."""
    below = [0] * len(layers[0].values) if layers else []
    found = []
    for layer, colour in zip(layers, COLOURS, strict=False):
        if layer in drawn:
            found.append((layer, below, colour))
        below = [low + value for low, value in zip(below, layer.values, strict=True)]
    return found


def _day_axis(days: Sequence[date]) -> dict[str, Any]:
    step = max(1, -(-len(days) // DAYS_NAMED))
    named = [day.isoformat() for day in days[::-1][::step]]
    return {"grid": False, "title": None, "format": "%-d %b", "values": named, **APART}


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


def _excess(excess: Layer, together: Level, *, days: Sequence[date]) -> list[dict[str, Any]]:
    """Draw what is too much at the top of the parts."""
    below = [whole - much for whole, much in zip(together.values, excess.values, strict=True)]
    return [_area(excess, below, days=days, colour=TOO_MUCH)]


def _name_of_excess(excess: Layer | None, together: Level) -> list[tuple[float, str, str]]:
    """Name the most that is too much: beside it when it lasts, otherwise at the top."""
    if excess is None:
        return []
    last = together.values[-1] - excess.values[-1] / 2
    height = last if excess.values[-1] else float(max(together.values))
    return [(height, f"{number(max(excess.values))} {excess.name}", TOO_MUCH)]


def _edge(line: Level, days: Sequence[date]) -> dict[str, Any]:
    """Draw a level as a line: light parts need it to be seen, and what stands above it is too much."""
    values = [{"dag": day.isoformat(), "hoogte": value} for day, value in zip(days, line.values, strict=True)]
    mark = {"type": "line", "color": INK, "strokeWidth": 1.25, "interpolate": "step-after"}
    if line.is_goal:
        mark |= {"strokeDash": [5, 3], "strokeWidth": 1.5}
    return _layer(values, mark, y=_height("hoogte"))


def _names(
    shown: Sequence[tuple[Layer, list[int], str]], levels: Sequence[Level]
) -> list[tuple[float, str, str]]:
    """Give how high each name stands, what it says with the last value, and its colour."""
    parts = [
        (below[-1] + layer.values[-1] / 2, f"{number(layer.values[-1])} {layer.name}", INK)
        for layer, below, _colour in shown
    ]
    return parts + [(float(one.values[-1]), f"{number(one.values[-1])} {one.name}", INK) for one in levels]


def _ends(names: Sequence[tuple[float, str, str]], *, day: date, apart: float) -> dict[str, Any]:
    """Write the names at the right, pushed apart where they would cover each other."""
    values, lowest = [], float("-inf")
    for height, text, colour in sorted(names):
        lowest = max(height, lowest + apart)
        values.append({"dag": day.isoformat(), "hoogte": lowest, "naam": text, "kleur": colour})
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 8}
    colour_of = {"field": "kleur", "type": "nominal", "scale": None}
    text_of = {"field": "naam", "type": "nominal"}
    return _layer(values, mark, y=_height("hoogte"), text=text_of, color=colour_of)


def _table(layers: Sequence[Layer | Level], days: Sequence[date], *, caption: Caption) -> Table:
    columns = [Column("Dag", Kind.DAY)]
    columns += [Column(f"{layer.name.capitalize()} ({caption.unit})", Kind.NUMBER) for layer in layers]
    rows: list[tuple[Cell, ...]] = [
        (day, *values) for day, *values in zip(days, *(layer.values for layer in layers), strict=True)
    ]
    return Table(tuple(columns), rows, title=caption.title, source_note=caption.source_note)
