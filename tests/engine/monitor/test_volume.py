"""Volume: an ordinary day is no alarm, an event is one, and a source that went silent is neither."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom

from regietafel.monitor.engine.picture import silent_sources
from regietafel.monitor.engine.volume import (
    FEWEST_KNOWN,
    Alarm,
    DayCount,
    Deliveries,
    GoneSource,
    alarms_of,
    days_of,
    expect,
    raised_periods,
    watch_volume,
)
from regietafel.monitor.engine.volume.gaps import Gap, gaps_of
from regietafel.monitor.engine.volume.spreading import Spread

MONDAY = date(2022, 1, 3)
PATTERN = np.array([1.15, 1.15, 1.15, 1.15, 1.15, 0.70, 0.55])
some_counts = st.lists(st.integers(0, 60), min_size=FEWEST_KNOWN, max_size=63)


def _days(counts: Sequence[int | None], exposure: Sequence[float | None] | None = None) -> list[DayCount]:
    exposures = exposure or [1.0] * len(counts)
    return [
        DayCount(day=MONDAY + timedelta(step), count=count, exposure=each)
        for step, (count, each) in enumerate(zip(counts, exposures, strict=True))
    ]


def _last(counts: Sequence[int | None], exposure: Sequence[float | None] | None = None) -> Alarm:
    return alarms_of(_days(counts, exposure))[-1]


def _mean(history: Sequence[int | None]) -> float:
    expected = expect(history)
    assert expected is not None
    return expected.mean


def _simulated(mean: float, days: int, seed: int, dispersion: float = 0.05) -> list[int]:
    chance = np.random.default_rng(seed)
    means = mean * (PATTERN / PATTERN.mean())[np.arange(days) % 7]
    counts = chance.poisson(means * chance.gamma(1 / dispersion, dispersion, days))
    return [int(count) for count in counts]


def test_a_constant_series_gives_no_alarm_and_a_tenfold_day_gives_one() -> None:
    for level in (0, 1, 3, 20, 500):
        assert not any(alarm.is_alarm for alarm in alarms_of(_days([level] * 50)))
    counts = [7] * 60 + [70] + [7] * 6
    assert [alarm.day for alarm in alarms_of(_days(counts)) if alarm.is_alarm] == [MONDAY + timedelta(60)]


def test_no_alarm_before_four_weeks_are_known_and_the_reason_says_how_many_are() -> None:
    judged = alarms_of(_days([5] * 27 + [500]))[-1]
    assert (judged.is_alarm, judged.p_value) == (False, None)
    assert judged.reason == "nog te weinig geschiedenis: 27 van 28 dagen"
    assert _last([5] * 28 + [500]).is_alarm
    with_unknown: list[int | None] = [5] * 27 + [None] * 10 + [500]
    assert "27 van 28" in _last(with_unknown).reason


def test_an_unknown_day_is_not_a_day_of_zero() -> None:
    known, unknown = [10] * 56, [10 if step % 3 else None for step in range(56)]
    as_zero = [count or 0 for count in unknown]
    assert _mean(unknown) == pytest.approx(_mean(known), rel=0.02)
    assert _mean(as_zero) < 8
    judged = _last([*known, None])
    assert (judged.count, judged.expected, judged.is_alarm) == (None, None, False)


def test_a_sunday_is_compared_with_sundays() -> None:
    week = [20, 20, 20, 20, 20, 8, 2]
    ordinary = alarms_of(_days(week * 10))
    assert not any(alarm.is_alarm for alarm in ordinary)
    busy_sunday = [*(week * 10)[:-1], 20]
    assert _last(busy_sunday).is_alarm
    assert ordinary[-1].expected == pytest.approx(2, abs=1)


def test_a_short_history_hardly_believes_in_weekdays() -> None:
    week = [20, 20, 20, 20, 20, 10, 10]
    assert _mean((week * 8)[:-1]) < _mean((week * 2)[:-1]) < sum(week) / 7


def test_an_earlier_burst_hardly_moves_the_expectation() -> None:
    quiet = _simulated(20, 56, seed=3)
    burst = [*quiet[:20], *(count * 4 for count in quiet[20:25]), *quiet[25:]]
    assert _mean(burst) == pytest.approx(_mean(quiet), rel=0.15)
    assert np.mean(burst) > 1.2 * np.mean(quiet)


def test_a_day_on_which_sources_published_little_is_not_low_and_a_busy_day_is_no_alarm() -> None:
    counts, exposure = [20] * 56, [400.0] * 56
    assert "minder" in _last([*counts, 4]).reason
    assert "niet anders" in _last([*counts, 4], [*exposure, 80.0]).reason
    assert _last([*counts, 60]).is_alarm
    assert not _last([*counts, 60], [*exposure, 1200.0]).is_alarm


def test_two_raised_days_are_an_alarm_where_one_is_not() -> None:
    counts = [*_simulated(20, 69, seed=11)[:-1], 18, 20]
    high = _last(counts).high or 0
    one, two = _last([*counts[:-1], high]), _last([*counts[:-2], high, high])
    assert not one.is_alarm
    assert two.is_alarm and two.p_value is not None and two.p_value >= 0.01
    assert two.reason == "twee dagen achter elkaar meer dan gewoonlijk"


def test_two_messages_are_never_an_alarm() -> None:
    assert not _last([0] * 56 + [2]).is_alarm
    assert _last([0] * 56 + [3]).is_alarm


def test_the_probability_is_that_of_the_negative_binomial() -> None:
    size, mean = 4.0, 12.0
    spread = Spread(mean=mean, dispersion=1 / size)
    reference = nbinom(size, size / (size + mean))
    for count in (0, 5, 12, 30):
        assert spread.above(count) == pytest.approx(reference.sf(count) + reference.pmf(count) / 2)
    assert spread.above(spread.highest(0.01)) >= 0.01 > spread.above(spread.highest(0.01) + 1)
    assert 1 - spread.above(spread.lowest(0.01)) >= 0.01
    assert spread.cost(20) - spread.cost(10) == pytest.approx(
        reference.logpmf(10) - reference.logpmf(20) + _combinations(size, 20) - _combinations(size, 10)
    )


def _combinations(size: float, count: int) -> float:
    from scipy.special import gammaln

    return float(gammaln(size + count) - gammaln(count + 1))


@settings(deadline=None, max_examples=20)
@given(some_counts, st.integers(0, 200))
def test_an_alarm_of_one_day_is_a_count_above_the_upper_bound(counts: list[int], last: int) -> None:
    judged = _last([*counts, last])
    assert judged.p_value is not None and judged.high is not None
    assert (judged.p_value < 0.01) == (last > judged.high)
    if judged.is_alarm:
        assert last >= 3 and judged.ratio is not None and judged.ratio > 1


@settings(deadline=None, max_examples=25)
@given(some_counts, st.integers(2, 1000))
def test_the_unit_of_what_was_published_does_not_matter(counts: list[int], unit: int) -> None:
    published = [float(10 + step % 5) for step in range(len(counts) + 1)]
    one, other = (expect(counts, exposure=[each * times for each in published]) for times in (1, unit))
    assert one is not None and other is not None
    assert other.mean == pytest.approx(one.mean, rel=1e-6)
    assert other.dispersion == pytest.approx(one.dispersion, rel=1e-5, abs=1e-9)


@settings(deadline=None, max_examples=25)
@given(some_counts, st.randoms(use_true_random=False))
def test_weeks_may_be_shuffled(counts: list[int], random: "object") -> None:
    weeks = [counts[step : step + 7] for step in range(len(counts) % 7, len(counts), 7)][-8:]
    shuffled = weeks[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (expect([count for week in order for count in week]) for order in (weeks, shuffled))
    assert one is not None and other is not None
    assert other.mean == pytest.approx(one.mean, rel=1e-6)


@settings(deadline=None, max_examples=20)
@given(some_counts, st.integers(1, 20))
def test_unknown_days_before_the_window_change_nothing(counts: list[int], unknown: int) -> None:
    window = counts[-56:]
    assert expect([*([None] * unknown), *window]) == expect(window, window=56 + unknown) or unknown > 0
    assert expect([*([None] * unknown), *window], window=56 + unknown) == expect(window, window=56 + unknown)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="exposure"):
        expect([1, 2, 3], exposure=[1.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="season"):
        expect([1, 2, 3], season=0)
    with pytest.raises(ValueError, match="order"):
        alarms_of([*_days([1, 2]), *_days([3])])


def test_hours_of_the_day_are_a_season_too() -> None:
    hours = [30 if 8 <= hour % 24 < 20 else 2 for hour in range(24 * 10)]
    night = expect(hours, season=24, window=24 * 14)
    assert night is not None and night.mean == pytest.approx(2, abs=0.7)
    assert _hourly([*hours, 30])[-1].is_alarm
    assert not any(alarm.is_alarm for alarm in _hourly(hours))


def _hourly(counts: Sequence[int]) -> tuple[Alarm, ...]:
    return alarms_of(_days(counts), season=24, window=24 * 14, fewest_known=24 * 8)


# Sources that went silent


def _deliveries(days: int, **per_day: Sequence[int]) -> Deliveries:
    hits = {
        (name, MONDAY + timedelta(step)): count
        for name, counts in per_day.items()
        for step, count in enumerate(counts)
    }
    published = {key: 5 * count for key, count in hits.items()}
    return Deliveries(first=MONDAY, last=MONDAY + timedelta(days - 1), hits=hits, published=published)


@pytest.mark.parametrize("by_output", [True, False])
def test_a_source_that_went_silent_is_named_and_is_no_drop(by_output: bool) -> None:
    krant, omroep = [10] * 70, [30] * 60 + [0] * 10
    found = watch_volume(_deliveries(70, krant=krant, omroep=omroep), by_output=by_output)
    assert found.gone == (GoneSource(source="omroep", first=MONDAY + timedelta(60), last=None),)
    assert round(found.days[59].expected or 0) == 40
    for judged in found.days[60:]:
        assert round(judged.expected or 0) == 10
        assert judged.reason == "niet anders dan gewoonlijk op zo'n dag"


@pytest.mark.parametrize("by_output", [True, False])
def test_a_source_that_came_back_is_no_alarm(by_output: bool) -> None:
    krant, omroep = [10] * 100, [30] * 40 + [0] * 45 + [30] * 15
    found = watch_volume(_deliveries(100, krant=krant, omroep=omroep), by_output=by_output)
    assert not any(judged.is_alarm for judged in found.days)
    assert [(gone.first, gone.last) for gone in found.gone] == [
        (MONDAY + timedelta(40), MONDAY + timedelta(84))
    ]
    judged = found.days[-1]
    assert judged.expected is None or round(judged.expected) == 40


def test_an_event_is_seen_while_a_source_is_silent() -> None:
    krant, omroep = [10] * 65 + [40], [30] * 60 + [0] * 6
    brought = _deliveries(66, krant=krant, omroep=omroep)
    last = MONDAY + timedelta(65)
    found = watch_volume(replace(brought, published={**brought.published, ("krant", last): 80}))
    assert found.days[-1].is_alarm and found.days[-1].count == 40


def test_an_event_does_not_hide_behind_its_own_part_of_what_was_published() -> None:
    hits, published = [10] * 60 + [25], [30] * 60 + [45]  # twenty other messages each day
    judged = [
        watch_volume(Deliveries(first=MONDAY, last=MONDAY + timedelta(60), hits=_of("a", hits),
                                published=_of("a", published))).days[-1],
        alarms_of(days_of(_of_day(hits), _of_day(published)))[-1],
    ]  # fmt: skip
    for each in judged:
        assert round(each.expected or 0) == 10 and each.is_alarm


def test_where_most_is_about_the_subject_the_total_says_nothing() -> None:
    hits, published = [10] * 60 + [40], [12] * 60 + [42]
    found = watch_volume(Deliveries(first=MONDAY, last=MONDAY + timedelta(60), hits=_of("a", hits),
                                    published=_of("a", published)))  # fmt: skip
    assert found.days[-1].is_alarm
    assert {each.exposure for each in days_of(_of_day(hits), _of_day(published))} == {1.0}


def test_days_without_a_count_or_a_total_are_unknown() -> None:
    days = days_of({MONDAY: 3, MONDAY + timedelta(2): 4}, {MONDAY: 30})
    assert [(each.count, each.exposure is None) for each in days] == [(3, False), (None, True), (4, True)]


def _of(name: str, counts: Sequence[int]) -> dict[tuple[str, date], int]:
    return {(name, MONDAY + timedelta(step)): count for step, count in enumerate(counts)}


def _of_day(counts: Sequence[int]) -> dict[date, int]:
    return {MONDAY + timedelta(step): count for step, count in enumerate(counts)}


def test_with_every_source_gone_the_day_is_unknown() -> None:
    found = watch_volume(_deliveries(62, krant=[10] * 60 + [0, 0]), by_output=False)
    assert [judged.count for judged in found.days[-2:]] == [None, None]
    assert "onbekend" in found.days[-1].reason


def test_a_source_added_halfway_is_no_alarm() -> None:
    krant, omroep = [10] * 100, [0] * 60 + [30] * 40
    found = watch_volume(_deliveries(100, krant=krant, omroep=omroep))
    assert not any(judged.is_alarm for judged in found.days)
    assert found.gone == ()


def test_names_of_sources_do_not_matter() -> None:
    first, second = _simulated(10, 70, seed=1), _simulated(4, 70, seed=2)
    one = watch_volume(_deliveries(70, a=first, b=second))
    other = watch_volume(_deliveries(70, a=second, b=first))
    for left, right in zip(one.days, other.days, strict=True):
        assert left.expected == pytest.approx(right.expected)
        assert (left.count, left.is_alarm) == (right.count, right.is_alarm)


def test_a_day_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        watch_volume(replace(_deliveries(3, a=[1, 2, 3]), last=MONDAY - timedelta(1)))


def test_a_gap_is_known_from_the_day_on_which_it_could_be_known() -> None:
    assert gaps_of([20] * 30 + [0] * 4 + [20]) == (Gap(30, 34, 30),)
    weekdays_only = [20, 20, 20, 20, 20, 0, 0] * 8
    assert gaps_of(weekdays_only) == ()
    assert gaps_of([*weekdays_only, 0, 0, 0]) == (Gap(54, 59, 56),)
    assert gaps_of([0, 0, 0]) == ()
    assert gaps_of([0] * 10 + [20] * 40) == (Gap(0, 10, 37),)
    assert gaps_of([0] * 10 + [20] * 20) == ()


def test_the_picture_and_the_volume_agree_on_a_source_that_brought_much() -> None:
    counts = [20] * 40 + [0] * 2
    published = {("krant", MONDAY + timedelta(step)): count for step, count in enumerate(counts)}
    (silent,) = silent_sources(published, sources=(), on=MONDAY + timedelta(41))
    (gap,) = gaps_of(counts)
    assert silent.silent_days == gap.end - gap.begin == 2


# The raised period


def test_the_period_begins_and_ends_with_the_event() -> None:
    quiet = _simulated(20, 80, seed=5)
    event = [*quiet[:60], *(3 * count for count in quiet[60:66]), *quiet[66:]]
    periods = raised_periods(alarms_of(_days(event)))
    assert (MONDAY + timedelta(60), MONDAY + timedelta(65)) in [(each.first, each.last) for each in periods]


def test_without_an_alarm_there_is_no_period_and_with_one_it_holds_it() -> None:
    assert raised_periods(alarms_of(_days([7] * 80))) == ()
    assert raised_periods(()) == ()
    for seed in range(6):
        alarms = alarms_of(_days(_simulated(5, 120, seed=seed, dispersion=0.4)))
        periods = raised_periods(alarms)
        for alarm in alarms:
            inside = any(period.first <= alarm.day <= period.last for period in periods)
            assert inside or not alarm.is_alarm
        for period in periods:
            assert any(a.is_alarm and period.first <= a.day <= period.last for a in alarms)


def test_an_unknown_day_does_not_cut_a_period_in_two() -> None:
    counts: list[int | None] = [10] * 60 + [40, 42, None, 45, 41] + [10] * 5
    (period,) = raised_periods(alarms_of(_days(counts)))
    assert (period.first, period.last) == (MONDAY + timedelta(60), MONDAY + timedelta(64))


# Quality, kept small; the whole measurement is benchmarks/bench_alarms.py


@pytest.mark.parametrize(("mean", "times"), [(3, 3), (20, 2), (120, 2)])
def test_few_false_alarms_and_most_events_found_within_a_day(mean: int, times: int) -> None:
    false, found, days, rows = 0, 0, 0, 16
    for seed in range(rows):
        counts = _simulated(mean, 110, seed=1000 + seed)
        burst = [*counts[:105], *_simulated(mean * times, 110, seed=2000 + seed)[105:107]]
        alarms = [alarm.is_alarm for alarm in alarms_of(_days(burst))]
        false += sum(alarms[60:105])
        days += 45
        found += any(alarms[105:107])
    assert 100 * false / days <= 4
    assert found / rows >= 0.7
