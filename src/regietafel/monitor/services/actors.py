"""The list of public actors: one colleague writes an entry, another reviews it; only then it counts."""

from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.audit import changes_between, record
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import PublicActor
from regietafel.monitor.selectors.actors import as_read, fault_of, may_change_actor, may_review_actor
from regietafel.register.public import Organisation, User


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the list says of an actor: what it is, how it is written, and why it is on the list."""

    kind: str
    name: str
    written_as: tuple[str, ...] = ()
    reason: str


@transaction.atomic
def add_actor(*, organisation: Organisation, entry: Entry, by: User | None) -> PublicActor:
    """Put an actor on the list; it counts once somebody else reviewed it."""
    return _write(PublicActor(organisation=organisation), entry, action="actor.toegevoegd", by=by)


@transaction.atomic
def change_actor(*, actor: PublicActor, entry: Entry, by: User | None) -> PublicActor:
    """Change an entry; who changes it takes it over, and somebody else reviews it anew."""
    actor = _locked(actor)
    if not actor.is_active:
        raise Refused(_("Deze actor staat niet meer op de lijst. Zet die eerst terug."))
    if not changes_between(_facts(actor), asdict(_tidy(entry))):
        return actor
    return _write(actor, entry, action="actor.gewijzigd", by=by)


@transaction.atomic
def review_actor(*, actor: PublicActor, seen: str, by: User) -> PublicActor:
    """Approve an entry as it was read; the colleague who wrote it may not.

    Args:
        actor: which entry.
        seen: the code of the entry as this person read it.
        by: who reviews.

    Raises:
        Refused: this person wrote it, it changed since, or it is off the list.
    """
    actor = _locked(actor)
    if not may_review_actor(by, actor):
        raise Refused(
            _("Wie een actor opschrijft of wijzigt, kijkt die niet zelf na. Vraag het een collega.")
        )
    if not actor.is_active or seen != as_read(actor):
        raise Refused(_("Deze actor is intussen gewijzigd. Lees wat er nu staat en kijk die dan na."))
    if actor.reviewed_at is None:
        _refuse_person(Entry(**_facts(actor)))
        actor.reviewed_by, actor.reviewed_at = by, timezone.now()
        actor.save()
        _record("actor.nagekeken", actor, by=by, changes={})
    return actor


@transaction.atomic
def retire_actor(*, actor: PublicActor, by: User | None) -> PublicActor:
    """Take an actor off the list; it is a filter and a colour no longer."""
    return _move(actor, is_active=False, action="actor.van-de-lijst", by=by)


@transaction.atomic
def return_actor(*, actor: PublicActor, by: User | None) -> PublicActor:
    """Put an actor back on the list; somebody else reviews it anew."""
    return _move(actor, is_active=True, action="actor.teruggezet", by=by)


def _locked(actor: PublicActor) -> PublicActor:
    return PublicActor.objects.select_for_update().get(pk=actor.pk)


def _move(actor: PublicActor, *, is_active: bool, action: str, by: User | None) -> PublicActor:
    actor = _locked(actor)
    _refuse_reader(actor, by)
    if actor.is_active != is_active:
        actor.is_active = is_active
        if is_active:
            actor.added_by, actor.reviewed_by, actor.reviewed_at = by, None, None
        actor.save()
        _record(action, actor, by=by, changes={})
    return actor


def _write(actor: PublicActor, entry: Entry, *, action: str, by: User | None) -> PublicActor:
    """Keep an entry as this person wrote it, not reviewed."""
    _refuse_reader(actor, by)
    entry = _tidy(entry)
    _refuse_person(entry)
    before = _facts(actor) if actor.pk else {}
    actor.kind, actor.name, actor.reason = entry.kind, entry.name, entry.reason
    actor.written_as = list(entry.written_as)
    actor.added_by, actor.reviewed_by, actor.reviewed_at = by, None, None
    _save(actor)
    _record(action, actor, by=by, changes=changes_between(before, _facts(actor)))
    return actor


def _tidy(entry: Entry) -> Entry:
    name = " ".join(entry.name.split())
    also = dict.fromkeys(filter(None, (" ".join(one.split()) for one in entry.written_as)))
    also.pop(name, None)
    return Entry(kind=entry.kind, name=name, written_as=tuple(also), reason=entry.reason.strip())


def _refuse_reader(actor: PublicActor, by: User | None) -> None:
    if by is not None and not may_change_actor(by, actor):
        raise PermissionDenied


def _refuse_person(entry: Entry) -> None:
    if not entry.name or not entry.reason:
        raise Refused(_("Schrijf de naam, en waarom deze actor op de lijst hoort."))
    if entry.kind not in PublicActor.Kind.values:
        raise Refused(_("Kies wat voor actor dit is."))
    fault = fault_of(kind=entry.kind, name=entry.name, written_as=entry.written_as)
    if fault:
        raise Refused(fault)


def _save(actor: PublicActor) -> None:
    namesakes = PublicActor.objects.filter(organisation=actor.organisation, name__iexact=actor.name)
    taken = _("“%s” staat al op de lijst. Telt deze actor niet meer mee? Zet die dan terug.") % actor.name
    if namesakes.exclude(pk=actor.pk).exists():
        raise Refused(taken)
    try:
        with transaction.atomic():
            actor.save()
    except IntegrityError as error:
        raise Refused(taken) from error


def _facts(actor: PublicActor) -> dict[str, Any]:
    return {
        "kind": actor.kind,
        "name": actor.name,
        "written_as": tuple(actor.written_as),
        "reason": actor.reason,
    }


def _record(action: str, actor: PublicActor, *, by: User | None, changes: dict[str, Any]) -> None:
    record(action, actor, organisation_id=actor.organisation_id, by=by, details={"changes": changes})
