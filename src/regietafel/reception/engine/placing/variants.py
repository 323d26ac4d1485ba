"""Two ways to place: the regular one, and the tailored one in which ties and links count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from regietafel.reception.engine.placing.groups import TYPES, Group, Location, PlacingTask


def regular(task: PlacingTask) -> PlacingTask:
    """Take ties and links out of a task, so that only places, urgency and shares count (regulier).

    Args:
        task: the groups and locations; as it stands it is the tailored variant (maatwerk).

    Returns:
        The same task with groups that have no ties and belong to nobody. Hard needs stay: a place that
        cannot be does not become possible.

    Source: bron-003, paragraph 2.4 (the regular procedure beside one made to measure). What sets them apart
        is not said there; that it is ties and links is our reading, decision 0034.

    >>> from regietafel.reception.engine.placing.groups import Group, Tie
    >>> tied = Group(code="A", size=2, link="x", ties=(Tie(municipality="Borne", kind="werk"),))
    >>> found = regular(PlacingTask(groups=(tied,), locations=())).groups[0]
    >>> found.link, found.ties
    ('', ())
    """
    return replace(task, groups=tuple(replace(group, link="", ties=()) for group in task.groups))


FALL_BACK = frozenset({"alleenreizend"})


def without_own_place(locations: Iterable[Location], groups: Iterable[Group]) -> frozenset[str]:
    """Name the needs without a location of their own, that regular places may meet meanwhile (terugval).

    Args:
        locations: where people can be placed; one that is full counts as being there.
        groups: the groups to place.

    Returns:
        Needs that no longer keep a group out of regular places. Only people who travel alone fall back;
        minors without parents, families, animals, school and interpreters never do.

    Source: bron-003, paragraph 2.4 (as long as there is no regional location, this group is spread over the
        regular places); that it holds for all who travel alone, whatever their nationality, is our reading.

    >>> alone = Group(code="A", size=1, needs=frozenset({"alleenreizend"}))
    >>> sorted(without_own_place((), (alone,)))
    ['alleenreizend']
    """
    there = frozenset[str]().union(*(each.features for each in locations))
    return frozenset[str]().union(*(group.needs for group in groups)) & FALL_BACK - there


def fall_back(groups: Iterable[Group], needs: Collection[str]) -> tuple[Group, ...]:
    """Let regular places receive groups whose own kind of place is not there yet (terugval).

    Args:
        groups: the groups to place.
        needs: what `without_own_place` found.

    Returns:
        The groups, without these needs.

    Source: bron-003, paragraph 2.4; see `without_own_place`.

    >>> alone = Group(code="A", size=1, needs=frozenset({"alleenreizend", "tolk"}))
    >>> [sorted(group.needs) for group in fall_back((alone,), {"alleenreizend"})]
    [['tolk']]
    """
    return tuple(replace(group, needs=group.needs - frozenset(needs)) for group in groups)


def set_aside(task: PlacingTask, places: Mapping[str, str], *, codes: Iterable[str]) -> PlacingTask:
    """Take groups that must stay where they are out of a task, with the places they use (set aside).

    Args:
        task: the groups and locations.
        places: code of the location per code of a group.
        codes: groups that stay; one without a place only goes out.

    Returns:
        The others, with what is left free per night. A location never has fewer than 0 places left.

    Source: bron-003, paragraph 2.3 (a reserved place is not a free one); our reading.

    >>> from regietafel.reception.engine.placing.groups import Group, Location
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> two = (Group(code="A", size=3), Group(code="B", size=2))
    >>> left = set_aside(PlacingTask(groups=two, locations=(hall,)), {"A": "HAL"}, codes=["A"])
    >>> [group.code for group in left.groups], left.locations[0].places
    (['B'], (1,))
    """
    staying = set(codes)
    used: defaultdict[tuple[str, str, int], int] = defaultdict(int)
    locations = {each.code: each for each in task.locations}
    for group in task.groups:
        location = locations.get(places.get(group.code, "")) if group.code in staying else None
        for night in task.nights_of(group) if location else ():
            assert location is not None
            used[location.code, "", night] += location.taken_by(group)
            for kind in TYPES:
                used[location.code, kind, night] += group.typed.get(kind, 0)
    return replace(
        task,
        groups=tuple(group for group in task.groups if group.code not in staying),
        locations=tuple(
            replace(
                each,
                places=_less(each.places, used, at=(each.code, "")),
                typed={kind: _less(free, used, at=(each.code, kind)) for kind, free in each.typed.items()},
            )
            for each in task.locations
        ),
    )


def _less(
    free: tuple[int, ...], used: Mapping[tuple[str, str, int], int], *, at: tuple[str, str]
) -> tuple[int, ...]:
    return tuple(max(places - used.get((*at, night), 0), 0) for night, places in enumerate(free))
