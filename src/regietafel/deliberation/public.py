"""The door of deliberation: what other capabilities may use."""

from regietafel.deliberation.selectors.access import visible_bodies, visible_meetings

__all__ = ["visible_bodies", "visible_meetings"]
