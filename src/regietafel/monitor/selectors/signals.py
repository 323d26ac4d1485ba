"""What stands out on Vandaag: alarms, attention above the usual, and sources or media that fell silent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.navigation import Notice
from regietafel.monitor.engine.picture import SilentSource, Trend, silent_sources, trend_of
from regietafel.monitor.models import Alarm, Ingest, Monitor, Source
from regietafel.monitor.selectors.alarms import open_alarms
from regietafel.monitor.selectors.material import known_days, media_hits_per_day, published_per_outlet
from regietafel.register.public import organisations_with, readable

WEEKS_BACK = 8
SPARK_DAYS = 14
KEPT_SECONDS = 600
ALARM_DAYS = 7
LONGEST_HEADLINE = 80


@dataclass(frozen=True)
class Reading:
    """What one monitor shows up to and including yesterday."""

    week: int
    trend: Trend
    values: tuple[int, ...]
    silent: tuple[SilentSource, ...]


def signals(user: Any, now: datetime) -> list[Notice]:
    """Return alarms and rising attention first, then silent sources and silent media, each with its reason.

    A monitor with an alarm nobody judged yet says nothing about its week, and a medium with one is not
    called silent once more.
    """
    monitors = Monitor.objects.filter(readable(user, "dossier__"), state=Monitor.State.RUNNING)
    deliveries = Ingest.objects.filter(source__monitors=OuterRef("pk")).order_by("-pk").values("pk")
    monitors = monitors.distinct().annotate(delivery=Subquery(deliveries[:1])).order_by("pk")
    readings = [(monitor, _reading(monitor, now)) for monitor in monitors]
    alarms = _recent_alarms(user, now)
    loud = [alarm for alarm in alarms if alarm.kind == Alarm.Kind.VOLUME]
    gone = {alarm.outlet: alarm for alarm in alarms if alarm.kind == Alarm.Kind.SOURCE_GONE}
    alarmed = {alarm.monitor_id for alarm in loud}
    rising = [
        _rising(monitor, reading)
        for monitor, reading in readings
        if _stands_out(reading.trend) and monitor.pk not in alarmed
    ]
    outlets = {
        silent.source: _silent_outlet(monitor, silent)
        for monitor, reading in readings
        for silent in reading.silent
        if silent.last_on and silent.source not in gone
    }
    sources = [_silent_source(source) for source in _watched(user) if _is_silent(source, now)]
    values = {monitor.pk: reading.values for monitor, reading in readings}
    return [
        *_loud_notices(loud, values),
        *rising,
        *sources,
        *map(_gone_notice, gone.values()),
        *outlets.values(),
    ]


def _recent_alarms(user: Any, now: datetime) -> list[Alarm]:
    """Return the alarms of the last week that nobody judged, newest first, of monitors that run."""
    since = now - timedelta(days=ALARM_DAYS)
    recent = Q(day__gte=timezone.localdate(since)) | Q(kind=Alarm.Kind.SOURCE_GONE, raised_at__gte=since)
    return list(open_alarms(user).filter(recent, monitor__state=Monitor.State.RUNNING).order_by("-day", "pk"))


def _loud_notices(alarms: list[Alarm], values: Mapping[int, tuple[int, ...]]) -> list[Notice]:
    """Return one notice per monitor, of its last alarm; the days before are named in it."""
    per_monitor: dict[int, list[Alarm]] = {}
    for alarm in alarms:
        per_monitor.setdefault(alarm.monitor_id, []).append(alarm)
    return [_loud_notice(*found, values=values.get(key, ())) for key, found in per_monitor.items()]


def _loud_notice(alarm: Alarm, *earlier: Alarm, values: tuple[int, ...]) -> Notice:
    told = dutch.counted(alarm.count, one=_("bericht"), many=_("berichten"))
    reason = _("%(told)s, verwacht %(expected)s") % {
        "told": told,
        "expected": dutch.number(alarm.expected, decimals=1),
    }
    if headline := next((story["kop"] for story in alarm.stories if story.get("kop")), ""):
        reason += f": “{Truncator(headline).chars(LONGEST_HEADLINE)}”"
    if earlier:
        days = ", ".join(dutch.date_short(one.day) for one in reversed(earlier))
        reason += _(" (eerder ook %s)") % days
    return _alarm_notice(alarm, title=_("Alarm: %s") % alarm.monitor.title, detail=reason, values=values)


def _gone_notice(alarm: Alarm) -> Notice:
    detail = _("stil sinds %s; die dagen tellen niet mee, dus minder berichten is geen daling")
    detail %= dutch.date_short(alarm.day)
    return _alarm_notice(alarm, title=_("Medium weg: %s") % alarm.outlet, detail=detail)


def _alarm_notice(alarm: Alarm, *, title: str, detail: str, values: tuple[int, ...] = ()) -> Notice:
    is_gone = alarm.kind == Alarm.Kind.SOURCE_GONE
    return Notice(
        at=timezone.make_aware(datetime.combine(alarm.day, time(23, 59))),
        kind=_("Media"),
        title=title,
        url=reverse("monitor-attention", args=[alarm.monitor_id]) + f"#alarm-{alarm.pk}",
        detail=detail,
        badge=("let-op", _("medium weg")) if is_gone else ("fout", _("alarm")),
        values=values,
        dossier_id=alarm.monitor.dossier_id,
        is_whole_day=True,
    )


def _reading(monitor: Any, now: datetime) -> Reading:
    """Count again when a delivery came in, and otherwise every ten minutes."""
    last = timezone.localdate(now) - timedelta(days=1)
    key = f"signaal:{monitor.pk}:{monitor.delivery}:{last}"
    kept: Reading | None = cache.get(key)
    if kept is None:
        kept = _count(monitor, last)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _count(monitor: Monitor, last: date) -> Reading:
    first = last - timedelta(weeks=WEEKS_BACK)
    published = published_per_outlet(monitor, first=first, last=last)
    begin = min((day for _outlet, day in published), default=last)
    after = last + timedelta(days=1)
    counts = known_days(media_hits_per_day(monitor, first=first, last=last), first=begin, until=after)
    weeks = [_total(counts, after - timedelta(weeks=number + 1)) for number in range(WEEKS_BACK)]
    days = [last - timedelta(days=number) for number in range(SPARK_DAYS)]
    return Reading(
        week=weeks[0] or 0,
        trend=trend_of(weeks[0] or 0, weeks[1:]),
        values=tuple(counts.get(day, 0) for day in reversed(days)),
        silent=silent_sources(published, sources=(), on=last),
    )


def _total(counts: dict[date, int], first: date) -> int | None:
    """Add up the week that begins on a day; None when not every day of it is known."""
    days = [first + timedelta(days=number) for number in range(7)]
    return sum(counts[day] for day in days) if all(day in counts for day in days) else None


def _stands_out(trend: Trend) -> bool:
    return trend.ratio is not None and trend.ratio > 1 and "meer" in trend.verdict


def _rising(monitor: Monitor, reading: Reading) -> Notice:
    told = dutch.counted(reading.week, one=_("bericht"), many=_("berichten"))
    usual = dutch.number(round(reading.trend.mean or 0))
    return Notice(
        at=timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=1), time(23, 59))),
        kind=_("Media"),
        title=_("Aandacht stijgt: %(monitor)s") % {"monitor": monitor.title},
        url=reverse("monitor", args=[monitor.pk]),
        detail=_("%(told)s in zeven dagen, gewoonlijk ongeveer %(usual)s") % {"told": told, "usual": usual},
        badge=("let-op", reading.trend.verdict.partition(" ")[0]),
        values=reading.values,
        dossier_id=monitor.dossier_id,
        is_whole_day=True,
    )


def _silent_outlet(monitor: Monitor, silent: SilentSource) -> Notice:
    assert silent.last_on is not None
    return Notice(
        at=timezone.make_aware(datetime.combine(silent.last_on, time(23, 59))),
        kind=_("laatste bericht"),
        title=_("Medium stil: %(name)s") % {"name": silent.source},
        url=reverse("monitor", args=[monitor.pk]),
        detail=_("brengt niets meer; aandelen houden hier rekening mee"),
        badge=("let-op", _("medium stil")),
        dossier_id=monitor.dossier_id,
        is_whole_day=True,
    )


def _watched(user: Any) -> QuerySet[Any]:
    """Return the sources of the own organisations that a running monitor leans on, longest silent first."""
    sources = Source.objects.filter(
        organisation__in=organisations_with(user, "may_write"),
        is_active=True,
        monitors__state=Monitor.State.RUNNING,
    )
    return (
        sources.annotate(since=Coalesce(F("last_delivered_at"), F("created_at"))).order_by("since").distinct()
    )


def _is_silent(source: Any, now: datetime) -> bool:
    return bool(source.last_error) or now - source.since > timedelta(hours=source.silent_after_hours)


def _silent_source(source: Any) -> Notice:
    return Notice(
        at=source.since,
        kind=_("laatst iets ontvangen"),
        title=_("Bron weg: %(name)s") % {"name": source.name},
        url=reverse("source", args=[source.pk]),
        detail=source.last_error or _("levert niets nieuws; aandelen houden hier rekening mee"),
        badge=("let-op", _("bron stil")),
    )
