"""`overleg lees`: what a secretary and a program get, with and without mistakes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.cli import main
from tests.engine.deliberation import minutes

KEYS = {"nr", "soort", "tekst", "toelichting", "eigenaar", "termijn", "voorwaarde"}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "verslag.txt"
    path.write_text(minutes.LOOSE, encoding="utf-8")
    return path


@pytest.fixture
def lees(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*words: str) -> tuple[int, str, str]:
        try:
            code = main(["overleg", "lees", *words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


Lees = Callable[..., tuple[int, str, str]]


def _json(said: str) -> dict[str, Any]:
    import json

    result: dict[str, Any] = json.loads(said)
    return result


def test_a_program_gets_counts_entries_and_attendance(report: Path, lees: Lees) -> None:
    members = ",".join(minutes.MEMBERS)
    code, said, _complained = lees(str(report), "--jaar", "2022", "--leden", members, "--json")
    result = _json(said)
    assert code == 0
    assert (result["besluiten"], result["knelpunten"], result["acties"]) == (5, 3, 2)
    assert all(item.keys() >= KEYS for item in result["items"])
    owed = next(item for item in result["items"] if item["eigenaar"] == "Burgemeesters")
    assert (owed["nr"], owed["soort"], owed["termijn"]) == ("3.3", "A", "2022-05-17")
    assert (owed["termijn_telt_mee"], owed["termijn_laatste_dag"]) == (False, "2022-05-16")
    assert {"organisatie", "status"} <= result["presentie"][0].keys()
    assert [one["status"] for one in result["presentie"] if one["organisatie"] == "Dalmen"] == ["afgemeld"]
    assert result["niet_genoemd"] == ["Vossum", "Wesse"]
    assert "Karel" not in said, "names of people in the attendance are not handed on"


def test_the_day_of_the_meeting_counts_the_weeks(report: Path, lees: Lees) -> None:
    _code, said, _complained = lees(str(report), "--datum", "2022-05-05", "--json")
    assert [item["termijn"] for item in _json(said)["items"] if item["termijn"]] == [
        "2022-05-17",
        "2022-05-19",
    ]
    _code, said, _complained = lees(str(report), "--json")
    unknown = [item["termijn_onbekend_omdat"] for item in _json(said)["items"] if item["termijn_geschreven"]]
    assert unknown == [
        "er staat geen dag bij",
        "het jaar is niet bekend",
        "de dag van het overleg is niet bekend",
    ]


def test_a_person_reads_dutch(report: Path, lees: Lees) -> None:
    code, said, _complained = lees(str(report), "--jaar", "2022")
    assert code == 0
    for line in (
        "verslag.txt: 5 besluiten, 3 knelpunten, 2 acties.",
        "Termijn: voor 17 mei, laatste dag ma 16 mei 2022",
        "Voorwaarde: zolang er geen besluit is over de locatie aan de Dijk",
        "Via: projectleidersoverleg",
        "Dalmen: afgemeld",
    ):
        assert line in said


def test_one_refused_file_does_not_stop_the_others(report: Path, lees: Lees) -> None:
    empty = report.with_name("leeg.txt")
    empty.write_text("")
    code, said, _complained = lees(str(report), str(empty), str(report.with_name("weg.txt")), "--json")
    result = _json(said)
    assert code == 1 and result["besluiten"] == 5
    assert [Path(error["bestand"]).name for error in result["fouten"]] == ["leeg.txt", "weg.txt"]
    code, said, complained = lees(str(empty))
    assert code == 1 and "Het bestand is leeg." in complained


@pytest.mark.parametrize("words", [["--jaar", "22"], ["--datum", "19 april"]])
def test_a_day_or_year_that_is_none_is_wrong_usage(report: Path, lees: Lees, words: list[str]) -> None:
    code, _said, complained = lees(str(report), *words)
    assert code == 2 and "zoals 2022" in complained
