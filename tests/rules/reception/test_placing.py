"""What makes a place impossible for a group, and the columns by which nobody is ever placed."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regietafel.reception.adapters.centres import centres_of
from regietafel.reception.engine.placing import (
    Group,
    Location,
    blocks,
    forbidden_ground,
    km_between,
    read_households,
)

HERE = Path(__file__).parent


def _rows(file: str) -> list[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", _rows("placing.csv"), ids=lambda row: row["waarom"])
def test_a_place_is_possible_or_the_rules_that_block_are_named(row: dict[str, str]) -> None:
    group = Group(
        code="G",
        size=int(row["personen"]),
        needs=frozenset(row["nodig"].split()),
        typed={kind: int(row[kind]) for kind in ("toegankelijk", "zorg")},
        kinds=frozenset(row["soort"].split()),
        latest_on=_day(row["uiterlijk"]),
        shares_room=row["deelt kamer"] == "ja",
    )
    location = Location(
        code="L",
        municipality="Borne",
        kind=row["soort er"],
        places=(int(row["plaatsen"]),),
        features=frozenset(row["kenmerken"].split()),
        typed={kind: (int(row[f"{kind} er"]),) for kind in ("toegankelijk", "zorg")},
        blocked=int(row["geblokkeerd"]),
        room_size=int(row["kamer"]),
        opens_on=_day(row["open"]),
        only_for=row["alleen voor"],
    )
    assert " ".join(block.rule for block in blocks(group, location)) == row["regels"]


@pytest.mark.parametrize("row", _rows("placing_columns.csv"), ids=lambda row: row["kolom"])
def test_columns_by_which_nobody_is_placed(row: dict[str, str]) -> None:
    assert (forbidden_ground(row["kolom"]) or "") == row["grond"]


@pytest.mark.parametrize("row", _rows("households.csv"), ids=lambda row: row["waarom"])
def test_households_as_people_type_them(row: dict[str, str]) -> None:
    found, wrong = read_households(row["regel"])
    told = [
        " ".join(
            [str(each.size), *sorted(each.needs), *(f"{kind}={n}" for kind, n in sorted(each.typed.items()))]
            + [f"urgentie={each.urgency}"] * (each.urgency > 1)
            + [f"koppeling={each.link}"] * bool(each.link)
            + [f"eerder={each.earlier}"] * bool(each.earlier)
            + [f"werk of school={each.tied_to}"] * bool(each.tied_to)
        )
        for each in found
    ]
    assert " + ".join(told) == row["huishoudens"]
    assert ", ".join(each.reason for each in wrong) == row["fout"]


@pytest.mark.parametrize("row", _rows("distances.csv"), ids=lambda row: row["waarom"])
def test_how_far_municipalities_lie_apart(row: dict[str, str]) -> None:
    origin, end = row["van"], row["naar"]
    km = km_between(centres_of([origin, end]), ends=[end], origins=[origin])
    told = "0" if origin == end else f"{km[origin, end]:.0f}" if km else "onbekend"
    assert told == row["km"]
