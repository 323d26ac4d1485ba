"""Who calls the API: a program with a key in the header; people and their sessions stay out."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

SCHEME = "bearer"
LONGEST_KEY = 200
UNKNOWN = _("De sleutel in de header Authorization is onbekend, ingetrokken of verlopen.")
Reader = Callable[[str], Any]
_READERS: list[Reader] = []


def read_keys_with(reader: Reader) -> None:
    """Register who knows the keys: from secret to principal or None; called from AppConfig.ready."""
    _READERS[:] = [reader]


class TokenAuthentication(BaseAuthentication):
    """Reads `Authorization: Bearer …`."""

    def authenticate(self, request: Request) -> tuple[Any, str] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        for reader in _READERS if len(secret) <= LONGEST_KEY else ():
            if principal := reader(secret.strip()):
                return principal, SCHEME
        raise AuthenticationFailed(UNKNOWN)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="regietafel"'
