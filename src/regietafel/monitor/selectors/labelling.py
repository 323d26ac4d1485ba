"""Labelling: which message comes next, what was said so far, and what the machine thinks of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import SystemRandom

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from regietafel.monitor.adapters.label_scheme import shipped_labels
from regietafel.monitor.engine.labels import (
    SAMPLE,
    Label,
    Model,
    ModelUnreadable,
    Progress,
    Scheme,
    WordWeight,
    from_bytes,
    make_scheme,
    probabilities,
    progress,
    words_behind,
)
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.models import (
    Labelling,
    LabelModel,
    LabelProposal,
    Match,
    Message,
    Monitor,
    RandomSample,
    SubLabel,
)
from regietafel.register.public import Organisation, User

UNDO_WITHIN = timedelta(minutes=15)
WORDS_SHOWN = 3
_lots = SystemRandom()


@dataclass(frozen=True)
class Shown:
    """One message to label; of people no medium and nothing that leads to it."""

    number: int
    title: str
    text: str
    kind: str
    day: date
    outlet: str
    language: str


@dataclass(frozen=True)
class Suggestion:
    """What the machine thinks: a label, its chance, and the words that argue for it."""

    label: Label
    chance: float
    is_sure: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where the labelling of a monitor stands, for one person and for all."""

    kind: str
    mine: int
    progress: Progress
    sample: RandomSample | None
    sample_left: int


def scheme_of(organisation: Organisation) -> Scheme:
    """Return the labels of an organisation: those that ship, with its own added, changed or put aside."""
    rows = {row["code"]: dict(row) for row in shipped_labels()}
    for own in SubLabel.objects.filter(organisation=organisation):
        rows.pop(own.code, None)
        if own.is_active:
            rows[own.code] = {
                "code": own.code,
                "hoofdlabel": own.main,
                "naam": own.name,
                "toets": own.key,
                "uitleg": own.explanation,
                "volgorde": str(own.order),
            }
    return make_scheme(rows.values())


def open_sample(monitor: Monitor) -> RandomSample | None:
    """Return the sample that is being labelled: the last that was drawn."""
    return monitor.samples.order_by("-drawn_at").first()


def sample_left(monitor: Monitor, *, by: User) -> int:
    """Return how many messages of the sample this person has still to label."""
    sample = open_sample(monitor)
    done = Labelling.objects.filter(monitor=monitor, kind=SAMPLE, by=by)
    if sample is None:
        return 0
    return sample.messages.filter(erased_at__isnull=True).exclude(labellings__in=done).count()


def next_message(monitor: Monitor, *, kind: str, by: User) -> Shown | None:
    """Return the next message for this person: of the sample, or the one that teaches most."""
    drawn = kind == SAMPLE
    message = _next_of_sample(monitor, by) if drawn else _most_useful(monitor) or _by_lot(monitor)
    return _shown(message) if message else None


def message_to_label(monitor: Monitor, number: int) -> Message | None:
    """Return a message that this monitor may ask a label for."""
    return _readable(monitor).filter(pk=number).first()


def shown_again(monitor: Monitor, number: int) -> Shown | None:
    """Return a message as it was shown, after an answer that could not be taken."""
    message = message_to_label(monitor, number)
    return _shown(message) if message else None


def _readable(monitor: Monitor) -> QuerySet[Message]:
    return Message.objects.filter(matches__monitor=monitor, erased_at__isnull=True)


def _next_of_sample(monitor: Monitor, by: User) -> Message | None:
    sample = open_sample(monitor)
    if sample is None:
        return None
    mine = Labelling.objects.filter(monitor=monitor, message=OuterRef("pk"), by=by, kind=SAMPLE)
    left = _readable(monitor).filter(samples=sample).exclude(Exists(mine))
    return left.order_by("key").first()


def _unlabelled(monitor: Monitor) -> Q:
    """Return the condition that nobody labelled a message for this monitor, and no sample holds it."""
    labelled = Labelling.objects.filter(monitor=monitor, message=OuterRef("message"))
    drawn = RandomSample.messages.through.objects.filter(
        message_id=OuterRef("message"), randomsample__monitor=monitor
    )
    return Q(~Exists(labelled)) & Q(~Exists(drawn))


def _most_useful(monitor: Monitor) -> Message | None:
    """Return the message of which the machine is least sure."""
    model = latest_model(monitor.dossier.organisation)
    if model is None:
        return None
    matched = Match.objects.filter(monitor=monitor, message=OuterRef("message"))
    doubted = LabelProposal.objects.filter(
        Exists(matched), _unlabelled(monitor), model=model, message__erased_at__isnull=True
    )
    found = doubted.order_by("margin", "pk").select_related("message").first()
    return found.message if found else None


def _by_lot(monitor: Monitor) -> Message | None:
    """Return any message: the first from a place that the lot chose."""
    matches = Match.objects.filter(monitor=monitor)
    ends = matches.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return None
    place = _lots.randint(ends["first"], ends["last"])
    left = matches.filter(_unlabelled(monitor), message__erased_at__isnull=True).select_related("message")
    found = (
        left.filter(pk__gte=place).order_by("pk").first() or left.filter(pk__lt=place).order_by("pk").first()
    )
    return found.message if found else None


def _shown(message: Message) -> Shown:
    is_media = message.kind in MEDIA_KINDS
    return Shown(
        number=message.pk,
        title=message.title,
        text=message.text,
        kind=message.get_kind_display(),
        day=message.day,
        outlet=message.outlet if is_media else "",
        language=message.language,
    )


def last_labelling(monitor: Monitor, by: User) -> Labelling | None:
    """Return what this person said last, while it may be taken back."""
    since = timezone.now() - UNDO_WITHIN
    return Labelling.objects.filter(monitor=monitor, by=by, at__gte=since).order_by("-at", "-pk").first()


def standing_of(monitor: Monitor, *, kind: str, by: User) -> Standing:
    """Return how far the labelling is."""
    answered = Labelling.objects.filter(monitor=monitor, kind=kind, is_skipped=False)
    sample = open_sample(monitor)
    if kind == SAMPLE and sample:
        answered = answered.filter(message__samples=sample)
    return Standing(
        kind=kind,
        mine=answered.filter(by=by).count(),
        progress=progress(answered.values("message").distinct().count(), purpose=kind),
        sample=sample,
        sample_left=sample_left(monitor, by=by),
    )


def latest_model(organisation: Organisation) -> LabelModel | None:
    """Return what the machine learned last from the labels of an organisation."""
    return LabelModel.objects.filter(organisation=organisation).order_by("-trained_at").first()


def model_of(row: LabelModel) -> Model | None:
    """Return a model as the engine knows it, read once as it never changes; None when this version cannot."""
    try:
        return _read_model(row.pk, bytes(row.weights))
    except ModelUnreadable:
        return None


@lru_cache(maxsize=8)
def _read_model(_number: int, weights: bytes) -> Model:
    return from_bytes(weights)


def suggestions_for(monitor: Monitor, shown: Shown) -> tuple[Suggestion, ...]:
    """Return what the machine proposes for a message, or asks about, with its ground."""
    row = latest_model(monitor.dossier.organisation)
    model = model_of(row) if row else None
    if model is None:
        return ()
    scheme = scheme_of(monitor.dossier.organisation)
    text = text_of(shown.title, shown.text)
    chances = dict(zip(model.labels, probabilities(model, [text])[0].tolist(), strict=True))
    labels = {label.code: label for label in scheme.labels}
    told = [(labels[code], chance) for code, chance in chances.items() if code in labels and chance > 0.4]
    return tuple(
        Suggestion(label, chance, chance >= 0.6, _words(words_behind(model, text, label=label.code)))
        for label, chance in sorted(told, key=lambda pair: -pair[1])
    )


def _words(found: tuple[WordWeight, ...]) -> tuple[str, ...]:
    return tuple(one.word for one in found if one.weight > 0)[:WORDS_SHOWN]


def text_of(title: str, text: str) -> str:
    """Return a message as one text, the way the machine reads it."""
    return f"{title}\n{text}".strip()
