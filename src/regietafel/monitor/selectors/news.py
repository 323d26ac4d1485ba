"""What the monitor adds to the pages of a dossier, and to the search over everything."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.kit.navigation import Notice
from regietafel.monitor.adapters.exporters import volume_chart
from regietafel.monitor.models import MediaPicture, Monitor
from regietafel.monitor.selectors.monitors import visible_monitors
from regietafel.monitor.selectors.pictures import (
    content_of,
    latest_of_dossier,
    published_of_dossier,
    visible_pictures,
)
from regietafel.register.public import Dossier

MOST_FOUND = 20


def dossier_timeline(user: Any, dossier: Dossier) -> list[Notice]:
    """Return the pictures of a dossier, and when its monitors began and ended."""
    monitors = visible_monitors(user).filter(dossier=dossier, started_at__isnull=False)
    return [
        *(_picture(picture) for picture in published_of_dossier(user, dossier)),
        *(notice for monitor in monitors for notice in _steps(monitor)),
    ]


def _picture(picture: MediaPicture) -> Notice:
    assert picture.published_at is not None
    return Notice(
        at=picture.published_at,
        kind=_("Omgevingsbeeld"),
        title=f"{picture}: {picture.monitor.title}",
        url=reverse("picture", args=[picture.pk]),
        detail=picture.core_message.splitlines()[0] if picture.core_message else "",
        dossier_id=picture.monitor.dossier_id,
    )


def _steps(monitor: Monitor) -> list[Notice]:
    url = reverse("monitor-account", args=[monitor.pk])
    steps = [(monitor.started_at, _("Monitor gestart")), (monitor.stopped_at, _("Monitor gestopt"))]
    return [
        Notice(at=at, kind=kind, title=monitor.title, url=url, dossier_id=monitor.dossier_id)
        for at, kind in steps
        if at is not None
    ]


def dossier_panel(user: Any, dossier: Dossier) -> dict[str, Any] | None:
    """Return the latest picture of a dossier for its overview, or None when there is none."""
    picture = latest_of_dossier(user, dossier)
    if picture is None:
        return None
    content = content_of(picture)
    return {"picture": picture, "content": content, "chart": volume_chart(content.figures)}


def search_pictures(user: Any, words: str) -> list[Notice]:
    """Return the published pictures in which every word occurs in the text of the maker."""
    rows = visible_pictures(user).filter(state=MediaPicture.State.PUBLISHED)
    for word in words.split()[:10]:
        rows = rows.filter(
            Q(core_message__icontains=word)
            | Q(advice__icontains=word)
            | Q(expected_moments__icontains=word)
            | Q(monitor__title__icontains=word)
        )
    return [_picture(picture) for picture in rows.order_by("-published_at")[:MOST_FOUND]]
