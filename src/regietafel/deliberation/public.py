"""The door of deliberation: what other capabilities may use."""

from regietafel.deliberation.selectors.access import visible_bodies, visible_meetings
from regietafel.deliberation.services.demo import Stage as DemoStage
from regietafel.deliberation.services.demo import tell_demo_deliberation

__all__ = ["DemoStage", "tell_demo_deliberation", "visible_bodies", "visible_meetings"]
