"""Let the machine learn from the labels of one organisation, and propose labels for its messages."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.jobs import job
from regietafel.monitor.engine.labels import (
    MAIN_CODES,
    TRAINING,
    Model,
    TooFewLabels,
    Trained,
    merge,
    probabilities,
    to_bytes,
    train,
    training_examples,
)
from regietafel.monitor.models import Labelling, LabelModel, LabelProposal, Message, Monitor, RandomSample
from regietafel.monitor.selectors.labelled import hand_labels
from regietafel.monitor.selectors.labelling import latest_model, model_of, text_of
from regietafel.register.public import Organisation

AT_ONCE = 2_000
KEPT_MODELS = 3
FORGOTTEN = 0.8  # text is erased after its term; with much less left than before, the old model stays


@job("monitor.leren", label=_("Leren van labels"))
def learn_labels(organisation: int) -> None:
    """Learn anew, and propose labels for all messages that still have their text."""
    row = learn(Organisation.objects.get(pk=organisation))
    if row is not None:
        propose_labels(row)


def learn(organisation: Organisation) -> LabelModel | None:
    """Return what was learned; None when there is too little to learn from, or less than before."""
    trained = _trained(organisation)
    last = latest_model(organisation)
    if trained is None or (last and trained.model.examples < FORGOTTEN * last.label_count):
        return None
    with transaction.atomic():
        row = LabelModel.objects.create(
            organisation=organisation,
            trained_at=timezone.now(),
            label_count=trained.model.examples,
            quality=_quality(trained),
            weights=to_bytes(trained.model),
        )
        kept = LabelModel.objects.filter(organisation=organisation).order_by("-trained_at")[:KEPT_MODELS]
        LabelModel.objects.filter(organisation=organisation).exclude(pk__in=[one.pk for one in kept]).delete()
    return row


def _trained(organisation: Organisation) -> Trained | None:
    """Train on every message that was labelled to learn from, and never on one of a sample."""
    drawn = RandomSample.messages.through.objects.filter(
        randomsample__monitor__dossier__organisation=organisation
    )
    labellings = Labelling.objects.filter(
        monitor__dossier__organisation=organisation, kind=TRAINING, message__erased_at__isnull=True
    ).exclude(message__in=drawn.values("message_id"))
    monitors = Monitor.objects.filter(pk__in=labellings.values("monitor_id")).select_related(
        "dossier__organisation"
    )
    said = [one for monitor in monitors for one in hand_labels(monitor, labellings.filter(monitor=monitor))]
    texts = {
        key: text_of(title, text)
        for key, title, text in Message.objects.filter(labellings__in=labellings).values_list(
            "key", "title", "text"
        )
    }
    examples = training_examples(merge(said), texts=texts, organisation=organisation.code)
    try:
        return train(examples, seed=organisation.pk) if examples else None
    except TooFewLabels:
        return None


def _quality(trained: Trained) -> dict[str, object]:
    told = {
        one.label: {name: getattr(one, name) for name in one.__slots__ if name != "label"}
        for one in trained.quality
    }
    return {"per_label": told, "ontbreekt": dict(trained.lacking)}


def propose_labels(row: LabelModel, *, messages: Sequence[int] | None = None) -> int:
    """Note what a model thinks of the messages that answer a monitor of its organisation; return how many."""
    model = model_of(row)
    if model is None:
        return 0
    rows = Message.objects.filter(
        matches__monitor__dossier__organisation=row.organisation, erased_at__isnull=True
    ).exclude(label_proposals__model=row)
    if messages is not None:
        rows = rows.filter(pk__in=messages)
    waiting = rows.distinct().order_by("pk").values_list("pk", "title", "text").iterator(AT_ONCE)
    total = 0
    while some := list(islice(waiting, AT_ONCE)):
        LabelProposal.objects.bulk_create(_proposals(row, model, some=some), ignore_conflicts=True)
        total += len(some)
    return total


def _proposals(
    row: LabelModel, model: Model, *, some: Sequence[tuple[int, str, str]]
) -> Iterator[LabelProposal]:
    chances = probabilities(model, [text_of(title, text) for _pk, title, text in some])
    main = [place for place, label in enumerate(model.labels) if label in MAIN_CODES] or list(
        range(len(model.labels))
    )
    for (pk, _title, _text), values in zip(some, chances.tolist(), strict=True):
        yield LabelProposal(
            model=row,
            message_id=pk,
            chances={label: round(chance, 4) for label, chance in zip(model.labels, values, strict=True)},
            margin=min(abs(values[place] - 0.5) for place in main),
        )
