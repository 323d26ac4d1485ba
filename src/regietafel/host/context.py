"""What the frame of every page shows: menu, organisation, theme."""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from regietafel.host.menu import menu_for
from regietafel.register.public import own_organisations


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return menu, organisation and theme for the templates."""
    user = getattr(request, "user", None)
    known = bool(user and user.is_authenticated)
    theme = settings.REGIETAFEL_THEMA
    return {
        "menu": menu_for(request) if known else [],
        "organisation": own_organisations(user).first() if known else None,
        "theme_css": theme,
        "theme_class": f"{PurePosixPath(theme).stem}-theme" if theme else "",
    }
