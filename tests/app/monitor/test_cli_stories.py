"""`monitor verhalen` on the command line: copies together in every form of file, people never named."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from regietafel.host.cli import main
from tests.app.monitor.forms import WRITERS, as_csv

NEWS = "Raad van Borne stemt over opvang van vluchtelingen"
BODY = "De raad stemt donderdag over de opvang van honderd mensen in het oude gemeentehuis aan de markt."
ROWS = [
    {"id": "a1", "datum": "2022-04-07 10:00", "titel": NEWS, "tekst": BODY, "bron": "Tubantia",
     "soort": "nieuws", "auteur": "", "likes": "3"},
    {"id": "a2", "datum": "2022-04-08 10:00", "titel": f"BORNE - {NEWS}", "tekst": "", "bron": "RTV Oost",
     "soort": "nieuws", "auteur": "", "likes": ""},
    {"id": "p1", "datum": "2022-04-08 11:00", "titel": "", "tekst": f"RT @jan: {NEWS} https://t.example/x",
     "bron": "x.com", "soort": "tweet", "auteur": "Jan Jansen", "likes": "2"},
    {"id": "w", "datum": "geen idee", "titel": "Wolf gezien in het veen bij Haaksbergen", "tekst": "",
     "bron": "NOS", "soort": "nieuws", "auteur": "", "likes": ""},
    {"id": "p2", "datum": "2022-04-08 12:00", "titel": "", "tekst": "Iemand zin in koffie straks in de stad",
     "bron": "x.com", "soort": "tweet", "auteur": "Piet Pietersen", "likes": "9"},
]  # fmt: skip
Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "berichten.csv"
    path.write_bytes(as_csv(ROWS))
    return str(path)


@pytest.mark.parametrize("form", [*WRITERS, "csv.gz"])
def test_copies_are_one_story_in_every_form(call: Call, tmp_path: Path, form: str) -> None:
    data = WRITERS[form.removesuffix(".gz")](ROWS)
    path = tmp_path / f"berichten.{form}"
    path.write_bytes(gzip.compress(data) if form.endswith(".gz") else data)
    code, result, _beside = call("monitor", "verhalen", "--in", str(path))
    assert code == 0
    assert [story["ids"] for story in result["verhalen"]] == [["a1", "a2", "p1"], ["w"], ["p2"]]
    first, wolf, coffee = result["verhalen"]
    assert (first["titel"], first["aantal"], first["media"]) == (NEWS, 3, ["Tubantia", "RTV Oost"])
    assert (first["eerste"], first["laatste"]) == ("2022-04-07T10:00:00+02:00", "2022-04-08T11:00:00+02:00")
    assert (first["van_media"], first["van_mensen"], first["reacties"]) == (2, None, 3)
    assert (wolf["eerste"], wolf["reacties"]) == (None, None), "unknown is not zero"
    assert (coffee["titel"], coffee["media"], coffee["reacties"]) == (None, [], None)


def test_more_files_are_read_as_one(call: Call, tmp_path: Path) -> None:
    names = []
    for number, row in enumerate(ROWS[:2]):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(as_csv([row | {"id": ""}]))
        names += ["--in", str(path)]
    _code, result, _beside = call("monitor", "verhalen", *names)
    assert [story["ids"] for story in result["verhalen"]] == [["2", "2"]], "without id the number of the row"


def test_a_row_without_words_is_named_and_is_no_story(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "berichten.csv"
    path.write_bytes(as_csv([ROWS[0], ROWS[3] | {"titel": " ", "tekst": "<br>"}]))
    code, result, _beside = call("monitor", "verhalen", "--in", str(path))
    assert (code, result["gelezen"], [story["ids"] for story in result["verhalen"]]) == (1, 2, [["a1"]])
    assert [(error["rij"], error["kolom"]) for error in result["fouten"]] == [(3, "tekst")]


def test_the_window_is_ours_to_choose(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "berichten.csv"
    path.write_bytes(as_csv([ROWS[0], ROWS[1] | {"datum": "2022-04-17"}]))
    for days, stories in (("7", 2), ("14", 1)):
        _code, result, _beside = call("monitor", "verhalen", "--in", str(path), "--venster", days)
        assert (len(result["verhalen"]), result["venster_dagen"]) == (stories, int(days))
    for wrong in ("0", "veel", "-1", "1000"):
        with pytest.raises(SystemExit) as ended:
            main(["monitor", "verhalen", "--in", str(path), f"--venster={wrong}"])
        assert ended.value.code == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_table_to_hand_on_names_no_people(call: Call, tmp_path: Path, file: str, ending: str) -> None:
    out = tmp_path / f"verhalen.{ending}"
    code, _result, _beside = call("monitor", "verhalen", "--in", file, "--uit", str(out))
    assert code == 0
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8-sig")), delimiter=";"))
    else:
        sheet = openpyxl.load_workbook(out).worksheets[0]
        rows = [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[1:]] == [NEWS, "Wolf gezien in het veen bij Haaksbergen"]
    written = json.dumps(rows)
    assert "Tubantia, RTV Oost" in written
    assert not any(word in written for word in ("koffie", "Jansen", "@jan", "p1"))


def test_the_table_for_people_is_short_and_dutch(capsys: pytest.CaptureFixture[str], file: str) -> None:
    assert main(["monitor", "verhalen", "--in", file]) == 0
    said = capsys.readouterr().out
    assert "5 gelezen, 3 verhalen. In 1 daarvan zit meer dan één bericht" in said
    assert f"{NEWS} (Tubantia, RTV Oost)" in said
    assert "koffie" not in said


def test_what_cannot_be_read_or_written_is_said(call: Call, tmp_path: Path, file: str) -> None:
    code, result, _beside = call("monitor", "verhalen", "--in", str(tmp_path / "weg.csv"))
    assert (code, "bestaat niet" in result["fouten"][0]["melding"]) == (1, True)
    code, result, _beside = call("monitor", "verhalen", "--in", file, "--uit", file)
    assert (code, "overschreven" in result["fouten"][0]["melding"]) == (2, True)
    code, result, _beside = call(
        "monitor", "verhalen", "--in", file, "--uit", str(tmp_path / "weg" / "x.csv")
    )
    assert (code, "Controleer de map" in result["fouten"][0]["melding"]) == (1, True)
    empty = tmp_path / "leeg.csv"
    empty.write_bytes(b"id,titel\n")
    code, result, _beside = call("monitor", "verhalen", "--in", str(empty))
    assert (code, result["verhalen"], result["gelezen"]) == (0, [], 0)


def test_a_number_in_a_headline_is_masked(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "berichten.csv"
    path.write_bytes(as_csv([ROWS[0] | {"titel": "Bel de bakker van Borne op 06-12345678"}]))
    _code, result, _beside = call("monitor", "verhalen", "--in", str(path))
    assert "12345678" not in result["verhalen"][0]["titel"]
