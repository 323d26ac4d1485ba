"""Labelling without a mouse, and the pages around it: counts until a sample allows shares."""

import re

from tests.journeys.conftest import Eyes

ANALYST, ADVISER = "communicatie@esrade.example", "adviseur@esrade.example"
MONITOR = "/omgeving/monitors/1"
ANSWERS = ("i", "b", "s", "ib", "0", "i", "s", "0", "b", "i")


def _labelled(eyes: Eyes) -> int:
    """Read how many this person labelled."""
    found = re.search(r"waarvan (\d+) door u", eyes.text())
    assert found, eyes.text()
    return int(found.group(1))


def _answer(eyes: Eyes, keys: str) -> None:
    """Press the keys of an answer; 0 answers by itself, after other keys Enter does."""
    for key in keys:
        if key != "0":
            eyes.page.keyboard.press(key)
    with eyes.page.expect_navigation():
        eyes.page.keyboard.press("0" if keys == "0" else "Enter")


def test_ten_messages_by_keyboard_only(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open(f"{MONITOR}/labels")
    eyes.look("labels-met-aandelen")
    assert "Van alle treffers" in eyes.text() and "steekproef" in eyes.text()
    eyes.open(f"{MONITOR}/labelen?soort=training")
    begun = _labelled(eyes)
    eyes.page.keyboard.press("i")
    assert eyes.page.locator("input[name=label][value=I]").is_checked()
    eyes.page.keyboard.press("i")
    for count, keys in enumerate(ANSWERS, start=1):
        _answer(eyes, keys)
        assert _labelled(eyes) == begun + count
    eyes.look("labelen")
    with eyes.page.expect_navigation():
        eyes.page.keyboard.press("Backspace")
    assert _labelled(eyes) == begun + len(ANSWERS) - 1

    eyes.open(f"{MONITOR}/labels")
    eyes.press("Trek een steekproef")
    eyes.look("steekproef")
    eyes.page.get_by_label("Aantal berichten").fill("20")
    eyes.press("Trek")
    assert "steekproef van 20" in eyes.text() and "De computer leert er niet van" in eyes.text()
    for keys in ANSWERS[:3]:
        _answer(eyes, keys)
    eyes.open(f"{MONITOR}/labels")
    eyes.look("labels")
    assert "Met de hand gelabeld" in eyes.text() and "Aandeel (95 %-marge)" not in eyes.text()


def test_keys_can_be_turned_off(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open(f"{MONITOR}/labelen?soort=training")
    eyes.page.get_by_label("Labelen met toetsen").uncheck()
    eyes.page.locator("body").press("i")
    assert not eyes.page.locator("input[name=label][value=I]").is_checked()


def test_an_actor_needs_a_colleague(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open("/omgeving")
    eyes.press("Publieke actoren")
    eyes.look("actoren")
    eyes.press("Nieuwe actor")
    eyes.page.get_by_label("andere organisatie").check()
    eyes.fill({"Naam": "Jan de Vries", "Waarom op de lijst": "Spreekt vaak."}, then="Zet op de lijst")
    assert "voornaam met een achternaam" in eyes.text()
    eyes.look("actor-geweigerd")
    eyes.fill(
        {"Naam": "Sportbond Esgaard", "Waarom op de lijst": "Spreekt voor clubs."}, then="Zet op de lijst"
    )
    assert "Vraag een collega" in eyes.text()
    address = eyes.page.url.removeprefix(eyes.server.address)
    eyes.log_in(ADVISER)
    eyes.open(address)
    eyes.look("actor")
    eyes.press("Nagekeken, telt mee")
    assert "telt mee" in eyes.text()
    eyes.open(f"{MONITOR}/berichten")
    with eyes.page.expect_navigation():
        eyes.page.locator("select[name=actor]").select_option(label="Gemeente Esrade")
    assert "Gemeente Esrade" in eyes.text() and "Niets gevonden" not in eyes.text()
    eyes.look("berichten-actor")


def test_a_question_reaches_the_timeline(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open(MONITOR)
    eyes.look("monitor-overzicht")
    eyes.click(eyes.page.get_by_role("link", name=re.compile("^Maak er een vraag van")).first)
    eyes.look("vraag-maken")
    eyes.page.get_by_label("website").check()
    eyes.fill({"De vraag in uw eigen woorden": "Tot wanneer blijft de opvang?"}, then="Zet in het dossier")
    assert "tijdlijn van het dossier" in eyes.page.inner_text("body")
    eyes.open("/dossiers/1/tijdlijn")
    assert "Vraag uit de omgeving" in eyes.text()


def test_what_messages_are_about_and_how_that_changed(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open(f"{MONITOR}/inhoud")
    eyes.look("inhoud")
    assert "Netto sentiment" in eyes.text() and "dubbelzinnig" in eyes.text()
    eyes.press("Verhalen")
    eyes.look("verhalen")
    eyes.click(eyes.page.locator("main table a").first)
    eyes.look("verhaal")
    eyes.open(f"{MONITOR}/inhoud")
    eyes.press("Vergelijk perioden")
    eyes.look("vergelijken")
    assert re.search("duidelijk|mogelijk|niet aantoonbaar", eyes.text())
    eyes.page.get_by_label("Vergelijk", exact=True).select_option(index=1)
    eyes.press("Vergelijk")
    eyes.look("vergelijken-moment")
    eyes.open(f"{MONITOR}/berichten")
    eyes.click(eyes.page.locator("main table a").first)
    eyes.look("bericht")
    assert "Toon" in eyes.text()


def test_the_pages_around_it(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open(f"{MONITOR}/verloop")
    eyes.look("verloop")
    judge = eyes.page.get_by_role("link", name=re.compile("^(Beoordeel|Wijzig het oordeel)"))
    if judge.count():
        eyes.click(judge.first)
        eyes.look("alarm")
    eyes.open(f"{MONITOR}/urgentie")
    eyes.look("urgentie")
    eyes.open(MONITOR)
    eyes.press("Maak omgevingsbeeld")
    eyes.press("Gisteren")
    eyes.look("beeld-labels")
    eyes.open("/omgeving/beelden/1/mailen")
    eyes.look("beeld-mail")
