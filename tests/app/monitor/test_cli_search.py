"""`zoek` on the command line: questions read, filled and refused; files in every form, one answer."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.cli import main
from tests.app.monitor.forms import WRITERS, as_jsonl

KEYS = {"geldig", "uitleg", "canoniek", "boom", "waarschuwingen", "fouten"}
ROWS = [
    {
        "id": "1",
        "titel": "Nieuw azc in Hengelo",
        "tekst": "De raad besluit.",
        "bron": "Tubantia",
        "taal": "nl",
        "soort": "nieuws",
        "datum": "2022-04-07 23:30",
        "plaats": "Hengelo",
        "labels": "raad, opvang",
        "url": "https://www.tubantia.nl/hengelo/azc",
    },
    {
        "id": "2",
        "titel": "",
        "tekst": "Syriërs welkom bij de noodopvang #azc",
        "bron": "x.com",
        "taal": "Nederlands",
        "soort": "tweet",
        "datum": "2022-04-08T10:00:00",
        "plaats": "Borne",
        "labels": "",
        "url": "",
    },
    {
        "id": "3",
        "titel": "Asylum in Borne",
        "tekst": "A new <b>azc</b> &amp; more.",
        "bron": "NL Times",
        "taal": "en",
        "soort": "news",
        "datum": "geen idee",
        "plaats": "",
        "labels": "",
        "url": "https://nltimes.example/1",
    },
]
FORMS = ("csv", "jsonl", "parquet")
Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture(params=[*FORMS, *(f"{name}.gz" for name in FORMS)])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the same three messages in every form."""
    data = WRITERS[request.param.removesuffix(".gz")](ROWS)
    path = tmp_path / f"berichten.{request.param}"
    path.write_bytes(gzip.compress(data) if request.param.endswith(".gz") else data)
    return str(path)


@pytest.fixture
def plain_file(tmp_path: Path) -> str:
    path = tmp_path / "berichten.jsonl"
    path.write_bytes(as_jsonl(ROWS))
    return str(path)


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("azc", ["1", "3"]),
        ("syriers", ["2"]),
        ("b OR amp", []),
        ("#azc", ["2"]),
        ("titel:azc", ["1"]),
        ("azc taal:nl", ["1"]),
        ("(azc OR noodopvang) taal:nl", ["1", "2"]),
        ("bron:tubantia", ["1"]),
        ("soort:nieuws", ["1", "3"]),
        ("soort:sociaal", ["2"]),
        ("plaats:borne", ["2"]),
        ("label:opvang", ["1"]),
        ("domein:tubantia.nl", ["1"]),
        ("url:hengelo", ["1"]),
        ("(azc OR noodopvang) sinds:2022-04-08", ["2"]),
        ("(azc OR noodopvang) tot:2022-04-07", ["1"]),
    ],
)
def test_a_question_gets_the_same_answer_from_every_form(
    call: Call, file: str, question: str, ids: list[str]
) -> None:
    code, result, _beside = call("zoek", "tel", "--vraag", question, "--in", file)
    assert (code, result) == (0, {"gelezen": 3, "treffers": len(ids), "ids": ids, "fouten": []})


def test_a_language_that_a_row_does_not_name_is_recognised(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "id,tekst\n1,De gemeente heeft besloten dat er een nieuwe opvanglocatie komt\n"
        "2,The municipality has decided to open a new shelter for refugees\n",
        encoding="utf-8",
    )
    assert call("zoek", "tel", "--vraag", "taal:en", "--in", str(path))[1]["ids"] == ["2"]


def test_bad_rows_are_named_and_the_others_counted(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"titel": "azc"}\n{"titel": \n', encoding="utf-8")
    code, result, _beside = call("zoek", "tel", "--vraag", "azc", "--in", str(path))
    assert (code, result["gelezen"], result["ids"], result["fouten"][0]["rij"]) == (1, 2, ["1"], 2)


WORDLESS = [
    {"id": "1", "titel": "Azc", "tekst": ""},
    {"id": "2", "titel": "", "tekst": "Over het azc"},
    {"id": "3", "titel": "", "tekst": ""},
    {"id": "4", "titel": " \u00a0", "tekst": "<p>&nbsp;</p>"},
    {"id": "5", "titel": "Azc", "tekst": "Nog een azc"},
]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("also", ["", " OF bron:krant"])
def test_a_row_without_words_is_named_with_a_remedy_in_every_form(
    call: Call, tmp_path: Path, form: str, also: str
) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes(WRITERS[form](WORDLESS))
    code, result, _beside = call("zoek", "tel", "--vraag", f"azc{also}", "--in", str(path))
    header = form in ("csv", "xlsx")
    assert (code, result["gelezen"], result["ids"]) == (1, 5, ["1", "2", "5"])
    told = [(error["bestand"], error["rij"], error["kolom"]) for error in result["fouten"]]
    assert told == [(path.name, 3 + header, "tekst"), (path.name, 4 + header, "tekst")]
    assert all("Vul een van beide in" in error["melding"] for error in result["fouten"])


def test_of_very_many_bad_rows_people_see_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(as_jsonl([{"id": str(number), "titel": "", "tekst": ""} for number in range(2_000)]))
    assert main(["zoek", "tel", "--vraag", "azc", "--in", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "rij 100," in lines[-2] and "nog 1.900 fouten" in lines[-1]


def test_lees_says_how_a_question_is_read(call: Call) -> None:
    code, result, _beside = call("zoek", "lees", "azc of Hengelo")
    assert (code, result.keys(), result["geldig"], result["fouten"]) == (0, KEYS, True, [])
    assert result["canoniek"] == "azc AND of AND Hengelo"
    assert "“of”" in result["waarschuwingen"][0]


def test_lees_names_every_mistake_with_its_place_and_a_suggestion(call: Call) -> None:
    code, result, _beside = call("zoek", "lees", "azc\nOR (a* hengelo")
    assert (code, result.keys(), result["geldig"], result["boom"]) == (1, KEYS, False, None)
    assert [(error["regel"], error["kolom"]) for error in result["fouten"]] == [(2, 4), (2, 5)]
    assert all(error["melding"] and error["voorstel"] for error in result["fouten"])


def test_lees_shows_people_the_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zoek", "lees", "azc ("]) == 1
    assert "  azc (\n      ^\n" in capsys.readouterr().out


def test_lees_refuses_a_person_at_its_place(call: Call) -> None:
    code, result, _beside = call("zoek", "lees", 'azc\nOR "Jan de Vries"')
    assert (code, result["geldig"]) == (1, False)
    assert [(error["regel"], error["kolom"]) for error in result["fouten"]] == [(2, 4)]


def test_lees_names_what_is_still_to_be_filled_in(call: Call) -> None:
    code, result, _beside = call("zoek", "lees", "azc (<plaatsnaam> OR <naam burgemeester>)")
    assert (code, result["geldig"]) == (0, True)
    assert "<plaatsnaam>, <naam burgemeester>" in result["waarschuwingen"][0]


@pytest.mark.parametrize(
    ("dialect", "canonical"), [("regietafel", "azc AND hengelo"), ("lucene", "azc OR hengelo")]
)
def test_a_dialect_decides_how_it_is_read(call: Call, dialect: str, canonical: str) -> None:
    assert call("zoek", "lees", "azc hengelo", "--dialect", dialect)[1]["canoniek"] == canonical


def test_a_blank_takes_more_values_and_names_may_have_spaces(call: Call, plain_file: str) -> None:
    words = ("--vul", "bijnaam plaats=Hengelo", "--vul", "Bijnaam  plaats=Borne")
    question = ("zoek", "tel", "--vraag", "(azc OR asylum) <bijnaam plaats>", "--in", plain_file)
    assert call(*question, *words)[1]["ids"] == ["1", "3"]
    assert call(*question, *words[:2])[1]["ids"] == ["1"]


def test_an_office_takes_who_holds_it_and_no_list_of_people(call: Call, plain_file: str) -> None:
    question = ("zoek", "tel", "--vraag", "azc OR <naam burgemeester>", "--in", plain_file)
    holder = ("--vul", "naam burgemeester=Anneke van Dijk")
    code, _result, beside = call(*question, *holder)
    assert code == 0 and "alleen de naam in van wie het ambt nu bekleedt" in beside
    others = [
        word for name in ("Jan Jansen", "Piet Bakker") for word in ("--vul", f"naam burgemeester={name}")
    ]
    code, result, _beside = call(*question, *holder, *others)
    assert code == 1 and "hoogstens twee mensen" in result["fouten"][0]["melding"]


def test_an_empty_blank_drops_out_and_is_named(call: Call, plain_file: str) -> None:
    question = "azc (<plaatsnaam> OR <straatnaam>)"
    words = ("--vul", "plaatsnaam=Hengelo", "--vul", "straatnaam=")
    code, result, beside = call("zoek", "tel", "--vraag", question, "--in", plain_file, *words)
    assert (code, result["ids"]) == (0, ["1"])
    assert "<straatnaam>" in beside and "<plaatsnaam>" not in beside


def test_a_search_never_grows_because_nothing_was_filled_in(call: Call, plain_file: str) -> None:
    code, result, _beside = call("zoek", "tel", "--vraag", "azc <plaatsnaam>", "--in", plain_file)
    assert (code, result["fouten"][0]["kolom"]) == (1, 5)
    assert "<plaatsnaam>" in result["fouten"][0]["melding"]


def test_a_name_that_the_question_does_not_have_is_refused_with_the_right_one(
    call: Call, plain_file: str
) -> None:
    words = ("--vraag", "azc <plaatsnaam>", "--in", plain_file, "--vul", "platsnaam=Borne")
    code, result, _beside = call("zoek", "tel", *words)
    assert code == 2 and "Bedoelt u <plaatsnaam>?" in result["fouten"][0]["melding"]


def test_a_person_cannot_be_filled_in(call: Call, plain_file: str) -> None:
    words = ("--vraag", "azc <plaatsnaam>", "--in", plain_file, "--vul", "plaatsnaam=Jan de Vries")
    code, result, _beside = call("zoek", "tel", *words)
    assert code == 1 and "persoon" in result["fouten"][0]["melding"]


PROFILES = {
    "p.json": '{"plaatsnaam": ["Hengelo", "Borne"], "straatnaam": "", "iets anders": ["x"]}',
    "p.toml": 'plaatsnaam = ["Hengelo", "Borne"]\n"naam burgemeester" = "X"\n',
    "p.csv": "plaatsnaam;Hengelo\nplaatsnaam;Borne\n",
}


@pytest.mark.parametrize("name", PROFILES)
def test_a_place_profile_fills_every_blank(call: Call, plain_file: str, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(PROFILES[name], encoding="utf-8")
    question = ("zoek", "tel", "--vraag", "<plaatsnaam>", "--in", plain_file, "--plaatsprofiel", str(path))
    assert call(*question)[1]["ids"] == ["1", "3"]
    assert call(*question, "--vul", "plaatsnaam=Borne")[1]["ids"] == ["3"], "what was typed goes first"


@pytest.mark.parametrize(("name", "text"), [("p.json", "[1]"), ("p.json", '{"a": [1]}'), ("p.toml", "a b")])
def test_a_place_profile_that_is_none_is_refused(
    call: Call, plain_file: str, tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    words = ("--vraag", "azc", "--in", plain_file, "--plaatsprofiel", str(path))
    code, result, _beside = call("zoek", "tel", *words)
    assert code == 1 and "plaatsnaam" in result["fouten"][0]["melding"]


def test_markeer_points_at_what_was_found(call: Call, plain_file: str) -> None:
    words = ("--vraag", "(azc OR syriers) NOT asylum", "--in", plain_file, "--markeer")
    hits = call("zoek", "tel", *words)[1]["treffer_teksten"]
    found = [
        (hit["id"], hit[place["veld"]][place["begin"] : place["einde"]])
        for hit in hits
        for place in hit["plaatsen"]
    ]
    assert found == [("1", "azc"), ("2", "Syriërs")]


def test_markeer_shows_people_what_was_found(plain_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["zoek", "tel", "--vraag", "azc", "--in", plain_file, "--markeer"])
    assert "1: Nieuw «azc» in Hengelo | De raad besluit." in capsys.readouterr().out


def test_controle_says_what_every_part_of_a_question_does(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    titles = ["Noodopvang en kinderopvang in Borne", "Opvang in Borne", "Opvang", "Voetbal in Borne"]
    rows = [
        {"titel": title, "bron": "De Krant", "soort": "nieuws", "datum": f"2022-04-0{number}"}
        for number, title in enumerate(titles, 1)
    ]
    path.write_bytes(as_jsonl(rows))
    question = "(noodopvang OF opvang* OF azc) <plaatsnaam> NIET kinderopvang"
    words = ("--vraag", question, "--vul", "plaatsnaam=Borne", "--in", str(path))
    code, result, _beside = call("zoek", "controle", *words)
    assert (code, result["treffers"], result["steekproef"]["berichten"], result["fouten"]) == (0, 1, 4, [])
    assert (result["steekproef"]["van"], result["steekproef"]["tot_en_met"]) == ("2022-04-01", "2022-04-04")
    counts = {term["term"]: term["berichten"] for term in result["termen"]}
    assert counts == {"noodopvang": 1, "opvang*": 2, "azc": 0, "Borne": 3, "kinderopvang": 1}
    (excluded,) = result["uitsluitingen"]
    assert (excluded["haalt_weg"], excluded["voorbeelden"][0]["titel"]) == (1, titles[0])
    assert any("azc" in finding["melding"] for finding in result["bevindingen"])


def test_controle_shows_people_a_table(plain_file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zoek", "controle", "--vraag", "azc OF noodopvang", "--in", plain_file]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("3 van 3 berichten")
    assert [line.split() for line in lines if line.startswith(("azc", "noodopvang"))] == [
        ["azc", "2", "2", "2"],
        ["noodopvang", "1", "1", "1"],
    ]


QUESTIONS = [
    {"id": "opvang", "vraag": "azc OF noodopvang"},
    {"id": 7, "vraag": "azc <plaatsnaam>", "vul": {"plaatsnaam": ["Hengelo", "Enschede"], "meer": "x"}},
    {"id": "lucene", "vraag": "+azc -hengelo", "dialect": "lucene"},
]
BAD_QUESTIONS = {
    "geen JSON": ("{", "JSON"),
    "geen object": ("[]", "object"),
    "geen id": ('{"vraag": "azc"}', "id"),
    "geen vraag": ('{"id": "x"}', "vraag"),
    "id dubbel": ('{"id": "opvang", "vraag": "azc"}', "al"),
    "niet te lezen": ('{"id": "x", "vraag": "(azc"}', "haakje"),
    "een persoon": ('{"id": "x", "vraag": "\\"Jan de Vries\\""}', "persoon"),
    "niets ingevuld": ('{"id": "x", "vraag": "azc <straat>"}', "<straat>"),
    "andere taal": ('{"id": "x", "vraag": "azc", "dialect": "frans"}', "frans"),
    "waarden": ('{"id": "x", "vraag": "azc", "vul": {"a": 1}}', "vul"),
    "lange regel": ('{"id": "x", "vraag": "' + "a " * 600_000 + '"}', ""),
}


def _questions(path: Path, *more: str) -> str:
    path.write_text("\n".join([*(json.dumps(one) for one in QUESTIONS), *more]), encoding="utf-8")
    return str(path)


def test_veel_gives_per_message_the_questions_it_answers(call: Call, file: str, tmp_path: Path) -> None:
    target = tmp_path / "uit.jsonl"
    words = ("--vragen", _questions(tmp_path / "v.jsonl"), "--in", file, "--uit", str(target))
    code, result, _beside = call("zoek", "veel", *words)
    assert (code, result["vragen"], result["gelezen"], result["treffers"]) == (0, 3, 3, 3)
    assert [json.loads(line) for line in target.read_text().splitlines()] == [
        {"id": "1", "vragen": ["7", "opvang"]},
        {"id": "2", "vragen": ["opvang"]},
        {"id": "3", "vragen": ["lucene", "opvang"]},
    ]


@pytest.mark.parametrize("name", BAD_QUESTIONS)
def test_a_bad_question_is_named_and_the_others_are_asked(
    call: Call, plain_file: str, tmp_path: Path, name: str
) -> None:
    line, said = BAD_QUESTIONS[name]
    target = tmp_path / "uit.jsonl"
    words = ("--vragen", _questions(tmp_path / "v.jsonl", "", line), "--in", plain_file, "--uit", str(target))
    code, result, _beside = call("zoek", "veel", *words)
    assert (code, result["vragen"], result["treffers"]) == (1, 3, 3)
    assert all(error["rij"] >= 5 for error in result["fouten"])
    assert said in result["fouten"][0]["melding"]


def test_veel_writes_a_whole_file_or_none(call: Call, tmp_path: Path) -> None:
    target = tmp_path / "uit.jsonl"
    target.write_text("van gisteren", encoding="utf-8")
    broken = tmp_path / "a.csv"
    broken.write_text("nr,getal\n1,2\n", encoding="utf-8")
    words = ("--vragen", _questions(tmp_path / "v.jsonl"), "--in", str(broken), "--uit", str(target))
    assert call("zoek", "veel", *words)[0] == 1
    assert target.read_text() == "van gisteren"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("target", ["berichten.jsonl", "v.jsonl", "koppeling.jsonl"])
def test_veel_never_writes_over_what_it_reads(
    call: Call, plain_file: str, tmp_path: Path, target: str
) -> None:
    questions = _questions(tmp_path / "v.jsonl")
    (tmp_path / "koppeling.jsonl").symlink_to(plain_file)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    words = ("--vragen", questions, "--in", plain_file, "--uit", str(tmp_path / target))
    code, result, _beside = call("zoek", "veel", *words)
    assert code == 2 and "Geef een andere naam op" in result["fouten"][0]["melding"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["berichten.json", "vraag.json", "plaats.json"])
def test_a_picture_is_never_written_over_what_it_is_made_of(call: Call, tmp_path: Path, name: str) -> None:
    held = {"berichten.json": json.dumps(ROWS), "vraag.json": "azc <plaatsnaam>"}
    held["plaats.json"] = '{"plaatsnaam": "Borne"}'
    paths = {file: tmp_path / file for file in held}
    for file, text in held.items():
        paths[file].write_text(text, encoding="utf-8")
    words = ("--in", "berichten.json", "--vraagbestand", "vraag.json", "--plaatsprofiel", "plaats.json")
    given = (str(tmp_path / word) if word in held else word for word in words)
    days = ("--van", "2022-04-01", "--tot", "2022-04-30", "--uit", str(paths[name]))
    assert call("omgevingsbeeld", *given, *days)[0] == 2
    assert paths[name].read_text(encoding="utf-8") == held[name]


@pytest.mark.parametrize("target", ["weg/uit.jsonl", "berichten.jsonl/uit.jsonl", "."])
def test_veel_says_where_it_cannot_write(call: Call, plain_file: str, tmp_path: Path, target: str) -> None:
    words = (
        "--vragen",
        _questions(tmp_path / "v.jsonl"),
        "--in",
        plain_file,
        "--uit",
        str(tmp_path / target),
    )
    code, result, _beside = call("zoek", "veel", *words)
    assert code == 1 and "kan niet worden geschreven" in result["fouten"][0]["melding"]


def test_veel_names_bad_rows_and_counts_them_as_read(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "titel": "azc"}\n{"titel": \n', encoding="utf-8")
    words = ("--vragen", _questions(tmp_path / "v.jsonl"), "--in", str(path), "--uit", str(tmp_path / "u"))
    code, result, _beside = call("zoek", "veel", *words)
    assert (code, result["gelezen"], result["treffers"], result["fouten"][0]["rij"]) == (1, 2, 1, 2)


def test_veel_writes_to_the_screen_and_says_the_rest_beside_it(
    plain_file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("zoek", "veel", "--vragen", _questions(tmp_path / "v.jsonl"), "--in", plain_file, "--uit", "-")
    assert main([*words]) == 0
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["1", "2", "3"]
    assert "3 zoekvragen, 3 gelezen, 3 treffers." in said.err


def test_questions_that_cannot_be_read_are_each_named(call: Call, plain_file: str, tmp_path: Path) -> None:
    path = tmp_path / "v.jsonl"
    path.write_text('{"id": "a", "vraag": "(azc"}\n{"id": "b"}\n', encoding="utf-8")
    code, result, _beside = call("zoek", "veel", "--vragen", str(path), "--in", plain_file)
    assert (code, [error["rij"] for error in result["fouten"]]) == (1, [1, 2])
    assert not any("\n" in error["melding"] for error in result["fouten"])


@pytest.mark.parametrize("words", [("zoek", "tel"), ("zoek", "veel", "--weg"), ("weet-ik-niet",)])
def test_wrong_usage_is_told_to_machines_too(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--json"])
    said = capsys.readouterr()
    assert ended.value.code == 2
    (error,) = json.loads(said.out)["fouten"]
    assert error["melding"] and error["melding"] in said.err


def test_one_hit_is_told_as_one(plain_file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["zoek", "tel", "--vraag", "noodopvang", "--in", plain_file])
    assert capsys.readouterr().out.startswith("3 gelezen, 1 treffer.")
    questions = tmp_path / "v.jsonl"
    questions.write_text('{"id": "a", "vraag": "noodopvang"}', encoding="utf-8")
    main(["zoek", "veel", "--vragen", str(questions), "--in", plain_file])
    assert "1 zoekvraag, 3 gelezen, 1 treffer." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("a.csv", 'id;titel\n1;azc\n2;"nooit dicht\n'),
        ("a.jsonl", '{"id": "1", "titel": "azc"}\n{"titel": \n'),
    ],
)
def test_a_row_that_cannot_be_read_counts_as_read_in_every_form(
    call: Call, tmp_path: Path, name: str, rows: str
) -> None:
    (tmp_path / name).write_text(rows, encoding="utf-8")
    code, result, _beside = call("zoek", "tel", "--vraag", "azc", "--in", str(tmp_path / name))
    assert (code, result["gelezen"], result["ids"], len(result["fouten"])) == (1, 2, ["1"], 1)
