"""The questions that stand on a source, kept ready in this process from one delivery to the next.

What the database says decides, at every delivery anew: one query reads how the questions of the running
monitors are worded, and what is kept ready follows. So a question that another process changed, a monitor
whose last day has passed and a transaction that was undone are all noticed, and nothing has to be told.
"""

import logging
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Any

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import QueryError
from regietafel.monitor.models import QueryVersion, Source
from regietafel.monitor.selectors.monitors import current_versions, question_of, running_monitors

MOST_SOURCES = 256
logger = logging.getLogger(__name__)


class Standing:
    """The questions of the monitors that run on one source; `asked` are the numbers of those monitors.

    Deliveries of one organisation wait for each other, so that only one at a time follows and judges.
    """

    def __init__(self) -> None:
        self.matcher: Matcher[int] = Matcher()
        self.asked: set[int] = set()
        self._wordings: dict[int, tuple[str, Any]] = {}

    def follow(self, versions: Iterable[QueryVersion]) -> None:
        """Take over new and changed questions, and forget those that no longer stand."""
        wordings = {version.monitor_id: version for version in versions}
        for monitor_id, wording in list(self._wordings.items()):
            if monitor_id not in wordings or _wording(wordings[monitor_id]) != wording:
                self._forget(monitor_id)
        for monitor_id in wordings.keys() - self._wordings.keys():
            self._take(wordings[monitor_id])

    def _take(self, version: QueryVersion) -> None:
        """Take a question over; one that cannot be read any more stops no delivery and is told in the log."""
        self._wordings[version.monitor_id] = _wording(version)
        try:
            self.matcher.put(version.monitor_id, question_of(version))
        except QueryError as error:
            logger.error("The question of monitor %s cannot be asked: %s", version.monitor_id, error.message)
        else:
            self.asked.add(version.monitor_id)

    def _forget(self, monitor_id: int) -> None:
        del self._wordings[monitor_id]
        if monitor_id in self.asked:
            self.asked.remove(monitor_id)
            self.matcher.drop(monitor_id)


def _wording(version: QueryVersion) -> tuple[str, Any]:
    return version.text, version.blank_values


_kept: OrderedDict[tuple[str, int], Standing] = OrderedDict()
_kept_lock = Lock()


def standing_on(source: Source) -> Standing:
    """Return the questions that stand on a source now, inside the transaction of a delivery."""
    standing = _kept_for(source)
    standing.follow(current_versions(running_monitors().filter(sources=source)))
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
