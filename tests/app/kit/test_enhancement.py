"""What the small script adds, in a real browser under our own policy: nothing typed is lost or leaked."""

import json
import mimetypes
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

from regietafel.kit.lists import Cell, Column, Head, Row
from regietafel.kit.pages import Header

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]
urlpatterns: list[Any] = []

HOME = "https://regietafel.example"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
DIRECTIVES: dict[str, list[Any]] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[assignment]
POLICY = "; ".join(
    f"{name} {' '.join(str(source) for source in sources if str(source).startswith(chr(39)))}"
    for name, sources in DIRECTIVES.items()
)
SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"dag": "2022-04-07", "aantal": 1031}]},
    "mark": {"type": "point", "size": 40000, "filled": True},
    "encoding": {
        "x": {"field": "dag", "type": "temporal", "scale": {"type": "utc"}},
        "y": {"field": "aantal", "type": "quantitative"},
    },
}


class Note(forms.Form):
    title = forms.CharField(label="Titel")
    text = forms.CharField(label="Tekst", widget=forms.Textarea)


class Visitor:
    """One tab of a browser that only ever gets our own pages, with a note of everything that went wrong."""

    def __init__(self, browser: Browser) -> None:
        self.account: int | None = 7
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.page: Page = browser.new_page()
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.route("**/*", self._answer)

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.wrong.append(text)

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if not address.startswith(HOME):
            self.outside.append(address)
            route.abort()
            return
        path = address.removeprefix(HOME)
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
            return
        route.fulfill(
            body=self._draw(path), content_type="text/html", headers={"Content-Security-Policy": POLICY}
        )

    def _draw(self, path: str) -> str:
        content, extra = PAGES.get(path, ("", {}))
        user = SimpleNamespace(is_authenticated=self.account is not None, pk=self.account)
        source = '{% extends "kit/base.html" %}{% block content %}' + content + "{% endblock %}"
        values = {"page": Header("Titel"), "user": user, **extra}
        return str(engines["django"].from_string(source).render(values))

    def open(self, path: str) -> Page:
        self.page.goto(HOME + path)
        return self.page


def listing() -> dict[str, Any]:
    column = Column("naam", "Naam", "x")
    rows = [Row((Cell("Havezatheweg", column), Cell("Raadplegen", column)), "/dossiers/1")]
    return {"heads": [Head(column, None, None), Head(column, None, None)], "rows": rows}


FORM = (
    '<form method="post" action="/verstuurd" data-guard data-autosave="notitie" novalidate>{{ form }}'
    '<span data-saved></span><button type="submit">Opslaan</button></form>'
)
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "/nieuw": (FORM, {"form": Note()}),
    "/verstuurd": ("<p>Opgeslagen.</p>", {}),
    "/grafiek": (
        '{% include "kit/components/chart.html" %}',
        {"chart": SimpleNamespace(svg="", table=None, spec_json=json.dumps(SPEC))},
    ),
    "/lijst": ('{% include "kit/components/table.html" %}', listing()),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    found = Visitor(browser)
    yield found
    found.page.close()
    assert found.outside == []
    assert found.wrong == []


def write_draft(visitor: Visitor) -> None:
    page = visitor.open("/nieuw")
    page.fill("textarea", "Een lange toelichting")
    page.get_by_text("In deze browser bewaard om").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_long_text_outlives_an_expired_session(visitor: Visitor) -> None:
    write_draft(visitor)
    visitor.account = None
    visitor.open("/inloggen")
    visitor.account = 7
    page = visitor.open("/nieuw")
    assert page.input_value("textarea") == ""
    page.get_by_role("button", name="Tekst terugzetten").click()
    assert page.input_value("textarea") == "Een lange toelichting"


def test_the_next_person_at_the_same_screen_does_not_get_the_text(visitor: Visitor) -> None:
    write_draft(visitor)
    visitor.account = 8
    page = visitor.open("/nieuw")
    assert page.get_by_role("button", name="Tekst terugzetten").count() == 0


def test_a_saved_text_is_not_offered_again(visitor: Visitor) -> None:
    write_draft(visitor)
    visitor.page.get_by_role("button", name="Opslaan").click()
    visitor.page.wait_for_url("**/verstuurd")  # waits for its script too, which the text alone does not
    page = visitor.open("/nieuw")
    assert page.get_by_role("button", name="Tekst terugzetten").count() == 0


def test_a_text_sent_with_an_expired_session_is_kept(visitor: Visitor) -> None:
    write_draft(visitor)
    visitor.account = None
    visitor.page.get_by_role("button", name="Opslaan").click()
    visitor.page.wait_for_url("**/verstuurd")
    visitor.account = 7
    page = visitor.open("/nieuw")
    assert page.get_by_role("button", name="Tekst terugzetten").count() == 1


def test_leaving_a_page_with_unsaved_text_asks_first(visitor: Visitor) -> None:
    page = visitor.open("/nieuw")
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.fill("input[name=title]", "Titel")
    visitor.open("/lijst")
    assert asked == ["beforeunload"]


def test_a_row_opens_what_it_is_about(visitor: Visitor) -> None:
    page = visitor.open("/lijst")
    page.get_by_role("cell", name="Raadplegen").click()
    page.wait_for_url("**/dossiers/1")


def test_values_can_be_pointed_at_without_loosening_the_policy(visitor: Visitor) -> None:
    page = visitor.open("/grafiek")
    button = page.get_by_role("button", name="Waarden aanwijzen")
    button.click()
    button.wait_for(state="detached")  # goes when the chart listens, which is later than the canvas is seen
    canvas = page.locator(".rt-chart canvas")
    box = canvas.bounding_box()
    assert box is not None
    line = page.locator(".rt-chart [role=status]")
    for step in range(2, 20):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * step / 20)
        if "aantal" in line.inner_text():
            break
    assert line.inner_text() == "do 7 april 2022 · aantal 1.031"
