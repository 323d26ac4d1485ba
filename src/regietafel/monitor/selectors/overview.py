"""One monitor at a glance: the last two weeks as they are now."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from regietafel.kit.charts import Chart
from regietafel.kit.documents.table import Table
from regietafel.monitor.adapters.exporters import attention, outlet_table, volume_chart
from regietafel.monitor.engine.picture import PictureFigures
from regietafel.monitor.models import Ingest, Monitor
from regietafel.monitor.selectors.material import figures_of
from regietafel.monitor.selectors.monitors import current_query

DAYS = 14
KEPT_SECONDS = 300


@dataclass(frozen=True)
class Overview:
    """Figures up to and including yesterday, with chart, table and the sentence that sums them up."""

    figures: PictureFigures
    sentence: str
    chart: Chart | None
    outlets: Table


def overview_of(monitor: Monitor) -> Overview:
    """Return the last two weeks of a monitor."""
    figures = recent_figures(monitor)
    return Overview(figures, attention(figures), volume_chart(figures), outlet_table(figures))


def recent_figures(monitor: Monitor) -> PictureFigures:
    """Return the figures of the last two weeks; counted again when the question or the messages changed."""
    last = timezone.localdate() - timedelta(days=1)
    version = current_query(monitor)
    delivery = (
        Ingest.objects.filter(source__in=monitor.sources.all()).order_by("-pk").values_list("pk", flat=True)
    )
    key = f"omgeving:{monitor.pk}:{version.pk if version else 0}:{delivery.first()}:{last}"
    kept: PictureFigures | None = cache.get(key)
    if kept is None:
        kept = figures_of(monitor, starts_on=last - timedelta(days=DAYS - 1), ends_on=last)
        cache.set(key, kept, KEPT_SECONDS)
    return kept
