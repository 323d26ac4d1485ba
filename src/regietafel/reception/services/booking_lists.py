"""Lists of bookings that programs send: all or nothing, every wrong line named, and safe to send again."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from regietafel.kit.refusal import Refused
from regietafel.reception.engine.anonymity import personal
from regietafel.reception.models import Booking, BookingList, Group, Pool
from regietafel.reception.selectors.access import bookable_locations, visible_groups
from regietafel.reception.services.booking import (
    Wanted,
    lock_groups,
    log_made,
    write_bookings,
    write_departure,
)
from regietafel.reception.services.days import Full, Shortage, take_turn
from regietafel.reception.services.writing import require_coordination
from regietafel.register.public import Organisation

Kind = Booking.Kind
MOST_LINES = 200
REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of a list as a program sends it; `booking` is the series of the booking that it is about.

    A departure says of which booking, how many people and on which day (`until_on`). A reservation and a
    placement say in which pool, from which day and for how many people (None: the whole group); a placement
    may say which reservation it makes true.
    """

    kind: str
    pool: int | None = None
    group: str = ""
    people: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    lapses_at: datetime | None = None
    booking: UUID | None = None
    origin: str = ""
    reason: str = ""


NEEDED = {
    Kind.RESERVATION.value: ("pool", "from_on"),
    Kind.PLACEMENT.value: ("pool", "from_on"),
    Kind.DEPARTURE.value: ("booking", "people", "until_on"),
}
ALLOWED = {
    Kind.RESERVATION.value: {
        "pool",
        "group",
        "people",
        "from_on",
        "until_on",
        "lapses_at",
        "origin",
        "reason",
    },
    Kind.PLACEMENT.value: {"pool", "group", "people", "from_on", "until_on", "booking", "origin", "reason"},
    Kind.DEPARTURE.value: {"booking", "people", "until_on", "reason"},
}


class Mistake(NamedTuple):
    """What is wrong with a line, counted from 0 (None: with the list), and in which field of it."""

    line: int | None
    field: str
    message: str


class ListRefused(Refused):
    """Lines that cannot be booked, each with its reason; nothing was booked."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(_("Er is niets geboekt: niet alle regels kunnen."))
        self.mistakes = tuple(mistakes)


class ListFull(ListRefused):
    """Every line may be booked, but there is no room for all of them; nothing was booked."""

    def __init__(self, mistakes: Sequence[Mistake], shortages: Sequence[Shortage]) -> None:
        super().__init__(mistakes)
        self.shortages = tuple(shortages)


class ReferenceUsed(Refused):
    """The reference belongs to a list that said something else."""


class Leaving(NamedTuple):
    """People of a booking who leave on a day."""

    booking: Booking
    people: int
    on: date
    reason: str


Line = Wanted | Leaving


def book_list(*, organisation: Organisation, reference: str, items: Sequence[Item], by: Any) -> BookingList:
    """Book every line of a list, or none; the same list under the same reference is booked once.

    Departures are noted first, so that a place that comes free can be filled by the same list.

    Raises:
        ListRefused: lines that may not be booked, each with its reason.
        ListFull: there is no room, with the days on which that is so.
        ReferenceUsed: the reference belongs to another list.
        Refused: who asks places no people for the organisation, or the reference cannot be one.
    """
    require_coordination(organisation, by)
    _refuse_reference(reference)
    fingerprint = _fingerprint(items)
    with transaction.atomic():
        kept, is_new = BookingList.objects.get_or_create(
            organisation=organisation, reference=reference, defaults={"fingerprint": fingerprint}
        )
        if is_new:
            made = _written(_understood(items, organisation, by=by), by=by)
            kept.lines = [one.pk for one in made]
            kept.save(update_fields=("lines",))
            log_made(made, by=by, of_list=reference)
        elif kept.fingerprint != fingerprint:
            raise ReferenceUsed(
                _("Onder dit kenmerk is al een andere lijst geboekt. Geef deze een nieuw kenmerk.")
            )
    return kept


def _refuse_reference(reference: str) -> None:
    if not REFERENCE.fullmatch(reference):
        raise Refused(
            _("Het kenmerk bestaat uit letters, cijfers en . _ : - en begint met letter of cijfer.")
        )
    if not _is_uuid(reference) and (why := personal(reference)):
        raise Refused(_("In het kenmerk lijkt %s te staan. Neem een volgnummer of een UUID.") % why)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _fingerprint(items: Iterable[Item]) -> str:
    """Return what tells this list from another; with our own key, so that no code can be guessed from it."""
    told = json.dumps([asdict(one) for one in items], default=str, sort_keys=True)
    return salted_hmac("regietafel.reception.booking-list", told, algorithm="sha256").hexdigest()


def _understood(items: Sequence[Item], organisation: Organisation, *, by: Any) -> list[Line]:
    """Return what is to be written, with the records that the lines name; every wrong line is told."""
    known = _Known(items, organisation, by=by)
    lines: list[Line] = []
    mistakes: list[Mistake] = []
    for number, one in enumerate(items):
        wrong = [*misfits(one), *known.missing(one)]
        mistakes += [Mistake(number, field, message) for field, message in wrong]
        if not wrong:
            lines.append(known.line(one))
    if mistakes:
        raise ListRefused(mistakes)
    return lines


def misfits(one: Item) -> Iterable[tuple[str, str]]:
    """Yield the fields that this kind of line needs and has not, and those that it cannot have."""
    needed = NEEDED[one.kind] if one.group else (*NEEDED[one.kind], "people")
    for name in dict.fromkeys(needed):
        if getattr(one, name) is None:
            yield name, _("Dit veld hoort bij een %s; vul het in.") % one.kind
    for field in fields(one):
        told = getattr(one, field.name)
        if field.name != "kind" and told not in (None, "") and field.name not in ALLOWED[one.kind]:
            yield field.name, _("Dit veld hoort niet bij een %s; laat het weg.") % one.kind


class _Known:
    """The records that the lines of a list name, as far as who sends it may book with them."""

    def __init__(self, items: Sequence[Item], organisation: Organisation, *, by: Any) -> None:
        pools = Pool.objects.filter(bookable_locations(by, "location__"), pk__in={one.pool for one in items})
        self.pools = {pool.pk: pool for pool in pools.select_related("location")}
        lines = Booking.objects.filter(
            bookable_locations(by, "pool__location__"),
            series__in={one.booking for one in items if one.booking},
            superseded_at__isnull=True,
        )
        self.bookings = {line.series: line for line in lines.select_related("pool__location", "group", "of")}
        self.groups = _groups_by_code({one.group for one in items if one.group}, organisation, by=by)

    def missing(self, one: Item) -> Iterable[tuple[str, str]]:
        """Yield what a line names and cannot be found."""
        if one.pool is not None and one.pool not in self.pools:
            yield "pool", _("Deze soort plaatsen is er niet, of deze sleutel mag er niet boeken.")
        if one.group and one.group not in self.groups:
            yield "group", _("Deze groep is er niet, of haar code is niet de enige. Maak de groep eerst.")
        if one.booking is not None and one.booking not in self.bookings:
            yield "booking", _("Deze boeking is er niet meer, of deze sleutel mag er niet boeken.")

    def line(self, one: Item) -> Line:
        """Return a line that misses nothing as it is booked."""
        told = self.bookings[one.booking] if one.booking else None
        if one.kind == Kind.DEPARTURE:
            assert told is not None and one.people is not None and one.until_on is not None
            return Leaving(told, one.people, one.until_on, one.reason)
        assert one.pool is not None and one.from_on is not None
        group = self.groups[one.group] if one.group else None
        return Wanted(
            pool=self.pools[one.pool], kind=one.kind, group=group,
            people=one.people or (group.people if group else 0), from_on=one.from_on,
            until_on=one.until_on, lapses_at=one.lapses_at, of=told, origin=one.origin, reason=one.reason,
        )  # fmt: skip


def _groups_by_code(codes: set[str], organisation: Organisation, *, by: Any) -> Mapping[str, Group]:
    """Return the groups with these codes: of the organisation itself, or else the only one with the code."""
    found: dict[str, list[Group]] = {}
    for group in visible_groups(by).filter(code__in=codes).order_by("pk"):
        found.setdefault(group.code, []).append(group)
    own = {
        code: [one for one in groups if one.organisation_id == organisation.pk]
        for code, groups in found.items()
    }
    chosen = {code: own[code] or groups for code, groups in found.items()}
    return {code: groups[0] for code, groups in chosen.items() if len(groups) == 1}


def _written(lines: Sequence[Line], *, by: Any) -> list[Booking]:
    """Write every line, or say of each that cannot be written why; whoever calls then undoes it all.

    Pools and groups are locked first, in order of their number: two lists never wait for each other.
    """
    take_turn({number for one in lines for number in _pools_of(one)})
    lock_groups({number for one in lines for number in _groups_of(one)})
    try:
        with transaction.atomic():
            return _together(lines, by=by)
    except Refused as refusal:
        raise _told(lines, refusal, by=by) from refusal


def _pools_of(one: Line) -> Iterable[int]:
    about = one.booking if isinstance(one, Leaving) else one.of
    if isinstance(one, Wanted):
        yield one.pool.pk
    if about is not None:
        yield about.pool_id
        if about.of is not None:
            yield about.of.pool_id


def _groups_of(one: Line) -> Iterable[int]:
    if isinstance(one, Wanted):
        yield from (found.pk for found in (one.group, one.of.group if one.of else None) if found is not None)


def _together(lines: Sequence[Line], *, by: Any) -> list[Booking]:
    """Write departures first, then all the others at once; return the bookings in the order of the lines."""
    made: dict[int, Booking] = {}
    rest: list[tuple[int, Wanted]] = []
    for number, one in enumerate(lines):
        if isinstance(one, Leaving):
            made[number] = _leave(one, by=by)
        else:
            rest.append((number, one))
    booked = write_bookings([one for _number, one in rest], by=by) if rest else []
    made |= {number: booking for (number, _one), booking in zip(rest, booked, strict=True)}
    return [made[number] for number in sorted(made)]


def _leave(one: Leaving, *, by: Any) -> Booking:
    return write_departure(one.booking, people=one.people, on=one.on, reason=one.reason, by=by)


def _told(lines: Sequence[Line], refusal: Refused, *, by: Any) -> ListRefused:
    """Try each line by itself, in the same order as together, to name every one that cannot be written."""
    mistakes: list[Mistake] = []
    only_full = isinstance(refusal, Full)
    order = sorted(enumerate(lines), key=lambda pair: not isinstance(pair[1], Leaving))
    for number, one in order:
        try:
            with transaction.atomic():
                if isinstance(one, Leaving):
                    _leave(one, by=by)
                else:
                    write_bookings([one], by=by)
        except Refused as why:
            mistakes.append(Mistake(number, "", str(why)))
            only_full = only_full and isinstance(why, Full)
    mistakes.sort(key=lambda one: one.line or 0)
    if only_full and isinstance(refusal, Full):
        return ListFull(mistakes, refusal.shortages)
    return ListRefused(mistakes or [Mistake(None, "", str(refusal))])
