"""Pull the plug during an import: nothing half stored, and the import can simply be done again.

`REGIETAFEL_PROEF_RIJEN` and `REGIETAFEL_PROEF_KEREN` make it longer, as before a release (100000 and 12).
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
ROWS = int(os.environ.get("REGIETAFEL_PROEF_RIJEN", "12000"))
KILLS = int(os.environ.get("REGIETAFEL_PROEF_KEREN", "4"))
TABLES = ("monitor_message", "monitor_messageversion", "monitor_ingest")
MEGABYTE = 1_000_000


class Installation:
    """A data folder of its own, with the command line in processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "data" / "regietafel.sqlite3"
        self.file = folder / "groot.csv"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("REGIETAFEL_")}
        self.environment = {**kept, "REGIETAFEL_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT / "src")}

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "regietafel.host.cli", *words]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *words: str) -> dict[str, Any]:
        process = self.start(*words, "--json")
        output, errors = process.communicate(timeout=600)
        assert process.returncode == 0, errors
        found: dict[str, Any] = json.loads(output)
        return found

    def take_in(self) -> subprocess.Popen[str]:
        return self.start("inname", str(self.file), "--json")

    def counts(self) -> dict[str, int]:
        with closing(sqlite3.connect(self.database)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert not connection.execute("PRAGMA foreign_key_check").fetchall()
            return {t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in TABLES}

    def log_size(self) -> int:
        log = self.database.with_name(f"{self.database.name}-wal")
        return log.stat().st_size if log.exists() else 0


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation(tmp_path)
    with made.file.open("w", encoding="utf-8") as handle:
        handle.write("id;datum;kop;tekst;bron;soort;url\n")
        for n in range(ROWS):
            handle.write(
                f"b{n};2026-10-{1 + n % 28:02}T{n % 24:02}:{n % 60:02};Bericht {n} over de opvang;"
                f"Tekst van bericht {n}: bewoners vragen om uitleg over de locatie aan straat {n % 997}.;"
                f"Krant {n % 9};nieuws;https://krant{n % 9}.example/artikel/{n}\n"
            )
    made.run("voorbereid")
    return made


def moments(installation: Installation) -> Iterator[tuple[str, Callable[[float], bool]]]:
    """Yield when to pull: while reading, at the first bytes written, and deeper in the transaction."""
    per_row = 250  # bytes of write-ahead log that one message takes at the very least
    for turn in range(KILLS):
        if turn % 4 == 0:
            yield "lezend", lambda seconds, turn=turn: seconds > 2 + turn / 4
        else:
            least = (turn % 4 - 1) / 3 * ROWS * per_row + MEGABYTE / 10
            yield (
                f"schrijvend vanaf {least / MEGABYTE:.1f} MB",
                lambda _s, least=least: installation.log_size() > least,
            )


def test_a_killed_import_leaves_nothing_and_can_be_repeated(installation: Installation) -> None:
    before = installation.counts()
    killed = []
    for name, is_time in moments(installation):
        process, started = installation.take_in(), time.monotonic()
        while process.poll() is None and not is_time(time.monotonic() - started):
            time.sleep(0.005)
        log_bytes = installation.log_size()
        process.kill()
        process.communicate()
        killed.append((name, process.returncode, log_bytes))
        assert process.returncode == -9, f"the import was over before the plug was pulled: {killed}"
        assert installation.counts() == before, killed
    assert any(log > MEGABYTE for _name, _code, log in killed), f"never in the middle of writing: {killed}"
    done = installation.run("inname", str(installation.file))
    assert (done["gelezen"], done["nieuw"], done["berichten"], done["fouten"]) == (ROWS, ROWS, ROWS, [])
    counts = installation.counts()
    assert counts["monitor_message"] == ROWS and counts["monitor_ingest"] == before["monitor_ingest"] + 1
    again = installation.run("inname", str(installation.file))
    assert (again["nieuw"], again["dubbel"], again["berichten"]) == (0, ROWS, ROWS)
    audit = installation.run("audit", "controleer")
    assert audit["ongeschonden"] and audit["regels"] >= 1
