"""What programs read and name through the API, within what their key may see."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from regietafel.register.models import Area, Dossier, Fact, Inhabitants, Moment, Organisation
from regietafel.register.selectors.access import own_organisations, readable, visible_dossiers


def organisations_of_program(user: Any) -> QuerySet[Organisation]:
    """Return the organisation a key belongs to."""
    return own_organisations(user).select_related("area")


def areas_for_programs() -> QuerySet[Area]:
    """Return every area with its numbers of inhabitants, the newest first."""
    newest_first = Inhabitants.objects.order_by("-reference_on")
    return Area.objects.defer("geometry").prefetch_related(Prefetch("inhabitants", newest_first))


def dossiers_of_program(user: Any) -> QuerySet[Dossier]:
    """Return the dossiers a key may read."""
    return visible_dossiers(user)


def facts_of_program(user: Any, dossier_id: int) -> QuerySet[Fact]:
    """Return the facts of a dossier a key may read, withdrawn and replaced ones too."""
    return Fact.objects.filter(readable(user, "dossier__"), dossier_id=dossier_id).select_related("dossier")


def moments_of_program(user: Any, dossier_id: int) -> QuerySet[Moment]:
    """Return the moments of a dossier a key may read, except those taken off the timeline."""
    rows = Moment.objects.filter(readable(user, "dossier__"), dossier_id=dossier_id)
    return rows.filter(withdrawn_at__isnull=True).select_related("dossier")


def area_by_code(code: str | None) -> Area | None:
    """Return the area with this code."""
    return Area.objects.filter(code=code).first() if code else None
