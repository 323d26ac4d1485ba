"""What makes a place impossible for a group, and the check that no proposal goes against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from regietafel.kernel import dutch
from regietafel.reception.engine.placing.groups import TYPES, Group, Location, PlacingTask

FULL, TARGET, TOO_SMALL, CLOSED = "vol", "doelgroep", "te klein", "dicht"
NO_ROOM = frozenset({FULL, TOO_SMALL, CLOSED})
_MEANT = {
    "gezin": "gezinnen",
    "alleenreizend": "alleenreizenden",
    "amv": "alleenreizende minderjarigen (amv)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A rule that keeps a group out of a location: its short name, and what is there and needed."""

    rule: str
    text: str


def blocks(group: Group, location: Location) -> tuple[Block, ...]:
    """Name every rule by which a location is impossible for a group, even when empty (blocking rules).

    Args:
        group: the people to place.
        location: where they would go; its nights are those of the group or more.

    Returns:
        The rules that block, in a fixed order; empty when the group could be there.

    Source: bron-003, paragraph 2.4 (special groups and their locations); that a need decides whether a place
        is possible and never how good it is, is our reading.

    >>> from regietafel.reception.engine.placing.groups import Group, Location
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> [block.text for block in blocks(Group(code="A", size=5, needs=frozenset({"huisdier"})), hall)]
    ['geen huisdier', 'te klein: 4 plaatsen, 5 nodig']
    """
    return tuple(_blocks(group, location))


def _blocks(group: Group, location: Location) -> Iterator[Block]:
    if group.kinds and location.kind not in group.kinds:
        yield Block(rule="soort", text=f"soort {location.kind} past niet")
    if location.only_for and location.only_for not in group.needs:
        yield Block(rule=TARGET, text=f"alleen voor {_MEANT[location.only_for]}")
    for need in sorted(group.needs - location.features):
        yield Block(rule=need, text=f"geen {need}")
    if group.latest_on and location.opens_on and location.opens_on > group.latest_on:
        yield Block(rule="open", text=_late(location.opens_on, group.latest_on))
    yield from _too_small(group, location)


def _late(opens_on: date, latest_on: date) -> str:
    return f"pas open op {dutch.date(opens_on)}, uiterlijk {dutch.date(latest_on)} nodig"


def _too_small(group: Group, location: Location) -> Iterator[Block]:
    first, until = group.nights or (0, len(location.places))
    nights = range(first, min(until, len(location.places)))
    for kind in TYPES:
        needed = group.typed.get(kind, 0)
        there = min((location.free(kind, night) for night in nights), default=0)
        if needed > there:
            known = f"{there} plaatsen" if kind in location.typed else "onbekend hoeveel plaatsen"
            yield Block(rule=kind, text=f"{kind}: {known}, {needed} nodig")
    there, taken = min((location.free("", night) for night in nights), default=0), location.taken_by(group)
    if taken > there:
        yield _no_room(location, nights, free=there, taken=taken)


def _no_room(location: Location, nights: range, *, free: int, taken: int) -> Block:
    """Say why there is no room: others are there, it is not open on every night, or it never is enough."""
    there = (location.there or ())[nights.start : nights.stop]
    if there and min(least for least, _most in there) >= taken:
        return Block(rule=FULL, text=f"vol: {free} plaatsen vrij, {taken} nodig")
    if there and max(most for _least, most in there) >= taken:
        return Block(rule=CLOSED, text=f"niet alle nachten genoeg plaatsen open: {taken} nodig")
    return Block(rule=TOO_SMALL, text=f"te klein: {free} plaatsen, {taken} nodig")


def violations(task: PlacingTask, places: Mapping[str, str]) -> tuple[str, ...]:
    """Check a placement against every rule, apart from the arithmetic that made it (violations).

    Args:
        task: the groups and locations.
        places: code of the location per code of a group; a group that is not there has no place.

    Returns:
        What is wrong, in Dutch; empty when all is well.

    Source: bron-003, paragraph 2.3 (a reserved place is not a free one); the rules are those of `blocks`.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> two = (Group(code="A", size=3), Group(code="B", size=2))
    >>> violations(PlacingTask(groups=two, locations=(hall,)), {"A": "HAL", "B": "HAL"})
    ('HAL, nacht 1: 5 plaatsen gebruikt, 4 vrij',)
    """
    return (*_impossible(task, places), *_overfull(task, places))


def _impossible(task: PlacingTask, places: Mapping[str, str]) -> Iterator[str]:
    locations = {each.code: each for each in task.locations}
    known = {each.code for each in task.groups}
    yield from (f"{code}: onbekende groep" for code in sorted(places.keys() - known))
    for group in task.groups:
        if group.code not in places:
            continue
        location = locations.get(places[group.code])
        if location is None:
            yield f"{group.code}: onbekende locatie {places[group.code]}"
            continue
        yield from (f"{group.code} in {location.code}: {block.text}" for block in blocks(group, location))


def _overfull(task: PlacingTask, places: Mapping[str, str]) -> Iterator[str]:
    for (code, night), told in _crowded(task, places):
        yield f"{code}, nacht {night + 1}: {told}"


def crowded(task: PlacingTask, places: Mapping[str, str]) -> dict[str, str]:
    """Name the locations in which a placement takes more than is free (crowded).

    Args:
        task: the groups and locations.
        places: code of the location per code of a group.

    Returns:
        Per location what is too much, in Dutch, on the first such night; empty when everything fits.

    Source: bron-003, paragraph 2.3 (a reserved place is not a free one); our reading.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> two = (Group(code="A", size=3), Group(code="B", size=2))
    >>> crowded(PlacingTask(groups=two, locations=(hall,)), {"A": "HAL", "B": "HAL"})
    {'HAL': '5 plaatsen gebruikt, 4 vrij'}
    """
    found: dict[str, str] = {}
    for (code, _night), told in _crowded(task, places):
        found.setdefault(code, told)
    return found


def _crowded(task: PlacingTask, places: Mapping[str, str]) -> Iterator[tuple[tuple[str, int], str]]:
    used: defaultdict[tuple[str, str, int], int] = defaultdict(int)
    locations = {each.code: each for each in task.locations}
    for group in task.groups:
        location = locations.get(places.get(group.code, ""))
        if location is None:
            continue
        for night in task.nights_of(group):
            used[location.code, "", night] += location.taken_by(group)
            for kind in TYPES:
                used[location.code, kind, night] += group.typed.get(kind, 0)
    for (code, kind, night), taken in sorted(used.items()):
        free = locations[code].free(kind, night)
        if taken > free:
            what = f"plaatsen {kind}" if kind else "plaatsen"
            yield (code, night), f"{taken} {what} gebruikt, {free} vrij"
