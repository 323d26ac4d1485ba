"""The command line: what analysts do with files, with exit codes and JSON that programs rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from regietafel.host.cli import build_parser
from regietafel.kit.commands import CommandError
from regietafel.monitor.models import Message
from regietafel.register.models import Organisation
from tests.app.monitor.town import Town, csv_of, row, write_csv

ROOT = Path(__file__).parents[3]
ECOSENT = ROOT.parent / "shared/data/ecosent/intermediate/metadata.csv"
FEEDS = ROOT.parent / "shared/data/feeds"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    """Run one command in this process; the database of the test is already there."""
    options = build_parser().parse_args([*words, "--json"])
    code = options.run(options)
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.django_db
def test_inname_counts_and_says_what_there_is(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "week.csv"
    path.write_bytes(csv_of([row(1, "Een"), row(2, "Twee", datum="nooit")]))
    code, result = run(capsys, "inname", str(path), "--organisatie", "A")
    assert code == 1
    counts = {"gelezen": 2, "nieuw": 1, "dubbel": 0, "gewijzigd": 0, "geweigerd": 1, "berichten": 1}
    assert result.items() >= counts.items()
    assert {"email", "telefoon", "iban"} <= result["gemaskeerd"].keys()
    error = result["fouten"][0]
    assert (error["bestand"], error["rij"], error["kolom"]) == ("week.csv", 3, "datum")


@pytest.mark.django_db
def test_one_bad_file_does_not_stop_the_others(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write_csv(tmp_path / "goed.csv", 3)
    bad = tmp_path / "stuk.xlsx"
    bad.write_bytes(b"PK\x03\x04 geen echt bestand")
    code, result = run(capsys, "inname", str(bad), str(tmp_path / "weg.csv"), str(good), "--organisatie", "A")
    assert (code, result["nieuw"], len(result["fouten"])) == (1, 3, 2)


@pytest.mark.django_db
def test_droog_stores_nothing(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "x.csv", 3)
    code, result = run(capsys, "inname", str(path), "--droog", "--organisatie", "A")
    assert (code, result["nieuw"], result["berichten"]) == (0, 3, 0)


@pytest.mark.django_db
def test_without_an_organisation_one_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "inname", str(write_csv(tmp_path / "x.csv", 1)))
    assert Organisation.objects.get().code == "eigen-organisatie"


@pytest.mark.django_db
def test_two_organisations_must_be_named(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="--organisatie"):
        run(capsys, "inname", str(write_csv(tmp_path / "x.csv", 1)))


@pytest.mark.django_db
def test_columns_may_be_named(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "eigen.csv"
    path.write_text("nr,kop,wanneer\n1,Opvang,2026-04-01\n", encoding="utf-8")
    words = ("inname", str(path), "--kolommen", "id=nr,titel=kop,datum=wanneer", "--organisatie", "A")
    code, _result = run(capsys, *words)
    assert code == 0 and Message.objects.get().title == "Opvang"


def command(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the command line as a person does, with an empty data folder."""
    surroundings = os.environ | {"REGIETAFEL_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT / "src")}
    surroundings.pop("REGIETAFEL_DATABASE", None)
    return subprocess.run(
        [sys.executable, "-m", "regietafel.host.cli", *words],
        capture_output=True, text=True, check=False, env=surroundings, cwd=folder,
    )  # fmt: skip


def test_zoek_tel_needs_no_database(tmp_path: Path) -> None:
    path = tmp_path / "koppen.csv"
    path.write_text("id,datum,titel\n7,2026-04-01,Opvang in Borne\n8,2026-04-01,Voetbal\n", encoding="utf-8")
    done = command(
        "zoek", "tel", "--vraag", "opvang NIET voetbal", "--in", str(path), "--json", folder=tmp_path
    )
    result = json.loads(done.stdout)
    assert (done.returncode, result["gelezen"], result["treffers"], result["ids"]) == (0, 2, 1, ["7"])
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("question", "said"), [("(opvang", "haakje"), ('"Jan de Vries"', "persoon"), ("NIET opvang", "sluit")]
)
def test_zoek_tel_explains_what_cannot_be_asked(tmp_path: Path, question: str, said: str) -> None:
    path = write_csv(tmp_path / "x.csv", 2)
    done = command("zoek", "tel", "--vraag", question, "--in", str(path), "--json", folder=tmp_path)
    assert done.returncode == 1 and said.lower() in done.stderr.lower()
    assert said.lower() in json.loads(done.stdout)["fouten"][0]["melding"].lower()


def test_wrong_usage_ends_with_two(tmp_path: Path) -> None:
    done = command("zoek", "tel", "--in", "x.csv", folder=tmp_path)
    assert done.returncode == 2 and "gebruik:" in done.stderr


@pytest.mark.parametrize("kind", ["docx", "pdf", "json"])
def test_a_picture_of_a_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "koppen.csv"
    lines = [f"{n},2026-04-{n:02d},Opvang in Borne {n},Krant" for n in range(1, 15)]
    path.write_text("\n".join(["id,datum,titel,bron", *lines]), encoding="utf-8")
    target = tmp_path / f"beeld.{kind}"
    words = (
        "omgevingsbeeld",
        "--in",
        str(path),
        "--vraag",
        "opvang",
        "--van",
        "2026-04-08",
        "--tot",
        "2026-04-14",
    )
    done = command(*words, "--uit", str(target), "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["treffers"] == 7
    assert not (tmp_path / "data/regietafel.sqlite3").exists()
    content = target.read_bytes()
    assert content.startswith({"docx": b"PK", "pdf": b"%PDF", "json": b"{"}[kind])
    if kind == "json":
        assert json.loads(content)["cijfers"]["verandering"]["vorige_periode"] == 7


@pytest.mark.django_db
@pytest.mark.skipif(not ECOSENT.exists(), reason="the shared headlines are not beside this repository")
def test_real_headlines_go_in_once(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("inname", str(ECOSENT), "--organisatie", "A")
    first, second = run(capsys, *words)[1], run(capsys, *words)[1]
    assert (first["nieuw"], first["geweigerd"], second["nieuw"], second["berichten"]) == (8227, 0, 0, 8227)


@pytest.mark.django_db
@pytest.mark.skipif(not FEEDS.exists(), reason="the shared feeds are not beside this repository")
def test_every_real_feed_is_read_or_refused_with_a_reason(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(path) for path in sorted(FEEDS.rglob("*")) if path.is_file() and path.name != "LICENSE"]
    _code, result = run(capsys, "inname", *files, "--organisatie", "A")
    assert result["nieuw"] > 100
    assert all(len(error["melding"]) > 20 for error in result["fouten"])
