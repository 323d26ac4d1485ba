"""Who may come in: every page needs a session whose rights still hold, and a second factor."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from regietafel.kit.audit import ORIGIN

OPEN_PREFIXES = ("/static/", "/api/", "/gezond", "/.well-known/", "/inloggen", "/volgregister", "/oidc/")
HALF_OPEN_PREFIXES = ("/tweede-factor", "/uitloggen", "/wachtwoord")


class AccountGate:
    """Send anonymous people to the log-in page, end idle sessions, and ask for the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = ORIGIN.set(request.META.get("REMOTE_ADDR", "onbekend"))
        try:
            return self._refusal(request) or self.get_response(request)
        finally:
            ORIGIN.reset(token)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if request.path.startswith(OPEN_PREFIXES):
            return None
        if request.user.is_authenticated and _is_idle(request):
            logout(request)
        if not request.user.is_authenticated:
            return redirect("/inloggen?" + urlencode({"next": request.get_full_path()}))
        if request.path.startswith(HALF_OPEN_PREFIXES) or not needs_second_factor(request):
            return None
        return redirect("/tweede-factor?" + urlencode({"next": request.get_full_path()}))


def _is_idle(request: HttpRequest) -> bool:
    now = int(time.time())
    seen = request.session.get("gezien")
    if seen is not None and now - seen > settings.IDLE_LIMIT_SECONDS:
        return True
    if seen is None or now - seen > 60:
        request.session["gezien"] = now
    return False


def needs_second_factor(request: HttpRequest) -> bool:
    """Say whether this session still lacks its second factor; practice accounts on this machine need none."""
    user = request.user
    if not settings.SECOND_FACTOR_REQUIRED or user.is_verified():  # type: ignore[union-attr]
        return False
    return not (user.is_demo and demo_allowed())  # type: ignore[union-attr]


def demo_allowed() -> bool:
    """Say whether practice accounts work: only bound to this machine and never in production."""
    return settings.BOUND_TO_LOOPBACK and not settings.PRODUCTION
