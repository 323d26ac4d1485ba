"""Two variants, groups that stay where they are, target groups, and nights taken together without loss."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regietafel.reception.engine.placing import (
    Group,
    Location,
    PlacingTask,
    Tie,
    explain,
    price_of,
    propose,
    regular,
    set_aside,
    stretches_of,
    verdicts,
    violations,
)
from tests.engine.reception.towns import QUICK, hall, tasks

SOME = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIRST = date(2022, 4, 1)


@SOME
@given(tasks())
def test_the_regular_variant_places_no_fewer_people_and_sees_no_ties(task: PlacingTask) -> None:
    plain, tailored = propose(regular(task), QUICK), propose(task, QUICK)
    assert plain.score.urgent == tailored.score.urgent
    assert (plain.score.km, plain.score.links) == (0, 0)
    assert plain.score.unfair <= tailored.score.unfair + 1e-9
    assert violations(task, plain.places) == ()


def test_a_link_and_a_tie_decide_in_the_tailored_variant_only() -> None:
    halls = (replace(hall("X", 4, town="Borne"), behind=9), replace(hall("Y", 4, town="Hengelo"), behind=0))
    tied = Group(code="A", size=2, ties=(Tie(municipality="Hengelo", kind="werk"),))
    task = PlacingTask(groups=(tied,), locations=halls)
    assert propose(task, QUICK).places == {"A": "Y"}
    assert propose(regular(task), QUICK).places == {"A": "X"}


@SOME
@given(tasks(), st.data())
def test_who_is_set_aside_keeps_the_place_and_nobody_else_can_have_it(
    task: PlacingTask, data: st.DataObject
) -> None:
    made = dict(propose(task, QUICK).places)
    staying = data.draw(st.sets(st.sampled_from([group.code for group in task.groups])))
    rest = set_aside(task, made, codes=staying)
    assert {group.code for group in rest.groups} == {group.code for group in task.groups} - staying
    again = dict(propose(rest, QUICK).places) if rest.groups else {}
    kept = {code: at for code, at in made.items() if code in staying}
    assert violations(task, {**again, **kept}) == ()


def test_places_for_a_target_group_are_for_nobody_else() -> None:
    youth = replace(hall("JEUGD", 9, town="Borne"), features=frozenset({"amv"}), only_for="amv")
    groups = (Group(code="A", size=2), Group(code="M", size=1, needs=frozenset({"amv"})))
    task = PlacingTask(groups=groups, locations=(youth, hall("HAL", 1, town="Borne")))
    made = propose(task, QUICK)
    assert dict(made.places) == {"M": "JEUGD"}
    assert violations(task, {"A": "JEUGD"}) == ("A in JEUGD: alleen voor alleenreizende minderjarigen (amv)",)
    found = {each.location: each.blocked for each in verdicts(task, made.places, group="A")}
    assert [block.rule for block in found["JEUGD"]] == ["doelgroep"]
    reason = explain(task, made.places)[1][0].reason
    assert "voor een andere doelgroep bij JEUGD" in reason


def test_who_a_person_left_without_a_place_is_told_what_is_free() -> None:
    task = PlacingTask(groups=(Group(code="A", size=2),), locations=(hall("X", 4, town="Borne"),))
    assert explain(task, {})[1][0].reason == "heeft geen plek, maar kan nog in de enige locatie"


def test_unknown_is_not_none() -> None:
    group = Group(code="A", size=2, typed={"zorg": 1})
    task = PlacingTask(groups=(group,), locations=(hall("X", 4, town="Borne"),))
    some = verdicts(task, {}, group="A")[0].blocked[0].text
    unknown = replace(task, locations=(replace(task.locations[0], typed={}),))
    known = replace(task, locations=(replace(task.locations[0], typed={"zorg": (0,)}),))
    assert some == verdicts(unknown, {}, group="A")[0].blocked[0].text
    assert some == "zorg: onbekend hoeveel plaatsen, 1 nodig"
    assert verdicts(known, {}, group="A")[0].blocked[0].text == "zorg: 0 plaatsen, 1 nodig"


@SOME
@given(
    st.lists(st.lists(st.integers(0, 6), min_size=6, max_size=6), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=4),
)
def test_nights_taken_together_give_the_same_possibilities(
    free: list[list[int]], stays: list[tuple[int, int, int]]
) -> None:
    days = [(FIRST + timedelta(a), FIRST + timedelta(min(a + n, 6))) for a, n, _size in stays]
    cut = stretches_of(FIRST, FIRST + timedelta(6), stays=days)
    codes = [f"G{number}" for number in range(len(stays))]
    nights = [((begin - FIRST).days, (end - FIRST).days) for begin, end in days]
    sizes = [size for _begin, _nights, size in stays]
    by_day = _task(codes, sizes, nights=nights, free=[tuple(each) for each in free])
    short = _task(codes, sizes, nights=[cut.nights_of(stay) for stay in days],
                  free=[cut.lowest(each) for each in free])  # fmt: skip
    assert short.nights <= by_day.nights
    one, other = propose(by_day, QUICK), propose(short, QUICK)
    assert one.score.placed == other.score.placed
    assert violations(by_day, other.places) == ()


def _task(
    codes: list[str], sizes: list[int], *, nights: list[tuple[int, int]], free: list[tuple[int, ...]]
) -> PlacingTask:
    groups = (
        Group(code=code, size=size, nights=stay, shares_room=True)
        for code, size, stay in zip(codes, sizes, nights, strict=True)
    )
    locations = (
        Location(code=f"L{number}", municipality="Borne", kind="azc", places=each)
        for number, each in enumerate(free)
    )
    return PlacingTask(groups=tuple(groups), locations=tuple(locations))


@pytest.mark.parametrize(
    ("first", "until", "stays"),
    [(FIRST, FIRST, []), (FIRST, FIRST + timedelta(3), [(FIRST + timedelta(3), None)])],
)
def test_a_period_without_a_night_is_refused(
    first: date, until: date, stays: list[tuple[date | None, date | None]]
) -> None:
    with pytest.raises(ValueError, match="night"):
        stretches_of(first, until, stays=stays)


def test_the_price_of_an_alternative_leaves_alone_who_was_set_aside() -> None:
    groups = tuple(Group(code=code, size=2) for code in "AB")
    task = PlacingTask(groups=groups, locations=(hall("X", 2, town="Borne"), hall("Y", 2, town="Borne")))
    places = {"A": "X", "B": "Y"}
    assert price_of(task, places, group="A", location="Y", effort=QUICK).moved == ("B",)
    rest = set_aside(task, places, codes=["B"])
    price = price_of(rest, {"A": "X"}, group="A", location="Y", effort=QUICK)
    assert [block.rule for block in price.blocked] == ["te klein"]
