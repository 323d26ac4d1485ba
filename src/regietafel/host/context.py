"""What the frame of every page shows: menu, organisation, theme."""

from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from regietafel.host.menu import menu_for
from regietafel.monitor import public as monitor
from regietafel.register import public as register
from regietafel.register.public import own_organisations

COUNTED_SECONDS = 120


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return menu, organisation and theme for the templates."""
    user = getattr(request, "user", None)
    known = bool(user and user.is_authenticated)
    theme = settings.REGIETAFEL_THEMA
    return {
        "menu": menu_for(request) if known else [],
        "organisation": own_organisations(user).first() if known else None,
        "news_count": _news_count(user) if known else 0,
        "theme_css": theme,
        "theme_class": f"{PurePosixPath(theme).stem}-theme" if theme else "",
    }


def _news_count(user: Any) -> int:
    """Count what came in since the person last opened Vandaag; counted every two minutes, not before."""
    since = user.current_visit_at
    if since is None or timezone.now() - since < timedelta(seconds=COUNTED_SECONDS):
        return 0
    key = f"nieuws:{user.pk}:{since.isoformat()}"
    count: int | None = cache.get(key)
    if count is None:
        count = len(register.news_since(user, since)) + len(monitor.news_since(user, since))
        cache.set(key, count, COUNTED_SECONDS)
    return count
