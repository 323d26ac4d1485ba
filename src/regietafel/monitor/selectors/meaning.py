"""What the messages of a monitor say: the last two weeks, counted in the background when there is much."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from regietafel.monitor.adapters.content import contrast, gazetteer, outlets, themes, wordings
from regietafel.monitor.engine.content.messages import Message as Said
from regietafel.monitor.engine.meaning import (
    Meaning,
    MeaningMaterial,
    MediaTone,
    ReferenceLists,
    ToneCounts,
    meaning_of,
    media_tone,
)
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.messages.links import read_link
from regietafel.monitor.engine.query import Query, QueryError
from regietafel.monitor.engine.sentiment import NEGATIVE, NEUTRAL, POSITIVE, UNKNOWN
from regietafel.monitor.models import Match, Message, Monitor, RecentFigures, SentimentCorrection
from regietafel.monitor.selectors.monitors import current_question
from regietafel.monitor.selectors.overview import KEPT_SECONDS, recent_days, stamp_of

WEEKS_BEFORE = 8
FEW_HITS = 500  # so many are read while the reader waits
MOST_BEFORE = 20_000  # the newest; more tells no more about which words are usual
AT_ONCE = 2_000
VERDICTS = {1: POSITIVE, 0: NEUTRAL, -1: NEGATIVE, None: UNKNOWN}
FIELDS = ("day", "title", "text", "kind", "outlet", "url", "author_day_hash")


@dataclass(frozen=True)
class MeaningShown:
    """What messages say; ``counted_at`` is there when messages came in since, which are being counted."""

    meaning: Meaning
    counted_at: datetime | None = None


def meaning_for(monitor: Monitor) -> MeaningShown | None:
    """Return what the last two weeks say; None while there is much that was never counted."""
    stamp = stamp_of(monitor)
    kept = RecentFigures.objects.filter(monitor=monitor).defer("figures").first()
    is_readable = kept is not None and Meaning.is_readable(kept.meaning)
    if kept is not None and is_readable and kept.stamp == stamp:
        return MeaningShown(Meaning.from_json(kept.meaning))
    if _has_few_hits(monitor):
        return MeaningShown(_counted_now(monitor, stamp))
    if kept is not None and is_readable:
        return MeaningShown(Meaning.from_json(kept.meaning), kept.counted_at)
    return None


def _has_few_hits(monitor: Monitor) -> bool:
    first, last = recent_days()
    matches = Match.objects.filter(
        monitor=monitor, message__day__range=(first - timedelta(weeks=WEEKS_BEFORE), last)
    )
    return len(matches.values_list("pk", flat=True)[: FEW_HITS + 1]) <= FEW_HITS


def _counted_now(monitor: Monitor, stamp: str) -> Meaning:
    """Count while the reader waits, and not again for the next one until a tone is set right."""
    corrected = SentimentCorrection.objects.filter(message__matches__monitor=monitor)
    last = corrected.aggregate(last=Max("pk"))["last"]
    key = f"inhoud:{monitor.pk}:{stamp}:{last}"
    meaning: Meaning | None = cache.get(key)
    if meaning is None:
        meaning = count_meaning(monitor)
        cache.set(key, meaning, KEPT_SECONDS)
    return meaning


def count_meaning(monitor: Monitor) -> Meaning:
    """Read the messages of the last two weeks, and of the weeks before, as they are now."""
    return meaning_of(material_for(monitor), lists=reference_lists())


def reference_lists() -> ReferenceLists:
    """Return the lists that are needed to understand messages."""
    return ReferenceLists(
        contrast=contrast(),
        wordings=wordings(),
        themes=themes(),
        gazetteer=gazetteer(),
        outlets=outlets(),
    )


def material_for(monitor: Monitor) -> MeaningMaterial:
    """Return the messages of the last two weeks and what they are compared with."""
    first, last = recent_days()
    before_from, day_before = first - timedelta(weeks=WEEKS_BEFORE), first - timedelta(days=1)
    now = _hits(monitor, first=first, last=last)
    before = _hits(monitor, first=before_from, last=day_before)
    return MeaningMaterial(
        starts_on=first,
        ends_on=last,
        before_from=before_from,
        messages=tuple(_said(now.filter(erased_at__isnull=True))),
        erased=tuple(_said(now.filter(erased_at__isnull=False))),
        before=tuple(_said(_newest(before.filter(erased_at__isnull=True)))),
        before_erased=tuple(_said(_newest(before.filter(erased_at__isnull=False)))),
        others=tuple(_said(_newest(_others(monitor, first=first, last=last)))),
        own_outlet=monitor.dossier.organisation.name,
        question=_question(monitor),
        media_tones=media_tone_counts(monitor),
        people_tones=tuple(_people_tones(now)),
    )


def _question(monitor: Monitor) -> Query | None:
    try:
        return current_question(monitor)
    except QueryError:  # a blank that is not filled in
        return None


def _hits(monitor: Monitor, *, first: date, last: date) -> QuerySet[Message]:
    return Message.objects.filter(matches__monitor=monitor, day__range=(first, last)).order_by()


def _others(monitor: Monitor, *, first: date, last: date) -> QuerySet[Message]:
    """Return what the same sources brought on the same days and does not answer the question."""
    answers = Match.objects.filter(monitor=monitor, message=OuterRef("pk"))
    brought = Message.objects.filter(
        source__in=monitor.sources.all(), day__range=(first, last), erased_at__isnull=True
    )
    return brought.filter(~Exists(answers))


def _newest(rows: QuerySet[Message]) -> QuerySet[Message]:
    return rows.order_by("-day", "-pk")[:MOST_BEFORE]


def _said(rows: QuerySet[Message]) -> Iterator[Said]:
    for day, title, text, kind, outlet, url, author in rows.values_list(*FIELDS).iterator(AT_ONCE):
        link = read_link(url) if url else None
        yield Said(
            day=day,
            title=title,
            text=text,
            kind=kind,
            outlet=outlet,
            domain=link.domain if link else "",
            author=author,
        )


def _people_tones(now: QuerySet[Message]) -> Iterator[tuple[date, str, str]]:
    rows = now.filter(sentiment_judged=True).exclude(kind__in=sorted(MEDIA_KINDS))
    for day, author, sentiment in rows.values_list("day", "author_day_hash", "sentiment").iterator(AT_ONCE):
        yield day, author, VERDICTS[sentiment]


def media_tone_counts(monitor: Monitor) -> ToneCounts:
    """Return how many media messages of the last two weeks have which tone; the database counts."""
    first, last = recent_days()
    media = _hits(monitor, first=first, last=last).filter(kind__in=sorted(MEDIA_KINDS))
    by_hand = Exists(SentimentCorrection.objects.filter(message=OuterRef("pk")))
    rows: Any = media.values_list("sentiment", "sentiment_judged", by_hand).annotate(count=Count("pk"))
    counts: Counter[str] = Counter()
    hand = waiting = 0
    for sentiment, is_judged, is_corrected, count in rows:
        if sentiment is None and not is_judged:
            waiting += count
            continue
        counts[VERDICTS[sentiment]] += count
        hand += count if is_corrected else 0
    return ToneCounts(counts=counts, by_hand=hand, waiting=waiting)


def media_tone_of(monitor: Monitor) -> MediaTone:
    """Return the tone of the media messages of the last two weeks as it is now."""
    return media_tone(media_tone_counts(monitor))
