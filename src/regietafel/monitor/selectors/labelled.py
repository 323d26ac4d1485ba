"""What the labels of a monitor tell: shares with an interval or counts, agreement, what was learned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from regietafel.monitor.engine.labels import (
    MAIN_CODES,
    SAMPLE,
    TRAINING,
    Agreement,
    Dispute,
    Group,
    HandLabel,
    Label,
    LabelCount,
    LabelShare,
    NotShown,
    Scheme,
    agreement,
    disputes,
    merge,
    share_of_label,
)
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.picture.people import fewest_people
from regietafel.monitor.models import Labelling, LabelModel, LabelProposal, Message, Monitor, RandomSample
from regietafel.monitor.selectors.labelling import latest_model, open_sample, scheme_of
from regietafel.register.public import Organisation, User, current_roles

AT_ONCE = 5_000


def hand_labels(monitor: Monitor, labellings: QuerySet[Labelling]) -> tuple[HandLabel, ...]:
    """Return what people said, each known by the code of a role and never by name."""
    roles: dict[int, str] = {}
    rows = labellings.select_related("by", "message").order_by("message_id", "at")
    found = []
    for row in rows:
        role = roles.setdefault(row.by_id, role_code(monitor.dossier.organisation, row.by))
        found.append(
            HandLabel(
                message=row.message.key,
                labels=frozenset(row.codes),
                by=role,
                on=timezone.localdate(row.at),
                purpose=row.kind,
                is_skipped=row.is_skipped,
            )
        )
    return tuple(found)


def labellings_of(monitor: Monitor, *, purpose: str = "", owner: User | None = None) -> QuerySet[Labelling]:
    """Return what was said of the messages of a monitor; only for one purpose, or by one colleague."""
    rows = Labelling.objects.filter(monitor=monitor)
    rows = rows.filter(kind=purpose) if purpose else rows
    return rows.filter(by=owner) if owner else rows


def role_code(organisation: Organisation, user: User) -> str:
    """Return the code of a role that a person holds in an organisation; empty when there is none."""
    held = [one for one in current_roles(user) if one.organisation_id == organisation.pk]
    return held[0].role.code if held else ""


def role_codes_of(organisation: Organisation, user: User) -> frozenset[str]:
    """Return the codes of all roles that a person holds in an organisation."""
    roles = current_roles(user)
    return frozenset(one.role.code for one in roles if one.organisation_id == organisation.pk)


@dataclass(frozen=True)
class Labelled:
    """What may be told of the labels of a monitor: shares or counts, agreement, and what the machine can."""

    period_from: date | None
    period_until: date | None
    told: tuple[tuple[Label, LabelShare | LabelCount | NotShown], ...]
    agreement: tuple[Agreement, ...]
    disagreed: int
    disputes: tuple[Dispute, ...]
    model: LabelModel | None


def labels_of(monitor: Monitor) -> Labelled:
    """Return shares with their intervals from the last sample, or counts of labels given by hand."""
    scheme = scheme_of(monitor.dossier.organisation)
    sample = open_sample(monitor)
    first, last = (sample.period_from, sample.period_until) if sample else (None, None)
    rows = Labelling.objects.filter(monitor=monitor)
    if sample:
        rows = rows.filter(Q(kind=SAMPLE, message__samples=sample) | Q(kind=TRAINING))
        rows = rows.filter(message__day__range=(first, last))
    said = hand_labels(monitor, rows)
    return Labelled(
        first,
        last,
        tuple(
            (label, told)
            for label, told in zip(
                scheme.labels, _told(monitor, said, scheme=scheme, sample=sample), strict=True
            )
        ),
        agreement(said, labels=MAIN_CODES),
        sum(bool(verdict.disagreed) for verdict in merge(said)),
        disputes(said, labels=MAIN_CODES),
        latest_model(monitor.dossier.organisation),
    )


def _told(
    monitor: Monitor, said: tuple[HandLabel, ...], *, scheme: Scheme, sample: RandomSample | None
) -> list[LabelShare | LabelCount | NotShown]:
    verdicts = merge(said)
    matched = _in_period(monitor, sample)
    told = [verdict.message for verdict in verdicts]
    group = Group(size=matched.count(), people=_people(matched), senders=_senders(matched, told))
    chances = chances_of(monitor, matched) if sample else {}
    return [
        share_of_label(
            label.code,
            verdicts=verdicts,
            group=group,
            predicted=chances.get(label.code),
        )
        for label in scheme.labels
    ]


def _in_period(monitor: Monitor, sample: RandomSample | None) -> QuerySet[Message]:
    rows = Message.objects.filter(matches__monitor=monitor)
    return rows.filter(day__range=(sample.period_from, sample.period_until)) if sample else rows


def _people(matched: QuerySet[Message]) -> int | None:
    """Return how many different people wrote at least; None when all of it is of media."""
    people = matched.exclude(kind__in=sorted(MEDIA_KINDS))
    if not people.exists():
        return None
    return fewest_people(people.order_by().values_list("day", "author_day_hash"))


def _senders(matched: QuerySet[Message], keys: Sequence[str]) -> Mapping[str, tuple[date, str]]:
    """Return day and author hash of the labelled messages of people, to count how many different people."""
    people = matched.exclude(kind__in=sorted(MEDIA_KINDS)).filter(key__in=keys)
    return {key: (day, author) for key, day, author in people.values_list("key", "day", "author_day_hash")}


def chances_of(monitor: Monitor, matched: QuerySet[Message]) -> Mapping[str, Mapping[str, float]]:
    """Return per label the chance that the machine gave each message of a group; nothing unless all have one.

    A model that was taught by messages of the sample would flatter itself; training leaves those out.
    """
    row = latest_model(monitor.dossier.organisation)
    if row is None:
        return {}
    proposed = LabelProposal.objects.filter(model=row, message__in=matched.values("pk"))
    found: dict[str, dict[str, float]] = {}
    count = 0
    for key, chances in proposed.values_list("message__key", "chances").iterator(AT_ONCE):
        count += 1
        for code, chance in chances.items():
            found.setdefault(code, {})[key] = chance
    return found if count == matched.count() else {}
