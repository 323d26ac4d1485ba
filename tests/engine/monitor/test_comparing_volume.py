"""Comparing periods: an ordinary week is not called different, and no sentence says more than its figures."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from regietafel.monitor.engine.volume import (
    Difference,
    Measured,
    Span,
    compare_interactions,
    compare_phases,
    compare_sentiment,
    compare_share,
    compare_volume,
)
from regietafel.monitor.engine.volume.judging import bounds_of

START = date(2022, 2, 28)
PATTERN = np.array([1.15, 1.15, 1.15, 1.15, 1.15, 0.70, 0.55])


def _span(first: int, last: int) -> Span:
    return Span(START + timedelta(first), START + timedelta(last))


def _counts(levels: Sequence[float], seed: int = 1, dispersion: float = 0.02) -> dict[date, int]:
    """Draw one week per level."""
    chance = np.random.default_rng(seed)
    means = np.concatenate([level * PATTERN / PATTERN.mean() for level in levels])
    drawn = chance.poisson(means * chance.gamma(1 / dispersion, dispersion, len(means)))
    return {START + timedelta(step): int(count) for step, count in enumerate(drawn)}


def test_the_minutes_of_april_2022_can_be_written_from_two_comparisons() -> None:
    counts = _counts([100, 100, 100, 100, 82, 82, 82, 82])
    volume = compare_volume(counts, now=_span(28, 55), before=_span(0, 27))
    assert "iets afgenomen ten opzichte van de beginperiode" in volume.sentence("de beginperiode")
    assert volume.direction == "minder"
    chance = np.random.default_rng(2)
    now, before = (
        [Measured(str(story), int(chance.choice([1, 0, -1], p=[0.5, 0.4, 0.1]))) for story in range(400)]
        for _ in range(2)
    )
    sentiment = compare_sentiment(now, before, seed=1)
    assert "vergelijkbaar met de laatste weken (positief)" in sentiment.sentence("de laatste weken")


def test_comparable_is_only_said_when_a_real_change_would_have_shown() -> None:
    much = compare_volume(_counts([100] * 8), now=_span(28, 55), before=_span(0, 27))
    little = compare_volume(_counts([1] * 8), now=_span(28, 55), before=_span(0, 27))
    assert (much.verdict, much.is_similar) == ("niet aantoonbaar", True)
    assert "vergelijkbaar" in much.sentence("maart")
    assert (little.verdict, little.is_similar) == ("niet aantoonbaar", False)
    assert "niet aantoonbaar anders" in little.sentence("maart")
    assert "vergelijkbaar" not in little.sentence("maart")


@pytest.mark.parametrize("length", [1, 2])
def test_a_period_of_one_or_two_days_is_too_short(length: int) -> None:
    found = compare_volume(_counts([20] * 8), now=_span(56 - length, 55), before=_span(0, 27))
    assert found.verdict == "te kort om te zeggen"
    assert (found.change, found.low, found.direction) == (None, None, "")
    assert found.sentence("maart").startswith("Te kort om te zeggen")


def test_two_weeks_alone_say_nothing_and_their_neighbours_help() -> None:
    counts = _counts([30] * 10 + [90])
    alone = {day: count for day, count in counts.items() if day >= START + timedelta(63)}
    now, before = _span(70, 76), _span(63, 69)
    assert compare_volume(alone, now=now, before=before).verdict == "te kort om te zeggen"
    assert compare_volume(counts, now=now, before=before).verdict == "duidelijk"


def test_unknown_days_are_left_out_and_not_counted_as_zero() -> None:
    counts = _counts([50] * 8)
    gaps = {day: count for step, (day, count) in enumerate(counts.items()) if step % 4 or step < 28}
    found = compare_volume(gaps, now=_span(28, 55), before=_span(0, 27))
    assert found.now == pytest.approx(50, rel=0.1)
    assert found.verdict == "niet aantoonbaar"


def test_a_period_without_weekends_is_compared_with_working_days() -> None:
    counts = {
        START + timedelta(step): (30 + step % 2 if (START + timedelta(step)).weekday() < 5 else 6)
        for step in range(70)
    }
    found = compare_volume(counts, now=_span(63, 67), before=_span(0, 62))
    assert found.now is not None and found.before is not None and found.now > 1.2 * found.before
    assert found.change == pytest.approx(1, abs=0.1)
    assert found.verdict == "niet aantoonbaar"


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 80), min_size=42, max_size=42))
def test_swapping_the_periods_turns_the_change_around(numbers: list[int]) -> None:
    counts = {START + timedelta(step): number for step, number in enumerate(numbers)}
    one = compare_volume(counts, now=_span(21, 41), before=_span(0, 20))
    other = compare_volume(counts, now=_span(0, 20), before=_span(21, 41))
    assert one.verdict == other.verdict
    assert one.change is not None and other.change is not None and one.low is not None
    assert one.change == pytest.approx(1 / other.change)
    assert one.low == pytest.approx(1 / (other.high or 1))


def test_periods_that_share_a_day_are_refused() -> None:
    with pytest.raises(ValueError, match="share a day"):
        compare_volume(_counts([5] * 4), now=_span(7, 20), before=_span(0, 7))


def test_ordinary_weeks_are_seldom_called_different() -> None:
    """Weeks that differ more than chance: a Poisson interval calls four in ten of them different."""
    surely = poisson = 0
    for seed in range(120):
        chance = np.random.default_rng(seed)
        counts = _counts(list(20 * np.exp(chance.normal(0, 0.2, 9))), seed=seed + 500)
        found = compare_volume(counts, now=_span(56, 62), before=_span(0, 55))
        surely += found.verdict == "duidelijk"
        now = sum(count for day, count in counts.items() if day >= START + timedelta(56))
        before = sum(counts.values()) - now
        poisson += abs(np.log(8 * now / before)) > 1.96 * np.sqrt(1 / now + 1 / before)
    assert surely / 120 <= 0.09
    assert poisson / 120 > 0.3


# Before, during and after a moment


def test_phases_of_unequal_length_around_a_decision() -> None:
    counts = _counts([20] * 5 + [60] + [30] * 3)
    found = compare_phases(counts, moment=_span(35, 41), around=_span(0, 62))
    assert [phase.known_days for phase in (found.before, found.during, found.after)] == [35, 7, 21]
    for phase in (found.before, found.during, found.after):
        assert phase.mean is not None and phase.low is not None and phase.high is not None
        assert phase.low < phase.mean < phase.high
    assert (found.during_against_before.verdict, found.during_against_before.direction) == (
        "duidelijk",
        "meer",
    )


def test_a_moment_of_one_day_has_a_mean_and_no_verdict() -> None:
    found = compare_phases(_counts([20] * 8), moment=_span(28, 28), around=_span(0, 55))
    assert found.during.mean is not None
    assert (found.during.low, found.during_against_before.verdict) == (None, "te kort om te zeggen")
    assert found.after_against_before.verdict == "niet aantoonbaar"


def test_a_phase_of_unknown_days_is_unknown() -> None:
    counts = {day: count for day, count in _counts([20] * 8).items() if day < START + timedelta(30)}
    found = compare_phases(counts, moment=_span(28, 29), around=_span(0, 55))
    assert (found.after.mean, found.after.known_days) == (None, 0)
    assert found.after_against_before.verdict == "te kort om te zeggen"


@pytest.mark.parametrize("moment", [(0, 0), (55, 55), (60, 60)])
def test_a_moment_outside_the_days_is_refused(moment: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="moment"):
        compare_phases(_counts([20] * 8), moment=_span(*moment), around=_span(0, 55))


# Interactions, shares and sentiment by story


def test_one_story_brought_forty_times_is_no_change_of_tone() -> None:
    chance = np.random.default_rng(3)
    calm = [Measured(str(story), float(chance.random() < 0.3)) for story in range(40)]
    storm = [*calm, *(Measured("one", 1.0) for _ in range(40))]
    by_story = compare_share(storm, calm, seed=1)
    assert by_story.verdict != "duidelijk"
    each_apart = [Measured(str(number), each.value) for number, each in enumerate(storm)]
    assert compare_share(each_apart, calm, seed=1).verdict == "duidelijk"


def test_few_stories_say_nothing() -> None:
    few = [Measured(str(number % 4), float(number % 2)) for number in range(100)]
    many = [Measured(str(number), 1.0) for number in range(100)]
    assert compare_share(few, many, seed=1).verdict == "te kort om te zeggen"
    assert compare_interactions([], many, seed=1).now is None
    assert compare_sentiment(few[:3], many, seed=1).tone == ""


def test_the_seed_decides_and_the_order_of_messages_does_not() -> None:
    chance = np.random.default_rng(4)
    now, before = (
        [Measured(str(chance.integers(30)), float(chance.integers(0, 50))) for _ in range(80)]
        for _ in range(2)
    )
    found = compare_interactions(now, before, seed=7)
    assert compare_interactions(now[::-1], before[::-1], seed=7) == found
    other = compare_interactions(now, before, seed=8)
    assert other.change == found.change and other.low != found.low


def test_all_and_none_still_have_a_margin() -> None:
    none = [Measured(str(number), 0.0) for number in range(6)]
    found = compare_share(none, none, seed=1)
    assert (found.change, found.verdict) == (0.0, "niet aantoonbaar")
    assert found.low is not None and found.low < -0.1


@pytest.mark.parametrize(
    ("shares", "tone"), [((0.6, 0.1), "positief"), ((0.1, 0.6), "negatief"), ((0.3, 0.3), "gemengd")]
)
def test_the_tone_is_named_when_it_is_sure(shares: tuple[float, float], tone: str) -> None:
    chance = np.random.default_rng(5)
    chances = [shares[0], 1 - sum(shares), shares[1]]
    told = [Measured(str(n), int(chance.choice([1, 0, -1], p=chances))) for n in range(200)]
    assert compare_sentiment(told, told, seed=1).tone == tone


@pytest.mark.parametrize("value", [-1.0, 0.5, 2.0])
def test_values_that_cannot_be_are_refused(value: float) -> None:
    wrong, right = [Measured("a", value)], [Measured("a", 1.0)]
    with pytest.raises(ValueError, match="zeros and ones"):
        compare_share(wrong, right, seed=1)
    if value < 0:
        with pytest.raises(ValueError, match="negative"):
            compare_interactions(wrong, right, seed=1)
    else:
        with pytest.raises(ValueError, match="tone"):
            compare_sentiment(right, wrong, seed=1)


def test_bounds_are_those_of_student() -> None:
    bounds = bounds_of(1.0, spread=0.5, free=7)
    assert (bounds.low, bounds.high) == pytest.approx(student(7, 1.0, 0.5).interval(0.95))
    assert bounds.possibly == pytest.approx(student(7, 0, 0.5).ppf(0.9))


def test_no_sentence_claims_a_direction_that_was_not_shown() -> None:
    unproven = Difference(kind="berichten", now=9.0, before=10.0, change=0.9, low=0.5, high=1.6,
                          verdict="niet aantoonbaar")  # fmt: skip
    told = unproven.sentence("maart")
    assert not any(word in told for word in ("afgenomen", "toegenomen", "minder", "meer "))
