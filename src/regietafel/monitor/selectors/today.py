"""What the monitor has to say on Vandaag and in the table of dossiers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.navigation import Notice
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.picture import next_report_at
from regietafel.monitor.models import Match, MediaPicture, Monitor, MonitorRequest
from regietafel.monitor.selectors.accounting import failing_notices
from regietafel.monitor.selectors.data_requests import waiting_data_requests
from regietafel.register.public import Dossier, organisations_with, readable

SPARK_DAYS = 14


@dataclass(frozen=True)
class PictureLine:
    """The last published picture of a dossier, in one line."""

    number: int
    summary: str
    url: str
    period_until: date


def news_since(user: Any, since: datetime) -> list[Notice]:
    """Return the pictures published since a moment in the dossiers a person may read."""
    pictures = (
        MediaPicture.objects.filter(readable(user, "monitor__dossier__"), published_at__gt=since)
        .exclude(published_by_id=user.pk)
        .select_related("monitor__dossier")
        .distinct()
    )
    return [
        Notice(
            at=picture.published_at,
            kind=_("Omgevingsbeeld"),
            title=_("Omgevingsbeeld nr. %(number)s") % {"number": picture.number},
            url=reverse("picture", args=[picture.pk]),
            detail=picture.monitor.dossier.title,
            dossier_id=picture.monitor.dossier_id,
        )
        for picture in pictures
        if picture.published_at
    ]


def waiting_for(user: Any, now: datetime) -> list[Notice]:
    """Return what waits for this person: requests to decide or answer, own drafts, failed erasing."""
    requests = MonitorRequest.objects.filter(
        decision=MonitorRequest.Decision.OPEN,
        monitor__dossier__organisation__in=organisations_with(user, "may_approve"),
    ).exclude(requested_by_id=user.pk)
    drafts = MediaPicture.objects.filter(
        readable(user, "monitor__dossier__"), state=MediaPicture.State.DRAFT, created_by_id=user.pk
    ).distinct()
    return [
        *_due_pictures(user, now),
        *(_request_notice(request) for request in requests.select_related("monitor__dossier")),
        *(_draft_notice(draft) for draft in drafts.select_related("monitor__dossier")),
        *waiting_data_requests(user),
        *failing_notices(user),
    ]


def _due_pictures(user: Any, now: datetime) -> list[Notice]:
    """Return the pictures that should have been there by now, of the monitors this person owns."""
    published = MediaPicture.objects.filter(monitor=OuterRef("pk"), state=MediaPicture.State.PUBLISHED)
    running = Monitor.objects.filter(
        readable(user, "dossier__"), state=Monitor.State.RUNNING, owner_id=user.pk, started_at__isnull=False
    )
    monitors = running.distinct().annotate(
        last_at=Subquery(published.order_by("-number").values("published_at")[:1])
    )
    due = (
        (next_report_at(last_at, urgency=monitor.urgency), monitor)
        for monitor in monitors.select_related("dossier")
        if (last_at := monitor.last_at or monitor.started_at)
    )
    return [_due_notice(at, monitor) for at, monitor in due if at <= now]


def _due_notice(at: datetime, monitor: Monitor) -> Notice:
    return Notice(
        at=at,
        kind=_("Omgevingsbeeld"),
        title=_("Volgend omgevingsbeeld: %s") % monitor.title,
        url=reverse("picture-create", args=[monitor.pk]),
        detail=_("%(dossier)s, urgentie %(urgency)s")
        % {"dossier": monitor.dossier.title, "urgency": monitor.get_urgency_display()},
        badge=("let-op", _("te maken")),
        dossier_id=monitor.dossier_id,
    )


def _request_notice(request: MonitorRequest) -> Notice:
    return Notice(
        at=request.requested_at,
        kind=_("Aanvraag"),
        title=_("%(kind)s beoordelen: %(monitor)s")
        % {"kind": request.get_kind_display().capitalize(), "monitor": request.monitor.title},
        url=reverse("monitor-request", args=[request.pk]),
        detail=request.monitor.dossier.title,
        badge=("let-op", _("wacht op u")),
        dossier_id=request.monitor.dossier_id,
    )


def _draft_notice(draft: MediaPicture) -> Notice:
    return Notice(
        at=draft.created_at,
        kind=_("Concept"),
        title=_("Omgevingsbeeld afmaken: %(monitor)s") % {"monitor": draft.monitor.title},
        url=reverse("picture", args=[draft.pk]),
        detail=draft.monitor.dossier.title,
        badge=("info", _("concept")),
        dossier_id=draft.monitor.dossier_id,
    )


def coming_ends(user: Any, now: datetime, *, within_days: int = 14) -> list[Notice]:
    """Return the monitors that stop by themselves within some days."""
    today = timezone.localdate(now)
    monitors = Monitor.objects.filter(
        readable(user, "dossier__"),
        state=Monitor.State.RUNNING,
        ends_on__range=(today, today + timedelta(days=within_days)),
    ).distinct()
    return [
        Notice(
            at=timezone.make_aware(datetime.combine(monitor.ends_on, time(23, 59))),
            kind=_("Monitor stopt"),
            title=monitor.title,
            url=reverse("monitor-account", args=[monitor.pk]),
            detail=monitor.dossier.title,
            dossier_id=monitor.dossier_id,
            is_whole_day=True,
        )
        for monitor in monitors.select_related("dossier")
        if monitor.ends_on
    ]


def latest_pictures(user: Any, dossiers: Iterable[Dossier]) -> dict[int, PictureLine]:
    """Return per dossier its last published picture."""
    pictures = (
        MediaPicture.objects.filter(
            readable(user, "monitor__dossier__"),
            monitor__dossier__in=[dossier.pk for dossier in dossiers],
            state=MediaPicture.State.PUBLISHED,
        )
        .order_by("published_at")
        .select_related("monitor")
    )
    return {picture.monitor.dossier_id: _picture_line(picture) for picture in pictures}


def _picture_line(picture: MediaPicture) -> PictureLine:
    first = picture.core_message.split(". ")[0].rstrip(".")
    return PictureLine(
        picture.number or 0, first, reverse("picture", args=[picture.pk]), picture.period_until
    )


def daily_counts(user: Any, dossiers: Iterable[Dossier], *, today: date) -> dict[int, list[int]]:
    """Return per dossier with a monitor the media messages a day over the fourteen days up to yesterday."""
    first, last = today - timedelta(days=SPARK_DAYS), today - timedelta(days=1)
    monitors = Monitor.objects.filter(
        readable(user, "dossier__"), dossier__in=[dossier.pk for dossier in dossiers]
    ).exclude(state=Monitor.State.DRAFT)
    owners = dict(monitors.values_list("pk", "dossier_id"))
    counts: dict[int, list[int]] = {dossier: [0] * SPARK_DAYS for dossier in owners.values()}
    rows = (
        Match.objects.filter(
            monitor__in=owners, message__day__range=(first, last), message__kind__in=sorted(MEDIA_KINDS)
        )
        .values_list("monitor__dossier_id", "message__day")
        .annotate(total=Count("message_id", distinct=True))
    )
    found: dict[tuple[int, date], int] = defaultdict(int)
    for dossier, day, total in rows:
        found[dossier, day] = total
    for (dossier, day), total in found.items():
        counts[dossier][(day - first).days] = total
    return counts
