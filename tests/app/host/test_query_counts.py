"""Pages ask the database the same few questions, however much there is to show."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regietafel.monitor.services.monitors import start_monitor
from regietafel.register.models import Fact, JournalEntry, Link, Moment
from tests.app.monitor.town import Town, build, deliver, dossier_of, draft, row

pytestmark = pytest.mark.django_db
MORE = 10


@pytest.fixture
def town(settings: Any) -> Town:
    settings.SECOND_FACTOR_REQUIRED = False
    return build()


def _fill(town: Town, *, number: int) -> None:
    """Put one more of everything into the dossier, and one more dossier with a monitor beside it."""
    part = {"dossier": town.dossier, "created_by": town.second}
    Fact.objects.create(text=f"Feit {number}", status="bekend", as_of=timezone.localdate(), **part)
    JournalEntry.objects.create(text=f"Notitie {number}", **part)
    Link.objects.create(title=f"Stuk {number}", url=f"https://krant.example/{number}", **part)
    for ahead in (-number - 1, number + 1):
        at = timezone.now() + timedelta(hours=ahead)
        Moment.objects.create(title=f"Moment {number}", kind="termijn", starts_at=at, **part)
    beside = dossier_of(town.organisation, town.second)
    for dossier in (town.dossier, beside):
        dossier.shared_with.add(town.neighbour)
        monitor = draft(replace(town, dossier=dossier), title=f"Monitor {number}")
        start_monitor(monitor=monitor, by=town.adviser)
    rows = [row(number * 10 + place, f"Opvang {number} {place}") for place in range(3)]
    deliver(town.source, rows)


def _questions(town: Town, path: str) -> int:
    client = Client()
    client.force_login(town.adviser)
    client.get(path)  # what is asked once per process or person is not what grows
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 46),
        ("/dossiers", 16),
        ("/dossiers/{dossier}", 29),
        ("/dossiers/{dossier}/tijdlijn", 17),
        ("/omgeving", 15),
        ("/omgeving/bronnen", 11),
        ("/omgeving/monitors/{monitor}", 17),
        ("/omgeving/monitors/{monitor}/inhoud", 20),
        ("/omgeving/monitors/{monitor}/verhalen", 20),
        ("/omgeving/monitors/{monitor}/vergelijken", 20),
    ],
)
def test_ten_times_as_much_asks_no_more(town: Town, path: str, most: int) -> None:
    _fill(town, number=0)
    path = path.format(dossier=town.dossier.pk, monitor=town.dossier.monitors.get().pk)
    few = _questions(town, path)
    for number in range(1, MORE):
        _fill(town, number=number)
    assert _questions(town, path) == few <= most
