"""Logging in through the provider of one's organisation (OpenID Connect): existing accounts only."""

import logging
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from jwt import PyJWTError
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView

from regietafel.host.accounts import sessions
from regietafel.host.accounts.backends import AccountBackend
from regietafel.host.accounts.sessions import PROVIDER_CHECKED_FACTOR
from regietafel.register.public import User, person_by_email
from regietafel.register.public.entrance import open_visit

logger = logging.getLogger(__name__)
CLOCK_LEEWAY_S = 60
SEVERAL_FACTORS = {"mfa", "otp", "hwk", "swk", "sc", "fpt", "face"}  # RFC 8176, what comes beside a password


class ProviderBackend(OIDCAuthenticationBackend, AccountBackend):  # type: ignore[misc]
    """Lets in the account whose e-mail address the provider has verified; it never makes or changes one."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, **kwargs: Any
    ) -> User | None:
        if "nonce" not in kwargs:
            return None  # somebody types a password; the provider has nothing to do with it
        try:
            found: User | None = super().authenticate(request, **kwargs)
        except (SuspiciousOperation, PyJWTError, OSError) as error:  # a false token, a provider out of reach
            logger.warning("log-in through the provider failed: %s", type(error).__name__)
            return None
        return found if found and self.user_can_authenticate(found) else None

    def get_or_create_user(self, *answer: Any) -> User | None:
        """Find the account behind an answer of the provider: two tokens, and what the second one says."""
        payload = answer[-1]
        require_for_us(payload)
        found: User | None = super().get_or_create_user(*answer)
        self.request.session[PROVIDER_CHECKED_FACTOR] = bool(found) and has_second_factor(payload)
        return found

    def get_userinfo(self, *answer: Any) -> dict[str, Any]:
        """Ask the provider about the person, and insist that it is the one in the token."""
        told: dict[str, Any] = super().get_userinfo(*answer)
        if told.get("sub") != answer[-1].get("sub"):
            raise SuspiciousOperation("the provider speaks of two people")
        return told

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return bool(claims.get("email")) and claims.get("email_verified") is True

    def filter_users_by_claims(self, claims: dict[str, Any]) -> list[User]:
        found = person_by_email(claims["email"])
        return [found] if found and not found.is_demo else []

    def get_user(self, user_id: Any) -> Any:
        return AccountBackend.get_user(self, user_id)


def require_for_us(payload: dict[str, Any]) -> None:
    """Refuse a token of another provider, for another application, or from the past."""
    audience = payload.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if payload.get("iss") != settings.OIDC_OP_ISSUER or settings.OIDC_RP_CLIENT_ID not in audiences:
        raise SuspiciousOperation("a token that is not for us")
    if not isinstance(payload.get("exp"), int | float) or payload["exp"] + CLOCK_LEEWAY_S < time.time():
        raise SuspiciousOperation("a token from the past")


def has_second_factor(payload: dict[str, Any]) -> bool:
    """Say whether the provider asked for a second factor: by `amr`, or by an agreed `acr`."""
    methods = payload.get("amr")
    named = set(methods) if isinstance(methods, list) else set()
    return bool(SEVERAL_FACTORS & named) or payload.get("acr") in settings.OIDC_SECOND_FACTOR_ACR


class Callback(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """Where the provider sends people back to."""

    def login_success(self) -> HttpResponse:
        checked = self.request.session.get(PROVIDER_CHECKED_FACTOR, False)
        response: HttpResponse = super().login_success()
        sessions.begin(self.request)
        method = _("inlogscherm van de organisatie")
        if checked:
            method = _("inlogscherm van de organisatie, met tweede stap")
        open_visit(person=self.user, method=method)
        return response
