"""What the register has to say on Vandaag: news, what is due and what is coming."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.kit.navigation import Notice
from regietafel.register.models import Attachment, Dossier, Fact, JournalEntry, Moment, PhaseChange
from regietafel.register.selectors.access import standing_of, visible_dossiers

NEWS_LIMIT = 30


def news_since(user: Any, since: datetime) -> list[Notice]:
    """Return what others added to the dossiers a person may read, newest first."""
    found = [*_new_dossiers(user, since)]
    for model, kind, title in (
        (PhaseChange, _("Nieuwe fase"), lambda part: str(part.to_phase)),
        (Fact, _("Feit"), lambda part: part.text),
        (Attachment, _("Bijlage"), lambda part: part.name),
        (Moment, _("Moment"), lambda part: part.title),
    ):
        found += [_notice(part, kind, title=title(part)) for part in _parts_since(model, user, since=since)]
    found += [
        _notice(entry, entry.get_kind_display().capitalize(), title=entry.text)
        for entry in _parts_since(JournalEntry, user, since=since)
    ]
    return sorted(found, key=lambda notice: notice.at, reverse=True)[:NEWS_LIMIT]


def _new_dossiers(user: Any, since: datetime) -> Iterable[Notice]:
    for dossier in _by_others(visible_dossiers(user).filter(created_at__gt=since), user)[:NEWS_LIMIT]:
        yield Notice(
            at=dossier.created_at,
            kind=_("Nieuw dossier"),
            title=dossier.title,
            url=_url(dossier.pk),
            detail=str(dossier.organisation),
            dossier_id=dossier.pk,
        )


def _parts_since(model: Any, user: Any, *, since: datetime) -> QuerySet[Any]:
    parts = model.objects.filter(dossier__in=visible_dossiers(user).values("pk"), created_at__gt=since)
    for gone in ("removed_at", "withdrawn_at"):
        if any(field.name == gone for field in model._meta.fields):
            parts = parts.filter(**{f"{gone}__isnull": True})
    return _by_others(parts, user).select_related("dossier").order_by("-created_at")[:NEWS_LIMIT]


def _by_others(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return rows.filter(Q(created_by__isnull=True) | ~Q(created_by_id=user.pk))


def _notice(part: Any, kind: str, *, title: str) -> Notice:
    return Notice(
        at=part.created_at,
        kind=kind,
        title=title if len(title) <= 120 else title[:119] + "…",
        url=_url(part.dossier_id),
        detail=part.dossier.title,
        dossier_id=part.dossier_id,
    )


def open_deadlines(user: Any, now: datetime, *, within: timedelta = timedelta(days=7)) -> list[Notice]:
    """Return the terms that are over or nearly so and not done, oldest first."""
    moments = _open_moments(user).filter(kind=Moment.Kind.DEADLINE, starts_at__lte=now + within)
    return [_moment_notice(moment, overdue=moment.starts_at < now) for moment in moments]


def coming_moments(user: Any, now: datetime, *, within: timedelta = timedelta(days=14)) -> list[Notice]:
    """Return what happens in the coming days, soonest first."""
    moments = _open_moments(user).filter(starts_at__gte=now, starts_at__lte=now + within)
    return [_moment_notice(moment, overdue=None) for moment in moments.exclude(kind=Moment.Kind.DEADLINE)]


def _open_moments(user: Any) -> QuerySet[Moment]:
    moments = Moment.objects.filter(dossier__in=visible_dossiers(user).values("pk"))
    moments = moments.filter(done_at__isnull=True, withdrawn_at__isnull=True)
    return moments.select_related("dossier").order_by("starts_at")


def _moment_notice(moment: Moment, *, overdue: bool | None) -> Notice:
    badge = None if overdue is None else ("fout", _("te laat")) if overdue else ("let-op", _("nog te doen"))
    place = f" · {moment.place}" if moment.place else ""
    return Notice(
        at=moment.starts_at,
        kind=moment.get_kind_display(),
        title=moment.title,
        url=_url(moment.dossier_id),
        detail=f"{moment.dossier.title}{place}",
        badge=badge,
        dossier_id=moment.dossier_id,
    )


def my_dossiers(user: Any, *, limit: int = 12) -> list[Dossier]:
    """Return the open dossiers a person works on: takes part in, or of the own organisation."""
    standing = standing_of(user)
    own = {grant.organisation_id for grant in standing.staff_grants}
    rows = visible_dossiers(user).filter(phase__is_closed=False)
    rows = rows.filter(Q(pk__in=standing.dossier_ids) | Q(organisation_id__in=own))
    return list(rows.order_by("-updated_at")[:limit])


def next_moments(user: Any, dossiers: Iterable[Dossier], *, now: datetime) -> dict[int, Moment]:
    """Return the first coming moment of each dossier, in one query."""
    found: dict[int, Moment] = {}
    for moment in _open_moments(user).filter(dossier__in=[d.pk for d in dossiers], starts_at__gte=now):
        found.setdefault(moment.dossier_id, moment)
    return found


def past_moments(user: Any, dossier: Dossier, *, now: datetime) -> list[Moment]:
    """Return the moments of a dossier that have been, the last first, as far as a person may read it."""
    moments = Moment.objects.filter(
        dossier__in=visible_dossiers(user).filter(pk=dossier.pk).values("pk"),
        withdrawn_at__isnull=True,
        starts_at__lt=now,
    )
    return list(moments.order_by("-starts_at")[:NEWS_LIMIT])


def _url(dossier_id: int) -> str:
    return reverse("dossier", args=[dossier_id])
