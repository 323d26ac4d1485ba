"""Dividing places: the total is met, nobody is harmed by the order of a file, and others find the same."""

import ast
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.reception.engine.sharing import METHODS, Indivisible, Sharer, divide
from tests.engine.reception.slow_division import by_remainders, one_by_one, precedence

SHARED = Path(os.environ.get("REGIETAFEL_GEDEELD", Path(__file__).resolve().parents[4] / "shared"))
EXACT = ("sainte-lague", "hamilton", "dhondt")
DIVISOR_METHODS = ("sainte-lague", "dhondt")
RIVAL = {"sainte-lague": "saintelague", "hamilton": "largest_remainder", "dhondt": "dhondt"}
# Contributions of 2016 divided by their rate: the numbers that a reader of the source text can compute too.
TWENTE = {
    "Almelo": 72_300, "Borne": 22_113, "Dinkelland": 25_947, "Enschede": 158_300, "Haaksbergen": 24_313,
    "Hellendoorn": 35_590, "Hengelo": 81_067, "Hof van Twente": 33_425, "Losser": 22_473, "Oldenzaal": 32_045,
    "Rijssen-Holten": 37_845, "Tubbergen": 21_087, "Twenterand": 33_900, "Wierden": 23_853,
}  # fmt: skip
weights = st.lists(st.integers(0, 3_000), min_size=1, max_size=12).filter(any)


def sharers_of(numbers: Sequence[Any]) -> list[Sharer]:
    return [Sharer(name=f"g{place}", weight=Fraction(one)) for place, one in enumerate(numbers)]


def twente() -> list[Sharer]:
    return [Sharer(name=name, weight=Fraction(people)) for name, people in TWENTE.items()]


@st.composite
def bounded(draw: st.DrawFn) -> tuple[int, list[Sharer]]:
    """Draw who takes part with bounds, and a total that can be met."""
    sharers = []
    for sharer in sharers_of(draw(weights)):
        least = draw(st.integers(0, 8))
        most = draw(st.none() | st.integers(least, 40))
        sharers.append(replace(sharer, least=least, most=most))
    lowest = sum(one.least for one in sharers)
    limits = [one.most if one.weight else one.least for one in sharers]
    highest = lowest + 60 if None in limits else sum(limits)
    return draw(st.integers(lowest, max(lowest, highest))), sharers


def cases() -> Iterator[tuple[int, list[Sharer], str]]:
    """Give 240 cases by three methods: Twente and towns drawn by lot, from small (with ties) to large."""
    lot = random.Random(2022)
    for number in range(80):
        many = lot.randint(2, 40)
        drawn = sharers_of([lot.randint(1, (9, 500, 200_000)[number % 3]) for _ in range(many)])
        sharers = twente() if number % 8 == 0 else drawn
        total = lot.randint(1, (20, 500, 2_000)[number % 3])
        yield from ((total, sharers, method) for method in EXACT)


CASES = list(cases())


def test_there_are_as_many_cases_as_we_say() -> None:
    assert len(CASES) == 240


def test_a_slow_and_plain_way_gives_the_same() -> None:
    for total, sharers, method in CASES:
        slow = by_remainders(total, sharers) if method == "hamilton" else one_by_one(total, sharers, method)
        assert divide(total, sharers, method=method).places == slow, (total, method)


def test_the_package_of_others_gives_the_same() -> None:
    rival = pytest.importorskip("apportionment.methods", reason="the package apportionment is not installed")
    for total, sharers, method in CASES:
        # It gives a tie to who comes first in the list, even before a larger remainder: we say who that is.
        ordered = sorted(
            sharers, key=lambda one: (-_remainder(total, one, sharers, method), *precedence(one))
        )
        votes = [int(one.weight) for one in ordered]
        found = rival.compute(RIVAL[method], votes, total, fractions=method == "hamilton")
        expected = {one.name: places for one, places in zip(ordered, found, strict=True)}
        assert divide(total, sharers, method=method).places == expected, (total, method)


def _remainder(total: int, sharer: Sharer, sharers: list[Sharer], method: str) -> Fraction:
    share = total * sharer.weight / sum(one.weight for one in sharers)
    return share % 1 if method == "hamilton" else Fraction(0)


@pytest.mark.parametrize("file", ["knesset.txt", "nr_wahlen.txt"])
def test_elections_come_out_as_they_did(file: str) -> None:
    """Israel and Austria divide by whole divisors; alliances share what they won together."""
    path = SHARED / "data" / "apportionment" / file
    if not path.is_file():
        pytest.skip("the election results are not here")
    for line in path.read_text(encoding="utf-8").splitlines():
        year, _parties, votes, seats, *_rest = _terms(ast.parse(line.strip(), mode="eval").body)
        won = [(vote, seat) for vote, seat in zip(votes, seats, strict=True) if sum(seat)]
        assert won, year
        assert _by_dhondt([sum(vote) for vote, _seat in won], seats) == [sum(seat) for _vote, seat in won], (
            year
        )
        for vote, seat in won:
            assert _by_dhondt(vote, [seat]) == seat, (year, vote)


def _by_dhondt(votes: list[int], seats: list[list[int]]) -> list[int]:
    total = sum(map(sum, seats))
    return list(divide(total, sharers_of(votes), method="dhondt").places.values())


def _terms(node: ast.expr) -> Any:
    """Read a line of the file: names as they are, every number as the terms of the sum it is written as."""
    if isinstance(node, ast.List | ast.Tuple):
        return [_terms(each) for each in node.elts]
    if isinstance(node, ast.BinOp):
        return _terms(node.left) + _terms(node.right)
    assert isinstance(node, ast.Constant)
    return [node.value] if isinstance(node.value, int) else node.value


def test_two_thousand_places_in_twente() -> None:
    by_default = divide(2_000, twente()).places
    assert list(by_default.values()) == [231, 71, 83, 507, 78, 114, 260, 107, 72, 103, 121, 68, 109, 76]
    by_remainder = divide(2_000, twente(), method="hamilton").places
    moved = {name: by_remainder[name] for name in TWENTE if by_remainder[name] != by_default[name]}
    assert moved == {"Almelo": 232, "Tubbergen": 67}
    assert [divide(total, twente(), method="afronden").placed for total in (2_000, 1_000, 450, 60)] == [
        2_001, 1_001, 449, 58,
    ]  # fmt: skip


def test_a_higher_total_takes_places_away_92_times_by_remainders_and_never_by_default() -> None:
    lost = dict.fromkeys(EXACT, 0)
    for method in EXACT:
        before = divide(1, twente(), method=method).places
        for total in range(2, 2_001):
            now = divide(total, twente(), method=method).places
            lost[method] += any(now[name] < before[name] for name in now)
            before = now
    assert lost == {"sainte-lague": 0, "hamilton": 92, "dhondt": 0}


@given(weights, st.integers(0, 500), st.sampled_from(EXACT))
def test_the_sum_is_the_total(numbers: list[int], total: int, method: str) -> None:
    division = divide(total, sharers_of(numbers), method=method)
    assert division.placed == total
    assert all(portion.places == 0 for portion in division.portions if not portion.weight)
    assert sum(portion.quota for portion in division.portions) == total


@given(weights, st.integers(0, 500))
def test_remainders_stay_within_quota(numbers: list[int], total: int) -> None:
    for portion in divide(total, sharers_of(numbers), method="hamilton").portions:
        assert floor(portion.quota) <= portion.places <= ceil(portion.quota)


@given(weights, st.integers(0, 500), st.sampled_from(DIVISOR_METHODS))
def test_a_higher_total_takes_nothing_away(numbers: list[int], total: int, method: str) -> None:
    now = divide(total, sharers_of(numbers), method=method).places
    then = divide(total + 1, sharers_of(numbers), method=method).places
    assert all(then[name] >= now[name] for name in now)


@given(
    weights, st.integers(0, 300), st.integers(0, 11), st.integers(1, 500), st.sampled_from(DIVISOR_METHODS)
)
def test_who_grows_alone_loses_nothing(
    numbers: list[int], total: int, who: int, growth: int, method: str
) -> None:
    who %= len(numbers)
    grown = [number + growth * (place == who) for place, number in enumerate(numbers)]
    now, then = (divide(total, sharers_of(each), method=method).places for each in (numbers, grown))
    assert then[f"g{who}"] >= now[f"g{who}"]
    assert all(then[name] <= now[name] for name in now if name != f"g{who}")


@given(weights, st.integers(0, 300), st.sampled_from(DIVISOR_METHODS))
def test_who_leaves_with_its_own_places_shifts_nobody(numbers: list[int], total: int, method: str) -> None:
    now = divide(total, sharers_of(numbers), method=method).places
    rest = [sharer for sharer in sharers_of(numbers) if sharer.name != "g0"]
    if any(sharer.weight for sharer in rest):
        then = divide(total - now["g0"], rest, method=method).places
        assert then == {name: places for name, places in now.items() if name != "g0"}


@given(bounded(), st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_nothing(
    case: tuple[int, list[Sharer]], method: str, lot: random.Random
) -> None:
    total, sharers = case
    if not _can(total, sharers):
        return
    shuffled = lot.sample(sharers, len(sharers))
    one, other = divide(total, sharers, method=method), divide(total, shuffled, method=method)
    assert (one.places, one.tie) == (other.places, other.tie)
    assert [portion.name for portion in other.portions] == [sharer.name for sharer in shuffled]


@given(bounded(), st.sampled_from(METHODS))
def test_bounds_are_kept(case: tuple[int, list[Sharer]], method: str) -> None:
    total, sharers = case
    if not _can(total, sharers):
        return
    division = divide(total, sharers, method=method)
    for sharer, portion in zip(sharers, division.portions, strict=True):
        assert sharer.least <= portion.places
        assert sharer.most is None or portion.places <= sharer.most
    if method != "afronden":
        assert division.placed == total
        assert sum(portion.fair for portion in division.portions) == total
    if method == "hamilton":
        assert all(floor(one.fair) <= one.places <= ceil(one.fair) for one in division.portions)


@given(bounded(), st.sampled_from(DIVISOR_METHODS))
def test_bounds_do_not_disturb_the_order_of_claims(case: tuple[int, list[Sharer]], method: str) -> None:
    total, sharers = case
    if _can(total, sharers):
        assert divide(total, sharers, method=method).places == one_by_one(total, sharers, method)


def _can(total: int, sharers: list[Sharer]) -> bool:
    """Without weight one gets its minimum only, so that a total may be out of reach."""
    try:
        divide(total, sharers)
    except Indivisible:
        rest = [one.least if not one.weight else one.most for one in sharers]
        assert None not in rest and sum(one for one in rest if one is not None) < total
        return False
    return True


def test_existing_places_count_and_are_not_asked_twice() -> None:
    towns = [
        Sharer(name="Almelo", weight=Fraction(50), least=60),
        Sharer(name="Borne", weight=Fraction(30)),
        Sharer(name="Losser", weight=Fraction(20)),
    ]
    division = divide(100, towns)
    assert division.places == {"Almelo": 60, "Borne": 24, "Losser": 16}
    assert [portion.held_by for portion in division.portions] == ["minimum", "", ""]
    assert [portion.quota for portion in division.portions] == [50, 30, 20]


@pytest.mark.parametrize("method", EXACT)
def test_a_tie_goes_to_the_larger_and_then_to_the_alphabet(method: str) -> None:
    same = [Sharer(name=name, weight=Fraction(5)) for name in ("Wierden", "borne", "Almelo")]
    division = divide(2, same, method=method)
    assert division.places == {"Wierden": 0, "borne": 1, "Almelo": 1}
    assert division.tie is not None
    assert (division.tie.winners, division.tie.losers) == (("Almelo", "borne"), ("Wierden",))
    assert divide(3, same, method=method).tie is None


def test_a_tie_between_unequal_weights_goes_to_the_larger() -> None:
    division = divide(2, [Sharer(name="a", weight=Fraction(1)), Sharer(name="b", weight=Fraction(3))])
    assert division.places == {"a": 0, "b": 2}  # 1/1 and 3/3 are equal claims
    assert division.tie is not None and division.tie.losers == ("a",)


def test_fractions_are_exact() -> None:
    third = Fraction(1, 3)
    towns = [Sharer(name=name, weight=third) for name in "abc"]
    assert set(divide(9_999_999, towns).places.values()) == {3_333_333}
    tiny = [Sharer(name="a", weight=Fraction(10**15 + 1)), Sharer(name="b", weight=Fraction(10**15))]
    assert divide(1, tiny).places == {"a": 1, "b": 0}
    assert divide(1, tiny).tie is None


@pytest.mark.parametrize(
    ("total", "changes", "said"),
    [
        (5, {"least": 3}, "minimums zijn samen 6 plaatsen"),
        (5, {"most": 2}, "ruimte voor 4 plaatsen"),
        (5, {"least": 3, "most": 2}, "g0 moet minstens 3"),
        (5, {"weight": Fraction(-1)}, "g0 heeft een gewicht of minimum onder nul"),
        (5, {"weight": Fraction(0)}, "Alle gewichten zijn 0"),
        (5, {"name": "dubbel"}, "dubbel staat er twee keer in"),
        (-1, {}, "van 0 tot en met 10 miljoen"),
        (10_000_001, {}, "van 0 tot en met 10 miljoen"),
    ],
)
def test_what_cannot_be_divided_is_refused_with_the_reason(
    total: int, changes: dict[str, Any], said: str
) -> None:
    for method in METHODS:
        with pytest.raises(Indivisible, match=said):
            divide(total, [replace(one, **changes) for one in sharers_of([2, 1])], method=method)


def test_nobody_and_an_unknown_method_are_refused() -> None:
    with pytest.raises(Indivisible, match="geen enkele gemeente"):
        divide(5, [])
    with pytest.raises(Indivisible, match="Kies uit: sainte-lague, hamilton"):
        divide(5, sharers_of([1]), method="loten")


def test_who_has_no_weight_gets_its_minimum_and_no_more() -> None:
    towns = [Sharer(name="a", weight=Fraction(0), least=2), Sharer(name="b", weight=Fraction(1), most=7)]
    for method in EXACT:
        assert divide(9, towns, method=method).places == {"a": 2, "b": 7}
        with pytest.raises(Indivisible, match="ruimte voor 9 plaatsen"):
            divide(10, towns, method=method)


@pytest.mark.parametrize("method", METHODS)
def test_ten_million_places_over_the_whole_country_take_no_time(method: str) -> None:
    lot = random.Random(1)
    towns = [
        Sharer(name=f"g{place}", weight=Fraction(lot.randint(900, 900_000)), least=place % 9, most=10**6)
        for place in range(342)
    ]
    started = time.process_time()
    division = divide(10_000_000, towns, method=method)
    assert time.process_time() - started < 2  # about 0.02 s; walking through the places would take minutes
    assert method == "afronden" or division.placed == 10_000_000
