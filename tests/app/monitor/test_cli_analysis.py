"""`monitor volume` and `monitor vergelijk`: figures with their words, from messages or from bare counts."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., tuple[int, Any, str]]
MONDAY = date(2026, 1, 5)


def _day(step: int) -> str:
    return (MONDAY + timedelta(step)).isoformat()


def _counts(path: Path, counts: Sequence[int | str], totals: Sequence[int | str] | None = None) -> Path:
    lines = ["dag;aantal;totaal" if totals else "dag;aantal"]
    for step, count in enumerate(counts):
        lines.append(f"{_day(step)};{count}" + (f";{totals[step]}" if totals else ""))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _messages(path: Path, rows: Sequence[tuple[int, str, str]]) -> Path:
    """Write messages as day, outlet and title; every title is another."""
    lines = ["id,datum,titel,bron,soort,labels,reacties"]
    for number, (step, outlet, title) in enumerate(rows):
        tone = ("positief", "neutraal", "positief", "negatief")[number % 4]
        lines.append(
            f"{number},{_day(step)} 09:00,{title} nummer {number},{outlet},nieuws,{tone},{number % 7}"
        )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_volume_of_counts_finds_the_tenfold_day(tmp_path: Path, call: Call) -> None:
    path = _counts(tmp_path / "aantallen.csv", [10] * 60 + [100] + [10] * 3)
    code, result, _said = call("monitor", "volume", "--in", str(path))
    assert code == 0
    assert [each["dag"] for each in result["dagen"] if each["alarm"]] == [_day(60)]
    judged = result["dagen"][60]
    assert (judged["aantal"], judged["totaal"], judged["verwacht"]) == (100, None, 10.01)
    assert judged["laag"] <= 10 <= judged["hoog"] and judged["p"] < 0.01
    assert result["perioden"] == [{"van": _day(60), "tot": _day(60)}]
    assert (result["bron_weg"], result["fouten"]) == ([], [])


def test_what_the_file_does_not_say_is_unknown(tmp_path: Path, call: Call) -> None:
    path = _counts(tmp_path / "aantallen.csv", [*([10] * 30), "", 10])
    _code, result, _said = call("monitor", "volume", "--in", str(path), "--vanaf", _day(29))
    assert [each["aantal"] for each in result["dagen"]] == [10, None, 10]
    assert "onbekend" in result["dagen"][1]["reden"]
    early = call("monitor", "volume", "--in", str(path), "--tot", _day(0))[1]["dagen"][0]
    assert (early["verwacht"], early["p"], early["alarm"]) == (None, None, False)


def test_totals_count_unless_told_otherwise(tmp_path: Path, call: Call) -> None:
    path = _counts(tmp_path / "aantallen.csv", [20] * 60 + [60], [200] * 60 + [600])
    assert not call("monitor", "volume", "--in", str(path))[1]["dagen"][-1]["alarm"]
    assert call("monitor", "volume", "--in", str(path), "--zonder-totaal")[1]["dagen"][-1]["alarm"]


def test_a_line_that_cannot_be_read_is_named_with_its_place(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "aantallen.csv"
    path.write_text(
        "dag,aantal,totaal\n2026-01-05,3,2\nooit,3,\n2026-01-06,veel,\n2026-01-07,4,\n2026-01-07,4,\n"
    )
    code, result, _said = call("monitor", "volume", "--in", str(path))
    assert code == 1
    places = [(error["rij"], error["kolom"]) for error in result["fouten"]]
    assert places == [(2, "totaal"), (3, "dag"), (4, "aantal"), (6, "dag")]
    assert len(result["dagen"]) == 1


def test_volume_of_messages_names_the_source_that_is_gone(tmp_path: Path, call: Call) -> None:
    rows = [(step, "De Krant", "Raad over azc") for step in range(70) for _ in range(4)]
    rows += [(step, "De Krant", "Wolf gezien") for step in range(70) for _ in range(16)]
    rows += [(step, "De Omroep", "Noodopvang open") for step in range(60) for _ in range(20)]
    path = _messages(tmp_path / "berichten.csv", rows)
    code, result, _said = call("monitor", "volume", "--in", str(path), "--vraag", "azc OF noodopvang")
    assert code == 0
    assert result["bron_weg"] == [{"bron": "De Omroep", "van": _day(60), "tot": None}]
    last = result["dagen"][-1]
    assert (last["aantal"], last["totaal"], round(last["verwacht"]), last["alarm"]) == (4, 20, 4, False)


def test_messages_of_people_are_left_out_and_that_is_said(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "berichten.csv"
    path.write_text(
        f"id,datum,titel,bron,soort\n1,{_day(0)},Raad over azc,De Krant,nieuws\n"
        f"2,{_day(0)},Wat een plan,X,twitter\n"
    )
    _code, result, said = call("monitor", "volume", "--in", str(path))
    assert [each["aantal"] for each in result["dagen"]] == [1]
    assert "1 bericht van mensen" in said


def test_comparing_says_volume_interactions_and_sentiment(tmp_path: Path, call: Call) -> None:
    rows = [
        (step, "De Krant", f"Bericht {step * 7919 % 1000} over azc") for step in range(56) for _ in range(6)
    ]
    path = _messages(tmp_path / "berichten.csv", rows)
    periods = "--periode", f"{_day(28)}..{_day(55)}", "--met", f"{_day(0)}..{_day(27)}"
    code, result, _said = call("monitor", "vergelijk", "--in", str(path), *periods)
    assert code == 0
    assert [found["wat"] for found in result["verschillen"]] == ["berichten", "interacties", "sentiment"]
    volume = result["verschillen"][0]
    assert (volume["nu"], volume["eerder"], volume["oordeel"]) == (6, 6, "niet aantoonbaar")
    assert "5 januari – 1 februari 2026" in volume["zin"]
    assert (result["fasen"], result["sinds_voor"]) == ([], [])
    assert call("monitor", "vergelijk", "--in", str(path), *periods)[1] == result


def test_phases_around_a_moment(tmp_path: Path, call: Call) -> None:
    path = _counts(tmp_path / "aantallen.csv", [20, 22, 19] * 14 + [60] * 7 + [30, 31, 28] * 7)
    moment = f"{_day(42)}..{_day(48)}"
    code, result, _said = call("monitor", "vergelijk", "--in", str(path), "--moment", moment)
    assert code == 0
    assert [(each["fase"], each["bekende_dagen"]) for each in result["fasen"]] == [
        ("voor", 42), ("tijdens", 7), ("na", 21)
    ]  # fmt: skip
    assert [found["richting"] for found in result["sinds_voor"]] == ["meer", "meer"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("vergelijk", "--periode", "2026-01-05"), "--met"),
        (("vergelijk",), "--moment"),
        (
            ("vergelijk", "--periode", "2026-01-05..2026-01-11", "--met", "2026-01-11..2026-01-20"),
            "overlappen",
        ),
        (("vergelijk", "--moment", "2020-01-01"), "moment"),
        (("volume", "--vanaf", "2026-02-01", "--tot", "2026-01-01"), "--vanaf"),
        (("volume", "--vraag", "azc"), "--vraag"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, call: Call, words: tuple[str, ...], said: str
) -> None:
    path = _counts(tmp_path / "aantallen.csv", [10] * 60)
    code, result, _said = call("monitor", words[0], "--in", str(path), *words[1:])
    assert code in (1, 2)
    assert said in result["fouten"][0]["melding"]


@pytest.mark.parametrize("option", [("--drempel", "2"), ("--vanaf", "gisteren")])
def test_wrong_values_of_options_end_with_two(tmp_path: Path, call: Call, option: tuple[str, str]) -> None:
    path = _counts(tmp_path / "aantallen.csv", [10] * 3)
    with pytest.raises(SystemExit) as ended:
        call("monitor", "volume", "--in", str(path), *option)
    assert ended.value.code == 2


def test_a_file_without_days_is_refused(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "leeg.csv"
    path.write_text("dag,aantal\n2026-01-05,\n", encoding="utf-8")
    for words in (("volume",), ("vergelijk", "--moment", "2026-01-05")):
        code, result, _said = call("monitor", words[0], "--in", str(path), *words[1:])
        assert code == 1 and "geen dag" in result["fouten"][0]["melding"]


def test_people_read_a_table_in_dutch_notation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from regietafel.host.cli import main

    path = _counts(tmp_path / "aantallen.csv", [1200] * 60 + [12000])
    assert main(["monitor", "volume", "--in", str(path), "--vanaf", _day(60)]) == 0
    told = capsys.readouterr().out
    assert "12.000" in told and "ALARM: veel meer dan gewoonlijk" in told and "1 alarm in 1 dag" in told
