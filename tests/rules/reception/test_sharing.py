"""Who gets how many places, which keys are accepted, and who is behind: tables for those who ask."""

import csv
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from regietafel.reception.engine.sharing import (
    HalfYear,
    Indivisible,
    Key,
    Origin,
    Sharer,
    UnusableKey,
    agreed_key,
    dispersal_key,
    disperse,
    divide,
    gaps,
    housing_task,
    keep_books,
    stage_of,
)

HERE = Path(__file__).parent
NAMES = (
    "Almelo", "Borne", "Dinkelland", "Enschede", "Haaksbergen", "Hellendoorn", "Hengelo", "Hof van Twente",
    "Losser", "Oldenzaal", "Rijssen-Holten", "Tubbergen", "Twenterand", "Wierden",
)  # fmt: skip
ORIGIN = Origin(name="sleutel", unit="gewicht")
REFUSED = "geweigerd"


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def _numbers(text: str) -> list[Fraction | None]:
    """Read numbers with a decimal comma, a comma and a space apart; a question mark is unknown."""
    return [None if one in "?-" else Fraction(one.replace(",", ".")) for one in text.split(", ")]


def _known(text: str) -> list[Fraction]:
    return [one for one in _numbers(text) if one is not None]


def _whole(text: str) -> int | None:
    return None if text in "?-" else int(text)


@pytest.mark.parametrize(("weights", "total", "method", "places", "why"), _rows("division.csv"))
def test_division(weights: str, total: str, method: str, places: str, why: str) -> None:
    sharers = [Sharer(name=name, weight=weight) for name, weight in zip(NAMES, _known(weights), strict=False)]
    found = divide(int(total), sharers, method=method)
    assert ", ".join(str(portion.places) for portion in found.portions) == places, why


@pytest.mark.parametrize(("weights", "least", "most", "total", "places", "why"), _rows("bounds.csv"))
def test_bounds(weights: str, least: str, most: str, total: str, places: str, why: str) -> None:
    rows = zip(NAMES, _known(weights), _known(least), _numbers(most), strict=False)
    sharers = [
        Sharer(name=name, weight=weight, least=int(low), most=None if high is None else int(high))
        for name, weight, low, high in rows
    ]
    try:
        found = ", ".join(str(portion.places) for portion in divide(int(total), sharers).portions)
    except Indivisible:
        found = REFUSED
    assert found == places, why


@pytest.mark.parametrize(("people", "scores", "total", "places", "together", "why"), _rows("dispersal.csv"))
def test_dispersal(people: str, scores: str, total: str, places: str, together: str, why: str) -> None:
    try:
        key: Key = dispersal_key(
            dict(zip(NAMES, _numbers(people), strict=False)),
            dict(zip(NAMES, _numbers(scores), strict=False)),
            origin=ORIGIN,
        )
    except UnusableKey:
        assert (places, together) == (REFUSED, ""), why
        return
    found = disperse(int(total), key)
    assert ", ".join(str(portion.places) for portion in found.portions) == places, why
    assert found.placed == int(together), why


@pytest.mark.parametrize(("percentages", "outcome", "why"), _rows("agreed.csv"))
def test_agreed(percentages: str, outcome: str, why: str) -> None:
    try:
        agreed_key(dict(zip(NAMES, _numbers(percentages), strict=False)), origin=ORIGIN)
    except UnusableKey:
        assert outcome == REFUSED, why
    else:
        assert outcome == "aanvaard", why


@pytest.mark.parametrize(("targets", "now", "difference", "reached", "rank", "why"), _rows("gaps.csv"))
def test_gaps(targets: str, now: str, difference: str, reached: str, rank: str, why: str) -> None:
    asked = {name: int(one) for name, one in zip(NAMES, _known(targets), strict=False)}
    there = {name: None if one is None else int(one) for name, one in zip(asked, _numbers(now), strict=True)}
    found = gaps(asked, there)
    assert ", ".join("?" if one.difference is None else str(one.difference) for one in found) == difference, (
        why
    )
    percents = ["?" if one.reached is None else f"{round(one.reached * 100)} %" for one in found]
    assert ", ".join(percents) == reached, why
    ranks = [
        "?" if one.rank is None else re.sub(r"^(\d+)-\1$", r"\1", "{}-{}".format(*one.rank)) for one in found
    ]
    assert ", ".join(ranks) == rank, why


@pytest.mark.parametrize(("holders", "people", "nation", "task", "why"), _rows("housing_task.csv"))
def test_housing_task(holders: str, people: str, nation: str, task: str, why: str) -> None:
    found = housing_task(int(holders), inhabitants=int(people), national_inhabitants=int(nation))
    assert found == int(task), why


@pytest.mark.parametrize("row", _rows("housing_books.csv"))
def test_housing_books(row: list[str]) -> None:
    *numbers, why = row
    before, computed, official, housed, task, deviation, after = map(_whole, numbers)
    half_year = HalfYear(begins_on=date(2016, 1, 1), computed=computed, official=official, housed=housed)
    (found,) = keep_books([half_year], opening=before)
    assert (found.task, found.deviation, found.after) == (task, deviation, after), why


@pytest.mark.parametrize(("target", "realised", "stage", "why"), _rows("stages.csv"))
def test_the_colour_says_how_far_a_municipality_is(target: str, realised: str, stage: str, why: str) -> None:
    numbers = [None if text == "?" else int(text) for text in (target, realised)]
    assert str(stage_of(*numbers)) == stage, why
