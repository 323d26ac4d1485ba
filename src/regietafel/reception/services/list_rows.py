"""Storing the rows of a list: what is there is changed, what is new is added, what is known is left alone."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from regietafel.kit.refusal import Refused
from regietafel.reception.adapters.lists import ListRow
from regietafel.reception.adapters.records import RecordError
from regietafel.reception.adapters.town_names import is_named
from regietafel.reception.models import Booking, CapacityBlock, Group, ListImport, Location, Pool
from regietafel.reception.selectors.access import bookable_locations
from regietafel.reception.selectors.choosing import municipalities_for
from regietafel.reception.selectors.lists import occupied_on, open_placements
from regietafel.reception.services.booking import Wanted, book, depart
from regietafel.reception.services.groups import change_group, create_group
from regietafel.reception.services.places import (
    add_block,
    add_pool,
    change_block,
    change_location,
    create_location,
)
from regietafel.register.public import Area, districts_of, municipalities_within, region_of

NEW, CHANGED, KNOWN = "nieuw", "gewijzigd", "al bekend"
BOOKED, LEFT, SAME = "personen erbij geboekt", "personen vertrokken geboekt", "locaties kloppen al"
Outcome = Counter[str]
Storer = Callable[..., str]


def store_rows(
    reading: ListImport, rows: Sequence[ListRow], *, by: Any
) -> tuple[dict[str, int], list[RecordError]]:
    """Store rows one by one, in the caller's transaction.

    Returns:
        How many were new, changed and known; and the rows that could not be stored, each with its reason.
    """
    if reading.kind == ListImport.Kind.OCCUPANCY:
        return _store_occupancy(reading, rows, by=by)
    store = STORERS[reading.kind]
    outcome: Outcome = Counter()
    errors = []
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        try:
            _refuse_twice(reading.kind, row, seen=seen)
            outcome[store(reading, row, by=by)] += 1
        except Refused as refusal:
            column = refusal.field if refusal.field in row.values else None
            errors.append(RecordError(row=row.number, column=column, message=str(refusal)))
    return dict(outcome), errors


def _refuse_twice(kind: str, row: ListRow, *, seen: dict[tuple[Any, ...], int]) -> None:
    """Refuse a row about what an earlier row is about: which of the two would be meant?"""
    first, *rest = ONCE[kind]
    key = (row.values[first].casefold(), *(row.values.get(name) or "" for name in rest))
    earlier = seen.setdefault(key, row.number)
    if earlier != row.number:
        words = {"name": row.values[first][:60], "earlier": earlier, "row": row.number}
        raise Refused(
            _("“%(name)s” staat al in rij %(earlier)d. Laat een van de rijen %(earlier)d en %(row)d staan.")
            % words,
            field=first,
        )


def _store_location(reading: ListImport, row: ListRow, *, by: Any) -> str:
    told = row.told
    values: dict[str, Any] = {
        field: told[name]
        for field, name in (
            ("address", "adres"), ("features", "kenmerken"), ("contact", "contact"), ("note", "opmerking"),
        )
        if name in told
    }  # fmt: skip
    municipality = values["municipality"] = _municipality(reading, told["gemeente"])
    if "wijk" in told:
        values["district"] = _district(municipality, told["wijk"])
    there = Location.objects.filter(organisation=reading.organisation, name__iexact=told["locatie"]).first()
    if there is None or there.municipality != municipality:
        _refuse_far(reading, municipality, by=by)
        values.setdefault("district", None)  # what lay in one municipality does not lie in another
    if there is None:
        create_location(organisation=reading.organisation, by=by, name=told["locatie"], **values)
        return NEW
    return _changed(there, values, change=lambda fresh: change_location(location=there, by=by, **fresh))


def _changed(row: Any, values: dict[str, Any], *, change: Callable[[dict[str, Any]], Any]) -> str:
    fresh = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not fresh:
        return KNOWN
    change(fresh)
    return CHANGED


def _refuse_far(reading: ListImport, municipality: Area, *, by: Any) -> None:
    """Refuse a municipality in which the form of a location would not let this person begin one either."""
    region = region_of(reading.organisation)
    if region and municipalities_within(region).filter(pk=municipality.pk).exists():
        return
    offered = list(municipalities_for(by).values_list("name", flat=True))
    if municipality.name in offered:
        return
    words = {"town": municipality.name, "offered": ", ".join(offered) or _("geen enkele gemeente")}
    raise Refused(
        _("In %(town)s kunt u geen locatie vastleggen. U werkt in: %(offered)s. Verbeter de gemeente, of "
          "haal deze rij weg.") % words,
        field="gemeente",
    )  # fmt: skip


def _municipality(reading: ListImport, name: str, *, column: str = "gemeente") -> Area:
    """Find a municipality by its name: in the own region first, then anywhere."""
    region = region_of(reading.organisation)
    near = municipalities_within(region) if region else Area.objects.none()
    everywhere = Area.objects.filter(kind=Area.Kind.MUNICIPALITY, name__iexact=name)
    for found in ([area for area in near if is_named(area.name, name)], list(everywhere[:2])):
        if len(found) == 1:
            return found[0]
    told = _("De gemeente “%s” kennen wij niet. Schrijf de naam zoals bij Gebieden.") % name[:60]
    raise Refused(told, field=column)


def _district(municipality: Area, told: str) -> Area:
    """Find a wijk or buurt of a municipality by its name or its code."""
    meant = told.casefold()
    inside = [one.area for one in districts_of([municipality])]
    found = [area for area in inside if meant in (area.name.casefold(), area.code.casefold())]
    if len(found) == 1:
        return found[0]
    words = {"told": told[:60], "codes": ", ".join(area.code for area in found), "there": municipality.name}
    if found:
        unclear = _("“%(told)s” kan in %(there)s meer zijn. Schrijf de code: %(codes)s.") % words
        raise Refused(unclear, field="wijk")
    raise Refused(
        _("De wijk of buurt “%(told)s” kennen wij niet in %(there)s. Schrijf de naam zoals bij Gebieden, of "
          "laat de cel leeg.") % words,
        field="wijk",
    )  # fmt: skip


def _location(by: Any, name: str) -> Location:
    """Find a location on which a person may book, by its name."""
    rows = Location.objects.filter(bookable_locations(by), name__iexact=name).select_related("municipality")
    found = list(rows.distinct()[:2])
    if not found:
        told = _("De locatie “%s” kennen wij niet. Verbeter de naam, of lees eerst de locaties in.")
        raise Refused(told % name[:60], field="locatie")
    if len(found) > 1:
        told = _("Er zijn meer locaties die “%s” heten. Geef ze eerst een eigen naam.")
        raise Refused(told % name[:60], field="locatie")
    return found[0]


def _store_places(reading: ListImport, row: ListRow, *, by: Any) -> str:
    told = row.told
    pool = _pool_for(_location(by, told["locatie"]), row, by=by)
    there = CapacityBlock.objects.filter(pool=pool, from_on=told["van"], superseded_at__isnull=True).first()
    values = _block_told(told)
    if there is None:
        source = _("lijst %s") % reading.file_name
        add_block(pool=pool, by=by, from_on=told["van"], **{"places": None, "source": source, **values})
        return NEW
    reason = _("Lijst %s") % reading.file_name

    def replace(fresh: dict[str, Any]) -> Any:
        return change_block(block=there, by=by, reason=reason, **fresh)

    return _changed(there, values, change=replace)


def _block_told(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says about places, under the names of a block; nothing about what it leaves out."""
    values: dict[str, Any] = {
        field: told[name]
        for field, name in (("places", "plaatsen"), ("until_on", "tot"), ("source", "bron"))
        if name in told
    }
    if "niet_te_gebruiken" in told:
        values["blocked"] = told["niet_te_gebruiken"] or 0
    if "kans" in told:
        values["probability"] = Decimal(str(told["kans"])).quantize(Decimal("0.01"))
    if "places" in values and values["places"] is None:
        values["blocked"] = 0
    return values


def _pool_for(location: Location, row: ListRow, *, by: Any) -> Pool:
    kind, group = row.values["soort"], row.values.get("voor_wie") or ""
    there = location.pools.filter(kind=kind, target_group=group).first()
    room = row.values.get("kamer") or 1
    return there or add_pool(location=location, by=by, kind=kind, target_group=group, room_size=room)


def _store_group(reading: ListImport, row: ListRow, *, by: Any) -> str:
    told = row.told
    values: dict[str, Any] = {
        field: told[name]
        for field, name in (
            ("people", "personen"), ("arrives_on", "komst"), ("leaves_on", "vertrek"), ("needs", "nodig"),
            ("shares_room", "deelt_kamer"), ("link", "koppeling"), ("urgency", "urgentie"),
            ("latest_on", "uiterlijk"), ("origin", "bus"),
        )
        if name in told
    }  # fmt: skip
    values |= {
        field: told[name] or 0
        for field, name in (("accessible", "toegankelijk"), ("care", "zorg"))
        if name in told
    }
    values |= {
        field: _municipality(reading, told[name], column=name)
        for field, name in (("earlier", "eerder"), ("tied_to", "werk_of_school"))
        if name in told
    }
    alike = Group.objects.filter(organisation=reading.organisation, code__iexact=told["groep"])
    there = alike.filter(code=told["groep"]).first() or alike.first()
    if there is None:
        create_group(organisation=reading.organisation, by=by, code=told["groep"], **values)
        return NEW
    return _changed(there, values, change=lambda fresh: change_group(group=there, by=by, **fresh))


ONCE: dict[str, tuple[str, ...]] = {
    ListImport.Kind.LOCATIONS: ("locatie",),
    ListImport.Kind.PLACES: ("locatie", "soort", "voor_wie", "van"),
    ListImport.Kind.GROUPS: ("groep",),
}
"""By which cells two rows of a file are about the same; an occupancy list may have a row for each person."""

STORERS: dict[str, Storer] = {
    ListImport.Kind.LOCATIONS: _store_location,
    ListImport.Kind.PLACES: _store_places,
    ListImport.Kind.GROUPS: _store_group,
}


def _store_occupancy(
    reading: ListImport, rows: Sequence[ListRow], *, by: Any
) -> tuple[dict[str, int], list[RecordError]]:
    """Bring the ledger to what a list says is there; what it cannot explain is told, not guessed."""
    outcome: Outcome = Counter()
    errors: list[RecordError] = []
    told: dict[int, list[tuple[ListRow, int]]] = defaultdict(list)
    pools: dict[int, Pool] = {}
    for row in rows:
        try:
            pool = _pool_of(row, by)
        except Refused as refusal:
            column = refusal.field if refusal.field in row.values else None
            errors.append(RecordError(row=row.number, column=column, message=str(refusal)))
            continue
        pools[pool.pk] = pool
        told[pool.pk].append((row, _people_in(row)))
    for key, lines in told.items():
        try:
            people = sum(number for _row, number in lines)
            _reconcile(pools[key], people, reading=reading, outcome=outcome, by=by)
        except Refused as refusal:
            errors.append(RecordError(row=lines[0][0].number, column="aanwezig", message=str(refusal)))
    return dict(outcome), errors


def _people_in(row: ListRow) -> int:
    """Return how many people a row is about: one, where the list has a row for each."""
    if "aanwezig" not in row.values:
        return 1
    if row.values["aanwezig"] is None:
        told = _("Hier staat niet hoeveel mensen er zijn. Vul 0 in als er niemand is.")
        raise Refused(told, field="aanwezig")
    return int(row.values["aanwezig"])


def _pool_of(row: ListRow, by: Any) -> Pool:
    location = _location(by, row.values["locatie"])
    if "aanwezig" in row.values and row.values["aanwezig"] is None:
        _people_in(row)
    pools = location.pools.select_related("location")
    if row.values.get("soort"):
        pools = pools.filter(kind=row.values["soort"])
    if row.values.get("voor_wie"):
        pools = pools.filter(target_group=row.values["voor_wie"])
    found = list(pools[:2])
    if not found:
        told = _("%s heeft zulke plaatsen niet. Verbeter de soort, of lees eerst de plaatsen in.")
        raise Refused(told % location.name, field="soort")
    if len(found) > 1:
        told = _("%s heeft meer soorten plaatsen. Zeg in de lijst welke soort.")
        raise Refused(told % location.name, field="soort")
    return found[0]


def _reconcile(pool: Pool, people: int, *, reading: ListImport, outcome: Outcome, by: Any) -> None:
    day, there = reading.day, occupied_on(pool, reading.day)
    reason = _("Bezettingslijst %s") % reading.file_name
    if people > there:
        wanted = Wanted(
            pool=pool,
            kind=Booking.Kind.PLACEMENT,
            group=None,
            people=people - there,
            from_on=day,
            origin=_("bezettingslijst"),
            reason=reason[:300],
        )
        book(wanted=wanted, by=by)
        outcome[BOOKED] += people - there
    elif people < there:
        _let_go(pool, there - people, day=day, reason=reason[:300], by=by)
        outcome[LEFT] += there - people
    else:
        outcome[SAME] += 1


def _let_go(pool: Pool, people: int, *, day: date, reason: str, by: Any) -> None:
    """Note the departure of people who belong to no group, who came first first."""
    lines: Iterable[tuple[Booking, int]] = open_placements(pool, day)
    loose = [(booking, left) for booking, left in lines if booking.group_id is None]
    if sum(left for _booking, left in loose) < people:
        raise Refused(
            _("De lijst telt %(people)d mensen minder dan er geboekt zijn, en dat zijn mensen in groepen. "
              "Boek eerst het vertrek van een groep.") % {"people": people}
        )  # fmt: skip
    for booking, left in loose:
        going = min(left, people)
        if going:
            depart(booking=booking, people=going, on=day, reason=reason, by=by)
        people -= going
