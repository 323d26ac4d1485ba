"""Hand one message to the police: by hand, with a reason, in the log. There is no other way, and no feed."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.exporters.letters import HandoverPaper, handover_paper, write_paper
from regietafel.monitor.engine.privacy import mask
from regietafel.monitor.models import Message, Monitor, PoliceHandover
from regietafel.monitor.selectors.handovers import answers, is_fetched, may_hand_over
from regietafel.monitor.selectors.looks import FILE_FETCHED, HANDED_OVER
from regietafel.monitor.services.data_requests import kept_text
from regietafel.register.public import User

TOLD = ("ground", "reason", "recipient")
FETCH_WITHIN = timedelta(hours=24)


@transaction.atomic
def hand_over(*, message: Message, monitor: Monitor, by: User, **told: str) -> PoliceHandover:
    """Note that a person hands a message to the police.

    Args:
        message: one that answers the monitor and whose text is still kept.
        monitor: within which it was read.
        by: who hands it over, and alone may fetch the text, once.
        told: `ground`, `reason` and `recipient` (a function, not a name).
    """
    words = {name: told.pop(name).strip() for name in TOLD}
    if told:
        raise TypeError(f"unknown: {sorted(told)}")
    if not all(words.values()):
        raise Refused(_("Vul de grond, de reden en de ontvanger in."))
    if not may_hand_over(by, monitor):
        raise Refused(_("U mag geen berichten van deze monitor overdragen."))
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if not answers(monitor, message):
        raise Refused(_("Dit bericht hoort niet bij deze monitor, of de tekst is al gewist."))
    handover = PoliceHandover.objects.create(
        monitor=monitor, message=message, text_hash=fingerprint(message), handed_by=by, **words
    )
    changes = {
        "bericht": [None, message.pk],
        "aan": [None, handover.recipient],
        "grond": [None, handover.ground],
    }
    _record(HANDED_OVER, handover, by=by, changes=changes, reason=handover.reason)
    return handover


def fingerprint(message: Message) -> str:
    """Return the SHA-256 of title and text, which whoever has the text can check."""
    return hashlib.sha256(f"{message.title}\n{message.text}".encode()).hexdigest()


@transaction.atomic
def fetch_text(*, handover: PoliceHandover, kind: str, by: User) -> bytes:
    """Return the text as it was handed over, as DOCX or PDF: once, within a day, for who handed it over."""
    found = (
        PoliceHandover.objects.select_for_update(of=("self",))
        .select_related("monitor__dossier__organisation", "message", "handed_by")
        .get(pk=handover.pk)
    )
    if found.handed_by_id != by.pk:
        raise Refused(_("Alleen wie het bericht overdroeg, kan de tekst ophalen."))
    if is_fetched(found):
        raise Refused(_("De tekst is al opgehaald. Dat kan één keer."))
    if found.handed_at < timezone.now() - FETCH_WITHIN:
        raise Refused(_("De tekst kon een dag lang worden opgehaald. Draag het bericht opnieuw over."))
    if found.message.erased_at or fingerprint(found.message) != found.text_hash:
        raise Refused(_("De tekst is intussen gewist of veranderd. Hij is niet meer op te halen."))
    content = write_paper(handover_paper(_paper(found)), kind=kind)
    _record(FILE_FETCHED, found, by=by, changes={"vorm": [None, kind]}, reason=found.reason)
    return content


def _paper(handover: PoliceHandover) -> HandoverPaper:
    return HandoverPaper(
        organisation=handover.monitor.dossier.organisation.name,
        ground=handover.ground,
        reason=handover.reason,
        recipient=handover.recipient,
        handed_by=handover.handed_by.name,
        handed_at=handover.handed_at,
        text=kept_text(handover.message),
        text_hash=handover.text_hash,
    )


def _record(action: str, handover: PoliceHandover, *, by: User, changes: dict[str, Any], reason: str) -> None:
    organisation_id = handover.monitor.dossier.organisation_id
    details = {"changes": changes, "reason": mask(reason).text}
    record(action, handover, organisation_id=organisation_id, by=by, details=details)
