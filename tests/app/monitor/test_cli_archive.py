"""`zoek archief` on the command line: the answer of `zoek veel`, and what is said when it cannot be given."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from regietafel.monitor.adapters.archive import ArchiveRefused

Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def questions(tmp_path: Path) -> str:
    """Give two questions, one to be filled in."""
    path = tmp_path / "vragen.jsonl"
    path.write_text(
        '{"id": "azc", "vraag": "azc* NOT kermis"}\n'
        '{"id": "borne", "vraag": "opvang <plaats>", "vul": {"plaats": ["Borne", "Zenderen"]}}\n',
        encoding="utf-8",
    )
    return str(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an archive of one file with many row groups."""
    here = tmp_path / "archief"
    here.mkdir()
    texts = ["Nieuw azc", "Opvang in Borne", "azc op de kermis", "Zenderen: opvang en <b>azc</b>"]
    numbers = range(4_000)
    rows = {"nr": [f"b{n}" for n in numbers], "bericht": [texts[n % 4] for n in numbers]}
    parquet.write_table(pa.table(rows), here / "a.parquet", row_group_size=100)
    return here


def test_an_archive_answers_as_a_file_does(call: Call, questions: str, folder: Path, tmp_path: Path) -> None:
    ways = {"archief": folder, "veel": folder / "a.parquet"}
    told = {}
    for action, place in ways.items():
        out = tmp_path / f"{action}.jsonl"
        columns = ("--kolommen", "id=nr,tekst=bericht")
        words = ("--vragen", questions, "--in", str(place), "--uit", str(out), *columns)
        code, result, _beside = call("zoek", action, *words)
        assert (code, result["gelezen"], result["treffers"]) == (0, 4_000, 3_000)
        told[action] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [{"id": hit["id"], "vragen": hit["vragen"]} for hit in told["archief"]] == told["veel"]
    assert {hit["bestand"] for hit in told["archief"]} == {"a.parquet"}
    assert not list(tmp_path.glob(".*")), "nothing is left of the work"


def test_without_output_the_hits_are_counted_per_question(call: Call, questions: str, folder: Path) -> None:
    _code, result, beside = call("zoek", "archief", "--vragen", questions, "--in", str(folder))
    assert result["per_vraag"] == {"azc": 2_000, "borne": 2_000}
    assert "4.000 van 4.000 rijen (100%)" in beside


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kolommen", "tekst=weg"), "De kolom “weg” staat niet in het bestand"),
        (("--in", "nergens"), "deze map is er niet"),
        (("--vragen", "nergens.jsonl"), "dit bestand is er niet of mag niet worden gelezen"),
    ],
)
def test_what_cannot_be_read_is_named(
    call: Call, questions: str, folder: Path, words: tuple[str, ...], said: str
) -> None:
    code, result, _beside = call("zoek", "archief", "--vragen", questions, "--in", str(folder), *words)
    assert code == 1
    assert said in result["fouten"][0]["melding"]


@pytest.mark.parametrize("target", ["archief/a.parquet", "vragen.jsonl", "koppeling"])
def test_an_archive_is_never_written_over(
    call: Call, questions: str, folder: Path, tmp_path: Path, target: str
) -> None:
    (tmp_path / "koppeling").symlink_to(folder / "a.parquet")
    before = (folder / "a.parquet").read_bytes(), Path(questions).read_bytes()
    words = ("--vragen", questions, "--in", str(folder), "--uit", str(tmp_path / target))
    code, result, _beside = call("zoek", "archief", *words)
    assert code == 2 and "Geef een andere naam op" in result["fouten"][0]["melding"]
    assert ((folder / "a.parquet").read_bytes(), Path(questions).read_bytes()) == before
    assert not list(tmp_path.rglob(".*"))


def test_a_motor_that_is_not_there_says_how_to_get_it(
    call: Call, questions: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    out = str(tmp_path / "uit.jsonl")
    words = ("--vragen", questions, "--in", str(folder), "--motor", "duckdb", "--uit", out)
    code, result, _beside = call("zoek", "archief", *words)
    assert code == 1
    assert "Installeer de extra archief" in result["fouten"][0]["melding"]
    assert not list(tmp_path.glob(".*")), "nothing was finished, so nothing is left"


def test_a_motor_that_does_not_start_leaves_nothing(
    call: Call, questions: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_down(*_given: object, **_named: object) -> None:
        raise ArchiveRefused("Spark start niet.")

    monkeypatch.setattr("regietafel.monitor.adapters.archive.search", breaks_down)
    words = ("--vragen", questions, "--in", str(folder), "--uit", str(tmp_path / "uit.jsonl"))
    assert call("zoek", "archief", *words)[0] == 1
    assert not list(tmp_path.glob(".*"))


def test_a_search_that_was_killed_goes_on_where_it_was(
    call: Call, questions: str, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "uit.jsonl"
    words = ["zoek", "archief", "--vragen", questions, "--in", str(folder), "--uit", str(out)]
    code = "import sys; from regietafel.host.cli import main; sys.exit(main(sys.argv[1:]))"
    running = subprocess.Popen(
        [sys.executable, "-c", code, *words, "--processen", "1"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while running.poll() is None and not list(tmp_path.glob(".uit.jsonl.werk/*/*.json")):
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    finished = len(list(tmp_path.glob(".uit.jsonl.werk/*/*.json")))
    assert finished or out.exists()
    status, result, _beside = call(*words, "--processen", "1")
    assert (status, result["hervat"], result["treffers"]) == (0, finished, 3_000)
    ids = [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(ids) == len(set(ids)) == 3_000
