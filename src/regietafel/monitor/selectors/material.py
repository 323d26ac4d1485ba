"""Messages of a monitor, turned into the material an omgevingsbeeld is made of."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.picture import Hit, Material, PictureFigures, make_figures
from regietafel.monitor.models import Match, MediaPicture, Message, Monitor

PERIODS_BACK = 8
AT_ONCE = 2_000


def figures_of(monitor: Monitor, *, starts_on: date, ends_on: date) -> PictureFigures:
    """Return the figures of a monitor over a period, both days included, as they are now."""
    return make_figures(material_of(monitor, starts_on=starts_on, ends_on=ends_on))


def material_of(monitor: Monitor, *, starts_on: date, ends_on: date) -> Material:
    """Return the hits of a period, with what all outlets published and what came before."""
    before = history_begin(starts_on, ends_on)
    published = published_per_outlet(monitor, first=before, last=ends_on)
    return Material(
        starts_on=starts_on,
        ends_on=ends_on,
        hits=tuple(_hits(monitor, first=starts_on, last=ends_on)),
        published=published,
        history=known_days(
            media_hits_per_day(monitor, first=before, last=starts_on - timedelta(days=1)),
            first=min((day for _outlet, day in published), default=starts_on),
            until=starts_on,
        ),
    )


def history_begin(starts_on: date, ends_on: date) -> date:
    """Return the first day of what a period is compared with: eight weeks back, or eight such periods."""
    days = (ends_on - starts_on).days + 1
    return starts_on - timedelta(days=PERIODS_BACK * max(7, days))


def known_days(counts: Mapping[date, int], *, first: date, until: date) -> dict[date, int]:
    """Return the counts with 0 where nothing was found; days before the first delivery stay unknown."""
    days = (until - first).days
    return {day: counts.get(day, 0) for day in (first + timedelta(days=step) for step in range(days))}


def _hits(monitor: Monitor, *, first: date, last: date) -> Iterator[Hit]:
    matches = Match.objects.filter(monitor=monitor, message__day__range=(first, last))
    for match in (
        matches.select_related("message").order_by("message__published_at", "message_id").iterator(AT_ONCE)
    ):
        message = match.message
        yield Hit(
            key=message.key,
            day=message.day,
            published_at=message.published_at,
            source=message.outlet,
            outlet=message.outlet,
            kind=message.kind,
            title=message.title,
            text=message.text,
            url=message.url,
            author_hash=message.author_day_hash,
        )


def texts_of(picture: MediaPicture, *, media: bool) -> Iterator[str]:
    """Yield what media, or people, wrote in the period of a picture, as far as it is still kept."""
    days = (picture.period_from, picture.period_until)
    yield from _texts(kept_messages(picture.monitor, media=media).filter(day__range=days))


def kept_texts(monitor: Monitor, *, media: bool) -> Iterator[str]:
    """Yield all that media, or people, wrote in the messages of a monitor, as far as it is still kept."""
    yield from _texts(kept_messages(monitor, media=media))


def kept_messages(monitor: Monitor, *, media: bool) -> QuerySet[Message]:
    """Return the messages of a monitor of which the text is still kept: those of media, or of people."""
    is_media = Q(kind__in=sorted(MEDIA_KINDS))
    return Message.objects.filter(
        is_media if media else ~is_media, matches__monitor=monitor, erased_at__isnull=True
    )


def _texts(rows: QuerySet[Message]) -> Iterator[str]:
    for title, text in rows.order_by().values_list("title", "text").iterator(AT_ONCE):
        yield f"{title}\n{text}"


def published_per_outlet(monitor: Monitor, *, first: date, last: date) -> dict[tuple[str, date], int]:
    """Return how many media messages each outlet of the sources published per day, hit or not."""
    rows = Message.objects.filter(
        source__in=monitor.sources.all(), day__range=(first, last), kind__in=sorted(MEDIA_KINDS)
    )
    counted = rows.order_by().values_list("outlet", "day").annotate(count=Count("pk"))
    return {(outlet, day): count for outlet, day, count in counted}


def media_hits_per_day(monitor: Monitor, *, first: date, last: date) -> dict[date, int]:
    """Return how many news and press messages answered the question per day; a day without is left out."""
    rows = media_hits(monitor).filter(message__day__range=(first, last))
    return dict(rows.order_by().values_list("message__day").annotate(count=Count("pk")))


def media_hits(monitor: Monitor) -> QuerySet[Match]:
    """Return the matches that may be shown one by one: news and press only."""
    return Match.objects.filter(monitor=monitor, message__kind__in=sorted(MEDIA_KINDS))


def sparklines_of(monitors: QuerySet[Monitor], days: int = 14) -> dict[int, tuple[int, ...]]:
    """Return the number of media hits per day of each monitor that had any; the last day is yesterday."""
    last = timezone.localdate() - timedelta(days=1)
    first = last - timedelta(days=days - 1)
    rows = Match.objects.filter(
        monitor__in=monitors.values("pk"),
        message__kind__in=sorted(MEDIA_KINDS),
        message__day__range=(first, last),
    )
    counts: dict[int, dict[date, int]] = {}
    per_day = rows.order_by().values_list("monitor_id", "message__day").annotate(count=Count("pk"))
    for monitor_id, day, count in per_day:
        counts.setdefault(monitor_id, {})[day] = count
    span = [first + timedelta(days=number) for number in range(days)]
    return {monitor_id: tuple(found.get(day, 0) for day in span) for monitor_id, found in counts.items()}
