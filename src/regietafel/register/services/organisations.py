"""Making and changing organisations, which only who looks after the installation does."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.changes import assign, differences
from regietafel.kit.refusal import Refused
from regietafel.register.models import Area, Organisation
from regietafel.register.selectors.organisations import is_platform_admin


@dataclass(frozen=True)
class OrganisationContent:
    """What is known about an organisation."""

    name: str
    kind: str
    area: Area | None = None
    is_active: bool = True


@transaction.atomic
def create_organisation(*, content: OrganisationContent, is_fictional: bool = False, by: Any) -> Organisation:
    """Make an organisation; its first administrator is invited afterwards."""
    organisation = Organisation(code=_free_code(content.name), is_fictional=is_fictional)
    return _store(organisation, content, action="organisatie.gemaakt", by=by)


@transaction.atomic
def change_organisation(*, organisation: Organisation, content: OrganisationContent, by: Any) -> Organisation:
    """Change an organisation; an inactive one is closed to its people at once, its dossiers stay."""
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    return _store(kept, content, action="organisatie.gewijzigd", by=by)


def _store(organisation: Organisation, content: OrganisationContent, *, action: str, by: Any) -> Organisation:
    if by is not None and not is_platform_admin(by):
        raise PermissionDenied
    if Organisation.objects.filter(name__iexact=content.name).exclude(pk=organisation.pk).exists():
        raise Refused(_("Er is al een organisatie met deze naam."))
    values = {name: getattr(content, name) for name in ("name", "kind", "area", "is_active")}
    changes = differences(organisation, values)
    if changes:
        assign(organisation, values)
        record(action, organisation, organisation_id=organisation.pk, by=by, details={"changes": changes})
    return organisation


def _free_code(name: str) -> str:
    stem = slugify(name)[:34] or "organisatie"
    taken = set(Organisation.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 10_000))) if code not in taken)
