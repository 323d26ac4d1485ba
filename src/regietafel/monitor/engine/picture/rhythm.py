"""How often an omgevingsbeeld is due: the more urgent, the sooner the next."""

from __future__ import annotations

from datetime import datetime, timedelta

HOURS_BETWEEN = {"laag": 72, "normaal": 24, "verhoogd": 12, "hoog": 4}


def next_report_at(last_at: datetime, *, urgency: str) -> datetime:
    """Give the moment before which the next picture is expected (next report).

    Args:
        last_at: when the last picture was published, or the monitor started.
        urgency: ``laag``, ``normaal``, ``verhoogd`` or ``hoog``.

    Returns:
        72, 24, 12 or 4 hours later.

    Raises:
        ValueError: the urgency is none of the four.

    Source: bron-004, §8.2 (daily, and more often when things move) and bron-000 r.343; the hours are our
        reading.

    >>> next_report_at(datetime(2026, 11, 29, 9), urgency="hoog").hour
    13
    """
    if urgency not in HOURS_BETWEEN:
        raise ValueError(f"no such urgency: {urgency}")
    return last_at + timedelta(hours=HOURS_BETWEEN[urgency])
