"""Every page a colleague can reach is in Dutch, accessible, fits a phone and calls nothing outside."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.urls.exceptions import Resolver404

from tests.journeys.conftest import Eyes

MOST_PAGES = 90
PER_ADDRESS = 1
FILES = re.compile(
    r"\.(docx|pdf|json|csv|xlsx|ics|txt)$|[?&]uit=|/bestand/|/kalender$|/agenda/\w+$|/stukken/\d+$|/fouten$|/bestanden/\d+$"
    r"|/opvang/overzicht|/opvang/lijsten/uit/"
)
LOOKED_AT: set[str] = set()  # a page is judged for the first role that reaches it, opened for all
ACCOUNTS = {
    "adviseur": "adviseur@esrade.example",
    "coordinator": "coordinator@esgaard.example",
    "beheerder": "beheer@esrade.example",
    "installatie": "installatie@regietafel.example",
}
FEWEST_PAGES = {"adviseur": 20, "coordinator": 40, "beheerder": 5, "installatie": 5}


@pytest.mark.parametrize("role", ACCOUNTS)
def test_every_page_within_reach(eyes: Eyes, role: str) -> None:
    outside: list[str] = []
    eyes.page.on("request", lambda request: _note_outside(eyes, request, outside))
    eyes.log_in(ACCOUNTS[role])
    waiting, names = ["/"], dict[str, int]()
    while waiting and len(names) < MOST_PAGES:
        path = waiting.pop(0)
        name = _name(path)
        if name is None or names.get(name, 0) >= PER_ADDRESS:
            continue
        names[name] = names.get(name, 0) + 1
        answer = eyes.page.goto(eyes.server.address + path)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        assert eyes.page.locator("h1").count() == 1, f"{path} has no single title"
        if path.startswith("/opvang/"):
            assert eyes.page.locator(".rt-crumbs li").first.inner_text() == "Opvang", (
                f"{path} has no way back"
            )
        if name not in LOOKED_AT:
            LOOKED_AT.add(name)
            eyes.look(f"{role}-{name}")
        waiting += _links(eyes)
    assert len(names) >= FEWEST_PAGES[role], sorted(names)
    assert not outside, f"requests to the outside: {outside}"


def test_pages_before_log_in(eyes: Eyes) -> None:
    for path, name in (
        ("/inloggen", "inloggen"),
        ("/volgregister", "volgregister"),
        ("/inloggen/bestaat-niet", "niet-gevonden"),
    ):
        eyes.open(path)
        eyes.look(name)


def _note_outside(eyes: Eyes, request: Any, outside: list[str]) -> None:
    if not request.url.startswith((eyes.server.address, "data:", "blob:")):
        outside.append(request.url)


def _links(eyes: Eyes) -> list[str]:
    found = eyes.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    here = urlsplit(eyes.page.url).path
    paths = [(here + link if link.startswith("?") else link) for link in found]
    return [path for path in dict.fromkeys(paths) if path.startswith("/") and not FILES.search(path)]


def _name(path: str) -> str | None:
    try:
        return resolve(urlsplit(path).path).url_name
    except Resolver404:
        return None
