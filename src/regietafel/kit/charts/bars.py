"""Bars: one per category with its value at the end, or divided into named parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regietafel.kernel.dutch import UNKNOWN, number
from regietafel.kit.charts.chart import Caption, Chart
from regietafel.kit.charts.style import ACCENT, CONTEXT, INK, SERIES, SOFT, specification
from regietafel.kit.documents.table import Cell, Column, Kind, Table

ROW_HEIGHT = 26
LONGEST_NAME = 34
PIXELS_PER_SIGN = 5
MARGINS = {"left": 2, "right": 4, "top": 4, "bottom": 2}
NARROWEST_WITH_TEXT = 0.07


@dataclass(frozen=True)
class Bar:
    """One category; `low` and `high` are the bounds of its uncertainty, where it has one."""

    name: str
    value: float | None
    is_ours: bool = True
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Part:
    """One named part of a divided bar."""

    name: str
    value: float


@dataclass(frozen=True)
class Stack:
    """One category with its parts; every stack of a chart names the same parts in the same order."""

    name: str
    parts: tuple[Part, ...]


def bar_chart(bars: Sequence[Bar], *, caption: Caption, decimals: int = 0) -> Chart:
    """Draw a bar per category in the order given; ours in the accent colour, the others grey."""
    values = [_bar_values(bar, decimals) for bar in bars]
    layers = [_row_layer(values, {"type": "bar", "height": 16}, x=_length(), color=_own_colour())]
    if any(bar.low is not None for bar in bars):
        whisker = {"type": "rule", "color": INK, "strokeWidth": 1.5}
        spread = {"x": {**_length(), "field": "laag"}, "x2": {"field": "hoog"}}
        layers.append(_row_layer(values, whisker, **spread))
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "color": INK}
    where = {**_length(), "field": "eind"}
    layers.append(_row_layer(values, text, x=where, text={"field": "tekst", "type": "nominal"}))
    height = max(1, len(bars)) * ROW_HEIGHT
    furthest = max(values, key=lambda value: value["eind"], default={"tekst": ""})
    margins = {**MARGINS, "right": 8 + PIXELS_PER_SIGN * len(furthest["tekst"])}
    spec = specification(height=height, layers=layers, padding=margins)
    table = _bar_table(bars, caption, decimals=decimals)
    return Chart(caption.title, caption.description, spec, table, fits_phone=True)


def stacked_chart(stacks: Sequence[Stack], *, caption: Caption) -> Chart:
    """Draw a divided bar per category; the first row names the parts, every part shows its own value."""
    longest = max((sum(part.value for part in stack.parts) for stack in stacks), default=0)
    values = [row for stack in stacks for row in _part_values(stack, longest)]
    names = [part.name for part in stacks[0].parts] if stacks else []
    colours = {"domain": names, "range": list(SERIES[: len(names)])}
    colour = {"field": "deel", "type": "nominal", "scale": colours, "legend": _names_above(names)}
    spread = {"x": {**_length(), "field": "van"}, "x2": {"field": "tot"}}
    bar = {"type": "bar", "height": 18, "stroke": "white", "strokeWidth": 1}
    text = {"type": "text", "baseline": "middle", "color": "white"}
    shown = {"x": {**_length(), "field": "midden"}, "text": {"field": "tekst", "type": "nominal"}}
    layers = [_row_layer(values, bar, **spread, color=colour), _row_layer(values, text, **shown)]
    height = max(1, len(stacks)) * ROW_HEIGHT
    spec = specification(height=height, layers=layers, padding=MARGINS)
    table = _stack_table(stacks, names, caption=caption)
    return Chart(caption.title, caption.description, spec, table, fits_phone=True)


def _row_layer(values: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    axis = {"title": None, "grid": False, "labelColor": INK, "labelLimit": 240}
    row = {"field": "naam", "type": "nominal", "sort": None, "axis": axis}
    return {"data": {"values": values}, "mark": mark, "encoding": {"y": row, **encoding}}


def _length() -> dict[str, Any]:
    return {"field": "waarde", "type": "quantitative", "axis": None, "scale": {"zero": True}}


def _own_colour() -> dict[str, Any]:
    return {"condition": {"test": "datum.eigen", "value": ACCENT}, "value": CONTEXT}


def _names_above(names: Sequence[str]) -> dict[str, Any]:
    """Name the parts in one line above the bars, in the order in which they stand."""
    return {
        "title": None,
        "orient": "top",
        "values": list(names),
        "labelColor": SOFT,
        "labelFontSize": 12,
        "symbolType": "square",
        "offset": 8,
    }


def _bar_values(bar: Bar, decimals: int) -> dict[str, Any]:
    shown = number(bar.value, decimals=decimals)
    if bar.low is not None and bar.high is not None:
        shown += f" ({number(bar.low, decimals=decimals)}–{number(bar.high, decimals=decimals)})"
    return {
        "naam": _short(bar.name),
        "waarde": bar.value,
        "laag": bar.low,
        "hoog": bar.high,
        "eind": max(bar.value or 0, bar.high or 0),
        "tekst": shown if bar.value is not None else UNKNOWN,
        "eigen": bar.is_ours,
    }


def _part_values(stack: Stack, longest: float) -> list[dict[str, Any]]:
    rows, start = [], 0.0
    for part in stack.parts:
        is_wide = longest and part.value / longest >= NARROWEST_WITH_TEXT
        rows.append(
            {
                "naam": _short(stack.name),
                "deel": part.name,
                "van": start,
                "tot": start + part.value,
                "midden": start + part.value / 2,
                "tekst": number(part.value) if is_wide else "",
            }
        )
        start += part.value
    return rows


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def _bar_table(bars: Sequence[Bar], caption: Caption, *, decimals: int) -> Table:
    columns = [Column(_("Naam")), Column(caption.unit, Kind.NUMBER, decimals=decimals)]
    has_bounds = any(bar.low is not None for bar in bars)
    if has_bounds:
        columns += [
            Column(_("van"), Kind.NUMBER, decimals=decimals),
            Column(_("tot"), Kind.NUMBER, decimals=decimals),
        ]
    bounds = [(bar.low, bar.high) if has_bounds else () for bar in bars]
    rows: list[tuple[Cell, ...]] = [
        (bar.name, bar.value, *spread) for bar, spread in zip(bars, bounds, strict=True)
    ]
    return Table(tuple(columns), rows, title=caption.title, source_note=caption.source_note)


def _stack_table(stacks: Sequence[Stack], names: Sequence[str], *, caption: Caption) -> Table:
    columns = (Column(_("Naam")), *(Column(name, Kind.NUMBER) for name in names))
    rows: list[tuple[Cell, ...]] = [(stack.name, *(part.value for part in stack.parts)) for stack in stacks]
    return Table(columns, rows, title=caption.title, source_note=caption.source_note)
