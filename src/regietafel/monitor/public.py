"""The door of the monitor: what other capabilities may use."""

from regietafel.monitor.selectors.today import (
    coming_ends,
    daily_counts,
    latest_pictures,
    news_since,
    signals,
    waiting_for,
)

__all__ = [
    "coming_ends",
    "daily_counts",
    "latest_pictures",
    "news_since",
    "signals",
    "waiting_for",
]
