"""Telling a story that began earlier: services see another moment as now. Only the demo region uses this."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@contextmanager
def as_if(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at `moment` (with a time zone), in this process only."""
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


@dataclass(frozen=True)
class Story:
    """A story told in days before and after one that counts as today."""

    today: date

    def day(self, number: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=number)

    def at(self, number: int) -> datetime:
        """Return the half past eight of that day, or now when that is still to come."""
        moment = timezone.make_aware(datetime.combine(self.day(number), time(8, 30)))
        return min(moment, timezone.now())
