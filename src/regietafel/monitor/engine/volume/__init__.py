"""How much is said about a subject: what a day would bring, when it is an alarm, and what changed."""

from regietafel.monitor.engine.volume.alarming import Alarm, DayCount, alarms_of
from regietafel.monitor.engine.volume.by_story import (
    Measured,
    compare_interactions,
    compare_sentiment,
    compare_share,
)
from regietafel.monitor.engine.volume.changing import Difference, Span
from regietafel.monitor.engine.volume.expecting import FEWEST_KNOWN, THRESHOLD, Expectation, expect
from regietafel.monitor.engine.volume.periods import RaisedPeriod, raised_periods
from regietafel.monitor.engine.volume.spans import Phase, Phases, compare_phases, compare_volume
from regietafel.monitor.engine.volume.watching import (
    Deliveries,
    GoneSource,
    VolumeFigures,
    days_of,
    watch_volume,
)

__all__ = [
    "FEWEST_KNOWN",
    "THRESHOLD",
    "Alarm",
    "DayCount",
    "Deliveries",
    "Difference",
    "Expectation",
    "GoneSource",
    "Measured",
    "Phase",
    "Phases",
    "RaisedPeriod",
    "Span",
    "VolumeFigures",
    "alarms_of",
    "compare_interactions",
    "compare_phases",
    "compare_sentiment",
    "compare_share",
    "compare_volume",
    "days_of",
    "expect",
    "raised_periods",
    "watch_volume",
]
