"""Many at once, and a plug that is pulled: nothing doubles, nothing is half-written."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from regietafel.kit.audit import verify
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Ingest, Match, MediaPicture, Message, MonitorRequest, Source
from regietafel.monitor.services.monitors import start_monitor
from regietafel.monitor.services.pictures import make_picture, publish_picture
from regietafel.monitor.services.requests import ask_extension, decide_request
from tests.app.monitor.town import build, deliver, draft, person, row, write_csv

ROOT = Path(__file__).parents[3]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run tasks in threads that start together; return their results, or what they raised."""
    gate = threading.Barrier(len(tasks))
    results: list[Any] = [None] * len(tasks)

    def run(number: int, task: Callable[[], Any]) -> None:
        gate.wait()
        try:
            results[number] = task()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_same_file_delivered_at_once_is_stored_once() -> None:
    town = build()
    monitor = start_monitor(monitor=draft(town), by=town.adviser)
    rows = [row(number, f"Opvang {number}") for number in range(400)]
    outcomes = at_once(*[lambda: deliver(Source.objects.get(pk=town.source.pk), rows) for _time in range(4)])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert sorted(outcome.counts["nieuw"] for outcome in outcomes) == [0, 0, 0, 400]
    assert (Message.objects.count(), Match.objects.filter(monitor=monitor).count()) == (400, 400)
    assert verify() == []


def test_overlapping_files_of_two_sources_at_once() -> None:
    from regietafel.monitor.services.sources import create_source

    town = build()
    other = create_source(organisation=town.organisation, name="Andere", kind="bestand", by=None)
    rows = [row(number, f"Opvang {number}") for number in range(300)]
    outcomes = at_once(
        lambda: deliver(Source.objects.get(pk=town.source.pk), rows),
        lambda: deliver(Source.objects.get(pk=other.pk), rows[::-1]),
    )
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert Message.objects.count() == 300


def test_two_second_persons_at_once_decide_once() -> None:
    town = build()
    third = person("Dirk", town.organisation, may_approve=True, reads_up_to=2)
    monitor = start_monitor(monitor=draft(town), by=town.adviser)
    end = monitor.ends_on
    assert end is not None
    request = ask_extension(monitor=monitor, new_end_on=end + timedelta(days=20), reason="x", by=town.adviser)
    results = at_once(
        lambda: decide_request(
            request=MonitorRequest.objects.get(pk=request.pk), granted=True, reason="", by=town.second
        ),
        lambda: decide_request(
            request=MonitorRequest.objects.get(pk=request.pk), granted=False, reason="nee", by=third
        ),
    )
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]


def test_two_drafts_published_at_once_get_two_numbers() -> None:
    town = build()
    monitor = start_monitor(monitor=draft(town), by=town.adviser)
    day = monitor.starts_on
    assert day is not None
    drafts = [
        make_picture(monitor=monitor, period_from=day, period_until=day, by=town.adviser) for _n in range(4)
    ]
    results = at_once(
        *[lambda d=d: publish_picture(picture=d, revision=d.revision, by=town.adviser) for d in drafts]  # type: ignore[misc]
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert sorted(MediaPicture.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.parametrize("moment", ["match_messages", "record", "_note_delivery"])
def test_a_killed_import_leaves_nothing_and_can_be_repeated(tmp_path: Path, moment: str) -> None:
    """The import is killed when everything is written and nothing is confirmed yet."""
    path = write_csv(tmp_path / "groot.csv", 2_000)
    town = build()
    start_monitor(monitor=draft(town), by=town.adviser)
    connection.close()
    assert _import_in_a_process(path, killed_at=moment) == -signal.SIGKILL
    assert not Message.objects.exists() and not Ingest.objects.exists() and not Match.objects.exists()
    connection.close()
    assert _import_in_a_process(path) == 0
    assert (Message.objects.count(), Match.objects.count(), Ingest.objects.count()) == (2_000, 2_000, 1)
    assert verify() == []


def _import_in_a_process(path: Path, *, killed_at: str = "") -> int:
    """Take the file in with another process on the database of this test; return its exit code."""
    program = (
        "import os, signal, sys, django; django.setup()\n"
        "from django.db import connection\n"
        "connection.settings_dict['NAME'] = sys.argv[2]\n"
        "from pathlib import Path\n"
        "from regietafel.monitor.models import Source\n"
        "from regietafel.monitor.services import ingest\n"
        "die = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
        "if sys.argv[3]: setattr(ingest, sys.argv[3], die)\n"
        "source = Source.objects.get(name='Krant')\n"
        "ingest.take_in(ingest.offer_file(Path(sys.argv[1]), source=source, by=None))\n"
    )
    name = str(connection.settings_dict["NAME"])
    words = [sys.executable, "-c", program, str(path), name, killed_at]
    done = subprocess.run(words, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}, check=False, timeout=120)
    return done.returncode
