"""Questions to all organisations with a seat, and their answers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation.models import Body, Inquiry, InquiryAnswer
from regietafel.deliberation.selectors.access import acts_for, seats_in_force
from regietafel.deliberation.services.writing import log, require_secretariat
from regietafel.kit.refusal import Refused
from regietafel.register.public import Organisation, User


@transaction.atomic
def ask_members(*, body: Body, question: str, answer_by: date, by: User | None, **values: Any) -> Inquiry:
    """Ask every organisation with a seat the same question, to be answered before a day has passed."""
    require_secretariat(body, by)
    if not question.strip():
        raise Refused(_("Schrijf op wat u van de leden wilt weten."))
    if answer_by < timezone.localdate():
        raise Refused(_("De laatste dag voor een antwoord is al voorbij."))
    if not body.seats.filter(seats_in_force(), organisation_id__isnull=False).exists():
        raise Refused(_("In dit overleg heeft nog geen organisatie een zetel. Voeg eerst leden toe."))
    inquiry = Inquiry.objects.create(
        body=body, question=question.strip(), answer_by=answer_by, asked_by=by, **values
    )
    log("uitvraag.gedaan", inquiry, body=body, by=by, changes={"vraag": [None, inquiry.question]})
    return inquiry


@dataclass(frozen=True)
class Answer:
    """What an organisation answers: words, a number or yes or no, as was asked."""

    text: str = ""
    number: Decimal | None = None
    is_yes: bool | None = None


@transaction.atomic
def answer_inquiry(
    *, inquiry: Inquiry, organisation: Organisation, answer: Answer, by: User | None
) -> InquiryAnswer:
    """Answer for an organisation with a seat; the secretariat may note an answer that came by telephone."""
    locked = Inquiry.objects.select_for_update(of=("self",)).select_related("body").get(pk=inquiry.pk)
    if not acts_for(by, organisation.pk):
        require_secretariat(locked.body, by)
    if not locked.body.seats.filter(seats_in_force(), organisation=organisation).exists():
        raise Refused(_("Deze organisatie heeft geen zetel in dit overleg."))
    if locked.closed_at is not None:
        raise Refused(_("Deze uitvraag is gesloten."))
    _refuse_empty(locked, answer)
    kept, _is_new = InquiryAnswer.objects.update_or_create(
        inquiry=locked,
        organisation=organisation,
        defaults={
            "text": answer.text.strip(),
            "number": answer.number,
            "is_yes": answer.is_yes,
            "answered_by": by,
        },
    )
    changes = {"organisatie": [None, str(organisation)]}
    log("uitvraag.beantwoord", kept, body=locked.body, by=by, changes=changes)
    return kept


def _refuse_empty(inquiry: Inquiry, answer: Answer) -> None:
    if inquiry.form == Inquiry.Form.NUMBER and answer.number is None:
        raise Refused(_("Vul een getal in."))
    if inquiry.form == Inquiry.Form.YES_NO and answer.is_yes is None:
        raise Refused(_("Kies ja of nee."))
    if inquiry.form == Inquiry.Form.TEXT and not answer.text.strip():
        raise Refused(_("Schrijf het antwoord op."))


@transaction.atomic
def close_inquiry(*, inquiry: Inquiry, by: User | None) -> Inquiry:
    """Close a question: no more answers, and it no longer comes on the agenda."""
    locked = Inquiry.objects.select_for_update(of=("self",)).select_related("body").get(pk=inquiry.pk)
    require_secretariat(locked.body, by)
    if locked.closed_at is not None:
        raise Refused(_("Deze uitvraag is al gesloten."))
    locked.closed_at = timezone.now()
    locked.save(update_fields=("closed_at",))
    log("uitvraag.gesloten", locked, body=locked.body, by=by)
    return locked
