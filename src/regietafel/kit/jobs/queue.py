"""The life of one job: asked for, claimed, done, tried again, taken over from a worker that fell away.

Every step is one conditional update on the state and the attempt that the step expects, so that two workers
can never both take it, on SQLite and on PostgreSQL alike.
"""

import logging
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from regietafel.kit.jobs.progress import Current, put_down, take_in_hand, worker_name
from regietafel.kit.jobs.registry import GiveUp, Job, JobFailed, find, retry_delay
from regietafel.kit.models import JobRun

PENDING = (JobRun.State.WAITING, JobRun.State.RETRY, JobRun.State.RUNNING)
CLAIMABLE = (JobRun.State.WAITING, JobRun.State.RETRY)
LOST_AFTER = timedelta(minutes=2)
LOOKED_AT = 200
logger = logging.getLogger(__name__)


def enqueue(
    name: str, arguments: Mapping[str, Any] | None = None, *, key: str = "", due_at: datetime | None = None
) -> JobRun:
    """Ask for a job, inside the transaction of the caller.

    Args:
        name: the name the job was registered with.
        arguments: keyword arguments for its function; plain JSON values.
        key: when a job with the same name and key still waits or runs, that one is returned instead.
        due_at: not before this moment.
    """
    kind = find(name)
    due_at = due_at or timezone.now()
    try:
        with transaction.atomic():
            run = JobRun.objects.create(
                name=name,
                key=key,
                arguments=dict(arguments or {}),
                due_at=due_at,
                max_attempts=kind.max_attempts,
            )
            _queue(run)
    except IntegrityError:
        if not key:
            raise
        waiting = JobRun.objects.filter(name=name, key=key, state__in=PENDING).first()
        return waiting or enqueue(name, arguments, key=key, due_at=due_at)
    return run


@task()
def perform(run_id: int, attempt: int) -> str:
    """Do one attempt of one job; called by the worker, at most once with effect per attempt."""
    now = timezone.now()
    run = JobRun.objects.filter(pk=run_id).first()
    if run is None:
        return "verdwenen"
    kind = find(run.name)
    claimed = JobRun.objects.filter(pk=run_id, attempts=attempt - 1, state__in=CLAIMABLE).update(
        state=JobRun.State.RUNNING,
        attempts=attempt,
        lease_until=now + kind.lease,
        progress="",
        worker=worker_name(),
    )
    if not claimed:
        return "overgeslagen"
    run.refresh_from_db()
    return _attempt(run, kind)


def recover(now: datetime) -> int:
    """Give jobs of workers that fell away back to the queue, or give them up; return how many."""
    expired = JobRun.objects.filter(state=JobRun.State.RUNNING, lease_until__lt=now)
    taken = sum(_take_over(run, now) for run in expired)
    return taken + sum(_queue_again(run, now) for run in _unqueued(now))


def _queue(run: JobRun) -> None:
    ticket = perform.using(run_after=run.due_at).enqueue(run.pk, run.attempts + 1)
    run.task_id = str(ticket.id)
    run.save(update_fields=["task_id"])


def _attempt(run: JobRun, kind: Job) -> str:
    take_in_hand(Current(run.pk, run.attempts, kind.lease))
    try:
        kind.function(**run.arguments)
    except Exception as error:
        logger.exception("Job %s (%s), attempt %s", run.name, run.pk, run.attempts)
        return _after_failure(run, error)
    finally:
        put_down()
    return _settle(run, state=JobRun.State.DONE, finished_at=timezone.now(), last_error="")


def _after_failure(run: JobRun, error: Exception) -> str:
    """Plan the next attempt, or stop when trying again is of no use; details stay in the log."""
    unexpected = _("Onverwachte fout (%s); bijzonderheden staan in het logboek van de server.")
    text = str(error) if isinstance(error, JobFailed) else unexpected % type(error).__name__
    now = timezone.now()
    if isinstance(error, GiveUp) or run.attempts >= run.max_attempts:
        return _settle(run, state=JobRun.State.FAILED, finished_at=now, last_error=text)
    run.due_at = now + retry_delay(run.attempts, luck=random.random())  # noqa: S311 (spreads load, guards nothing)
    return _settle(run, state=JobRun.State.RETRY, due_at=run.due_at, last_error=text)


def _settle(run: JobRun, **outcome: Any) -> str:
    """Record the outcome, unless the job was meanwhile taken over: then that attempt decides."""
    with transaction.atomic():
        ours = JobRun.objects.filter(pk=run.pk, state=JobRun.State.RUNNING, attempts=run.attempts)
        if not ours.update(lease_until=None, **outcome):
            return "overgenomen"
        if outcome["state"] == JobRun.State.RETRY:
            _queue(run)
    return str(outcome["state"])


def _take_over(run: JobRun, now: datetime) -> int:
    """Take a job from a worker that fell away."""
    text = _("Het werkproces viel weg tijdens het werk.")
    is_last = run.attempts >= run.max_attempts
    outcome: dict[str, Any] = {"state": JobRun.State.RETRY, "due_at": now}
    if is_last:
        outcome = {"state": JobRun.State.FAILED, "finished_at": now}
    with transaction.atomic():
        still = JobRun.objects.filter(pk=run.pk, state=run.state, attempts=run.attempts, lease_until__lt=now)
        if not still.update(lease_until=None, last_error=text, **outcome):
            return 0
        _close_ticket(run, now)
        if not is_last:
            run.due_at = now
            _queue(run)
    return 1


def _unqueued(now: datetime) -> list[JobRun]:
    """Find jobs that are long due but have no ticket: the worker fell away between taking and starting it."""
    waiting = JobRun.objects.filter(state__in=CLAIMABLE, due_at__lt=now - LOST_AFTER)
    late = list(waiting.order_by("due_at")[:LOOKED_AT])
    ready = DBTaskResult.objects.filter(pk__in=[run.task_id for run in late if run.task_id])
    queued = {str(ticket.pk) for ticket in ready.filter(status=TaskResultStatus.READY)}
    return [run for run in late if run.task_id not in queued]


def _queue_again(run: JobRun, now: datetime) -> int:
    with transaction.atomic():
        same = JobRun.objects.filter(pk=run.pk, state=run.state, attempts=run.attempts, task_id=run.task_id)
        if not same.update(due_at=now):
            return 0
        _close_ticket(run, now)
        run.due_at = now
        _queue(run)
    return 1


def _close_ticket(run: JobRun, now: datetime) -> None:
    if run.task_id:
        taken = DBTaskResult.objects.filter(pk=run.task_id, status=TaskResultStatus.RUNNING)
        taken.update(status=TaskResultStatus.FAILED, finished_at=now)
