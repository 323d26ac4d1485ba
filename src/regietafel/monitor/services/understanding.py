"""What follows on a delivery, in the background: tone, stories, proposals, figures and alarms."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.jobs import Daily, enqueue, job
from regietafel.monitor.adapters.sentiment import judge
from regietafel.monitor.engine.sentiment import NEGATIVE, NEUTRAL, POSITIVE
from regietafel.monitor.engine.stories import Article, find_stories
from regietafel.monitor.engine.volume import Alarm as DayAlarm
from regietafel.monitor.models import Alarm, Match, Message, Monitor, RecentFigures, Source, Story
from regietafel.monitor.selectors.alarms import Attention, busiest_stories, watched
from regietafel.monitor.selectors.labelling import latest_model
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
    """Note the tone of messages that answer a monitor and have none yet; return how many were looked at."""
    waiting = Message.objects.filter(
        matches__monitor=monitor, sentiment__isnull=True, sentiment_judged=False, erased_at__isnull=True
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
        .select_related("message")
        .order_by("message__published_at", "message_id")
    )
    if all(match.story_id for match in matches):
        return 0
    by_key = {match.message.key: match for match in matches}
    found = find_stories([_article(match.message) for match in matches])
    with transaction.atomic():
        for story in found:
            _keep_story(monitor, title=story.title or "", matches=[by_key[one.key] for one in story.members])
        Story.objects.filter(monitor=monitor, matches__isnull=True).delete()
    return len(found)


def _keep_story(monitor: Monitor, *, title: str, matches: Sequence[Match]) -> None:
    """Keep the story most of its members were in, or begin one."""
    known = [match.story_id for match in matches if match.story_id]
    moments = [match.message.published_at for match in matches]
    facts = {"title": title, "first_at": min(moments), "last_at": max(moments), "size": len(matches)}
    number = max(set(known), key=lambda story: (known.count(story), -story)) if known else None
    if number is None:
        number = Story.objects.create(monitor=monitor, **facts).pk
    else:
        Story.objects.filter(pk=number).update(**facts)
    moved = [match.pk for match in matches if match.story_id != number]
    Match.objects.filter(pk__in=moved).update(story_id=number)


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
    """Count the last two weeks, unless nothing changed since."""
    stamp = stamp_of(monitor)
    if RecentFigures.objects.filter(monitor=monitor, stamp=stamp).exists():
        return
    last = recent_days()[1]
    counted = {
        "figures": count_recent(monitor).to_json(),
        "volume": Attention.of(watched(monitor, last=last), last=last).to_json(),
        "stamp": stamp,
        "counted_at": timezone.now(),
    }
    RecentFigures.objects.update_or_create(monitor=monitor, defaults=counted)


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
