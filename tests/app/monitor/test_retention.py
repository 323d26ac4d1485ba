"""Short memory: after its term raw text is gone, and a second delivery does not bring it back."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from regietafel.kit.models import AuditEvent
from regietafel.monitor.adapters import waiting
from regietafel.monitor.models import Ingest, Match, Message, MessageVersion, Monitor
from regietafel.monitor.services.monitors import change_monitor
from regietafel.monitor.services.retention import erase_raw_text
from regietafel.monitor.services.uploads import offer_upload
from tests.app.monitor.town import Town, csv_of, deliver, row

pytestmark = pytest.mark.django_db
SECRET = "zeldzaamwoord"


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    moment = timezone.now() + dt.timedelta(days=days, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_text_goes_and_counts_stay(town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(1, f"Opvang {SECRET}"), row(1, f"Opvang {SECRET} verbeterd")]
    deliver(town.source, rows)
    later(monkeypatch, 14)
    assert erase_raw_text() == 1
    message = Message.objects.get()
    kept = " ".join(str(value) for value in message.__dict__.values())
    assert SECRET not in kept and "krant.example" not in kept
    assert not MessageVersion.objects.exists()
    assert (message.outlet, message.kind, message.erased_at is not None) == ("De Krant", "nieuws", True)
    assert Match.objects.filter(monitor=running, message=message).exists()
    assert AuditEvent.objects.filter(action="berichten.gewist").count() == 1


def test_nothing_goes_before_its_term(town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(town.source, [row(1, "Opvang")])
    later(monkeypatch, 13)
    assert erase_raw_text() == 0


def test_without_a_monitor_the_shortest_usual_term_holds(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(town.source, [row(1, "Opvang")])
    later(monkeypatch, 14)
    assert erase_raw_text() == 1


def test_the_longest_term_of_the_monitors_counts(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_monitor(monitor=running, retention_days=25, by=town.adviser)
    deliver(town.source, [row(1, "Opvang")])
    later(monkeypatch, 20)
    assert erase_raw_text() == 0


def test_a_shorter_term_holds_at_once(town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(town.source, [row(1, "Opvang")])
    later(monkeypatch, 6)
    change_monitor(monitor=running, retention_days=5, by=town.adviser)
    assert Message.objects.get().erased_at


def test_a_second_delivery_does_not_bring_it_back(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(1, f"Opvang {SECRET}")]
    deliver(town.source, rows)
    later(monkeypatch, 14)
    erase_raw_text()
    again = deliver(town.source, rows)
    assert again.counts["dubbel"] == 1
    assert Message.objects.get().title == ""


def test_an_upload_that_nobody_confirmed_goes_within_a_day(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = csv_of([row(1, SECRET)])
    ingest = offer_upload(source=town.source, name="x.csv", chunks=[content], by=town.adviser)
    path = waiting.path_of(ingest.stored_name)
    assert path.read_bytes() == content and path.stat().st_mode & 0o077 == 0
    later(monkeypatch, 1)
    erase_raw_text()
    assert not path.exists() and not Ingest.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_words_are_gone_from_the_files_of_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.app.monitor.town import build

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL overwrites old rows only at VACUUM; see the handbook")
    town = build()
    deliver(town.source, [row(number, f"Opvang {SECRET} {number}") for number in range(300)])
    later(monkeypatch, 14)
    erase_raw_text()
    folder = Path(str(connection.settings_dict["NAME"])).parent
    found = sum(path.read_bytes().count(SECRET.encode()) for path in folder.glob("*sqlite3*"))
    assert found == 0
