"""What follows on a delivery, in the background: tone, stories, proposals, figures and alarms."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.jobs import Daily, enqueue, job
from regietafel.monitor.adapters.sentiment import judge
from regietafel.monitor.engine.meaning import Meaning
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.sentiment import NEGATIVE, NEUTRAL, POSITIVE
from regietafel.monitor.engine.stories import Article, find_stories
from regietafel.monitor.engine.stories import Story as ToldStory
from regietafel.monitor.engine.volume import Alarm as DayAlarm
from regietafel.monitor.models import (
    Alarm,
    Match,
    Message,
    Monitor,
    RecentFigures,
    SentimentCorrection,
    Source,
    Story,
)
from regietafel.monitor.selectors.alarms import Attention, busiest_stories, watched
from regietafel.monitor.selectors.labelling import latest_model
from regietafel.monitor.selectors.meaning import count_meaning, media_tone_of
from regietafel.monitor.selectors.monitors import running_monitors
from regietafel.monitor.selectors.overview import count_recent, recent_days, stamp_of
from regietafel.monitor.services.learning import propose_labels
from regietafel.register.public import Organisation

JOB = "monitor.duiden"
AT_ONCE = 2_000
STORY_DAYS = 14
ALARM_DAYS = 7
TONES = {POSITIVE: 1, NEUTRAL: 0, NEGATIVE: -1}


def ask_understanding(source: Source) -> None:
    """Ask for what follows on a delivery, in the transaction that stores it."""
    enqueue(JOB, {"organisation": source.organisation_id}, key=f"duiden-{source.organisation_id}")


@job(JOB, label=_("Nieuwe berichten duiden"))
def understand(organisation: int) -> None:
    """Do all that follows on a delivery for the monitors of an organisation that run; safe to repeat."""
    owner = Organisation.objects.get(pk=organisation)
    for monitor in running_monitors().filter(dossier__organisation=owner):
        judge_tone(monitor)
        tell_stories(monitor)
        keep_recent_figures(monitor)
        raise_alarms(monitor)
    model = latest_model(owner)
    if model is not None:
        propose_labels(model)


@job("monitor.alarmen", label=_("Alarmen van gisteren"), plan=Daily(time(6, 0)))
def watch_all() -> None:
    """Judge yesterday for every monitor that runs, also when nothing was delivered."""
    for monitor in running_monitors():
        keep_recent_figures(monitor)
        raise_alarms(monitor)


def judge_tone(monitor: Monitor) -> int:
    """Note the tone of messages that answer a monitor and were not judged yet; return how many.

    What a person set right stays as it is, also when the text of the message changed.
    """
    corrected = SentimentCorrection.objects.filter(message=OuterRef("pk"))
    waiting = Message.objects.filter(
        ~Exists(corrected), matches__monitor=monitor, sentiment_judged=False, erased_at__isnull=True
    )
    judged = judge()
    total = 0
    rows = waiting.order_by("pk").values_list("pk", "title", "text", "language").iterator(AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        _note_tones(
            (pk, TONES.get(judged.judge(title, text, language=language).verdict))
            for pk, title, text, language in some
        )
        total += len(some)
    return total


def _note_tones(tones: Iterable[tuple[int, int | None]]) -> None:
    per_tone: dict[int | None, list[int]] = defaultdict(list)
    for pk, tone in tones:
        per_tone[tone].append(pk)
    with transaction.atomic():
        for tone, keys in per_tone.items():
            Message.objects.filter(pk__in=keys).update(sentiment=tone, sentiment_judged=True)


def tell_stories(monitor: Monitor) -> int:
    """Group the messages of the last two weeks into stories; what was grouped before keeps its story."""
    since = timezone.localdate() - timedelta(days=STORY_DAYS)
    matches = list(
        Match.objects.filter(monitor=monitor, message__day__gte=since, message__erased_at__isnull=True)
        .select_related("message", "story")
        .order_by("message__published_at", "message_id")
    )
    if all(match.story_id for match in matches):
        return 0
    by_key = {match.message.key: match for match in matches}
    found = find_stories([_article(match.message) for match in matches])
    with transaction.atomic():
        for story in found:
            _keep_story(monitor, story, matches=[by_key[one.key] for one in story.members])
        Story.objects.filter(monitor=monitor, matches__isnull=True).delete()
    return len(found)


def _keep_story(monitor: Monitor, found: ToldStory, *, matches: Sequence[Match]) -> None:
    """Keep the story most of its members were in, or begin one; its size is what may be shown of it."""
    held = [match.story for match in matches if match.story]
    if not held:
        number = Story.objects.create(monitor=monitor, **_facts_of(found, matches)).pk
    else:
        kept = max(held, key=lambda story: (held.count(story), -story.pk))
        number = kept.pk
        Story.objects.filter(pk=number).update(**_grown(kept, _facts_of(found, matches)))
    moved = [match.pk for match in matches if match.story_id != number]
    Match.objects.filter(pk__in=moved).update(story_id=number)


def _facts_of(found: ToldStory, matches: Sequence[Match]) -> dict[str, Any]:
    media = [match for match in matches if match.message.kind in MEDIA_KINDS]
    shown = matches if found.people_count else media or matches
    moments = [match.message.published_at for match in shown]
    return {
        "title": found.title or "",
        "first_at": min(moments),
        "last_at": max(moments),
        "size": found.media_count + (found.people_count or 0),
    }


def _grown(kept: Story, facts: dict[str, Any]) -> dict[str, Any]:
    """Let a story that began before the days that are read not shrink when its oldest members leave them."""
    if timezone.localdate(kept.first_at) >= timezone.localdate() - timedelta(days=STORY_DAYS):
        return facts
    return facts | {
        "title": kept.title or facts["title"],
        "first_at": min(kept.first_at, facts["first_at"]),
        "size": max(kept.size, facts["size"]),
    }


def _article(message: Message) -> Article:
    return Article(
        message.key,
        message.title,
        message.text,
        message.outlet,
        message.published_at,
        message.url,
        message.kind,
        message.interactions,
        message.author_day_hash,
    )


def keep_recent_figures(monitor: Monitor) -> None:
    """Count the last two weeks and what they say, unless nothing changed since."""
    stamp = stamp_of(monitor)
    kept = RecentFigures.objects.filter(monitor=monitor, stamp=stamp).defer("figures").first()
    if kept is not None and Meaning.is_readable(kept.meaning):
        return
    figures, meaning = count_recent(monitor), count_meaning(monitor)
    last = recent_days()[1]
    volume = Attention.of(watched(monitor, last=last), last=last)
    with transaction.atomic():
        now = meaning.with_tone(media_tone_of(monitor))  # a tone may be set right while counting
        RecentFigures.objects.update_or_create(
            monitor=monitor,
            defaults={
                "figures": figures.to_json(),
                "volume": volume.to_json(),
                "meaning": now.to_json(),
                "stamp": stamp,
                "counted_at": timezone.now(),
            },
        )


def raise_alarms(monitor: Monitor) -> int:
    """Give an alarm for each of the last days that stands out, once; return how many are new."""
    last = timezone.localdate() - timedelta(days=1)
    figures = watched(monitor, last=last)
    since = last - timedelta(days=ALARM_DAYS - 1)
    new = [_raise(monitor, day) for day in figures.days if day.is_alarm and day.day >= since]
    for gone in figures.gone:
        if gone.last is None and gone.first >= since - timedelta(days=ALARM_DAYS):
            new.append(_raise_gone(monitor, outlet=gone.source, day=gone.first))
    return sum(new)


def _raise(monitor: Monitor, found: DayAlarm) -> bool:
    facts = {
        "count": found.count,
        "expected": found.expected,
        "low": found.low,
        "high": found.high,
        "p_value": found.p_value,
        "stories": busiest_stories(monitor, found.day),
    }
    _alarm, is_new = Alarm.objects.get_or_create(
        monitor=monitor, kind=Alarm.Kind.VOLUME, day=found.day, outlet="", defaults=facts
    )
    return is_new


def _raise_gone(monitor: Monitor, *, outlet: str, day: date) -> bool:
    _alarm, is_new = Alarm.objects.get_or_create(
        monitor=monitor, kind=Alarm.Kind.SOURCE_GONE, day=day, outlet=outlet[:200]
    )
    return is_new
