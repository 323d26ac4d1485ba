"""From an assignment of 2,000 over Twente to a bus of 60 that is booked and a workbook to take along."""

import re
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.journeys.conftest import REPOSITORY, Eyes, Server, environment
from tests.journeys.test_noting import second
from tests.journeys.twente import COLLEAGUE, COORDINATOR

__all__ = ["second"]  # a colleague in another browser, also for these tests

MOST_SPECIAL = "Klooster"  # the only location where a pet may come
LOCATIONS = """Naam locatie;Gemeente;Voorzieningen;Functie
Hal Noord;Almelo;gezin, school;locatiemanager
De Bijenkorf;Borne;gezin;
Het Wapen;Haaksbergen;;beheerder
Erve Oost;Hof van Twente;gezin;
Klooster;Losser;huisdier;
De Stadsweide;Oldenzaal;gezin, school;
Oude School;Rijssen-Holten;gezin;
Zaal Zuid;Wierden;;
"""
PLACES = """Naam locatie;Type opvang;Capaciteit;Ingangsdatum;Contract tot
Hal Noord;noodopvang;110;{today};{end}
De Bijenkorf;gemeentelijke opvang;40;{today};
Het Wapen;gemeentelijke opvang;30;{today};
Erve Oost;gemeentelijke opvang;36;{today};
Klooster;gemeentelijke opvang;12;{today};
De Stadsweide;noodopvang;60;{today};
Oude School;gemeentelijke opvang;45;{today};
Zaal Zuid;CNO;24;{today};
"""
PRESENT = """Opvanglocatie;Aantal bewoners
Sporthal Oost;14
Het Plein;4
Hal Noord;4
De Bijenkorf;4
Het Wapen;4
Erve Oost;4
Klooster;4
De Stadsweide;4
Oude School;4
Zaal Zuid;4
"""
THERE = 577  # 120 + 100 through the pages, 357 from the list
HOUSEHOLDS = """5x 4, gezin, school
10x 2
3x 5, gezin
1, huisdier
3, toegankelijk 1
1, zorg"""
WHY = "Hier spreekt een vrijwilliger hun taal"
BUSES = (("Sporthal Oost", 48), ("Het Plein", 48), ("Hal Noord", 49))


def day(number: int) -> str:
    """Return the day so many days from today, as a form takes it."""
    return (timezone.localdate() + timedelta(days=number)).isoformat()


@pytest.fixture(scope="module")
def twente(server: Server) -> None:
    """Give Twente a coordination point; the rest is done through the pages."""
    command = [sys.executable, "-m", "tests.journeys.twente"]
    variables = environment(server.data)
    subprocess.run(
        command, env=variables, cwd=REPOSITORY, input=server.password, text=True, check=True
    )  # fmt: skip


def divide(eyes: Eyes) -> None:
    """Make the assignment, after a look at what every method gives."""
    eyes.open("/opvang")
    eyes.look("opvang-bord-leeg")
    eyes.open("/opvang/opdrachten")
    eyes.press("Nieuwe opdracht")
    values = {
        "Naam van de opdracht": "2.000 plekken",
        "Plaatsen": "2.000",
        "Plaatsen moeten er zijn op": day(56),
        "Wie gaf de opdracht, en waarin?": "Veiligheidsberaad, brief van vandaag",
    }
    eyes.fill(values, then="Bekijk de verdeling")
    assert "nog niet bewaard" in eyes.text() and "Enschede" in eyes.text(), eyes.text()
    eyes.look("opvang-opdracht-voorbeeld")
    eyes.press("Bewaar de opdracht")
    told = eyes.text()
    assert "samen 2.000 van 2.000 plaatsen" in told and "precies de opdracht" in told
    assert "Sainte-Laguë" in told and "inwoners" in told
    assert "506" in row(eyes, "Enschede").first.inner_text(), "505,49 goes up, and the sum stays 2.000"


def add_location(eyes: Eyes, name: str, *, town: str, places: int, features: tuple[str, ...]) -> None:
    """Write down a location with its places, and share it with the region."""
    eyes.open("/opvang/locaties")
    eyes.press("Nieuwe locatie")
    eyes.page.get_by_label("Gemeente", exact=True).select_option(label=town)
    for feature in features:
        eyes.page.get_by_label(feature).check()
    eyes.fill({"Naam": name}, then="Maak de locatie")
    eyes.page.get_by_label("Soort opvang").select_option(label="gemeentelijke opvang")
    eyes.fill({"Waarvan toegankelijk": "6"}, then="Toevoegen")
    eyes.click(eyes.page.get_by_role("link", name="plaatsen toevoegen").first)
    eyes.fill({"Plaatsen": str(places), "Bron": "Opgave van de gemeente"}, then="Toevoegen")
    share(eyes)


def share(eyes: Eyes) -> None:
    """Share the location whose page is open."""
    eyes.press("Delen")
    eyes.page.get_by_label("Deel met de hele regio").check()
    eyes.press("Opslaan")


def read_list(eyes: Eyes, kind: str, content: str) -> str:
    """Send a list as a file, look at it, store it, and return what the page then says."""
    eyes.open("/opvang/lijsten")
    eyes.page.get_by_label("Wat voor lijst is het?").select_option(kind)
    file = {"name": f"{kind}.csv", "mimeType": "text/csv", "buffer": content.encode()}
    eyes.page.get_by_label("Bestand").set_input_files(file)
    eyes.press("Lees het bestand")
    assert "niet worden opgeslagen" not in eyes.text(), eyes.text()
    if kind == "plaatsen":
        eyes.look("opvang-lijst")  # one of the three: they are one page
    eyes.press("Sla alles op")
    return str(eyes.page.inner_text("body"))


def open_location(eyes: Eyes, name: str) -> None:
    """Open the page of a location from the list."""
    eyes.open("/opvang/locaties")
    eyes.press(name)


def furnish(eyes: Eyes) -> None:
    """Make two locations by hand, and read eight others from the lists of the municipalities."""
    families, school = "geschikt voor gezinnen", "school dichtbij"
    add_location(eyes, "Sporthal Oost", town="Enschede", places=120, features=(families, school))
    add_location(eyes, "Het Plein", town="Hengelo (O.)", places=100, features=(families,))
    assert "8 nieuw" in read_list(eyes, "locaties", LOCATIONS)
    assert "8 nieuw" in read_list(eyes, "plaatsen", PLACES.format(today=day(0), end=day(40)))
    eyes.open("/opvang")
    assert "220" in eyes.text() and "Niet met de regio gedeeld" in eyes.text()
    for line in LOCATIONS.splitlines()[1:]:
        open_location(eyes, line.split(";")[0])
        share(eyes)
    eyes.open("/opvang/locaties")


def fill_places(eyes: Eyes) -> None:
    """Reserve for three buses and place 50 people: 14 by hand, and the others as a list tells."""
    for number, (name, people) in enumerate(BUSES, start=1):
        open_location(eyes, name)
        eyes.press("Boeken")
        eyes.page.get_by_label("reserveren: zij komen nog").check()
        values = {"Personen": str(people), "Eerste dag": day(3), "Vervalt op": day(5)}
        eyes.fill({**values, "Bus of herkomstlocatie": f"bus {number}"}, then="Boek")
        assert f"bus {number}" in eyes.text()
    open_location(eyes, "Sporthal Oost")
    eyes.press("Boeken")
    eyes.page.get_by_label("plaatsen", exact=True).check()
    eyes.fill({"Personen": "14", "Eerste dag": day(0)}, then="Boek")
    eyes.look("opvang-locatie-geboekt")
    said = read_list(eyes, "bezetting", PRESENT)
    assert "36 personen erbij geboekt" in said and "1 locaties kloppen al" in said


def stat(eyes: Eyes, label: str) -> int:
    """Return one of the big numbers of the board."""
    found = eyes.page.locator(".rt-stat", has=eyes.page.locator(".rt-stat__label", has_text=label)).first
    return number(found.locator(".rt-stat__value").inner_text())


def number(text: str) -> int:
    """Read a number as people here write it."""
    return int(text.strip().replace(".", "").replace("−", "-"))


def propose(eyes: Eyes) -> None:
    """Ask for a proposal for a bus of 60, with a reason for every line and how good it is."""
    eyes.open("/opvang")
    eyes.press("Plaatsing voorstellen")
    values = {
        "Nieuwe bus": "bus 12",
        "Wie zitten erin, een regel per huishouden": HOUSEHOLDS,
        "Eerste nacht": day(3),
        "Tot": day(31),
    }
    eyes.fill(values, then="Stel voor")
    told = eyes.text()
    assert "59 mensen met een plek, 1 zonder" in told, told
    assert re.search("past (nergens|in geen van de 10 locaties): .*zorgplaatsen", told), told
    assert "1 persoon meer heeft een plek met 1 zorgplaats meer in" in told, told
    assert re.search("Bewezen: geen ander voorstel|kan hoogstens .* beter zijn", told), told
    eyes.look("opvang-voorstel")


def row(eyes: Eyes, text: str) -> Any:
    """Return the row of a table that says something."""
    return eyes.page.locator("main tbody tr", has_text=text)


def section(eyes: Eyes, heading: str) -> Any:
    """Return the section under a heading."""
    return eyes.page.locator("section", has=eyes.page.get_by_role("heading", name=heading))


def choose_by_hand(eyes: Eyes) -> None:
    """Find a place that a rule refuses, and put another group elsewhere for a reason."""
    eyes.click(row(eyes, "huisdier").get_by_role("link", name=re.compile("^Anders")))
    refused = section(eyes, "Wat niet kan, en waarom")
    assert "huisdier" in refused.locator("tr", has_text="Sporthal Oost").inner_text()
    eyes.look("opvang-regel-kan-niet")
    eyes.press("Annuleren")
    pair = eyes.page.locator("main tbody tr").filter(has=eyes.page.get_by_role("cell", name="2", exact=True))
    eyes.click(pair.first.get_by_role("link", name=re.compile("^Anders")))
    possible = eyes.page.locator("main form tbody tr")
    other = possible.filter(has_not_text="Zo staat het nu").first
    name = other.locator("th").inner_text().strip()
    other.get_by_role("radio").check()
    eyes.press("Kies deze plek")
    assert "Waarom kiest u dit?" in eyes.text()
    eyes.fill({"Waarom kiest u dit?": WHY}, then="Kies deze plek")
    changed = row(eyes, WHY).inner_text()
    assert name in changed and "door een mens gekozen" in changed


def lose_the_last_places(eyes: Eyes, colleague: Any) -> None:
    """Let a colleague book the last places of one line: nothing is booked, and that line says so."""
    where = eyes.page.url.removeprefix(eyes.server.address)
    group = row(eyes, "huisdier").locator("th").inner_text().strip()
    colleague.log_in(COLLEAGUE)
    open_location(colleague, MOST_SPECIAL)
    colleague.press("Boeken")
    values = {"Personen": "8", "Eerste dag": day(3), "Bus of herkomstlocatie": "bus 4"}
    colleague.fill(values, then="Boek")
    eyes.press("Bevestig en boek")
    eyes.press("Ja, boek alles")
    said = eyes.page.inner_text("body")
    assert "Er is niets geboekt." in said and f"Het gaat om {group}." in said, said
    assert "past niet meer" in row(eyes, "huisdier").inner_text()
    assert eyes.page.get_by_text("past niet meer", exact=True).count() == 1
    eyes.look("opvang-voorstel-ingehaald")
    colleague.click(section(colleague, "Wie komt").get_by_role("link", name="bus 4"))
    colleague.press("Trek in")
    colleague.fill({"Reden": "De bus gaat naar een andere regio"}, then="Trek in")
    eyes.open(where)
    assert "past niet meer" not in eyes.text()


def confirm(eyes: Eyes) -> None:
    """Book the whole proposal, and follow one line to its booking."""
    eyes.press("Bevestig en boek")
    assert "1 persoon blijft zonder plek" in eyes.text()
    eyes.press("Ja, boek alles")
    assert "Geboekt: 20 boekingen" in eyes.page.inner_text("body")
    eyes.look("opvang-voorstel-bevestigd")
    open_location(eyes, MOST_SPECIAL)
    booked = section(eyes, "Wie komt")
    assert "bus 12-" in booked.inner_text()
    eyes.click(booked.get_by_role("link").first)
    assert "Plaatsingsvoorstel" in eyes.text()


def sheet(book: Any, title: str) -> list[tuple[Any, ...]]:
    """Return the rows of a sheet."""
    return [tuple(cells) for cells in book[title].iter_rows(values_only=True)]


def compare_with_workbook(eyes: Eyes) -> None:
    """Download the workbook, and hold it against the board."""
    with eyes.page.expect_download() as waiting:
        eyes.page.get_by_role("link", name="XLSX voor het overleg", exact=True).click()
    assert waiting.value.suggested_filename.startswith("opvang-twente"), waiting.value.suggested_filename
    book = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes()))
    told = {one[0]: one[1] for one in sheet(book, "Stand") if one[0]}
    shown = [stat(eyes, label) for label in ("Opdracht", "Gerealiseerd", "Prognose", "Tekort")]
    assert shown == [
        told["Opdracht"], told["Gerealiseerd (te gebruiken plaatsen)"], told["Prognose"],
        -told["Verschil gerealiseerd en opdracht"],
    ]  # fmt: skip
    assert (told["Nieuw geplaatst"], told["Nieuw gereserveerd"]) == (50, 145 + 59)
    assert told["Gemeenten die opvangen"] == 10
    lines = [one for one in sheet(book, "Per gemeente") if isinstance(one[1], int)]
    table = eyes.page.get_by_role("table", name=re.compile("^Opdracht, gerealiseerd"))
    cells = [one.locator("th, td").all_inner_texts() for one in table.locator("tbody tr").all()]
    on_page = [(name, *(number(cell) for cell in found)) for name, *found in (one[:4] for one in cells)]
    assert len(on_page) == 14 and on_page == [one[:4] for one in lines]
    assert sum(one[1] for one in lines) == 2000


def test_from_an_assignment_of_2000_to_a_bus_of_60(eyes: Eyes, second: Any, twente: None) -> None:
    eyes.log_in(COORDINATOR)
    divide(eyes)
    furnish(eyes)
    fill_places(eyes)
    eyes.open("/opvang")
    assert re.search("195 mensen nieuw sinds .* = 50 geplaatst \\+ 145 gereserveerd", eyes.text())
    assert "10 van 14 gemeenten" in eyes.text()
    assert (stat(eyes, "Opdracht"), stat(eyes, "Gerealiseerd"), stat(eyes, "Tekort")) == (
        2000, THERE, 2000 - THERE,
    )  # fmt: skip
    eyes.open("/opvang/vooruitblik")
    assert "Nog geen vooruitblik" in eyes.text() and f"{THERE} zekere plaatsen" in eyes.text()
    eyes.look("opvang-vooruitblik")
    propose(eyes)
    choose_by_hand(eyes)
    lose_the_last_places(eyes, second)
    confirm(eyes)
    eyes.open("/opvang")
    eyes.look("opvang-bord-geboekt")
    compare_with_workbook(eyes)
