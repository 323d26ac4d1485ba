"""Requests for assistance from other regions: asked of every municipality, answered, and closed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.changes import told
from regietafel.kit.refusal import Refused
from regietafel.reception.models import AssistanceAnswer, AssistanceRequest
from regietafel.reception.selectors.access import Region
from regietafel.reception.selectors.assistance import answers_for, municipalities_of
from regietafel.reception.services.writing import log, require_coordination
from regietafel.register.public import Area, User


@transaction.atomic
def ask_assistance(*, region: Region, by: User | None, **values: Any) -> AssistanceRequest:
    """Put the question of another region to every municipality of the own region.

    Args:
        region: of which the coordination point was asked.
        values: asked_by, asked_on, people, from_on, until_on, question, ground, answer_by.
    """
    if region.point is None:
        raise Refused(
            _("Deze regio heeft nog geen coördinatiepunt. Vraag de beheerder om het toe te voegen.")
        )
    require_coordination(region.point, by)
    if values["answer_by"] < timezone.localdate():
        told_late = _("De laatste dag voor een antwoord is al voorbij. Kies vandaag of later.")
        raise Refused(told_late, field="answer_by")
    request = AssistanceRequest.objects.create(organisation=region.point, created_by=by, **values)
    log("bijstand.gevraagd", request, organisation_id=region.point.pk, by=by, changes=told(values))
    return request


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a municipality offers: a number of places, 0 for none, from which day, and why."""

    places: int
    from_on: date | None = None
    note: str = ""


@transaction.atomic
def answer_request(
    *, request: AssistanceRequest, municipality: Area, offer: Offer, by: User | None
) -> AssistanceAnswer:
    """Answer for a municipality; who coordinates may note an answer that came another way, with a note."""
    locked = _lock(request)
    if municipality.pk not in {one.pk for one in municipalities_of(locked)}:
        raise Refused(
            _("Deze gemeente ligt niet in de regio die is gevraagd. Kies een andere."), field="municipality"
        )
    if not answers_for(by, municipality):
        require_coordination(locked.organisation, by)
        if not offer.note.strip():
            raise Refused(_("Schrijf op van wie en hoe u dit antwoord kreeg."), field="note")
    _refuse_beside(locked, offer)
    answer, _is_new = AssistanceAnswer.objects.update_or_create(
        request=locked,
        municipality=municipality,
        defaults={
            "places": offer.places,
            "from_on": offer.from_on,
            "note": offer.note.strip(),
            "answered_at": timezone.now(),
            "answered_by": by,
        },
    )
    changes = {"gemeente": [None, str(municipality)], "plaatsen": [None, offer.places]}
    log("bijstand.beantwoord", answer, organisation_id=locked.organisation_id, by=by, changes=changes)
    return answer


def _refuse_beside(request: AssistanceRequest, offer: Offer) -> None:
    """Refuse more places than were asked, and a day on which nobody asked; no places are never too many."""
    if offer.places == 0:
        return
    if offer.places > request.people:
        most = dutch.number(request.people)
        told = _("De andere regio vraagt %s plaatsen. Vul dat aantal of minder in.") % most
        raise Refused(told, field="places")
    if offer.from_on is None:
        return
    words = {"first": dutch.date(request.from_on), "until": dutch.date(request.until_on)}
    if offer.from_on < request.from_on:
        told = _("De plaatsen zijn nodig vanaf %(first)s. Kies die dag of later.") % words
        raise Refused(told, field="from_on")
    if request.until_on is not None and offer.from_on >= request.until_on:
        told = _("De plaatsen zijn nodig tot %(until)s. Kies een eerdere dag, of bied 0 plaatsen.") % words
        raise Refused(told, field="from_on")


@transaction.atomic
def close_request(*, request: AssistanceRequest, outcome: str, by: User | None) -> AssistanceRequest:
    """Close a request with what was answered to the region that asked."""
    locked = _lock(request)
    require_coordination(locked.organisation, by)
    if not outcome.strip():
        raise Refused(_("Schrijf op wat u de andere regio hebt geantwoord."), field="outcome")
    locked.closed_at, locked.outcome = timezone.now(), outcome.strip()
    locked.save(update_fields=("closed_at", "outcome"))
    changes = {"antwoord aan de regio": [None, locked.outcome]}
    log("bijstand.afgesloten", locked, organisation_id=locked.organisation_id, by=by, changes=changes)
    return locked


def _lock(request: AssistanceRequest) -> AssistanceRequest:
    rows = AssistanceRequest.objects.select_for_update(of=("self",)).select_related("organisation")
    locked = rows.get(pk=request.pk)
    if locked.closed_at is not None:
        raise Refused(_("Dit verzoek is afgesloten op %s.") % dutch.date(locked.closed_at))
    return locked
