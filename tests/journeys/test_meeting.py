"""A body from its first invitation to minutes that the next meeting laid down; a guest reads along."""

import re
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

from django.utils import timezone

from tests.journeys.conftest import Eyes
from tests.journeys.test_noting import NOTES, QUICK, box, lines, notes, second, settled, stored, until

__all__ = ["second"]  # the colleague of the secretariat, also for these tests

SECRETARY, MEMBER, GUEST = (
    "coordinator@esgaard.example",
    "burgemeester@esrade.example",
    "adviseur@nijendal.example",
)
SHARED, KEPT = "Wij delen de planning met de gast", "Er is geen gebouw voor de winter"


def number_in(eyes: Eyes, kind: str) -> str:
    """Return the number of the body or meeting whose page is open."""
    found = re.search(rf"/overleg/{kind}(\d+)", eyes.page.url)
    assert found, eyes.page.url
    return found[1]


def begin_body(eyes: Eyes) -> str:
    """Set up a body from a form, with two members."""
    eyes.open("/overleg")
    eyes.press("Nieuw overleg")
    eyes.press("Bestuurlijk afstemmingsoverleg (BAO)")
    eyes.look("overleg-nieuw")
    items = "1 Opening\n2 Actueel beeld\nRondvraag"
    values = {"Naam": "Winteropvang", "Begint meestal om": "10:00", "Vaste agendapunten": items}
    eyes.fill(values, then="Begin het overleg")
    body = number_in(eyes, "")
    for organisation, email in (("Gemeente Esrade", "kabinet@esrade.example"), ("Gemeente Holterbroek", "")):
        eyes.open(f"/overleg/{body}/leden/nieuw")
        eyes.page.get_by_label("Organisatie").select_option(label=organisation)
        eyes.fill({"Functie": "burgemeester", "E-mail van de functie": email}, then="Toevoegen")
    assert "Gemeente Holterbroek" in eyes.text() and "geen adres" in eyes.text()
    return body


def plan(eyes: Eyes, body: str, days: int) -> str:
    """Plan a meeting, and return its number."""
    eyes.open(f"/overleg/{body}/vergaderingen/nieuw")
    eyes.fill({"Dag": (timezone.localdate() + timedelta(days=days)).isoformat()}, then="Plan")
    return number_in(eyes, "vergaderingen/")


def share_with_guest(eyes: Eyes, meeting: str) -> None:
    """Invite an organisation from outside for one item, and send the invitation."""
    eyes.open(f"/overleg/vergaderingen/{meeting}")
    eyes.press("Gast uitnodigen")
    eyes.page.get_by_label("Organisatie").select_option(label="Gemeente Nijendal")
    eyes.fill({"Functie": "adviseur opvang"}, then="Toevoegen")
    eyes.press("Agendapunt toevoegen")
    eyes.page.get_by_label("Ook voor gasten").check()
    eyes.fill({"Onderwerp": "Planning"}, then="Toevoegen")
    eyes.press("Verstuur de uitnodiging")
    assert "kabinet@esrade.example" in eyes.text()
    eyes.look("uitnodiging")
    eyes.press("Verstuur")
    assert "De uitnodiging gaat nu per mail weg" in eyes.text()


def note_together(eyes: Eyes, other: Eyes, meeting: str) -> None:
    """Note by keyboard, while a colleague writes in the same item."""
    eyes.open(f"/overleg/vergaderingen/{meeting}")
    eyes.press("Notuleren")
    eyes.press("Begin de vergadering")
    keyboard = eyes.page.keyboard
    eyes.page.locator("body").press("n")
    keyboard.press("r")
    for line in (
        f"k {KEPT}",
        "b Wij gaan door, mits de brandweer instemt",
        "a Esrade: belt de eigenaar voor 1 maart",
    ):
        keyboard.type(line)
        keyboard.press("Enter")
    other.open(f"/overleg/vergaderingen/{meeting}/notuleren")
    other.page.locator("[data-to]").nth(1).click()
    box(other, NOTES).press_sequentially("De collega schrijft mee.")
    box(eyes, NOTES).press_sequentially("De secretaris schrijft.")
    keyboard.press("Escape")
    keyboard.press("a")
    keyboard.press("Space")

    def all_there() -> bool:
        state = stored(eyes.page, eyes.server)
        said = notes(state, 1)
        return (
            len(lines(state)) == 3
            and "De collega schrijft mee." in said
            and "De secretaris schrijft." in said
            and state["aanwezig"][0]["stand"] == "aanwezig"
        )

    until(all_there, "something of one of them is missing")
    eyes.page.locator("[data-to]", has_text="Planning").click()
    box(eyes, QUICK).fill(f"b {SHARED}")
    box(eyes, QUICK).press("Enter")
    until(lambda: any(SHARED in line for line in lines(stored(eyes.page, eyes.server))), "no shared decision")
    settled(eyes)


def test_from_the_first_invitation_to_minutes_that_are_laid_down(
    eyes: Eyes, second: Any, monkeypatch: Any
) -> None:
    eyes.log_in(SECRETARY)
    body = begin_body(eyes)
    first = plan(eyes, body, 1)
    share_with_guest(eyes, first)
    second.log_in(SECRETARY)
    monkeypatch.setattr("tests.journeys.test_noting.NOTING", f"/overleg/vergaderingen/{first}/notuleren")
    note_together(eyes, second, first)
    eyes.press("Sluit de vergadering")
    assert "conceptverslag" in eyes.text() and "De collega schrijft mee." in eyes.text()

    following = plan(eyes, body, 15)
    places = [eyes.text().index(one) for one in ("vaststellen", KEPT, "elt de eigenaar", "Rondvraag")]
    assert places == sorted(places)
    eyes.look("agenda-uit-wat-openstaat")
    eyes.press(KEPT)
    assert eyes.page.inner_text("h1") == "Knelpunt"
    eyes.look("regel-knelpunt")
    eyes.open(f"/overleg/vergaderingen/{following}/notuleren")
    eyes.press("Begin de vergadering")
    eyes.page.locator("[data-to]").nth(1).click()
    eyes.click(box(eyes, "a").filter(has_text="Stel het verslag vast"))
    assert "2 besluiten, 1 knelpunt en 1 actie" in eyes.text() and "Aanwezigheid nog onbekend" in eyes.text()
    eyes.press("Ja, stel vast")
    eyes.open(f"/overleg/vergaderingen/{following}/verslag")
    assert "Het verslag is vastgesteld." in eyes.text()

    eyes.open("/overleg/besluiten?zoek=brandweer+instemt")
    assert "1 resultaat" in eyes.text() and "geldt onder voorwaarde" in eyes.text()
    eyes.look("besluitenlijst")
    eyes.open(f"/overleg/vergaderingen/{first}/verslag")
    assert "vingerafdruk klopt" in eyes.text()
    with eyes.page.expect_download() as waiting:
        eyes.page.get_by_role("link", name="Word", exact=True).click()
    with ZipFile(waiting.value.path()) as paper:
        assert KEPT in paper.read("word/document.xml").decode()

    eyes.log_in(MEMBER)
    eyes.open("/overleg/acties/organisatie")
    assert "elt de eigenaar" in eyes.text()
    eyes.log_in(GUEST)
    eyes.open(f"/overleg/vergaderingen/{first}/verslag")
    assert SHARED in eyes.text() and KEPT not in eyes.text() and "Holterbroek" not in eyes.text()
    eyes.look("verslag-gast")
    for path in (f"/overleg/{body}", f"/overleg/vergaderingen/{following}", f"/overleg/{body}/besluiten"):
        assert eyes.page.request.get(eyes.server.address + path).status == 404, path
    eyes.open("/overleg/besluiten")
    assert SHARED in eyes.text() and KEPT not in eyes.text() and "brandweer instemt" not in eyes.text()
