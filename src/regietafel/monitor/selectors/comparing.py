"""Two periods of a monitor beside each other, or the days before, during and after a moment."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, F
from django.db.models.functions import Coalesce, Mod
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.charts import Caption, Chart, Line, Point, line_chart
from regietafel.kit.charts import Moment as Mark
from regietafel.monitor.engine.volume import (
    Deliveries,
    Difference,
    Measured,
    Phase,
    Span,
    compare_interactions,
    compare_phases,
    compare_sentiment,
    compare_volume,
    watch_volume,
)
from regietafel.monitor.engine.volume.judging import TOO_SHORT
from regietafel.monitor.models import Monitor, SentimentCorrection
from regietafel.monitor.selectors.material import media_hits, published_per_outlet
from regietafel.monitor.selectors.overview import KEPT_SECONDS, stamp_of
from regietafel.register.public import Moment

Found = TypeVar("Found")
SEED = 1
NOW_DAYS, BEFORE_DAYS = 7, 56
AROUND_DAYS = 28
LONGEST_DAYS = 366
LEARNED_DAYS = 56  # days before both periods, which tell how weeks of this monitor differ
LONG_SILENCE = 0.25  # of a period; a medium that was silent longer is left out of both
MOST_MEASURED = 4_000  # messages per period of which interactions and tone are compared
_TURNS, _SCATTER = 1_000_003, 7_919  # primes


@dataclass(frozen=True)
class Compared:
    """Differences of one period with another; `name` says which when there are more."""

    name: str
    span: Span
    against: Span
    against_words: str
    differences: tuple[Difference, ...]

    @property
    def is_too_short(self) -> bool:
        """Say whether there is too little to say anything at all."""
        return all(found.verdict == TOO_SHORT for found in self.differences)

    @property
    def told(self) -> list[tuple[Difference, str]]:
        """Return every difference with the sentence that tells it."""
        return [(found, found.sentence(self.against_words)) for found in self.differences]


@dataclass(frozen=True)
class Comparison:
    """What a comparison shows.

    `gone` are media left out because they were silent for long in one of the periods; `unknown` the days
    on which nothing at all was delivered; `sampled` one of how many stories was read, the largest number of
    the periods.
    """

    compared: tuple[Compared, ...]
    phases: tuple[Phase, ...]
    chart: Chart | None
    gone: tuple[str, ...]
    unknown: tuple[Span, ...]
    unknown_days: int
    sampled: int


def usual_spans(today: date | None = None) -> tuple[Span, Span]:
    """Return the last seven days up to yesterday, and the eight weeks before."""
    last = (today or timezone.localdate()) - timedelta(days=1)
    first = last - timedelta(days=NOW_DAYS - 1)
    return Span(first, last), Span(first - timedelta(days=BEFORE_DAYS), first - timedelta(days=1))


def spans_around(moment: Moment, today: date | None = None) -> tuple[Span, Span] | None:
    """Return the days of a moment and those around it; None while there is no day after it yet."""
    yesterday = (today or timezone.localdate()) - timedelta(days=1)
    first = timezone.localdate(moment.starts_at)
    last = max(first, timezone.localdate(moment.ends_at) if moment.ends_at else first)
    if last >= yesterday:
        return None
    reach = timedelta(days=AROUND_DAYS)
    return Span(first, last), Span(first - reach, min(last + reach, yesterday))


def compare_spans(monitor: Monitor, *, now: Span, before: Span) -> Comparison:
    """Compare two periods; they share no day."""
    counted = _Counted.of(monitor, [now, before])
    measured = {span: _Measures.of(monitor, span) for span in (now, before)}
    volume = compare_volume(counted.per_day, now=now, before=before)
    words = dutch.period(before.first, before.last)
    found = Compared("", now, before, words, (volume, *_others(measured[now], measured[before])))
    return _comparison((found,), (), counted=counted, measured=list(measured.values()), marks=())


def compare_moment(monitor: Monitor, *, name: str, moment: Span, around: Span) -> Comparison:
    """Set the days before, during and after a moment beside each other."""
    counted = _Counted.of(monitor, [around])
    phases = compare_phases(counted.per_day, moment=moment, around=around)
    each = (phases.before, phases.during, phases.after)
    before, during, after = (_Measures.of(monitor, phase.span) for phase in each)
    volumes = (phases.during_against_before, phases.after_against_before)
    found = tuple(
        Compared(title, phase.span, each[0].span, _("de tijd ervoor"), (volume, *_others(measures, before)))
        for title, phase, volume, measures in zip(
            (_("Tijdens"), _("Na")), each[1:], volumes, (during, after), strict=True
        )
    )
    marks = (Mark(moment.first, name),)
    return _comparison(found, each, counted=counted, measured=[before, during, after], marks=marks)


def _kept(what: str, monitor: Monitor, *, spans: Sequence[Span], make: Callable[[], Found]) -> Found:
    """Count once for all readers, until something is delivered or a tone is set right."""
    corrected = SentimentCorrection.objects.filter(message__organisation=monitor.dossier.organisation_id)
    last = corrected.order_by("-pk").values_list("pk", flat=True).first()
    days = ":".join(day.isoformat() for span in spans for day in span)
    key = f"vergelijk:{what}:{monitor.pk}:{stamp_of(monitor)}:{last}:{days}"
    found: Found | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found


@dataclass(frozen=True)
class _Counted:
    """Media messages per known day, without the media that fell silent in a period."""

    per_day: dict[date, int]
    spans: Sequence[Span]
    gone: tuple[str, ...]

    @classmethod
    def of(cls, monitor: Monitor, spans: Sequence[Span]) -> "_Counted":
        return _kept("aantal", monitor, spans=spans, make=lambda: cls._count(monitor, spans))

    @classmethod
    def _count(cls, monitor: Monitor, spans: Sequence[Span]) -> "_Counted":
        first = min(span.first for span in spans) - timedelta(days=LEARNED_DAYS)
        last = max(span.last for span in spans)
        rows = media_hits(monitor).filter(message__day__range=(first, last)).order_by()
        counted = rows.values_list("message__outlet", "message__day").annotate(count=Count("pk"))
        hits = {(outlet, day): count for outlet, day, count in counted}
        published = published_per_outlet(monitor, first=first, last=last)
        gone = _gone(hits, published, spans=spans, last=last) if published else ()
        known = {day for (outlet, day) in published if outlet not in gone}
        per_day = dict.fromkeys(sorted(known), 0)
        for (outlet, day), count in hits.items():
            if day in per_day and outlet not in gone:
                per_day[day] += count
        return cls(per_day, spans, gone)

    def unknown(self) -> tuple[Span, ...]:
        """Return the stretches of days of which nothing is known."""
        found: list[Span] = []
        one = timedelta(days=1)
        for span in sorted(self.spans):
            days = (span.first + step * one for step in range(span.length_days))
            for day in days:
                if day in self.per_day:
                    continue
                if found and found[-1].last == day - one:
                    found[-1] = Span(found[-1].first, day)
                else:
                    found.append(Span(day, day))
        return tuple(found)


def _gone(
    hits: dict[tuple[str, date], int],
    published: dict[tuple[str, date], int],
    *,
    spans: Sequence[Span],
    last: date,
) -> tuple[str, ...]:
    begin = min(day for _outlet, day in published)
    figures = watch_volume(Deliveries(first=begin, last=last, hits=hits, published=published))
    silent: Counter[tuple[str, Span]] = Counter()
    for gone in figures.gone:
        for span in spans:
            days = (min(gone.last or last, span.last) - max(gone.first, span.first)).days + 1
            silent[gone.source, span] += max(days, 0)
    return tuple(
        sorted({name for (name, span), days in silent.items() if days >= LONG_SILENCE * span.length_days})
    )


@dataclass(frozen=True)
class _Measures:
    """Interactions and tones of a period per message with its story; one in `step` stories was read."""

    interactions: tuple[Measured, ...]
    tones: tuple[Measured, ...]
    step: int

    @classmethod
    def of(cls, monitor: Monitor, span: Span) -> "_Measures":
        return _kept("gemeten", monitor, spans=[span], make=lambda: cls._read(monitor, span))

    @classmethod
    def _read(cls, monitor: Monitor, span: Span) -> "_Measures":
        rows = media_hits(monitor).filter(message__day__range=span).order_by()
        step = ceil(rows.count() / MOST_MEASURED) or 1
        unit = Coalesce(F("story_id"), F("message_id"))
        turn = Mod(unit * _SCATTER, _TURNS)  # numbers that follow each other do not follow a rhythm of hits
        read = rows.annotate(turn=turn).filter(turn__lt=_TURNS / step).order_by("pk")
        values = list(
            read.values_list("story_id", "message_id", "message__interactions", "message__sentiment")
        )
        named = [(_story(story, message), number, tone) for story, message, number, tone in values]
        return cls(
            tuple(Measured(name, float(number)) for name, number, _tone in named if number is not None),
            tuple(Measured(name, float(tone)) for name, _number, tone in named if tone is not None),
            step,
        )


def _story(story: int | None, message: int) -> str:
    """Name the story of a message; without one it is a story of its own."""
    return f"b{message}" if story is None else f"v{story}"


def _others(now: _Measures, before: _Measures) -> Iterator[Difference]:
    yield compare_interactions(now.interactions, before.interactions, seed=SEED)
    yield compare_sentiment(now.tones, before.tones, seed=SEED)


def _comparison(
    compared: tuple[Compared, ...],
    phases: tuple[Phase, ...],
    *,
    counted: _Counted,
    measured: Sequence[_Measures],
    marks: Sequence[Mark],
) -> Comparison:
    unknown = counted.unknown()
    return Comparison(
        compared=compared,
        phases=phases,
        chart=_chart(counted, marks),
        gone=counted.gone,
        unknown=unknown,
        unknown_days=sum(span.length_days for span in unknown),
        sampled=max(each.step for each in measured),
    )


def _chart(counted: _Counted, marks: Sequence[Mark]) -> Chart | None:
    first = min(span.first for span in counted.spans)
    last = max(span.last for span in counted.spans)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    points = [Point(day, counted.per_day.get(day)) for day in days]
    if not any(point.value is not None for point in points):
        return None
    caption = Caption(
        title=_("Berichten in de media per dag"),
        description=_("Een onderbroken lijn is een dag waarvan niets bekend is."),
        unit=_("berichten"),
        source_note=_("Nieuws en pers die de zoekvraag beantwoorden, %s.") % dutch.period(first, last),
    )
    return line_chart(
        [Line(_("berichten"), points, name_of_one=_("bericht"))], caption=caption, moments=marks
    )
