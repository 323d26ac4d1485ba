"""What a picture says beside its counts: comparison, tone, labels, reach, places and alarms in its period.

Everything is counted when the figures of a draft are, and frozen with them.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from regietafel.kernel.dutch import date as dutch_date
from regietafel.kernel.dutch import number, share
from regietafel.monitor.adapters.content import gazetteer, outlets
from regietafel.monitor.adapters.exporters import Addition
from regietafel.monitor.adapters.sentiment import measured
from regietafel.monitor.engine.content.messages import Message as Said
from regietafel.monitor.engine.content.places import PlaceMention
from regietafel.monitor.engine.content.reach import reach_shares
from regietafel.monitor.engine.labels import LabelShare
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.picture.intervals import share_of
from regietafel.monitor.engine.sentiment import TONE_NOTE, net_sentiment
from regietafel.monitor.engine.volume import Span, compare_volume
from regietafel.monitor.models import Alarm, Message, Monitor
from regietafel.monitor.selectors.labelled import labels_of
from regietafel.monitor.selectors.material import known_days, media_hits_per_day, published_per_outlet

WEEKS_BEFORE = 8
TITLES_READ = 2_000
PLACES_SHOWN = 8
VAGUE = 20  # a margin in which the higher end is so many times the lower says nothing
TONES = ((1, "positief"), (0, "neutraal"), (-1, "negatief"))


def additions_of(monitor: Monitor, *, first: date, last: date) -> tuple[Addition, ...]:
    """Return what can be said of a period beside its counts, the most telling first."""
    media = Message.objects.filter(
        matches__monitor=monitor, kind__in=sorted(MEDIA_KINDS), day__range=(first, last)
    )
    made = (
        _comparison(monitor, first, last=last),
        _alarms(monitor, first, last=last),
        _labels(monitor, first, last=last),
        _tone(media),
        _reach(media),
        _places(media),
    )
    return tuple(one for one in made if one is not None)


def _comparison(monitor: Monitor, first: date, *, last: date) -> Addition | None:
    before = Span(first - timedelta(weeks=WEEKS_BEFORE), first - timedelta(days=1))
    published = published_per_outlet(monitor, first=before.first, last=last)
    begin = min((day for _outlet, day in published), default=last)
    hits = media_hits_per_day(monitor, first=before.first, last=last)
    counts = known_days(hits, first=max(begin, before.first), until=last + timedelta(days=1))
    if begin >= first:
        return None
    found = compare_volume(counts, now=Span(first, last), before=before)
    is_vague = bool(found.low and found.high and found.high / found.low > VAGUE)
    few = _("Er zijn te weinig berichten om van een verschil met de acht weken ervoor te spreken.")
    return Addition(
        kind="vergelijking",
        title=_("Vergeleken met de acht weken ervoor"),
        text=few if is_vague else found.sentence(_("de acht weken ervoor")),
        note=_("Per dag, gecorrigeerd voor de weekdag, met een marge van 95 %."),
    )


def _alarms(monitor: Monitor, first: date, *, last: date) -> Addition | None:
    alarms = Alarm.objects.filter(monitor=monitor, day__range=(first, last)).order_by("day")
    rows = tuple(
        (
            dutch_date(alarm.day),
            alarm.outlet or _("%s berichten") % number(alarm.count),
            number(alarm.expected, decimals=1) if alarm.expected is not None else "–",
            alarm.judged_because or alarm.get_verdict_display(),
        )
        for alarm in alarms
    )
    if not rows:
        return None
    return Addition(
        kind="alarmen",
        title=_("Dagen die opvielen"),
        head=(_("Dag"), _("Wat"), _("Verwacht"), _("Oordeel")),
        rows=rows,
        note=_(
            "De kans op zo veel berichten op een gewone dag, of twee dagen samen, was kleiner dan 1 op 100."
        ),
    )


def _labels(monitor: Monitor, first: date, *, last: date) -> Addition | None:
    """Tell shares only from a sample that was drawn within this period."""
    found = labels_of(monitor)
    if found.period_from is None or found.period_until is None:
        return None
    if found.period_from < first or found.period_until > last:
        return None
    shares = [(label.name, told.rounded()) for label, told in found.told if isinstance(told, LabelShare)]
    if not shares:
        return None
    sample = shares[0][1].sample
    return Addition(
        kind="labels",
        title=_("Waar de berichten over gaan"),
        head=(_("Label"), _("Aandeel (95 %-marge)")),
        rows=tuple((name, _with_margin(one)) for name, one in shares if one.fraction > 0),
        note=_("Uit een aselecte steekproef van %s berichten, met de hand gelabeld; meer labels mag.")
        % number(sample),
    )


def _with_margin(one: LabelShare | Share | None) -> str:
    return f"{share(one.fraction)} ({share(one.low)}–{share(one.high)})" if one else "–"


def _tone(media: QuerySet[Message]) -> Addition | None:
    counts = dict(
        media.filter(sentiment__isnull=False)
        .order_by()
        .values_list("sentiment")
        .annotate(count=Count("pk", distinct=True))
    )
    judged = sum(counts.values())
    net = net_sentiment(counts.get(1, 0), counts.get(-1, 0), judged=judged) if judged else None
    if net is None:
        return None
    rows = []
    for value, name in TONES:
        count = counts.get(value, 0)
        rows.append((name, number(count), _with_margin(share_of(count, judged))))
    bounds = f"{number(net.low, decimals=2)} tot {number(net.high, decimals=2)}"
    return Addition(
        kind="toon",
        title=_("Toon van de media"),
        text=_("Netto toon %(net)s (%(bounds)s), van −1 (alles negatief) tot 1 (alles positief).")
        % {"net": number(net.value, decimals=2), "bounds": bounds},
        head=(_("Toon"), _("Berichten"), _("Aandeel (95 %-marge)")),
        rows=tuple(rows),
        note=f"{TONE_NOTE} {_accuracy()}",
    )


def _accuracy() -> str:
    told = (
        _("%(right)s van %(count)s %(name)s")
        % {"right": one["juist"], "count": one["aantal"], "name": one["naam"]}
        for one in measured()["toets"]
    )
    return _("Gemeten juistheid van de woordenlijst: %s.") % "; ".join(told)


def _reach(media: QuerySet[Message]) -> Addition | None:
    known = outlets()
    per_outlet = media.order_by().values_list("outlet").annotate(count=Count("pk", distinct=True))
    heard = []
    for outlet, count in per_outlet:
        said = Said(day=date.min, kind="nieuws", outlet=outlet)
        heard += [(said, known.attention(said))] * count
    shares = [one for one in reach_shares(heard) if one.count]
    if not any(one.share for one in shares):
        return None
    rows = tuple((one.reach, number(one.count), _with_margin(one.share)) for one in shares)
    return Addition(
        kind="bereik",
        title=_("Lokaal, regionaal of landelijk"),
        head=(_("Bereik"), _("Berichten"), _("Aandeel (95 %-marge)")),
        rows=rows,
        note=_("Naar het medium. Wat niet op de lijst staat is onbekend en telt niet mee in de aandelen."),
    )


def _places(media: QuerySet[Message]) -> Addition | None:
    """Name the places in headlines of media; a name that more places have is said to be ambiguous."""
    counted: Counter[str] = Counter()
    for title in _titles(media):
        counted.update({_place(one) for one in gazetteer().mentions(title)})
    rows = tuple((name, number(count)) for name, count in counted.most_common(PLACES_SHOWN))
    if not rows:
        return None
    return Addition(
        kind="plaatsen",
        title=_("Genoemde plaatsen"),
        head=(_("Gemeente"), _("Koppen")),
        rows=rows,
        note=_(
            "In koppen van media. Een naam die meer plaatsen hebben, heet dubbelzinnig als niets beslist."
        ),
    )


def _titles(media: QuerySet[Message]) -> Iterator[str]:
    return iter(
        media.exclude(title="").order_by("-published_at").values_list("title", flat=True)[:TITLES_READ]
    )


def _place(mention: PlaceMention) -> str:
    return mention.municipality if mention.code else _("%s (dubbelzinnig)") % mention.written
