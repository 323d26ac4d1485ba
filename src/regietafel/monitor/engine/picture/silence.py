"""Sources that went silent: they delivered nothing although their own past says they should."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from regietafel.monitor.engine.picture.figures import SilentSource
from regietafel.monitor.engine.volume.gaps import LOOK_BACK_DAYS, is_silent


def silent_sources(
    published: Mapping[tuple[str, date], int], *, sources: tuple[str, ...], on: date
) -> tuple[SilentSource, ...]:
    """Name the sources that stopped delivering (silent sources).

    Args:
        published: messages per source and day, up to eight weeks back.
        sources: every source that should deliver; others are judged when they ever delivered.
        on: the last day looked at.

    Returns:
        Longest silent first; a source that never delivered comes before them.

    Method: a source that delivers on a share p of its days is silent when (1 - p) to the power of the
        days without delivery falls below 0.05.

    >>> days = {("a", date(2022, 4, day)): 3 for day in range(1, 29)}
    >>> silent, = silent_sources(days, sources=(), on=date(2022, 4, 30))
    >>> silent.source, silent.silent_days
    ('a', 2)
    """
    delivered: dict[str, set[date]] = {source: set() for source in sources}
    for (source, day), count in published.items():
        if count > 0 and on - timedelta(days=LOOK_BACK_DAYS) < day <= on:
            delivered.setdefault(source, set()).add(day)
    found = (_judge(source, days, on=on) for source, days in delivered.items())
    order = sorted(filter(None, found), key=lambda silent: (silent.last_on or date.min, silent.source))
    return tuple(order)


def _judge(source: str, days: set[date], *, on: date) -> SilentSource | None:
    if not days:
        return SilentSource(source=source, last_on=None, silent_days=None)
    first, last = min(days), max(days)
    silent_days = (on - last).days
    watched_days = (last - first).days + 1
    if not is_silent(delivered_days=len(days), watched_days=watched_days, silent_days=silent_days):
        return None
    return SilentSource(source=source, last_on=last, silent_days=silent_days)
