"""The secretary notes a meeting: by keyboard, with a colleague, without a connection, without a script."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.conftest import DESKTOP, Eyes, Server

SECRETARY, MEMBER = "coordinator@esgaard.example", "burgemeester@esrade.example"
MEETING = "/overleg/vergaderingen/3"
NOTING = f"{MEETING}/notuleren"


def until(true: Callable[[], Any], what: str, seconds: float = 20) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def stored(page: Any, server: Server) -> dict[str, Any]:
    """Return what the server has of the meeting."""
    answer = page.request.get(f"{server.address}{NOTING}/stand")
    assert answer.ok, answer.status
    return dict(answer.json())


def lines(state: dict[str, Any]) -> list[str]:
    """Return the lines of all items, as they are stored."""
    return [re.sub(r"\s+", " ", line["html"]) for item in state["punten"] for line in item["regels"]]


def notes(state: dict[str, Any], place: int) -> str:
    """Return what was said about an item."""
    return str(state["punten"][place]["tekst"])


@pytest.fixture
def second(browser: Any, server: Server) -> Iterator[Eyes]:
    """Another browser, of a colleague of the secretariat."""
    context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", viewport=DESKTOP)
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield Eyes(page, server)
    context.close()


def box(eyes: Eyes, name: str) -> Any:
    """Return the field of the item that is shown."""
    return eyes.page.locator(f"[data-item]:not([hidden]) {name}")


def settled(eyes: Eyes) -> None:
    """Wait until the screen says that all is stored."""
    until(
        lambda: re.match(r"opgeslagen \d\d:\d\d:\d\d", eyes.page.inner_text("[data-told]")),
        "nothing was told to be stored",
    )


def began(eyes: Eyes) -> None:
    """Open the screen, and the meeting when nobody did."""
    eyes.open(NOTING)
    if eyes.page.get_by_role("button", name="Begin de vergadering").count():
        eyes.press("Begin de vergadering")


QUICK, NOTES = "[data-quick] input[name=regel]", "[data-notes] textarea"


def test_thirty_lines_by_keyboard(eyes: Eyes) -> None:
    eyes.log_in(SECRETARY)
    began(eyes)
    begun = time.monotonic()
    keyboard = eyes.page.keyboard
    eyes.page.locator("body").press("r")
    for item in range(3):
        for number in range(10):
            kind = "bka"[number % 3]
            text = "Nijendal: zoekt een zaal voor 19 april" if kind == "a" else f"Zaak {item}-{number}"
            keyboard.type(f"{kind} {text} {number}" if kind == "a" else f"{kind} {text}")
            keyboard.press("Enter")
        keyboard.press("Alt+ArrowDown")
    until(lambda: len(lines(stored(eyes.page, eyes.server))) == 30, "not all lines were stored")
    assert time.monotonic() - begun < 600
    assert "punt 4 van 10" in eyes.text()
    actions = [line for line in lines(stored(eyes.page, eyes.server)) if "Zoekt een zaal" in line]
    assert len(actions) == 9
    assert all("Gemeente Nijendal" in line and "uiterlijk" in line for line in actions)
    keyboard.press("Escape")
    keyboard.press("p")
    assert "punt 3 van 10" in eyes.text()
    keyboard.press("t")
    keyboard.type("Het was een goed gesprek.")
    settled(eyes)
    keyboard.press("Escape")
    keyboard.press("a")
    keyboard.press("Space")
    until(lambda: stored(eyes.page, eyes.server)["aanwezig"][0]["stand"] == "aanwezig", "no presence stored")
    assert notes(stored(eyes.page, eyes.server), 2) == "Het was een goed gesprek."
    eyes.look("notuleren")

    eyes.page.get_by_label("Notuleren met toetsen").uncheck()
    eyes.page.locator("body").press("n")
    assert "punt 3 van 10" in eyes.text()


def test_two_secretaries_at_once_lose_nothing(eyes: Eyes, second: Eyes) -> None:
    for one in (eyes, second):
        one.log_in(SECRETARY)
        one.open(NOTING + "#punt-x")
        one.page.locator("[data-to]").nth(4).click()
    for number in range(6):
        for one, name in ((eyes, "eerste"), (second, "tweede")):
            box(one, NOTES).press("Control+End")
            box(one, NOTES).press_sequentially(f"\n{name} schrijft zin {number}")
            if number % 2 == 0:
                box(one, QUICK).fill(f"b besluit {number} van de {name}")
                box(one, QUICK).press("Enter")
    wanted = {f"{name} schrijft zin {number}" for name in ("eerste", "tweede") for number in range(6)}

    def all_there() -> bool:
        state = stored(eyes.page, eyes.server)
        found = {line.strip() for line in notes(state, 4).split("\n")}
        decisions = "".join(lines(state))
        return wanted <= found and all(
            f"Besluit {number} van de {name}" in decisions
            for name in ("eerste", "tweede")
            for number in (0, 2, 4)
        )

    until(all_there, "something of one of them is missing")
    text = notes(stored(eyes.page, eyes.server), 4).split("\n")
    assert sorted(line for line in text if line) == sorted(wanted)
    for one in (eyes, second):
        until(lambda one=one: box(one, NOTES).input_value().split("\n") == text, "a screen shows less")  # type: ignore[misc]
        until(lambda one=one: box(one, "[data-entry]").count() == 6, "a screen lacks a line")  # type: ignore[misc]
        assert "collega" in box(one, "[data-notes] [data-merged]").inner_text()

    first_line = eyes.page.locator("[data-item]:not([hidden]) [data-entry] textarea[name=tekst]").first
    other_line = second.page.locator("[data-item]:not([hidden]) [data-entry] details textarea").first
    first_line.fill("Besluit 0, met andere woorden")
    second.page.locator("[data-item]:not([hidden]) [data-entry] summary").first.click()
    other_line.fill("En een toelichting erbij")

    def both() -> bool:
        decisions = "".join(lines(stored(eyes.page, eyes.server)))
        return "Besluit 0, met andere woorden" in decisions and "En een toelichting erbij" in decisions

    until(both, "two fields of one line did not both arrive")


def test_without_a_connection_nothing_is_lost(browser: Any, server: Server) -> None:
    context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", viewport=DESKTOP)
    eyes = Eyes(context.new_page(), server)
    eyes.log_in(SECRETARY)
    eyes.open(NOTING)
    eyes.page.locator("[data-to]").nth(5).click()
    context.set_offline(True)
    box(eyes, NOTES).fill("Geschreven zonder verbinding")
    box(eyes, QUICK).fill("k De verbinding valt weg")
    box(eyes, QUICK).press("Enter")
    until(lambda: "Nog niet opgeslagen" in eyes.page.inner_text("[data-told]"), "no warning")
    kept = eyes.page.evaluate("JSON.stringify(sessionStorage)")
    assert "Geschreven zonder verbinding" in kept and "De verbinding valt weg" in kept
    context.set_offline(False)
    settled(eyes)
    state = stored(eyes.page, server)
    until(lambda: notes(stored(eyes.page, server), 5) == "Geschreven zonder verbinding", "notes were lost")
    assert sum("De verbinding valt weg" in line for line in lines(stored(eyes.page, server))) == 1
    assert "Geschreven" not in eyes.page.evaluate("JSON.stringify(sessionStorage)"), state["stand"]
    context.close()


def test_without_a_script_every_field_has_its_button(browser: Any, server: Server) -> None:
    context = browser.new_context(locale="nl-NL", viewport=DESKTOP, java_script_enabled=False)
    eyes = Eyes(context.new_page(), server)
    eyes.log_in(SECRETARY)
    eyes.open(NOTING)
    item = eyes.page.locator("[data-item]").nth(6)
    item.locator("[data-notes] textarea").fill("Zonder script geschreven")
    eyes.click(item.locator("[data-notes] button"))
    assert "Opgeslagen om" in eyes.text()
    item.locator("[data-quick] input[name=regel]").fill("b Zonder script besloten")
    eyes.click(item.locator("[data-quick] button"))
    chip = eyes.page.locator("[data-chip] button").nth(2)
    assert "onbekend" in chip.inner_text()
    eyes.click(chip)
    state = stored(eyes.page, server)
    assert notes(state, 6) == "Zonder script geschreven"
    assert any("Zonder script besloten" in line for line in lines(state))
    assert state["aanwezig"][2]["stand"] == "aanwezig"
    context.close()


def test_from_notes_to_minutes_that_are_laid_down(eyes: Eyes) -> None:
    eyes.log_in(SECRETARY)
    began(eyes)
    for text in ("b Wij zoeken verder", "b Wij zoeken nog eens verder"):
        box(eyes, QUICK).fill(text)
        box(eyes, QUICK).press("Enter")
    settled(eyes)
    eyes.page.locator("[data-to]").nth(1).click()
    eyes.click(box(eyes, "a").filter(has_text="Stel het verslag vast"))
    eyes.look("verslag-vaststellen")
    eyes.press("Ja, stel vast")
    assert "vastgesteld als versie 1" in eyes.text()
    eyes.page.locator("[data-to]").nth(0).click()
    eyes.click(box(eyes, "[data-entry] a").filter(has_text="Bijzonderheden").first)
    eyes.look("regel-bijzonderheden")
    eyes.fill({"Terugkoppeling via": "het projectleidersoverleg"}, then="Opslaan")
    eyes.click(box(eyes, "[data-entry] a").filter(has_text="Trek in").last)
    eyes.fill({"Waarom trekt u deze regel in?": "Dubbel genoteerd"}, then="Trek in")
    eyes.press("Sluit de vergadering")
    assert "conceptverslag" in eyes.text() and "Dubbel genoteerd" in eyes.text()
    assert eyes.page.locator("s").count() == 1
    eyes.look("verslag")
    eyes.press("Stel het verslag vast")
    eyes.press("Ja, stel vast")
    assert "vingerafdruk klopt" in eyes.text()
    eyes.press("Maak een nieuwe versie")
    eyes.fill({"Wat moet er veranderen?": "De perslijn ontbrak"}, then="Maak een nieuwe versie")
    eyes.page.locator("#perslijn-tekst").fill("Geen persbericht deze week.")
    settled(eyes)
    eyes.open(f"{MEETING}/verslag")
    eyes.press("Stel het verslag vast")
    eyes.press("Ja, stel vast")
    eyes.press("Verschil met versie 1")
    assert "Geen persbericht deze week." in eyes.text()
    eyes.look("verslag-verschil")
    eyes.log_in(MEMBER)
    eyes.open(f"{MEETING}/verslag")
    assert "versie 2" in eyes.text() and "Geen persbericht" in eyes.text()
