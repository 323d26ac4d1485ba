"""What readers see of numbers, dates and periods: Dutch, without loss, and honest about what is not known."""

import datetime as dt
import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.kernel import dutch

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))


def read_back(text: str) -> Decimal:
    """Read a Dutch number the way a reader does."""
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-").replace("+", ""))


def test_the_examples_in_the_words_module_are_true() -> None:
    outcome = doctest.testmod(dutch)
    assert outcome.attempted > 20
    assert outcome.failed == 0


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_is_written_without_loss(value: int) -> None:
    assert read_back(dutch.number(value)) == value


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rounding_is_never_off_by_more_than_half_a_unit(value: Decimal, decimals: int) -> None:
    written = read_back(dutch.number(value, decimals=decimals))
    assert abs(written - value) <= Decimal("0.5").scaleb(-decimals)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (0.125, 2, "0,13"),
        (999.95, 1, "1.000,0"),
        (-0.04, 1, "0,0"),
    ],
)
def test_halves_round_away_from_zero_as_people_do(value: float, decimals: int, expected: str) -> None:
    assert dutch.number(value, decimals=decimals) == expected


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_not_known_is_never_a_number(value: float | None) -> None:
    assert dutch.number(value) == dutch.share(value) == "onbekend"


def test_nothing_unknown_becomes_blank() -> None:
    writers = (dutch.date, dutch.date_full, dutch.date_short, dutch.clock, dutch.moment, dutch.duration)
    assert {write(None) for write in writers} == {"onbekend"}
    assert dutch.file_size(None) == dutch.period(None, None) == "onbekend"


def test_an_interval_with_a_negative_end_does_not_look_like_a_subtraction() -> None:
    assert dutch.interval(0.5, low=-1.2, high=2.1) == "0,5 (−1,2 tot 2,1)"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (dt.datetime(2022, 3, 27, 0, 59, tzinfo=dt.UTC), "zo 27 maart 2022, 01:59"),
        (dt.datetime(2022, 3, 27, 1, 0, tzinfo=dt.UTC), "zo 27 maart 2022, 03:00"),
        (dt.datetime(2022, 10, 29, 22, 30, tzinfo=dt.UTC), "zo 30 oktober 2022, 00:30"),
        (dt.datetime(2021, 12, 31, 23, 30, tzinfo=dt.UTC), "za 1 januari 2022, 00:30"),
    ],
)
def test_moments_follow_the_dutch_clock_through_summer_time_and_new_year(
    moment: dt.datetime, expected: str
) -> None:
    assert dutch.moment(moment) == expected


@given(DAYS, st.integers(0, 800))
def test_a_period_names_both_days_and_says_a_shared_year_once(first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    written = dutch.period(first, last)
    assert str(first.day) in written
    assert written.endswith(f"{last.day} {dutch.MONTHS[last.month - 1]} {last.year}")
    assert written.count(str(first.year)) == 1


@given(DAYS, st.integers(-400, 400))
def test_late_is_only_said_of_what_is_past(today: dt.date, days: int) -> None:
    due = today + dt.timedelta(days=days)
    assert ("te laat" in dutch.lateness(due, today_on=today)) == (days < 0)
    assert ("geleden" in dutch.distance(due, today_on=today)) == (days < -1)


@given(st.integers(0, 10**7))
def test_a_duration_keeps_its_largest_units(seconds: int) -> None:
    written = dutch.duration(seconds)
    assert ("dag" in written) == (seconds >= 86_400)
    assert len(written.split()) <= 4
