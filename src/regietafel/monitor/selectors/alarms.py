"""Volume per day against what was expected, the alarms it gave, and what is behind them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from regietafel.kit.charts import Band, Caption, Chart, Line, Point, line_chart
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.volume import Deliveries, VolumeFigures, watch_volume
from regietafel.monitor.models import Alarm, Match, Monitor, RecentFigures
from regietafel.monitor.selectors.material import published_per_outlet
from regietafel.monitor.selectors.overview import has_few_hits, stamp_of
from regietafel.register.public import readable

PAST_DAYS = 112
SHOWN_DAYS = 56
FEWEST_DRAWN = 7
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
class Stretch:
    """Days in a row, the last unknown while it lasts; ``outlet`` when a medium was silent."""

    first: date
    last: date | None
    outlet: str = ""


@dataclass(frozen=True)
class Attention:
    """Days against what was expected (count, lowest, highest), raised periods, and media that were silent."""

    days: tuple[tuple[date, int | None, int | None, int | None], ...]
    periods: tuple[Stretch, ...]
    gone: tuple[Stretch, ...]

    @property
    def chart(self) -> Chart | None:
        """Draw the days; None for a day or two."""
        if len(self.days) < FEWEST_DRAWN:
            return None
        points = [Point(day, count) for day, count, _low, _high in self.days]
        bounds = [
            (day, float(low), float(high))
            for day, _count, low, high in self.days
            if low is not None and high is not None
        ]
        caption = Caption(
            title=_("Berichten in de media per dag"),
            description=_("De band is wat op zo’n dag te verwachten is, gezien de weken ervoor."),
            unit=_("berichten"),
            source_note=_(
                "Nieuws en pers die de zoekvraag beantwoorden. Een dag zonder levering is onbekend."
            ),
        )
        line = Line(_("berichten"), points, name_of_one=_("bericht"))
        return line_chart([line], caption=caption, band=Band(_("verwacht"), bounds) if bounds else None)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "dagen": [(day.isoformat(), count, low, high) for day, count, low, high in self.days],
            "perioden": [_stretch_json(one) for one in self.periods],
            "weg": [_stretch_json(one) for one in self.gone],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Attention":
        """Read what `to_json` wrote."""
        return cls(
            tuple((date.fromisoformat(day), count, low, high) for day, count, low, high in data["dagen"]),
            tuple(map(_stretch, data["perioden"])),
            tuple(map(_stretch, data["weg"])),
        )

    @classmethod
    def of(cls, figures: VolumeFigures, *, last: date) -> "Attention":
        """Take of the figures what the page shows."""
        shown = [day for day in figures.days if day.day > last - timedelta(days=SHOWN_DAYS)]
        return cls(
            tuple((day.day, day.count, day.low, day.high) for day in shown),
            tuple(Stretch(one.first, one.last) for one in figures.periods),
            tuple(Stretch(one.first, one.last, one.source) for one in figures.gone),
        )


def _stretch_json(one: Stretch) -> list[str | None]:
    return [one.first.isoformat(), one.last.isoformat() if one.last else None, one.outlet]


def _stretch(data: list[Any]) -> Stretch:
    first, last, outlet = data
    return Stretch(date.fromisoformat(first), date.fromisoformat(last) if last else None, outlet)


def attention_of(monitor: Monitor, *, last: date) -> Attention | None:
    """Return the last eight weeks of a monitor; None while there is much that was never counted."""
    kept = RecentFigures.objects.filter(monitor=monitor).exclude(volume={}).first()
    if kept is not None and (kept.stamp == stamp_of(monitor) or not has_few_hits(monitor)):
        return Attention.from_json(kept.volume)
    return Attention.of(watched(monitor, last=last), last=last) if has_few_hits(monitor) else None
