"""Sources of an organisation: only its own people see them, and when they fell silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.monitor.adapters.readers import FileRejected, Preview, preview
from regietafel.monitor.adapters.waiting import path_of
from regietafel.monitor.engine.workflow import RETENTION_DEFAULT_DAYS
from regietafel.monitor.models import Ingest, Monitor, Source
from regietafel.register.public import Organisation, organisations_with


def visible_sources(user: Any) -> QuerySet[Source]:
    """Return the sources of the organisations in which a person works and may write."""
    return (
        Source.objects.filter(organisation__in=organisations_with(user, "may_write"))
        .select_related("organisation")
        .annotate(monitor_count=Count("monitors", distinct=True))
    )


def sources_of(organisation: Organisation) -> QuerySet[Source]:
    """Return the active sources a monitor of this organisation may use."""
    return Source.objects.filter(organisation=organisation, is_active=True)


def visible_ingests(user: Any) -> QuerySet[Ingest]:
    """Return the deliveries of those sources."""
    return Ingest.objects.filter(source__in=visible_sources(user)).select_related(
        "source__organisation", "by"
    )


def ingests_of(source: Source) -> QuerySet[Ingest]:
    """Return the deliveries of one source, newest first, without their lists of errors."""
    return source.ingests.select_related("by").defer("row_errors")


def feeds_in_use() -> QuerySet[Source]:
    """Return the active feeds of monitors that run today."""
    today = timezone.localdate()
    running = Monitor.objects.filter(state=Monitor.State.RUNNING, starts_on__lte=today, ends_on__gte=today)
    return Source.objects.filter(kind=Source.Kind.FEED, is_active=True, monitors__in=running).distinct()


def silent_since(source: Source, now: datetime | None = None) -> datetime | None:
    """Return since when a source brings nothing new, or None when it still does."""
    last = source.last_delivered_at or source.created_at
    return last if last < (now or timezone.now()) - timedelta(hours=source.silent_after_hours) else None


@dataclass(frozen=True)
class SourceState:
    """How a source does, in a word and the colour that goes with it."""

    word: str
    badge: str


def source_state(source: Source) -> SourceState:
    """Say whether a source delivers."""
    if not source.is_active:
        return SourceState(_("uit"), "neutraal")
    if source.last_error:
        return SourceState(_("fout"), "fout")
    return SourceState(_("stil"), "let-op") if silent_since(source) else SourceState(_("levert"), "ok")


def retention_days_of(source: Source) -> int:
    """Return how long the raw text of a source is kept: the longest term of the monitors that use it."""
    in_use = Q(state__in=(Monitor.State.RUNNING, Monitor.State.PAUSED))
    longest = source.monitors.filter(in_use).aggregate(days=Max("retention_days"))["days"]
    return longest or RETENTION_DEFAULT_DAYS


def preview_of(ingest: Ingest) -> Preview:
    """Return the header and first rows of an upload that waits.

    Raises:
        FileRejected: the file cannot be read at all.
    """
    mapping = ingest.source.column_mapping or None
    try:
        return preview(path_of(ingest.stored_name), name=ingest.file_name, columns=mapping)
    except FileRejected:
        if mapping is None:
            raise
        return preview(path_of(ingest.stored_name), name=ingest.file_name)
