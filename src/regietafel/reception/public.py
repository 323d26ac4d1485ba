"""The door of reception: what other capabilities may use."""

from regietafel.reception.selectors.access import visible_locations
from regietafel.reception.services.demo import Stage as DemoStage
from regietafel.reception.services.demo import tell_demo_reception

__all__ = ["DemoStage", "tell_demo_reception", "visible_locations"]
