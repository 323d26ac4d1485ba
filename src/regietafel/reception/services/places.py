"""Locations, the kinds of places there, and how many: kept by whose they are, replaced, never lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.changes import change, field_differences, told
from regietafel.kit.refusal import Refused
from regietafel.reception.engine import access
from regietafel.reception.models import CapacityBlock, Location, Pool
from regietafel.reception.selectors.access import grants_of
from regietafel.reception.services.days import FAR, Turn, recount, take_turn
from regietafel.reception.services.writing import log, reason_given, refuse_personal, require_keeping
from regietafel.register.public import Area, Confidentiality, Organisation, districts_of


@dataclass(frozen=True, kw_only=True)
class Unusable:
    """So many places that cannot be used from a day up to but not including another, and why."""

    number: int
    from_on: date
    until_on: date | None
    reason: str


REPLACEABLE = ("places", "blocked", "from_on", "until_on", "probability", "source", "note")


@transaction.atomic
def create_location(*, organisation: Organisation, by: Any, **values: Any) -> Location:
    """Write down a location; nobody else sees it until it is shared. `values` are fields of a location."""
    secrecy = values.get("confidentiality", Confidentiality.INTERNAL)
    mine = access.Keeping(organisation_id=organisation.pk, confidentiality=secrecy)
    if not access.may_keep_location(grants_of(by), mine):
        raise Refused(
            _("Uw rol geeft u niet het recht om hier een locatie te beginnen, of zo vertrouwelijk.")
        )
    refuse_personal(values.get("name", ""), field="name")
    _refuse_both(secrecy, shared=values.get("shared_with_region", False))
    _refuse_elsewhere(values.get("district"), values["municipality"])
    try:
        with transaction.atomic():
            location = Location.objects.create(organisation=organisation, created_by=by, **values)
    except IntegrityError as error:
        raise Refused(_("Er is al een locatie met deze naam. Kies een andere naam."), field="name") from error
    log("locatie.gemaakt", location, organisation_id=organisation.pk, by=by, changes=told(values))
    return location


@transaction.atomic
def change_location(*, location: Location, by: Any, **values: Any) -> Location:
    """Change what is known of a location: name, municipality, features, contact, costs, secrecy."""
    locked = _locked(location, by)
    secrecy = values.get("confidentiality", locked.confidentiality)
    refuse_personal(values.get("name", ""), field="name")
    _refuse_both(secrecy, shared=locked.shared_with_region)
    kept = access.Keeping(organisation_id=locked.organisation_id, confidentiality=secrecy)
    if not access.may_keep_location(grants_of(by), kept):
        high = _("Zo vertrouwelijk mag u zelf niet lezen. Kies een lagere vertrouwelijkheid.")
        raise Refused(high, field="confidentiality")
    if {"district", "municipality"} & values.keys():
        district = values.get("district", locked.district)
        _refuse_elsewhere(district, values.get("municipality", locked.municipality))
    try:
        with transaction.atomic():
            changes = change(locked, values)
    except IntegrityError as error:
        raise Refused(_("Er is al een locatie met deze naam. Kies een andere naam."), field="name") from error
    if changes:
        log("locatie.gewijzigd", locked, organisation_id=locked.organisation_id, by=by, changes=changes)
    return locked


def _locked(location: Location, by: Any) -> Location:
    locked = Location.objects.select_for_update(of=("self",), no_key=True).get(pk=location.pk)
    require_keeping(locked, by)
    return locked


def _refuse_both(secrecy: int, *, shared: bool) -> None:
    """Refuse a location that counts for the region and that not everybody there may see."""
    if shared and secrecy > Confidentiality.INTERNAL:
        raise Refused(
            _("Een vertrouwelijke locatie kan niet met de regio worden gedeeld: iedereen in de regio telt "
              "dezelfde plaatsen. Deel haar niet, of maak haar intern.")
        )  # fmt: skip


def _refuse_elsewhere(district: Area | None, municipality: Area) -> None:
    """Refuse a wijk or buurt that lies in another municipality than the location does."""
    if district is None or any(one.area.pk == district.pk for one in districts_of([municipality])):
        return
    raise Refused(
        _("%(district)s ligt niet in %(municipality)s. Kies een wijk van %(municipality)s, of geen.")
        % {"district": district.name, "municipality": municipality.name},
        field="district",
    )


@transaction.atomic
def share_location(
    *, location: Location, with_region: bool, organisations: Iterable[Organisation] = (), by: Any
) -> Location:
    """Say who may read a location: the whole region, organisations by name, or nobody else."""
    locked = _locked(location, by)
    _refuse_both(locked.confidentiality, shared=with_region)
    before = {"met de regio": locked.shared_with_region, "met": _names(locked.shared_with.all())}
    locked.shared_with_region = with_region
    locked.save(update_fields=("shared_with_region",))
    locked.shared_with.set(one for one in organisations if one.pk != locked.organisation_id)
    after = {"met de regio": with_region, "met": _names(locked.shared_with.all())}
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        log("locatie.gedeeld", locked, organisation_id=locked.organisation_id, by=by, changes=changes)
    return locked


def _names(organisations: Iterable[Organisation]) -> list[str]:
    return sorted(one.name for one in organisations)


@transaction.atomic
def close_location(*, location: Location, on: date, reason: str, by: Any) -> Location:
    """Close a location: its places end on that day; promises from then on show as too many."""
    locked = _locked(location, by)
    why = reason_given(reason, asked=_("Schrijf kort waarom de locatie sluit."))
    turn = take_turn(locked.pools.values_list("pk", flat=True))
    for block in _in_force(turn.pools):
        if block.until_on is None or block.until_on > on:
            shorter = {"until_on": on} if block.from_on < on else None
            _replace(block, shorter, turn=turn, by=by)
    locked.closed_on = on
    locked.save(update_fields=("closed_on",))
    recount(turn)
    changes = {"closed_on": [None, str(on)]}
    log("locatie.gesloten", locked, organisation_id=locked.organisation_id, by=by, changes=changes,
        reason=why)  # fmt: skip
    return locked


@transaction.atomic
def reopen_location(*, location: Location, by: Any) -> Location:
    """Open a location again; its places are written down anew."""
    locked = _locked(location, by)
    closed_on, locked.closed_on = locked.closed_on, None
    locked.save(update_fields=("closed_on",))
    changes = {"closed_on": [str(closed_on), None]}
    log("locatie.heropend", locked, organisation_id=locked.organisation_id, by=by, changes=changes)
    return locked


@transaction.atomic
def add_pool(*, location: Location, by: Any, **values: Any) -> Pool:
    """Add a kind of places to a location; how many there are is told with a block."""
    locked = _locked(location, by)
    try:
        with transaction.atomic():
            pool = Pool.objects.create(location=locked, **values)
    except IntegrityError as error:
        raise Refused(_("Deze soort plaatsen heeft de locatie al. Voeg daar een blok aan toe.")) from error
    _log("plaatsen.gemaakt", pool, pool=pool, by=by, changes=told(values))
    return pool


@transaction.atomic
def change_pool(*, pool: Pool, by: Any, **values: Any) -> Pool:
    """Change the size of the rooms, or how many places are accessible or for care; bookings stay."""
    _locked(pool.location, by)
    locked = take_turn([pool.pk]).pools[pool.pk]
    changes = change(locked, values)
    if changes:
        _log("plaatsen.gewijzigd", locked, pool=locked, by=by, changes=changes)
    return locked


@transaction.atomic
def add_block(*, pool: Pool, by: Any, **values: Any) -> CapacityBlock:
    """Add places over some days. `places` None is unknown; `probability` below 1 is not certain yet."""
    turn = _turn(pool, by)
    block = CapacityBlock(pool=turn.pools[pool.pk], recorded_at=turn.at, recorded_by=by, **values)
    refuse_personal(block.note, field="note")
    _refuse_odd(block, turn)
    block.save()
    recount(turn)
    _log("blok.gemaakt", block, pool=block.pool, by=by, changes=told(values))
    return block


@transaction.atomic
def change_block(*, block: CapacityBlock, by: Any, reason: str = "", **values: Any) -> CapacityBlock:
    """Replace a block: what we knew until now stays knowable. What no longer fits shows as too many."""
    turn = _turn(block.pool, by)
    current = _current(block)
    changes = field_differences(current, values)
    if not changes:
        return current
    refuse_personal(str(values.get("note", "")), field="note")
    made = _replace(current, values, turn=turn, by=by)
    recount(turn)
    _log("blok.gewijzigd", made, pool=made.pool, by=by, changes=changes, reason=reason)
    return made


def end_block(*, block: CapacityBlock, on: date, reason: str = "", by: Any) -> CapacityBlock:
    """Let places end: `on` is the first day without them."""
    if on <= block.from_on:
        raise Refused(_("Het blok begint later. Trek het in als de plaatsen er niet komen."), field="on")
    refuse_personal(reason, field="reason")
    return change_block(block=block, by=by, reason=reason, until_on=on)


@transaction.atomic
def withdraw_block(*, block: CapacityBlock, reason: str, by: Any) -> None:
    """Take back places that do not come or were written down wrongly."""
    why = reason_given(reason, asked=_("Schrijf kort waarom deze plaatsen vervallen."))
    turn = _turn(block.pool, by)
    current = _current(block)
    _replace(current, None, turn=turn, by=by)
    recount(turn)
    _log("blok.ingetrokken", current, pool=current.pool, by=by, reason=why)


@transaction.atomic
def block_places(*, block: CapacityBlock, unusable: Unusable, by: Any) -> list[CapacityBlock]:
    """Make some places of a block unusable for some days; the block is cut where that begins and ends."""
    turn = _turn(block.pool, by)
    current = _current(block)
    refuse_personal(unusable.reason, field="reason")
    number, reason = unusable.number, unusable.reason
    first, last = max(unusable.from_on, current.from_on), _earliest(unusable.until_on, current.until_on)
    if last is not None and last <= first:
        raise Refused(_("In deze dagen heeft dit blok geen plaatsen. Kies andere dagen."), field="from_on")
    if not 0 <= number <= (current.places or 0):
        has = dutch.number(current.places or 0)
        raise Refused(_("Dit blok heeft %s plaatsen. Vul dat aantal of minder in.") % has, field="number")
    inside = {"from_on": first, "until_on": last, "blocked": number, "note": reason}
    pieces: list[dict[str, Any]] = [inside]
    if current.from_on < first:
        pieces.insert(0, {"until_on": first})
    if last is not None and last != current.until_on:
        pieces.append({"from_on": last})
    made = [_replace(current, pieces[0], turn=turn, by=by)]
    made += [_piece(current, values, turn=turn, by=by) for values in pieces[1:]]
    recount(turn)
    changes = {"blocked": [current.blocked, number], "van": [None, str(first)], "tot": [None, str(last)]}
    _log("plaatsen.geblokkeerd", made[0], pool=current.pool, by=by, changes=changes, reason=reason)
    return made


def _earliest(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _turn(pool: Pool, by: Any) -> Turn:
    location = _locked(pool.location, by)
    if location.closed_on is not None and location.closed_on <= timezone.localdate():
        raise Refused(_("Deze locatie is gesloten. Open haar eerst weer."))
    return take_turn([pool.pk])


def _in_force(pools: Iterable[int]) -> list[CapacityBlock]:
    rows = CapacityBlock.objects.filter(pool__in=list(pools), superseded_at__isnull=True)
    return list(rows.select_related("pool__location"))


def _current(block: CapacityBlock) -> CapacityBlock:
    current = next((one for one in _in_force([block.pool_id]) if one.pk == block.pk), None)
    if current is None:
        raise Refused(_("Dit blok is intussen gewijzigd of ingetrokken. Kijk opnieuw op de locatie."))
    return current


def _replace(block: CapacityBlock, values: Mapping[str, Any] | None, *, turn: Turn, by: Any) -> CapacityBlock:
    """End what is known of a block now, and write what is known from now on; None is nothing any more."""
    CapacityBlock.objects.filter(pk=block.pk).update(superseded_at=turn.at)
    return block if values is None else _piece(block, {"series": block.series, **values}, turn=turn, by=by)


def _piece(block: CapacityBlock, values: Mapping[str, Any], *, turn: Turn, by: Any) -> CapacityBlock:
    kept = {name: getattr(block, name) for name in REPLACEABLE} | dict(values)
    made = CapacityBlock(pool=block.pool, recorded_at=turn.at, recorded_by=by, **kept)
    _refuse_odd(made, turn)
    made.save(force_insert=True)
    return made


def _refuse_odd(block: CapacityBlock, turn: Turn) -> None:
    if block.until_on is not None and block.until_on <= block.from_on:
        raise Refused(_("Kies een eerste dag zonder deze plaatsen na de eerste dag ermee."), field="until_on")
    for name, day in (("from_on", block.from_on), ("until_on", block.until_on)):
        if day is not None and abs(day - turn.today) > FAR:
            raise Refused(_("Deze dag ligt te ver weg. Kies een dag binnen tien jaar."), field=name)
    if block.blocked > (block.places or 0):
        words = _("Er zijn %s plaatsen. Vul niet meer in die niet te gebruiken zijn.")
        raise Refused(words % dutch.number(block.places or 0), field="blocked")
    if not 0 <= block.probability <= 1:
        raise Refused(_("Vul een kans van 0 tot en met 100 % in."), field="chance")
    if not block.source.strip():
        raise Refused(_("Noem de bron: van wie of uit welk stuk weet u dit?"), field="source")


def _log(action: str, row: Any, *, pool: Pool, by: Any, **details: Any) -> None:
    log(action, row, organisation_id=pool.location.organisation_id, by=by, **details)
