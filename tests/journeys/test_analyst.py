"""The analyst: a picture in minutes, and a new monitor from a file nobody has seen before."""

from datetime import timedelta

from django.utils import timezone

from tests.journeys.conftest import Eyes

ANALYST = "communicatie@esrade.example"
THREE_SENTENCES = (
    "De aandacht blijft hoog. Het gaat vooral over het verkeer bij de school. "
    "Er is nog geen antwoord over de duur."
)
UNKNOWN_COLUMNS = """Nr|Verschenen|Regel boven het stuk|Stuk|Blad
a1|{day}|Speeltuin bij het station krijgt subsidie|De gemeente betaalt mee aan de speeltuin.|Wijkkrant Oost
a2|{day}|Buurt wil een grotere speeltuin|Ouders vragen om een hek langs de speeltuin.|Esgaard Vandaag
a3|geen dag|Speeltuin dicht|De speeltuin gaat een week dicht.|Wijkkrant Oost
"""


def test_a_picture_in_five_minutes(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open("/omgeving/monitors/1")
    eyes.press("Maak omgevingsbeeld")
    eyes.press("Gisteren")
    proposal = eyes.page.get_by_label("Kernbeeld in drie zinnen")
    assert "berichten" in proposal.input_value()
    proposal.fill(THREE_SENTENCES)
    eyes.page.get_by_label("Advies (hoeft niet)", exact=True).fill(
        "Zet het antwoord over de duur op de website."
    )
    eyes.look("beeld-concept")
    eyes.page.on("dialog", lambda dialog: dialog.accept())
    eyes.press("Publiceer")
    assert eyes.page.inner_text("h1") == "Omgevingsbeeld 4: Opvang in Esrade"
    assert THREE_SENTENCES in eyes.text()
    assert "Veranderd sinds nummer 3" in eyes.text()
    assert eyes.page.get_by_label("Kernbeeld in drie zinnen").count() == 0
    eyes.press("Vergelijk")
    assert "media-aandacht" in eyes.text()


def test_a_monitor_from_an_unknown_file(eyes: Eyes) -> None:
    eyes.log_in(ANALYST)
    eyes.open("/omgeving/bronnen/nieuw")
    eyes.page.get_by_label("bestand of export").check()
    eyes.page.get_by_label("Soort berichten").select_option(label="nieuws")
    eyes.fill({"Naam": "Wijkkranten"}, then="Maak bron")
    eyes.open("/omgeving/monitors/nieuw")
    eyes.page.get_by_label("Dossier", exact=True).select_option(label="Spoedopvang Sporthal De Els")
    eyes.press("Verder")
    eyes.page.get_by_label("communicatie", exact=True).check()
    eyes.page.get_by_label("Wijkkranten").check()
    terms = {
        "Titel": "Speeltuin bij het station",
        "Zoekvraag": "speeltuin EN (gemeente OF ouders)",
        "Grondslag": "Gemeentewet artikel 160",
        "Aanleiding": "Vragen van ouders.",
        "DPIA of advies van de FG": "DPIA-2500",
    }
    eyes.fill(terms, then="Maak monitor")
    eyes.press("Start")
    assert "actief" in eyes.text()

    eyes.press("Bronnen")
    eyes.press("Wijkkranten")
    eyes.press("Lever bestand aan")
    text = UNKNOWN_COLUMNS.format(day=(timezone.localdate() - timedelta(days=1)).isoformat())
    export = {"name": "wijkkranten.csv", "mimeType": "text/csv", "buffer": text.encode()}
    eyes.page.get_by_label("Bestand", exact=True).set_input_files(files=[export])
    eyes.press("Verder")
    assert "Regel boven het stuk" in eyes.text()
    for meaning, column in (
        ("titel", "Regel boven het stuk"),
        ("tekst", "Stuk"),
        ("datum", "Verschenen"),
        ("bron", "Blad"),
    ):
        eyes.page.locator(f"select[name={meaning}]").select_option(column)
    eyes.look("kolommen-aanwijzen")
    eyes.press("Neem in")
    eyes.page.get_by_text("Geweigerde rijen").first.wait_for(timeout=60_000)
    assert "geen datum die wij kunnen lezen" in eyes.text()
    eyes.open("/omgeving")
    eyes.press("Speeltuin bij het station")
    eyes.press("Berichten")
    assert "2 resultaten" in eyes.text()
    assert "Speeltuin dicht" not in eyes.text()
