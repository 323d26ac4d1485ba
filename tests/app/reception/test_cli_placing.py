"""`opvang voorstel`: what it says, and what it refuses, by name."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.app.reception.conftest import GROUPS, KM, LOCATIONS

SOURCES = Path(__file__).resolve().parents[3] / "src"
Propose = Callable[..., tuple[int, Any, str]]


def test_a_proposal_with_its_bound_and_its_reasons(propose: Propose) -> None:
    code, found, _ = propose()
    assert code == 0
    assert (found["geplaatst"], found["niet_geplaatst"], found["bewezen_optimaal"]) == (10, 2, True)
    assert found["ondergrens"] == found["doelwaarde"]
    assert found["kloof_pct"] == 0
    assert {row["groep"]: row["locatie"] for row in found["regels"]} == {
        "G1": "L1", "G2": "L1", "G3": "L3", "G4": "L2",
    }  # fmt: skip
    assert "samen in Hengelo met G2" in found["regels"][0]["reden"]
    assert found["niet_geplaatst_waarom"][0]["groep"] == "G5"
    assert found["niet_geplaatst_waarom"][0]["geblokkeerd"] == {"zorg": 3}


def test_the_price_of_another_line_and_why_not(propose: Propose) -> None:
    _, found, _ = propose("--zet", "G2=L3", "--waarom", "G5")
    assert found["anders"]["kan"] is False
    assert found["anders"]["uitleg"] == "Kan niet: toegankelijk: 0 plaatsen, 2 nodig."
    assert {row["locatie"]: row["regels"] for row in found["waarom"]} == {
        "L1": ["zorg"], "L2": ["zorg"], "L3": ["zorg"],
    }  # fmt: skip


def test_the_smallest_enlargement(propose: Propose) -> None:
    _, found, _ = propose()
    assert found["uitbreiding"]["locatie"] == "L2"
    assert (found["uitbreiding"]["plaatsen"], found["uitbreiding"]["waarvan"]) == (1, {"zorg": 1})


def test_without_kilometres_another_municipality_counts_as_one(propose: Propose) -> None:
    code, found, _ = propose("--afstanden", "geen", km=None)
    assert code == 0
    assert found["doelen"]["personenkilometer"] is None, "no kilometres were given, so none are said"
    assert found["afstanden"] == {"herkomst": None, "onbekend": []}
    assert "km van" not in json.dumps(found)


def test_the_kilometres_that_ship_are_used_when_every_municipality_is_known(propose: Propose) -> None:
    """“Hengelo” is Hengelo (O.): there is no other municipality of that name."""
    code, found, _ = propose(km=None)
    assert code == 0
    assert found["afstanden"] == {"herkomst": "meegeleverd", "onbekend": []}
    reasons = {row["groep"]: row["reden"] for row in found["regels"]}
    assert reasons["G3"].startswith("12 km van Almelo (werk)")
    assert reasons["G2"].startswith("12 km van Enschede (eerdere plek)")
    assert found["doelen"]["personenkilometer"] == 2 * 12 + 12 + 3 * 18
    assert propose()[1]["afstanden"] == {"herkomst": "bestand", "onbekend": []}


@pytest.mark.parametrize(("name", "why"), [("Esrade", "fictional"), ("Bergen", "two have this name")])
def test_one_unknown_municipality_and_no_kilometres_are_used(propose: Propose, name: str, why: str) -> None:
    code, found, _ = propose(km=None, locations=LOCATIONS.replace("L3;Borne", f"L3;{name}"))
    assert code == 0
    assert found["afstanden"] == {"herkomst": None, "onbekend": [name]}, why
    assert found["doelen"]["personenkilometer"] is None
    assert "km van" not in json.dumps(found)


def test_the_kilometres_that_ship_reach_the_groups_of_later(propose: Propose, tmp_path: Path) -> None:
    later = tmp_path / "straks.csv"
    later.write_text("groep;personen;werk\nZ;2;Groningen\n", encoding="utf-8")
    code, found, _ = propose("--straks", str(later), "--straks-personen", "2", km=None)
    assert (code, found["afstanden"]["herkomst"]) == (0, "meegeleverd")


def test_the_answer_says_what_the_kilometres_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], propose: Propose
) -> None:
    from regietafel.host.cli import main

    propose()
    words = ["opvang", "voorstel", "--groepen", str(tmp_path / "groepen.csv")]
    main([*words, "--locaties", str(tmp_path / "locaties.csv")])
    said = capsys.readouterr().out
    assert "hemelsbreed tussen hoofdplaatsen, maal 1,3; geen reistijd" in said
    assert "GeoNames (CC BY 4.0)" in said


def test_what_nobody_counted_is_unknown_and_not_too_few(propose: Propose) -> None:
    """L1 and L2 have an empty cell for care places, L3 has 0."""
    _, found, _ = propose("--waarom", "G5")
    assert found["niet_geplaatst_waarom"][0]["reden"] == (
        "past in geen van de 3 locaties: te weinig zorgplaatsen bij L3; onbekend hoeveel zorgplaatsen bij "
        "L1, L2"
    )
    assert [row["uitleg"] for row in found["waarom"]] == [
        ["zorg: onbekend hoeveel plaatsen, 1 nodig"],
        ["zorg: onbekend hoeveel plaatsen, 1 nodig"],
        ["zorg: 0 plaatsen, 1 nodig"],
    ]


def test_days(propose: Propose) -> None:
    locations = "locatie;gemeente;plaatsen;dag\n" + "".join(
        f"L1;Borne;{places};2026-12-0{day}\n" for day, places in ((1, 2), (2, 0), (3, 2))
    )
    groups = "groep;personen;van;tot\nA;2;2026-12-01;2026-12-02\nB;2;2026-12-01;2026-12-03\nC;2;2026-12-03;\n"
    _, found, _ = propose(groups=groups, locations=locations, km=None)
    assert {row["groep"] for row in found["regels"]} == {"A", "C"}


def test_room_is_kept_for_later(propose: Propose, tmp_path: Path) -> None:
    locations = "locatie;gemeente;plaatsen;toegankelijk\nL1;Almelo;2;2\nL2;Enschede;2;0\n"
    groups = "groep;personen;werk\nA;2;Almelo\n"
    later = tmp_path / "straks.csv"
    later.write_text("groep;personen;toegankelijk\nZ;2;ja\n", encoding="utf-8")
    _, now, _ = propose(groups=groups, locations=locations)
    assert (now["regels"][0]["locatie"], now["straks"]) == ("L1", None)
    _, kept, _ = propose("--straks", str(later), "--straks-personen", "2", groups=groups, locations=locations)
    assert kept["regels"][0]["locatie"] == "L2"
    assert kept["straks"] == {"verwacht": 4.0, "vindt_plek": 2.0, "zonder_speling": 0.0}


@pytest.mark.parametrize(
    "column", ["nationaliteit", "Herkomst", "religie", "geslacht", "kans_op_werk", "naam"]
)
def test_columns_by_which_nobody_is_placed_are_refused(propose: Propose, column: str) -> None:
    code, found, told = propose(groups=f"groep;personen;{column}\nA;1;x\n")
    assert code == 1
    assert found["fouten"][0]["kolom"] == column.lower()
    assert "nooit geplaatst" in told


def test_an_unknown_column_is_refused_by_name(propose: Propose) -> None:
    code, found, told = propose(groups="groep;personen;kleur\nA;1;rood\n")
    assert (code, found["fouten"][0]["kolom"]) == (1, "kleur")
    assert "onbekende kolom" in told


def test_every_mistake_is_named_at_once(propose: Propose) -> None:
    groups = (
        "groep;personen;nodig;urgentie;uiterlijk;van\n"
        "A;nul;;;;\nA;2;zwembad;99;31-11-2026;\n;3;;;;2026-12-01\nB;1;;;;;x\n"
    )
    code, found, _ = propose(groups=groups, locations=LOCATIONS.replace("L3;Borne", "L1;"))
    assert code == 1
    places = {(row["bestand"], row["rij"], row["kolom"]) for row in found["fouten"]}
    assert {
        ("groepen.csv", 2, "personen"), ("groepen.csv", 3, "groep"), ("groepen.csv", 3, "nodig"),
        ("groepen.csv", 3, "urgentie"), ("groepen.csv", 3, "uiterlijk"), ("groepen.csv", 4, "groep"),
        ("groepen.csv", 5, None), ("locaties.csv", 4, "locatie"),
        ("locaties.csv", 4, "gemeente"),
    } <= places  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        b"", b"groep;personen\n", b"\xff\xfe\x00g", b"PK\x03\x04\0\0", b"groep;personen\nA;1e9\n",
        b"groep;personen\nA;-3\n", "groep;personen\nA;٣\n".encode(),
        b"groep;personen\n" + b"A" * 500 + b";1\n",
        b"groep;personen\nA;99999999999999999999\n", b'groep;personen\n"A;1\n' + b"x" * 200_000,
        b"groep;groep;personen\nA;B;1\n", b"groep;\nA;1\n", b"groep;personen;toegankelijk\nA;2;3\n",
    ],
)  # fmt: skip
def test_hostile_files_are_refused_with_words(propose: Propose, text: bytes) -> None:
    code, found, told = propose(groups=text)
    assert code == 1
    assert found["fouten"][0]["bestand"] == "groepen.csv"
    assert "Traceback" not in told


def test_a_missing_distance_is_named(propose: Propose) -> None:
    code, _, told = propose(km=KM.replace("Borne;Almelo;10\n", ""))
    assert code == 1
    assert "Almelo naar Borne ontbreekt" in told


def test_shares_that_differ_within_a_municipality_are_refused(propose: Propose) -> None:
    code, found, _ = propose(locations=f"{LOCATIONS}L4;Borne;azc;3;;;;;7\n")
    assert (code, found["fouten"][0]["kolom"]) == (1, "achterstand")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--zet", "G1"), "GROEP=LOCATIE"),
        (("--seconden", "0"), "seconden"),
        (("--seconden", "nan"), "seconden"),
        (("--zaad", "-1"), "heel getal"),
    ],
)
def test_wrong_usage(propose: Propose, words: tuple[str, ...], part: str) -> None:
    code, _, told = propose(*words)
    assert code == 2
    assert part in told


@pytest.mark.parametrize("words", [("--zet", "G9=L1"), ("--zet", "G1=L9"), ("--waarom", "G9")])
def test_codes_that_are_not_there(propose: Propose, words: tuple[str, ...]) -> None:
    code, _, told = propose(*words)
    assert code == 1
    assert f"Bij {words[0]}" in told


def test_only_the_answer_is_on_the_output(tmp_path: Path) -> None:
    """The solver sometimes prints by itself; a program that reads our JSON must not see that."""
    script = (
        "import ctypes, sys\n"
        "from regietafel.reception.cli.silence import quiet\n"
        "with quiet():\n"
        "    ctypes.CDLL(None).printf(b'noise')\n"
        "sys.stdout.write('{}')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
    )
    assert json.loads(done.stdout) == {}


def test_a_workbook_is_read_as_a_csv_is(tmp_path: Path, call: Callable[..., Any]) -> None:
    for name, text in (("groepen", GROUPS), ("locaties", LOCATIONS)):
        book = Workbook()
        for line in text.splitlines():
            book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split(";")])
        book.save(tmp_path / f"{name}.xlsx")
    words = [f"--{name}={tmp_path / name}.xlsx" for name in ("groepen", "locaties")]
    code, found, _ = call("opvang", "voorstel", *words)
    assert (code, found["geplaatst"] + found["niet_geplaatst"]) == (0, 12)


def test_places_for_a_target_group_are_kept_for_it(propose: Propose) -> None:
    locations = "locatie;gemeente;plaatsen;doelgroep\nJEUGD;Borne;9;amv\n"
    groups = "groep;personen;nodig\nA;2;\nM;1;amv\n"
    code, found, _ = propose("--waarom", "A", groups=groups, locations=locations, km=None)
    assert (code, [row["groep"] for row in found["regels"]]) == (0, ["M"])
    assert found["waarom"][0]["regels"] == ["doelgroep"]


def test_the_regular_variant_leaves_ties_aside(propose: Propose) -> None:
    found = propose("--variant", "regulier")[1]
    assert found["doelen"]["gekoppeld"] == 0
    assert found["doelen"]["personenkilometer"] == 0
    assert propose()[1]["doelen"]["gekoppeld"] == 1


@pytest.mark.parametrize(
    "code", ["Jan Jansen", "jansen", "Ali", "123456782", "1234.56.782", "fam. Smit", "3-4-1987"]
)
@pytest.mark.parametrize("column", ["groep", "koppeling"])
def test_a_group_has_a_code_and_no_name_or_number_of_a_person(
    propose: Propose, column: str, code: str
) -> None:
    row = {"groep": "A", "koppeling": "K1"} | {column: code}
    groups = f"groep;personen;koppeling\n{row['groep']};2;{row['koppeling']}\n"
    result, found, told = propose(groups=groups)
    assert result == 1
    assert [(one["rij"], one["kolom"]) for one in found["fouten"]] == [(2, column)]
    assert "Geef haar een eigen code" in told
    assert code not in told, "what may tell who somebody is, is not said again"


@pytest.mark.parametrize("code", ["A", "G1", "gezin 3", "bus-4/2", "BUS 4", "AZC-12", "2026-0041", "Groep 7"])
def test_plain_marks_are_codes(propose: Propose, code: str) -> None:
    result, found, _ = propose(groups=f"groep;personen;koppeling\n{code};2;{code}\n", km=None)
    assert (result, found["regels"][0]["groep"]) == (0, code)


def test_the_groups_of_later_have_codes_as_well(propose: Propose, tmp_path: Path) -> None:
    later = tmp_path / "straks.csv"
    later.write_text("groep;personen\nJan Jansen;2\n", encoding="utf-8")
    code, found, _ = propose("--straks", str(later), "--straks-personen", "2")
    assert (code, found["fouten"][0]["bestand"], found["fouten"][0]["rij"]) == (1, "straks.csv", 2)


@pytest.mark.parametrize("day", ["31-12-2026", "1-11-2026", "1/11/2026", "2026-12-31"])
def test_days_are_read_as_people_write_them(propose: Propose, day: str) -> None:
    code, found, _ = propose(groups=f"groep;personen;uiterlijk\nA;2;{day}\n")
    assert (code, found["geplaatst"]) == (0, 2)


def test_room_for_later_asks_for_groups_and_for_how_many(propose: Propose, tmp_path: Path) -> None:
    later = tmp_path / "straks.csv"
    later.write_text("groep;personen\nZ;2\n", encoding="utf-8")
    code, _, told = propose("--straks", str(later))
    assert code == 2 and "Zet --straks-personen erbij" in told
    code, _, told = propose("--straks-personen", "20")
    assert code == 2 and "Zet --straks erbij" in told
    assert propose("--straks", str(later), "--straks-personen", "0")[0] == 0, "nobody comes: that is known"


def test_days_of_earlier_groups_do_not_matter_for_later(propose: Propose, tmp_path: Path) -> None:
    later = tmp_path / "straks.csv"
    later.write_text("groep;personen;van;tot\nZ;2;2025-01-01;2025-02-01\n", encoding="utf-8")
    assert propose("--straks", str(later), "--straks-personen", "2")[0] == 0


def test_a_missing_day_is_named_once_with_its_row_and_what_to_do(propose: Propose) -> None:
    locations = "locatie;gemeente;plaatsen;dag\nL1;Borne;2;2026-12-01\nL1;Borne;2;2026-12-04\n"
    groups = "groep;personen;van\nA;2;2026-12-01\n"
    code, found, told = propose(groups=groups, locations=locations, km=None)
    assert code == 1
    assert [(one["bestand"], one["rij"], one["kolom"]) for one in found["fouten"]] == [
        ("locaties.csv", 3, "dag")
    ]
    assert "tussen 2026-12-01 en 2026-12-04 ontbreken 2 dagen. Geef elke locatie een rij" in told


def test_a_first_night_means_nothing_when_the_locations_have_no_days(propose: Propose) -> None:
    _, found, _ = propose(groups="groep;personen;van\nA;2;2026-12-01\n")
    assert [(one["bestand"], one["rij"], one["kolom"]) for one in found["fouten"]] == [
        ("groepen.csv", 2, "van")
    ]


def test_a_location_that_misses_a_day_is_named_with_its_row(propose: Propose) -> None:
    locations = (
        "locatie;gemeente;plaatsen;dag\nL1;Borne;2;1-12-2026\nL1;Borne;2;2-12-2026\nL2;Borne;2;2-12-2026\n"
    )
    _, found, _ = propose(groups="groep;personen\nA;2\n", locations=locations, km=None)
    assert [(one["rij"], one["kolom"]) for one in found["fouten"]] == [(4, "dag")]
    assert "L2 mist 2026-12-01" in found["fouten"][0]["melding"]


def test_no_more_places_of_a_type_than_places(propose: Propose) -> None:
    locations = "locatie;gemeente;plaatsen;toegankelijk;zorg\nL1;Borne;10;50;10\nL2;Borne;10;0;11\n"
    code, found, _ = propose(groups="groep;personen\nA;2\n", locations=locations, km=None)
    assert code == 1
    assert [(one["rij"], one["kolom"]) for one in found["fouten"]] == [(2, "toegankelijk"), (3, "zorg")]
    assert "Zet hier hoogstens 10" in found["fouten"][0]["melding"]


def test_a_number_that_is_too_large_is_not_called_no_number(propose: Propose) -> None:
    _, found, _ = propose(groups="groep;personen\nA;99999999999999999999\n")
    assert "ligt niet tussen 1 en 10000" in found["fouten"][0]["melding"]
