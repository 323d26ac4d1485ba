"""Where and when the story of the fictional region is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from regietafel.register.public import Dossier, User


@dataclass(frozen=True)
class Stage:
    """The day that counts as today, who acts, and where."""

    today: date
    dossiers: Mapping[str, Dossier]
    people: Mapping[str, User]

    def day(self, number: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=number)

    def at(self, number: int) -> datetime:
        """Return the half past eight of that day, or now when that is still to come."""
        moment = timezone.make_aware(datetime.combine(self.day(number), time(8, 30)))
        return min(moment, timezone.now())
