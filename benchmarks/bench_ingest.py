"""The monitor: from a CSV file to messages, matches, report and log in SQLite, as people do it."""

import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks import Measurement
from benchmarks.bench_monitor import ROWS, _write

PROMISE_PER_SECOND = 4_000


def measurements() -> Iterator[Measurement]:
    """Give what is measured, on a database of its own that lives as long as the measuring."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "berichten.csv"
        _write(path)
        sources = _sources(Path(folder))
        yield Measurement(
            "CSV innemen in SQLite, met een lopende monitor",
            ROWS,
            "berichten",
            lambda: _take_in(path, next(sources)),
            PROMISE_PER_SECOND,
        )


def _sources(folder: Path) -> Iterator[Any]:
    """Give a source with a running monitor in a new organisation each time, so that every row is new."""
    os.environ["REGIETAFEL_DATA"] = str(folder / "data")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
    os.environ.pop("REGIETAFEL_DATABASE", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for number in count(1):
        yield _source(number)


def _source(number: int) -> Any:
    from django.utils import timezone

    from regietafel.monitor.services.monitors import create_monitor, start_monitor
    from regietafel.monitor.services.sources import create_source
    from regietafel.register.models import Dossier, Organisation, Phase, User

    organisation = Organisation.objects.create(
        name=f"Meting {number}", code=f"meting-{number}", kind="overig"
    )
    phase, _is_new = Phase.objects.get_or_create(code="meting", defaults={"name": "Meting", "order": 1})
    dossier = Dossier.objects.create(organisation=organisation, title="Meting", kind="thema", phase=phase)
    owner = User.objects.create_user(f"meting{number}@voorbeeld.example", None, name="Meting")
    source = create_source(organisation=organisation, name="Export", kind="bestand", by=None)
    monitor = create_monitor(
        dossier=dossier,
        query="(asielzoek* OF vluchteling* OF azc*) EN (Hengelo OF Borne) NIET kermis",
        sources=[source],
        by=owner,
        title="Meting",
        purpose="communicatie",
        legal_basis="meting",
        reason="meting",
        dpia_reference="meting",
        owner=owner,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=30),
    )
    start_monitor(monitor=monitor, by=owner)
    return source


def _take_in(path: Path, source: Any) -> None:
    from regietafel.monitor.services.ingest import offer_file, take_in

    outcome = take_in(offer_file(path, source=source, by=None))
    if outcome.counts["nieuw"] != ROWS:
        raise AssertionError(f"only {outcome.counts} went in")
