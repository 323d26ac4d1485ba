"""Work that returns: put in the queue exactly once per turn, however many workers look at the clock."""

from datetime import datetime

from django.db import transaction

from regietafel.kit.jobs.queue import enqueue
from regietafel.kit.jobs.registry import Daily, Every, UnknownJob, all_jobs, find
from regietafel.kit.models import Schedule

PULSE = "werkproces"
"""The row that a living worker signs; it is never due."""


def register_schedules(now: datetime) -> None:
    """Add a row for every job with a plan; an existing row keeps what an administrator made of it."""
    for kind in all_jobs():
        if kind.plan is None:
            continue
        minutes = kind.plan.minutes if isinstance(kind.plan, Every) else None
        clock = kind.plan.at if isinstance(kind.plan, Daily) else None
        due = {"every_minutes": minutes, "daily_at": clock, "next_due_at": kind.plan.next_after(now)}
        Schedule.objects.get_or_create(name=kind.name, defaults=due)


def enqueue_due(now: datetime) -> int:
    """Queue every job whose turn has come: once after a standstill, not while its last turn runs."""
    due = Schedule.objects.filter(enabled=True, next_due_at__lte=now).exclude(name=PULSE)
    return sum(_take_turn(row, now) for row in due)


def sign_pulse(now: datetime) -> None:
    """Leave a sign of life."""
    signed = Schedule.objects.filter(name=PULSE).update(last_run_at=now)
    if not signed:
        life = {"next_due_at": now, "last_run_at": now, "enabled": False}
        Schedule.objects.get_or_create(name=PULSE, defaults=life)


def _take_turn(row: Schedule, now: datetime) -> int:
    plan = Every(row.every_minutes) if row.every_minutes else Daily(row.daily_at) if row.daily_at else None
    if plan is None or not _is_known(row.name):
        return 0
    with transaction.atomic():
        turn = Schedule.objects.filter(pk=row.pk, enabled=True, next_due_at=row.next_due_at)
        if not turn.update(next_due_at=plan.next_after(now), last_run_at=now):
            return 0
        enqueue(row.name, key="beurt")
    return 1


def _is_known(name: str) -> bool:
    try:
        return bool(find(name))
    except UnknownJob:
        return False
