"""A worker in its own process: it finishes what it holds when told to stop, and may be killed."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

STEERING = """
import os, pathlib, sys, time
import django
django.setup()
from regietafel.kit import jobs
from regietafel.kit.jobs import worker
log = pathlib.Path(os.environ["PROEF_LOG"])

@jobs.job("proef", label="Proef")
def slow() -> None:
    with log.open("a") as handle:
        handle.write("begin\\n")
    while not log.with_name("mag-klaar").exists():
        time.sleep(0.05)
    with log.open("a") as handle:
        handle.write("eind\\n")

worker.PULSE_SECONDS = 0.2
"""
ASK_AND_WORK = "jobs.enqueue('proef', {}, key='een'); jobs.run_worker()"
WORK = "jobs.run_worker()"
MIGRATE = "from django.core.management import call_command; call_command('migrate', verbosity=0)"


class Stage:
    """An installation of its own on disk, with workers that can be started, stopped and killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.environment = os.environ | {
            "REGIETAFEL_DATA": str(folder),
            "REGIETAFEL_DATABASE": "",
            "PROEF_LOG": str(self.log),
            "PYTHONPATH": str(Path(__file__).parents[3] / "src"),
        }
        self.workers: list[subprocess.Popen[bytes]] = []
        self.start(MIGRATE).wait(timeout=120)

    def start(self, code: str) -> "subprocess.Popen[bytes]":
        worker = subprocess.Popen([sys.executable, "-c", STEERING + code], env=self.environment)
        self.workers.append(worker)
        return worker

    def database(self, question: str) -> list[tuple[object, ...]]:
        with (
            closing(sqlite3.connect(self.folder / "regietafel.sqlite3", timeout=20)) as connection,
            connection,
        ):
            return connection.execute(question).fetchall()

    def job(self) -> tuple[object, ...]:
        return self.database(
            "SELECT state, attempts, lease_until IS NULL FROM kit_jobrun WHERE name = 'proef'"
        )[0]

    def written(self) -> list[str]:
        return self.log.read_text().split() if self.log.exists() else []

    def wait_for(self, arrived: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not arrived():
            assert time.monotonic() < deadline, f"written: {self.written()}"
            time.sleep(0.1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    for worker in made.workers:
        worker.kill()
        worker.wait()


def test_a_killed_worker_s_job_is_done_by_the_next_which_finishes_it_before_it_stops(stage: Stage) -> None:
    killed = stage.start(ASK_AND_WORK)
    stage.wait_for(lambda: stage.written() == ["begin"])
    killed.send_signal(signal.SIGKILL)
    killed.wait(timeout=30)
    assert stage.job() == ("bezig", 1, 0)

    stage.database("UPDATE kit_jobrun SET lease_until = '2020-01-01 00:00:00' WHERE state = 'bezig'")
    second = stage.start(WORK)
    stage.wait_for(lambda: stage.written() == ["begin", "begin"])
    second.send_signal(signal.SIGTERM)
    (stage.folder / "mag-klaar").touch()
    assert second.wait(timeout=60) == 0
    assert stage.written() == ["begin", "begin", "eind"]
    assert stage.job() == ("klaar", 2, 1)
