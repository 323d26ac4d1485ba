"""The door of reception: what other capabilities may use."""

from regietafel.reception.selectors.access import visible_locations

__all__ = ["visible_locations"]
