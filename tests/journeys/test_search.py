"""The adviser searches the messages of a monitor: from its tab, after a mistake, and without JavaScript."""

from typing import Any

from tests.journeys.conftest import DESKTOP, Eyes, Server

ADVISER = "adviseur@esrade.example"
MONITOR = "Opvang in Esrade"


def test_messages_are_found_and_marked(eyes: Eyes) -> None:
    _open_search(eyes)
    eyes.look("zoeken-leeg")
    eyes.fill({"Wat zoekt u?": "opvang* NIET sportdag"}, then="Zoek")
    hits = eyes.page.locator("ol.rt-list > li")
    marked = [text.lower() for text in hits.locator("mark").all_inner_texts()]
    assert marked and all(text.startswith("opvang") for text in marked)
    assert all(one.locator("mark").count() for one in hits.all())
    eyes.look("zoeken-gevonden")


def test_a_mistake_is_shown_in_its_place_and_nothing_is_searched(eyes: Eyes) -> None:
    _open_search(eyes)
    eyes.fill({"Wat zoekt u?": "(opvang* OF azc"}, then="Zoek")
    assert "Regel 1, teken 1" in eyes.text()
    assert "Er is niet gezocht" in eyes.text()
    assert not eyes.page.locator("mark").count()
    eyes.look("zoeken-met-fout")
    eyes.fill({"Wat zoekt u?": "(opvang* OF azc)"}, then="Zoek")
    assert eyes.page.locator("ol.rt-list mark").count()


def test_searching_without_javascript(browser: Any, server: Server) -> None:
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport=DESKTOP, java_script_enabled=False
    )
    try:
        eyes = Eyes(context.new_page(), server)
        eyes.page.set_default_timeout(60_000)
        _open_search(eyes)
        eyes.fill({"Wat zoekt u?": "opvang*"}, then="Zoek")
        assert eyes.page.locator("ol.rt-list mark").count()
        eyes.press("Neem over als nieuwe zoekvraag")
        assert eyes.page.get_by_label("Zoekvraag", exact=True).input_value() == "opvang*"
    finally:
        context.close()


def _open_search(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    eyes.open("/omgeving")
    eyes.press(MONITOR)
    eyes.press("Zoeken")
