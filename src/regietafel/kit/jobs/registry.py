"""Which jobs there are: their name, what people call them, when they return and how often they are tried."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.timezone import get_default_timezone

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
JITTER = 0.2
OUTBOX_ATTEMPTS = 32
"""Enough attempts to survive a receiver that is away for a whole day."""


class JobFailed(Exception):
    """The job could not be done now; the text, in Dutch, is shown to people. It is tried again."""


class GiveUp(JobFailed):
    """The job can never be done; trying again is of no use."""


class UnknownJob(LookupError):
    """Nothing is registered under this name."""


@dataclass(frozen=True)
class Every:
    """Work that returns after so many minutes."""

    minutes: int

    def next_after(self, moment: datetime) -> datetime:
        """Give the first moment after this one."""
        return moment + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Daily:
    """Work that returns every day at a local clock time, once, also on the days the clock changes."""

    at: time

    def next_after(self, moment: datetime) -> datetime:
        """Give the first moment after this one at which the clock shows the time."""
        zone = get_default_timezone()
        day = moment.astimezone(zone).date()
        today = datetime.combine(day, self.at, tzinfo=zone)
        tomorrow = datetime.combine(day + timedelta(days=1), self.at, tzinfo=zone)
        return today if today > moment else tomorrow


@dataclass(frozen=True)
class Job:
    """One kind of work that can be done in the background."""

    name: str
    label: str | Promise
    function: Callable[..., Any]
    plan: Every | Daily | None = None
    max_attempts: int = 5
    lease: timedelta = timedelta(minutes=2)


_JOBS: dict[str, Job] = {}


def job(
    name: str, *, label: str | Promise, plan: Every | Daily | None = None, max_attempts: int = 5
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a job.

    Args:
        name: capability and noun, such as `monitor.inname`; it is kept in the database, so never rename it.
        label: what people see, in Dutch.
        plan: when it returns by itself; administrators may change or pause it afterwards.
        max_attempts: how often it is tried before it is given up.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        _JOBS[name] = Job(name, label, function, plan, max_attempts)
        return function

    return register


def find(name: str) -> Job:
    """Return a job by its name."""
    try:
        return _JOBS[name]
    except KeyError as error:
        raise UnknownJob(name) from error


def all_jobs() -> tuple[Job, ...]:
    """Return every job, by name."""
    return tuple(_JOBS[name] for name in sorted(_JOBS))


def load_jobs() -> None:
    """Import the services of every capability, so that their jobs are known."""
    if apps.ready:
        autodiscover_modules("services")


def retry_delay(attempts: int, *, luck: float) -> timedelta:
    """Wait twice as long after every attempt, up to an hour, plus a random part so that they spread.

    >>> [retry_delay(n, luck=0).total_seconds() for n in (1, 2, 3, 9)]
    [30.0, 60.0, 120.0, 3600.0]
    """
    doublings = min(attempts - 1, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY) * (1 + JITTER * luck)
