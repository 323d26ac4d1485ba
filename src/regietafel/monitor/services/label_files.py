"""Labels of a monitor out to a file, and from a file in: all of it or nothing, and never twice."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.jobs import enqueue
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.label_files import write_label_file
from regietafel.monitor.engine.labels import SAMPLE, TRAINING, HandLabel
from regietafel.monitor.models import Labelling, Message, Monitor, RandomSample
from regietafel.monitor.selectors.labelled import hand_labels, labellings_of, role_codes_of
from regietafel.monitor.selectors.monitors import may_steer
from regietafel.monitor.services.labelling import LEARN
from regietafel.register.public import User

AT_ONCE = 1_000
NEW, CHANGED, SAME, NEWER = "nieuw", "gewijzigd", "ongewijzigd", "nieuwer_bewaard"
OUTCOMES = (NEW, CHANGED, SAME, NEWER)


@dataclass(frozen=True)
class LabelFault:
    """A label that cannot be taken in: its place in what was given, the column and the remedy."""

    place: int
    column: str
    message: str


@transaction.atomic
def export_labels(
    *, monitor: Monitor, layout: str, by: User | None, purpose: str = "", owner: User | None = None
) -> bytes:
    """Return the labels of a monitor as a file, and note that they went out, for which purpose.

    Args:
        monitor: whose labels.
        layout: csv, xlsx or jsonl.
        by: who takes them out; None for the command line.
        purpose: training or steekproef; empty for both.
        owner: only what this colleague said.
    """
    labels = hand_labels(monitor, labellings_of(monitor, purpose=purpose, owner=owner))
    record(
        "labels.geexporteerd",
        monitor,
        organisation_id=monitor.dossier.organisation_id,
        by=by,
        details={
            "changes": {"labels": [None, len(labels)]},
            "reason": _("doel: %s") % monitor.get_purpose_display(),
        },
    )
    return write_label_file(labels, kind=layout)


@transaction.atomic
def import_labels(
    *, monitor: Monitor, labels: Sequence[HandLabel], owner: User, by: User | None
) -> dict[str, int]:
    """Take in what one colleague said, as if said on the page; what was said later on the page stays.

    Args:
        monitor: whose messages they are about.
        labels: one per message and purpose, all of the owner.
        owner: the colleague whose labels they become.
        by: who takes them in; None for the command line.

    Returns:
        How many labels were new, changed, the same, or older than what stood there.

    Raises:
        Refused: the owner may not label here, or a label cannot be taken in; see `faults_in_labels`.
    """
    monitor = Monitor.objects.select_for_update(of=("self",), no_key=True).get(pk=monitor.pk)
    if not may_steer(owner, monitor.dossier):
        raise Refused(
            _("%s heeft geen rol waarmee men in deze organisatie labelt. Noem een collega die dat wel mag.")
            % owner.email
        )
    intake = _Intake(monitor, labels, owner=owner)
    if next(intake.faults(), None):
        raise Refused(_("Er is niets ingelezen: niet elke rij klopt."))
    told = intake.keep()
    _record(monitor, told, owner=owner, by=by)
    if intake.taught:
        organisation_id = monitor.dossier.organisation_id
        enqueue(LEARN, {"organisation": organisation_id}, key=f"leren-{organisation_id}")
    return told


def faults_in_labels(*, monitor: Monitor, labels: Sequence[HandLabel], owner: User) -> tuple[LabelFault, ...]:
    """Return every label that cannot be taken in as what this colleague said."""
    return tuple(_Intake(monitor, labels, owner=owner).faults())


class _Intake:
    """One file of labels, beside what is there."""

    def __init__(self, monitor: Monitor, labels: Sequence[HandLabel], *, owner: User) -> None:
        self._monitor, self._labels, self._owner = monitor, labels, owner
        self._numbers = _numbers_of(monitor, labels)
        drawn = RandomSample.messages.through.objects.filter(randomsample__monitor=monitor)
        self._drawn = set(drawn.values_list("message_id", flat=True))
        said = Labelling.objects.filter(monitor=monitor, by=owner)
        self._said = {(one.message_id, one.kind): one for one in said}
        self.taught = False

    def faults(self) -> Iterator[LabelFault]:
        """Give everything that stands in the way, in the order of the file."""
        roles = role_codes_of(self._monitor.dossier.organisation, self._owner)
        today, seen = timezone.localdate(), set[tuple[str, str]]()
        for place, label in enumerate(self._labels):
            for column, message in self._faults_of(label, roles=roles, today=today):
                yield LabelFault(place, column, message)
            if (label.message, label.purpose) in seen:
                yield LabelFault(
                    place, "id", _("Dit bericht stond al eerder in het bestand. Laat één rij staan.")
                )
            seen.add((label.message, label.purpose))

    def _faults_of(
        self, label: HandLabel, *, roles: frozenset[str], today: date
    ) -> Iterator[tuple[str, str]]:
        number = self._numbers.get(label.message)
        if number is None:
            yield (
                "id",
                _("Dit bericht hoort niet bij deze monitor. Haal de rij weg of kies de goede monitor."),
            )
        if label.by not in roles:
            held = ", ".join(sorted(roles))
            told = _(
                "De rol “%(given)s” is niet die van --door (%(held)s). "
                "Lees labels van een collega apart in, op zijn of haar account."
            )
            yield "door", told % {"given": label.by, "held": held}
        if label.on > today:
            yield "op", _("Deze dag moet nog komen. Schrijf de dag waarop het label is gegeven.")
        if number is not None and (number, label.purpose) not in self._said:
            yield from self._wrong_purpose(label, is_drawn=number in self._drawn)

    @staticmethod
    def _wrong_purpose(label: HandLabel, *, is_drawn: bool) -> Iterator[tuple[str, str]]:
        if label.purpose == SAMPLE and not is_drawn:
            yield "soort", _("Dit bericht is niet door het lot getrokken. Schrijf training.")
        if label.purpose == TRAINING and is_drawn:
            yield "soort", _("Dit bericht hoort bij een steekproef. Schrijf steekproef.")

    def keep(self) -> dict[str, int]:
        """Write every label, and count what became of each."""
        told = Counter(self._keep(label) for label in self._labels)
        return {outcome: told[outcome] for outcome in OUTCOMES}

    def _keep(self, label: HandLabel) -> str:
        number = self._numbers[label.message]
        row = self._said.get((number, label.purpose))
        outcome = _outcome(row, label)
        if outcome in (SAME, NEWER):
            return outcome
        row = row or Labelling(monitor=self._monitor, message_id=number, by=self._owner, kind=label.purpose)
        row.codes, row.is_skipped, row.at = sorted(label.labels), label.is_skipped, _moment(label.on)
        row.save()
        self.taught |= label.purpose == TRAINING and not label.is_skipped
        return outcome


def _outcome(row: Labelling | None, label: HandLabel) -> str:
    if row is None:
        return NEW
    if frozenset(row.codes) == label.labels and row.is_skipped == label.is_skipped:
        return SAME
    return NEWER if timezone.localdate(row.at) > label.on else CHANGED


def _numbers_of(monitor: Monitor, labels: Sequence[HandLabel]) -> Mapping[str, int]:
    """Return the number of each message of the monitor that is named."""
    found: dict[str, int] = {}
    keys = sorted({label.message for label in labels})
    for start in range(0, len(keys), AT_ONCE):
        rows = Message.objects.filter(matches__monitor=monitor, key__in=keys[start : start + AT_ONCE])
        found.update(rows.values_list("key", "pk"))
    return found


def _moment(day: date) -> datetime:
    """Return noon of a day, or now when that is still to come."""
    return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


def _record(monitor: Monitor, told: Mapping[str, int], *, owner: User, by: User | None) -> None:
    changes = {outcome: [None, count] for outcome, count in told.items() if count}
    record(
        "labels.ingelezen",
        monitor,
        organisation_id=monitor.dossier.organisation_id,
        by=by,
        details={"changes": changes, "reason": _("op het account van %s") % owner.name},
    )
