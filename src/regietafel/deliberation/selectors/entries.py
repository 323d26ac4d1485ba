"""Decisions, bottlenecks and actions across meetings, as far as a person may read them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from regietafel.deliberation.engine import access, dues
from regietafel.deliberation.engine.folding import folded
from regietafel.deliberation.models import Body, Entry, Escalation, Meeting, Portfolio
from regietafel.deliberation.selectors.access import (
    keeps,
    kept_bodies,
    reader_of,
    visible_bodies,
    visible_entries,
)
from regietafel.kit.audit import history
from regietafel.kit.models import AuditEvent
from regietafel.register.public import Dossier, Organisation, visible_dossiers

NO_TERM = date(9999, 12, 31)
BY_TERM = Coalesce("due_on", Value(NO_TERM))
MOST_CHOICES = 200
MOST_WORDS = 10


def listed_entries(user: Any) -> QuerySet[Entry]:
    """Return the lines a person may read, ready to be sorted by term; without a term comes last."""
    return visible_entries(user).annotate(term_order=BY_TERM)


def listed_actions(user: Any) -> QuerySet[Entry]:
    """Return the actions a person may read, of meetings that are over."""
    rows = listed_entries(user).filter(kind=Entry.Kind.ACTION)
    return rows.filter(item__meeting__closed_at__isnull=False)


def own_organisation_ids(user: Any) -> set[int]:
    """Return the organisations in which a person works; a guest brings none."""
    return {grant.organisation_id for grant in reader_of(user).grants}


def of_person(user: Any) -> Q:
    """Return the filter that keeps what a person owes in person."""
    pk = reader_of(user).person_id
    return Q(owner_person_id=pk) if pk is not None else Q(pk__in=[])


def of_organisations(user: Any) -> Q:
    """Return the filter that keeps what the own organisations of a person owe."""
    return Q(owner_organisation_id__in=own_organisation_ids(user))


def late_on(today: date) -> Q:
    """Return the filter that keeps what is late on a day; the twin of `days_late`."""
    return Q(due_on__lt=today) | Q(due_on=today, due_is_inclusive=False)


def due_within(today: date, days: int) -> Q:
    """Return the filter that keeps what is not late and has its last day within some days."""
    last = today + timedelta(days=days)
    reach = Q(due_on__lte=last) | Q(due_on=last + timedelta(days=1), due_is_inclusive=False)
    return reach & ~late_on(today)


def with_open_condition() -> Q:
    """Return the filter that keeps decisions that wait for their condition."""
    return Q(state=Entry.State.OPEN, condition_met_at__isnull=True) & ~Q(condition_kind="")


def term_of(entry: Entry) -> dues.Term | None:
    """Return the term of a line as the rules see it."""
    if entry.due_on is None:
        return None
    return dues.Term(due_on=entry.due_on, is_inclusive=entry.due_is_inclusive)


def days_late(entry: Entry, today: date | None = None) -> int | None:
    """Return how many days an open line is late; None when it is not, or has no term."""
    term = term_of(entry)
    if term is None or entry.state != Entry.State.OPEN:
        return None
    days = dues.days_late(term, today=today or timezone.localdate())
    return days if days > 0 else None


def last_day_of(entry: Entry) -> date | None:
    """Return the last day on which a line is in time."""
    term = term_of(entry)
    return dues.last_day(term) if term else None


def having_words(rows: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    """Keep the lines in which every word occurs, whatever its accents and capitals."""
    for word in folded(words).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    return rows


def bodies_with_entries(user: Any) -> QuerySet[Body]:
    """Return the bodies of which a person may read a line; a guest reads lines of bodies he does not know."""
    return Body.objects.filter(pk__in=visible_entries(user).values("item__meeting__body_id")).order_by("name")


def themes_with_entries(user: Any) -> list[str]:
    """Return the themes under which a person may read lines, and those divided in the bodies he reads."""
    rows = visible_entries(user).exclude(item__theme="").order_by()
    used = set(rows.values_list("item__theme", flat=True).distinct())
    divided = Portfolio.objects.filter(body__in=visible_bodies(user).values("pk"))
    return sorted(used | set(divided.values_list("theme", flat=True)), key=folded)


def owners_of_entries(user: Any) -> QuerySet[Organisation]:
    """Return the organisations that owe something a person may read."""
    owned = visible_entries(user).filter(owner_organisation__isnull=False).order_by()
    return Organisation.objects.filter(pk__in=owned.values("owner_organisation_id")).order_by("name")


def years_of_entries(user: Any) -> list[int]:
    """Return the years in which there were meetings of which a person may read lines, the last first."""
    held = Meeting.objects.filter(pk__in=visible_entries(user).values("item__meeting_id"))
    return [day.year for day in held.dates("starts_at", "year", order="DESC")]


def reporter(user: Any) -> Callable[[Entry], bool]:
    """Return who may report back, as one question for many lines; the twin of `may_report`."""
    reader = reader_of(user)
    kept = set(Body.objects.filter(kept_bodies(user)).values_list("pk", flat=True))

    def may(entry: Entry) -> bool:
        if entry.kind != Entry.Kind.ACTION or entry.state != Entry.State.OPEN:
            return False
        owns = entry.owner_person_id is not None and entry.owner_person_id == reader.person_id
        return (
            owns or entry.item.meeting.body_id in kept or access.acts_for(reader, entry.owner_organisation_id)
        )

    return may


@dataclass(frozen=True)
class EntryStory:
    """What stands around a line, as far as this person may read it."""

    replaces: Entry | None = None
    replaced_by: tuple[Entry, ...] = ()
    carries_out: Entry | None = None
    carried_out_by: tuple[Entry, ...] = ()
    closed_through: Entry | None = None
    solves: tuple[Entry, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    inquiries: tuple[Any, ...] = ()
    history: tuple[AuditEvent, ...] = ()


def story_of(user: Any, entry: Entry) -> EntryStory:
    """Return the lines, questions and history around one line; what this person may not read is left out."""
    ahead = [entry.closed_through_id, entry.supersedes_id, entry.carries_out_id]
    rule = Q(pk__in=[pk for pk in ahead if pk is not None])
    rule |= Q(closed_through=entry) | Q(supersedes=entry) | Q(carries_out=entry)
    near = list(visible_entries(user).filter(rule).order_by("item__meeting__starts_at", "pk"))
    by_pk = {one.pk: one for one in near}
    body = entry.item.meeting.body
    return EntryStory(
        replaces=by_pk.get(entry.supersedes_id or 0),
        replaced_by=_pointing(near, "supersedes_id", at=entry),
        carries_out=by_pk.get(entry.carries_out_id or 0),
        carried_out_by=_pointing(near, "carries_out_id", at=entry),
        closed_through=by_pk.get(entry.closed_through_id or 0),
        solves=_pointing(near, "closed_through_id", at=entry),
        escalations=tuple(entry.escalations.select_related("to_body", "asked_by", "replied_by")),
        inquiries=tuple(entry.inquiries.all()) if visible_bodies(user).filter(pk=body.pk).exists() else (),
        history=tuple(history(entry)),
    )


def _pointing(near: Iterable[Entry], name: str, *, at: Entry) -> tuple[Entry, ...]:
    return tuple(one for one in near if getattr(one, name) == at.pk)


def solving_choices(user: Any, entry: Entry) -> QuerySet[Entry]:
    """Return the decisions and actions through which a bottleneck may be closed, its own body first."""
    solving = visible_entries(user).filter(
        kept_bodies(user, "item__meeting__body__"),
        kind__in=(Entry.Kind.DECISION, Entry.Kind.ACTION),
    )
    standing = solving.exclude(state=Entry.State.WITHDRAWN)
    same = Q(item__meeting__body_id=entry.item.meeting.body_id)
    kept = standing.annotate(is_same=Coalesce(same, Value(False)))
    return kept.order_by("-is_same", "-item__meeting__starts_at", "item__order", "order", "pk")


def visible_escalations(user: Any) -> QuerySet[Escalation]:
    """Return what was put before another body: for who reads the line, and for the secretariat asked.

    That secretariat sees it only when it reads as far as the line is secret.
    """
    rule = Q(entry__in=visible_entries(user).values("pk"))
    for grant in reader_of(user).grants:
        if grant.may_write:
            rule |= Q(
                to_body__organisation_id=grant.organisation_id,
                to_body__confidentiality__lte=grant.reads_up_to,
                entry__item__confidentiality__lte=grant.reads_up_to,
                entry__item__meeting__body__confidentiality__lte=grant.reads_up_to,
            )
    return Escalation.objects.filter(rule).select_related(
        "to_body", "entry__item__meeting__body", "asked_by", "replied_by"
    )


def may_reply(user: Any, escalation: Escalation) -> bool:
    """Say whether a person may note the reply: of the secretariat of either body."""
    if keeps(user, escalation.entry.item.meeting.body):
        return True
    return escalation.to_body is not None and keeps(user, escalation.to_body)


def entries_of_dossier(user: Any, dossier: Dossier) -> QuerySet[Entry]:
    """Return the lines under items of a dossier, for who may read both."""
    mine = visible_dossiers(user).filter(pk=dossier.pk)
    return visible_entries(user).filter(item__dossier__in=mine.values("pk"))
