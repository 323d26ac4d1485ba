"""Whose messages the command line takes in when nobody says so."""

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.register.public import Organisation

OWN_NAME, OWN_CODE = "Eigen organisatie", "eigen-organisatie"


def organisation_for_files(code: str = "") -> Organisation:
    """Return the organisation with this code, or else the one that is meant on a machine with one owner.

    Without a code that is the only organisation that is not fictional, else the first municipality of the
    practice region, else a new one.
    """
    if code:
        found = Organisation.objects.filter(code=code, is_active=True).first()
        if found is None:
            raise Refused(_("Er is geen organisatie met de code “%s”.") % code)
        return found
    real = list(Organisation.objects.filter(is_fictional=False, is_active=True)[:2])
    if len(real) > 1:
        raise Refused(_("Er zijn meer organisaties. Noem er een met --organisatie CODE."))
    return real[0] if real else _practice_municipality() or _own_organisation()


def _practice_municipality() -> Organisation | None:
    practice = Organisation.objects.filter(
        is_fictional=True, kind=Organisation.Kind.MUNICIPALITY, is_active=True
    )
    return practice.order_by("pk").first()


@transaction.atomic
def _own_organisation() -> Organisation:
    organisation, is_new = Organisation.objects.get_or_create(
        code=OWN_CODE, defaults={"name": OWN_NAME, "kind": Organisation.Kind.OTHER}
    )
    if is_new:
        record("organisatie.gemaakt", organisation, organisation_id=organisation.pk, by=None)
    return organisation
