"""Two ways to place: the regular one, and the tailored one in which ties and links count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from regietafel.reception.engine.placing.groups import TYPES, PlacingTask


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
