"""Labels on messages: given one by one, taken back at once, and samples drawn by lot."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.jobs import enqueue
from regietafel.kit.refusal import Refused
from regietafel.monitor.engine.labels import SAMPLE, TRAINING, draw_sample
from regietafel.monitor.models import Labelling, Message, Monitor, RandomSample, SubLabel
from regietafel.monitor.selectors.labelling import last_labelling, open_sample, scheme_of
from regietafel.register.public import Organisation, User

LARGEST_SAMPLE = 2_000
LEARN = "monitor.leren"
LEARNED_EVERY = 25


@transaction.atomic
def label_message(
    *, monitor: Monitor, message: Message, codes: Iterable[str], by: User, is_skipped: bool = False
) -> Labelling:
    """Note what a colleague says of a message; a second answer takes the place of the first.

    A message of the sample counts for shares and never teaches the machine.
    """
    chosen = sorted(_completed(monitor, codes))
    sample = open_sample(monitor)
    is_drawn = sample is not None and sample.messages.filter(pk=message.pk).exists()
    labelling, _is_new = Labelling.objects.update_or_create(
        monitor=monitor,
        message=message,
        by=by,
        kind=SAMPLE if is_drawn else TRAINING,
        defaults={
            "codes": [] if is_skipped else chosen,
            "is_skipped": is_skipped,
            "at": timezone.now(),
        },
    )
    if not is_drawn and not is_skipped:
        _learn_now_and_then(monitor)
    return labelling


def _completed(monitor: Monitor, codes: Iterable[str]) -> set[str]:
    """Add the main label of each sub-label; refuse what is no label here."""
    main_of = scheme_of(monitor.dossier.organisation).main_of
    given = set(codes)
    if unknown := sorted(given - main_of.keys()):
        raise Refused(_("Het label “%s” bestaat niet.") % unknown[0])
    return given | {main_of[code] for code in given}


def _learn_now_and_then(monitor: Monitor) -> None:
    organisation_id = monitor.dossier.organisation_id
    count = Labelling.objects.filter(
        monitor__dossier__organisation_id=organisation_id, kind=TRAINING, is_skipped=False
    ).count()
    if count % LEARNED_EVERY == 0:
        enqueue(LEARN, {"organisation": organisation_id}, key=f"leren-{organisation_id}")


@transaction.atomic
def undo_label(*, monitor: Monitor, by: User) -> Message:
    """Take back the last label of this person, and give the message it was on."""
    last = last_labelling(monitor, by)
    if last is None:
        raise Refused(_("Er is niets om terug te nemen."))
    message = last.message
    last.delete()
    return message


@transaction.atomic
def draw_random_sample(
    *, monitor: Monitor, period_from: date, period_until: date, size: int, by: User
) -> RandomSample:
    """Draw messages of a period by lot, to be labelled by hand."""
    if period_until < period_from or period_until > timezone.localdate():
        raise Refused(_("Kies een periode die voorbij is, met de eerste dag voor de laatste."))
    if not 1 <= size <= LARGEST_SAMPLE:
        raise Refused(_("Trek tussen 1 en %s berichten.") % LARGEST_SAMPLE)
    keys = dict(
        Message.objects.filter(
            matches__monitor=monitor,
            day__range=(period_from, period_until),
            erased_at__isnull=True,
        ).values_list("key", "pk")
    )
    if not keys:
        raise Refused(_("In deze periode zijn er geen berichten met tekst meer. Kies latere dagen."))
    seed = int(timezone.now().timestamp() * 1000)
    drawn = draw_sample(keys, size=size, seed=seed)
    sample = RandomSample.objects.create(
        monitor=monitor,
        period_from=period_from,
        period_until=period_until,
        size=len(drawn),
        seed=seed,
        drawn_by=by,
    )
    sample.messages.set([keys[key] for key in drawn])
    record(
        "steekproef.getrokken",
        monitor,
        organisation_id=monitor.dossier.organisation_id,
        by=by,
        details={
            "changes": {"omvang": [None, len(drawn)], "periode": [None, f"{period_from} – {period_until}"]}
        },
    )
    return sample


@transaction.atomic
def save_sub_label(*, organisation: Organisation, code: str, by: User | None, **values: object) -> SubLabel:
    """Add a sub-label of an organisation, or change one; the whole list must still hold together."""
    try:
        with transaction.atomic():
            label, _is_new = SubLabel.objects.update_or_create(
                organisation=organisation, code=code, defaults=values
            )
            scheme_of(organisation)
    except IntegrityError as error:
        raise Refused(_("Er is al een label met de code “%s”.") % code) from error
    except ValueError as fault:
        raise Refused(str(fault)) from fault
    record(
        "sublabel.bewaard",
        label,
        organisation_id=organisation.pk,
        by=by,
        details={"changes": {name: [None, value] for name, value in values.items()}},
    )
    return label
