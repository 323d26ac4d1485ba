"""The door of deliberation: what other capabilities may use."""

from regietafel.deliberation.selectors.access import visible_bodies, visible_meetings
from regietafel.deliberation.selectors.news import search_entries
from regietafel.deliberation.selectors.today import coming_meetings, news_since, waiting_for
from regietafel.deliberation.services.demo import Stage as DemoStage
from regietafel.deliberation.services.demo import tell_demo_deliberation

__all__ = [
    "DemoStage",
    "coming_meetings",
    "news_since",
    "search_entries",
    "tell_demo_deliberation",
    "visible_bodies",
    "visible_meetings",
    "waiting_for",
]
