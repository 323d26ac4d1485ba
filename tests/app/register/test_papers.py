"""Papers: judged by their content, read within limits, given only to who may read the dossier."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from regietafel.kit.refusal import Refused
from regietafel.register.adapters.papers import KINDS, extract_text, recognise
from regietafel.register.adapters.papers.limits import Limit
from regietafel.register.models import Attachment, Dossier
from regietafel.register.selectors.dossiers import attachments_of, removed_attachments, search_dossiers
from regietafel.register.services.papers import attach_file, remove_file, restore_file
from tests.app.register.region import Region

SAMPLE_PDF = Path(__file__).parents[4] / "shared" / "data" / "minutes"


def upload(content: bytes, name: str = "verslag.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def word_file() -> bytes:
    document = Document()
    document.add_paragraph("Verslag over de brandveiligheid")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Plekken", "120"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_file(text: str) -> bytes:
    """Write the smallest PDF that has a line of text."""
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def package(*parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_the_text_of_word_pdf_and_plain_files_is_found(region: Region, dossier: Dossier) -> None:
    for name, content in (
        ("a.docx", word_file()),
        ("b.pdf", pdf_file("Plattegrond parkeerterrein")),
        ("c.txt", "Zorgen over geluïd".encode("cp1252")),
    ):
        attach_file(dossier=dossier, upload=upload(content, name), by=region.adviser)
    for words, name in (("brandveiligheid 120", "a.docx"), ("parkeerterrein", "b.pdf"), ("geluïd", "c.txt")):
        assert [paper.name for paper in attachments_of(dossier, words)] == [name]
    assert search_dossiers(region.adviser, "parkeerterrein")[0].kind == "Bijlage in dossier"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("leeg.txt", b"", "leeg"),
        ("foto.pdf", b"MZ\x90\x00\x03\x00\x00\x00", "Dit soort bestand"),
        ("plaatje.txt", b"<svg xmlns='x'><script>alert(1)</script></svg>", "Webpagina"),
        ("pagina.txt", b"\xef\xbb\xbf  <!DOCTYPE HTML><body>", "Webpagina"),
        ("map.docx", package(("zomaar.txt", b"x")), "Dit soort bestand"),
        ("macro.docx", package(("word/document.xml", b"<x/>"), ("word/vbaProject.bin", b"x")), "macro"),
        ("bom.xlsx", package(("xl/workbook.xml", b"0" * 30_000_000)), "uitpakken"),
        ("stuk.docx", word_file()[:-200], "beschadigd"),
        ("groot.txt", b"a" * 20_000_001, "20 MB"),
    ],
)
def test_a_file_that_may_not_be_kept_is_refused_with_a_reason(
    region: Region, dossier: Dossier, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        attach_file(dossier=dossier, upload=upload(content, name), by=region.adviser)
    assert not Attachment.objects.exists()


def test_a_broken_file_is_kept_with_a_note_instead_of_its_text() -> None:
    broken = io.BytesIO(b"%PDF-1.7\n" + b"\x00garbage" * 50)
    kind = recognise(broken)
    assert kind.ending == "pdf"
    assert "niet te lezen" in extract_text(broken, kind).note


def test_reading_stops_when_there_is_enough_or_it_takes_too_long() -> None:
    full = Limit(characters=10)
    assert not full.add("twaalf letters")
    assert full.result("").text == "twaalf let"
    late = Limit(seconds=-1)
    assert not late.add("te laat")
    assert "te lang" in late.result("").note


def test_the_name_says_what_the_file_is_and_nothing_of_where_it_was(
    region: Region, dossier: Dossier, settings: Any
) -> None:
    paper = attach_file(
        dossier=dossier, upload=upload(b"tekst", "../../etc/verslag\u202etxt.exe"), by=region.adviser
    )
    assert paper.name == "verslag txt.txt"
    assert "verslag" not in paper.file.name
    assert paper.media_type in KINDS
    stored = Path(settings.MEDIA_ROOT) / paper.file.name
    assert stored.read_bytes() == b"tekst"


def test_the_same_file_is_not_kept_twice(region: Region, dossier: Dossier) -> None:
    first = attach_file(dossier=dossier, upload=upload(b"tekst"), by=region.adviser)
    with pytest.raises(Refused, match="staat al in het dossier"):
        attach_file(dossier=dossier, upload=upload(b"tekst", "anders.txt"), by=region.adviser)
    remove_file(attachment=first, reason="Verkeerde versie.", by=region.adviser)
    assert list(removed_attachments(dossier)) == [first]
    restore_file(attachment=first, by=region.adviser)
    assert list(attachments_of(dossier)) == [first]


def test_a_paper_is_given_as_attachment_and_only_to_readers(
    adviser_browser: Client, region: Region, dossier: Dossier
) -> None:
    page = f"/dossiers/{dossier.pk}/bestanden"
    sent = adviser_browser.post(
        f"{page}/nieuw", {"file": upload(b"<b>vet</b> en tekst", "x.txt"), "description": "Uitleg"}
    )
    assert sent.status_code == 302
    paper = Attachment.objects.get()
    answer = adviser_browser.get(f"{page}/{paper.pk}")
    assert b"".join(answer.streaming_content) == b"<b>vet</b> en tekst"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="x.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    other = Client()
    other.force_login(region.neighbour)
    assert other.get(f"{page}/{paper.pk}").status_code == 404
    remove_file(attachment=paper, reason="x", by=region.adviser)
    assert adviser_browser.get(f"{page}/{paper.pk}").status_code == 404, "removed is out of reach"


@pytest.mark.skipif(not SAMPLE_PDF.exists(), reason="the minutes of shared/data are not here")
def test_real_decision_lists_give_their_text() -> None:
    files = sorted(SAMPLE_PDF.rglob("*.pdf"))
    assert files
    for path in files:
        with path.open("rb") as handle:
            found = extract_text(handle, recognise(handle))
        assert found.text or found.note
