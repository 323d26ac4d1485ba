"""Vandaag: what is new, due, coming and out of the ordinary, and the dossiers somebody works on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.deliberation import public as deliberation
from regietafel.host.administration import manages_anything
from regietafel.kernel import dutch
from regietafel.kit.navigation import Notice
from regietafel.kit.pages import Action, DetailPage, Empty, Header
from regietafel.monitor import public as monitor
from regietafel.reception import public as reception
from regietafel.register import public as register

SAME_VISIT = timedelta(hours=2)
MOST_NOTICES = 8


@dataclass(frozen=True)
class NoticeColumn:
    """One of the four columns."""

    title: str
    summary: str
    found: list[Notice]
    nothing: str

    @property
    def notices(self) -> list[Notice]:
        """Return what fits in the column."""
        return self.found[:MOST_NOTICES]

    @property
    def left_out(self) -> int:
        """Return how many do not fit."""
        return len(self.found) - len(self.notices)


@dataclass(frozen=True)
class DossierLine:
    """One dossier in the table below the columns."""

    dossier: register.Dossier
    picture: Any
    counts: list[int]
    deadlines: int
    next_moment: Any


def begin_visit(user: Any, now: datetime) -> datetime | None:
    """Remember this visit and return when the previous one ended; a pause of two hours starts a new visit."""
    with transaction.atomic():
        if user.current_visit_at is None or now - user.current_visit_at > SAME_VISIT:
            user.last_visit_at = user.current_visit_at
        user.current_visit_at = now
        user.save(update_fields=("last_visit_at", "current_visit_at"))
    previous: datetime | None = user.last_visit_at
    return previous


class TodayPage(DetailPage):
    """The page to open the day with."""

    template_name = "host/today.html"

    def prepare(self) -> None:
        self.now = timezone.now()
        previous = begin_visit(self.request.user, self.now)
        self.since = previous or self.now - timedelta(days=7)
        self.first_visit = previous is None

    def header(self) -> Header:
        local = timezone.localtime(self.now)
        greeting = (
            _("Goedemorgen") if local.hour < 12 else _("Goedemiddag") if local.hour < 18 else _("Goedenavond")
        )
        actions: tuple[Action, ...] = ()
        if register.organisations_with(self.request.user, "may_write").exists():
            actions = (Action(_("Nieuw dossier"), "/dossiers/nieuw", primary=True),)
        return Header(
            _("%(greeting)s, het is %(day)s") % {"greeting": greeting, "day": dutch.date_full(local.date())},
            self._purpose(),
            (),
            actions,
        )

    def _purpose(self) -> str:
        if self.first_visit:
            return _("Welkom. Hieronder ziet u wat er de afgelopen zeven dagen is gebeurd.")
        return _("Sinds uw vorige bezoek, %(moment)s.") % {"moment": dutch.moment(self.since)}

    def context(self) -> dict[str, Any]:
        lines = dossier_lines(self.request.user, self.now)
        return {
            "columns": columns(self.request.user, self.since, now=self.now),
            "lines": lines,
            "empty": None if lines else _nothing_yet(self.request.user),
        }


def columns(user: Any, since: datetime, *, now: datetime) -> list[NoticeColumn]:
    """Return the four columns for a person."""
    new = register.news_since(user, since) + monitor.news_since(user, since)
    new += deliberation.news_since(user, since) + reception.news_since(user, since)
    due = register.open_deadlines(user, now) + monitor.waiting_for(user, now)
    due += deliberation.waiting_for(user, now) + reception.waiting_for(user, now)
    coming = register.coming_moments(user, now) + monitor.coming_ends(user, now)
    coming += deliberation.coming_meetings(user, now) + reception.coming_changes(user, now)
    signals = reception.signals(user, now) + monitor.signals(user, now)
    late = [notice for notice in due if _is_late(notice)]
    return [
        NoticeColumn(
            _("Nieuw"),
            str(len(new)),
            sorted(new, key=lambda n: n.at, reverse=True),
            _("Niets nieuws sinds uw vorige bezoek."),
        ),
        NoticeColumn(
            _("Moet"),
            _due_summary(len(due), len(late)),
            sorted(due, key=lambda n: (not _is_late(n), n.at)),
            _("U hoeft nu niets te doen."),
        ),
        NoticeColumn(
            _("Komt"),
            _("14 dagen"),
            sorted(coming, key=lambda n: n.at),
            _("De komende veertien dagen staat er niets gepland."),
        ),
        NoticeColumn(
            _("Signalen"),
            str(len(signals)),
            signals,
            _("Geen signalen: de bronnen leveren en er valt niets op."),
        ),
    ]


def _is_late(notice: Notice) -> bool:
    return notice.badge is not None and notice.badge[0] == "fout"


def _due_summary(total: int, late: int) -> str:
    return _("%(total)s, waarvan %(late)s te laat") % {"total": total, "late": late} if late else str(total)


def dossier_lines(user: Any, now: datetime) -> list[DossierLine]:
    """Return the dossiers somebody works on with their state."""
    dossiers = register.my_dossiers(user)
    pictures = monitor.latest_pictures(user, dossiers)
    counts = monitor.daily_counts(user, dossiers, today=timezone.localdate(now))
    moments = register.next_moments(user, dossiers, now=now)
    due: dict[int | None, int] = {}
    for notice in register.open_deadlines(user, now, within=timedelta(days=365)):
        due[notice.dossier_id] = due.get(notice.dossier_id, 0) + 1
    return [
        DossierLine(d, pictures.get(d.pk), counts.get(d.pk, []), due.get(d.pk, 0), moments.get(d.pk))
        for d in dossiers
    ]


def _nothing_yet(user: Any) -> Empty:
    if register.organisations_with(user, "may_write").exists():
        action = Action(_("Begin een dossier"), "/dossiers/nieuw", primary=True)
        text = _(
            "Een dossier is één gevoelige kwestie, zoals een opvanglocatie. "
            "Daarin komen berichten, momenten en besluiten samen."
        )
        return Empty(_("U werkt nog niet aan een dossier"), text, action)
    if manages_anything(user):
        return Empty(
            _("U beheert, en werkt zelf niet aan een dossier"),
            _("Organisaties, mensen en hun rollen, en of alles werkt, vindt u bij Beheer."),
            Action(_("Naar Beheer"), "/beheer", primary=True),
        )
    return Empty(
        _("Er is nog geen dossier waarin u meedoet"),
        _("Vraag de eigenaar van een dossier om u toe te voegen."),
    )
