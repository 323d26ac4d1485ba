"""Reading minutes that exist: agenda items, decisions (B), bottlenecks (K), actions (A), who was there."""

from regietafel.deliberation.engine.minutes.attendance import missing
from regietafel.deliberation.engine.minutes.found import (
    Certainty,
    Kind,
    MinutesRead,
    ReadAttendance,
    ReadEntry,
    ReadHeading,
    ReadItem,
    SourceLine,
    Status,
    Unassigned,
)
from regietafel.deliberation.engine.minutes.reading import read_minutes

__all__ = [
    "Certainty",
    "Kind",
    "MinutesRead",
    "ReadAttendance",
    "ReadEntry",
    "ReadHeading",
    "ReadItem",
    "SourceLine",
    "Status",
    "Unassigned",
    "missing",
    "read_minutes",
]
