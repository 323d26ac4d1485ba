"""What the pages about background work show."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from regietafel.kit.jobs.queue import CLAIMABLE
from regietafel.kit.jobs.registry import UnknownJob, find
from regietafel.kit.jobs.schedule import PULSE
from regietafel.kit.models import JobRun, Schedule

STUCK_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class PlannedWork:
    """One line of the planning."""

    name: str
    label: str
    every_minutes: int | None
    daily_at: time | None
    last_run_at: datetime | None
    next_due_at: datetime
    enabled: bool


def label_of(name: str) -> str:
    """Return what people call a job; a job of an older version keeps its name."""
    try:
        return str(find(name).label)
    except UnknownJob:
        return name


def recent_jobs() -> QuerySet[JobRun]:
    """Return all jobs that are kept, newest first."""
    return JobRun.objects.order_by("-created_at", "-pk")


def schedules() -> list[PlannedWork]:
    """Return the planning, soonest first."""
    rows = Schedule.objects.exclude(name=PULSE).order_by("next_due_at", "name")
    return [_planned(row) for row in rows]


def stuck_jobs(now: datetime | None = None) -> list[JobRun]:
    """Return jobs that should have moved: long due without a start, or running without a sign of life."""
    now = now or timezone.now()
    late = Q(state__in=CLAIMABLE, due_at__lt=now - STUCK_AFTER)
    silent = Q(state=JobRun.State.RUNNING, lease_until__lt=now)
    return list(JobRun.objects.filter(late | silent).order_by("due_at"))


def worker_seen_at() -> datetime | None:
    """Return when a worker last gave a sign of life."""
    return Schedule.objects.filter(name=PULSE).values_list("last_run_at", flat=True).first()


def _planned(row: Schedule) -> PlannedWork:
    return PlannedWork(
        name=row.name,
        label=label_of(row.name),
        every_minutes=row.every_minutes,
        daily_at=row.daily_at,
        last_run_at=row.last_run_at,
        next_due_at=row.next_due_at,
        enabled=row.enabled,
    )
