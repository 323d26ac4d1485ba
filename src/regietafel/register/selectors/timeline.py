"""What the register puts on the timeline of a dossier."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.documents.ical import Appointment
from regietafel.kit.navigation import Notice
from regietafel.register.models import Attachment, Dossier, Fact, JournalEntry, Moment, PhaseChange

BADGES = {Fact.Status.KNOWN: "ok", Fact.Status.RESERVED: "let-op", Fact.Status.UNKNOWN: "info"}


def dossier_timeline(_user: Any, dossier: Dossier) -> list[Notice]:
    """Return the steps, moments, facts, notes and papers of a dossier the person may read."""
    return [
        *_steps(dossier),
        *_moments(dossier),
        *_facts(dossier),
        *_notes(dossier),
        *_papers(dossier),
    ]


def _steps(dossier: Dossier) -> Iterator[Notice]:
    for step in PhaseChange.objects.filter(dossier=dossier).select_related(
        "from_phase", "to_phase", "created_by"
    ):
        title = (
            _("Van %(old)s naar %(new)s") % {"old": step.from_phase, "new": step.to_phase}
            if step.from_phase
            else _("Dossier begonnen in fase %(new)s") % {"new": step.to_phase}
        )
        yield _notice(step, kind=_("Fase"), title=title, detail=_by(step, step.reason))


def _moments(dossier: Dossier) -> Iterator[Notice]:
    for moment in Moment.objects.filter(dossier=dossier, withdrawn_at__isnull=True):
        detail = " · ".join(part for part in (moment.place, moment.note) if part)
        badge = ("ok", _("afgerond")) if moment.done_at else None
        yield Notice(
            at=moment.starts_at,
            kind=moment.get_kind_display().capitalize(),
            title=moment.title,
            url="",
            detail=detail,
            badge=badge,
            dossier_id=dossier.pk,
        )


def appointments_of(dossier: Dossier, *, address_of: Callable[[str], str]) -> Iterator[Appointment]:
    """Return the moments of a dossier for a calendar; a withdrawn one cancels what was sent before."""
    for moment in Moment.objects.filter(dossier=dossier):
        yield Appointment(
            uid=f"moment-{moment.pk}@regietafel",
            title=moment.title,
            starts_at=moment.starts_at,
            ends_at=moment.ends_at,
            place=moment.place,
            text=moment.note,
            url=address_of(reverse("dossier-timeline", args=[dossier.pk])),
            is_cancelled=moment.withdrawn_at is not None,
        )


def _facts(dossier: Dossier) -> Iterator[Notice]:
    for fact in Fact.objects.filter(dossier=dossier).select_related("created_by", "replaced_by"):
        badge = (BADGES[Fact.Status(fact.status)], str(fact.get_status_display()))
        if fact.withdrawn_at is not None:
            badge = ("neutraal", _("ingetrokken"))
        elif hasattr(fact, "replaced_by"):
            badge = ("neutraal", _("vervangen"))
        yield _notice(fact, kind=_("Feit"), title=fact.text, detail=_by(fact, fact.source), badge=badge)


def _notes(dossier: Dossier) -> Iterator[Notice]:
    entries = JournalEntry.objects.filter(dossier=dossier).select_related("created_by", "moment")
    for entry in entries:
        yield Notice(
            at=entry.created_at,
            kind=entry.get_kind_display().capitalize(),
            title=entry.text,
            url=_own_page(entry.origin),
            detail=_by(entry, _("antwoord via %s") % entry.get_channel_display() if entry.channel else ""),
            badge=_term(entry.moment) if entry.moment else None,
            dossier_id=dossier.pk,
        )


def _own_page(origin: str) -> str:
    """Return the page a note was written on, only when it is one of the product itself."""
    return origin if origin.startswith("/") and not origin.startswith(("//", "/\\")) else ""


def _term(moment: Moment) -> tuple[str, str] | None:
    """Return how the term of a question stands."""
    if moment.withdrawn_at is not None:
        return None
    if moment.done_at is not None:
        return ("ok", _("beantwoord"))
    return ("let-op", _("antwoord vóór %s") % dutch.date(timezone.localdate(moment.starts_at)))


def _papers(dossier: Dossier) -> Iterator[Notice]:
    papers = Attachment.objects.filter(dossier=dossier, removed_at__isnull=True).defer("text")
    for paper in papers.select_related("created_by"):
        yield Notice(
            at=paper.created_at,
            kind=_("Bijlage"),
            title=paper.name,
            url=reverse("attachment-download", args=[dossier.pk, paper.pk]),
            detail=_by(paper, paper.description),
            dossier_id=dossier.pk,
        )


def _notice(
    part: Any, *, kind: str, title: str, detail: str = "", badge: tuple[str, str] | None = None
) -> Notice:
    return Notice(part.created_at, kind, title, "", detail, badge, part.dossier_id)


def _by(part: Any, text: str = "") -> str:
    return " · ".join(piece for piece in (text, str(part.created_by) if part.created_by else "") if piece)
