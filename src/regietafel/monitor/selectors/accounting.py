"""Privacy at a glance, for one person: how much was erased, looked at and asked."""

from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.navigation import Notice
from regietafel.monitor.selectors.data_requests import OPEN, is_late, visible_data_requests
from regietafel.monitor.selectors.handovers import visible_handovers
from regietafel.monitor.selectors.looks import PERIODS, independently_supervised, since, visible_looks
from regietafel.monitor.selectors.retention import failing_proofs, visible_proofs

MONTH = PERIODS[-1][0]


def privacy_facts(user: Any) -> list[tuple[str, str, str]]:
    """Return what the page tells, each with its words, its figure and where the whole of it is."""
    proofs = visible_proofs(user)
    last = proofs.first()
    erased = proofs.aggregate(total=Sum("message_count"))["total"] or 0
    failing = proofs.filter(pk__in=failing_proofs()).count()
    looks = since(visible_looks(user), MONTH).count()
    url = reverse("retention-proofs")
    facts = [
        (_("Laatst gewist"), dutch.moment(last.erased_at) if last else _("nog nooit"), url),
        (_("Berichten gewist, met bewijs"), dutch.number(erased), url),
        (_("Bronnen waar tekst is teruggevonden"), dutch.number(failing), url),
        (_("Regels in het inzagelog, laatste 30 dagen"), dutch.number(looks), reverse("look-log")),
        (
            _("Overdrachten aan de politie"),
            dutch.number(visible_handovers(user).count()),
            reverse("handovers"),
        ),
    ]
    return facts + (_requests(user) if independently_supervised(user).exists() else [])


def _requests(user: Any) -> list[tuple[str, str, str]]:
    waiting = list(visible_data_requests(user).filter(state__in=OPEN))
    late = sum(map(is_late, waiting))
    told = dutch.number(len(waiting)) + (f" ({_('te laat')}: {dutch.number(late)})" if late else "")
    return [(_("Open verzoeken van betrokkenen"), told, reverse("data-requests"))]


def failing_notices(user: Any) -> list[Notice]:
    """Return a notice for every source where something was found again after erasing."""
    return [
        Notice(
            at=proof.erased_at,
            kind=_("Wissen"),
            title=_("Gewiste tekst teruggevonden: %s") % proof.source.name,
            url=reverse("retention-proof", args=[proof.pk]),
            detail=proof.source.organisation.name,
            badge=("fout", _("niet gelukt")),
        )
        for proof in visible_proofs(user).filter(pk__in=failing_proofs())
    ]
