"""A season of buses, one after the other: what is placed when tomorrow is unknown, against hindsight."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.placing.spreadsheet import by_hand
from benchmarks.placing.world import Size, World, make_groups, make_world
from regietafel.reception.engine.placing import (
    TYPES,
    Effort,
    Group,
    Location,
    PlacingTask,
    draw_futures,
    propose,
    propose_with_slack,
)

PEOPLE, PER_BUS = 2_000, 48
SEASON = Size(people=PEOPLE, municipalities=14, locations=60)
HINDSIGHT_SECONDS, BUS_SECONDS, FUTURE_SECONDS = 20.0, 4.0, 30.0
NEAREST = "dichtstbij met plek"


@dataclass(frozen=True)
class Outcome:
    """People placed and person-kilometres in a season."""

    placed: int
    km: float


def make_season(seed: int) -> tuple[World, list[tuple[Group, ...]], tuple[Group, ...]]:
    """Make the locations, the buses, and another crowd of the same kind that stands for earlier seasons."""
    chance = np.random.default_rng(seed)
    world = make_world(SEASON, chance, people=PEOPLE)
    buses: list[tuple[Group, ...]] = []
    coming = 0
    while coming < PEOPLE:
        bus = make_groups(Size(PER_BUS, 14, 60), chance, names=world, first=100 * len(buses))
        buses.append(bus)
        coming += sum(each.size for each in bus)
    earlier = make_groups(SEASON, chance, names=world, first=900_000)
    return world, buses, earlier


def hindsight(world: World, buses: list[tuple[Group, ...]]) -> Outcome:
    """Place the whole season at once."""
    task = PlacingTask(
        groups=tuple(one for bus in buses for one in bus), locations=world.locations, km=world.km
    )
    made = propose(task, Effort(clock=time.perf_counter, seconds=HINDSIGHT_SECONDS))
    return Outcome(made.score.placed, made.score.km)


def play(
    world: World, buses: list[tuple[Group, ...]], *, policy: str, earlier: tuple[Group, ...] = ()
) -> Outcome:
    """Place bus after bus by one policy: the nearest rule, the best for each bus, or with slack."""
    locations = world.locations
    placed, km, still = 0, 0.0, sum(one.size for bus in buses for one in bus)
    for number, bus in enumerate(buses):
        still -= sum(one.size for one in bus)
        task = PlacingTask(groups=bus, locations=locations, km=world.km)
        places = _placed(task, policy, (earlier, still, number))
        locations = _after(locations, bus, places)
        placed += sum(one.size for one in bus if one.code in places)
        home = {one.code: one.municipality for one in world.locations}
        km += sum(
            one.size * (task.distance(tie.municipality, home[places[one.code]]) or 0)
            for one in bus
            if one.code in places
            for tie in one.ties
        )
    return Outcome(placed, km)


def _placed(task: PlacingTask, policy: str, about: tuple[tuple[Group, ...], int, int]) -> dict[str, str]:
    earlier, still, number = about
    if policy == NEAREST:
        return by_hand(task, NEAREST)
    if policy == "speling" and still:
        futures = draw_futures(earlier, people=still, seed=number)
        effort = Effort(clock=time.perf_counter, seconds=FUTURE_SECONDS)
        return dict(propose_with_slack(task, futures, effort=effort).proposal.places)
    return dict(propose(task, Effort(clock=time.perf_counter, seconds=BUS_SECONDS)).places)


def _after(
    locations: tuple[Location, ...], bus: tuple[Group, ...], places: dict[str, str]
) -> tuple[Location, ...]:
    taken: dict[tuple[str, str], int] = {}
    for one in bus:
        if one.code in places:
            for kind, count in (("", one.size), *((kind, one.typed.get(kind, 0)) for kind in TYPES)):
                taken[places[one.code], kind] = taken.get((places[one.code], kind), 0) + count
    return tuple(
        replace(
            one,
            places=(one.places[0] - taken.get((one.code, ""), 0),),
            typed={kind: (one.typed[kind][0] - taken.get((one.code, kind), 0),) for kind in TYPES},
        )
        for one in locations
    )
