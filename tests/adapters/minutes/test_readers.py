"""Files with minutes: what is in them, and which are refused with what to do about it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from regietafel.deliberation.adapters.minutes import (
    MAX_BYTES,
    MinutesRefused,
    lines_of,
    lines_of_file,
    pdf_files,
)
from regietafel.deliberation.engine.minutes import MinutesRead, read_minutes
from tests.adapters.minutes import files
from tests.engine.deliberation import minutes


def _read(data: bytes) -> MinutesRead:
    lines = lines_of(data)
    found = read_minutes(lines, known=minutes.MEMBERS, year=2022)
    assert minutes.lost(lines, found) == []
    return found


def _three_columns() -> bytes:
    return files.docx_of(
        "Verslag 10 mei 2022",
        (files.HEAD, *files.THREE_COLUMNS),
        "Aanwezigheid",
        "Berkelo",
        "Dalmen Afgemeld",
    )


def _three_columns_on_paper() -> bytes:
    table = files.html_table((files.HEAD, *files.THREE_COLUMNS))
    return files.pdf_of(
        f"<h1>Verslag 10 mei 2022</h1>{table}<p>Aanwezigheid</p><p>Berkelo</p><p>Dalmen Afgemeld</p>"
    )


@pytest.mark.parametrize("made", [_three_columns, _three_columns_on_paper], ids=["docx", "pdf"])
def test_three_columns_stay_apart(made: Callable[[], bytes]) -> None:
    found = _read(made())
    assert [(entry.number, entry.kind) for entry in found.entries] == [
        ("5.1", "K"), ("3.1", "B"), ("3.1", "A"), ("3.3", "A"), ("3.6", "B"),
    ]  # fmt: skip
    assert [item.title for item in found.items] == ["Actueel beeld", "Opdracht noodopvang", "", ""]
    explained = {entry.text[:6]: entry.explanation for entry in found.entries if entry.explanation}
    assert explained == {
        "Vossum": "Eerste reactie Vossum: de hal aan de Kanaalweg is tot juli verhuurd.",
        "Burgem": "Antwoord per brief.",
    }
    assert [(each.name, each.status) for each in found.attendance] == [
        ("Berkelo", "onbekend"),
        ("Dalmen", "afgemeld"),
    ]


def _decisions() -> bytes:
    return files.docx_of("Besluitenlijst 10 mei 2022", files.DECISIONS, "Presentie", files.PRESENT)


def _decisions_on_paper() -> bytes:
    return files.pdf_of(
        f"<h1>Besluitenlijst 10 mei 2022</h1>{files.html_table(files.DECISIONS)}<p>Tot de volgende keer.</p>"
    )


@pytest.mark.parametrize("made", [_decisions, _decisions_on_paper], ids=["docx", "pdf"])
def test_a_table_with_a_column_for_decisions(made: Callable[[], bytes]) -> None:
    found = _read(made())
    assert [item.title for item in found.items] == [
        "Verslag 3 mei",
        "Locatie Beekpad",
        "Vervoer",
        "Rondvraag",
    ]
    assert [(entry.number, entry.text) for entry in found.entries] == [
        ("1", "Vastgesteld."), ("2", "Akkoord met 80 plekken, mits de brandweer instemt."),
        ("3", "Bussen huren voor de zomer."), ("3", "Fietsen inzamelen."),
    ]  # fmt: skip
    assert [entry.owner and entry.owner.name for entry in found.entries] == [
        None,
        "Berkelo",
        "Vossum",
        "Vossum",
    ]
    second = found.entries[1]
    assert second.due and str(second.due.day) == "2022-06-01" and second.condition


def test_a_table_of_those_present() -> None:
    states = {each.name: (each.person, each.status) for each in _read(_decisions()).attendance}
    assert states == {
        "Berkelo": ("A. Proefman", "aanwezig"), "Dalmen": ("", "afgemeld"), "Vossum": ("", "onbekend"),
    }  # fmt: skip


def test_a_merged_cell_is_read_once_and_does_not_shift_the_columns() -> None:
    document = Document()
    rows = [
        ("Nr", "Besluit / Knelpunt / Actie", "Toelichting"),
        ("1.1", "B: Een.", "Uitleg."),
        ("1.1", "K: Twee.", "Meer."),
    ]
    table = files.add_table(document, rows)
    table.cell(2, 0).text = ""
    table.cell(1, 0).merge(table.cell(2, 0))
    found = _read(files.saved(document))
    assert [(entry.number, entry.kind, entry.explanation) for entry in found.entries] == [
        ("1.1", "B", "Uitleg."), ("1.1", "K", "Meer."),
    ]  # fmt: skip


def test_numbers_that_word_writes_itself_are_read() -> None:
    document = Document()
    for title in ("Opening", "Locatie Beekpad"):
        document.add_paragraph(title, style="List Number")
        document.add_paragraph(f"Besluit: {title} akkoord.")
    found = _read_numbers(files.saved(document))
    assert found == [("1", "Opening"), ("2", "Locatie Beekpad")]


def _read_numbers(data: bytes) -> list[tuple[str, str]]:
    return [(item.number, item.title) for item in read_minutes(lines_of(data)).items]


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    document = Document()
    paragraph = document.add_paragraph("B: Wij besluiten ")
    for tag, text_tag, text in (("w:ins", "w:t", "zeker "), ("w:del", "w:delText", "misschien ")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    assert lines_of(files.saved(document))[-1].text == "B: Wij besluiten zeker"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_in_the_encodings_of_dutch_offices(encoding: str) -> None:
    data = "1. Opening\r\nB: Eén besluit over cafés.\fK: Te weinig coördinatie.".encode(encoding)
    lines = lines_of(data)
    assert lines[1].text.startswith("B: Eén besluit") and [line.page for line in lines] == [1, 2]


def test_a_meeting_of_notubiz_gives_agenda_decisions_and_attendance() -> None:
    meeting = {
        "attributes": {"Titel": "Commissie Proef"},
        "plannings": [{"start_date": "2024-03-14 19:30:00"}],
        "attendance": [{"organisation": "Berkelo", "status": "afgemeld"}],
        "agenda_items": [
            _item(
                "2.",
                "Locatie <b>Beekpad</b>",
                order=2,
                module_items=[{"type": "besluit", "title": "Akkoord."}],
            ),
            _item("1.", "Opening", order=1),
            _item("9.", "Los punt", order=None),
        ],
    }
    found = _read(json.dumps(meeting).encode())
    assert [(item.number, item.title) for item in found.items] == [
        ("1", "Opening"), ("2", "Locatie Beekpad"), ("9", "Los punt"),
    ]  # fmt: skip
    assert [(entry.number, entry.text) for entry in found.entries] == [("2", "Akkoord.")]
    assert [(each.name, each.status) for each in found.attendance] == [("Berkelo", "afgemeld")]
    assert str(found.held_on) == "2024-03-14"


def _item(number: str, title: str, **more: object) -> dict[str, object]:
    return {"type_data": {"title_prefix": number, "attributes": [{"value": title}]}, "documents": [], **more}


def _locked() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(files.pdf_of("<p>Geheim</p>"))))
    writer.encrypt("wachtwoord", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _empty_pages() -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 41_000_000)
    return made.getvalue()


def _other_package() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("made", "remedy"),
    [
        (lambda: b"   \n", "leeg"),
        (lambda: b"x" * (MAX_BYTES + 1), "deel het op"),
        (lambda: b"B: x\n" * 31_000, "één vergadering"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 100, "sla het op als .docx"),
        (lambda: b"\x89PNG\r\n\x1a\n", "OCR"),
        (lambda: b"<html><body>Besluit</body></html>", "PDF"),
        (lambda: b"a\0b\0\x01\x02" * 100, "geen tekstbestand"),
        (lambda: b"%PDF-1.7\nkapot", "opnieuw"),
        (_empty_pages, "scan"),
        (_locked, "zonder wachtwoord"),
        (_bomb, "onredelijk groot"),
        (_other_package, "geen Word-bestand"),
        (lambda: b"PK\x03\x04kapot", "opnieuw"),
        (lambda: _three_columns()[:4_000], "opnieuw"),
        (lambda: b'{"agenda": [', "regel 1"),
        (lambda: b'{"agenda": []}', "Notubiz"),
        (lambda: b'{"a": ' + b"[" * 200_000, "Notubiz"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(made: Callable[[], bytes], remedy: str) -> None:
    with pytest.raises(MinutesRefused) as refusal:
        lines_of(made())
    assert remedy in str(refusal.value) and str(refusal.value).endswith(".")


def test_a_cell_that_claims_a_million_columns_costs_nothing() -> None:
    document = Document()
    table = files.add_table(document, [("Nr", "Besluit", "Termijn"), ("1", "Akkoord.", "mei")])
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), "1000000000")
    table.cell(1, 0)._tc.get_or_add_tcPr().append(span)
    assert "Akkoord." in {line.text for line in lines_of(files.saved(document))}


def test_a_page_that_cannot_be_laid_out_is_read_in_reading_order(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PageObject

    whole = PageObject.extract_text

    def without_layout(page: PageObject, **options: object) -> str:
        if options:
            raise ZeroDivisionError
        return whole(page)

    monkeypatch.setattr(PageObject, "extract_text", without_layout)
    assert "Geheim" in " ".join(line.text for line in pdf_files.read(files.pdf_of("<p>Geheim</p>")))


def test_a_file_on_disk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "verslag.txt"
    path.write_text("1. Opening\nB: Goed.\n", encoding="utf-8")
    assert [line.text for line in lines_of_file(path)] == ["1. Opening", "B: Goed.", ""]
