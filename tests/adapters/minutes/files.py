"""Invented minutes as Word and PDF files, made in the test."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document

HEAD = ("Nr", "Besluit (B) / Knelpunt (K) / Actie (A)", "Toelichting")
THREE_COLUMNS = (
    ("", "Actueel beeld", ""),
    ("5.1", "Projectleider schetst het beeld.\nK: Er zijn in de week van 9-13 mei te weinig plekken.", ""),
    ("", "Opdracht noodopvang", ""),
    ("3.1", "De projectleider licht toe.\nB: Vossum onderzoekt de hal aan de Kanaalweg.\nA) Via het "
            "projectleidersoverleg wordt dit gemeld aan de regio.",
     "Eerste reactie Vossum: de hal aan de Kanaalweg is tot juli verhuurd."),
    ("3.3", "A Burgemeesters laten voor 17 mei weten of zij kunnen helpen.", "Antwoord per brief."),
    ("3.6", "B: Wekelijks overleg tot dat de opdracht is voldaan.", ""),
)  # fmt: skip
DECISIONS = (
    ("Nr", "Onderwerp", "Besluit", "Actiehouder", "Termijn"),
    ("1", "Verslag 3 mei", "Vastgesteld.", "", ""),
    (
        "2",
        "Locatie Beekpad",
        "Akkoord met 80 plekken, mits de brandweer instemt.",
        "Berkelo",
        "uiterlijk 1 juni",
    ),
    ("3", "Vervoer", "• Bussen huren voor de zomer.\n• Fietsen inzamelen.", "Vossum", "z.s.m."),
    ("4", "Rondvraag", "-", "", ""),
)
PRESENT = (
    ("Organisatie", "Naam", "Aanwezig"),
    ("Berkelo", "A. Proefman", "ja"),
    ("Dalmen", "", "afgemeld"),
    ("Vossum", "", ""),
)


def docx_of(*parts: Any) -> bytes:
    """Make a Word file of paragraphs (text) and tables (rows of cells)."""
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        else:
            add_table(document, part)
    return saved(document)


def add_table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    """Add a table; a new line in a cell is a paragraph of its own."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            first, *more = text.split("\n")
            cell.paragraphs[0].text = first
            for paragraph in more:
                cell.add_paragraph(paragraph)
    return table


def saved(document: Any) -> bytes:
    """Return the file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def pdf_of(html: str) -> bytes:
    """Make a PDF as a word processor would: text in columns, a number on every page."""
    from weasyprint import HTML

    style = (
        "<style>@page { size: A4; margin: 2cm; @bottom-center { content: counter(page) } }"
        "body { font-size: 10pt } td, th { vertical-align: top; text-align: left; padding: 2pt 6pt }"
        "td:nth-child(2) { width: 58% } td:nth-child(1) { width: 9% } p { margin: 0 0 8pt 0 }</style>"
    )
    return bytes(HTML(string=f"<html lang=nl><head>{style}</head><body>{html}</body></html>").write_pdf())


def html_table(rows: Sequence[Sequence[str]]) -> str:
    """Write rows as a table; a new line in a cell is a paragraph."""
    written = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in rows)
    return f"<table>{written}</table>"


def _html_cell(text: str) -> str:
    return "<td>" + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</td>"
