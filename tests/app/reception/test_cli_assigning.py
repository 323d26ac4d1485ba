"""`opvang toewijzing`: the best assignment with its proof, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., tuple[int, Any, str]]
SMALL = {"cost": [[3, 5], [4, 1]], "req": [[1, 1], [1, 1]], "cap": [1, 1]}
FOLDER = Path(__file__).parents[4] / "shared" / "data" / "gap"


def _ask(call: Call, tmp_path: Path, text: str) -> tuple[int, Any, str]:
    path = tmp_path / "f.json"
    path.write_text(text, encoding="utf-8")
    return call("opvang", "toewijzing", "--kosten", str(path))


def test_the_best_with_its_proof(call: Call, tmp_path: Path) -> None:
    code, found, _ = _ask(call, tmp_path, json.dumps(SMALL))
    assert code == 0
    assert found == {
        "doelwaarde": 9.0, "ondergrens": 9.0, "bovengrens": 9.0, "bewezen_optimaal": True,
        "toewijzing": [1, 0],
    }  # fmt: skip


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the OR-Library problems are not beside the repository")
def test_a_published_problem(call: Call) -> None:
    code, found, _ = call("opvang", "toewijzing", "--kosten", str(FOLDER / "gap1_0.json"))
    assert (code, found["doelwaarde"], found["bewezen_optimaal"]) == (0, 336, True)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{", "{}", '{"cost": 1, "req": 2, "cap": 3}', "[" * 100_000,
        json.dumps(SMALL | {"cap": [1]}),
        json.dumps(SMALL | {"cap": [1, "x"]}), json.dumps(SMALL | {"req": [[1, 1], [1]]}),
        json.dumps(SMALL | {"req": [[1, -1], [1, 1]]}), json.dumps(SMALL | {"cost": [[1, True], [1, 1]]}),
        json.dumps(SMALL | {"cost": [[1, float("nan")], [1, 1]]}), json.dumps(SMALL | {"cap": [10**40, 1]}),
        json.dumps(SMALL | {"cost": [[], []], "req": [[], []]}), json.dumps(SMALL | {"req": [[1], [1]]}),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_words(call: Call, tmp_path: Path, text: str) -> None:
    code, found, told = _ask(call, tmp_path, text)
    assert code == 1
    assert found["fouten"]
    assert "f.json" in told


def test_no_assignment(call: Call, tmp_path: Path) -> None:
    code, _, told = _ask(call, tmp_path, json.dumps(SMALL | {"cap": [0, 1]}))
    assert code == 1
    assert "niet alle taken passen" in told


@pytest.mark.parametrize(("table", "row"), [("cost", [3, 1e13]), ("req", [1, 1e300]), ("req", [1, 10**400])])
def test_a_number_that_is_too_large_is_said_with_the_limit(
    call: Call, tmp_path: Path, table: str, row: list[float]
) -> None:
    code, found, told = _ask(call, tmp_path, json.dumps(SMALL | {table: [[1, 1], row]}))
    assert (code, found["fouten"][0]["veld"], found["fouten"][0]["rij"]) == (1, table, 2)
    assert "op plek 2 is te groot; wij rekenen tot 1.000.000.000.000" in told
    assert "negatief" not in told and "onder 0" not in told


def test_below_0_is_said_of_what_cannot_be_below_0(call: Call, tmp_path: Path) -> None:
    told = _ask(call, tmp_path, json.dumps(SMALL | {"req": [[1, 1], [1, -1]]}))[2]
    assert "req, rij 2: het getal op plek 2 ligt onder 0" in told
    assert _ask(call, tmp_path, json.dumps(SMALL | {"cost": [[3, 5], [4, -1]]}))[0] == 0


def test_a_capacity_that_is_too_large_is_said(call: Call, tmp_path: Path) -> None:
    told = _ask(call, tmp_path, json.dumps(SMALL | {"cap": [1, 1e300]}))[2]
    assert "cap" in told and "op plek 2 is te groot" in told
