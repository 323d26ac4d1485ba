"""Searching stored messages: the page as a person opens it, over a large store with realistic questions.

``./regie bench search`` measures 100,000 messages in SQLite. ``python -m benchmarks.bench_search --berichten
1000000`` measures more, and PostgreSQL when ``REGIETAFEL_DATABASE`` names an empty one; it also prints what
each question found, so that two databases can be laid side by side.
"""

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any

from benchmarks import Measurement
from benchmarks.matcher.corpus import Writer

STORED = 100_000
POSTS, ARTICLES, ARTICLE_SHARE = 60_000, 3_000, 0.1
SECONDS_PROMISED = 0.3
DAYS = 60
SEED = 20_261_121
HENGELO = {
    "plaatsnaam": ["Hengelo"],
    "gemeentenaam": ["gemeente Hengelo"],
    "straatnaam": ["Kerkplein"],
    "twitteraccount gemeente": ["@gemeentehengelo"],
}
QUESTIONS = {
    "zeldzaam woord": "uniek777",
    "veelvoorkomend woord": "gemeente",
    "twee veelvoorkomende woorden": "de EN het",
    "begin van een woord": "opvang*",
    "twee letters": "op*",
    "woordgroep": '"bergen op zoom"',
    "woordgroep in de kop of de tekst": '"hof van twente" OF "gemeente hengelo"',
    "zonder": "opvang* NIET kinderopvang",
    "veel zonder weinig": "de NIET (gemeente OF raad)",
    "dichtbij": "opvang* NABIJ5 hengelo",
    "in het woord": "*opvang*",
    "precies": "=Hengelo",
    "hashtag": "#gemeente",
    "elke hashtag": "#* hengelo",
    "velden": "titel:raad bron:krant taal:nl azc*",
    "dagen": "hengelo sinds:2026-01-10 tot:2026-01-12",
    "adres": "url:bericht domein:krant7.example azc*",
    "niets": "ditwoordbestaatniet opvang*",
}
HARD = {
    "veelvoorkomende woorden naast elkaar, wat hier zelden voorkomt": '"van de gemeente"',
    "nog zeldzamer naast elkaar": "gemeente NAAST0 raad",
    "zeldzaam in het woord": "*dominverze*",
}


def measurements() -> Iterator[Measurement]:
    """Give what is measured, on a database of its own that lives as long as the measuring."""
    os.environ.pop("REGIETAFEL_DATABASE", None)
    with tempfile.TemporaryDirectory() as folder:
        open_page = _prepared(Path(folder), STORED)
        for name, question in _questions().items():
            yield Measurement(
                f"Zoeken in {STORED} berichten: {name}",
                1,
                "bladzijden",
                lambda question=question: open_page(question),
                1 / SECONDS_PROMISED,
            )


def _questions() -> dict[str, str]:
    from regietafel.monitor.adapters.model_question import model_question
    from regietafel.monitor.engine.query import parse

    model = parse(model_question().text).filled(HENGELO)
    return {**QUESTIONS, "de modelvraag voor Hengelo": model.canonical()}


def _prepared(folder: Path, stored: int) -> Any:
    """Fill a database and return what opens the page of a question."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regietafel.host.settings")
    os.environ["REGIETAFEL_DATA"] = str(folder / "data")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from regietafel.monitor.models import Monitor
    from regietafel.register.models import User

    settings.SECOND_FACTOR_REQUIRED = False
    call_command("migrate", verbosity=0)
    if not Monitor.objects.exists():
        _fill(stored)
    monitor, client = Monitor.objects.get(), Client()
    client.force_login(User.objects.get())

    def open_page(question: str, **more: str) -> str:
        address = f"/omgeving/monitors/{monitor.pk}/zoeken"
        response = client.get(address, {"vraag": question, **more})
        if response.status_code != 200:
            raise AssertionError(f"{question}: {response.status_code}")
        return response.content.decode()

    return open_page


def _fill(stored: int) -> None:
    from django.db import transaction
    from django.utils import timezone

    from regietafel.monitor.models import Ingest, Message
    from regietafel.monitor.services.indexing import rebuild_index
    from regietafel.monitor.services.inserting import insert_rows
    from regietafel.monitor.services.monitors import create_monitor
    from regietafel.monitor.services.sources import create_source
    from regietafel.register.models import Dossier, Membership, Organisation, Phase, Role, User

    organisation = Organisation.objects.create(name="Meting", code="meting", kind="gemeente")
    phase = Phase.objects.create(code="meting", name="Meting", order=1)
    dossier = Dossier.objects.create(organisation=organisation, title="Meting", kind="thema", phase=phase)
    owner = User.objects.create_user("meting@voorbeeld.example", None, name="Meting")
    role = Role.objects.create(code="meting", name="meting", may_write=True, reads_up_to=2)
    today = timezone.localdate()
    Membership.objects.create(user=owner, organisation=organisation, role=role, valid_from=today)
    source = create_source(organisation=organisation, name="Export", kind="bestand", by=None)
    create_monitor(
        dossier=dossier,
        query="opvang",
        sources=[source],
        by=owner,
        title="Meting",
        purpose="communicatie",
        legal_basis="meting",
        reason="meting",
        dpia_reference="meting",
        owner=owner,
        starts_on=today,
        ends_on=today + timedelta(days=30),
    )
    ingest = Ingest.objects.create(source=source, started_at=timezone.now(), file_name="meting")
    rows, fixed = _rows(stored), (organisation.pk, source.pk, ingest.pk)
    while some := list(islice(rows, 50_000)):
        with transaction.atomic():
            insert_rows(Message, names=COLUMNS, rows=((*fixed, *row) for row in some))
    rebuild_index()


COLUMNS = (
    "organisation", "source", "ingest", "key", "external_id", "url", "published_at", "day", "received_at",
    "text_received_at", "outlet", "kind", "language", "place", "labels", "title", "text", "text_hash",
    "author_day_hash", "version",
)  # fmt: skip


def _rows(stored: int) -> Iterator[tuple[Any, ...]]:
    """Draw messages over sixty days: posts of people and news, one in ten a long article."""
    lots, writer = random.Random(SEED), Writer(SEED)
    posts, articles = writer.posts(POSTS), writer.articles(ARTICLES)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(stored):
        is_article = lots.random() < ARTICLE_SHARE
        moment = first + timedelta(days=DAYS * lots.random())
        text = lots.choice(articles if is_article else posts)
        outlet = lots.randrange(40)
        yield (
            f"{number}", "", f"https://www.krant{outlet}.example/bericht/{number}", moment, moment.date(),
            moment, moment, f"Krant {outlet}", "nieuws" if lots.random() < 0.9 else "sociaal", "nl", "", [],
            lots.choice(posts)[:80], f"{text} uniek{number}", "", f"{number % 5_000}", 1,
        )  # fmt: skip


def main() -> None:
    """Open every question a few times and print the spread of the times, and what was found."""
    parser = argparse.ArgumentParser(description="Meet zoeken in veel berichten.")
    parser.add_argument("--berichten", type=int, default=1_000_000)
    parser.add_argument("--rondes", type=int, default=5)
    parser.add_argument("--map", type=Path, default=None, help="bewaar de gegevens voor een volgende keer")
    parser.add_argument("--antwoorden", type=Path, default=None, help="schrijf op wat elke vraag vindt")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        open_page = _prepared(options.map or Path(folder), options.berichten)
        questions = _questions()
        spent = _timed(open_page, questions, options.rondes)
        for name, every in zip(("wachttijd", "rekentijd"), spent, strict=True):
            middle, high = statistics.median(every), sorted(every)[int(len(every) * 0.95)]
            print(f"{name}: p50 {1000 * middle:.0f} ms, p95 {1000 * high:.0f} ms")
        print("Zo gekozen dat de index weinig helpt; na twee seconden stopt het zoeken:")
        _timed(open_page, HARD, options.rondes)
        if options.antwoorden:
            options.antwoorden.write_text(json.dumps(_answers(questions), indent=1))


def _timed(open_page: Any, questions: dict[str, str], rounds: int) -> tuple[list[float], list[float]]:
    """Open each question in turn, print and return what it took: by the clock, and of this processor."""
    times: dict[str, list[float]] = {name: [] for name in questions}
    worked: dict[str, list[float]] = {name: [] for name in questions}
    for _round in range(rounds):
        for name, question in questions.items():
            started, begun = time.perf_counter(), time.process_time()
            open_page(question)
            times[name].append(time.perf_counter() - started)
            worked[name].append(time.process_time() - begun)
    for name, spent in times.items():
        middle, most = 1000 * statistics.median(spent), 1000 * max(spent)
        work = 1000 * statistics.median(worked[name])
        print(f"{name:<64} mediaan {middle:5.0f} ms  hoogste {most:5.0f} ms  rekentijd {work:5.0f} ms")
    return list(chain(*times.values())), list(chain(*worked.values()))


def _answers(questions: dict[str, str]) -> dict[str, Any]:
    from regietafel.monitor.engine.query import parse
    from regietafel.monitor.models import Monitor
    from regietafel.monitor.selectors.searching import search_messages

    monitor = Monitor.objects.get()
    found = {name: search_messages(monitor, parse(text), seconds=600) for name, text in questions.items()}
    return {
        name: [one.count, one.is_counted, one.people, [hit.document.url for hit in one.hits]]
        for name, one in found.items()
    }


if __name__ == "__main__":
    main()
