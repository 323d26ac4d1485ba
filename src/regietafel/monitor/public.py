"""The door of the monitor: what other capabilities may use."""

from regietafel.monitor.selectors.monitors import visible_monitors
from regietafel.monitor.selectors.news import search_pictures
from regietafel.monitor.selectors.pictures import latest_of_dossier, visible_pictures
from regietafel.monitor.selectors.signals import signals
from regietafel.monitor.selectors.today import (
    coming_ends,
    daily_counts,
    latest_pictures,
    news_since,
    waiting_for,
)
from regietafel.monitor.services.demo import tell_demo_monitor
from regietafel.monitor.services.demo_stage import Stage as DemoStage

__all__ = [
    "DemoStage",
    "coming_ends",
    "daily_counts",
    "latest_of_dossier",
    "latest_pictures",
    "news_since",
    "search_pictures",
    "signals",
    "tell_demo_monitor",
    "visible_monitors",
    "visible_pictures",
    "waiting_for",
]
