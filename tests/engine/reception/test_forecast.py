"""The forecast: same seed same answer, more places never more shortage, and an interval that holds."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from regietafel.reception.engine.forecast import (
    Coming,
    Forecast,
    History,
    Hosting,
    Line,
    LineKind,
    NoHistory,
    Offer,
    Scenario,
    Setting,
    Supply,
    backtest,
    forecast,
    known_on,
    last_told,
    scenario_named,
)
from regietafel.reception.engine.forecast.shortage import shortage_of

FIRST = date(2022, 2, 7)
PLENTY = Supply(offers=(Offer(places=100_000, from_on=FIRST),))


def _history(arrivals: list[int | None], departures: int = 8, present: int = 600) -> History:
    there, series = present, []
    for came in arrivals:
        there = max(there + (came or 0) - departures, 0)
        series.append(there)
    length = len(arrivals)
    return History(
        first=FIRST,
        arrivals=tuple(arrivals),
        departures=(departures,) * length,
        ended=(0,) * length,
        present=tuple(series),
    )


def _chance(length: int, mean: float, seed: int = 1) -> list[int | None]:
    return [int(people) for people in np.random.default_rng(seed).poisson(mean, length)]


def _ahead(history: History, supply: Supply = PLENTY, **setting: object) -> Forecast:
    given: dict[str, object] = {"days": 28, "seed": 7, "paths": 600} | setting
    return forecast(history, supply, setting=Setting(**given))  # type: ignore[arg-type]


def _width(found: Forecast, day: int = -1) -> int:
    return found.days[day].p90 - found.days[day].p10


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    history = _history(_chance(60, 10))
    assert _ahead(history) == _ahead(history)
    assert _ahead(history) != _ahead(history, seed=8)


def test_more_places_never_make_a_shortage_likelier() -> None:
    history = _history(_chance(60, 12))
    before = None
    for places in (500, 700, 850, 1000):
        found = _ahead(history, Supply(offers=(Offer(places=places, from_on=FIRST),)))
        likely = [day.shortage_probability for day in found.days]
        assert before is None or all(now <= then for now, then in zip(likely, before, strict=True))
        before = likely


def test_the_remedy_really_solves_it_and_one_place_less_does_not() -> None:
    history, offer = _history(_chance(60, 14)), Offer(places=880, from_on=FIRST)
    found = _ahead(history, Supply(offers=(offer,))).shortage
    assert found is not None and found.remedies[0].places > 0
    for remedy in found.remedies:
        for places, is_enough in ((remedy.places, True), (remedy.places - 1, False)):
            more = Offer(places=places, from_on=remedy.from_on)
            days = _ahead(history, Supply(offers=(offer, more))).days
            later = [day.shortage_probability for day in days if day.day >= remedy.from_on]
            assert (max(later) < remedy.probability) is is_enough
        assert max(week.places for week in remedy.weeks) == remedy.places


def test_a_remedy_leaves_less_than_the_probability_and_is_the_smallest() -> None:
    people = np.arange(1, 11, dtype=np.int64)[None, :]  # ten futures, 1 to 10 people short
    found = shortage_of(people, np.zeros_like(people), first=FIRST, threshold=0.5)
    assert found is not None
    assert [(remedy.places, remedy.probability) for remedy in found.remedies] == [(6, 0.5), (10, 0.1)]


def test_a_new_level_is_followed_within_weeks() -> None:
    found = _ahead(_history([*_chance(150, 8), *_chance(28, 40, seed=2)]))
    assert 32 < found.arrivals_per_day < 48


def test_the_first_shortage_is_the_day_a_contract_ends() -> None:
    ends = FIRST + timedelta(days=75)
    supply = Supply(offers=(Offer(places=2000, from_on=FIRST, until_on=ends),))
    found = _ahead(_history(_chance(60, 10)), supply).shortage
    assert found is not None and found.first_on == ends and found.probability == 1


def test_a_shortage_falls_in_the_week_of_13_april_in_the_unfavourable_scenario_only() -> None:
    """The minutes: only if the inflow is high, there are more refugees than places in that week."""
    arrivals = [10, 12, 9, 11, 12, 8, 8] * 9
    history = _history(arrivals, departures=0, present=0)
    assert history.last == date(2022, 4, 10)
    supply = Supply(offers=(Offer(places=history.present[-1] + 66, from_on=FIRST),))
    days = {
        name: found.first_on if (found := _ahead(
            history, supply, days=7, scenario=scenario_named(name)).shortage) else None
        for name in ("laag", "midden", "hoog")
    }  # fmt: skip
    assert days["laag"] is None
    assert days["hoog"] is not None and date(2022, 4, 13) <= days["hoog"] <= date(2022, 4, 17)
    assert days["midden"] is None or days["midden"] > days["hoog"]


def test_scenarios_and_own_levels_order_the_inflow() -> None:
    history = _history(_chance(60, 12))
    low, middle, high = (
        _ahead(history, scenario=scenario_named(name)).days[-1].expected
        for name in ("laag", "midden", "hoog")
    )
    assert low < middle < high
    own = _ahead(history, scenario=Scenario(name="eigen", level_per_day=0.0)).days[-1].expected
    assert own < low


def test_a_known_bus_comes_on_its_day_with_its_probability() -> None:
    history = _history([0] * 60, departures=0, present=100)
    bus = Coming(day=history.last + timedelta(days=3), people=50, probability=0.5)
    without, found = _ahead(history), _ahead(history, arriving=(bus,), paths=4000)
    assert [day.expected for day in found.days[:2]] == pytest.approx(
        [day.expected for day in without.days[:2]], abs=1
    )
    assert found.days[2].expected - without.days[2].expected == pytest.approx(25, abs=2)


def test_announced_arrivals_are_not_counted_twice() -> None:
    """Where everybody was announced a week ahead, the coming week holds the announced and nobody else."""
    arrivals = _chance(60, 10)
    seen = History(
        first=FIRST,
        arrivals=tuple(arrivals),
        departures=(0,) * 60,
        ended=(0,) * 60,
        present=tuple(np.cumsum(arrivals).tolist()),
        leads=((7, sum(people or 0 for people in arrivals)),),
    )
    days = _ahead(seen).days
    assert days[6].p90 <= seen.present[-1] < days[8].expected


def _with_fixed_stays(days: int = 90, stay: int = 20, mean: float = 10) -> tuple[History, tuple[Coming, ...]]:
    """Make a region where everybody leaves after so many days, as agreed; and the ends of who is there."""
    came = [int(people or 0) for people in _chance(days, mean)]
    ended = [0] * stay + came[: days - stay]
    seen = History(
        first=FIRST,
        arrivals=tuple(came),
        departures=(0,) * days,
        ended=tuple(ended),
        present=tuple(np.cumsum(np.array(came) - ended).tolist()),
        stays=((stay, sum(came)),),
    )
    ends = (
        Coming(day=FIRST + timedelta(days + step), people=came[days - stay + step]) for step in range(stay)
    )
    return seen, tuple(ends)


def test_who_still_comes_stays_as_long_as_was_agreed_with_others() -> None:
    """In a region with fixed stays as many leave as come; newcomers must not stay for ever."""
    seen, ends = _with_fixed_stays()
    days = _ahead(seen, leaving=ends, days=56, paths=1000).days
    steady = sum(seen.present[-28:]) / 28
    assert days[-1].p10 < steady < days[-1].p90
    assert days[-1].p50 == pytest.approx(steady, rel=0.3)


def test_who_has_an_agreed_end_stays_until_then() -> None:
    seen, ends = _with_fixed_stays()
    later = tuple(replace(one, day=one.day + timedelta(60)) for one in ends)
    nobody = Scenario(name="niemand", factor=0.0)
    found = _ahead(seen, leaving=later, days=70, scenario=nobody).days
    assert found[50].p50 == pytest.approx(seen.present[-1], rel=0.1)
    assert found[69].p50 == pytest.approx(seen.present[-1] / 2, rel=0.2)


def test_the_end_of_who_is_known_to_come_is_kept_to() -> None:
    """A bus of 40 stays three weeks and then leaves, all of it."""
    seen, ends = _with_fixed_stays()
    nobody = Scenario(name="niemand", factor=0.0)
    bus = Coming(day=seen.last + timedelta(3), people=40)
    gone = Coming(day=seen.last + timedelta(24), people=40)
    days = _ahead(seen, arriving=(bus,), leaving=(*ends, gone), days=40, paths=1000, scenario=nobody).days
    assert days[20].p50 == pytest.approx(40, abs=3)
    assert days[-1].p90 <= 3


def test_the_forecast_says_at_what_rate_people_leave() -> None:
    history = _history(_chance(60, 3), departures=0, present=50)
    told = " ".join(_ahead(replace(history, ended=(2,) * 60)).remarks)
    assert "zo lang als eerder met nieuwe mensen is afgesproken" in told
    assert "nooit iemand vertrokken" not in told
    assert "nooit iemand vertrokken" in " ".join(_ahead(history).remarks)


def test_an_uncertain_opening_counts_for_its_probability() -> None:
    supply = Supply(
        offers=(Offer(places=600, from_on=FIRST), Offer(places=100, from_on=FIRST, probability=0.7))
    )
    day = _ahead(_history(_chance(60, 8)), supply, paths=4000).days[0]
    assert day.places == pytest.approx(670, abs=3) and day.certain_places == 600


def test_private_hosting_that_ends_comes_back() -> None:
    history = _history([0] * 60, departures=0, present=100)
    ends = (Coming(day=history.last + timedelta(days=5), people=40),)
    found = _ahead(history, hosting=Hosting(people=40, ends=ends, returning=0.5), paths=2000)
    assert found.days[5].expected - found.days[3].expected == pytest.approx(20, abs=2)
    assert any("aanname" in remark for remark in found.remarks)


def test_unknown_days_are_skipped_and_are_not_zero() -> None:
    arrivals = _chance(60, 20)
    gaps = [None if step % 3 == 0 else people for step, people in enumerate(arrivals)]
    zeros = [0 if people is None else people for people in gaps]
    levels = [_ahead(_history(each)).arrivals_per_day for each in (arrivals, gaps, zeros)]
    assert levels[1] == pytest.approx(levels[0], rel=0.25)
    assert levels[2] < 0.85 * levels[1]
    assert any("onbekend" in remark for remark in _ahead(_history(gaps)).remarks)


def test_a_short_history_says_so_and_widens() -> None:
    short, long = (_ahead(_history(_chance(length, 15))) for length in (6, 150))
    assert _width(short) > 1.3 * _width(long)
    assert any("6 bekende dagen" in remark for remark in short.remarks)
    assert not any("bekende dagen" in remark for remark in long.remarks)


def test_the_interval_widens_with_the_days_ahead() -> None:
    found = _ahead(_history(_chance(90, 15)), days=56)
    assert _width(found, 6) < _width(found, 27) < _width(found, 55)


@pytest.mark.parametrize(
    "arrivals", [[0], [0] * 100, [1], [100_000] * 40, [0] * 50 + [5000], [None] * 9 + [3]]
)
def test_degenerate_histories_give_finite_answers(arrivals: list[int | None]) -> None:
    for present in (0, 10):
        found = _ahead(_history(arrivals, departures=0, present=present), days=183, paths=50)
        assert all(0 <= day.p10 <= day.p50 <= day.p90 < 10**9 for day in found.days)


def test_nothing_known_is_refused_unless_a_level_is_given() -> None:
    nothing = _history([None] * 10)
    with pytest.raises(NoHistory):
        _ahead(nothing)
    own = _ahead(nothing, scenario=Scenario(name="eigen", level_per_day=12))
    assert own.days[-1].expected > nothing.present[-1]


def test_weekdays_are_seen_where_they_differ() -> None:
    week = [20, 20, 20, 20, 20, 2, 2]
    days = _ahead(_history(week * 12, departures=0), paths=2000).days
    came = np.diff([day.expected for day in days[:15]])
    weekend = [step for step, day in enumerate(days[1:15]) if day.day.weekday() >= 5]
    assert came[weekend].mean() < 0.4 * np.delete(came, weekend).mean()


def test_the_interval_holds_about_four_in_five_times() -> None:
    """A small fixed set with wide bounds; docs/naslag/kwaliteit-opvang.md measures it properly."""
    held = 0
    for seed in range(60):
        chance = np.random.default_rng(seed)
        rates = chance.uniform(5, 40) * np.exp(np.cumsum(0.03 * chance.standard_normal(116)))
        people = chance.negative_binomial(2, 2 / (2 + rates))
        history = _history([int(number) for number in people[:88]], departures=0)
        truth = history.present[-1] + int(people[88:].sum())
        day = _ahead(history, paths=300).days[-1]
        held += day.p10 <= truth <= day.p90
    assert 40 <= held <= 57


def test_a_back_test_counts_what_would_have_been_right() -> None:
    found = backtest(_history(_chance(150, 12)), seed=1)
    for row in found.rows:
        assert row.covered + row.below + row.above == row.forecasts
    assert [row.forecasts for row in found.rows] == [17, 14, 10]
    assert found.rows[0].share is not None and found.rows[0].share >= 0.6


def test_a_back_test_says_when_the_forecast_is_too_sure_or_the_history_too_short() -> None:
    steps = [10] * 56 + [90] * 28 + [5] * 28 + [120] * 28 + [2] * 28 + [150] * 28
    wild = backtest(_history(list(steps), departures=0), seed=1)
    assert any("ruimer" in remark for remark in wild.remarks)
    short = backtest(_history(_chance(30, 10)), seed=1)
    assert short.rows[-1].share is None
    assert any("te kort" in remark for remark in short.remarks)


def _line(step: int, kind: LineKind, people: int | None, **other: object) -> Line:
    return Line(day=FIRST + timedelta(days=step), kind=kind, people=people, **other)  # type: ignore[arg-type]


def test_a_move_is_no_inflow_and_coming_from_a_host_neither() -> None:
    start = FIRST + timedelta(days=10)
    lines = [
        _line(0, LineKind.PLACEMENT, 20, group="a"),
        _line(4, LineKind.DEPARTURE, 20, group="a"),
        _line(4, LineKind.PLACEMENT, 20, group="a"),
        _line(1, LineKind.PLACEMENT, 6, group="b", is_private=True),
        _line(7, LineKind.DEPARTURE, 6, group="b", is_private=True),
        _line(7, LineKind.PLACEMENT, 6, group="b"),
    ]
    found = known_on(lines, start=start)
    assert (sum(filter(None, found.history.arrivals)), sum(filter(None, found.history.departures))) == (20, 0)
    assert (found.history.present[-1], found.hosting.people) == (26, 0)
    both = known_on(lines, start=start, with_private=True)
    assert (both.history.present[-1], both.hosting.people) == (26, 0)


def test_what_was_written_down_later_was_not_known() -> None:
    start = FIRST + timedelta(days=10)
    bus = _line(14, LineKind.RESERVATION, 48, recorded_on=start + timedelta(days=1))
    found = known_on([_line(0, LineKind.PLACEMENT, 20), bus], start=start)
    assert found.arriving == () and "nog niet bekend" in found.remarks[0]


def test_an_agreed_end_is_known_to_come_and_a_lapsed_bus_is_not() -> None:
    start = FIRST + timedelta(days=10)
    until = start + timedelta(days=4)
    lines = [
        _line(0, LineKind.PLACEMENT, 20, group="a", until_on=until),
        _line(5, LineKind.DEPARTURE, 5, group="a"),
        _line(12, LineKind.RESERVATION, 48, group="b", lapses_on=start),
        _line(9, LineKind.RESERVATION, 30, group="laat", lapses_on=until),
    ]
    found = known_on(lines, start=start)
    assert [(end.day, end.people) for end in found.leaving] == [(until, 15)]
    assert [(bus.day, bus.people) for bus in found.arriving] == [(start, 30)]


def test_days_that_nobody_told_of_are_drawn_and_left_out() -> None:
    history = _history(_chance(60, 12))
    supply = Supply(offers=(Offer(places=900, from_on=FIRST),))
    bus = Coming(day=history.last + timedelta(days=4), people=40)
    whole = _ahead(history, supply, days=38, arriving=(bus,))
    later = _ahead(history, supply, days=28, unseen_days=10, arriving=(bus,))
    assert later.days == whole.days[10:]
    assert later.days[0].day == history.last + timedelta(days=11)
    assert later.arrivals_per_day == whole.arrivals_per_day
    assert later.shortage is not None and later.shortage.first_on >= later.days[0].day


@pytest.mark.parametrize("unseen", [-1, 29])
def test_no_more_than_four_weeks_may_be_unseen(unseen: int) -> None:
    with pytest.raises(ValueError, match="0 to 28 days"):
        Setting(days=28, seed=1, unseen_days=unseen)


def test_lines_that_stop_early_leave_unknown_days_and_no_noughts() -> None:
    start = FIRST + timedelta(days=20)
    lines = [
        _line(0, LineKind.PLACEMENT, 20),
        _line(9, LineKind.PLACEMENT, 6),
        _line(15, LineKind.RESERVATION, 48, recorded_on=FIRST + timedelta(days=12)),
        _line(25, LineKind.DEPARTURE, 3),
    ]
    last = last_told(lines, start=start)
    assert last == FIRST + timedelta(days=9)
    found = known_on(lines, start=start, told_until=last)
    assert (found.history.last, found.unseen_days) == (last, 10)
    assert [bus.people for bus in found.arriving] == [48], "a bus in the unseen days is expected on its day"
    assert "stopt op" in found.remarks[0] and "10 dagen" in found.remarks[0]
    kept = known_on(lines, start=start)
    assert (kept.unseen_days, kept.history.last) == (0, start - timedelta(days=1))


def test_what_was_planned_tells_nothing_of_the_past() -> None:
    start = FIRST + timedelta(days=20)
    came = _line(9, LineKind.PLACEMENT, 6)
    planned = [
        _line(30, LineKind.PLACEMENT, 6, recorded_on=FIRST),
        _line(30, LineKind.DEPARTURE, 6),
        _line(15, LineKind.RESERVATION, 6),
    ]
    assert last_told([came, *planned], start=start) == came.day
    assert last_told([came, _line(30, LineKind.PLACEMENT, 6)], start=start) == FIRST + timedelta(days=30)
    assert last_told(planned[1:], start=start) is None
