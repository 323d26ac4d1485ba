"""Questions about the keys of programs, and the program itself as somebody who asks."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from regietafel.register.engine.access import INTERNAL, PUBLIC, Grant, Standing
from regietafel.register.models import ApiToken, User
from regietafel.register.selectors.access import organisations_with, today


class ApiPrincipal:
    """A program that speaks for one organisation, as far as its key goes; never for a person."""

    pk = None
    is_authenticated = True
    is_active = True
    is_anonymous = False
    is_platform_admin = False

    def __init__(self, token: ApiToken) -> None:
        self.token = token
        self.scopes = frozenset(token.scopes)

    def __str__(self) -> str:
        return f"sleutel {self.token.name} (nr. {self.token.pk})"

    @cached_property
    def carried_standing(self) -> Standing:
        """Return what this program may do: never confidential records, never those of a neighbour."""
        scope = ApiToken.Scope
        writes = {scope.WRITE_DOSSIERS, scope.REPORT_ACTIONS, scope.WRITE_PLACES} & self.scopes
        reading = {scope.READ_DOSSIERS, scope.READ_MEDIA, scope.READ_TABLES, scope.READ_PLACES}
        reads = writes | (reading & self.scopes)
        grant = Grant(
            organisation_id=self.token.organisation_id,
            neighbour_ids=frozenset({self.token.organisation_id}),
            reads_up_to=INTERNAL if reads else PUBLIC,
            may_write=bool(writes),
        )
        return Standing(grants=(grant,))


def hash_of(secret: str) -> str:
    """Return what is kept of a key: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def principal_of(secret: str) -> ApiPrincipal | None:
    """Return the program behind a key that is in force, in an active organisation."""
    token = (
        ApiToken.objects.filter(
            token_hash=hash_of(secret),
            revoked_at__isnull=True,
            valid_until__gte=today(),
            organisation__is_active=True,
        )
        .select_related("organisation")
        .first()
    )
    return ApiPrincipal(token) if token else None


@dataclass(frozen=True)
class TokenState:
    """Whether a key works, in a word and a kind of badge."""

    word: str
    badge: str


def token_state(token: ApiToken, on: date | None = None) -> TokenState:
    """Say whether a key works on a day."""
    if token.revoked_at is not None:
        return TokenState("ingetrokken", "neutraal")
    if token.valid_until < (on or today()):
        return TokenState("verlopen", "let-op")
    return TokenState("geldig", "ok")


def managed_tokens(user: Any) -> QuerySet[ApiToken]:
    """Return the keys of the organisations whose settings a user manages."""
    return ApiToken.objects.filter(organisation__in=organisations_with(user, "may_manage")).select_related(
        "organisation", "created_by"
    )


def tokens_made_by(person: User) -> QuerySet[ApiToken]:
    """Return the working keys that a person made."""
    return ApiToken.objects.filter(
        created_by=person, revoked_at__isnull=True, valid_until__gte=today()
    ).select_related("organisation")
