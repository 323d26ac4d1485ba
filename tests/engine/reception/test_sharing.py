"""Warnings, keys, the formula of the law, gaps and the books of housing: numbers that can be defended."""

import csv
import os
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.reception.engine.sharing import (
    METHODS,
    HalfYear,
    Indivisible,
    Key,
    Origin,
    Sharer,
    UnusableKey,
    agreed_key,
    cautions,
    dispersal_key,
    disperse,
    divide,
    gaps,
    housing_task,
    keep_books,
    key_of,
    provinces,
    too_small,
)
from tests.engine.reception.test_dividing import TWENTE, sharers_of, twente

SHARED = Path(os.environ.get("REGIETAFEL_GEDEELD", Path(__file__).resolve().parents[4] / "shared"))
PEOPLE = Origin(name="inwoners", unit="inwoners", source="CBS", reference_on=date(2016, 1, 1))
AGREED = Origin(name="afspraak", unit="%")


def said(total: int, sharers: list[Sharer], method: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in cautions(divide(total, sharers, method=method), sharers):
        found.setdefault(each.kind, []).append(each.message)
    return found


def test_the_default_says_nothing_where_nothing_is_wrong() -> None:
    assert said(2_000, twente(), "sainte-lague") == {}


def test_a_sum_that_is_off_is_told_with_the_difference() -> None:
    assert said(2_000, twente(), "afronden") == {
        "som": ["Afronden geeft samen 2.001 plaatsen: 1 meer dan het totaal van 2.000."]
    }


def test_alabama_names_who_loses_and_at_which_total() -> None:
    (told,) = said(2_000, twente(), "hamilton")["alabama"]
    assert told == (
        "Alabamaparadox: gaat het totaal van 1.997 naar 1.998, dan krijgt Tubbergen juist minder: 67 in "
        "plaats van 68 plaatsen."
    )
    fewer, more = (divide(total, twente(), method="hamilton").places for total in (1_997, 1_998))
    assert (fewer["Tubbergen"], more["Tubbergen"]) == (68, 67)


def test_the_population_paradox_can_be_reproduced() -> None:
    (told,) = said(2_000, twente(), "hamilton")["bevolking"]
    assert told.startswith(
        "Bevolkingsparadox: groeit het gewicht van Borne met 5 % en groeit dat van Almelo met 1"
    )
    grown = TWENTE | {"Borne": Fraction(TWENTE["Borne"] * 21, 20), "Almelo": TWENTE["Almelo"] + 1}
    now = divide(2_000, twente(), method="hamilton").places
    towns = [Sharer(name=name, weight=Fraction(weight)) for name, weight in grown.items()]
    then = divide(2_000, towns, method="hamilton").places
    assert (then["Almelo"] - now["Almelo"], then["Tubbergen"] - now["Tubbergen"]) == (-1, 1)


def test_the_new_state_paradox_can_be_reproduced() -> None:
    sharers = twente()
    told = said(13, sharers, "hamilton")["nieuwe gemeente"][0]
    now = divide(13, sharers, method="hamilton").places
    gone = next(name for name in now if f"zonder {name} " in told)
    rest = [sharer for sharer in sharers if sharer.name != gone]
    then = divide(13 - now[gone], rest, method="hamilton").places
    moved = [name for name in then if then[name] != now[name]]
    assert moved and f"krijgt {moved[0]} er {then[moved[0]]} in plaats van {now[moved[0]]}" in told


def test_leaving_the_quota_is_told_with_the_share() -> None:
    assert said(60, twente(), "dhondt")["quotum"] == [
        "Enschede krijgt 17 plaatsen, terwijl het aandeel 15,21 is; afgerond zou dat 15 of 16 zijn."
    ]


def test_a_tie_is_told_with_its_rule() -> None:
    (told,) = said(2, sharers_of([5, 5, 5]), "sainte-lague")["gelijke stand"]
    assert told.startswith("Om de laatste plaats staan g0, g1 en g2 gelijk; g0 en g1 kregen er een. Bij een ")


def test_a_bound_that_decides_is_told() -> None:
    towns = [
        Sharer(name="Almelo", weight=Fraction(9), most=5),
        Sharer(name="Borne", weight=Fraction(1), least=2),
    ]
    assert said(7, towns, "sainte-lague")["grens"] == [
        "Bij Borne beslist het minimum; de anderen verdelen de rest naar gewicht.",
        "Bij Almelo beslist de capaciteit; de anderen verdelen de rest naar gewicht.",
    ]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8), st.integers(0, 80), st.sampled_from(METHODS))
def test_paradoxes_belong_to_remainders_and_a_false_sum_to_rounding(
    numbers: list[int], total: int, method: str
) -> None:
    kinds = set(said(total, sharers_of(numbers), method))
    if method != "hamilton":
        assert not kinds & {"alabama", "bevolking", "nieuwe gemeente"}
    assert ("som" in kinds) == (divide(total, sharers_of(numbers), method=method).placed != total)


def test_a_key_says_where_it_comes_from_and_what_it_is_divided_by() -> None:
    key = key_of({name: Fraction(people) for name, people in TWENTE.items()}, origin=PEOPLE)
    assert (key.denominator, key.origin.source, key.origin.reference_on) == (624_258, "CBS", date(2016, 1, 1))


@pytest.mark.parametrize(
    ("figures", "named"),
    [
        ({"Borne": None, "Losser": Fraction(1), "Wierden": None}, ("Borne", "Wierden")),
        ({"Borne": Fraction(-1), "Losser": Fraction(1)}, ("Borne",)),
        ({"Borne": Fraction("1.5"), "Losser": Fraction(1)}, ("Borne",)),
        ({"Borne": Fraction(0)}, ()),
        ({}, ()),
    ],
)
def test_what_is_unknown_or_odd_is_refused_by_name(figures: dict[str, Any], named: tuple[str, ...]) -> None:
    with pytest.raises(UnusableKey) as refusal:
        key_of(figures, origin=PEOPLE)
    assert refusal.value.names == named
    assert all(name in str(refusal.value) for name in named)


def test_nobody_living_somewhere_is_known_and_is_zero() -> None:
    assert key_of({"A": Fraction(0), "B": Fraction(4)}, origin=PEOPLE).weights["A"] == 0


def test_agreed_percentages_must_be_a_hundred() -> None:
    with pytest.raises(UnusableKey, match="samen 90 %: 10 te weinig"):
        agreed_key(
            {name: Fraction(part) for name, part in zip("abcd", (20, 20, 40, 10), strict=True)}, origin=AGREED
        )
    with pytest.raises(UnusableKey, match="samen 100,02 %: 0,02 te veel"):
        agreed_key({"a": Fraction("50.02"), "b": Fraction(50)}, origin=AGREED)
    with pytest.raises(UnusableKey, match="samen 99,80 %: 0,20 te weinig"):  # rounding explains 0,15
        agreed_key({"a": Fraction("33.2"), "b": Fraction("33.3"), "c": Fraction("33.3")}, origin=AGREED)
    rounded = agreed_key({name: Fraction("33.3") for name in "abc"}, origin=AGREED)
    assert rounded.rest == Fraction("0.1")
    assert agreed_key({"a": Fraction(60), "b": Fraction(40)}, origin=AGREED).rest == 0


def test_the_formula_of_the_law_rounds_each_and_adds_up_afterwards() -> None:
    people = {"A": Fraction(100_000), "B": Fraction(50_000), "C": Fraction(50_000)}
    scores = {"A": Fraction("0.2"), "B": Fraction(0), "C": Fraction("-0.2")}
    key = dispersal_key(people, scores, origin=PEOPLE)
    assert key.denominator == Fraction("1.05")
    division = disperse(1_000, key)
    assert [round(float(portion.quota), 4) for portion in division.portions] == [571.4286, 238.0952, 190.4762]
    assert (list(division.places.values()), division.placed) == ([571, 238, 190], 999)
    assert list(disperse(85, key).places.values()) == [49, 20, 16]
    both = provinces(
        division, {"A": "Overijssel", "C": "Overijssel", "B": "Gelderland"}, durable={"A": 500, "C": 9}
    )
    assert [(each.name, each.places, each.durable, each.remaining) for each in both] == [
        ("Gelderland", 238, None, None),
        ("Overijssel", 761, 509, 252),
    ]
    assert provinces(division, {"A": "Overijssel"}, durable={"A": 600})[0].remaining == 0


def test_a_half_is_rounded_upwards() -> None:
    halves = Key(origin=AGREED, weights={"A": Fraction(1), "B": Fraction(3)})
    assert disperse(2, halves).places == {"A": 1, "B": 2}
    assert disperse(10, halves).places == {"A": 3, "B": 8}


def test_without_a_score_or_with_an_impossible_one_the_law_gives_nothing() -> None:
    people = {"A": Fraction(5), "B": Fraction(5)}
    with pytest.raises(UnusableKey, match="Van B is niet bekend: SES-WOA"):
        dispersal_key(people, {"A": Fraction(0)}, origin=PEOPLE)
    with pytest.raises(UnusableKey, match="B is −1 of lager"):
        dispersal_key(people, {"A": Fraction(0), "B": Fraction(-1)}, origin=PEOPLE)
    with pytest.raises(Indivisible):
        disperse(-1, Key(origin=AGREED, weights={"A": Fraction(1)}))


def test_a_share_below_the_smallest_facility_is_named_and_not_raised() -> None:
    division = disperse(
        209, Key(origin=AGREED, weights={"A": Fraction(100), "B": Fraction(93), "C": Fraction(16)})
    )
    assert too_small(division) == ("B", "C")
    assert too_small(division, smallest=16) == ()


def test_the_gap_is_told_in_places_and_as_a_part() -> None:
    (gap,) = gaps({"Almelo": 231}, {"Almelo": 180})
    assert (gap.difference, gap.reached, gap.rank) == (-51, Fraction(180, 231), (1, 1))


def test_what_is_unknown_has_no_gap_and_no_rank() -> None:
    first, second, third = gaps({"A": 10, "B": 0, "C": 10}, {"A": None, "B": 3, "C": 0})
    assert (first.difference, first.reached, first.rank) == (None, None, None)
    assert (second.difference, second.reached, second.rank) == (3, None, None)
    assert (third.difference, third.reached, third.rank) == (-10, 0, (1, 1))
    with pytest.raises(ValueError, match="Places of A"):
        gaps({"A": 10}, {"A": -1})


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 400)), min_size=1, max_size=14))
def test_a_rank_never_claims_more_than_rounding_allows(rows: list[tuple[int, int]]) -> None:
    found = gaps(
        {str(n): target for n, (target, _is) in enumerate(rows)},
        {str(n): now for n, (_t, now) in enumerate(rows)},
    )
    for one in found:
        assert one.rank is not None and 1 <= one.rank[0] <= one.rank[1] <= len(rows)
        for other in found:
            assert other.rank is not None
            if one.rank[1] < other.rank[0]:
                assert (one.reached or 0) > (other.reached or 0)


@pytest.mark.parametrize(("people", "task"), [(81_075, 48), (21_120, 13), (158_351, 94), (0, 0)])
def test_the_task_is_rounded_upwards(people: int, task: int) -> None:
    assert housing_task(10_000, inhabitants=people, national_inhabitants=16_979_120) == task


def test_rounding_upwards_always_asks_more_than_there_are() -> None:
    path = SHARED / "domain" / "twente_gemeenten.csv"
    if not path.is_file():
        pytest.skip("the municipalities of Twente are not here")
    with path.open(encoding="utf-8", newline="") as handle:
        people = [int(row["inwoners_cbs_2016"]) for row in csv.DictReader(handle)]
    tasks = [housing_task(10_000, inhabitants=each, national_inhabitants=16_979_120) for each in people]
    assert (sum(tasks), round(10_000 * sum(people) / 16_979_120, 3)) == (376, 368.997)


@pytest.mark.parametrize("numbers", [(-1, 1, 2), (1, 3, 2), (1, 0, 0), (1, -1, 2)])
def test_a_task_from_impossible_numbers_is_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        housing_task(numbers[0], inhabitants=numbers[1], national_inhabitants=numbers[2])


def test_the_published_task_holds_and_its_difference_is_shown() -> None:
    half_years = [
        HalfYear(begins_on=date(2017, 1, 1), computed=40, housed=30),
        HalfYear(begins_on=date(2016, 1, 1), computed=48, official=50, housed=41),
        HalfYear(begins_on=date(2016, 7, 1), computed=48, official=48, housed=60),
    ]
    books = keep_books(half_years, opening=-1)
    assert [(row.task, row.is_official, row.deviation, row.before, row.after) for row in books] == [
        (50, True, 2, -1, 8),
        (48, True, 0, 8, -4),
        (40, False, None, -4, 6),
    ]


def test_once_unknown_the_balance_stays_unknown() -> None:
    half_years = [
        HalfYear(begins_on=date(2016, 1, 1), computed=48, housed=None),
        HalfYear(begins_on=date(2016, 7, 1), computed=48, housed=48),
    ]
    assert [row.after for row in keep_books(half_years)] == [None, None]
    assert keep_books(half_years[1:], opening=None)[0].after is None


@pytest.mark.parametrize(
    "begins",
    [
        [date(2016, 2, 1)],
        [date(2016, 1, 2)],
        [date(2016, 1, 1), date(2017, 1, 1)],
        [date(2016, 7, 1), date(2016, 7, 1)],
    ],
)
def test_books_with_a_hole_or_a_double_are_refused(begins: list[date]) -> None:
    with pytest.raises(ValueError, match="half-year"):
        keep_books([HalfYear(begins_on=day, computed=1, housed=1) for day in begins])
