"""Pages of a monitor that 100,000 messages answer, as a person opens them, in SQLite."""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.bench_search import COLUMNS, _rows
from benchmarks.goals import Goal

STORED, FEWER = 100_000, 20_000
PAGE_MS, LABELLING_MS = 300, 100
PAGES = {
    "overzicht": "",
    "verloop en alarmen": "/verloop",
    "inhoud": "/inhoud",
    "verhalen": "/verhalen",
    "vergelijken": "/vergelijken",
    "berichten": "/berichten",
    "zoeken": "/zoeken?vraag=gemeente",
    "labels": "/labels",
    "labelen": "/labelen",
    "zoekvraag": "/zoekvraag",
    "bronnen": "/bronnen",
    "omgevingsbeelden": "/beelden",
    "verantwoording": "/verantwoording",
}


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Fill a monitor, let the background do its work, open every page some times, and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        client, monitor = _prepared(Path(folder), FEWER if is_small else STORED)
        base = f"/omgeving/monitors/{monitor.pk}"
        found = {name: _opened(client, base + path, rounds) for name, path in PAGES.items()}
    count = FEWER if is_small else STORED
    print(f"\nBladzijden van een monitor met {count:,} berichten, SQLite, op de klok".replace(",", ".", 1))
    for name, milliseconds in found.items():
        print(f"  {name:<34} {milliseconds:6.0f} ms")
    slowest = max(found, key=found.__getitem__)
    return [
        Goal(f"langzaamste bladzijde ({slowest})", found[slowest], hoogstens=PAGE_MS, eenheid="ms"),
        Goal("labelen", found["labelen"], hoogstens=LABELLING_MS, eenheid="ms"),
    ]


def _opened(client: Any, address: str, rounds: int) -> float:
    """Give the median time of a page in milliseconds, the first time left out."""
    spent = []
    for _round in range(max(3, rounds) + 1):
        started = time.perf_counter()
        response = client.get(address)
        spent.append(1000 * (time.perf_counter() - started))
        if response.status_code != 200:
            raise AssertionError(f"{address}: {response.status_code}")
    return statistics.median(spent[1:])


def _prepared(folder: Path, stored: int) -> tuple[Any, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
    os.environ.pop("REGIETAFEL_DATABASE", None)
    os.environ["REGIETAFEL_DATA"] = str(folder / "data")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.bench_ingest import _source
    from regietafel.monitor.models import Monitor
    from regietafel.monitor.services.understanding import understand
    from regietafel.register.models import Membership, Role, User

    settings.SECOND_FACTOR_REQUIRED = False
    call_command("migrate", verbosity=0)
    source = _source(1)
    owner = User.objects.get()
    role = Role.objects.create(code="meting", name="meting", may_write=True, reads_up_to=2)
    day = Monitor.objects.get().starts_on
    Membership.objects.create(user=owner, organisation=source.organisation, role=role, valid_from=day)
    _fill(source, stored)
    started = time.perf_counter()
    understand(source.organisation_id)
    print(f"Duiden van {stored} berichten op de achtergrond: {time.perf_counter() - started:.0f} s")
    client = Client()
    client.force_login(owner)
    return client, Monitor.objects.get()


def _fill(source: Any, stored: int) -> None:
    """Put messages of the last sixty days in, all of which answer the monitor."""
    from django.db import transaction
    from django.utils import timezone

    from regietafel.monitor.models import Ingest, Match, Message, Monitor
    from regietafel.monitor.services.indexing import rebuild_index
    from regietafel.monitor.services.inserting import insert_rows

    ingest = Ingest.objects.create(source=source, started_at=timezone.now(), file_name="meting")
    fixed = (source.organisation_id, source.pk, ingest.pk)
    moved = _moved(_rows(stored))
    monitor = Monitor.objects.get()
    with transaction.atomic():
        while some := list(islice(moved, 50_000)):
            insert_rows(Message, names=COLUMNS, rows=((*fixed, *row) for row in some))
        keys = Message.objects.order_by("pk").values_list("pk", flat=True)
        insert_rows(Match, names=("monitor", "message"), rows=((monitor.pk, key) for key in keys))
    rebuild_index()


def _moved(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Let the sixty days end yesterday."""
    from django.utils import timezone

    last = timezone.now().replace(hour=12) - timedelta(days=1)
    places = [COLUMNS.index(name) - 3 for name in ("published_at", "day", "received_at", "text_received_at")]
    shift = None
    for row in rows:
        values = list(row)
        shift = shift or timedelta(days=(last - values[places[0]]).days - 45)
        for place in places:
            values[place] = values[place] + shift
        if values[places[1]] > last.date():
            continue
        yield tuple(values)
