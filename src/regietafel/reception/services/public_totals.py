"""Publishing the totals of a region: a picture of one day that never changes, and can be withdrawn."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.refusal import Refused
from regietafel.reception.models import PublicTotal
from regietafel.reception.selectors.access import Region
from regietafel.reception.selectors.board import Question, board_of
from regietafel.reception.selectors.public_totals import may_publish, public_caption
from regietafel.reception.services.writing import log, reason_given, require_coordination
from regietafel.register.public import User


@transaction.atomic
def publish_total(*, region: Region, question: Question, text: str, by: User | None) -> PublicTotal:
    """Publish the totals of a region on a day for everybody, never a location or a municipality.

    Args:
        region: whose totals.
        question: which day, and with private places or not; known now.
        text: what a resident should know with them.
    """
    if region.point is None:
        raise Refused(
            _("Deze regio heeft nog geen coördinatiepunt. Vraag de beheerder om het toe te voegen.")
        )
    _require_publishing(region.point, by)
    if not text.strip():
        raise Refused(_("Schrijf voor inwoners op wat deze getallen zeggen."), field="text")
    board = board_of(region, question)
    made = PublicTotal.objects.create(
        organisation=region.point,
        day=question.day,
        capacity=board.total.usable,
        occupied=board.total.occupied,
        assigned=board.assigned,
        assignment_title="; ".join(one.title for one in board.assignments)[:300],
        counts_private=str(question.private) == "met",
        caption=public_caption(board)[:500],
        text=text.strip(),
        published_at=timezone.now(),
        published_by=by,
    )
    changes = {"plaatsen": [None, made.capacity], "bezet": [None, made.occupied]}
    log("openbaar.gepubliceerd", made, organisation_id=region.point.pk, by=by, changes=changes)
    return made


@transaction.atomic
def withdraw_total(*, total: PublicTotal, reason: str, by: User | None) -> PublicTotal:
    """Withdraw what was published; it stays known that it was there, and why it went."""
    rows = PublicTotal.objects.select_for_update(of=("self",)).select_related("organisation")
    locked = rows.get(pk=total.pk)
    _require_publishing(locked.organisation, by)
    if locked.withdrawn_at is not None:
        raise Refused(_("Dit is al ingetrokken."))
    asked = _("Schrijf op waarom u dit intrekt; dat staat ook op de openbare bladzijde.")
    why = reason_given(reason, asked=asked)
    locked.withdrawn_at, locked.withdrawn_because = timezone.now(), why
    locked.save(update_fields=("withdrawn_at", "withdrawn_because"))
    log("openbaar.ingetrokken", locked, organisation_id=locked.organisation_id, by=by, reason=why)
    return locked


def _require_publishing(point: Any, by: Any) -> None:
    require_coordination(point, by)
    if not may_publish(by, point):
        raise Refused(_("Uw rol geeft u niet het recht om te publiceren."))
