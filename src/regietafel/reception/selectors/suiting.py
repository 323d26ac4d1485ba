"""Which places suit a group: by the rules of the proposal, each other place with what keeps the group out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.reception.engine import placing
from regietafel.reception.models import Group
from regietafel.reception.selectors.free_places import Free
from regietafel.reception.selectors.ledger import ledger_of
from regietafel.reception.selectors.locations import Room, rooms_for
from regietafel.reception.selectors.proposing import group_of


@dataclass(frozen=True)
class Unfit:
    """A kind of places where a group cannot be, and every rule that says so."""

    room: Room
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Suiting:
    """The places where a whole group can be on all its days, and the others."""

    rooms: list[Room]
    others: list[Unfit]


def suiting_for(user: Any, group: Group, *, first: date) -> Suiting:
    """Sort the places a person may book in by whether a group can be there from a day on."""
    until = max(group.leaves_on or first, first + timedelta(days=1))
    rooms = rooms_for(user, first=first, until=group.leaves_on)
    cut = placing.stretches_of(first, until, stays=[])
    free = Free(ledger_of({room.pool.location for room in rooms}), cut, at=timezone.now())
    there = [free.location(str(room.pool.pk), room.pool, behind={}) for room in rooms]
    people = _people(group, cut, there=there) if _is_there(group, first) else None
    found = Suiting([], [])
    for room, place in zip(rooms, there, strict=True):
        reasons = tuple(block.text for block in placing.blocks(people, place)) if people else ()
        if people and not reasons:
            reasons = _later(room, needed=place.taken_by(people))
        if reasons:
            found.others.append(Unfit(room, reasons))
        else:
            found.rooms.append(room)
    return found


def _people(group: Group, cut: placing.Stretches, *, there: Sequence[placing.Location]) -> placing.Group:
    """Return a group as a proposal places it: spread over regular places where it has none of its own."""
    people = group_of(group, cut)
    (found,) = placing.fall_back([people], placing.without_own_place(there, [people]))
    return found


def _later(room: Room, *, needed: int) -> tuple[str, ...]:
    """Tell that a place is free at first and promised to others later; the tightest day is what counts."""
    if room.free >= needed:
        return ()
    told = _("vol: op een latere dag %(free)s vrij, %(needed)d nodig")
    free = dutch.counted(room.free, one=_("plaats"), many=_("plaatsen"))
    return (told % {"free": free, "needed": needed},)


def _is_there(group: Group, first: date) -> bool:
    return group.leaves_on is None or group.leaves_on > first
