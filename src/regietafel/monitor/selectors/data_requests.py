"""Requests of data subjects, for whom they wait, and the texts that are about one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.navigation import Notice
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.query.snippets import Piece, pieces, snippet
from regietafel.monitor.engine.query.words import normalise
from regietafel.monitor.engine.seeking import Sought
from regietafel.monitor.models import DataRequest, Message, MessageVersion
from regietafel.monitor.selectors.looks import independently_supervised
from regietafel.register.public import Organisation, User, person_by_email

State = DataRequest.State
OPEN = (State.OPEN, State.SEARCHED)
SOON = timedelta(days=7)
AT_ONCE = 2_000
SOUGHT_IN = ("title", "text", "outlet", "url")


@dataclass(frozen=True)
class Hit:
    """A text in which the words stand, in pieces that are marked or not; `version` is 0 for the latest.

    Of people neither medium nor address is shown.
    """

    number: int
    version: int
    day: date
    kind: str
    outlet: str
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


@dataclass(frozen=True)
class AccountData:
    """What is kept of a colleague who has an account here."""

    name: str
    email: str
    created_at: datetime
    last_visit_at: datetime | None
    roles: tuple[str, ...]


def visible_data_requests(user: Any) -> QuerySet[DataRequest]:
    """Return the requests to organisations where a person supervises independently; nobody else sees them."""
    return DataRequest.objects.filter(organisation__in=independently_supervised(user)).select_related(
        "organisation", "handled_by"
    )


def is_open(request: DataRequest) -> bool:
    """Say whether a request still waits for its answer."""
    return request.state in OPEN


def is_late(request: DataRequest) -> bool:
    """Say whether the answer should have been given."""
    return is_open(request) and request.answer_before < timezone.localdate()


def badge_of(request: DataRequest) -> str:
    """Return the colour that goes with the state of a request."""
    if is_late(request):
        return "fout"
    if not is_open(request):
        return "ok" if request.state == State.ANSWERED else "neutraal"
    return "let-op" if request.answer_before <= timezone.localdate() + SOON else "info"


def state_words(request: DataRequest) -> str:
    """Return the state in words, and that it is late."""
    late = f", {_('te laat')}" if is_late(request) else ""
    return f"{request.get_state_display()}{late}"


def searches_of(request: DataRequest) -> list[tuple[int, int]]:
    """Return of every search in how many texts was looked and in how many the words stood."""
    return [(each["teksten"], each["gevonden"]) for each in request.findings.get("zoekacties", [])]


def waiting_data_requests(user: Any) -> list[Notice]:
    """Return the open requests for Vandaag of who handles them."""
    waiting = visible_data_requests(user).filter(state__in=OPEN)
    return [
        Notice(
            at=timezone.make_aware(datetime.combine(request.answer_before, time(23, 59))),
            kind=_("Verzoek van een betrokkene"),
            title=_("Verzoek om %(kind)s beantwoorden: %(number)s")
            % {"kind": request.get_kind_display(), "number": request.case_number},
            url=reverse("data-request", args=[request.pk]),
            detail=request.organisation.name,
            badge=("fout", _("te laat")) if is_late(request) else (badge_of(request), _("open")),
            is_whole_day=True,
        )
        for request in waiting
    ]


def kept_messages(organisation: Organisation) -> QuerySet[Message]:
    """Return every message of an organisation whose text is still there."""
    return Message.objects.filter(organisation=organisation, erased_at__isnull=True)


def earlier_texts(organisation: Organisation) -> QuerySet[MessageVersion]:
    """Return the earlier versions of those messages."""
    return MessageVersion.objects.filter(
        message__organisation=organisation, message__erased_at__isnull=True
    ).select_related("message")


def hits_in(organisation: Organisation, sought: Sought) -> Iterator[Hit]:
    """Walk through all that is kept and give the texts in which the words stand."""
    messages = kept_messages(organisation).order_by("-published_at", "-pk")
    for message in messages.iterator(chunk_size=AT_ONCE):
        if any(sought.stretches(getattr(message, name)) for name in SOUGHT_IN):
            yield _hit(message, sought, title=message.title, text=message.text)
    for earlier in earlier_texts(organisation).iterator(chunk_size=AT_ONCE):
        if sought.stretches(earlier.title) or sought.stretches(earlier.text):
            message = earlier.message
            yield _hit(message, sought, title=earlier.title, text=earlier.text, version=earlier.number)


def _hit(message: Message, sought: Sought, *, title: str, text: str, version: int = 0) -> Hit:
    is_media = message.kind in MEDIA_KINDS
    return Hit(
        number=message.pk,
        version=version,
        day=message.day,
        kind=message.get_kind_display(),
        outlet=message.outlet if is_media else "",
        title=pieces(normalise(title), sought.stretches(title)),
        text=snippet(normalise(text), sought.stretches(text)),
    )


def account_data(organisation: Organisation, email: str) -> AccountData | None:
    """Return what is kept of the account of a colleague with a role here, today or before."""
    account: User | None = person_by_email(email) if email else None
    if account is None:
        return None
    held = account.memberships.filter(organisation=organisation).select_related("role")
    roles = tuple(f"{each.role} ({dutch.period(each.valid_from, each.valid_until)})" for each in held)
    if not roles:
        return None
    return AccountData(account.name, account.email, account.created_at, account.current_visit_at, roles)
