"""What the caller knows about minutes before they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """Names that are known, the day of the meeting, and the year of days without one."""

    known: tuple[str, ...] = ()
    on: date | None = None
    year: int | None = None
