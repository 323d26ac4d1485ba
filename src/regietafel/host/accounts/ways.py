"""Where to go after logging in: back to where one was, never to another site."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

NEXT = "next"


def wanted(request: HttpRequest) -> str:
    """Return the own address that was asked for, or Vandaag."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    own = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if own and asked.startswith("/") and asked.isprintable() else reverse("today")


def with_next(name: str, target: str) -> str:
    """Return the address of a page that goes on to a target afterwards."""
    return f"{reverse(name)}?{urlencode({NEXT: target})}"


def return_address(request: HttpRequest) -> str:
    """Return where a person can go on after logging in again: the page, or the page a form was sent from."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    parts = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if parts.netloc != request.get_host():
        return request.path if request.method in {"GET", "HEAD"} else reverse("today")
    return parts.path + (f"?{parts.query}" if parts.query else "")
