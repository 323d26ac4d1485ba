"""Fifty thousand messages: on either database the page gives what the engine gives, message by message."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.query import Document, parse
from regietafel.monitor.models import Ingest, Message, Monitor
from regietafel.monitor.selectors.messages import document_from
from regietafel.monitor.selectors.searching import search_messages
from regietafel.monitor.services.indexing import rebuild_index
from regietafel.monitor.services.inserting import insert_rows
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
STORED = 50_000
FIRST = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
WORDS = (
    "de het een in van opvang opvang, Opvang opvanglocatie kinderopvang noodopvang azc AZC azc-bewoners #azc "
    "@gemeentehengelo Hengelo hengelo. Borne raad wethouder Syriërs syriers asiel zoekers asielzoekers "
    "dominverzet d'r AMV's plan besluit avond"
).split()
WORDS += [f"woord{number}" for number in range(200)]
QUESTIONS = (
    "azc",
    "dominverzet NIET de",
    "opvang*",
    "*opvang* NIET kinderopvang",
    '"asiel zoekers" OF asielzoekers',
    '"opvang* hengelo"',
    "opvang NABIJ3 borne",
    "(raad OF wethouder) NAAST1 plan",
    "=Hengelo NIET =hengelo",
    "=Syriërs",
    "#azc",
    "azc-bewoners",
    "AMV's bron:krant3",
    "titel:azc* tekst:besluit",
    "domein:krant5.example url:bericht opvang",
    "besluit sinds:2026-03-05 tot:2026-03-06",
    "label:wonen plaats:borne soort:pers taal:nl",
    "(azc* OF opvang* OF asielzoek* OF dominverze?) EN (hengelo OF borne OF @gemeentehengelo) "
    "NIET (kinderopvang OF #azc)",
)


def test_every_page_together_is_the_answer_of_the_engine(town: Town, running: Monitor) -> None:
    ingest = Ingest.objects.create(source=town.source, started_at=FIRST, file_name="veel")
    fixed = (town.organisation.pk, town.source.pk, ingest.pk)
    rows = list(_rows())
    insert_rows(Message, names=COLUMNS, rows=((*fixed, *row) for row in rows))
    rebuild_index()
    asked = {text: parse(text) for text in QUESTIONS}
    wanted: dict[str, list[tuple[dt.datetime, int]]] = {text: [] for text in QUESTIONS}
    pks = dict(Message.objects.values_list("key", "pk"))
    verdicts = Matcher(asked).answer_all(map(_document, rows))
    for stored, found in zip(rows, verdicts, strict=True):
        for text in found:
            if stored[8] != "sociaal":
                wanted[text].append((stored[3], pks[stored[0]]))
    for text, query in asked.items():
        newest_first = [pk for _moment, pk in sorted(wanted[text], reverse=True)]
        assert newest_first, f"nothing to find for {text}"
        assert list(_all_pages(running, query)) == newest_first, text


def test_postgresql_knows_a_new_index_at_once(town: Town) -> None:
    """Until it knows how much is filed, it reads and sorts all places for the newest hundred."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps the places in order, whatever it knows of them")
    deliver(town.source, [row(number, f"Opvang {number}") for number in range(30)])
    rebuild_index()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'monitor_words'::regclass")
        assert cursor.fetchone() == (30,)


def _all_pages(monitor: Monitor, query: Any) -> Iterator[int]:
    before = None
    while True:
        page = search_messages(monitor, query, before=before, most=2_000, seconds=600)
        yield from (hit.number for hit in page.hits)
        before = page.older
        if before is None:
            return


COLUMNS = (
    "organisation", "source", "ingest", "key", "external_id", "url", "published_at", "day", "received_at",
    "text_received_at", "outlet", "kind", "language", "place", "labels", "title", "text", "text_hash",
    "author_day_hash", "version",
)  # fmt: skip


def _rows() -> Iterator[tuple[Any, ...]]:
    """Draw messages of which many share a second, so that only their number puts them in order."""
    lots = random.Random(1)
    for number in range(STORED):
        moment = FIRST + dt.timedelta(seconds=lots.randrange(10 * 86_400))
        outlet = lots.randrange(9)
        title, text = (" ".join(lots.choices(WORDS, k=lots.randint(0, 8))) for _part in "ab")
        yield (
            str(number), "", f"https://krant{outlet}.example/bericht/{number}", moment,
            timezone.localtime(moment).date(), moment, moment, f"Krant{outlet}",
            lots.choice(("nieuws", "nieuws", "pers", "sociaal")), lots.choice(("nl", "de")),
            lots.choice(("Borne", "Hengelo", "")), lots.choice(([], ["wonen"], ["zorg"])), title, text,
            "", "", 1,
        )  # fmt: skip


def _document(row: tuple[Any, ...]) -> Document:
    (_key, _id, url, _at, day, _r, _t, outlet, kind, language, place, labels, title, text, *_rest) = row
    return document_from((title, text, outlet, language, place, labels, url, kind, day))
