"""Keys for programs: made once and shown once, ended by date or by hand."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import record
from regietafel.kit.refusal import Refused
from regietafel.register.models import ApiToken, Organisation, User
from regietafel.register.selectors.access import may, today
from regietafel.register.selectors.tokens import ApiPrincipal, hash_of, principal_of

PREFIX = "rgt_"  # lets a scanner for leaked secrets recognise a key
LONGEST_DAYS = 365


@dataclass(frozen=True)
class NewToken:
    """A key that was just made, with the secret that is shown once."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(
    *, organisation: Organisation, name: str, scopes: list[str], valid_until: date, by: User
) -> NewToken:
    """Make a key for a program of an organisation."""
    if not may(by, "may_manage", organisation_id=organisation.pk):
        raise Refused(_("U mag voor deze organisatie geen sleutels maken."))
    if not scopes or set(scopes) - set(ApiToken.Scope.values):
        raise Refused(_("Kies minstens één recht uit de lijst."))
    if not today() <= valid_until <= today() + timedelta(days=LONGEST_DAYS):
        raise Refused(_("De einddatum ligt tussen vandaag en een jaar na nu."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        organisation=organisation,
        name=name.strip(),
        scopes=sorted(scopes),
        token_hash=hash_of(secret),
        valid_until=valid_until,
        created_by=by,
    )
    changes = {"rechten": [None, token.scopes], "tot en met": [None, valid_until]}
    record("sleutel.gemaakt", token, organisation_id=organisation.pk, by=by, details={"changes": changes})
    return NewToken(token, secret)


@transaction.atomic
def revoke_token(*, token: ApiToken, reason: str, by: User | None) -> None:
    """End a key; the next request with it is refused."""
    if by is not None and not may(by, "may_manage", organisation_id=token.organisation_id):
        raise Refused(_("U mag de sleutels van deze organisatie niet beheren."))
    ended = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if not ended:
        raise Refused(_("Deze sleutel was al ingetrokken."))
    record(
        "sleutel.ingetrokken", token, organisation_id=token.organisation_id, by=by, details={"reason": reason}
    )


def open_with_key(secret: str) -> ApiPrincipal | None:
    """Return the program behind a key in force, and keep the last day of its use: one write a day, no log."""
    principal = principal_of(secret)
    if principal and principal.token.last_used_on != today():
        ApiToken.objects.filter(pk=principal.token.pk).update(last_used_on=today())
    return principal
