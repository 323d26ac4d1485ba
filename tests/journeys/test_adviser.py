"""The adviser: a dossier from nothing, with a keyboard only, and without JavaScript."""

import re
from typing import Any

from tests.journeys.conftest import DESKTOP, Eyes, Server

ADVISER = "adviseur@esrade.example"


def test_a_dossier_from_nothing(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    _begin(eyes, "Noodopvang Watertorenpad")
    eyes.press("Feit vastleggen")
    eyes.page.get_by_label("nog niet bekend").check()
    eyes.fill({"Wat": "Wanneer de eerste bewoners komen."}, then="Opslaan")
    eyes.press("Feit vastleggen")
    eyes.page.get_by_label("bekend", exact=True).check()
    eyes.fill({"Wat": "Er komen vijftig bedden.", "Bron": "Collegebesluit"}, then="Opslaan")
    assert "Wanneer de eerste bewoners komen." in eyes.text()

    eyes.press("Moment toevoegen")
    eyes.page.get_by_label("Soort").select_option(label="bijeenkomst")
    moment = {"Titel": "Inloopavond", "Dag": "2027-01-14", "Begint om": "19:30", "Plaats": "Dorpshuis"}
    eyes.fill(moment, then="Opslaan")
    assert "Inloopavond" in eyes.text()
    assert "do 14 januari 2027, 19:30" in eyes.text()

    eyes.press("Bestand toevoegen")
    paper = {"name": "Plattegrond.txt", "mimeType": "text/plain", "buffer": b"Een plattegrond in woorden."}
    eyes.page.get_by_label("Bestand", exact=True).set_input_files(files=[paper])
    eyes.press("Toevoegen")
    assert "Plattegrond.txt" in eyes.text()

    eyes.press("Overzicht")
    eyes.press("Fase wijzigen")
    eyes.press("Fase wijzigen")
    assert "Startdiagnose" in eyes.page.locator("[aria-current=step]").inner_text()
    eyes.press("Delen")
    eyes.page.get_by_label("Gemeente Nijendal").check()
    _confirm_and_save(eyes)
    eyes.look("dossier-van-de-adviseur")

    eyes.log_in("adviseur@nijendal.example")
    eyes.open("/dossiers")
    assert "Noodopvang Watertorenpad" in eyes.text()
    assert "Huisvesting vergunninghouders" not in eyes.text()


def test_the_keyboard_is_enough(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    keys = eyes.page.keyboard
    keys.press("Tab")
    assert "inhoud" in eyes.page.evaluate("document.activeElement.innerText").lower()
    eyes.open("/dossiers/nieuw")
    eyes.page.get_by_label("Titel").focus()
    keys.type("Alleen met het toetsenbord")
    for _step in range(12):
        keys.press("Tab")
        here = eyes.page.evaluate("document.activeElement.innerText")
        if here == "Dossier beginnen":
            break
        shown = eyes.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none", f"no visible focus on {here}"
    keys.press("Enter")
    eyes.page.wait_for_url(re.compile(r"/dossiers/\d+$"))
    assert eyes.page.inner_text("h1") == "Alleen met het toetsenbord"


def test_the_same_without_javascript(browser: Any, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL", viewport=DESKTOP)
    eyes = Eyes(context.new_page(), server)
    eyes.log_in(ADVISER)
    _begin(eyes, "Zonder script")
    eyes.press("Feit vastleggen")
    eyes.press("Opslaan")
    assert "Dit veld is vereist" in eyes.text()
    eyes.open("/omgeving/monitors/1")
    assert eyes.page.locator("svg path").count() > 3, "the chart needs a script"
    eyes.page.locator("summary", has_text="Tabel").click()
    assert "Dag" in eyes.page.locator(".rt-chart table").inner_text()
    context.close()


def _begin(eyes: Eyes, title: str) -> None:
    eyes.open("/")
    eyes.press("Nieuw dossier")
    eyes.page.get_by_label("Soort").select_option(label="opvanglocatie")
    eyes.fill(
        {"Titel": title, "Waar gaat het over": "Vijftig plekken voor drie maanden."}, then="Dossier beginnen"
    )
    assert eyes.page.inner_text("h1") == title


def _confirm_and_save(eyes: Eyes) -> None:
    eyes.press("Opslaan")
    sure = eyes.page.get_by_label("Ja, ik wil dat deze mensen het dossier kunnen lezen")
    if sure.count():
        sure.check()
        eyes.press("Opslaan")
