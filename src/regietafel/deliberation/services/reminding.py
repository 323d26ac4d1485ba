"""Reminders by mail: of actions that are nearly or already late, and of questions without an answer.

The daily job notes the step and asks for one letter per address; each letter is tried again on its own, so
that nobody gets one twice because another address failed. What is confidential never stands in a letter.
"""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.deliberation.engine.dues import ANSWER_DAYS, SOON_DAYS, Step, action_reminder, answer_reminder
from regietafel.deliberation.engine.wording import term_told
from regietafel.deliberation.models import Body, Entry, Inquiry, Seat
from regietafel.deliberation.selectors.access import seats_in_force, visible_entries
from regietafel.deliberation.selectors.entries import last_day_of, term_of
from regietafel.deliberation.selectors.inquiries import states_of
from regietafel.deliberation.services.writing import log, require_secretariat
from regietafel.kernel import dutch
from regietafel.kit.jobs import OUTBOX_ATTEMPTS, Daily, enqueue, job
from regietafel.kit.mail import post
from regietafel.kit.refusal import Refused
from regietafel.register.public import Confidentiality, User

ACTION_LETTER, INQUIRY_LETTER = "overleg.actie-herinneren", "overleg.uitvraag-herinneren"


@job("overleg.herinneren", label=gettext_lazy("Herinneren aan acties en uitvragen"), plan=Daily(time(7, 30)))
def remind_all() -> None:
    """Remind of what is due today."""
    today = timezone.localdate()
    for entry in _open_actions(today):
        _remind_owner(entry.pk, today)
    for inquiry in Inquiry.objects.filter(
        closed_at__isnull=True,
        reminded_on__isnull=True,
        answer_by__range=(today, today + timedelta(ANSWER_DAYS)),
    ):
        if answer_reminder(inquiry.answer_by, today=today, reminded_on=inquiry.reminded_on):
            _ask_again(inquiry.pk, today)


def _open_actions(today: date) -> Iterable[Entry]:
    return Entry.objects.filter(
        kind=Entry.Kind.ACTION,
        state=Entry.State.OPEN,
        item__meeting__closed_at__isnull=False,
        due_on__lte=today + timedelta(SOON_DAYS + 1),
    ).order_by("pk")


@transaction.atomic
def _remind_owner(pk: int, today: date) -> None:
    entry = Entry.objects.select_for_update(of=("self",)).select_related("item__meeting__body").get(pk=pk)
    term = term_of(entry)
    if term is None or entry.state != Entry.State.OPEN:
        return
    step = action_reminder(term, today=today, reminded_on=entry.reminded_on)
    if step is None:
        return
    entry.reminded_on = today
    entry.save(update_fields=("reminded_on",))
    for address in sorted(owner_addresses(entry)):
        told = {"regel": entry.pk, "stap": step.value, "aan": address}
        enqueue(ACTION_LETTER, told, key=f"{entry.pk}-{step.value}-{address}"[:120])


def owner_addresses(entry: Entry) -> set[str]:
    """Return where who owes an action is reached: the person, or the seats of the organisation or function.

    A person gets a letter only while he or she may read the line.
    """
    person = entry.owner_person
    if person is not None and visible_entries(person).filter(pk=entry.pk).exists():
        return {person.email}
    rule = Q(pk__in=[])
    if entry.owner_organisation_id is not None:
        rule |= Q(organisation_id=entry.owner_organisation_id)
    elif entry.owner_function.strip():
        rule |= Q(function__iexact=entry.owner_function.strip())
    return set(_addresses(entry.item.meeting.body, rule))


def _addresses(body: Body, rule: Q) -> Iterator[str]:
    """Give the address of the function, or of the person in the seat when the function has none."""
    for seat in Seat.objects.filter(seats_in_force(), rule, body=body).select_related("person"):
        if seat.email:
            yield seat.email
        elif seat.person is not None and seat.person.is_active:
            yield seat.person.email


@job(ACTION_LETTER, label=gettext_lazy("Herinnering aan een actie"), max_attempts=OUTBOX_ATTEMPTS)
def send_action_letter(*, regel: int, stap: str, aan: str) -> None:
    """Send one reminder of an action, unless it was done meanwhile."""
    entry = Entry.objects.select_related("item__meeting__body").filter(pk=regel).first()
    if entry is None or entry.state != Entry.State.OPEN:
        return
    last = last_day_of(entry)
    lateness = dutch.lateness(last, today_on=timezone.localdate())
    subject = _("Actie te laat") if stap == Step.LATE else _("Actie loopt af")
    lines = [_("Een actie uit een overleg is %s.") % lateness if stap == Step.LATE
             else _("Een actie uit een overleg loopt af: %s.") % lateness, ""]  # fmt: skip
    if is_open_for_mail(entry.item.meeting.body, entry.item.confidentiality):
        subject = f"{subject}: {entry.item.meeting}"
        term = term_told(entry.due_on, is_inclusive=entry.due_is_inclusive, written=entry.due_written)
        lines += [entry.text, _("Termijn: %s") % term, ""]
    lines.append(_("Terugmelden kan hier: %s") % link_to(reverse("entry-report", args=[entry.pk])))
    _send(subject, lines, to=aan)


def is_open_for_mail(body: Body, secret: int = Confidentiality.INTERNAL) -> bool:
    """Say whether words of this item may stand in a letter: never when it or its body is confidential."""
    return max(body.confidentiality, secret) < Confidentiality.CONFIDENTIAL


def link_to(path: str) -> str:
    """Return the address of a page as it can be followed from a letter; the path when no address is set."""
    origins = settings.CSRF_TRUSTED_ORIGINS
    return f"{origins[0]}{path}" if origins else path


def _send(subject: str, lines: Iterable[str], *, to: str) -> None:
    post(EmailMessage(subject=" ".join(subject.split())[:150], body="\n".join(lines), to=[to]))


@transaction.atomic
def _ask_again(pk: int, today: date) -> int:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
    if inquiry.closed_at is not None or inquiry.reminded_on == today:
        return 0
    inquiry.reminded_on = today
    inquiry.save(update_fields=("reminded_on",))
    missing = [organisation.pk for organisation in states_of([inquiry])[0].missing]
    addresses = sorted(set(_addresses(inquiry.body, Q(organisation_id__in=missing))))
    for address in addresses:
        key = f"{inquiry.pk}-{today}-{address}"[:120]
        enqueue(INQUIRY_LETTER, {"uitvraag": inquiry.pk, "aan": address}, key=key)
    return len(addresses)


@transaction.atomic
def remind_members(*, inquiry: Inquiry, by: User | None) -> int:
    """Remind who did not answer yet, at most once a day; return to how many addresses."""
    require_secretariat(inquiry.body, by)
    locked = Inquiry.objects.select_for_update(of=("self",)).select_related("body").get(pk=inquiry.pk)
    if locked.closed_at is not None:
        raise Refused(_("Deze uitvraag is gesloten."))
    if locked.reminded_on == timezone.localdate():
        raise Refused(_("Vandaag is al een herinnering gestuurd."))
    count = _ask_again(locked.pk, timezone.localdate())
    if not count:
        raise Refused(
            _("Er is niemand om te herinneren: iedereen antwoordde, of er staat geen adres bij een zetel.")
        )
    log("uitvraag.herinnerd", locked, body=locked.body, by=by, changes={"adressen": [None, count]})
    return count


@job(INQUIRY_LETTER, label=gettext_lazy("Herinnering aan een uitvraag"), max_attempts=OUTBOX_ATTEMPTS)
def send_inquiry_letter(uitvraag: int, aan: str) -> None:
    """Send one reminder of a question, unless it was closed meanwhile."""
    inquiry = Inquiry.objects.select_related("body").filter(pk=uitvraag, closed_at__isnull=True).first()
    if inquiry is None:
        return
    subject, lines = _("Uitvraag nog niet beantwoord"), []
    if is_open_for_mail(inquiry.body):
        subject = f"{subject}: {inquiry.body}"
        lines = [inquiry.question, ""]
    lines.append(_("Antwoord uiterlijk op %s.") % dutch.date(inquiry.answer_by))
    lines.append(_("Antwoorden kan hier: %s") % link_to(reverse("inquiry", args=[inquiry.pk])))
    _send(subject, lines, to=aan)
