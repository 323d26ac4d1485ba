"""What the monitor adds to other pages: news, what waits, what ends, and the timeline of a dossier."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from regietafel.monitor.adapters.exporters import drawn, volume_chart
from regietafel.monitor.models import MediaPicture, Monitor
from regietafel.monitor.selectors.monitors import visible_monitors
from regietafel.monitor.selectors.pictures import content_of, latest_of_dossier, visible_pictures
from regietafel.monitor.selectors.sources import silent_since, visible_sources
from regietafel.register.public import Dossier, organisations_with

ENDS_WITHIN_DAYS = 14
PUBLISHED = MediaPicture.State.PUBLISHED


def new_pictures_since(user: Any, moment: datetime) -> QuerySet[MediaPicture]:
    """Return the pictures that were published after a moment, newest first."""
    rows = visible_pictures(user).filter(state=PUBLISHED, published_at__gt=moment)
    return rows.order_by("-published_at")


def monitors_expiring(user: Any, within_days: int = ENDS_WITHIN_DAYS) -> QuerySet[Monitor]:
    """Return the monitors of the own organisation that end soon, the first to end on top."""
    today = timezone.localdate()
    rows = visible_monitors(user).filter(
        state__in=(Monitor.State.RUNNING, Monitor.State.PAUSED),
        ends_on__range=(today, today + timedelta(days=within_days)),
        dossier__organisation__in=organisations_with(user, "may_write"),
    )
    return rows.order_by("ends_on")


def sources_in_trouble(user: Any) -> list[tuple[str, int, str]]:
    """Return name, number and reason of the sources in use that fell silent or gave an error."""
    rows = visible_sources(user).filter(is_active=True, monitors__state=Monitor.State.RUNNING).distinct()
    found = []
    for source in rows:
        since = silent_since(source)
        if source.last_error:
            found.append((source.name, source.pk, source.last_error))
        elif since:
            found.append((source.name, source.pk, f"niets nieuws sinds {timezone.localdate(since):%d-%m-%Y}"))
    return found


def pictures_on_timeline(user: Any, dossier: Dossier) -> list[MediaPicture]:
    """Return the published pictures of a dossier."""
    rows = visible_pictures(user).filter(monitor__dossier=dossier, state=PUBLISHED)
    return list(rows.order_by("-published_at"))


def monitors_on_timeline(user: Any, dossier: Dossier) -> list[Monitor]:
    """Return the monitors of a dossier that ever ran."""
    return list(visible_monitors(user).filter(dossier=dossier, started_at__isnull=False))


def dossier_panel(user: Any, dossier: Dossier) -> dict[str, Any] | None:
    """Return the latest picture of a dossier for its overview, or None when there is none."""
    picture = latest_of_dossier(user, dossier)
    if picture is None:
        return None
    content = content_of(picture)
    return {"picture": picture, "content": content, "chart": drawn(volume_chart(content.figures, is_small=True))}
