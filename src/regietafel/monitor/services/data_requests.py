"""Requests of data subjects: received, sought for, really erased, answered. The only search for a person.

What is sought is typed at that moment and never stored: only a keyed code that no other request shares.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.exporters.letters import AccessLetter, KeptText, access_letter, write_paper
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.seeking import MOST_WORDS, TooShort, sought
from regietafel.monitor.engine.workflow import (
    DATA_REQUEST_STATES,
    RETENTION_MAX_DAYS,
    answer_before,
    may_change,
    term_objections,
)
from regietafel.monitor.models import DataRequest, Message, RetentionProof
from regietafel.monitor.selectors.data_requests import (
    AccountData,
    Hit,
    account_data,
    earlier_texts,
    hits_in,
    kept_messages,
)
from regietafel.monitor.selectors.looks import LETTER_MADE, PERSON_SOUGHT, independently_supervised
from regietafel.monitor.services.erasing import Erased, look_in_files, prove, take_out
from regietafel.monitor.services.keys import requester_code
from regietafel.monitor.services.retention import uploads_limit
from regietafel.register.public import Organisation, User

State = DataRequest.State
MOST_SHOWN = 100
CHOICE_HOLDS = timedelta(hours=1)


@dataclass(frozen=True)
class Found:
    """What a search brought: the newest hits each with a signed mark, how many there are, among how many."""

    hits: tuple[tuple[Hit, str], ...]
    count: int
    looked_at: int


@dataclass(frozen=True)
class Received:
    """A request as it came in."""

    kind: str
    case_number: str
    received_on: date


def open_request(*, organisation: Organisation, received: Received, by: User) -> DataRequest:
    """Register a request; from that day on there is a month to answer it."""
    _refuse_others(organisation.pk, by)
    if received.received_on > timezone.localdate():
        raise Refused(_("De dag van ontvangst ligt in de toekomst."))
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                organisation=organisation,
                kind=received.kind,
                case_number=received.case_number.strip(),
                received_on=received.received_on,
                answer_before=answer_before(received.received_on),
                handled_by=by,
            )
            _record("verzoek.ontvangen", request, by=by, changes={"termijn": [None, request.answer_before]})
    except IntegrityError as error:
        raise Refused(_("Dit verzoek staat er al, met hetzelfde zaaknummer.")) from error
    return request


@transaction.atomic
def extend_term(*, request: DataRequest, reason: str, by: User) -> DataRequest:
    """Give a request two months more, once, with the reason in the log."""
    request = _locked(request, by)
    found = term_objections(request.received_on, ends_on=request.answer_before, on=timezone.localdate())
    if found:
        raise Refused(" ".join(objection.message for objection in found))
    if not reason.strip():
        raise Refused(_("Schrijf waarom een maand te kort is."))
    before = request.answer_before
    request.answer_before = answer_before(request.received_on, extended=True)
    request.save(update_fields=("answer_before",))
    changes = {"termijn": [before, request.answer_before]}
    _record("verzoek.verlengd", request, by=by, changes=changes, reason=reason.strip())
    return request


@transaction.atomic
def seek_requester(*, request: DataRequest, words: Sequence[str], by: User) -> Found:
    """Look for the words in every text the organisation keeps; the log says that, never the words."""
    request = _locked(request, by)
    written = [word for word in (" ".join(word.split()) for word in words) if word]
    if not written:
        raise Refused(_("Vul in waarop u zoekt, bijvoorbeeld de naam."))
    if len(written) > MOST_WORDS:
        raise Refused(_("Zoek op hoogstens %s regels tegelijk.") % MOST_WORDS)
    try:
        asked = sought(written)
    except TooShort as error:
        raise Refused(_("Elke regel heeft minstens drie letters of cijfers nodig.")) from error
    organisation = request.organisation
    looked_at = kept_messages(organisation).count() + earlier_texts(organisation).count()
    hits: list[Hit] = []
    count = 0
    for hit in hits_in(organisation, asked):
        count += 1
        if len(hits) < MOST_SHOWN:
            hits.append(hit)
    _keep_outcome(request, written, looked_at=looked_at, count=count)
    changes = {"teksten doorzocht": [None, looked_at], "gevonden": [None, count]}
    purpose = _("doel: recht van een betrokkene (AVG artikel 15 tot en met 21), zaak %s")
    _record(PERSON_SOUGHT, request, by=by, changes=changes, reason=purpose % request.case_number)
    return Found(tuple((hit, _mark(request, hit.number)) for hit in hits), count, looked_at)


def _keep_outcome(request: DataRequest, words: Iterable[str], *, looked_at: int, count: int) -> None:
    codes = sorted(requester_code(request.pk, word) for word in words)
    searches = [
        *request.findings.get("zoekacties", []),
        {"codes": codes, "teksten": looked_at, "gevonden": count},
    ]
    request.findings = request.findings | {"zoekacties": searches}
    request.searched_at = timezone.now()
    if request.state == State.OPEN:
        request.state = State.SEARCHED
    request.save(update_fields=("findings", "searched_at", "state"))


def _mark(request: DataRequest, number: int) -> str:
    """Sign the number of a hit, so that only what was found here can be erased here."""
    return TimestampSigner(salt=f"verzoek-{request.pk}").sign(str(number))


def chosen_messages(request: DataRequest, marks: Iterable[str]) -> list[Message]:
    """Return the messages found for this request and chosen by a person, as far as they are kept."""
    signer = TimestampSigner(salt=f"verzoek-{request.pk}")
    try:
        numbers = {int(signer.unsign(mark, max_age=CHOICE_HOLDS)) for mark in marks}
    except BadSignature as error:
        raise Refused(_("Deze keuze is te oud. Zoek opnieuw.")) from error
    rows = kept_messages(request.organisation).filter(pk__in=numbers).select_related("source")
    return list(rows.order_by("source_id", "pk"))


def erase_chosen(*, request: DataRequest, marks: Iterable[str], by: User) -> list[RetentionProof]:
    """Really erase the chosen texts, as when their term had passed, and prove it."""
    with transaction.atomic():
        request = _locked(request, by)
        chosen = chosen_messages(request, marks)
        if not chosen:
            raise Refused(_("Kies minstens één tekst die over de betrokkene gaat."))
        found = [
            _erase(list(of_source), request)
            for _key, of_source in groupby(chosen, key=attrgetter("source_id"))
        ]
        request.erased_count += len(chosen)
        request.save(update_fields=("erased_count",))
        changes = {
            "berichten": [len(chosen), 0],
            "teruggevonden": [None, sum(proof.remains for _erased, proof in found)],
        }
        _record("verzoek.gewist", request, by=by, changes=changes)
    look_in_files(found)
    return [proof for _erased, proof in found]


def _erase(messages: list[Message], request: DataRequest) -> tuple[Erased, RetentionProof]:
    erased = Erased(messages[0].source)
    take_out(messages, into=erased)
    because = _("verzoek van een betrokkene, zaak %s") % request.case_number
    return erased, prove(erased, uploads_before=uploads_limit(), because=because)


@transaction.atomic
def write_letter(*, request: DataRequest, marks: Iterable[str], email: str, by: User) -> bytes:
    """Return the letter of access as DOCX; it is not kept here."""
    _refuse_others(request.organisation_id, by)
    chosen = chosen_messages(request, marks)
    account = account_data(request.organisation, email)
    if email and account is None:
        raise Refused(_("Bij dit e-mailadres hoort geen account met een rol in deze organisatie."))
    searches = request.findings.get("zoekacties", [])
    letter = AccessLetter(
        organisation=request.organisation.name,
        case_number=request.case_number,
        received_on=request.received_on,
        looked_at=searches[-1]["teksten"] if searches else None,
        searched_at=request.searched_at,
        texts=[kept_text(message) for message in chosen],
        retention_days=RETENTION_MAX_DAYS,
        account=_account_facts(account) if account else (),
    )
    content = write_paper(access_letter(letter), kind="docx")
    request.findings = request.findings | {"over betrokkene": len(chosen)}
    request.save(update_fields=("findings",))
    changes = {"teksten in de brief": [None, len(chosen)]}
    reason = _("doel: recht van een betrokkene, zaak %s") % request.case_number
    _record(LETTER_MADE, request, by=by, changes=changes, reason=reason)
    return content


def kept_text(message: Message) -> KeptText:
    """Return a message as a letter shows it: of people no medium and no address."""
    is_media = message.kind in MEDIA_KINDS
    return KeptText(
        day=message.day,
        kind=message.get_kind_display(),
        outlet=message.outlet if is_media else "",
        address=message.url if is_media else "",
        title=message.title,
        text=message.text,
        received_at=message.received_at,
    )


def _account_facts(account: AccountData) -> list[tuple[str, str]]:
    seen = account.last_visit_at
    return [
        (_("Naam"), account.name),
        (_("E-mailadres"), account.email),
        (_("Account gemaakt"), dutch.moment(account.created_at)),
        (_("Laatst gebruikt"), dutch.moment(seen) if seen else _("nog nooit")),
        (_("Rollen"), "; ".join(account.roles)),
    ]


@transaction.atomic
def answer_request(*, request: DataRequest, state: str, answer: str, by: User) -> DataRequest:
    """Close a request with its answer; after that nothing about it changes."""
    request = _locked(request, by)
    if not may_change(DATA_REQUEST_STATES, current=request.state, to=state) or state == State.SEARCHED:
        raise Refused(_("Dit verzoek kan zo niet worden afgesloten."))
    if not answer.strip():
        raise Refused(_("Schrijf wat het antwoord is, of waarom u het verzoek afwijst."))
    before = request.state
    request.state, request.answer = state, answer.strip()
    request.handled_by, request.closed_at = by, timezone.now()
    request.save(update_fields=("state", "answer", "handled_by", "closed_at"))
    _record(f"verzoek.{state}", request, by=by, changes={"stand": [before, state]})
    return request


def _locked(request: DataRequest, by: User) -> DataRequest:
    """Return the request as it is now, to be changed; a closed one is left alone."""
    _refuse_others(request.organisation_id, by)
    found = (
        DataRequest.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=request.pk)
    )
    if not DATA_REQUEST_STATES[found.state]:
        raise Refused(_("Dit verzoek is afgesloten."))
    return found


def _refuse_others(organisation_id: int, by: User) -> None:
    if not independently_supervised(by).filter(pk=organisation_id).exists():
        raise Refused(
            _("Verzoeken van betrokkenen zijn voor de FG: wie goedkeurt en zelf niet schrijft of publiceert.")
        )


def _record(
    action: str, request: DataRequest, *, by: User, changes: dict[str, Any], reason: str = ""
) -> None:
    details = {"changes": changes, "reason": reason}
    record(action, request, organisation_id=request.organisation_id, by=by, details=details)
