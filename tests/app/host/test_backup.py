"""A backup is worth what its restore proves: made under load, opened by the key only, refused if changed."""

import io
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from regietafel.host.backup import archive, cipher, making
from regietafel.kit.commands import CommandError

CANARY = "Vertrouwelijk-vergaderstuk-kanarie"
FILL = f"""
from pathlib import Path
from django.conf import settings
from django.utils import timezone
from regietafel.kit import audit
from regietafel.kit.models import Schedule
schedule = Schedule.objects.create(name="{CANARY}", next_due_at=timezone.now())
for number in range(30):
    audit.record("proef.gedaan", schedule, organisation_id=number % 2 or None, by=None)
audit.write_anchor(timezone.localdate())
folder = settings.ENVIRONMENT.files / "dossier"
folder.mkdir(parents=True)
(folder / "één stuk.pdf").write_bytes(b"{CANARY}" * 1000)
"""
WRITE_ON = """
from django.conf import settings
from regietafel.kit import audit
from regietafel.kit.models import Schedule
schedule = Schedule.objects.get()
confirmed = (settings.ENVIRONMENT.data / "bevestigd").open("ab", buffering=0)
while True:
    audit.record("proef.onder-druk", schedule, organisation_id=7, by=None)
    confirmed.write(b"x")
"""
FORGE = {
    "sqlite": "DROP TRIGGER kit_auditevent_no_update",
    "postgresql": "ALTER TABLE kit_auditevent DISABLE TRIGGER USER",
}
CHANGE = "UPDATE kit_auditevent SET actor = 'iemand anders' WHERE chain = 'systeem' AND sequence = 5"


class Installation:
    """One data folder with its own database, used through the command line as an administrator does."""

    def __init__(self, data: Path, database: str) -> None:
        self.data = data
        self.variables = {k: v for k, v in os.environ.items() if not k.startswith("REGIETAFEL_")}
        self.variables |= {
            "REGIETAFEL_DATA": str(data),
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        if database:
            self.variables["REGIETAFEL_DATABASE"] = database

    def run(self, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "regietafel.host.cli", *words]
        surroundings = {**self.variables, **variables}
        return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)

    def python(self, code: str) -> "subprocess.Popen[str]":
        start = f"import django; django.setup()\n{code}"
        return subprocess.Popen(
            [sys.executable, "-c", start], env=self.variables, stdout=subprocess.PIPE, text=True
        )

    @contextmanager
    def writing(self) -> Iterator["subprocess.Popen[str]"]:
        """Write to the log, without a pause, for as long as the block lasts."""
        writer = self.python(WRITE_ON)
        try:
            yield writer
        finally:
            writer.kill()
            writer.communicate()

    def do(self, code: str) -> None:
        assert self.python(code).wait() == 0

    def sql(self, *statements: str) -> None:
        self.do(f"from django.db import connection as c\nfor s in {statements!r}: c.cursor().execute(s)")

    def backup(self) -> Path:
        made = self.run("kopie", "maak", "--json")
        assert made.returncode == 0, made.stderr
        return Path(json.loads(made.stdout)["bestand"])

    def restore(
        self, backup: Path, target: Path, key: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Restore as on another machine: into a new folder and, on PostgreSQL, a new database."""
        words = ["kopie", "herstel", str(backup), "--naar", str(target), "--json"]
        words += ["--sleutelbestand", str(key or self.data / "kopiesleutel")]
        elsewhere = {"REGIETAFEL_DATA": str(target.parent / "nergens")}
        if "REGIETAFEL_DATABASE" in self.variables:
            elsewhere["REGIETAFEL_DATABASE"] = empty_database()
        return self.run(*words, **elsewhere)


DATABASES: list[str] = []


def empty_database(template: str = "template1") -> str:
    """Make a database on the server of the tests; for SQLite nothing is needed."""
    address = os.environ.get("REGIETAFEL_DATABASE", "")
    if not address:
        return ""
    import psycopg

    DATABASES.append(f"kopieproef_{os.getpid()}_{len(DATABASES)}")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {DATABASES[-1]} TEMPLATE {template}")  # type: ignore[call-overload]
    return f"{address.rpartition('/')[0]}/{DATABASES[-1]}"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A filled installation to copy from."""
    example = Installation(tmp_path_factory.mktemp("voorbeeld") / "gegevens", empty_database())
    prepared = example.run("voorbereid")
    assert prepared.returncode == 0, prepared.stderr
    example.do(FILL)
    yield example
    if DATABASES:
        import psycopg

        with psycopg.connect(os.environ["REGIETAFEL_DATABASE"], autocommit=True) as server:
            for name in DATABASES:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]
        DATABASES.clear()


@pytest.fixture
def installation(example: Installation, tmp_path: Path) -> Installation:
    """A filled installation of one's own."""
    shutil.copytree(example.data, tmp_path / "gegevens")
    template = example.variables.get("REGIETAFEL_DATABASE", "").rpartition("/")[2]
    return Installation(tmp_path / "gegevens", empty_database(template) if template else "")


def test_backup_under_load_holds_all_that_was_confirmed_and_comes_back_whole(
    installation: Installation, tmp_path: Path
) -> None:
    confirmed = installation.data / "bevestigd"
    with installation.writing() as writer:
        while not (confirmed.exists() and confirmed.stat().st_size):
            assert writer.poll() is None
            time.sleep(0.01)
        before = confirmed.stat().st_size
        backup = installation.backup()
    restored = installation.restore(backup, tmp_path / "hersteld")
    assert restored.returncode == 0, restored.stderr
    found = json.loads(restored.stdout)
    assert before <= found["logketens"]["organisatie:7"]["volgnummer"] <= confirmed.stat().st_size + 1
    assert found["rijen"]["kit_schedule"] == 1
    attachment = tmp_path / "hersteld" / "bestanden" / "dossier" / "één stuk.pdf"
    assert attachment.read_bytes() == CANARY.encode() * 1000
    assert (tmp_path / "hersteld" / "sleutel").read_text() == (installation.data / "sleutel").read_text()
    assert not (tmp_path / "nergens").exists()


def test_nothing_readable_is_left_on_the_disk(installation: Installation) -> None:
    backup = installation.backup()
    own_key = (installation.data / "sleutel").read_bytes().strip()
    content = backup.read_bytes()
    assert CANARY.encode() not in content
    assert own_key not in content
    assert {path.name for path in backup.parent.iterdir()} == {backup.name, "slot"}
    assert backup.stat().st_mode & 0o077 == 0
    assert (installation.data / "kopiesleutel").stat().st_mode & 0o077 == 0


def test_full_folder_is_never_overwritten(installation: Installation, tmp_path: Path) -> None:
    backup = installation.backup()
    target = tmp_path / "bezet"
    target.mkdir()
    (target / "jaarverslag.odt").write_text("van iemand")
    refused = installation.restore(backup, target)
    assert refused.returncode == 1
    assert "is niet leeg" in refused.stderr
    assert [path.name for path in target.iterdir()] == ["jaarverslag.odt"]


def test_forged_log_is_not_put_back_and_fails_the_drill(installation: Installation, tmp_path: Path) -> None:
    installation.sql(FORGE[connection.vendor], CHANGE)
    refused = installation.restore(installation.backup(), tmp_path / "hersteld")
    assert refused.returncode == 1
    assert "systeem regel 5" in refused.stderr
    assert not list(tmp_path.glob("*hersteld*"))
    drill = installation.run("kopie", "oefen", "--json")
    assert drill.returncode == 1
    assert "systeem regel 5" in json.loads(drill.stdout)["reden"]


def test_backup_of_a_newer_version_is_refused(installation: Installation, tmp_path: Path) -> None:
    installation.sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('kit', '9999_later', '2030-01-01')"
    )
    refused = installation.restore(installation.backup(), tmp_path / "hersteld")
    assert refused.returncode == 1
    assert "nieuwere versie van Regietafel (kit.9999_later)" in refused.stderr
    assert not (tmp_path / "hersteld").exists()


def test_drill_proves_the_restore_and_leaves_only_its_report(installation: Installation) -> None:
    drill = installation.run("kopie", "oefen", "--json")
    assert drill.returncode == 0, drill.stderr
    found = json.loads(drill.stdout)
    assert found["geslaagd"] is True
    assert found["rijen"] > 30
    report = Path(found["verslag"])
    assert json.loads(report.read_text())["geslaagd"] is True
    assert "geslaagd" in report.with_suffix(".txt").read_text()
    assert {path.suffix for path in report.parent.iterdir()} == {".json", ".txt"}


def test_what_a_killed_backup_left_is_cleared_by_the_next(installation: Installation) -> None:
    left = installation.data / "kopieen" / f"{making.UNFINISHED}abc"
    left.mkdir(parents=True)
    (left / "regietafel.sqlite3").write_text(CANARY)
    backup = installation.backup()
    assert {path.name for path in backup.parent.iterdir()} == {backup.name, "slot"}


def test_only_the_newest_backups_are_kept_when_asked(installation: Installation) -> None:
    folder = installation.data / "kopieen"
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"regietafel-2026-01-0{day}T030000Z.kopie").touch()
    (folder / "notities.txt").touch()
    assert installation.run("kopie", "maak", "--bewaar", "2").returncode == 0
    kept = sorted(path.name for path in folder.glob("*.kopie"))
    assert kept[0] == "regietafel-2026-01-03T030000Z.kopie"
    assert len(kept) == 2
    assert (folder / "notities.txt").exists()


@pytest.fixture
def sealed(tmp_path: Path) -> tuple[bytes, cipher.Secret]:
    """A small backup of three pieces, and its key."""
    secret, target = cipher.new_key(), io.BytesIO()
    stuff = tmp_path / "willekeurig"
    stuff.write_bytes(random.Random(4).randbytes(2 * cipher.PIECE_BYTES + 1000))
    with archive.packing(target, secret) as packer, stuff.open("rb") as source:
        packer.add("willekeurig", source)
        packer.close({"versie": 1})
    return target.getvalue(), secret


def unpack(content: bytes, secret: cipher.Secret, folder: Path) -> dict[str, Any]:
    source = io.BufferedReader(io.BytesIO(content))  # type: ignore[type-var]
    return archive.unpack(source, cipher.read_header(source), secret=secret, folder=folder)


def test_untouched_backup_opens(sealed: tuple[bytes, cipher.Secret], tmp_path: Path) -> None:
    assert unpack(*sealed, tmp_path / "uit")["versie"] == 1


def test_every_change_of_one_byte_is_noticed(sealed: tuple[bytes, cipher.Secret], tmp_path: Path) -> None:
    content, secret = sealed
    chance = random.Random(7)
    places = [
        *range(len(cipher.MAGIC) + 200),
        *(chance.randrange(len(content)) for _ in range(60)),
        len(content) - 1,
    ]
    for attempt, place in enumerate(places):
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(CommandError):
            unpack(bytes(changed), secret, tmp_path / str(attempt))


def test_cut_off_or_reordered_backup_is_noticed(sealed: tuple[bytes, cipher.Secret], tmp_path: Path) -> None:
    content, secret = sealed
    size, header = cipher.PIECE_BYTES + cipher.TAG_BYTES + 4, content.index(b"}") + 1
    first, second = content[header : header + size], content[header + size : header + 2 * size]
    last = content[header + 2 * size :]
    assert unpack(content[:header] + first + second + last, secret, tmp_path / "heel")
    for number, pieces in enumerate(
        ((first, second), (first,), (second, first, last), (first, last), (last,), ())
    ):
        with pytest.raises(CommandError, match="beschadigd"):
            unpack(content[:header] + b"".join(pieces), secret, tmp_path / str(number))


def test_other_key_does_not_open_and_says_so(sealed: tuple[bytes, cipher.Secret], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kopiesleutel past niet"):
        unpack(sealed[0], cipher.new_key(), tmp_path)


def test_passphrase_opens_its_own_backup_only(tmp_path: Path) -> None:
    target = io.BytesIO()
    with archive.packing(target, cipher.passphrase("een lange zin voor kopieën")) as packer:
        packer.close({"versie": 1})
    assert unpack(target.getvalue(), cipher.passphrase("een lange zin voor kopieën"), tmp_path)["versie"] == 1
    with pytest.raises(CommandError, match="wachtwoord past niet"):
        unpack(target.getvalue(), cipher.passphrase("een andere lange zin"), tmp_path)
    with pytest.raises(CommandError, match="te kort"):
        cipher.passphrase("kort")


@pytest.mark.django_db
def test_full_disk_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setenv("REGIETAFEL_KOPIEWACHTWOORD", "een lange zin voor kopieën")
    monkeypatch.setattr(making.database, "snapshot", full)
    with pytest.raises(OSError, match="No space left"):
        making.make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["slot"]


def test_health_asks_for_attention_until_there_is_a_recent_backup(installation: Installation) -> None:
    def found() -> str:
        parts = json.loads(installation.run("gezond", "--json").stdout)["onderdelen"]
        return next(part["stand"] for part in parts if part["naam"] == "reservekopie")

    assert found() == "let op"
    installation.backup()
    assert found() == "ok"
    noted = installation.data / "laatste-kopie.json"
    noted.write_text(json.dumps({"moment": "2026-01-01T03:00:00+00:00", "bestand": "weg"}))
    assert found() == "let op"
