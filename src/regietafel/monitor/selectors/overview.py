"""One monitor at a glance: the last two weeks, counted in the background when there is much."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

from regietafel.kit.charts import Chart
from regietafel.kit.documents.table import Table
from regietafel.monitor.adapters.exporters import attention, outlet_table, volume_chart
from regietafel.monitor.engine.picture import PictureFigures
from regietafel.monitor.models import Ingest, Match, Monitor, RecentFigures
from regietafel.monitor.selectors.material import figures_of
from regietafel.monitor.selectors.monitors import current_query

DAYS = 14
KEPT_SECONDS = 300
FEW_HITS = 2_000  # so many are counted while the reader waits


@dataclass(frozen=True)
class Overview:
    """Figures up to and including yesterday, with chart, table and the sentence that sums them up.

    ``counted_at`` is there when messages came in since, which are being counted.
    """

    figures: PictureFigures
    sentence: str
    chart: Chart | None
    outlets: Table
    counted_at: datetime | None = None


def overview_of(monitor: Monitor) -> Overview | None:
    """Return the last two weeks of a monitor; None while there is much that was never counted."""
    stamp = stamp_of(monitor)
    kept = RecentFigures.objects.filter(monitor=monitor).defer("meaning").first()
    if kept is not None and kept.stamp == stamp:
        return _shown(PictureFigures.from_json(kept.figures))
    if has_few_hits(monitor):
        return _shown(_counted_now(monitor, stamp))
    return _shown(PictureFigures.from_json(kept.figures), counted_at=kept.counted_at) if kept else None


def _counted_now(monitor: Monitor, stamp: str) -> PictureFigures:
    """Count while the reader waits, and not again for the next one."""
    key = f"omgeving:{monitor.pk}:{stamp}"
    figures: PictureFigures | None = cache.get(key)
    if figures is None:
        figures = count_recent(monitor)
        cache.set(key, figures, KEPT_SECONDS)
    return figures


def _shown(figures: PictureFigures, *, counted_at: datetime | None = None) -> Overview:
    sentence, chart = attention(figures), volume_chart(figures)
    return Overview(figures, sentence, chart, outlet_table(figures), counted_at)


def count_recent(monitor: Monitor) -> PictureFigures:
    """Return the figures of the last two weeks as they are now."""
    first, last = recent_days()
    return figures_of(monitor, starts_on=first, ends_on=last)


def recent_days() -> tuple[date, date]:
    """Return the first and the last of the fourteen days up to yesterday."""
    last = timezone.localdate() - timedelta(days=1)
    return last - timedelta(days=DAYS - 1), last


def stamp_of(monitor: Monitor) -> str:
    """Return what the figures depend on: the question, the last delivery and the day."""
    version = current_query(monitor)
    deliveries = Ingest.objects.filter(source__in=monitor.sources.all()).order_by("-pk")
    last = deliveries.values_list("pk", flat=True).first()
    return f"{version.pk if version else 0}:{last or 0}:{recent_days()[1]}"


def has_few_hits(monitor: Monitor) -> bool:
    """Tell whether so little was found lately that it is counted while the reader waits."""
    matches = Match.objects.filter(monitor=monitor, message__day__range=recent_days())
    return len(matches.values_list("pk", flat=True)[: FEW_HITS + 1]) <= FEW_HITS
