"""How charts look: colours that everybody can tell apart, grey for context, accent for what is ours."""

from typing import Any

INK = "#0f1f2e"
SOFT = "#44566a"
RULE = "#dfe5ea"
ACCENT = "#0b5a8a"
CONTEXT = "#74879a"
BAND = "#d7e8f2"
SERIES = (ACCENT, "#b35900", "#5b3c88", "#1b7a5a", "#8a6d00", "#74879a")
"""Told apart with the common kinds of colour blindness, and at least 3:1 on white."""

FONT = "Noto Sans, Arial, sans-serif"
TEXT_SIZE = 12
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

AXIS = {
    "domain": False,
    "ticks": False,
    "gridColor": RULE,
    "labelColor": SOFT,
    "labelFontSize": TEXT_SIZE,
    "labelPadding": 6,
    "titleColor": SOFT,
    "titleFontSize": TEXT_SIZE,
    "titleFontWeight": "normal",
}
APART = {"labelOverlap": "greedy", "labelSeparation": 8}
"""Names of days along an axis do not touch."""

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": AXIS,
    "text": {"fontSize": TEXT_SIZE, "color": INK},
    "line": {"strokeWidth": 2.25, "strokeJoin": "round"},
}


def specification(*, height: int, layers: list[dict[str, Any]], padding: dict[str, int]) -> dict[str, Any]:
    """Put layers into one specification; the width is chosen where it is drawn."""
    return {
        "$schema": SCHEMA,
        "height": height,
        "padding": padding,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": CONFIG,
        "layer": layers,
    }
