"""Four rules by which groups are placed from a list by hand, all keeping to the same hard needs."""

from __future__ import annotations

from collections.abc import Callable

from regietafel.reception.engine.placing import TYPES, Group, Location, PlacingTask, blocks

Places = dict[str, str]
Order = Callable[[PlacingTask], list[Group]]
Choice = Callable[[PlacingTask, Group, list[Location], dict[str, int]], Location]


def _as_listed(task: PlacingTask) -> list[Group]:
    return list(task.groups)


def _vulnerable_first(task: PlacingTask) -> list[Group]:
    """Those who need most, then the largest, first."""
    return sorted(task.groups, key=lambda one: (-sum(one.typed.values()), -len(one.needs), -one.size))


def _first(_task: PlacingTask, _group: Group, free: list[Location], _got: dict[str, int]) -> Location:
    return free[0]


def _nearest(task: PlacingTask, group: Group, free: list[Location], _got: dict[str, int]) -> Location:
    return min(
        free,
        key=lambda one: sum(task.distance(tie.municipality, one.municipality) or 0 for tie in group.ties),
    )


def _most_behind(_task: PlacingTask, _group: Group, free: list[Location], got: dict[str, int]) -> Location:
    return max(free, key=lambda one: (one.behind or 0) - got.get(one.municipality, 0))


RULES: dict[str, tuple[Order, Choice]] = {
    "eerste die past": (_as_listed, _first),
    "dichtstbij met plek": (_as_listed, _nearest),
    "kwetsbaren en grote groepen eerst": (_vulnerable_first, _nearest),
    "gemeente die het meest achterloopt": (_as_listed, _most_behind),
}


def by_hand(task: PlacingTask, rule: str) -> Places:
    """Place everybody one by one."""
    order, choice = RULES[rule]
    left = {(one.code, kind): one.free(kind, 0) for one in task.locations for kind in ("", *TYPES)}
    got: dict[str, int] = {}
    places: Places = {}
    for group in order(task):
        free = [one for one in task.locations if _fits(group, one, left) and not blocks(group, one)]
        if not free:
            continue
        chosen = choice(task, group, free, got)
        places[group.code] = chosen.code
        got[chosen.municipality] = got.get(chosen.municipality, 0) + group.size
        left[chosen.code, ""] -= chosen.taken_by(group)
        for kind in TYPES:
            left[chosen.code, kind] -= group.typed.get(kind, 0)
    return places


def _fits(group: Group, location: Location, left: dict[tuple[str, str], int]) -> bool:
    return location.taken_by(group) <= left[location.code, ""] and all(
        group.typed.get(kind, 0) <= left[location.code, kind] for kind in TYPES
    )
