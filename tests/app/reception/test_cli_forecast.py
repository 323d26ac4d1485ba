"""`opvang vooruitblik`: two files in, a probability per day out; everything wrong is named with its place."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.cli import main

Call = Callable[..., tuple[int, Any, str]]
FIRST = date(2022, 3, 1)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Forty days of ten people in and four out, with 650 places until 1 May."""
    lines = ["dag;soort;aantal;groep;locatie;vastgelegd", f"{FIRST};beginstand;300;;;"]
    for step in range(40):
        day = FIRST + timedelta(days=step)
        lines += [f"{day};plaatsing;{7 + step % 7};;Kade;", f"{day};vertrek;4;;Kade;"]
    lines.append("12-4-2022;reservering;48;bus 1;Kade;2022-04-08")
    bookings, blocks = tmp_path / "boekingen.csv", tmp_path / "blokken.csv"
    bookings.write_text("\n".join(lines), encoding="utf-8")
    blocks.write_text(
        "locatie,plaatsen,geblokkeerd,van,tot,kans\nKade,600,10,2022-03-01,2022-05-01,\n"
        "Sporthal,100,,2022-03-01,,\nHal,200,,2022-05-01,,70%\n",
        encoding="utf-8",
    )
    return bookings, blocks


def _words(files: tuple[Path, Path], *more: str) -> tuple[str, ...]:
    return ("opvang", "vooruitblik", "--boekingen", str(files[0]), "--blokken", str(files[1]), *more)


def test_every_day_has_people_places_and_a_probability(files: tuple[Path, Path], call: Call) -> None:
    code, result, said = call(*_words(files, "--dagen", "56", "--zaad", "3"))
    assert (code, said) == (0, "")
    assert [len(result["dagen"]), result["dagen"][0]["dag"]] == [56, "2022-04-10"]
    for day in result["dagen"]:
        assert day["p10"] <= day["p50"] <= day["p90"] and 0 <= day["kans_tekort"] <= 1
    assert [day["plaatsen_zeker"] for day in result["dagen"]][20:22] == [690, 100]
    assert 220 < result["dagen"][21]["plaatsen"] < 260
    short = result["eerste_tekort"]
    assert short["dag"] == "2022-05-01" and short["kans"] > 0.9
    assert short["oplossing"][0]["plaatsen"] >= short["tekort_p50"] > 0
    assert result["uitgangspunt"]["aanwezig"] == 300 + sum(7 + step % 7 for step in range(40)) - 160
    assert result["uitgangspunt"]["verwachte_komst"] == 48


def test_the_same_seed_gives_the_same_answer(files: tuple[Path, Path], call: Call) -> None:
    one, same, other = (call(*_words(files, "--zaad", seed))[1] for seed in ("5", "5", "6"))
    assert one == same != other


def test_a_high_inflow_brings_more_people(files: tuple[Path, Path], call: Call) -> None:
    low, high, own = (
        call(*_words(files, *more))[1]["dagen"][-1]["verwacht"]
        for more in (("--scenario", "laag"), ("--scenario", "hoog"), ("--instroom", "100"))
    )
    assert low < high < own


def test_no_shortage_is_null_and_said_in_words(
    files: tuple[Path, Path], call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*_words(files, "--dagen", "7"))[1]["eerste_tekort"] is None
    assert main(_words(files, "--dagen", "7")) == 0
    told = capsys.readouterr().out
    assert "zo 10 april 2022" in told and "geen dag waarop een tekort" in told


def test_people_read_the_first_shortage_and_its_remedy(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(_words(files)) == 0
    told = capsys.readouterr().out
    assert "Eerste tekort: zo 1 mei 2022" in told and "plaatsen meer vanaf" in told
    assert "geschiedenis te kort" in told


def test_an_earlier_first_day_forgets_what_came_later(files: tuple[Path, Path], call: Call) -> None:
    result = call(*_words(files, "--vanaf", "2022-04-01"))[1]
    assert result["uitgangspunt"]["geschiedenis_tot_en_met"] == "2022-03-31"
    assert any("nog niet bekend" in remark for remark in result["opmerkingen"])


def test_private_hosts_are_apart_unless_asked(files: tuple[Path, Path], call: Call) -> None:
    with files[0].open("a", encoding="utf-8") as handle:
        handle.write("\n2022-03-05;plaatsing;60;;Gastgezinnen;")
    files[1].write_text(
        "locatie;plaatsen;van;opvang\nKade;900;2022-03-01;\nGastgezinnen;80;2022-03-01;particulier\n"
    )
    apart, together = (call(*_words(files, *more))[1] for more in ((), ("--met-particulier",)))
    assert (apart["uitgangspunt"]["particulier"], apart["dagen"][0]["plaatsen"]) == (60, 900)
    assert (together["uitgangspunt"]["particulier"], together["dagen"][0]["plaatsen"]) == (0, 980)
    assert together["uitgangspunt"]["aanwezig"] - apart["uitgangspunt"]["aanwezig"] == 60


def test_every_mistake_is_named_with_file_row_and_column(files: tuple[Path, Path], call: Call) -> None:
    files[0].write_text(
        "dag;soort;aantal;tot;kans;vervalt\n2022-02-30;plaatsing;3;;;\n2022-03-01;verhuizing;3;;;\n"
        "2022-03-01;plaatsing;drie;2022-03-01;;\n2022-03-01;plaatsing;0;;2;\n2022-03-01;vertrek;-4;;;2022-03-04\n"
        "2022-03-01;plaatsing;3;;;;;extra\n1022-03-01;plaatsing;99999999999;;;\n",
        encoding="utf-8",
    )
    files[1].write_text("locatie;plaatsen;geblokkeerd;van\n;50;60;2022-03-01\n", encoding="utf-8")
    code, result, said = call(*_words(files))
    assert code == 1
    found = [(Path(each["bestand"]).name, each["rij"], each["kolom"]) for each in result["fouten"]]
    assert sorted(found, key=str) == sorted(
        [
            ("boekingen.csv", 2, "dag"),
            ("boekingen.csv", 3, "soort"),
            ("boekingen.csv", 4, "aantal"),
            ("boekingen.csv", 4, "tot"),
            ("boekingen.csv", 5, "kans"),
            ("boekingen.csv", 6, "aantal"),
            ("boekingen.csv", 6, "vervalt"),
            ("boekingen.csv", 7, None),
            ("boekingen.csv", 8, "dag"),
            ("boekingen.csv", 8, "aantal"),
            ("blokken.csv", 2, "locatie"),
            ("blokken.csv", 2, "geblokkeerd"),
        ],
        key=str,
    )
    assert "rij 4, kolom tot" in said


@pytest.mark.parametrize("column", ["nationaliteit", "naam", "geboortedatum", "<script>"])
def test_a_column_that_does_not_exist_is_refused_by_name(
    files: tuple[Path, Path], call: Call, column: str
) -> None:
    files[0].write_text(f"dag;soort;aantal;{column}\n2022-03-01;plaatsing;3;x\n", encoding="utf-8")
    code, result, _said = call(*_words(files))
    assert code == 1
    assert [(each["rij"], each["kolom"]) for each in result["fouten"]] == [(1, column)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"%PDF-1.4",
        b"\xff\xfe",
        b"PK\x03\x04rommel",
        b'dag;soort;aantal\n"open',
        b"dag\n",
        b"{}",
    ],
)
def test_what_is_no_table_is_refused_in_words(files: tuple[Path, Path], call: Call, content: bytes) -> None:
    files[0].write_bytes(content)
    code, result, _said = call(*_words(files))
    assert code == 1 and result["fouten"][0]["melding"]


def test_a_file_that_is_not_there_is_said(files: tuple[Path, Path], call: Call, tmp_path: Path) -> None:
    code, result, _said = call(*_words((tmp_path / "weg.csv", tmp_path)))
    assert code == 1 and len(result["fouten"]) == 2


def test_without_a_past_a_first_day_and_a_level_are_asked_for(files: tuple[Path, Path], call: Call) -> None:
    files[0].write_text("dag;soort;aantal\n2022-04-12;reservering;48\n", encoding="utf-8")
    assert "--vanaf" in call(*_words(files))[1]["fouten"][0]["melding"]
    assert "--instroom" in call(*_words(files, "--vanaf", "2022-04-10"))[1]["fouten"][0]["melding"]
    code, result, _said = call(*_words(files, "--vanaf", "2022-04-10", "--instroom", "5"))
    assert code == 0 and result["uitgangspunt"]["scenario"] == "eigen"


@pytest.mark.parametrize(
    "more",
    [
        ("--dagen", "0"),
        ("--dagen", "99999999999999999999"),
        ("--zaad", "-1"),
        ("--drempel", "nan"),
        ("--terugkeer", "1.1"),
        ("--instroom", "inf"),
        ("--vanaf", "gisteren"),
        ("--vanaf", "0001-01-01"),
        ("--scenario", "ramp"),
    ],
)
def test_an_option_that_cannot_be_meant_is_wrong_usage(
    files: tuple[Path, Path], more: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(_words(files, *more))
    assert stopped.value.code == 2
