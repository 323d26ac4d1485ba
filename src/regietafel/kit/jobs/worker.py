"""The process that does the jobs: one at a time, with a pulse, finishing what it has in hand when stopped."""

import contextlib
import logging
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from regietafel.kit.jobs.progress import in_hand, worker_name
from regietafel.kit.jobs.queue import recover
from regietafel.kit.jobs.registry import load_jobs
from regietafel.kit.jobs.schedule import enqueue_due, register_schedules, sign_pulse
from regietafel.kit.models import JobRun

QUEUE = "default"
IDLE_SECONDS = 1.0
PULSE_SECONDS = 15.0
logger = logging.getLogger(__name__)


def run_worker() -> None:
    """Do jobs until SIGTERM or Ctrl-C; the job in hand is finished first."""
    stop = threading.Event()
    load_jobs()
    register_schedules(timezone.now())
    with _stopping_on_signal(stop), _pulse():
        while not stop.is_set():
            close_old_connections()
            if not _step():
                stop.wait(IDLE_SECONDS)
    logger.info("Worker stopped")


def run_pending(limit: int = 1000) -> int:
    """Do what is due now, including work whose turn has come; return the number of attempts."""
    load_jobs()
    register_schedules(timezone.now())
    _look_around()
    return sum(1 for _attempt in range(limit) if _do_one())


def _step() -> bool:
    """Look at the clock and do one job; a database that is briefly away is no reason to stop."""
    try:
        _look_around()
        return _do_one()
    except DatabaseError:
        logger.exception("The database did not answer; the worker tries again")
        connection.close()
        return False


def _look_around() -> None:
    now = timezone.now()
    recover(now)
    enqueue_due(now)


def _do_one() -> bool:
    """Claim one ticket and let the library run it; first a plain look, because claiming locks."""
    ready = DBTaskResult.objects.ready().filter(queue_name=QUEUE)
    if not ready.exists():
        return False
    with exclusive_transaction(ready.db):
        ticket = ready.get_locked()
        if ticket is None:
            return False
        ticket.claim(worker_name())
    _runner().run_task(ticket)
    return True


def _runner() -> Worker:
    return Worker(
        queue_names=[QUEUE],
        excluded_queue_names=[],
        interval=IDLE_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=worker_name(),
    )


@contextlib.contextmanager
def _stopping_on_signal(stop: threading.Event) -> Iterator[None]:
    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _pulse() -> Iterator[None]:
    """Sign the worker's life and the lease of its job from a thread of its own, also during long work."""
    done = threading.Event()

    def beat() -> None:
        while True:
            beat_once()
            if done.wait(PULSE_SECONDS):
                break
        connection.close()

    pulse = threading.Thread(target=beat, name="pulse", daemon=True)
    pulse.start()
    try:
        yield
    finally:
        done.set()
        pulse.join(timeout=5)


def beat_once() -> None:
    """Publish the sign of life, and the lease and progress of the job in hand.

    A job that holds SQLite's write lock makes this wait or fail; then the next pulse comes in its place.
    """
    now, current = timezone.now(), in_hand()
    try:
        sign_pulse(now)
        if current:
            ours = JobRun.objects.filter(
                pk=current.run_id, attempts=current.attempt, state=JobRun.State.RUNNING
            )
            ours.update(lease_until=now + current.lease, progress=current.progress, worker=worker_name())
    except DatabaseError:
        logger.warning("The pulse could not be written; the next one follows")
        connection.close()
