"""Meetings as their pages show them: the agenda with where its items come from, and who is invited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.engine.agenda import Carried
from regietafel.deliberation.engine.dues import Term, last_day
from regietafel.deliberation.engine.inviting import Addressee, may_mail
from regietafel.deliberation.engine.wording import term_told
from regietafel.deliberation.models import (
    AgendaItem,
    Attendance,
    Entry,
    Guest,
    Inquiry,
    Invitation,
    Meeting,
    Paper,
    Seat,
)
from regietafel.deliberation.selectors.access import (
    reader_of,
    seats_in_force,
    subject_of,
    visible_entries,
    visible_inquiries,
    visible_items,
    visible_meetings,
)
from regietafel.deliberation.selectors.minutes import attendances_of
from regietafel.register.public import Dossier, User, visible_dossiers

LONGEST_TITLE = 200
COMING = (Meeting.State.PLANNED, Meeting.State.INVITED, Meeting.State.RUNNING)


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """An item with what a person may know of where it comes from.

    Attributes:
        came_from: the earlier meeting in which a bottleneck or action was noted.
        entry: that line of the minutes, when this person may read it.
        days_old: how old that is today, or on the day of a meeting that is over.
        term, last_day: until when, in words, and the last day in time.
        is_settled: whether it was closed since it came on the agenda.
        answered: answers and organisations asked, of an inquiry.
    """

    item: AgendaItem
    papers: tuple[Paper, ...] = ()
    dossier: Dossier | None = None
    entry: Entry | None = None
    inquiry: Inquiry | None = None
    came_from: Meeting | None = None
    days_old: int | None = None
    term: str = ""
    last_day: date | None = None
    is_settled: bool = False
    answered: tuple[int, int] | None = None
    answer_by: date | None = None
    confirms: Meeting | None = None


def agenda_of(user: Any, meeting: Meeting) -> tuple[AgendaLine, ...]:
    """Return the agenda as far as this person may read it; other items are not there at all."""
    papers = Prefetch("papers", Paper.objects.filter(removed_at__isnull=True))
    items = list(
        visible_items(user)
        .filter(meeting=meeting)
        .select_related("dossier", "inquiry", "confirms__body", "carried")
        .prefetch_related(papers)
        .order_by("order", "pk")
    )
    known = _Known.read(user, items)
    on = min(_day(meeting.starts_at), timezone.localdate())
    return tuple(known.line(one, on=on) for one in items)


@dataclass(frozen=True)
class _Known:
    """What a person may know of things that items of an agenda refer to."""

    dossiers: dict[int, Dossier]
    entries: dict[int, Entry]
    inquiries: dict[int, Inquiry]
    meetings: dict[int, Meeting]

    @classmethod
    def read(cls, user: Any, items: list[AgendaItem]) -> "_Known":
        def of(name: str) -> list[int]:
            return [found for one in items if (found := getattr(one, f"{name}_id")) is not None]

        return cls(
            visible_dossiers(user).in_bulk(of("dossier")),
            visible_entries(user).in_bulk(of("carried")),
            visible_inquiries(user).in_bulk(of("inquiry")),
            visible_meetings(user).in_bulk(of("confirms")),
        )

    def line(self, item: AgendaItem, *, on: date) -> AgendaLine:
        entry = self.entries.get(item.carried_id or 0)
        inquiry = self.inquiries.get(item.inquiry_id or 0)
        origin = entry.item.meeting if entry else None
        return AgendaLine(
            item=item,
            papers=tuple(item.papers.all()),
            dossier=self.dossiers.get(item.dossier_id or 0),
            entry=entry,
            inquiry=inquiry,
            came_from=origin,
            days_old=(on - _day(origin.starts_at)).days if origin else None,
            term=_term(entry),
            last_day=_last_day(entry),
            is_settled=bool(entry and entry.state != Entry.State.OPEN),
            answered=answers_of(inquiry) if inquiry else None,
            answer_by=inquiry.answer_by if inquiry else None,
            confirms=self.meetings.get(item.confirms_id or 0),
        )


def _term(entry: Entry | None) -> str:
    if entry is None or entry.due_on is None:
        return ""
    return term_told(entry.due_on, is_inclusive=entry.due_is_inclusive)


def _last_day(entry: Entry | None) -> date | None:
    if entry is None or entry.due_on is None:
        return None
    return last_day(Term(due_on=entry.due_on, is_inclusive=entry.due_is_inclusive))


def answers_of(inquiry: Inquiry) -> tuple[int, int]:
    """Return how many organisations with a seat answered, and how many have one."""
    seats = inquiry.body.seats.filter(seats_in_force(), organisation_id__isnull=False)
    seated = set(seats.values_list("organisation_id", flat=True))
    answered = set(inquiry.answers.values_list("organisation_id", flat=True))
    return len(seated & answered), len(seated)


def open_things(meeting: Meeting) -> Iterator[Carried]:
    """Give what earlier meetings of the body left open: bottlenecks, actions, inquiries, draft minutes."""
    for entry in _open_entries(meeting):
        since = _day(entry.item.meeting.starts_at)
        yield Carried(key=entry.pk, kind=entry.kind, text=_title(entry.text), since=since,
                      due_on=entry.due_on, confidentiality=entry.item.confidentiality)  # fmt: skip
    for inquiry in Inquiry.objects.filter(body=meeting.body, closed_at__isnull=True):
        yield Carried(key=inquiry.pk, kind="U", text=_title(inquiry.question), since=_day(inquiry.asked_at))
    drafts = Meeting.objects.filter(body=meeting.body, state=Meeting.State.DRAFT)
    for draft in drafts.filter(starts_at__lt=meeting.starts_at).order_by("starts_at"):
        title = _("Verslag van %(meeting)s vaststellen") % {"meeting": draft}
        yield Carried(key=draft.pk, kind="V", text=_title(title), since=_day(draft.starts_at))


def on_agenda(items: list[AgendaItem]) -> set[tuple[str, int | None]]:
    """Return the kind and key of the open things that are on an agenda already."""
    kinds = {"knelpunt": "K", "actie": "A", "uitvraag": "U", "verslag": "V"}
    return {(kinds.get(one.kind, ""), one.carried_id or one.inquiry_id or one.confirms_id) for one in items}


def missing_on(user: Any, meeting: Meeting) -> int:
    """Count the open things that this person may read and that are not on the agenda yet."""
    if meeting.state not in COMING:
        return 0
    there = on_agenda(list(meeting.items.all()))
    waiting = [one for one in open_things(meeting) if (one.kind, one.key) not in there]
    entries = {one.key for one in waiting if one.kind in {"K", "A"}}
    seen = set(visible_entries(user).filter(pk__in=entries).values_list("pk", flat=True))
    return sum(1 for one in waiting if one.kind in {"U", "V"} or one.key in seen)


def _open_entries(meeting: Meeting) -> QuerySet[Entry]:
    found = Entry.objects.filter(
        item__meeting__body=meeting.body,
        item__meeting__starts_at__lt=meeting.starts_at,
        item__meeting__closed_at__isnull=False,
        kind__in=(Entry.Kind.BOTTLENECK, Entry.Kind.ACTION),
        state=Entry.State.OPEN,
    )
    return found.select_related("item__meeting").order_by("item__meeting__starts_at", "pk")


def _day(moment: Any) -> date:
    return timezone.localtime(moment).date()


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


@dataclass(frozen=True)
class Recipient:
    """An address that gets the invitation, in whose name, and as what."""

    address: str
    name: str
    addressee: Addressee


def recipients_of(meeting: Meeting) -> list[Recipient]:
    """Return who is written to: seats of today, then guests; an address that is there twice only once."""
    found: dict[str, Recipient] = {}
    for one in _invited(meeting):
        recipient = _recipient(one)
        if recipient is not None:
            found.setdefault(recipient.address.casefold(), recipient)
    return list(found.values())


def without_address(meeting: Meeting) -> list[str]:
    """Name the seats and guests that cannot be written to."""
    return [str(one) for one in _invited(meeting) if _recipient(one) is None]


def _invited(meeting: Meeting) -> list[Seat | Guest]:
    seats = Seat.objects.filter(seats_in_force(), body=meeting.body_id)
    return [*seats.select_related("organisation", "person"), *guests_of(meeting)]


def _recipient(one: Seat | Guest) -> Recipient | None:
    is_guest = isinstance(one, Guest)
    if one.email:
        return Recipient(one.email, str(one), Addressee(is_guest=is_guest))
    if isinstance(one.person, User) and one.person.email and one.person.is_active:
        reader = reader_of(one.person)
        return Recipient(one.person.email, str(one), Addressee(is_guest=is_guest, reader=reader))
    return None


def shares_of(user: Any, meeting: Meeting) -> list[tuple[str, str, int]]:
    """Return to whom an invitation goes, at which address, and with how many items that `user` knows of."""
    items = [subject_of(one) for one in visible_items(user).filter(meeting=meeting)]
    return [
        (one.name, one.address, sum(may_mail(item, to=one.addressee) for item in items))
        for one in recipients_of(meeting)
    ]


def last_invitation(meeting: Meeting) -> Invitation | None:
    """Return the invitation that was sent last."""
    return meeting.invitations.select_related("sent_by").first()


def attendance_rows(meeting: Meeting) -> list[Attendance]:
    """Return who is expected or was there, in the order of the table."""
    return list(attendances_of(meeting))


def guests_of(meeting: Meeting) -> QuerySet[Guest]:
    """Return who is invited from outside."""
    return meeting.guests.select_related("organisation", "person")


def visible_papers(user: Any) -> QuerySet[Paper]:
    """Return the papers of items a person may read."""
    items = visible_items(user).values("pk")
    return Paper.objects.filter(item__in=items, removed_at__isnull=True).select_related("item__meeting__body")
