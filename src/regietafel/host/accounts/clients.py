"""Where a request comes from, and how often that place may guess before anything expensive happens."""

import hashlib
import ipaddress
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NOWHERE = "0.0.0.0"
DEVICE_COOKIE = "bekend-apparaat"
DEVICE_DAYS = 180
SALT = "regietafel.bekend-apparaat"


def address_of(request: HttpRequest) -> str:
    """Return the address of the client; behind our own proxies it is read from what they added."""
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies: int = settings.TRUSTED_PROXIES
    told = chain[-proxies] if proxies and len(chain) >= proxies else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return NOWHERE


class Budget:
    """How many failures one place may make in a while; kept per web process, in memory."""

    def __init__(self, name: str, *, most: int, seconds: int) -> None:
        self.name, self.most, self.seconds = name, most, seconds

    def is_spent(self, who: object) -> bool:
        """Say whether nothing is left."""
        return int(cache.get(self._key(who), 0)) >= self.most

    def spend(self, who: object) -> None:
        """Count one."""
        key = self._key(who)
        cache.add(key, 0, self.seconds)
        try:
            cache.incr(key)
        except ValueError:
            cache.set(key, 1, self.seconds)

    def _key(self, who: object) -> str:
        return f"{self.name}:{hashlib.sha256(str(who).encode()).hexdigest()}"


# A whole town hall may log in from one address, so only failures count here.
FAILED_LOGINS = Budget("inloggen", most=60, seconds=60)
ASKED_LETTERS = Budget("herstelmail", most=10, seconds=900)
WRONG_PASSWORDS = Budget("wachtwoord", most=8, seconds=900)


def wait(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """Answer that it went too fast, and after how long it may be tried again."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def knows_device(request: HttpRequest, email: str) -> bool:
    """Say whether this account logged in from this browser before; strangers cannot then keep it out."""
    return _mark(email) in _known_marks(request)


def remember_device(request: HttpRequest, response: HttpResponse, *, email: str) -> None:
    """Mark this browser as one from which the account logged in."""
    known = _known_marks(request)
    kept = [_mark(email), *(mark for mark in known if mark != _mark(email))][:5]
    options: dict[str, Any] = {
        "secure": settings.SESSION_COOKIE_SECURE,
        "httponly": True,
        "samesite": "Strict",
    }
    response.set_signed_cookie(
        DEVICE_COOKIE, ".".join(kept), salt=SALT, max_age=DEVICE_DAYS * 86_400, path="/inloggen", **options
    )


def _known_marks(request: HttpRequest) -> list[str]:
    try:
        value = request.get_signed_cookie(DEVICE_COOKIE, salt=SALT, max_age=DEVICE_DAYS * 86_400)
    except (KeyError, signing.BadSignature):
        return []
    return (value or "").split(".")


def _mark(email: str) -> str:
    return hashlib.sha256(f"{settings.SECRET_KEY}:{email}".encode()).hexdigest()[:24]
