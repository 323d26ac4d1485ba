"""Who may come in: every page needs a session whose rights still hold, and a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from regietafel.host.accounts.clients import address_of
from regietafel.host.accounts.practice import practice_allowed
from regietafel.host.accounts.sessions import PROVIDER_CHECKED_FACTOR, is_over
from regietafel.host.accounts.ways import return_address, with_next
from regietafel.kit.audit import ORIGIN
from regietafel.register.public import User

OPEN = (
    "/static", "/api", "/gezond", "/.well-known", "/robots.txt", "/inloggen", "/volgregister",
    "/opvangcijfers", "/oidc",
)  # fmt: skip
HALF_OPEN = ("/tweede-factor", "/uitloggen")


class AccountGate:
    """Send anonymous people to the log-in page, end sessions that are over, and ask for the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = ORIGIN.set(address_of(request)[:64])
        try:
            return self._refusal(request) or self.get_response(request)
        finally:
            ORIGIN.reset(token)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if "\x00" in request.path:
            raise SuspiciousOperation("a null character in an address, which PostgreSQL cannot look up")
        if _is_under(request.path, OPEN):
            return None
        if request.user.is_authenticated and is_over(request.session):
            logout(request)
        if not request.user.is_authenticated:
            return _send(request, "login")
        if _is_under(request.path, HALF_OPEN) or not needs_second_factor(request):
            return None
        return _send(request, "second-factor")


def _is_under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _send(request: HttpRequest, name: str) -> HttpResponse:
    target = with_next(name, return_address(request))
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return redirect(target)


def needs_second_factor(request: HttpRequest) -> bool:
    """Say whether this session still lacks its second factor; practice accounts on this machine need none."""
    user = request.user
    if not settings.SECOND_FACTOR_REQUIRED or not isinstance(user, User):
        return False
    if user.is_verified() or request.session.get(PROVIDER_CHECKED_FACTOR):  # type: ignore[attr-defined]
        return False
    return not (user.is_demo and practice_allowed())
