"""Lines over time: ours, others in grey, what was to be expected, and the moments that explain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from regietafel.kernel.dutch import number
from regietafel.kit.charts.chart import Caption, Chart
from regietafel.kit.charts.moments import Moment, moment_layers
from regietafel.kit.charts.style import ACCENT, APART, BAND, CONTEXT, SOFT, specification
from regietafel.kit.documents.table import Cell, Column, Kind, Table

HEIGHT = 210
DAYS_NAMED = 6
CROWDED_SHARE = 0.09
VALUE_TICKS = 4
VALUE_AXIS = {"title": None, "tickCount": VALUE_TICKS, "format": ",~r"}


@dataclass(frozen=True)
class Point:
    """One value on one day; None when nothing is known, which breaks the line."""

    day: date
    value: float | None


@dataclass(frozen=True)
class Line:
    """A row of points with the name that stands at its end, and what one of them is called.

    `colour` sets a second line of our own apart; `is_stepped` keeps each value until the next day.
    """

    name: str
    points: Sequence[Point]
    is_ours: bool = True
    decimals: int = 0
    name_of_one: str = ""
    colour: str = ""
    is_stepped: bool = False


@dataclass(frozen=True)
class Band:
    """What was to be expected: per day the lower and upper bound."""

    name: str
    bounds: Sequence[tuple[date, float, float]]
    colour: str = BAND


def line_chart(
    lines: Sequence[Line],
    *,
    caption: Caption,
    band: Band | None = None,
    moments: Iterable[Moment] = (),
    from_zero: bool = True,
) -> Chart:
    """Draw values per day; the end of each line carries its name, the end of ours also its value.

    Counts begin at zero; a level of which only the change matters may leave the emptiness below it out.
    """
    marked = tuple(moments)
    days = sorted({point.day for line in lines for point in line.points})
    ends = _end_labels(lines, band, from_zero=from_zero)
    layers = _band_layers(band) + moment_layers(marked, days, colour=SOFT)
    for line in lines:
        layers += _line_layers(line)
    layers += _end_layers(ends)
    for layer in layers:
        layer["encoding"]["x"]["axis"] = _day_axis(days)
        if "axis" in layer["encoding"].get("y", {}):
            layer["encoding"]["y"]["axis"] = _value_axis(lines)
            layer["encoding"]["y"]["scale"] = {"zero": from_zero}
    margins = {"left": 2, "right": 4, "top": 4, "bottom": 2}
    return Chart(
        title=caption.title,
        description=caption.description,
        spec=specification(height=HEIGHT, layers=layers, padding=margins),
        table=_table(lines, caption=caption, band=band),
        fits_phone=True,
    )


def _day_axis(days: Sequence[date]) -> dict[str, Any]:
    """Name at most six days, the last one always, counted back from there in equal steps."""
    step = max(1, -(-len(days) // DAYS_NAMED))
    named = [day.isoformat() for day in days[::-1][::step]]
    return {"grid": False, "title": None, "format": "%-d %b", "values": named, **APART}


def _value_axis(lines: Sequence[Line]) -> dict[str, Any]:
    """Let counts step by whole numbers: half a message does not exist."""
    highest = max((point.value or 0 for line in lines for point in line.points), default=0)
    if any(line.decimals for line in lines) or highest >= VALUE_TICKS:
        return VALUE_AXIS
    return VALUE_AXIS | {"tickCount": max(1, int(highest))}


def _places(value_field: str) -> dict[str, Any]:
    """Say which fields are the day and the value of a mark."""
    return {
        "x": {"field": "dag", "type": "temporal", "scale": {"type": "utc"}},
        "y": {"field": value_field, "type": "quantitative", "axis": VALUE_AXIS, "scale": {"zero": True}},
    }


def _layer(values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _band_layers(band: Band | None) -> list[dict[str, Any]]:
    if band is None:
        return []
    values = [{"dag": day.isoformat(), "laag": low, "hoog": high} for day, low, high in band.bounds]
    mark = {"type": "area", "color": band.colour, "interpolate": "linear"}
    return [_layer(values, mark, **_places("laag"), y2={"field": "hoog"})]


def _line_layers(line: Line) -> list[dict[str, Any]]:
    values = [{"dag": point.day.isoformat(), "waarde": point.value} for point in line.points]
    colour = line.colour or (ACCENT if line.is_ours else CONTEXT)
    mark = {"type": "line", "color": colour, "strokeDash": [1, 0] if line.is_ours else [5, 3]}
    if line.is_stepped:
        mark["interpolate"] = "step-after"
    return [_layer(values, mark, **_places("waarde"))]


@dataclass
class _End:
    """The label at the end of a line: where it points at, where it is written, and what it says."""

    day: date
    value: float
    text: str
    colour: str
    has_dot: bool
    height: float = 0.0


def _end_labels(lines: Sequence[Line], band: Band | None, *, from_zero: bool) -> list[_End]:
    """Place the labels at their line ends, pushed apart where they would cover each other."""
    ends = [_line_end(line) for line in lines if any(point.value is not None for point in line.points)]
    if band and band.bounds:
        day, low, high = band.bounds[-1]
        ends.append(_End(day, (low + high) / 2, band.name, SOFT, has_dot=False))
    seen = [point.value or 0 for line in lines for point in line.points]
    seen += [bound for _day, *bounds in band.bounds for bound in bounds] if band else []
    apart = (max(seen, default=0) - (0 if from_zero else min(seen, default=0))) * CROWDED_SHARE
    lowest = float("-inf")
    for end in sorted(ends, key=lambda each: each.value):
        end.height = max(end.value, lowest + apart)
        lowest = end.height
    return ends


def _line_end(line: Line) -> _End:
    last = next(point for point in reversed(line.points) if point.value is not None)
    value = float(last.value or 0)
    shown = number(value, decimals=line.decimals)
    name = line.name_of_one if value == 1 and line.name_of_one else line.name
    colour = line.colour or (ACCENT if line.is_ours else SOFT)
    return _End(last.day, value, f"{shown} {name}".strip(), colour, has_dot=line.is_ours)


def _end_layers(ends: Sequence[_End]) -> list[dict[str, Any]]:
    layers = []
    for end in ends:
        values = [{"dag": end.day.isoformat(), "hoogte": end.height, "waarde": end.value, "naam": end.text}]
        text = {"type": "text", "align": "left", "baseline": "middle", "dx": 9, "color": end.colour}
        text["fontWeight"] = 700 if end.has_dot else 400
        layers.append(_layer(values, text, **_places("hoogte"), text={"field": "naam", "type": "nominal"}))
        if end.has_dot:
            dot = {"type": "point", "filled": True, "size": 60, "color": end.colour, "opacity": 1}
            layers.append(_layer(values, dot, **_places("waarde")))
    return layers


def _table(lines: Sequence[Line], *, caption: Caption, band: Band | None) -> Table:
    """Put every value of the chart in a table, a row per day."""
    columns = [Column(_("Dag"), Kind.DAY)]
    columns += [Column(line.name or caption.unit, Kind.NUMBER, decimals=line.decimals) for line in lines]
    found = [{point.day: point.value for point in line.points} for line in lines]
    bounds = {day: (low, high) for day, low, high in band.bounds} if band else {}
    if band:
        columns += [Column(_("%s van") % band.name, Kind.NUMBER, decimals=1)]
        columns += [Column(_("%s tot") % band.name, Kind.NUMBER, decimals=1)]
    rows: list[tuple[Cell, ...]] = []
    for day in sorted({day for values in found for day in values}):
        expected = bounds.get(day, (None, None)) if band else ()
        rows.append((day, *(values.get(day) for values in found), *expected))
    return Table(tuple(columns), rows, title=caption.title, source_note=caption.source_note)
