"""Explanations: a location said to be blocked is blocked, a price is what it costs, an enlargement helps."""

from collections import Counter
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regietafel.reception.engine.placing import (
    Group,
    Location,
    PlacingTask,
    blocks,
    explain,
    price_of,
    propose,
    smallest_enlargement,
    verdicts,
    violations,
)
from tests.engine.reception.towns import KM, QUICK, aims, every_placement, hall, tasks

SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(tasks())
def test_what_is_said_to_be_blocked_is_blocked_and_nothing_else(task: PlacingTask) -> None:
    places = dict(propose(task, QUICK).places)
    for group in task.groups:
        for verdict in verdicts(task, places, group=group.code):
            moved = places | {group.code: verdict.location}
            assert bool(verdict.blocked) == bool(violations(task, moved)), (group.code, verdict)


@SOME
@given(tasks())
def test_the_counts_are_those_of_the_rules(task: PlacingTask) -> None:
    places = propose(task, QUICK).places
    lines, placeless = explain(task, places)
    assert [each.group for each in lines] == [each.code for each in task.groups if each.code in places]
    for told in (*lines, *placeless):
        group = next(each for each in task.groups if each.code == told.group)
        counted = Counter(block.rule for each in task.locations for block in blocks(group, each))
        assert {rule: count for rule, count in told.blocked.items() if rule != "vol"} == counted


@SOME
@given(tasks(most_groups=4))
def test_a_price_is_what_the_line_costs_at_least(task: PlacingTask) -> None:
    places = dict(propose(task, QUICK).places)
    group, location = task.groups[0], task.locations[-1]
    price = price_of(task, places, group=group.code, location=location.code, effort=QUICK)
    with_line = [
        each
        for each in every_placement(task)
        if each.get(group.code) == location.code and not violations(task, each)
    ]
    assert bool(price.blocked) == (not with_line)
    if price.places is not None:
        assert price.places[group.code] == location.code
        assert violations(task, price.places) == ()
        best = min(aims(task, each)[:2] for each in with_line)
        assert aims(task, dict(price.places))[:2] == best
        stays = max(
            sum(each.get(code) == at for code, at in places.items())
            for each in with_line
            if aims(task, each)[:2] == best
        )
        assert sum(price.places.get(code) == at for code, at in places.items()) == stays


@SOME
@given(tasks(most_groups=4))
def test_an_enlargement_helps_and_a_smaller_one_does_not(drawn: PlacingTask) -> None:
    task = replace(drawn, locations=tuple(_plain(each) for each in drawn.locations))
    places = dict(propose(task, QUICK).places)
    found = smallest_enlargement(task, places, effort=QUICK)
    if found is None:
        return
    assert _helped(task, places, (found.location, found.places, found.typed.get("toegankelijk", 0)))
    if found.places > 1 and not found.typed.get("toegankelijk"):
        for each in task.locations:
            assert not _helped(task, places, (each.code, found.places - 1, 0))


def _plain(location: Location) -> Location:
    """Leave no half rooms and no more accessible places than there are places: those would be free to use."""
    usable = location.places[0] - location.blocked
    return replace(
        location, room_size=1, typed={"toegankelijk": (min(location.typed["toegankelijk"][0], usable),)}
    )


def _helped(task: PlacingTask, places: dict[str, str], more: tuple[str, int, int]) -> bool:
    """Say whether, with more places, everybody keeps a place and someone gets one."""
    code, count, accessible = more
    bigger = replace(
        task,
        locations=tuple(
            replace(
                each,
                places=(each.places[0] + count,),
                typed={"toegankelijk": (each.typed["toegankelijk"][0] + accessible,)},
            )
            if each.code == code
            else each
            for each in task.locations
        ),
    )
    return any(
        places.keys() < each.keys() and not violations(bigger, each) for each in every_placement(bigger)
    )


def test_a_person_can_read_why() -> None:
    task = PlacingTask(
        groups=(Group(code="A", size=2), Group(code="B", size=4, needs=frozenset({"huisdier"}))),
        locations=(hall("X", 2), hall("Y", 3, features="huisdier")),
        km=KM,
    )
    _lines, placeless = explain(task, propose(task, QUICK).places)
    assert placeless[0].reason == (
        "past in geen van de 2 locaties: te klein bij Y; bij 1 meer dan één bezwaar "
        "(1 zonder plek voor een huisdier, 1 te klein)"
    )
    assert placeless[0].one_rule_away == {"te klein": ("Y",)}


def test_moving_someone_into_a_full_hall_says_who_moves() -> None:
    groups = tuple(Group(code=code, size=2) for code in "ABC")
    task = PlacingTask(groups=groups, locations=(hall("X", 4), hall("Y", 2, town="Almelo")), km=KM)
    price = price_of(task, {"A": "X", "B": "X", "C": "Y"}, group="C", location="X", effort=QUICK)
    assert len(price.moved) == 1
    assert (price.unplaced, price.lost) == (0, ())
    assert price.text == "1 groep verhuist mee, niemand extra zonder plek."


@SOME
@given(tasks(most_groups=4), st.data())
def test_a_price_can_be_told_from_places_that_became_impossible(
    task: PlacingTask, data: st.DataObject
) -> None:
    """Groups and places change after a proposal; whoever no longer fits just has no place."""
    anywhere = st.sampled_from([None, *(each.code for each in task.locations)])
    drawn = {group.code: data.draw(anywhere) for group in task.groups}
    before = {code: place for code, place in drawn.items() if place is not None}
    group, location = task.groups[0], task.locations[-1]
    price = price_of(task, before, group=group.code, location=location.code, effort=QUICK)
    assert bool(price.blocked) == bool(blocks(group, location))
    if not price.blocked:
        assert price.places is not None and price.places[group.code] == location.code
        assert not violations(task, price.places)
