"""A newcomer: logs in, reads the day, opens the dossier, and takes the omgevingsbeeld along."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

from pypdf import PdfReader

from tests.journeys.conftest import PICTURES, Eyes

ADVISER = "adviseur@esrade.example"


def test_from_log_in_to_a_picture_on_paper(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    today = eyes.text()
    for heading in ("Nieuw", "Moet", "Komt", "Signalen", "Mijn dossiers"):
        assert heading in today
    assert "Kernboodschap laten vaststellen" in today
    assert re.search(r"Medium (stil|weg): Dagblad Noord", today)  # the worker turns one into the other
    eyes.click(eyes.page.locator("table").get_by_role("link", name="Opvang Havezatheweg"))
    eyes.click(eyes.page.get_by_role("link", name=re.compile(r"^Nummer \d")))
    said = eyes.page.inner_text("blockquote").split(".")[0]

    word, paper, data = (_download(eyes, name) for name in ("Word", "PDF", "JSON"))
    assert "word/document.xml" in ZipFile(word).namelist()
    pages = " ".join(page.extract_text() for page in PdfReader(paper).pages)
    assert said in " ".join(pages.split())
    content = json.loads(Path(data).read_text(encoding="utf-8"))
    assert "niet representatief" in json.dumps(content, ensure_ascii=False)


def test_what_is_wrong_at_the_door_is_said_in_dutch(eyes: Eyes) -> None:
    eyes.open("/inloggen")
    eyes.press("Inloggen")
    assert eyes.text().count("Dit veld is vereist") >= 2
    eyes.fill({"E-mailadres": ADVISER, "Wachtwoord": "verkeerd-wachtwoord"}, then="Inloggen")
    assert "horen niet bij elkaar" in eyes.text()
    assert eyes.page.get_by_label("E-mailadres").input_value() == ADVISER
    eyes.look("inloggen-mislukt")


def test_a_page_prints_without_its_tools(eyes: Eyes) -> None:
    eyes.log_in(ADVISER)
    eyes.open("/dossiers/1/omgeving")
    eyes.press("Omgevingsbeeld 3")
    PICTURES.mkdir(parents=True, exist_ok=True)
    target = PICTURES / "omgevingsbeeld-afdruk.pdf"
    eyes.page.pdf(path=target, prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in PdfReader(target).pages]
    assert "Kernbeeld" in sheets[0]
    assert len(sheets) <= 5
    assert not any(tool in " ".join(sheets) for tool in ("Zoek in", "Waarden aanwijzen", "Afmelden"))


def _download(eyes: Eyes, name: str) -> str:
    with eyes.page.expect_download() as waiting:
        eyes.page.get_by_role("link", name=name, exact=True).click()
    return str(waiting.value.path())
