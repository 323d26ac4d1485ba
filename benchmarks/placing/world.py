"""Tasks of any size: a map of municipalities, locations with few special places, groups with needs and ties.

Nobody here exists. Sizes follow those of Dutch households, needs and features are drawn apart, so that
some features are scarce by chance and others by design: accessible and care places fall short.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regietafel.reception.engine.placing import TYPES, Group, Location, PlacingTask, Tie, blocks

SIZES = np.array([1, 2, 3, 4, 5, 6, 7])
SIZE_SHARES = np.array([0.38, 0.27, 0.13, 0.13, 0.06, 0.02, 0.01])
ACCESSIBLE, CARE, PETS, ALONE, SCHOOL = 0.08, 0.04, 0.08, 0.5, 0.7
LINKED = 0.105  # of the groups
WORK, EARLIER = 0.4, 0.3
KINDS = ("gemeentelijk", "noodopvang", "particulier", "doorstroom")
WIDTH_KM = {14: 50.0, 50: 120.0, 342: 250.0}


@dataclass(frozen=True)
class Size:
    """How large a task is: people or groups, and the room there is for them."""

    people: int
    municipalities: int
    locations: int
    room: float = 1.05
    groups: int | None = None
    is_met: bool = False  # whether there is a location for everybody, as long as nobody else comes


BUS = Size(people=60, municipalities=14, locations=16, room=1.25, is_met=True)
SHORT_BUS = replace(BUS, is_met=False)
REGION = Size(people=2_000, municipalities=14, locations=60)
COUNTRY = Size(people=0, municipalities=342, locations=1_200, groups=5_000)


@dataclass(frozen=True)
class World:
    """Municipalities with a place on the map and a weight, and the locations in them."""

    names: tuple[str, ...]
    weights: np.ndarray
    km: dict[tuple[str, str], float]
    locations: tuple[Location, ...]


def make_task(size: Size, seed: int) -> PlacingTask:
    """Make one task."""
    chance = np.random.default_rng(seed)
    groups = make_groups(size, chance, names=None)
    people = sum(each.size for each in groups)
    world = make_world(size, chance, people=people)
    groups = tied(groups, world, chance)
    locations = met(groups, world.locations, chance) if size.is_met else world.locations
    return PlacingTask(groups=groups, locations=locations, km=world.km)


def met(
    groups: tuple[Group, ...], locations: tuple[Location, ...], chance: np.random.Generator
) -> tuple[Location, ...]:
    """Adapt locations until each type has places for all who need it, and each group has somewhere to go.

    Who goes without a place then does so because of others, not because a place of the kind does not exist.
    """
    made = list(locations)
    for kind in TYPES:
        wanted = sum(group.typed.get(kind, 0) for group in groups)
        while sum(one.typed[kind][0] for one in made) < wanted:
            at = int(chance.integers(len(made)))
            more = min(made[at].typed[kind][0] + 2, made[at].places[0])
            made[at] = replace(made[at], typed={**made[at].typed, kind: (more,)})
    for group in groups:
        if any(not blocks(group, one) for one in made):
            continue
        at = max(range(len(made)), key=lambda number: (made[number].places[0] >= group.size, chance.random()))
        enough = {kind: (max(made[at].typed[kind][0], group.typed.get(kind, 0)),) for kind in TYPES}
        made[at] = replace(made[at], features=made[at].features | group.needs, typed=enough)
    return tuple(made)


def make_world(size: Size, chance: np.random.Generator, *, people: int) -> World:
    """Make a map with locations that have, together, so much room for so many people."""
    names = tuple(f"M{number:03d}" for number in range(size.municipalities))
    weights = chance.lognormal(0, 0.8, size.municipalities)
    weights /= weights.sum()
    at = chance.uniform(0, WIDTH_KM.get(size.municipalities, 100.0), (size.municipalities, 2))
    apart = np.linalg.norm(at[:, None] - at[None, :], axis=2) * 1.3
    km = {
        (one, other): round(float(apart[row, column]), 1)
        for row, one in enumerate(names)
        for column, other in enumerate(names)
        if row < column
    }
    total = round(people * size.room)
    places = _divided(total, chance.lognormal(0, 0.9, size.locations), least=2)
    homes = chance.choice(size.municipalities, size.locations, p=weights)
    share = _divided(people, weights, least=0)
    locations = tuple(
        _location(number, names[home], (int(places[number]), int(share[home])), chance)
        for number, home in enumerate(homes)
    )
    return World(names=names, weights=weights, km=km, locations=locations)


def _location(number: int, home: str, counts: tuple[int, int], chance: np.random.Generator) -> Location:
    places, behind = counts
    features = {
        name
        for name, share in (("gezin", 0.85), ("alleenreizend", 0.6), ("huisdier", 0.25), ("school", 0.7))
        if chance.random() < share
    }
    accessible = int(places * chance.uniform(0.05, 0.25)) if chance.random() < 0.35 else 0
    care = int(places * chance.uniform(0.05, 0.2)) if chance.random() < 0.3 else 0
    return Location(
        code=f"L{number:04d}",
        municipality=home,
        kind=str(chance.choice(KINDS)),
        places=(places,),
        features=frozenset(features),
        typed={"toegankelijk": (accessible,), "zorg": (care,)},
        behind=behind,
    )


def _divided(total: int, weights: np.ndarray, *, least: int) -> np.ndarray:
    parts = np.maximum(np.floor(total * weights / weights.sum()).astype(int), least)
    while (difference := total - int(parts.sum())) != 0:
        step = 1 if difference > 0 else -1
        order = np.argsort(-weights)[: abs(difference)]
        order = order[parts[order] + step >= least]
        parts[order] += step
    return parts


def make_groups(
    size: Size, chance: np.random.Generator, *, names: World | None, first: int = 0
) -> tuple[Group, ...]:
    """Make groups up to the number of people or groups; with a world they get their ties at once."""
    groups: list[Group] = []
    people, link = 0, 0
    while people < size.people if size.groups is None else len(groups) < size.groups:
        many = 1
        if chance.random() < LINKED / 2.3:
            many, link = int(chance.choice([2, 3], p=[0.7, 0.3])), link + 1
        for _ in range(many):
            number = int(chance.choice(SIZES, p=SIZE_SHARES))
            code = f"G{first + len(groups):05d}"
            groups.append(_group(code, number, f"K{first}-{link}" if many > 1 else "", chance))
            people += number
    made = tuple(groups)
    return tied(made, names, chance) if names else made


def _group(code: str, size: int, link: str, chance: np.random.Generator) -> Group:
    needs: set[str] = set()
    if size >= 3:
        needs.add("gezin")
        if chance.random() < SCHOOL:
            needs.add("school")
    if size == 1 and chance.random() < ALONE:
        needs.add("alleenreizend")
    if chance.random() < PETS:
        needs.add("huisdier")
    typed = {}
    if chance.random() < ACCESSIBLE:
        typed["toegankelijk"] = size
    if chance.random() < CARE:
        typed["zorg"] = 1
    urgency = int(chance.choice([1, 2, 3], p=[0.8, 0.15, 0.05]))
    return Group(code=code, size=size, needs=frozenset(needs), typed=typed, link=link, urgency=urgency)


def tied(groups: tuple[Group, ...], world: World, chance: np.random.Generator) -> tuple[Group, ...]:
    """Tie groups to the places where they work or were before."""
    made = []
    for group in groups:
        ties = []
        for kind, share in (("werk", WORK), ("eerder", EARLIER)):
            if chance.random() < share:
                home = str(chance.choice(world.names, p=world.weights))
                ties.append(Tie(municipality=home, kind=kind))
        made.append(replace(group, ties=tuple(ties)))
    return tuple(made)
