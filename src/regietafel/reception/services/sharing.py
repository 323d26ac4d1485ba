"""Assignments: what a region was asked, who takes which part of it, and when it ends."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.changes import told
from regietafel.kit.refusal import Refused
from regietafel.reception.engine.sharing import Indivisible, UnusableKey
from regietafel.reception.models import Assignment, Target
from regietafel.reception.selectors.access import Region
from regietafel.reception.selectors.sharing import Shares, Wish, shares_for
from regietafel.reception.services.writing import log, reason_given, require_coordination
from regietafel.register.public import Organisation, User


def share_out(region: Region, wish: Wish) -> Shares:
    """Divide as wished, or say in Dutch why that cannot be."""
    try:
        return shares_for(region, wish)
    except (UnusableKey, Indivisible) as error:
        raise Refused(error.message) from error


@transaction.atomic
def make_assignment(*, region: Region, wish: Wish, by: User | None, **values: Any) -> Assignment:
    """Note what a region was asked and share it out.

    Args:
        region: of which the coordination point was asked.
        wish: total, key, method and bounds.
        values: title, received_on, due_on, source, counts_private, note.
    """
    point = _point(region, by)
    shares = share_out(region, wish)
    _refuse_double(point, str(values["title"]))
    assignment = Assignment.objects.create(
        organisation=point, created_by=by, **_stored(wish, shares), **_worded(values)
    )
    _write_targets(assignment, region, shares=shares, wish=wish)
    changes = told({**values, "total": wish.total, "key": wish.key, "method": wish.method})
    log("opdracht.gemaakt", assignment, organisation_id=point.pk, by=by, changes=changes)
    return assignment


@transaction.atomic
def change_assignment(
    *, assignment: Assignment, region: Region, wish: Wish, by: User | None, **values: Any
) -> Assignment:
    """Share an assignment out anew; parts that were agreed by hand stay as they were agreed."""
    locked = _lock(assignment, by)
    shares = share_out(region, wish)
    if str(values["title"]) != locked.title:
        _refuse_double(locked.organisation, str(values["title"]))
    before = {"total": locked.total, "key": locked.key, "method": locked.method}
    for name, value in {**_stored(wish, shares), **_worded(values)}.items():
        setattr(locked, name, value)
    locked.save()
    _write_targets(locked, region, shares=shares, wish=wish)
    after = {"total": wish.total, "key": wish.key, "method": wish.method}
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    log("opdracht.verdeeld", locked, organisation_id=locked.organisation_id, by=by, changes=changes)
    return locked


def _point(region: Region, by: User | None) -> Organisation:
    if region.point is None:
        raise Refused(
            _("Deze regio heeft nog geen coördinatiepunt. Vraag de beheerder om het toe te voegen.")
        )
    require_coordination(region.point, by)
    return region.point


def _refuse_double(point: Organisation, title: str) -> None:
    if Assignment.objects.filter(organisation=point, title=title.strip()).exists():
        raise Refused(_("Er is al een opdracht met deze naam. Kies een andere naam."), field="title")


def _worded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _stored(wish: Wish, shares: Shares) -> dict[str, Any]:
    return {
        "total": wish.total,
        "key": wish.key,
        "key_on": wish.on,
        "key_source": (wish.source or _common_source(shares))[:300],
        "method": wish.method,
        "minimum": wish.minimum,
    }


def _common_source(shares: Shares) -> str:
    """Say where figures of the register come from: the source behind the number, when all share it."""
    found = {source.partition("; ")[2] for source in shares.sources.values()}
    return found.pop() if len(found) == 1 else _("per gemeente, zie de aandelen")


def _write_targets(assignment: Assignment, region: Region, *, shares: Shares, wish: Wish) -> None:
    """Store every part with weight, quota and source; a part agreed by hand keeps its places and note."""
    assert shares.chosen.division is not None
    kept = {one.municipality_id: one for one in assignment.targets.filter(is_agreed=True)}
    areas = {area.name: area for area in region.municipalities}
    assignment.targets.all().delete()
    for portion in shares.chosen.division.portions:
        area = areas[portion.name]
        agreed = kept.get(area.pk)
        Target.objects.create(
            assignment=assignment,
            municipality=area,
            weight=float(portion.weight),
            quota=float(portion.quota),
            places=agreed.places if agreed else portion.places,
            durable=wish.durable.get(portion.name, 0),
            is_agreed=agreed is not None,
            source=shares.sources.get(portion.name, "")[:300],
            note=agreed.note if agreed else "",
        )


def _lock(assignment: Assignment, by: User | None) -> Assignment:
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("organisation")
    found = locked.get(pk=assignment.pk)
    require_coordination(found.organisation, by)
    if found.ended_on is not None:
        raise Refused(_("Deze opdracht is beëindigd op %s.") % dutch.date(found.ended_on))
    return found


@transaction.atomic
def agree_target(*, target: Target, places: int, note: str, by: User | None) -> Target:
    """Note that a municipality takes another number than was computed, and why."""
    assignment = _lock(target.assignment, by)
    if not note.strip():
        raise Refused(_("Schrijf op wat is afgesproken en met wie."), field="note")
    locked = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    changes = {"plaatsen": [locked.places, places], "gemeente": [None, str(target.municipality)]}
    locked.places, locked.note, locked.is_agreed = places, note.strip(), True
    locked.save(update_fields=("places", "note", "is_agreed"))
    log(
        "aandeel.afgesproken",
        locked,
        organisation_id=assignment.organisation_id,
        by=by,
        changes=changes,
        reason=note.strip(),
    )
    return locked


@transaction.atomic
def end_assignment(*, assignment: Assignment, on: date, reason: str, by: User | None) -> Assignment:
    """End an assignment: from that day on it no longer counts on the board."""
    locked = _lock(assignment, by)
    if on <= locked.received_on:
        raise Refused(_("Kies een dag na de dag waarop de opdracht is gegeven."), field="on")
    why = reason_given(reason, asked=_("Schrijf op waarom de opdracht eindigt."))
    locked.ended_on = on
    locked.save(update_fields=("ended_on",))
    log(
        "opdracht.beeindigd",
        locked,
        organisation_id=locked.organisation_id,
        by=by,
        changes={"beëindigd op": [None, on.isoformat()]},
        reason=why,
    )
    return locked
