"""The product's own daily work: forget old jobs, and keep the head of the audit chains elsewhere."""

from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from regietafel.kit.audit import write_anchor
from regietafel.kit.jobs.queue import PENDING
from regietafel.kit.jobs.registry import Daily, job
from regietafel.kit.models import JobRun

KEPT = timedelta(days=30)


@job("kit.opruimen", label=_("Oude taken opruimen"), plan=Daily(time(3, 40)))
def remove_old_jobs() -> None:
    """Forget jobs that ended more than a month ago."""
    before = timezone.now() - KEPT
    JobRun.objects.exclude(state__in=PENDING).filter(finished_at__lt=before).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()


@job("kit.anker", label=_("Kop van het logboek buiten de database bewaren"), plan=Daily(time(0, 10)))
def write_daily_anchor() -> None:
    """Write the head of every audit chain to a file; doing it twice on a day adds a second line."""
    write_anchor(timezone.localdate())
