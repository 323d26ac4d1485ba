"""Placement: never against a rule, aims in their order, a bound that holds, the proven best when small."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from regietafel.reception.engine.placing import (
    Effort,
    Group,
    Later,
    Location,
    PlacingTask,
    Tie,
    UnknownDistance,
    draw_futures,
    place_prices,
    propose,
    propose_with_slack,
    searching,
    slack,
    violations,
)
from regietafel.reception.engine.placing.aims import broad_weights, points_of, score_of
from regietafel.reception.engine.placing.board import board_of
from regietafel.reception.engine.placing.bounding import Prices, bound_of
from regietafel.reception.engine.placing.explaining import places_array
from regietafel.reception.engine.placing.model import Deadline
from regietafel.reception.engine.placing.proposing import ImpossibleProposal, checked
from regietafel.reception.engine.placing.searching import search
from tests.engine.reception.towns import KM, QUICK, TOWNS, aims, every_placement, hall, tasks

SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(tasks())
def test_the_proposal_is_the_best_of_all_placements(task: PlacingTask) -> None:
    made = propose(task, QUICK)
    best = min(aims(task, each) for each in every_placement(task) if not violations(task, each))
    assert violations(task, made.places) == ()
    assert made.is_optimal
    assert aims(task, dict(made.places)) == best
    assert made.gap_pct == 0


@SOME
@given(tasks())
def test_the_search_for_large_tasks_keeps_the_rules_and_its_bound_holds(task: PlacingTask) -> None:
    board, weights = board_of(task), broad_weights()
    found = search(board, weights, deadline=Deadline(clock=lambda: 0.0, ends_at=9.0), seed=1, rounds=4)
    made = checked(task, board, found=(found.places, 0.0, 0.0, False))
    assert made.score.placed + made.score.unplaced == sum(group.size for group in task.groups)
    possible = [each for each in every_placement(task) if not violations(task, each)]
    points = [points_of(score_of(board, places_array(task, each)), weights) for each in possible]
    assert found.bound <= min(points) + 1e-6


@SOME
@given(tasks())
def test_the_bound_holds_whatever_the_prices(task: PlacingTask) -> None:
    board, weights = board_of(task), broad_weights()
    chance = np.random.default_rng(len(task.groups))
    prices = Prices(
        place=chance.exponential(50_000, board.capacity.shape),
        share=chance.uniform(-weights.fair, weights.fair, len(board.behind)),
        link={
            member: chance.exponential(3_000, len(board.behind)) for each in board.clusters for member in each
        },
    )
    possible = [each for each in every_placement(task) if not violations(task, each)]
    best = min(points_of(score_of(board, places_array(task, each)), weights) for each in possible)
    assert bound_of(board, weights, prices=prices).points <= best + 1e-6


def test_linked_groups_are_brought_together_where_others_must_move(monkeypatch: pytest.MonkeyPatch) -> None:
    """The halls are as good as full, and the two of each pair would rather be in different towns."""
    monkeypatch.setattr(searching, "MOST_CORE_GROUPS", 0)
    towns = [f"T{number:02d}" for number in range(12)]
    chance = np.random.default_rng(3)
    at = chance.uniform(0, 60, (12, 2))
    km = {
        (one, other): round(float(np.linalg.norm(at[row] - at[column])), 1)
        for row, one in enumerate(towns)
        for column, other in enumerate(towns)
        if row < column
    }
    groups = tuple(
        Group(
            code=f"G{number:03d}",
            size=int(chance.integers(1, 4)),
            link=f"K{number // 2}" if number < 24 else "",
            ties=(Tie(municipality=towns[int(chance.integers(12))], kind="werk"),),
        )
        for number in range(160)
    )
    places = -(-sum(each.size for each in groups) // 12)
    board = board_of(
        PlacingTask(groups=groups, locations=tuple(hall(town, places, town=town) for town in towns), km=km)
    )
    found = search(
        board, broad_weights(), deadline=Deadline(clock=lambda: 0.0, ends_at=9.0), seed=1, rounds=0
    )
    score = score_of(board, found.places)
    assert (score.together, score.links) == (12, 12)


def test_people_come_before_links_and_distance() -> None:
    linked = tuple(Group(code=code, size=2, link="K", ties=(_at("Borne"),)) for code in "AB")
    other = Group(code="C", size=3)
    task = PlacingTask(
        groups=(*linked, other),
        locations=(hall("X", 4), hall("Y", 3, town="Enschede")),
        km=KM,
    )
    assert propose(task, QUICK).places == {"A": "X", "B": "X", "C": "Y"}
    tight = replace(task, locations=(hall("X", 3), hall("Y", 4, town="Enschede")))
    made = propose(tight, QUICK)
    assert made.places == {"A": "Y", "B": "Y", "C": "X"}, (
        "together in Enschede, though both are tied to Borne"
    )
    apart = replace(task, locations=(hall("X", 2), hall("Y", 5, town="Enschede")))
    assert propose(apart, QUICK).score.unplaced == 0, "everybody a place, although the linked groups part"


def test_links_come_before_distance() -> None:
    two = (
        Group(code="A", size=1, link="K", ties=(_at("Almelo"),)),
        Group(code="B", size=1, link="K", ties=(_at("Enschede"),)),
    )
    task = PlacingTask(
        groups=two, locations=(hall("X", 2, town="Almelo"), hall("Y", 1, town="Enschede")), km=KM
    )
    assert propose(task, QUICK).places == {"A": "X", "B": "X"}


def test_distance_comes_before_fair_share_and_share_before_scarce_things() -> None:
    group = Group(code="A", size=2, ties=(_at("Almelo"),))
    near, far = hall("X", 2, town="Almelo", behind=0), hall("Y", 2, town="Borne", behind=2)
    assert propose(PlacingTask(groups=(group,), locations=(near, far), km=KM), QUICK).places == {"A": "X"}
    free = replace(group, ties=())
    assert propose(PlacingTask(groups=(free,), locations=(near, far), km=KM), QUICK).places == {"A": "Y"}
    pets = replace(far, features=frozenset({"huisdier"}))
    cat = Group(code="B", size=9, needs=frozenset({"huisdier"}))
    assert propose(PlacingTask(groups=(free, cat), locations=(near, pets), km=KM), QUICK).places == {"A": "Y"}
    even = (replace(near, behind=None), replace(pets, behind=None))
    assert propose(PlacingTask(groups=(free, cat), locations=even, km=KM), QUICK).places == {"A": "X"}


def test_urgent_people_come_first() -> None:
    task = PlacingTask(
        groups=(Group(code="A", size=3), Group(code="B", size=2, urgency=2)), locations=(hall("X", 3),)
    )
    assert propose(task, QUICK).places == {"B": "X"}


def test_rooms_are_not_shared_with_strangers_unless_people_share() -> None:
    rooms = replace(hall("X", 7), room_size=3)
    three = tuple(Group(code=code, size=2) for code in "ABC")
    assert propose(PlacingTask(groups=three, locations=(rooms,)), QUICK).score.placed == 4
    sharing = tuple(replace(each, shares_room=True) for each in three)
    assert propose(PlacingTask(groups=sharing, locations=(rooms,)), QUICK).score.placed == 6


def test_blocked_places_are_not_used() -> None:
    task = PlacingTask(groups=(Group(code="A", size=3),), locations=(replace(hall("X", 4), blocked=2),))
    assert propose(task, QUICK).places == {}


def test_each_night_counts() -> None:
    location = replace(hall("X", 0), places=(2, 0, 2))
    groups = (
        Group(code="A", size=2, nights=(0, 1)),
        Group(code="B", size=2, nights=(1, 3)),
        Group(code="C", size=2),
    )
    assert propose(PlacingTask(groups=groups, locations=(location,)), QUICK).places == {"A": "X"}


def test_too_late_is_impossible() -> None:
    location = replace(hall("X", 2), opens_on=date(2026, 12, 2))
    group = Group(code="A", size=1, latest_on=date(2026, 12, 1))
    assert propose(PlacingTask(groups=(group,), locations=(location,)), QUICK).places == {}
    later = replace(group, latest_on=date(2026, 12, 2))
    assert propose(PlacingTask(groups=(later,), locations=(location,)), QUICK).places == {"A": "X"}


def test_a_placement_against_a_rule_is_never_handed_out() -> None:
    task = PlacingTask(groups=(Group(code="A", size=3),), locations=(hall("X", 2),))
    with pytest.raises(ImpossibleProposal, match="te klein"):
        checked(task, board_of(task), found=(np.array([0]), 0.0, 0.0, True))


def test_unknown_kilometres_are_not_zero() -> None:
    task = PlacingTask(
        groups=(Group(code="A", size=1, ties=(_at("Utrecht"),)),), locations=(hall("X", 2),), km=KM
    )
    with pytest.raises(UnknownDistance, match="Utrecht - Borne"):
        propose(task, QUICK)


def test_the_same_seed_gives_the_same_proposal() -> None:
    task = _crowd(160)
    once, again = (
        propose(task, Effort(clock=lambda: 0.0, seconds=30, seed=7, rounds=3)).places for _ in range(2)
    )
    assert once == again
    assert violations(task, once) == ()


def test_slack_keeps_the_place_that_tomorrow_needs() -> None:
    """Today two people would take the only accessible places, as they are near; tomorrow needs them."""
    near = replace(hall("X", 2, town="Almelo"), typed={"toegankelijk": (2,)})
    task = PlacingTask(
        groups=(Group(code="A", size=2, ties=(_at("Almelo"),)),),
        locations=(near, hall("Y", 2, town="Enschede")),
        km=KM,
    )
    assert propose(task, QUICK).places == {"A": "X"}
    wheelchair = Group(code="Z", size=2, typed={"toegankelijk": 2})
    prices = place_prices(task, draw_futures((wheelchair,), people=2, seed=1), effort=QUICK)
    assert propose(task, QUICK, tomorrow=prices).places == {"A": "Y"}


def test_slack_never_refuses_someone_today() -> None:
    task = PlacingTask(groups=(Group(code="A", size=2),), locations=(hall("X", 2),))
    prices = place_prices(task, [[Group(code="Z", size=2, urgency=10)]], effort=QUICK)
    assert prices.max() > 10_000
    assert propose(task, QUICK, tomorrow=prices).places == {"A": "X"}


def _wheelchairs_later() -> tuple[PlacingTask, tuple[tuple[Group, ...], ...]]:
    near = replace(hall("X", 2, town="Almelo"), typed={"toegankelijk": (2,)})
    task = PlacingTask(
        groups=(Group(code="A", size=2, ties=(_at("Almelo"),)),),
        locations=(near, hall("Y", 2, town="Enschede")),
        km=KM,
    )
    return task, ((Group(code="Z", size=2, typed={"toegankelijk": 2}),),)


def test_what_slack_is_worth_is_told() -> None:
    task, futures = _wheelchairs_later()
    found = propose_with_slack(task, futures, effort=QUICK)
    assert dict(found.proposal.places) == {"A": "Y"}
    assert found.later == Later(coming=2.0, placed=2.0, otherwise=0.0)


def test_prices_that_mislead_do_not_harm_who_comes_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices are estimates; the best for today is taken when those who come later fare better by it."""
    task, futures = _wheelchairs_later()
    elsewhere = replace(task, groups=(replace(task.groups[0], ties=(_at("Enschede"),)),))
    misleading = np.zeros((2, 3))
    misleading[1, 0] = 10_000.0  # as if the hall that nobody needs were the scarce one
    monkeypatch.setattr(slack, "place_prices", lambda *_args, **_more: misleading)
    assert propose(elsewhere, QUICK, tomorrow=misleading).places == {"A": "X"}
    found = propose_with_slack(elsewhere, futures, effort=QUICK)
    assert dict(found.proposal.places) == {"A": "Y"}
    assert found.later == Later(coming=2.0, placed=2.0, otherwise=2.0)


def test_a_large_task_keeps_slack_without_weighing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack, "is_small", lambda _board: False)
    task, futures = _wheelchairs_later()
    found = propose_with_slack(task, futures, effort=QUICK)
    assert (dict(found.proposal.places), found.later) == ({"A": "Y"}, None)


def _at(town: str) -> Tie:
    return Tie(municipality=town, kind="werk")


def _crowd(count: int) -> PlacingTask:
    chance = np.random.default_rng(3)
    groups = tuple(
        Group(code=f"G{number}", size=int(chance.integers(1, 5)), ties=(_at(str(chance.choice(TOWNS))),))
        for number in range(count)
    )
    places = tuple(
        Location(
            code=f"L{number}",
            municipality=TOWNS[number % 3],
            kind="azc",
            places=(int(chance.integers(5, 40)),),
        )
        for number in range(15)
    )
    return PlacingTask(groups=groups, locations=places, km=KM)
