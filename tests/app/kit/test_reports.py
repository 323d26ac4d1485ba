"""Reports look the same in Word and on paper, say what they must to everybody, and fetch nothing."""

import io
import logging
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx as word
import icalendar
import pypdf
import pytest
from django.conf import settings
from docx.oxml.ns import qn

from regietafel.kit.charts import Caption, Line, Point, line_chart
from regietafel.kit.documents import docx, house_style, pdf
from regietafel.kit.documents.ical import Appointment, write_calendar
from regietafel.kit.documents.report import (
    Bullets,
    Drawing,
    Facts,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    Quote,
    Remark,
    Report,
)
from regietafel.kit.documents.table import Column, Kind, Table

CHART = line_chart(
    [Line("berichten", [Point(date(2022, 4, day), day * 10) for day in range(1, 8)])],
    caption=Caption("Berichten per dag", "De drukste dag telde 70 berichten.", "berichten", "14 bronnen"),
)
MEDIA = Table(
    (Column("Medium"), Column("Berichten", Kind.NUMBER), Column("Aandeel", Kind.SHARE, 1)),
    [("De Bron", 1243, 0.0249), ("Zwijgbode", None, None)],
    title="Berichten per medium",
    source_note="Van alles wat het medium bracht.",
)
HOSTILE = "{{ 7*7 }} <script>alert(1)</script> & \x00\x0b <w:p/> {% for x in y %} [[inhoud]]"
REPORT = Report(
    "Omgevingsbeeld 12",
    purpose="1–7 april 2022",
    organisation="Gemeente Esrade",
    mark="vertrouwelijk",
    author="M. Adviseur",
    blocks=(
        Quote("De aandacht is hoger dan verwacht.\nDe toon is niet veranderd."),
        KeyFigures((("31", "berichten"), ("14", "bronnen"))),
        Drawing(CHART, with_table=True),
        Heading("Wat er werd gebracht"),
        Bullets((("Gemeente opent opvang", "5 media"), (HOSTILE, ""))),
        Listing(MEDIA),
        Facts((("za 16 april", "Bewonersbijeenkomst"),)),
        Paragraph("Ons advies: beantwoord de vraag.\nVóór vrijdag."),
        Remark("Dit is geen meting van de publieke opinie."),
    ),
)


@pytest.fixture(scope="module")
def in_word() -> Any:
    return word.Document(io.BytesIO(docx.write_report(REPORT)))


@pytest.fixture(scope="module")
def on_paper() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.write_report(REPORT)))


def paper_text(on_paper: pypdf.PdfReader) -> str:
    return " ".join("".join(page.extract_text() for page in on_paper.pages).split())


def word_text(in_word: Any) -> str:
    cells = [cell.text for table in in_word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in in_word.paragraphs), *cells])


SAID = [
    "Omgevingsbeeld 12", "1–7 april 2022", "De toon is niet veranderd.", "Berichten per dag", "1.243", "2,5",
    "onbekend", "Van alles wat het medium bracht.", "Bewonersbijeenkomst",
    "geen meting van de publieke opinie", "{{ 7*7 }} <script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SAID)
def test_both_forms_say_the_same(in_word: Any, on_paper: pypdf.PdfReader, sentence: str) -> None:
    assert sentence in word_text(in_word)
    assert sentence in paper_text(on_paper)


def test_every_page_carries_organisation_mark_and_number(in_word: Any, on_paper: pypdf.PdfReader) -> None:
    section = in_word.sections[0]
    assert section.header.paragraphs[0].text == "Gemeente Esrade\tvertrouwelijk"
    assert 'w:instr="PAGE"' in section.footer._element.xml and "NUMPAGES" in section.footer._element.xml
    for number, page in enumerate(on_paper.pages, start=1):
        text = page.extract_text()
        assert "Gemeente Esrade" in text and "vertrouwelijk" in text
        assert f"{number} van {len(on_paper.pages)}" in text


def test_word_knows_language_title_headings_and_table_heads(in_word: Any) -> None:
    assert in_word.core_properties.title == "Omgevingsbeeld 12"
    assert in_word.core_properties.author == "M. Adviseur"
    language = in_word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "nl-NL"
    assert [p.text for p in in_word.paragraphs if p.style.name == "Heading 2"] == ["Wat er werd gebracht"]
    listing = in_word.tables[2]
    assert listing.rows[0].cells[0].text == "Medium"
    assert listing.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_picture_in_word_has_words_for_who_cannot_see_it(in_word: Any) -> None:
    described = [element.get("descr") for element in in_word.element.body.iter(qn("wp:docPr"))]
    assert described == ["Berichten per dag. De drukste dag telde 70 berichten."]


def test_no_template_mark_stays_behind(in_word: Any) -> None:
    paragraphs = [paragraph.text for paragraph in in_word.paragraphs]
    assert "[[inhoud]]" not in paragraphs and not any("{{ titel" in text for text in paragraphs)


def test_the_pdf_is_tagged_titled_and_dutch(on_paper: pypdf.PdfReader) -> None:
    root = on_paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "nl"
    assert on_paper.metadata.title == "Omgevingsbeeld 12"
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    tags = structure_tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure", "/L"} <= tags


def structure_tags(element: Any) -> set[str]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return set().union(*(structure_tags(child) for child in element))
    if not isinstance(element, dict):
        return set()
    own = {str(element["/S"])} if "/S" in element else set()
    return own | structure_tags(element.get("/K", []))


def test_the_letters_are_ours_and_inside_the_pdf(on_paper: pypdf.PdfReader) -> None:
    fonts = {font["/BaseFont"] for page in on_paper.pages for font in page["/Resources"]["/Font"].values()}
    assert any("Noto-Sans" in str(font) for font in fonts)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "file:///etc/hostname",
        "https://eigen.invalid/static/../../../../etc/hostname",
        "https://eigen.invalid/etc/hostname",
        "data:text/plain,x",
    ],
)
def test_a_document_reaches_nothing_but_our_own_files(address: str) -> None:
    with pytest.raises(pdf.ForeignAddress):
        pdf.own_file(address)


def test_a_foreign_picture_in_a_page_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        content = pdf.write_html('<html lang="nl"><title>x</title><img alt="y" src="file:///etc/hostname">')
    assert content.startswith(b"%PDF") and "ForeignAddress" in caplog.text


def test_without_the_text_library_people_are_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    genuine = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return genuine(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(pdf.PdfUnavailable, match=r"libpango.*DOCX"):
        pdf.write_report(REPORT)


def test_the_committed_template_is_the_one_the_script_makes(tmp_path: Path) -> None:
    made = house_style.make_template(tmp_path / "report.docx")
    with zipfile.ZipFile(made) as new, zipfile.ZipFile(house_style.TEMPLATE) as committed:
        assert new.namelist() == committed.namelist()
        for name in new.namelist():
            assert new.read(name) == committed.read(name), f"{name}: run the script and commit its result"


@pytest.fixture
def own_template() -> Any:
    folder = settings.ENVIRONMENT.data / "sjablonen"
    folder.mkdir(parents=True, exist_ok=True)
    yield folder / "report.docx"
    shutil.rmtree(folder)


def test_an_organisation_can_bring_its_own_template(own_template: Path) -> None:
    own = word.Document(str(house_style.TEMPLATE))
    own.add_paragraph("Team Openbare orde, gemeente Esrade")
    own.save(str(own_template))
    made = word.Document(io.BytesIO(docx.write_report(REPORT)))
    assert made.paragraphs[-1].text == "Team Openbare orde, gemeente Esrade"


def test_a_template_cannot_reach_into_the_product(own_template: Path) -> None:
    own = word.Document(str(house_style.TEMPLATE))
    own.add_paragraph("{{ titel.__class__.__mro__[1].__subclasses__() }}")
    own.save(str(own_template))
    with pytest.raises(Exception, match="unsafe"):
        docx.write_report(REPORT)


def test_a_template_without_a_place_says_what_is_missing(own_template: Path) -> None:
    word.Document().save(str(own_template))
    with pytest.raises(docx.TemplateWithoutPlace, match="inhoud"):
        docx.write_report(REPORT)


def test_a_calendar_keeps_dutch_clock_time_on_both_sides_of_the_clock_change() -> None:
    content = write_calendar(
        "Momenten",
        [
            Appointment(
                "a@x", "Inloop; zaal, links", datetime(2022, 3, 26, 13, 0, tzinfo=UTC), place="Havezathe"
            ),
            Appointment("b@x", "Inloop", datetime(2022, 3, 28, 12, 0, tzinfo=UTC), is_cancelled=True),
            Appointment("c@x", "Opening", date(2022, 6, 13)),
        ],
        made_at=datetime(2022, 3, 1, tzinfo=UTC),
    )
    read = icalendar.Calendar.from_ical(content)
    first, second, third = read.walk("VEVENT")
    assert [first.decoded("dtstart").hour, second.decoded("dtstart").hour] == [14, 14]
    assert first["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    assert str(first["summary"]) == "Inloop; zaal, links" and second["status"] == "CANCELLED"
    assert third.decoded("dtstart") == date(2022, 6, 13) and third.decoded("dtend") == date(2022, 6, 14)
