"""The adviser writes a question: with a place profile, live, with one click, and without JavaScript."""

import re
from typing import Any

from tests.journeys.conftest import DESKTOP, Eyes, Server

ADVISER = "adviseur@esrade.example"
MONITOR = "Opvang in Esrade"


def test_a_question_is_filled_read_tried_and_kept(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    _make_profile(eyes, "Molenbuurt")
    eyes.look("plaatsprofiel-nieuw")
    _open_editor(eyes)
    text = eyes.page.get_by_label("Zoekvraag", exact=True)
    eyes.page.get_by_label(re.compile("^Plaatsprofiel")).select_option(label="Molenbuurt")
    text.fill("opvang* EN (<plaatsnaam> OF <straatnaam>)\nNIET (kinderopvang OF IND")
    wrong = eyes.page.locator("#lezing [data-line='2']")
    wrong.wait_for()
    eyes.page.locator(".rt-editor__line--wrong").wait_for()
    eyes.look("zoekvraag-met-fout")

    wrong.get_by_role("link").click()
    assert eyes.page.evaluate("document.activeElement.id") == "id_text"
    text.press("Control+End")
    eyes.page.keyboard.type(")")
    eyes.page.get_by_role("button", name="Neem over: =IND").click()
    assert text.input_value().endswith("OF =IND)")
    eyes.page.get_by_text("uit het plaatsprofiel “Molenbuurt”").wait_for()
    eyes.page.get_by_role("status").filter(has_text="Gelezen:").wait_for()
    eyes.page.locator("#proef table").wait_for()
    eyes.look("zoekvraag-editor")

    eyes.press("Verder naar bewaren")
    assert "nog niets bewaard" in eyes.text()
    eyes.look("zoekvraag-bewaren")
    eyes.fill({"Waarom wijzigt u de vraag?": "De Molenbuurt hoort erbij."}, then="Bewaar als nieuwe versie")
    eyes.page.get_by_text("De nieuwe versie geldt vanaf nu").wait_for()
    assert "De Molenbuurt hoort erbij." in eyes.text()
    eyes.press("Vergelijk")
    assert "naar versie" in eyes.text()
    eyes.look("zoekvraag-vergelijken")


def test_a_question_from_another_system(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    _open_editor(eyes)
    eyes.press("Plak een vraag uit een ander systeem")
    eyes.page.get_by_label("OBI4wan of Spotler").check()
    eyes.page.get_by_label("De vraag zoals zij daar staat").fill("opvang NOT kinderopvang OR sporthal")
    eyes.press("Lees de vraag")
    assert "opvang AND NOT (kinderopvang OR sporthal)" in eyes.text()
    eyes.look("zoekvraag-geplakt")
    eyes.press("Neem over in de editor")
    text = eyes.page.get_by_label("Zoekvraag", exact=True)
    assert text.input_value() == "opvang AND NOT (kinderopvang OR sporthal)"


def test_a_question_without_javascript(browser: Any, server: Server) -> None:
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport=DESKTOP, java_script_enabled=False
    )
    try:
        eyes = Eyes(context.new_page(), server)
        eyes.page.set_default_timeout(15_000)
        eyes.log_in(ADVISER)
        _open_editor(eyes)
        eyes.press("Begin met de modelvraag")
        text = eyes.page.get_by_label("Zoekvraag", exact=True)
        assert "<naam burgemeester>" in text.input_value()
        eyes.press("Neem over: =IND")
        assert "=IND" in text.input_value()
        text.fill("(opvang* OF azc")
        eyes.press("Probeer")
        assert "Regel 1, teken 1" in eyes.text()
        text.fill("(opvang* OF azc) EN Esrade")
        eyes.press("Probeer")
        assert "berichten uit nieuws en pers" in eyes.text()
        eyes.press("Verder naar bewaren")
        eyes.press("Terug naar de vraag")
        assert text.input_value() == "(opvang* OF azc) EN Esrade"
    finally:
        context.close()


def test_an_expired_session_loses_no_question(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    _open_editor(eyes)
    text = eyes.page.get_by_label("Zoekvraag", exact=True)
    text.fill("opvang* EN Esrade NIET sportdag")
    eyes.press("Verder naar bewaren")
    eyes.page.get_by_text("nog niets bewaard").wait_for()
    eyes.page.context.clear_cookies()
    reason = {"Waarom wijzigt u de vraag?": "Sportdagen horen er niet bij."}
    eyes.fill(reason, then="Bewaar als nieuwe versie")
    eyes.page.get_by_label("Wachtwoord").wait_for()
    eyes.fill({"E-mailadres": ADVISER, "Wachtwoord": eyes.server.password}, then="Inloggen")
    eyes.page.get_by_text("Uw browser bewaarde tekst").wait_for()
    eyes.page.get_by_role("button", name="Tekst terugzetten").click()
    assert text.input_value() == "opvang* EN Esrade NIET sportdag"
    eyes.page.get_by_role("status").filter(has_text="Gelezen:").wait_for()


def _make_profile(eyes: Eyes, name: str) -> None:
    eyes.open("/omgeving/plaatsprofielen")
    eyes.look("plaatsprofielen")
    eyes.press("Nieuw plaatsprofiel")
    values = {"<plaatsnaam>": "Esrade", "<straatnaam>": "Molenweg\nHavezatheweg"}
    eyes.fill({"Naam van het profiel": name} | values, then="Maak plaatsprofiel")
    eyes.page.get_by_text("Het plaatsprofiel staat klaar").wait_for()


def _open_editor(eyes: Eyes) -> None:
    eyes.open("/omgeving")
    eyes.press(MONITOR)
    eyes.press("Zoekvraag")
    eyes.press("Wijzig de zoekvraag")
