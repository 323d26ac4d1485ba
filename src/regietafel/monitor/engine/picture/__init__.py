"""The figures of an omgevingsbeeld: counted, compared, and never about a handful of people."""

from regietafel.monitor.engine.picture.comparing import Change, compare
from regietafel.monitor.engine.picture.counting import Hit, Material, make_figures
from regietafel.monitor.engine.picture.figures import NOTE, PictureFigures, SilentSource, Trend
from regietafel.monitor.engine.picture.intervals import trend_of
from regietafel.monitor.engine.picture.people import FEWEST_PEOPLE
from regietafel.monitor.engine.picture.rhythm import HOURS_BETWEEN, next_report_at
from regietafel.monitor.engine.picture.silence import silent_sources

__all__ = [
    "FEWEST_PEOPLE",
    "HOURS_BETWEEN",
    "NOTE",
    "Change",
    "Hit",
    "Material",
    "PictureFigures",
    "SilentSource",
    "Trend",
    "compare",
    "make_figures",
    "next_report_at",
    "silent_sources",
    "trend_of",
]
