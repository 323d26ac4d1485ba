"""Promising and filling places: all or nothing, one line of the log per booking, and never one too many.

Bookings are replaced, never changed: the line that no longer holds keeps the moment at which it ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.changes import field_differences, told
from regietafel.kit.refusal import Refused
from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, Group, Location, Pool
from regietafel.reception.selectors.access import bookable_locations, visible_groups
from regietafel.reception.services.days import (
    FAR,
    Full,
    Turn,
    cover,
    families,
    lines_of,
    settle,
    take_turn,
)
from regietafel.reception.services.writing import author_of, log_all, reason_given, refuse_personal

__all__ = ["Full", "Wanted", "book", "book_together", "change_booking", "depart", "withdraw_booking"]

Kind = Booking.Kind
CHANGEABLE = frozenset(
    {"pool", "group", "people", "places", "from_on", "until_on", "lapses_at", "origin", "reason"}
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A reservation or placement to be.

    `people` of a `group`, or of nobody known by a code (None). `places`: None takes what they need: whole
    rooms for a group that shares none. `until_on`: the day they leave; None when nobody knows. `lapses_at`:
    when a reservation that nobody made true gives its places back. `of`: the reservation that a placement
    makes true; its places are used first.
    """

    pool: Pool
    kind: str
    group: Group | None
    people: int
    from_on: date
    until_on: date | None = None
    places: int | None = None
    lapses_at: datetime | None = None
    of: Booking | None = None
    origin: str = ""
    reason: str = ""


def book(*, wanted: Wanted, by: Any) -> Booking:
    """Book one reservation or placement.

    Raises:
        Full: a day has too few places.
        Refused: it may not, or contradicts what is booked.
    """
    return book_together(wanted=[wanted], by=by)[0]


def book_together(*, wanted: Sequence[Wanted], by: Any) -> list[Booking]:
    """Book several reservations and placements: all of them, or none.

    Returns:
        The bookings, in the order of what was wanted.

    Raises:
        Full: a day has too few places for all of them together.
        Refused: one of them may not, or contradicts what is booked or another.
    """
    if not wanted:
        return []
    with transaction.atomic():
        made = write_bookings(wanted, by=by)
        log_made(made, by=by)
    return made


def write_bookings(wanted: Sequence[Wanted], *, by: Any) -> list[Booking]:
    """Do what `book_together` does in the transaction of the caller, who notes it in the log afterwards."""
    _refuse_strangers({one.pool.location_id for one in wanted}, _groups_of(wanted), by=by)
    turn = take_turn([*(one.pool.pk for one in wanted), *(one.of.pool_id for one in wanted if one.of)])
    groups = lock_groups(_groups_of(wanted))
    there = _lines(wanted, groups)
    made = [_made(one, turn, there=there, by=by) for one in wanted]
    cover(turn, first=min(one.from_on for one in made), until=_latest(made))
    lines = lines_of(there)
    settle(turn, before=lines, after=[*lines, *lines_of(made)])
    _refuse_twice(groups, [*there, *made], at=turn.at)
    Booking.objects.bulk_create(made)
    return made


def _latest(bookings: Iterable[Booking]) -> date | None:
    """Return the last end; bookings without an end reach as far as days are kept."""
    return max((one.until_on for one in bookings if one.until_on), default=None)


def _groups_of(wanted: Iterable[Wanted]) -> set[int]:
    groups = {one.group.pk for one in wanted if one.group}
    return groups | {one.of.group_id for one in wanted if one.of and one.of.group_id}


def _refuse_strangers(locations: set[int], groups: set[int], *, by: Any) -> None:
    """Refuse who may not book at one of the locations, or may not know one of the groups."""
    allowed = Location.objects.filter(bookable_locations(by), pk__in=locations)
    if allowed.count() < len(locations):
        raise Refused(_("Uw rol geeft u niet het recht om op deze locatie te boeken."))
    if groups and visible_groups(by).filter(pk__in=groups).count() < len(groups):
        raise Refused(_("Deze groep kent u niet. Kies een groep uit uw eigen lijst."), field="group")


def lock_groups(numbers: Iterable[int]) -> dict[int, Group]:
    """Lock groups, in order of their number, so that nobody else books for them meanwhile."""
    rows = Group.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=set(numbers))
    return {group.pk: group for group in rows.order_by("pk")}


def _lines(wanted: Sequence[Wanted], groups: Iterable[int]) -> list[Booking]:
    """Return every line in force that what is wanted has to do with."""
    series = {one.of.series for one in wanted if one.of}
    series |= set(
        Booking.objects.filter(group__in=groups, superseded_at__isnull=True).values_list("series", flat=True)
        if groups
        else ()
    )
    return families(series) if series else []


def _made(one: Wanted, turn: Turn, *, there: Iterable[Booking], by: Any) -> Booking:
    """Return the booking, not yet written; whoever wants something odd hears why it cannot be."""
    pool, of = turn.pools[one.pool.pk], None
    if one.of is not None:
        of = _reservation(one, turn, there=there)
    group = one.group or (of.group if of else None)
    shares = group is None or group.shares_room
    room = 1 if shares else pool.room_size
    if one.people < 1:
        raise Refused(_("Boek voor ten minste 1 persoon."), field="people")
    made = Booking(
        pool=pool,
        kind=one.kind,
        group=group,
        people=one.people,
        places=one.places or ledger.places_for(one.people, room_size=room),
        from_on=one.from_on,
        until_on=one.until_on,
        lapses_at=one.lapses_at,
        of=of,
        origin=one.origin or (of.origin if of else ""),
        reason=one.reason,
        recorded_at=turn.at,
        recorded_by=author_of(by),
    )
    _refuse_odd(made, turn)
    return made


def _reservation(one: Wanted, turn: Turn, *, there: Iterable[Booking]) -> Booking:
    """Return the line in force of the reservation that a placement makes true."""
    asked: Any = one.of
    found = next((line for line in there if line.series == asked.series), None)
    if found is None or found.pool_id not in turn.pools:
        raise Refused(_("Deze reservering is intussen gewijzigd of ingetrokken. Kijk opnieuw op de locatie."))
    if one.kind != Kind.PLACEMENT or found.kind != Kind.RESERVATION:
        raise Refused(_("Alleen een plaatsing maakt een reservering waar."))
    if one.group is not None and found.group_id not in (None, one.group.pk):
        raise Refused(
            _("Deze reservering is van een andere groep. Kies die groep, of boek los."), field="group"
        )
    return found


def _refuse_odd(made: Booking, turn: Turn) -> None:
    if made.kind not in (Kind.RESERVATION, Kind.PLACEMENT):
        raise ValueError("A departure is noted with `depart`.")
    if made.places < made.people:
        raise Refused(_("Neem voor elke persoon ten minste 1 plaats."), field="places")
    if made.group is not None and made.people > made.group.people:
        raise Refused(
            _("Groep %(group)s telt %(people)s personen. Boek voor niet meer.")
            % {"group": made.group.code, "people": dutch.number(made.group.people)},
            field="people",
        )
    refuse_personal(made.origin, field="origin")
    refuse_personal(made.reason, field="reason")
    if made.lapses_at is not None and made.kind != Kind.RESERVATION:
        raise Refused(_("Alleen een reservering kan vervallen. Laat “Vervalt op” leeg."), field="lapses_on")
    if made.lapses_at is not None and made.lapses_at <= turn.at:
        raise Refused(_("Laat de reservering later vervallen dan nu."), field="lapses_on")
    if made.lapses_at is not None and made.lapses_at - turn.at > FAR:
        told = _("Deze reservering vervalt te ver weg. Kies een dag binnen tien jaar.")
        raise Refused(told, field="lapses_on")
    _refuse_odd_days(made, turn)


def _refuse_odd_days(made: Booking, turn: Turn) -> None:
    if made.until_on is not None and made.until_on <= made.from_on:
        raise Refused(_("Kies een dag van vertrek na de eerste dag."), field="until_on")
    for name, day in (("from_on", made.from_on), ("until_on", made.until_on)):
        if day is not None and abs(day - turn.today) > FAR:
            raise Refused(_("Deze dag ligt te ver weg. Kies een dag binnen tien jaar."), field=name)
    closed_on = made.pool.location.closed_on
    if closed_on is not None and (made.until_on is None or made.until_on > closed_on):
        raise Refused(
            _("%(place)s sluit op %(day)s. Kies een dag van vertrek die niet later is.")
            % {"place": made.pool.location.name, "day": dutch.date_full(closed_on)},
            field="until_on",
        )


def _refuse_twice(groups: dict[int, Group], lines: Iterable[Booking], *, at: datetime) -> None:
    """Refuse more places for people than a group has people."""
    of_group: dict[int, list[Booking]] = defaultdict(list)
    rows = list(lines)
    owner = {line.series: line.group_id for line in rows}
    for line in rows:
        for number in {line.group_id, owner.get(line.of.series) if line.of else None} - {None}:
            of_group[int(number or 0)].append(line)
    for number, group in groups.items():
        day = _too_many_on(group, of_group[number], at=at)
        if day is not None:
            raise Refused(
                _("Groep %(group)s telt %(people)s personen en heeft op %(day)s al een plek of reservering. "
                  "Plaats de groep vanuit die reservering, of laat haar daar eerst vertrekken.")
                % {"group": group.code, "people": dutch.number(group.people), "day": dutch.date_full(day)}
            )  # fmt: skip


def _too_many_on(group: Group, lines: list[Booking], *, at: datetime) -> date | None:
    changes: dict[date, int] = defaultdict(int)
    for claim in ledger.claims_of(ledger.Ledger(bookings=tuple(lines_of(lines))), at=at):
        changes[claim.from_on] += claim.people
        if claim.until_on is not None:
            changes[claim.until_on] -= claim.people
    days = sorted(changes)
    there = accumulate(changes[day] for day in days)
    return next((day for day, people in zip(days, there, strict=True) if people > group.people), None)


@transaction.atomic
def depart(*, booking: Booking, people: int, on: date, reason: str = "", by: Any) -> Booking:
    """Note that people leave on a day, and give their places back from that day on.

    Of rooms taken whole only those come free in which nobody stays.
    """
    made = write_departure(booking, people=people, on=on, reason=reason, by=by)
    log_made([made], by=by)
    return made


def write_departure(booking: Booking, *, people: int, on: date, reason: str, by: Any) -> Booking:
    """Do what `depart` does in the transaction of the caller, who notes it in the log afterwards."""
    turn, current, there = _turn_of(booking, by=by)
    if current.kind == Kind.DEPARTURE:
        raise Refused(_("Van een vertrek kan niemand vertrekken."))
    if on < current.from_on or (current.until_on is not None and on >= current.until_on):
        told = _("Kies een dag waarop deze boeking geldt: vanaf de eerste dag en voor het einde.")
        raise Refused(told, field="on")
    gone = [line for line in there if line.of and line.of.series == current.series]
    left = current.people - sum(line.people for line in gone)
    if not 1 <= people <= left:
        raise Refused(
            _("Van deze boeking kunnen nog %(left)s personen vertrekken. Vul een getal van 1 tot en met "
              "%(left)s in.") % {"left": dutch.number(left)}
            if left > 0
            else _("Van deze boeking is iedereen al vertrokken of geplaatst."),
            field="people",
        )  # fmt: skip
    refuse_personal(reason, field="reason")
    held = current.places - sum(line.places for line in gone)
    made = Booking(
        pool=current.pool,
        kind=Kind.DEPARTURE,
        group=current.group,
        people=people,
        places=_given_back(current, people, held=held, left=left),
        from_on=on,
        of=current,
        reason=reason,
        recorded_at=turn.at,
        recorded_by=author_of(by),
    )
    lines = lines_of(there)
    settle(turn, before=lines, after=[*lines, *lines_of([made])])
    made.save(force_insert=True)
    return made


def _given_back(current: Booking, people: int, *, held: int, left: int) -> int:
    if people == left:
        return max(held, people)
    if current.places == current.people:
        return people
    rest = ledger.places_for(left - people, room_size=current.pool.room_size)
    return max(held - rest, people)


@transaction.atomic
def change_booking(*, booking: Booking, by: Any, **values: Any) -> Booking:
    """Replace a booking: the line of before ends now, a new line of the same series takes its place.

    `values` are fields of a booking, such as people, from_on, until_on, lapses_at or pool.
    """
    if not values.keys() <= CHANGEABLE:
        raise TypeError(f"not to be changed: {sorted(values.keys() - CHANGEABLE)}")
    pool = values.get("pool") or booking.pool
    group = values.get("group")
    _refuse_strangers({pool.location_id}, {group.pk} if group else set(), by=by)
    turn, current, there = _turn_of(booking, also=pool.pk, by=by)
    values = {**values, "pool": turn.pools[pool.pk]}
    changes = {name: value for name, value in values.items() if getattr(current, name) != value}
    if not changes:
        return current
    made = _replacement(current, changes, turn=turn, by=by)
    _refuse_change(current, made, changes=set(changes), there=there, turn=turn)
    rest = [line for line in there if line.pk != current.pk]
    return _replace(current, made, turn=turn, rest=rest, by=by)


def _replacement(current: Booking, changes: dict[str, Any], *, turn: Turn, by: Any) -> Booking:
    kept = {name: getattr(current, name) for name in (*CHANGEABLE, "kind", "series", "of")} | changes
    if changes.keys() & {"people", "pool", "group"} and "places" not in changes:
        shares = kept["group"] is None or kept["group"].shares_room
        room = 1 if shares else kept["pool"].room_size
        kept["places"] = ledger.places_for(max(kept["people"], 1), room_size=room)
    return Booking(**kept, recorded_at=turn.at, recorded_by=author_of(by))


def _refuse_change(
    current: Booking, made: Booking, *, changes: set[str], there: list[Booking], turn: Turn
) -> None:
    about = [line for line in there if line.of and line.of.series == current.series]
    if current.kind == Kind.DEPARTURE:
        if not changes <= {"from_on", "reason"}:
            raise Refused(_("Van een vertrek kunt u alleen de dag en de reden wijzigen. Trek het anders in."))
        if current.of and made.from_on < current.of.from_on:
            early = _("Kies een dag vanaf %s; dan begint de boeking.") % dutch.date(current.of.from_on)
            raise Refused(early, field="from_on")
        return
    if about and "pool" in changes:
        raise Refused(_("Er zijn al mensen geplaatst of vertrokken. Laat de rest vertrekken; boek opnieuw."))
    gone = [line for line in about if line.kind == Kind.DEPARTURE]
    if made.people < max(sum(line.people for line in about), 1) or any(
        line.from_on < made.from_on for line in gone
    ):
        raise Refused(
            _("Er zijn al meer mensen geplaatst of vertrokken, of eerder, dan u nu opgeeft. Vul meer mensen "
              "of een vroegere dag in.")
        )  # fmt: skip
    if "lapses_at" not in changes and made.lapses_at is not None and made.lapses_at <= turn.at:
        lapsed = _("Deze reservering is vervallen. Geef een nieuw moment waarop zij vervalt.")
        raise Refused(lapsed, field="lapses_on")
    _refuse_odd(made, turn)


def _replace(current: Booking, made: Booking, *, turn: Turn, rest: list[Booking], by: Any) -> Booking:
    groups = lock_groups({made.group_id} if made.group_id else ())
    also = families(
        Booking.objects.filter(group__in=groups, superseded_at__isnull=True).values_list("series", flat=True)
    )
    cover(turn, first=made.from_on, until=made.until_on)
    settle(turn, before=lines_of([current, *rest]), after=lines_of([made, *rest]))
    others = {line.pk: line for line in (*rest, *also) if line.pk != current.pk}
    _refuse_twice(groups, [made, *others.values()], at=turn.at)
    Booking.objects.filter(pk=current.pk).update(superseded_at=turn.at)
    made.save(force_insert=True)
    changes = field_differences(current, {name: getattr(made, name) for name in sorted(CHANGEABLE)})
    _log("boeking.gewijzigd", [(made, {"changes": changes, "reason": made.reason})], by=by)
    return made


@transaction.atomic
def withdraw_booking(*, booking: Booking, reason: str, by: Any) -> Booking:
    """Take back a booking that was wrong; what stood there until now stays knowable."""
    why = reason_given(reason, asked=_("Schrijf kort waarom u deze boeking intrekt."))
    turn, current, there = _turn_of(booking, by=by)
    if any(line.of and line.of.series == current.series for line in there):
        raise Refused(_("Er zijn al mensen geplaatst of vertrokken op deze boeking. Trek dat eerst in."))
    rest = [line for line in there if line.pk != current.pk]
    settle(turn, before=lines_of([current, *rest]), after=lines_of(rest))
    Booking.objects.filter(pk=current.pk).update(superseded_at=turn.at)
    current.superseded_at = turn.at
    _log("boeking.ingetrokken", [(current, {"reason": why})], by=by)
    return current


def _turn_of(booking: Booking, *, by: Any, also: int | None = None) -> tuple[Turn, Booking, list[Booking]]:
    """Lock the pools of a booking; return it as it stands now, with the lines it has to do with."""
    _refuse_strangers({booking.pool.location_id}, set(), by=by)
    of: Any = booking.of
    turn = take_turn({booking.pool_id, of.pool_id if of else booking.pool_id, also or booking.pool_id})
    there = families({booking.series, of.series} if of else {booking.series})
    current = next((line for line in there if line.pk == booking.pk), None)
    if current is None:
        raise Refused(_("Deze boeking is intussen gewijzigd of ingetrokken. Kijk opnieuw op de locatie."))
    return turn, current, there


def log_made(made: Sequence[Booking], *, by: Any, of_list: str = "") -> None:
    """Add a line to the log for each booking; it names the list of a program that the booking came with."""
    rows = []
    for one in made:
        values = {name: getattr(one, name) for name in LOGGED} | ({"lijst": of_list} if of_list else {})
        rows.append((one, {"changes": told(values), "reason": one.reason}))
    _log("boeking.gemaakt", rows, by=by)


LOGGED = ("kind", "group", "people", "places", "from_on", "until_on", "lapses_at", "origin")


def _log(action: str, rows: Sequence[tuple[Booking, dict[str, Any]]], *, by: Any) -> None:
    log_all(action, [(row, row.pool.location.organisation_id, details) for row, details in rows], by=by)
