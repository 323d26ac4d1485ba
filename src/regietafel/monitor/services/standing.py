"""The questions that stand on a source, kept ready in this process from one delivery to the next.

What the database says decides, at every delivery anew: one query reads how the questions of the running
monitors are worded, and what is kept ready follows. So a question that another process changed, a monitor
whose last day has passed and a transaction that was undone are all noticed, and nothing has to be told.
"""

from collections import OrderedDict
from threading import Lock
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.models import Monitor, QueryVersion, Source
from regietafel.monitor.selectors.monitors import question_of

MOST_SOURCES = 256


class Standing:
    """The questions of the monitors that run on one source; keys are the numbers of the monitors.

    Deliveries of one organisation wait for each other, so that only one at a time follows and judges.
    """

    def __init__(self) -> None:
        self.matcher: Matcher[int] = Matcher()
        self.wordings: dict[int, tuple[str, Any]] = {}

    def follow(self, versions: list[QueryVersion]) -> None:
        """Take over new and changed questions, and forget those that no longer stand."""
        wordings = {version.monitor_id: (version.text, version.blank_values) for version in versions}
        for monitor_id in self.wordings.keys() - wordings.keys():
            self.matcher.drop(monitor_id)
            del self.wordings[monitor_id]
        for version in versions:
            if self.wordings.get(version.monitor_id) != wordings[version.monitor_id]:
                self.matcher.put(version.monitor_id, question_of(version))
                self.wordings[version.monitor_id] = wordings[version.monitor_id]


_kept: OrderedDict[tuple[str, int], Standing] = OrderedDict()
_kept_lock = Lock()


def standing_on(source: Source) -> Standing:
    """Return the questions that stand on a source now, inside the transaction of a delivery."""
    standing = _kept_for(source)
    standing.follow(list(_current_versions(source)))
    return standing


def _kept_for(source: Source) -> Standing:
    """Return what is kept for a source of this database; the sources seen longest ago make room."""
    name = (str(source._state.db), source.pk)
    with _kept_lock:
        standing = _kept.setdefault(name, Standing())
        _kept.move_to_end(name)
        if len(_kept) > MOST_SOURCES:
            _kept.popitem(last=False)
    return standing


def _current_versions(source: Source) -> QuerySet[QueryVersion]:
    today = timezone.localdate()
    running = Monitor.objects.filter(
        state=Monitor.State.RUNNING, sources=source, starts_on__lte=today, ends_on__gte=today
    )
    of_monitor = QueryVersion.objects.filter(monitor=OuterRef("monitor")).order_by().values("monitor")
    last = of_monitor.annotate(last=Max("number")).values("last")
    return QueryVersion.objects.filter(monitor__in=running, number=Subquery(last)).only(
        "monitor_id", "text", "blank_values"
    )
