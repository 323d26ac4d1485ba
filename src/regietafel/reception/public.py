"""The door of reception: what other capabilities may use."""

from regietafel.reception.selectors.access import visible_locations
from regietafel.reception.selectors.today import coming_changes, news_since, signals, waiting_for
from regietafel.reception.services.demo import Stage as DemoStage
from regietafel.reception.services.demo import tell_demo_reception

__all__ = [
    "DemoStage",
    "coming_changes",
    "news_since",
    "signals",
    "tell_demo_reception",
    "visible_locations",
    "waiting_for",
]
