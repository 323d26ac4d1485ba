"""Fetching feeds: only what a running monitor uses, only what changed, only from public addresses."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from regietafel.kit.fetch import FetchRefused
from regietafel.monitor.models import Ingest, Message, Monitor, Source
from regietafel.monitor.services.fetching import fetch_feed, fetch_feeds
from regietafel.monitor.services.sources import create_source
from tests.app.monitor.town import Town

pytestmark = pytest.mark.django_db
FEED = (
    "<rss version='2.0'><channel><title>Krant</title>"
    "<item><title>{title}</title><link>https://krant.example/1</link>"
    "<pubDate>Tue, 07 Apr 2026 10:00:00 +0200</pubDate></item></channel></rss>"
)


class Site(BaseHTTPRequestHandler):
    """A news site on this machine; `asked` remembers the headers of every request."""

    asked: ClassVar[list[dict[str, str]]] = []
    title: ClassVar[str] = "Opvang aan de Kade"
    status: ClassVar[int] = 200

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers))
        known = self.headers.get("If-None-Match") == f'"{self.title}"'
        self.send_response(304 if known else self.status)
        self.send_header("ETag", f'"{self.title}"')
        self.end_headers()
        if not known:
            self.wfile.write(FEED.format(title=self.title).encode())

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Site, "asked", [])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    settings.REGIETAFEL_FETCH_ALLOW = (f"127.0.0.1:{server.server_port}",)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/feed"
    server.shutdown()
    server.server_close()


@pytest.fixture
def feed(town: Town, running: Monitor, site: str) -> Source:
    source = create_source(
        organisation=town.organisation,
        name="Site",
        kind="feed",
        address=site,
        message_kind="nieuws",
        by=town.adviser,
    )
    running.sources.add(source)
    return source


def test_what_did_not_change_is_not_sent_again(feed: Source) -> None:
    assert fetch_feeds() == {"opgehaald": 1, "ongewijzigd": 0, "mislukt": 0}
    assert fetch_feeds() == {"opgehaald": 0, "ongewijzigd": 1, "mislukt": 0}
    assert (len(Site.asked), Message.objects.count(), Ingest.objects.count()) == (2, 1, 1)


def test_a_corrected_headline_becomes_a_version(feed: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch_feeds()
    monkeypatch.setattr(Site, "title", "Opvang aan de Kade gaat niet door")
    fetch_feeds()
    message = Message.objects.get()
    assert (message.title, message.version) == ("Opvang aan de Kade gaat niet door", 2)


def test_nothing_is_fetched_without_a_running_monitor(feed: Source, running: Monitor) -> None:
    Monitor.objects.filter(pk=running.pk).update(state="gepauzeerd")
    fetch_feeds()
    assert Site.asked == []


def test_a_failing_site_is_noted_and_the_others_go_on(
    feed: Source, town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = create_source(
        organisation=town.organisation, name="A stuk", kind="feed", address="http://127.0.0.1:9/feed", by=None
    )
    running.sources.add(broken)
    assert fetch_feeds() == {"opgehaald": 1, "ongewijzigd": 0, "mislukt": 1}
    broken.refresh_from_db()
    assert broken.last_error
    monkeypatch.setattr(Site, "status", 500)
    monkeypatch.setattr(Site, "title", "anders")
    with pytest.raises(FetchRefused, match="500"):
        fetch_feed(source=Source.objects.get(pk=feed.pk), by=None)


def test_an_inside_address_is_never_called(town: Town, running: Monitor, site: str, settings: Any) -> None:
    settings.REGIETAFEL_FETCH_ALLOW = ()
    source = create_source(organisation=town.organisation, name="Binnen", kind="feed", address=site, by=None)
    with pytest.raises(FetchRefused):
        fetch_feed(source=source, by=None)
    assert Site.asked == []
