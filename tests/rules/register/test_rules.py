"""Steps of a dossier, who reads it, and which number of inhabitants may be used: tables for those who ask."""

import csv
from datetime import date
from pathlib import Path

import pytest

from regietafel.register.engine.access import Grant, Ownership, Standing, may_read
from regietafel.register.engine.inhabitants import Population, choose_population
from regietafel.register.engine.workflow import EDGES, PhaseState, step_between

HERE = Path(__file__).parent
PHASES = HERE.parents[2] / "reference" / "fasen.csv"
LEVELS = {"openbaar": 0, "intern": 1, "vertrouwelijk": 2}
OWN, NEIGHBOUR, FAR = 1, 2, 3
OWNERS = {"eigen organisatie": OWN, "buurgemeente": NEIGHBOUR, "andere regio": FAR}
DOSSIER = 7


def _rows(file: str) -> list[list[str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle, delimiter=";"))[1:]


def _phases() -> dict[str, PhaseState]:
    with PHASES.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        return {
            row["code"]: PhaseState(row["code"], order, row["afgesloten"] == "ja")
            for order, row in enumerate(rows)
        }


@pytest.mark.parametrize(("current", "target", "step", "needs_reason", "why"), _rows("steps.csv"))
def test_step(current: str, target: str, step: str, needs_reason: str, why: str) -> None:
    phases = _phases()
    found = step_between(phases[current], phases[target], phases=tuple(phases.values()))
    assert found == step, why
    assert EDGES[found].needs_reason == (needs_reason == "ja"), why


@pytest.mark.parametrize(("role", "level", "owner", "shared", "readable", "why"), _rows("reading.csv"))
def test_reading(role: str, level: str, owner: str, shared: str, readable: str, why: str) -> None:
    region = frozenset({OWN, NEIGHBOUR})
    grant = Grant(OWN, region, LEVELS.get(role, LEVELS["vertrouwelijk"]), is_guest=role == "gast")
    taking_part = frozenset({DOSSIER}) if shared == "deelnemer" else frozenset()
    record = Ownership(
        OWNERS[owner],
        LEVELS[level],
        shared_with_region=shared == "regio",
        shared_with_ids=frozenset({OWN}) if shared == "bij naam" else frozenset(),
        dossier_id=DOSSIER,
    )
    assert may_read(Standing((grant,), taking_part), record) == (readable == "ja"), why


@pytest.mark.parametrize(("reference_on", "on", "usable", "why"), _rows("inhabitants.csv"))
def test_number_of_inhabitants(reference_on: str, on: str, usable: str, why: str) -> None:
    figure = Population(80_000, date.fromisoformat(reference_on), "CBS")
    chosen = choose_population([figure], on=date.fromisoformat(on))
    assert (chosen.population == figure) == (usable == "ja"), why
    assert bool(chosen.reason) == (usable == "nee"), "a refusal says why"
