"""`regietafel opvang verdeel`: the answer for machines and for people, and errors that say where they are."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from regietafel.host.cli import main

Call = Callable[..., tuple[int, Any, str]]
ROWS = [("Almelo", 72_300), ("Borne", 22_113), ("Dinkelland", 25_947), ("Hof van Twente", 33_425)]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return _csv(tmp_path, "gemeente;inwoners", *(f"{name};{people}" for name, people in ROWS))


def _csv(folder: Path, *lines: str) -> Path:
    path = folder / "sleutel.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _divide(call: Call, path: Path, *words: str, total: str = "100") -> tuple[int, Any, str]:
    return call("opvang", "verdeel", "--totaal", total, "--sleutel", str(path), *words)


def _places(result: Any) -> dict[str, int]:
    return {row["gemeente"]: row["plaatsen"] for row in result["verdeling"]}


def test_the_answer_holds_everything_a_number_needs(call: Call, key: Path) -> None:
    code, result, _said = _divide(call, key, "--bron", "CBS", "--peildatum", "2016-01-01")
    assert code == 0
    assert (result["methode"], result["totaal"], result["toegewezen"]) == ("sainte-lague", 100, 100)
    assert result["verdeling"][0] == {
        "gemeente": "Almelo",
        "gewicht": 72_300,
        "quotum": 47.013688,
        "plaatsen": 47,
        "grens": None,
        "andere_methoden": {"hamilton": 47, "dhondt": 47, "afronden": 47},
    }
    assert result["sleutel"] == {
        "kolom": "inwoners",
        "eenheid": "inwoners",
        "bron": "CBS",
        "peildatum": "2016-01-01",
        "noemer": 153_785,
    }
    assert result["waarschuwingen"] == []


def test_a_key_without_source_or_day_says_so(call: Call, key: Path) -> None:
    _code, result, _said = _divide(call, key)
    assert (result["sleutel"]["bron"], result["sleutel"]["peildatum"]) == (None, None)
    assert [one["soort"] for one in result["bevindingen"]] == ["sleutel", "sleutel"]


@pytest.mark.parametrize("method", ["sainte-lague", "hamilton", "dhondt", "afronden"])
def test_every_method_stands_beside_the_others(call: Call, key: Path, method: str) -> None:
    _code, result, _said = _divide(call, key, "--methode", method)
    beside = result["verdeling"][0]["andere_methoden"]
    assert method not in beside and len(beside) == 3


def test_rounding_says_that_its_sum_is_off(call: Call, tmp_path: Path) -> None:
    path = _csv(tmp_path, "gemeente;inwoners", "Borne;1", "Losser;1", "Wierden;1")
    code, result, _said = _divide(call, path, "--methode", "afronden", total="10")
    assert (code, result["toegewezen"]) == (0, 9)
    assert any("samen 9 plaatsen: 1 minder dan het totaal van 10" in one for one in result["waarschuwingen"])


def test_people_see_a_table_with_sums_and_the_key(key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--bron", "CBS", "--peildatum", "2016-01-01", "--zonder", "Borne"]
    assert main(["opvang", "verdeel", "--totaal", "2.000", "--sleutel", str(key), *words]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "Gemeente",
        "Inwoners",
        "Aandeel",
        "Plaatsen",
        "Hamilton",
        "D’Hondt",
        "afronden",
    ]
    assert lines[1].split() == ["Almelo", "72.300", "1.098,18", "1.098", "1.098", "1.098", "1.098"]
    assert lines[4].split() == ["Samen", "131.672", "2.000,00", "2.000", "2.000", "2.000", "2.000"]
    assert lines[6].startswith(
        "Methode: Sainte-Laguë. Bij een gelijke stand gaat de gemeente met het hoogste"
    )
    assert lines[7] == "Sleutel: inwoners, samen 131.672 inwoners; peildatum vr 1 januari 2016; bron CBS."
    assert lines[8] == "Doen niet mee: Borne."


def test_minimum_capacity_and_places_that_exist(call: Call, tmp_path: Path) -> None:
    path = _csv(tmp_path, "gemeente;inwoners;er;ruimte", "Almelo;50;60;", "Borne;30;0;20", "Losser;20;2;")
    _code, result, _said = _divide(call, path, "--duurzaam", "er", "--capaciteit", "ruimte", "--minimum", "5")
    assert _places(result) == {"Almelo": 60, "Borne": 20, "Losser": 20}
    first, second, third = result["verdeling"]
    assert (first["duurzaam"], first["nog_te_realiseren"], first["grens"]) == (60, 0, "minimum")
    assert (second["capaciteit"], second["nog_te_realiseren"], second["grens"]) == (20, 20, "maximum")
    assert (third["capaciteit"], third["nog_te_realiseren"]) == (None, 18)


def test_target_and_realised_are_told_apart(call: Call, tmp_path: Path) -> None:
    path = _csv(tmp_path, "gemeente;inwoners;er", "Almelo;50;40", "Borne;30;onbekend", "Losser;20;20")
    _code, result, _said = _divide(call, path, "--gerealiseerd", "er")
    told = [
        (row["gerealiseerd"], row["verschil"], row["gerealiseerd_pct"], row["rang"])
        for row in result["verdeling"]
    ]
    assert told == [(40, -10, 80.0, [2, 2]), (None, None, None, None), (20, 0, 100.0, [1, 1])]


def test_the_law_by_its_formula_with_provinces_and_minors(call: Call, tmp_path: Path) -> None:
    path = _csv(
        tmp_path,
        "Gemeente;Provincie;Inwoners;SES-WOA;duurzaam",
        "A;Overijssel;100.000;0,2;500",
        "B;Overijssel;50.000;0;0",
        "C;Gelderland;50.000;−0,2;10",
    )
    words = ("--methode", "spreidingswet", "--amv", "85", "--duurzaam", "duurzaam")
    code, result, _said = _divide(call, path, *words, total="1000")
    assert (code, result["toegewezen"]) == (0, 999)
    assert _places(result) == {"A": 571, "B": 238, "C": 190}
    assert [row["waarvan_amv"] for row in result["verdeling"]] == [49, 20, 16]
    assert [
        (one["provincie"], one["plaatsen"], one["nog_te_realiseren"]) for one in result["provincies"]
    ] == [
        ("Gelderland", 190, 180),
        ("Overijssel", 809, 309),
    ]
    assert any("som van haar gemeenten" in one for one in result["waarschuwingen"])
    _code, weighed, _said = _divide(call, path, "--kolom", "spreidingswet", total="1000")
    assert _places(weighed) == {"A": 572, "B": 238, "C": 190}


def test_agreed_percentages(call: Call, tmp_path: Path) -> None:
    path = _csv(tmp_path, "gemeente;deel", "Almelo;60%", "Borne;40 %")
    _code, result, _said = _divide(call, path, "--kolom", "deel", "--percentages", total="5")
    assert _places(result) == {"Almelo": 3, "Borne": 2}
    short = _csv(tmp_path, "gemeente;deel", "Almelo;60", "Borne;30")
    code, result, _said = _divide(call, short, "--kolom", "deel", "--percentages")
    assert code == 1 and "samen 90 %: 10 te weinig" in result["fouten"][0]["melding"]


def test_every_row_that_is_wrong_is_named_with_its_column(call: Call, tmp_path: Path) -> None:
    path = _csv(
        tmp_path,
        "gemeente;inwoners;er",
        "Almelo;veel;1",
        "Borne;;1",
        "Losser;−5;1,5",
        "almelo;7;1",
        ";7;1",
        "Wierden;7,5;1",
        "Totaal;900;1",
        "Goor;12;",
    )
    code, result, _said = _divide(call, path, "--duurzaam", "er")
    assert code == 1
    assert [(one["rij"], one["kolom"]) for one in result["fouten"]] == [
        (2, "inwoners"),
        (3, "inwoners"),
        (4, "inwoners"),
        (4, "er"),
        (5, "gemeente"),
        (6, "gemeente"),
        (7, "inwoners"),
        (8, "gemeente"),
        (9, "er"),
    ]
    told = " ".join(one["melding"] for one in result["fouten"])
    assert "“veel” is geen getal" in told and "Van Borne is dit niet bekend, en dat telt niet als 0" in told
    assert "lijkt een optelling" in told and "ook op rij 2" in told


def test_days_that_differ_cannot_be_compared(call: Call, tmp_path: Path) -> None:
    path = _csv(
        tmp_path, "gemeente;inwoners;peildatum;bron", "Almelo;50;2024-01-01;CBS", "Borne;30;2016-01-01;CBS"
    )
    code, result, _said = _divide(call, path)
    assert (code, result["fouten"][0]["rij"], result["fouten"][0]["kolom"]) == (1, 3, "peildatum")
    code, result, _said = _divide(call, path, "--zonder", "Borne")
    assert (code, result["sleutel"]["bron"], result["sleutel"]["peildatum"]) == (0, "CBS", "2024-01-01")
    assert result["niet_mee"] == ["Borne"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--minimum", "30"], "De minimums zijn samen 120 plaatsen"),
        (["--kolom", "woningen"], "er is geen kolom “woningen”. Wel: gemeente, inwoners."),
        (["--zonder", "Hengelo"], "deze gemeenten staan er niet in: Hengelo."),
        (["--zonder", "Almelo,Borne,Dinkelland,hof van  twente"], "er zijn er geen"),
    ],
)
def test_what_cannot_be_done_says_why(call: Call, key: Path, words: list[str], said: str) -> None:
    code, result, _said = _divide(call, key, *words)
    assert code == 1 and said in result["fouten"][0]["melding"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--totaal", "1e5"], "geen heel aantal plaatsen"),
        (["--totaal", "-1"], "geen heel aantal plaatsen"),
        (["--totaal", "10000001"], "geen heel aantal plaatsen"),
        (["--methode", "loten"], "onbekende keuze"),
        (["--methode", "spreidingswet", "--minimum", "5"], "kent geen minimum"),
        (["--methode", "spreidingswet", "--percentages"], "niet met --percentages"),
        (["--amv", "5"], "hoort --methode spreidingswet"),
        (["--methode", "spreidingswet", "--amv", "500"], "kunnen niet meer zijn"),
        (["--peildatum", "1-13-2016"], "geen datum zoals"),
        (["--uit", "x.pdf"], "eindigt niet op .xlsx of .csv"),
    ],
)
def test_wrong_usage(call: Call, key: Path, words: list[str], said: str) -> None:
    code, result, _said = _divide(call, key, *words)
    assert code == 2 and said in result["fouten"][0]["melding"]


def test_the_table_goes_to_a_file(call: Call, key: Path, tmp_path: Path) -> None:
    for name in ("uit.xlsx", "uit.csv"):
        code, result, _said = _divide(call, key, "--methode", "hamilton", "--uit", str(tmp_path / name))
        assert (code, result["bestand"]) == (0, str(tmp_path / name))
    sheet, notes = load_workbook(tmp_path / "uit.xlsx").worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Gemeente", "Inwoners", "Aandeel", "Plaatsen", "Sainte-Laguë", "D’Hondt", "afronden")
    assert rows[1][:2] == ("Almelo", 72_300) and rows[1][3] == 47
    assert "samen 153.785 inwoners" in "".join(str(cell.value) for row in notes for cell in row)
    written = (tmp_path / "uit.csv").read_text(encoding="utf-8-sig").splitlines()
    assert written[1].startswith('"Almelo";"72300";"47,013688";"47"')


def test_the_key_is_never_written_over(call: Call, key: Path) -> None:
    before = key.read_bytes()
    code, result, _said = _divide(call, key, "--uit", str(key))
    assert code == 2 and "zou worden overschreven" in result["fouten"][0]["melding"]
    assert key.read_bytes() == before


def test_a_name_that_is_a_formula_stays_text(call: Call, tmp_path: Path) -> None:
    path = _csv(tmp_path, "gemeente;inwoners", '"=HYPERLINK(""http://x"")";5', "Borne;5")
    for name in ("uit.csv", "uit.xlsx"):
        assert _divide(call, path, "--uit", str(tmp_path / name))[0] == 0
    assert '\n"=' not in (tmp_path / "uit.csv").read_text(encoding="utf-8-sig")
    cell = load_workbook(tmp_path / "uit.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_files_as_spreadsheets_write_them(call: Call, tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "sleutel.csv"
    lines = [["Súdwest-Fryslân", "90.000"], ["Borne", "10.000"]]
    text = "\r\n".join(separator.join(cells) for cells in [["Gemeente", " Inwoners "], *lines])
    path.write_bytes(text.encode(encoding))
    assert _places(_divide(call, path)[1]) == {"Súdwest-Fryslân": 90, "Borne": 10}


def test_titles_above_the_table_and_empty_rows_do_not_matter(call: Call, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Regio Twente"], [], ["Gemeente", "Inwoners", None], ["Almelo", 75.0], [], ["Borne", "x"]):
        sheet.append(row)
    path = tmp_path / "sleutel.xlsx"
    book.save(path)
    code, result, _said = _divide(call, path)
    assert (code, [(one["rij"], one["kolom"]) for one in result["fouten"]]) == (1, [(6, "Inwoners".lower())])
    assert _places(_divide(call, path, "--zonder", "Borne")[1]) == {"Almelo": 100}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["1.234", "2.000"], [1234, 2000]),
        (["0.125", "1.234"], [0.125, 1.234]),
        (["12.5", "1.234"], [12.5, 1.234]),
        (["0,25", "1.234,5"], [0.25, 1234.5]),
        (["1 234", "2000"], [1234, 2000]),
    ],
)
def test_points_and_commas(call: Call, tmp_path: Path, written: list[str], read: list[float]) -> None:
    path = _csv(tmp_path, "gemeente;maat", f"Almelo;{written[0]}", f"Borne;{written[1]}")
    _code, result, _said = _divide(call, path, "--kolom", "maat")
    assert [row["gewicht"] for row in result["verdeling"]] == read


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n\n",
        b"\0\0\0\0",
        b"%PDF-1.7\n",
        b"<html><table></table></html>",
        b'{"gemeente": 1}',
        b"PK\x03\x04 no zip at all",
        b"naam_zonder_kop\nAlmelo\n",
        b"gemeente;gemeente;inwoners\na;b;1\n",
        b'gemeente;inwoners\n"Almelo;5\n',
        b"gemeente;inwoners\n",
        b"gemeente;inwoners\nAlmelo;" + b"9" * 5_000 + b"\n",
        b"gemeente;inwoners\nAlmelo;nan\nBorne;inf\n",
        b"gemeente;inwoners\nAlmelo;1/3\n",
        b"gemeente" + b";x" * 500 + b"\nAlmelo\n",
        "gemeente;inwoners\nAlmelo;٣٤\n".encode(),
        b"gemeente;inwoners\n" + b"A" * 200 + b";5\n",
        b"gemeente;inwoners\nAlmelo;0\nBorne;0\n",
    ],
)
def test_what_is_no_table_is_refused_in_dutch(call: Call, tmp_path: Path, content: bytes) -> None:
    for name in ("sleutel.csv", "sleutel.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        code, result, said = _divide(call, path)
        assert code == 1 and result["fouten"] and "Traceback" not in said
        assert re.search(r"[a-z]{3}.*\.$", result["fouten"][0]["melding"])


def test_a_workbook_that_would_burst_is_refused(call: Call, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["XFD1048576"] = "gemeente", "inwoners", 1
    far = tmp_path / "ver.xlsx"
    book.save(far)
    assert "lezen wij niet" in _divide(call, far)[1]["fouten"][0]["melding"]
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    (tmp_path / "groot.xlsx").write_bytes(large.getvalue())
    assert "te groot" in _divide(call, tmp_path / "groot.xlsx")[1]["fouten"][0]["melding"]
    (tmp_path / "map.xlsx").mkdir()
    assert "dit is een map" in _divide(call, tmp_path / "map.xlsx")[1]["fouten"][0]["melding"]
    assert "is er niet" in _divide(call, tmp_path / "nergens.csv")[1]["fouten"][0]["melding"]


def test_one_long_text_in_many_cells_is_refused(call: Call, tmp_path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 7_000))
    path = tmp_path / "lang.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'x' * 32_000}</t></si></sst>")
        packed.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{cells}</sheetData></worksheet>")
    assert "te veel tekst" in _divide(call, path)[1]["fouten"][0]["melding"]


def test_a_number_that_is_too_large_is_said_with_the_limit(call: Call, tmp_path: Path) -> None:
    path = _csv(tmp_path, "gemeente;inwoners", f"Almelo;{'9' * 26}", "Borne;1,1234567890123", "Losser;5")
    code, result, _said = _divide(call, path)
    high, fine = (one["melding"] for one in result["fouten"])
    assert (code, [one["rij"] for one in result["fouten"]]) == (1, [2, 3])
    assert "te groot: wij rekenen tot 15 cijfers" in high and "geen getal" not in high
    assert "hoogstens 12 cijfers achter de komma" in fine


def test_a_number_that_is_too_large_in_a_workbook_is_said(call: Call, tmp_path: Path) -> None:
    book = Workbook()
    for row in (("gemeente", "inwoners"), ("Almelo", 1e26), ("Borne", 5)):
        book.active.append(row)
    book.save(tmp_path / "sleutel.xlsx")
    _code, result, _said = _divide(call, tmp_path / "sleutel.xlsx")
    assert "te groot" in result["fouten"][0]["melding"]


@pytest.mark.parametrize("day", ["1-1-2016", "2016-01-01"])
def test_a_reference_day_as_people_write_it(call: Call, tmp_path: Path, day: str) -> None:
    path = _csv(tmp_path, "gemeente;inwoners;peildatum", f"Almelo;50;{day}", "Borne;30;1-1-2016")
    assert _divide(call, path)[1]["sleutel"]["peildatum"] == "2016-01-01"
    assert _divide(call, path, "--peildatum", day)[1]["sleutel"]["peildatum"] == "2016-01-01"


def test_places_for_minors_are_held_against_their_own_minimum(call: Call, tmp_path: Path) -> None:
    path = _csv(tmp_path, "gemeente;inwoners;ses_woa", "A;100000;0,2", "B;50000;0", "C;50000;-0,2")
    words = ("--methode", "spreidingswet", "--amv", "60")
    _code, result, _said = _divide(call, path, *words, total="1000")
    assert [row["waarvan_amv"] for row in result["verdeling"]] == [34, 14, 11]
    small = [one for one in result["bevindingen"] if one["soort"] == "kleinste voorziening voor amv"]
    assert [one["gemeenten"] for one in small] == [["B", "C"]]
    assert "Minder dan 16 plaatsen voor amv: B, C." in small[0]["melding"]
    _code, enough, _said = _divide(call, path, "--methode", "spreidingswet", "--amv", "85", total="1000")
    assert not any("amv" in one["soort"] for one in enough["bevindingen"]), "49, 20 and 16 will do"
