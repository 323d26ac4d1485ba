"""Volume per day against what was expected, the alarms it gave, and what is behind them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from regietafel.kit.charts import Band, Caption, Chart, Line, Point, line_chart
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.volume import Deliveries, VolumeFigures, watch_volume
from regietafel.monitor.models import Alarm, Match, Monitor
from regietafel.monitor.selectors.material import published_per_outlet
from regietafel.register.public import readable

PAST_DAYS = 112
SHOWN_DAYS = 56
STORIES_NAMED = 3


def watched(monitor: Monitor, *, last: date) -> VolumeFigures:
    """Return every day of the last months judged, up to and including a day."""
    first = last - timedelta(days=PAST_DAYS - 1)
    rows = Match.objects.filter(
        monitor=monitor, message__kind__in=sorted(MEDIA_KINDS), message__day__range=(first, last)
    )
    hits = {
        (outlet, day): count
        for outlet, day, count in rows.order_by()
        .values_list("message__outlet", "message__day")
        .annotate(count=Count("pk"))
    }
    published = published_per_outlet(monitor, first=first, last=last)
    begin = min((day for _outlet, day in published), default=first)
    return watch_volume(Deliveries(first=begin, last=last, hits=hits, published=published))


def busiest_stories(monitor: Monitor, day: date) -> list[dict[str, Any]]:
    """Return the headlines that were brought most on a day, each with its number of messages."""
    rows = (
        Match.objects.filter(
            monitor=monitor,
            message__day=day,
            message__kind__in=sorted(MEDIA_KINDS),
            story__isnull=False,
        )
        .exclude(story__title="")
        .order_by()
        .values_list("story__title")
        .annotate(count=Count("pk"))
    )
    busiest = sorted(rows, key=lambda row: (-row[1], row[0]))[:STORIES_NAMED]
    return [{"kop": title, "aantal": count} for title, count in busiest]


def visible_alarms(user: Any) -> QuerySet[Alarm]:
    """Return the alarms of the monitors a person may read."""
    rows = Alarm.objects.filter(readable(user, "monitor__dossier__"))
    return rows.select_related("monitor__dossier__organisation", "judged_by").distinct()


def open_alarms(user: Any) -> QuerySet[Alarm]:
    """Return the alarms that nobody judged yet, newest first."""
    return visible_alarms(user).filter(verdict=Alarm.Verdict.OPEN).order_by("-day")


@dataclass(frozen=True)
class Attention:
    """How much attention there was: a chart against what was expected, and the raised periods."""

    figures: VolumeFigures
    chart: Chart | None


def attention_of(monitor: Monitor, *, last: date) -> Attention:
    """Return the last eight weeks of a monitor against what was expected of each day."""
    figures = watched(monitor, last=last)
    days = [day for day in figures.days if day.day > last - timedelta(days=SHOWN_DAYS)]
    points = [Point(day.day, day.count) for day in days]
    bounds = [
        (day.day, float(day.low), float(day.high))
        for day in days
        if day.low is not None and day.high is not None
    ]
    caption = Caption(
        title=_("Berichten in de media per dag"),
        description=_("De band is wat op zo’n dag te verwachten is, gezien de weken ervoor."),
        unit=_("berichten"),
        source_note=_("Nieuws en pers die de zoekvraag beantwoorden. Een dag zonder levering is onbekend."),
    )
    band = Band(_("verwacht"), bounds) if bounds else None
    if len(points) < SHOWN_DAYS // 8:
        return Attention(figures, None)
    lines = [Line(_("berichten"), points, name_of_one=_("bericht"))]
    return Attention(figures, line_chart(lines, caption=caption, band=band))
