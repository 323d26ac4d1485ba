"""The archive: every motor gives the answer that a file on its own gets, also after being broken off."""

import json
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from regietafel.monitor.adapters.archive import (
    MOTORS,
    ArchiveRefused,
    Asked,
    Kept,
    Motor,
    open_archive,
    search,
)
from regietafel.monitor.adapters.languages import detect_language
from regietafel.monitor.adapters.readers import RowError, read_file
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.messages import CleaningRules, RawItem, as_document, asked_zones
from regietafel.monitor.engine.query import Query, parse

QUESTIONS = {
    "azc": parse("azc* AND (Hengelo OR Borne) NOT kermis"),
    "tag": parse("#opvang OR @gemeenteborne"),
    "kop": parse("titel:opvang NOT tekst:kinderopvang"),
    "naast": parse('"nieuwe opvang" NEAR/3 Borne'),
}
TITLES = ["Opvang in Borne", None, "Kermis", "Azc\u00ad's", "Raad", ""]
TEXTS = [
    "Nieuwe opvang voor Borne, azc-bewoners welkom",
    "<p>Azc in <b>Hen</b>gelo</p>",
    "azc Borne kermis",
    "a&shy;zc in Hengelo",
    None,
    "az\x00c Borne #opvang 🔥",
    "Kinderopvang in Borne",
    "Café ’t Azcje, Hengelo @gemeenteborne",
]


def rows(count: int) -> dict[str, list[str | None]]:
    """Combine titles and texts in every way, the rest empty."""
    return {
        "id": [f"b{number}" if number % 5 else None for number in range(count)],
        "url": [f"https://nieuws.example/{number}" if number % 2 else None for number in range(count)],
        "kop": [TITLES[number % len(TITLES)] for number in range(count)],
        "body": [TEXTS[number // 3 % len(TEXTS)] for number in range(count)],
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an archive of two files with several row groups, one deeper, one with texts as large strings."""
    here = tmp_path / "archief"
    (here / "2022").mkdir(parents=True)
    first = pa.table(rows(300))
    parquet.write_table(first, here / "a.parquet", row_group_size=70)
    second = first.set_column(3, "body", first["body"].cast(pa.large_string()))
    parquet.write_table(second.slice(0, 100), here / "2022" / "b.parquet", row_group_size=64)
    return here


def expected(folder: Path, questions: dict[str, Query]) -> list[dict[str, object]]:
    """Ask every file on its own, row by row."""
    matcher, found = Matcher(questions), []
    needed = asked_zones(questions.values())
    for path in sorted(folder.rglob("*.parquet")):
        rules = CleaningRules(
            source_name=path.name.split(".")[0], author_key=b"", detect_language=detect_language
        )
        for item in read_file(path).rows:
            assert not isinstance(item, RowError)
            keys = matcher.answers(as_document(item, rules=rules, needed=needed)) if _has_words(item) else ()
            if keys:
                name = item.external_id or item.url or str(item.row)
                file = path.relative_to(folder).as_posix()
                found.append({"id": name, "vragen": sorted(keys), "bestand": file})
    return found


def _has_words(item: RawItem) -> bool:
    return bool(item.title or item.text)


def answer(
    folder: Path, work: Path, *, motor: str = "lokaal", processes: int = 1, questions=QUESTIONS
) -> list[dict[str, object]]:
    """Ask an archive from beginning to end."""
    archive = open_archive(folder, fields=Asked(questions).fields)
    asked = Asked(questions, archive.fingerprint(repr(sorted(questions)).encode()))
    kept = Kept(work, fingerprint=asked.fingerprint)
    search(archive, asked, kept=kept, motor=Motor(motor, processes))
    out = StringIO()
    kept.gather(archive, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(params=MOTORS)
def motor(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give every motor that is installed here; what Spark started is stopped."""
    name: str = request.param
    if name == "duckdb":
        pytest.importorskip("duckdb")
    if name == "spark":
        pytest.importorskip("pyspark")
    yield name
    if name == "spark":
        from pyspark.sql import SparkSession

        session = SparkSession.getActiveSession()
        if session is not None:
            session.stop()


def test_every_motor_gives_what_each_file_on_its_own_gives(folder, tmp_path, motor):
    right = expected(folder, QUESTIONS)
    assert {question for hit in right for question in hit["vragen"]} == QUESTIONS.keys()
    assert answer(folder, tmp_path / "werk", motor=motor) == right


def test_questions_about_more_than_words_are_answered_too(folder, tmp_path):
    questions = {"bron": parse("bron:a azc*"), "adres": parse("domein:nieuws.example opvang*")}
    right = expected(folder, questions)
    assert {question for hit in right for question in hit["vragen"]} == questions.keys()
    assert answer(folder, tmp_path / "werk", questions=questions) == right


def test_more_processes_change_nothing(folder, tmp_path):
    assert answer(folder, tmp_path / "werk", processes=2) == expected(folder, QUESTIONS)


class Unplugged(Exception):
    """The machine stops."""


def test_a_search_that_was_broken_off_goes_on_and_doubles_nothing(folder, tmp_path):
    archive = open_archive(folder, fields=Asked(QUESTIONS).fields)
    asked = Asked(QUESTIONS, archive.fingerprint(b"x"))
    told: list[int] = []

    def unplug(done: int) -> None:
        told.append(done)
        if done >= 140:
            raise Unplugged

    with pytest.raises(Unplugged):
        search(
            archive,
            asked,
            kept=Kept(tmp_path / "werk", fingerprint=asked.fingerprint),
            motor=Motor(),
            tell=unplug,
        )
    again = Kept(tmp_path / "werk", fingerprint=asked.fingerprint)
    finished = sum(again.has(group) for group in archive.groups)
    assert 0 < finished < len(archive.groups)
    assert search(archive, asked, kept=again, motor=Motor()) == finished
    out = StringIO()
    again.gather(archive, out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == expected(folder, QUESTIONS)


def test_other_questions_or_changed_files_begin_anew(folder, tmp_path):
    archive = open_archive(folder, fields={"id", "titel", "tekst"})
    first = archive.fingerprint(b"een")
    assert first != archive.fingerprint(b"twee")
    parquet.write_table(pa.table(rows(301)), folder / "a.parquet", row_group_size=70)
    assert first != open_archive(folder, fields={"id", "titel", "tekst"}).fingerprint(b"een")
    answer(folder, tmp_path / "werk")
    assert Kept(tmp_path / "werk", fingerprint="iets anders").has(archive.groups[0]) is False


def test_a_damaged_file_is_named_and_the_others_are_answered(folder, tmp_path):
    sound = expected(folder, QUESTIONS)
    whole = (folder / "a.parquet").read_bytes()
    (folder / "kapot.parquet").write_bytes(whole[:-20])
    (folder / "leeg.parquet").write_bytes(b"")
    archive = open_archive(folder, fields=Asked(QUESTIONS).fields)
    assert [error["bestand"] for error in archive.errors] == ["kapot.parquet", "leeg.parquet"]
    assert all("beschadigd" in error["melding"] for error in archive.errors)
    assert answer(folder, tmp_path / "werk") == sound


def test_a_row_that_is_no_text_is_reported_and_the_rest_is_answered(tmp_path, motor):
    folder = tmp_path / "archief"
    folder.mkdir()
    broken = pa.array([b"azc Borne", b"azc \xff Borne", b"azc in Hengelo"], pa.binary()).view(pa.string())
    parquet.write_table(pa.table({"id": ["1", "2", "3"], "tekst": broken}), folder / "a.parquet")
    archive = open_archive(folder, fields=Asked(QUESTIONS).fields)
    asked = Asked(QUESTIONS, archive.fingerprint(b"x"))
    kept = Kept(tmp_path / "werk", fingerprint=asked.fingerprint)
    search(archive, asked, kept=kept, motor=Motor(motor))
    out = StringIO()
    _per_question, hits, errors = kept.gather(archive, out)
    assert hits == 2
    assert [(error["bestand"], error["rij"], error["kolom"]) for error in errors] == [
        ("a.parquet", 2, "tekst")
    ]


def test_a_row_without_words_is_named_and_the_rest_is_answered(tmp_path, motor):
    folder = tmp_path / "archief"
    folder.mkdir()
    titles = ["Azc in Borne", None, "", " \u00a0", "\u200b", "<p>&nbsp;</p>", None]
    texts = [None, None, " \n", "", None, "", "azc in Hengelo"]
    table = pa.table({"id": list("1234567"), "titel": titles, "tekst": texts})
    parquet.write_table(table, folder / "a.parquet", row_group_size=3)
    archive = open_archive(folder, fields=Asked(QUESTIONS).fields)
    asked = Asked(QUESTIONS, archive.fingerprint(b"x"))
    kept = Kept(tmp_path / "werk", fingerprint=asked.fingerprint)
    search(archive, asked, kept=kept, motor=Motor(motor))
    _per_question, hits, errors = kept.gather(archive, StringIO())
    assert hits == 2
    assert [(error["rij"], error["kolom"]) for error in errors] == [(row, "tekst") for row in range(2, 7)]
    assert all("geen titel en geen tekst" in error["melding"] for error in errors)


def test_a_folder_without_parquet_is_refused(tmp_path):
    (tmp_path / "_half.parquet").write_bytes(b"PAR1")
    with pytest.raises(ArchiveRefused, match="geen Parquet-bestanden"):
        open_archive(tmp_path, fields=())
    with pytest.raises(ArchiveRefused, match="deze map is er niet"):
        open_archive(tmp_path / "nergens", fields=())


@pytest.mark.parametrize(("missing", "motor_name"), [("duckdb", "duckdb"), ("pyspark.sql", "spark")])
def test_a_motor_that_is_not_installed_says_what_to_do(folder, tmp_path, monkeypatch, missing, motor_name):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ArchiveRefused, match=r"Installeer .*--motor lokaal"):
        answer(folder, tmp_path / "werk", motor=motor_name)
