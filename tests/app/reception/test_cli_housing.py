"""`regietafel opvang taakstelling`: the task by law, the books with a standing, and errors by place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.cli import main

Call = Callable[..., tuple[int, Any, str]]
TOWNS = "gemeente;inwoners;bron;peildatum\nHengelo;81.075;CBS;2016-01-01\nTubbergen;21.120;CBS;2016-01-01\n"


def _ask(call: Call, folder: Path, *words: str, towns: str = TOWNS, standing: str = "") -> Any:
    key = folder / "gemeenten.csv"
    key.write_text(towns, encoding="utf-8")
    asked = ["--vergunninghouders", "10.000", "--nederland", "16.979.120", "--sleutel", str(key)]
    if standing:
        (folder / "stand.csv").write_text(standing, encoding="utf-8")
        asked += ["--stand", str(folder / "stand.csv")]
    return call("opvang", "taakstelling", *asked, *words)


def test_the_task_is_the_exact_share_rounded_upwards(call: Call, tmp_path: Path) -> None:
    code, result, _said = _ask(call, tmp_path)
    assert code == 0
    assert result["taakstelling"] == [
        {"gemeente": "Hengelo", "inwoners": 81_075, "precies_aandeel": 47.7498, "taakstelling": 48},
        {"gemeente": "Tubbergen", "inwoners": 21_120, "precies_aandeel": 12.4388, "taakstelling": 13},
    ]
    assert result["samen"] == {"taakstelling": 61, "precies_aandeel": 60.1886}
    assert (result["bron"], result["peildatum"]) == ("CBS", "2016-01-01")


def test_a_standing_tells_arrears_and_lead_and_the_official_task_leads(call: Call, tmp_path: Path) -> None:
    standing = "gemeente;achterstand;officieel;gehuisvest\nHengelo;7;50;41\nTubbergen;-5;;20\n"
    _code, result, _said = _ask(call, tmp_path, standing=standing)
    found = [
        (row["officieel"], row["stand_vooraf"], row["stand_erna"], row["nog_te_huisvesten"])
        for row in result["taakstelling"]
    ]
    assert found == [(50, 7, 16, 16), (None, -5, -12, 0)]
    assert any("wijkt +2 af" in one for one in result["waarschuwingen"])


def test_what_is_not_known_stays_unknown(call: Call, tmp_path: Path) -> None:
    _code, result, _said = _ask(call, tmp_path, standing="gemeente;achterstand;gehuisvest\nHengelo;;41\n")
    assert [row["stand_erna"] for row in result["taakstelling"]] == [None, None]
    assert [row["nog_te_huisvesten"] for row in result["taakstelling"]] == [None, None]
    assert any("Hengelo, Tubbergen" in one for one in result["waarschuwingen"])


def test_without_balances_the_books_begin_at_nothing_and_say_so(call: Call, tmp_path: Path) -> None:
    _code, result, _said = _ask(call, tmp_path, standing="gemeente;gehuisvest\nHengelo;41\nTubbergen;13\n")
    assert [row["stand_erna"] for row in result["taakstelling"]] == [7, 0]
    assert any("de stand begint op 0" in one for one in result["waarschuwingen"])


def test_people_read_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key, standing = tmp_path / "g.csv", tmp_path / "s.csv"
    key.write_text(TOWNS, encoding="utf-8")
    standing.write_text("gemeente;achterstand;gehuisvest\nHengelo;0;60\nTubbergen;0;13\n", encoding="utf-8")
    words = ["--vergunninghouders", "10000", "--nederland", "16979120", "--sleutel", str(key)]
    assert main(["opvang", "taakstelling", *words, "--stand", str(standing)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == [
        "Hengelo", "81.075", "47,75", "48", "onbekend", "bij", "60", "12", "voorsprong",
    ]  # fmt: skip
    assert lines[2].endswith("bij")
    assert lines[5].startswith("Precies aandeel: 10.000 × inwoners / 16.979.120")


@pytest.mark.parametrize(
    ("towns", "standing", "words", "told"),
    [
        (TOWNS, "", ("--kolom", "zielen"), "er is geen kolom “zielen”"),
        (
            TOWNS,
            "gemeente;achterstnd\nHengelo;1\n",
            (),
            "rij 1, kolom achterstnd: Deze kolom kennen",
        ),
        (TOWNS, "gemeente;gehuisvest\nBorne;1\n", (), "rij 2, kolom gemeente: “Borne” staat niet"),
        (TOWNS, "gemeente;gehuisvest\nHengelo;1\nHENGELO;2\n", (), "rij 3, kolom gemeente: Hengelo staat er"),
        (TOWNS, "gemeente;gehuisvest\nHengelo;-3\n", (), "rij 2, kolom gehuisvest"),
        ("gemeente;inwoners\nHengelo;\n", "", (), "rij 2, kolom inwoners: Van Hengelo is dit niet bekend"),
        ("gemeente;inwoners\nHengelo;20.000.000\n", "", (), "meer dan heel Nederland"),
    ],
)
def test_what_cannot_be_is_told_by_row_and_column(
    call: Call, tmp_path: Path, towns: str, standing: str, words: tuple[str, ...], told: str
) -> None:
    code, result, _said = _ask(call, tmp_path, *words, towns=towns, standing=standing)
    assert code == 1
    text = " ".join(
        f"rij {one.get('rij')}, kolom {one.get('kolom')}: {one['melding']}" for one in result["fouten"]
    )
    assert told in text


def test_without_the_whole_country_it_is_wrong_usage(call: Call, tmp_path: Path) -> None:
    code, _result, said = call("opvang", "taakstelling", "--vergunninghouders", "10", "--sleutel", "x.csv")
    assert code == 2
    assert "--nederland" in said
