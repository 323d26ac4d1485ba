"""Charts: one Vega-Lite specification for the screen, for documents and for pointing at values.

Every chart has a title, a description in words and the table behind it. Colour is never the only difference:
what matters carries its label beside it.
"""

from regietafel.kit.charts.bars import Bar, Part, Stack, bar_chart, stacked_chart
from regietafel.kit.charts.chart import PAGE_WIDTH, Caption, Chart
from regietafel.kit.charts.lines import Band, Line, Point, line_chart
from regietafel.kit.charts.moments import Moment
from regietafel.kit.charts.rendering import render_png, render_svg
from regietafel.kit.charts.ribbons import Layer, Level, ribbon_chart

__all__ = [
    "PAGE_WIDTH", "Band", "Bar", "Caption", "Chart", "Layer", "Level", "Line", "Moment", "Part", "Point",
    "Stack", "bar_chart", "line_chart", "render_png", "render_svg", "ribbon_chart", "stacked_chart",
]  # fmt: skip
