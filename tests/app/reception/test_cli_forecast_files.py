"""`opvang vooruitblik`: what a file of bookings or blocks says that cannot be, is unknown, or is nought."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

Call = Callable[..., tuple[int, Any, str]]
Ask = Callable[..., tuple[int, Any, str]]
FIRST = date(2026, 7, 1)
HEAD = "dag;soort;aantal;groep;locatie;tot;vastgelegd;opvang"
PLACES = "locatie;plaatsen;van\nL1;300;2026-07-01\n"


def _line(
    day: date | str, kind: str, people: object, *, group: str = "", place: str = "", more: str = ""
) -> str:
    return f"{day};{kind};{people};{group};{place};{more or ';;'}"


FIVE_A_DAY = [_line(FIRST + timedelta(step), "plaatsing", 5) for step in range(30)]
START = _line(FIRST, "beginstand", 50)


@pytest.fixture
def ask(call: Call, tmp_path: Path) -> Ask:
    """Write both files and look ahead."""

    def run(lines: list[str], *more: str, blocks: str = PLACES, head: str = HEAD) -> tuple[int, Any, str]:
        bookings, places = tmp_path / "boekingen.csv", tmp_path / "blokken.csv"
        bookings.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        places.write_text(blocks, encoding="utf-8")
        return call("opvang", "vooruitblik", "--boekingen", str(bookings), "--blokken", str(places), *more)

    return run


def _faults(result: Any) -> list[tuple[int, str]]:
    return [(one["rij"], one["kolom"]) for one in result["fouten"]]


@pytest.mark.parametrize("kind", ["beginstand", "plaatsing", "vertrek", "reservering"])
def test_a_nought_is_known_and_counts_as_nobody(ask: Ask, kind: str) -> None:
    code, with_nought, _ = ask([*FIVE_A_DAY, _line("2026-07-05", kind, 0)])
    assert code == 0
    plain = ask(FIVE_A_DAY)[1]
    assert with_nought["dagen"] == plain["dagen"]
    assert with_nought["uitgangspunt"]["bekende_dagen"] == 30, "a nought is known, and drops no day"


def test_below_nought_is_refused_with_what_to_do(ask: Ask) -> None:
    code, result, _ = ask([*FIVE_A_DAY, _line("2026-07-05", "vertrek", -3)])
    assert (code, _faults(result)) == (1, [(32, "aantal")])
    assert "geen heel getal van 0 of meer" in result["fouten"][0]["melding"]


def test_days_after_the_last_row_are_unknown_and_not_nought(ask: Ask) -> None:
    plain = ask(FIVE_A_DAY)[1]
    code, later, _ = ask(FIVE_A_DAY, "--vanaf", "2026-08-20")
    assert code == 0
    assert later["dagen"][0]["dag"] == "2026-08-20"
    assert later["uitgangspunt"]["geschiedenis_tot_en_met"] == "2026-07-30"
    assert later["uitgangspunt"]["instroom_per_dag"] == plain["uitgangspunt"]["instroom_per_dag"]
    assert later["eerste_tekort"]["dag"] == plain["eerste_tekort"]["dag"]
    overlap = {day["dag"]: day["verwacht"] for day in plain["dagen"]}["2026-08-20"]
    assert later["dagen"][0]["verwacht"] == pytest.approx(overlap, rel=0.02)
    assert any("stopt op do 30 juli 2026" in remark for remark in later["opmerkingen"])
    assert not any("stopt op" in remark for remark in plain["opmerkingen"])


def test_a_file_that_stopped_long_before_is_refused_with_what_to_do(ask: Ask) -> None:
    code, result, _ = ask(FIVE_A_DAY, "--vanaf", "2026-09-30")
    told = result["fouten"][0]["melding"]
    assert code == 1
    assert "stopt op do 30 juli 2026, 61 dagen voor --vanaf" in told and "meer dan 28 dagen" in told
    assert ask(FIVE_A_DAY, "--vanaf", "2026-08-28")[0] == 0
    assert ask(FIVE_A_DAY, "--vanaf", "2026-08-29")[0] == 1
    kept = [*FIVE_A_DAY, _line("2026-09-29", "plaatsing", 0)]
    assert ask(kept, "--vanaf", "2026-09-30")[0] == 0, "a nought on the last day says that nobody came"


def test_what_is_planned_does_not_show_that_the_file_was_kept(ask: Ask) -> None:
    planned = [
        _line("2026-10-15", "vertrek", 5),
        _line("2026-10-20", "reservering", 40, group="bus 1"),
        _line("2026-10-21", "plaatsing", 4, group="bus 2", more=";2026-07-29;"),
    ]
    assert ask([*FIVE_A_DAY, *planned], "--vanaf", "2026-09-30")[0] == 1


def test_an_earlier_first_day_within_the_file_has_no_unseen_days(ask: Ask) -> None:
    weekly = [_line(FIRST + timedelta(step), "plaatsing", 5) for step in range(0, 60, 10)]
    code, result, _ = ask(weekly, "--vanaf", "2026-07-19")
    assert code == 0
    assert result["uitgangspunt"]["geschiedenis_tot_en_met"] == "2026-07-18"
    assert not any("stopt op" in remark for remark in result["opmerkingen"])


@pytest.mark.parametrize("code", ["Jan Jansen", "123456782", "fam. Smit"])
def test_a_group_has_a_code_and_no_name(ask: Ask, code: str) -> None:
    result, found, told = ask([*FIVE_A_DAY, _line("2026-07-05", "plaatsing", 3, group=code)])
    assert (result, _faults(found)) == (1, [(32, "groep")])
    assert code not in told and "Geef haar een eigen code" in told


@pytest.mark.parametrize("code", ["A", "G1", "gezin 3", "bus-4/2"])
def test_plain_marks_are_codes(ask: Ask, code: str) -> None:
    assert ask([*FIVE_A_DAY, _line("2026-07-05", "plaatsing", 3, group=code)])[0] == 0


def test_the_same_block_twice_is_refused(ask: Ask) -> None:
    code, result, _ = ask(FIVE_A_DAY, blocks=f"{PLACES}l1;300;1-7-2026\n")
    assert (code, _faults(result)) == (1, [(3, "locatie")])
    assert "staat ook in rij 2" in result["fouten"][0]["melding"]


def test_two_blocks_of_one_location_are_added_up(ask: Ask) -> None:
    coded = (
        "blok;locatie;plaatsen;van\nbeneden;L1;300;2026-07-01\nboven;L1;300;2026-07-01\n;L1;40;2026-07-01\n"
    )
    assert ask(FIVE_A_DAY, blocks=coded)[1]["dagen"][0]["plaatsen"] == 640


def test_the_same_reservation_twice_is_refused(ask: Ask) -> None:
    bus = [_line("2026-08-02", "reservering", 40, group=group) for group in ("bus 1", "Bus 1")]
    code, result, _ = ask([*FIVE_A_DAY, *bus])
    assert (code, _faults(result)) == (1, [(33, "groep")])
    assert "Rij 32 is ook een reservering van groep bus 1" in result["fouten"][0]["melding"]


def test_a_group_told_twice_with_another_number_is_counted_and_said(ask: Ask) -> None:
    bus = [_line("2026-08-02", "reservering", each, group="bus 1") for each in (40, 44)]
    code, result, _ = ask([*FIVE_A_DAY, *bus])
    assert (code, result["uitgangspunt"]["verwachte_komst"]) == (0, 84)
    assert [remark for remark in result["opmerkingen"] if "met een ander aantal: rij 32 en rij 33." in remark]


@pytest.mark.parametrize(
    ("one", "other"),
    [("2026-12-01;;", "2027-01-01;;"), (";2026-07-28;", ";2026-07-29;"), (";;;0,5", ";;;0,75")],
    ids=["until", "recorded", "chance"],
)
def test_a_group_in_parts_that_differ_is_no_double(ask: Ask, one: str, other: str) -> None:
    """Eighteen stay until December and eighteen until January: two lines, and nothing to remark."""
    bus = [_line("2026-08-02", "reservering", 18, group="bus 1", more=more) for more in (one, other)]
    code, result, _ = ask([*FIVE_A_DAY, *bus], head=f"{HEAD};kans")
    assert code == 0, result
    assert not any("ander aantal" in remark for remark in result["opmerkingen"])


def test_one_bus_over_two_locations_or_days_is_no_double(ask: Ask) -> None:
    bus = [
        _line("2026-08-02", "reservering", 20, group="bus 1", place="L1"),
        _line("2026-08-02", "reservering", 20, group="bus 1", place="L2"),
        _line("2026-08-03", "reservering", 5, group="bus 1", place="L2"),
    ]
    blocks = f"{PLACES}L2;10;2026-07-01\n"
    code, result, _ = ask([*FIVE_A_DAY, *bus], blocks=blocks)
    assert (code, result["uitgangspunt"]["verwachte_komst"]) == (0, 45)


def test_the_same_start_twice_is_refused(ask: Ask) -> None:
    assert _faults(ask([START, START, *FIVE_A_DAY])[1]) == [(3, "soort")]


def test_rows_without_a_code_that_are_alike_are_said(ask: Ask) -> None:
    code, result, _ = ask([*FIVE_A_DAY, FIVE_A_DAY[3]])
    assert code == 0
    assert any("rij 32 aan rij 5" in remark for remark in result["opmerkingen"])
    assert not any("gelijk" in remark for remark in ask(FIVE_A_DAY)[1]["opmerkingen"])


def test_a_location_without_a_block_is_said_with_its_rows(ask: Ask) -> None:
    lines = [_line("2026-07-31", kind, 6, place="Kaed") for kind in ("plaatsing", "reservering")]
    known = [_line("2026-07-31", "plaatsing", 7, place="l1")]
    code, result, _ = ask([*FIVE_A_DAY, *lines, *known])
    found = [remark for remark in result["opmerkingen"] if "bestand met blokken" in remark]
    assert code == 0 and len(found) == 1
    assert "“Kaed”" in found[0] and "rij 32, 33." in found[0]


def test_more_departures_than_people_are_refused(ask: Ask) -> None:
    code, result, _ = ask(
        [*FIVE_A_DAY, START, _line("2026-07-20", "vertrek", 4000), _line("2026-07-21", "vertrek", 9)]
    )
    assert (code, _faults(result)) == (1, [(33, "aantal")])
    assert (
        "Er vertrekken er 4.000, maar er zijn er in de opvang op die dag 150"
        in result["fouten"][0]["melding"]
    )


def test_departures_after_an_unknown_number_came_may_be_right(ask: Ask) -> None:
    lines = [*FIVE_A_DAY, _line("2026-07-02", "plaatsing", ""), _line("2026-07-20", "vertrek", 400)]
    assert ask(lines)[0] == 0


def test_a_group_that_never_came_does_not_leave(ask: Ask) -> None:
    came = [_line(FIRST + timedelta(step), "plaatsing", 5, group=f"G{step}") for step in range(30)]
    code, result, _ = ask([*came, _line("2026-07-20", "vertrek", 5, group="G99")])
    assert (code, _faults(result)) == (1, [(32, "aantal")])
    assert "Groep G99 vertrekt, maar is op die dag nog niet gekomen" in result["fouten"][0]["melding"]
    early = ask([*came, _line("2026-07-20", "vertrek", 5, group="G25")])[1]
    assert _faults(early) == [(32, "aantal")]


def test_a_group_may_have_been_there_from_the_start(ask: Ask) -> None:
    code, result, _ = ask([START, *FIVE_A_DAY, _line("2026-07-20", "vertrek", 5, group="G99")])
    assert code == 0
    assert any("nergens in de boekingen aan: rij 33." in remark for remark in result["opmerkingen"])


def test_no_more_of_a_group_leave_than_came(ask: Ask) -> None:
    group = [_line("2026-07-05", "plaatsing", 10, group="G1"), _line("2026-07-09", "vertrek", 4, group="G1")]
    more = _line("2026-07-12", "vertrek", 10, group="G1")
    code, result, _ = ask([*FIVE_A_DAY, *group, more])
    assert (code, _faults(result)) == (1, [(34, "aantal")])
    assert "vertrekken er 10, maar er zijn er 6" in result["fouten"][0]["melding"]


def test_a_move_and_a_bus_that_is_expected_are_no_mistakes(ask: Ask) -> None:
    lines = [
        _line("2026-07-05", "plaatsing", 10, group="G1", place="L1"),
        _line("2026-07-09", "vertrek", 10, group="G1", place="L1"),
        _line("2026-07-09", "plaatsing", 10, group="G1", place="L2"),
        _line("2026-07-19", "vertrek", 10, group="G1", place="L2"),
        _line("2026-08-02", "reservering", 40, group="bus 1"),
        _line("2026-08-20", "vertrek", 40, group="bus 1"),
    ]
    code, result, _ = ask(
        [*FIVE_A_DAY, *lines], "--vanaf", "2026-07-31", blocks=f"{PLACES}L2;10;2026-07-01\n"
    )
    assert code == 0
    assert all("geschiedenis te kort" in remark for remark in result["opmerkingen"])


def test_an_unreadable_row_makes_no_other_row_wrong(ask: Ask) -> None:
    lines = [_line("2026-07-01", "beginstand", "vijftig"), _line("2026-07-05", "vertrek", 20)]
    assert _faults(ask(lines)[1]) == [(2, "aantal")]


def test_an_own_inflow_is_no_other_scenario_and_is_shown(ask: Ask) -> None:
    code, _, told = ask(FIVE_A_DAY, "--instroom", "3", "--scenario", "hoog")
    assert code == 2 and "Kies --scenario of --instroom" in told
    own = ask(FIVE_A_DAY, "--instroom", "3")[1]["uitgangspunt"]
    assert (own["scenario"], own["factor"], own["eigen_instroom_per_dag"]) == ("eigen", 1.0, 3.0)
    usual = ask(FIVE_A_DAY, "--scenario", "hoog")[1]["uitgangspunt"]
    assert (usual["scenario"], usual["factor"], usual["eigen_instroom_per_dag"]) == ("hoog", 1.6, None)


def test_people_read_their_own_inflow(ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from regietafel.host.cli import main

    ask(FIVE_A_DAY)
    files = [f"--{name}={tmp_path / name}.csv" for name in ("boekingen", "blokken")]
    main(["opvang", "vooruitblik", *files, "--instroom", "3"])
    assert "scenario eigen (3 mensen per dag)" in capsys.readouterr().out


@pytest.mark.parametrize("day", ["9999-12-31", "31-12-9999"])
def test_a_day_that_is_too_late_is_a_day(ask: Ask, day: str) -> None:
    told = ask([*FIVE_A_DAY, _line(day, "plaatsing", 1)])[1]["fouten"][0]["melding"]
    assert "geen datum" not in told and "1990 tot en met 2100" in told


@pytest.mark.parametrize("day", ["1-8-2026", "2026-08-01"])
def test_the_first_day_is_written_as_people_do(ask: Ask, day: str) -> None:
    assert ask(FIVE_A_DAY, "--vanaf", day)[1]["dagen"][0]["dag"] == "2026-08-01"


def test_codes_that_are_numbers_are_the_same_in_a_workbook(call: Call, tmp_path: Path) -> None:
    book = Workbook()
    for row in (("dag", "soort", "aantal", "groep", "locatie"), ("2026-07-01", "plaatsing", 5, 12, 7)):
        book.active.append(row)
    book.save(tmp_path / "boekingen.xlsx")
    blocks = tmp_path / "blokken.csv"
    blocks.write_text("locatie;plaatsen;van\n7;20;2026-07-01\n", encoding="utf-8")
    words = ["--boekingen", str(tmp_path / "boekingen.xlsx"), "--blokken", str(blocks)]
    code, result, _ = call("opvang", "vooruitblik", *words)
    assert code == 0
    assert not any("bestand met blokken" in remark for remark in result["opmerkingen"])


def test_a_code_or_location_in_capitals_is_the_same(ask: Ask) -> None:
    lines = [
        *FIVE_A_DAY,
        _line("2026-08-02", "reservering", 40, group="bus 1"),
        _line("2026-07-30", "plaatsing", 40, group="BUS 1"),
        _line("2026-07-30", "plaatsing", 6, place="gastgezinnen"),
    ]
    blocks = "locatie;plaatsen;van;opvang\nL1;300;2026-07-01;\nGastgezinnen;8;2026-07-01;particulier\n"
    code, result, _ = ask(lines, blocks=blocks)
    assert (code, result["uitgangspunt"]["verwachte_komst"]) == (0, 0), "the bus has come"
    assert (result["uitgangspunt"]["aanwezig"], result["uitgangspunt"]["particulier"]) == (190, 6)
