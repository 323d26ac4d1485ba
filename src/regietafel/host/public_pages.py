"""Addresses without log-in: health for machines, security.txt and robots.txt."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from regietafel.kit.health import summary

SECURITY_TXT_DAYS = 180


@require_safe
def healthy(request: HttpRequest) -> JsonResponse:
    """Tell machines whether the product works, without internals."""
    found = summary(fresh_s=10)
    return JsonResponse({"status": "ok" if found.healthy else "fout"}, status=200 if found.healthy else 503)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell finders of a weakness where to go (RFC 9116)."""
    midnight = datetime.combine(timezone.localdate() + timedelta(days=SECURITY_TXT_DAYS), time(), tzinfo=UTC)
    lines = (
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {midnight.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri('/.well-known/security.txt')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay out; only what is meant for everybody may be listed."""
    text = "User-agent: *\nAllow: /volgregister\nAllow: /opvangcijfers\nDisallow: /\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
