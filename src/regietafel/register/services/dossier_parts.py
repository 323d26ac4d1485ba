"""What people add to a dossier: facts, moments, links and notes; taken back when wrong, never erased."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.changes import assign, differences
from regietafel.kit.refusal import Refused
from regietafel.register.models import Dossier, Fact, JournalEntry, Link, Moment
from regietafel.register.services.writing import Change, author_of, lock_dossier, log, set_hidden

web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Statement:
    """A fact as somebody states it: what, how sure, from where, as of which day."""

    text: str
    status: str
    source: str
    as_of: date


@dataclass(frozen=True)
class Happening:
    """A moment as somebody plans or records it."""

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    note: str = ""


@transaction.atomic
def add_fact(*, dossier: Dossier, statement: Statement, by: Any) -> Fact:
    """Record what is known, known with reserve, or not yet known."""
    return _store_fact(lock_dossier(dossier, by), statement, by=by, replaces=None)


@transaction.atomic
def replace_fact(*, fact: Fact, statement: Statement, by: Any) -> Fact:
    """Put a newer statement in the place of a fact; the old one stays in the history."""
    dossier = lock_dossier(fact.dossier, by)
    return _store_fact(dossier, statement, by=by, replaces=_current(fact))


def _current(fact: Fact) -> Fact:
    kept = Fact.objects.get(pk=fact.pk)
    if kept.withdrawn_at is not None:
        raise Refused(_("Dit feit is ingetrokken. Leg een nieuw feit vast."))
    if Fact.objects.filter(replaces=kept).exists():
        raise Refused(_("Dit feit is intussen al vervangen. Kijk wat er nu staat."))
    return kept


def _store_fact(dossier: Dossier, statement: Statement, *, by: Any, replaces: Fact | None) -> Fact:
    if statement.status == Fact.Status.KNOWN and not statement.source.strip():
        raise Refused(_("Wat bekend is, heeft een bron nodig. Weet u die niet? Kies dan “onder voorbehoud”."))
    values = {name: getattr(statement, name) for name in ("text", "status", "source", "as_of")}
    fact = Fact(dossier=dossier, created_by=author_of(by), replaces=replaces)
    changes = differences(replaces or fact, values)
    assign(fact, values)
    action = "feit.vervangen" if replaces else "feit.vastgelegd"
    log(dossier, fact, change=Change(action, changes), by=by)
    return fact


@transaction.atomic
def withdraw_fact(*, fact: Fact, reason: str, by: Any) -> Fact:
    """Take a fact back, with the reason; it stays in the history."""
    dossier = lock_dossier(fact.dossier, by)
    kept = _current(fact)
    assign(kept, {"withdrawn_at": timezone.now()})
    log(dossier, kept, change=Change("feit.ingetrokken", reason=reason), by=by)
    return kept


@transaction.atomic
def add_moment(*, dossier: Dossier, happening: Happening, by: Any) -> Moment:
    """Put something on the timeline that happened or will happen."""
    locked = lock_dossier(dossier, by)
    moment = Moment(dossier=locked, created_by=author_of(by))
    return _store_moment(moment, happening, action="moment.vastgelegd", by=by)


@transaction.atomic
def change_moment(*, moment: Moment, happening: Happening, by: Any) -> Moment:
    """Change when, where or what a moment is."""
    lock_dossier(moment.dossier, by)
    return _store_moment(_open_moment(moment), happening, action="moment.gewijzigd", by=by)


def _open_moment(moment: Moment) -> Moment:
    kept = Moment.objects.select_related("dossier").get(pk=moment.pk)
    if kept.withdrawn_at is not None:
        raise Refused(_("Dit moment is ingetrokken. Leg zo nodig een nieuw moment vast."))
    return kept


def _store_moment(moment: Moment, happening: Happening, *, action: str, by: Any) -> Moment:
    if happening.ends_at is not None and happening.ends_at < happening.starts_at:
        raise Refused(_("Het moment eindigt voordat het begint."))
    names = ("title", "kind", "starts_at", "ends_at", "place", "note")
    values = {name: getattr(happening, name) for name in names}
    changes = differences(moment, values)
    if changes:
        assign(moment, values)
        log(moment.dossier, moment, change=Change(action, changes), by=by)
    return moment


@transaction.atomic
def finish_moment(*, moment: Moment, by: Any) -> Moment:
    """Mark a moment as done."""
    dossier = lock_dossier(moment.dossier, by)
    kept = _open_moment(moment)
    if kept.done_at is None:
        assign(kept, {"done_at": timezone.now()})
        log(dossier, kept, change=Change("moment.afgerond"), by=by)
    return kept


@transaction.atomic
def reopen_moment(*, moment: Moment, by: Any) -> Moment:
    """Undo that a moment was marked as done."""
    dossier = lock_dossier(moment.dossier, by)
    kept = _open_moment(moment)
    if kept.done_at is not None:
        assign(kept, {"done_at": None})
        log(dossier, kept, change=Change("moment.heropend"), by=by)
    return kept


@transaction.atomic
def withdraw_moment(*, moment: Moment, reason: str, by: Any) -> Moment:
    """Take a moment off the timeline, with the reason; it stays in the log."""
    dossier = lock_dossier(moment.dossier, by)
    kept = _open_moment(moment)
    assign(kept, {"withdrawn_at": timezone.now()})
    log(dossier, kept, change=Change("moment.ingetrokken", reason=reason), by=by)
    return kept


@transaction.atomic
def add_link(*, dossier: Dossier, title: str, url: str, by: Any) -> Link:
    """Point from a dossier to a public address elsewhere."""
    locked = lock_dossier(dossier, by)
    try:
        web_address(url)
    except ValidationError as error:
        raise Refused(_("Alleen een volledig adres met http:// of https:// kan hier staan.")) from error
    link = Link.objects.create(dossier=locked, title=title, url=url, created_by=author_of(by))
    log(locked, link, change=Change("koppeling.toegevoegd", {str(_("Adres")): ["", url]}), by=by)
    return link


@transaction.atomic
def remove_link(*, link: Link, reason: str, by: Any) -> Link:
    """Take a link out of sight; it can be put back."""
    return set_hidden(link, hidden=True, change=Change("koppeling.verwijderd", reason=reason), by=by)


@transaction.atomic
def restore_link(*, link: Link, by: Any) -> Link:
    """Put a link back that was taken out of sight."""
    return set_hidden(link, hidden=False, change=Change("koppeling.teruggezet"), by=by)


@transaction.atomic
def write_journal(*, dossier: Dossier, text: str, by: Any) -> JournalEntry:
    """Write a dated note; a mistake is put right by a next note."""
    locked = lock_dossier(dossier, by)
    entry = JournalEntry.objects.create(dossier=locked, text=text.strip(), created_by=author_of(by))
    log(locked, entry, change=Change("notitie.geschreven"), by=by)
    return entry
