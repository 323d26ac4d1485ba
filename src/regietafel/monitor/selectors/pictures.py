"""Omgevingsbeelden a person may see, what they hold, and what changed between two."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from regietafel.kit.charts import Chart
from regietafel.kit.documents.table import Table
from regietafel.monitor.adapters.exporters import (
    Addition,
    Notes,
    PictureContent,
    Scope,
    attention,
    label_notes,
    outlet_table,
    proposal,
    volume_chart,
    write_picture,
)
from regietafel.monitor.engine.picture import Change, PictureFigures, compare, next_report_at
from regietafel.monitor.models import MediaPicture, Monitor, PictureMailing, QueryVersion
from regietafel.monitor.selectors.material import figures_of
from regietafel.monitor.selectors.monitors import asked_text, current_query, may_steer
from regietafel.register.public import Dossier, User, people_of, readable, visible_dossiers

State = MediaPicture.State


def visible_pictures(user: Any) -> QuerySet[MediaPicture]:
    """Return published pictures of readable dossiers, and drafts where the person may write."""
    return MediaPicture.objects.filter(readable(user, "monitor__dossier__")).select_related(
        "monitor__dossier__organisation", "query_version", "created_by", "published_by"
    )


def pictures_of(user: Any, monitor: Monitor) -> QuerySet[MediaPicture]:
    """Return the pictures of a monitor that a person may see, newest first."""
    rows = visible_pictures(user).filter(monitor=monitor)
    if not may_steer(user, monitor.dossier):
        rows = rows.filter(state=State.PUBLISHED)
    return rows.order_by("state", "-number", "-period_until")


def latest_of_dossier(user: Any, dossier: Dossier) -> MediaPicture | None:
    """Return the last published picture of a dossier."""
    return published_of_dossier(user, dossier).first()


def published_of_dossier(user: Any, dossier: Dossier) -> QuerySet[MediaPicture]:
    """Return the published pictures of a dossier, newest first."""
    rows = visible_pictures(user).filter(monitor__dossier=dossier, state=State.PUBLISHED)
    return rows.order_by("-published_at")


def earlier_pictures(picture: MediaPicture) -> QuerySet[MediaPicture]:
    """Return the published pictures of the same monitor that came before this one, newest first."""
    rows = MediaPicture.objects.filter(monitor=picture.monitor, state=State.PUBLISHED).exclude(pk=picture.pk)
    if picture.number:
        rows = rows.filter(number__lt=picture.number)
    return rows.order_by("-number")


def content_of(picture: MediaPicture) -> PictureContent:
    """Return what a picture says; of a published one always what was frozen."""
    if picture.state == State.PUBLISHED:
        return PictureContent.from_json(picture.content)
    return PictureContent(
        scope=_scope(picture.monitor, picture.query_version, figures_at=picture.figures_at),
        notes=_notes(picture),
        figures=PictureFigures.from_json(picture.figures),
        maker=picture.maker,
        additions=tuple(map(Addition.from_json, picture.additions)),
        urgency=picture.monitor.urgency,
    )


def words_of(picture: MediaPicture) -> dict[str, Any]:
    """Return the words of a draft as its form takes them."""
    names = ("core_message", "advice", "expected_moments", "hotspots", "uncertainty", "revision")
    words: dict[str, Any] = {name: getattr(picture, name) for name in names}
    for code, notes in content_of(picture).notes.labels.items():
        words |= {
            f"seen_{code}": notes.seen,
            f"examples_{code}": "\n".join(notes.examples),
            f"advice_{code}": notes.advice,
        }
    return words


def _notes(picture: MediaPicture) -> Notes:
    return Notes(
        core_message=picture.core_message,
        advice=picture.advice,
        expected_moments=picture.expected_moments,
        labels={code: label_notes(written) for code, written in picture.sections.items()},
        hotspots=picture.hotspots,
        uncertainty=picture.uncertainty,
    )


def draft_content(monitor_id: int, *, starts_on: date, ends_on: date) -> PictureContent | None:
    """Return a picture of a stored monitor that is not kept; None when there is no such monitor."""
    monitor = Monitor.objects.select_related("dossier__organisation").filter(pk=monitor_id).first()
    version = current_query(monitor) if monitor else None
    if monitor is None or version is None:
        return None
    figures = figures_of(monitor, starts_on=starts_on, ends_on=ends_on)
    scope = _scope(monitor, version, figures_at=timezone.now())
    return PictureContent(scope=scope, notes=Notes(proposal(figures)), figures=figures)


def _scope(monitor: Monitor, version: QueryVersion, *, figures_at: datetime) -> Scope:
    return Scope(
        monitor=monitor.title,
        organisation=monitor.dossier.organisation.name,
        is_fictional=monitor.dossier.organisation.is_fictional,
        purpose=monitor.get_purpose_display(),
        legal_basis=monitor.legal_basis,
        query=asked_text(version),
        query_version=version.number,
        sources=tuple(monitor.sources.order_by("name").values_list("name", flat=True)),
        figures_at=figures_at,
    )


@dataclass(frozen=True)
class Shown:
    """A picture as the page shows it: its content with the chart and the tables that go with it."""

    content: PictureContent
    chart: Chart | None
    outlets: Table
    attention: str


def shown_content(picture: MediaPicture) -> Shown:
    """Return what the page of a picture shows."""
    content = content_of(picture)
    figures = content.figures
    return Shown(content, volume_chart(figures), outlet_table(figures), attention(figures))


def changes_since(picture: MediaPicture, earlier: MediaPicture) -> tuple[Change, ...]:
    """Say what changed between two pictures of the same monitor."""
    return compare(content_of(earlier).figures, content_of(picture).figures)


def document_of(picture: MediaPicture, kind: str) -> bytes:
    """Return a picture as DOCX, PDF or JSON."""
    earlier = earlier_pictures(picture).first()
    changes = changes_since(picture, earlier) if earlier else ()
    return write_picture(content_of(picture), kind=kind, changes=changes)


def possible_recipients(picture: MediaPicture, user: Any) -> QuerySet[User]:
    """Return the colleagues of this person who may read the dossier of a picture."""
    dossier = picture.monitor.dossier
    allowed = [one.pk for one in people_of(user) if visible_dossiers(one).filter(pk=dossier.pk).exists()]
    return people_of(user).filter(pk__in=allowed).order_by("name")


def mailings_of(picture: MediaPicture) -> QuerySet[PictureMailing]:
    """Return to whom a picture was mailed, the last first."""
    return picture.mailings.select_related("sent_by").prefetch_related("recipients")


def next_due(monitor: Monitor) -> datetime | None:
    """Return the moment before which the next picture is expected; None while the monitor does not run."""
    if monitor.state != Monitor.State.RUNNING or monitor.started_at is None:
        return None
    if hasattr(monitor, "last_published_at"):  # a list asks once for all
        last = monitor.last_published_at
    else:
        published = MediaPicture.objects.filter(monitor=monitor, state=State.PUBLISHED)
        last = published.order_by("-number").values_list("published_at", flat=True).first()
    return next_report_at(last or monitor.started_at, urgency=monitor.urgency)


@dataclass(frozen=True)
class Period:
    """A period to choose, with the words for it."""

    label: str
    first: date
    last: date


def usual_periods(today: date | None = None) -> tuple[Period, ...]:
    """Return the periods most pictures are about; the last day is yesterday, because today is not over."""
    last = (today or timezone.localdate()) - timedelta(days=1)
    return (
        Period("Gisteren", last, last),
        Period("De laatste 7 dagen", last - timedelta(days=6), last),
        Period("De laatste 14 dagen", last - timedelta(days=13), last),
    )
