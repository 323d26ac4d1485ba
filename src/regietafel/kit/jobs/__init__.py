"""Work in the background: jobs that are tried again, work that returns, and a worker that may be killed.

A capability declares a job in its `services` with `@job(…)` and asks for it with `enqueue(…)`. The
row is written in the transaction of the caller, so a job exists exactly when what asked for it was
saved. A job may run more than once (a worker can be killed after the effect and before the record), so
its function must be safe to repeat.
"""

from regietafel.kit.jobs.listing import label_of, recent_jobs, schedules, stuck_jobs
from regietafel.kit.jobs.progress import report_progress
from regietafel.kit.jobs.queue import enqueue
from regietafel.kit.jobs.registry import OUTBOX_ATTEMPTS, Daily, Every, GiveUp, Job, JobFailed, job
from regietafel.kit.jobs.upkeep import remove_old_jobs, write_daily_anchor
from regietafel.kit.jobs.worker import run_pending, run_worker

__all__ = [
    "OUTBOX_ATTEMPTS", "Daily", "Every", "GiveUp", "Job", "JobFailed", "enqueue", "job", "label_of",
    "recent_jobs", "remove_old_jobs", "report_progress", "run_pending", "run_worker", "schedules",
    "stuck_jobs", "write_daily_anchor",
]  # fmt: skip
