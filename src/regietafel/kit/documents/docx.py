"""DOCX in the house style: a template that people edit in Word, filled with a report or with single values.

An organisation that puts its own `report.docx` in the folder `sjablonen` of the data folder has every report
in its own style. Templates are filled in a sandbox: they can show what they are given and do nothing else.
"""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from regietafel.kit.charts import render_png
from regietafel.kit.documents import report as content
from regietafel.kit.documents.house_style import CONTENT_HERE, TABLE_STYLE, TEXT_WIDTH
from regietafel.kit.documents.report import printable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATES = Path(__file__).parent / "templates"
NUMBER_WIDTH = Mm(27)
PER_SIGN_MM, CELL_MARGINS_MM = 1.9, 4.0


class TemplateWithoutPlace(ValueError):
    """The template has no line that says where the content goes."""


def write_report(report: content.Report) -> bytes:
    """Write a report as DOCX."""
    filled = _filled(
        find_template("report"),
        {
            "titel": report.title,
            "ondertitel": report.purpose,
            "organisatie": report.organisation,
            "markering": report.mark,
            "auteur": report.author,
        },
    )
    document = filled.docx
    place = _place_of_content(document)
    for block in report.blocks:
        _WRITERS[block.kind](_Writer(document, place), block)
    place._p.getparent().remove(place._p)
    return _saved(document)


def fill_template(template: Path, values: Mapping[str, Any]) -> bytes:
    """Fill a Word template of one's own, such as a letter; `{{ naam }}` and `{% for … %}` work."""
    return _saved(_filled(template, values))


def find_template(name: str) -> Path:
    """Return the organisation's own template when there is one, otherwise ours."""
    own = Path(settings.ENVIRONMENT.data) / "sjablonen" / f"{name}.docx"
    return own if own.is_file() else TEMPLATES / f"{name}.docx"


def _filled(template: Path, values: Mapping[str, Any]) -> Any:
    filled = DocxTemplate(str(template))
    clean = {name: printable(value) if isinstance(value, str) else value for name, value in values.items()}
    filled.render(clean, jinja_env=SandboxedEnvironment(autoescape=True), autoescape=True)
    return filled


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _place_of_content(document: Any) -> Any:
    for paragraph in document.paragraphs:
        if paragraph.text.strip() == CONTENT_HERE:
            return paragraph
    raise TemplateWithoutPlace(f"Zet in het sjabloon een regel met {CONTENT_HERE}.")


class _Writer:
    """Puts blocks in a document, each before the line that marks the place."""

    def __init__(self, document: Any, place: Any) -> None:
        self.document = document
        self.place = place

    def paragraph(self, text: str, style: str) -> Any:
        """Add a paragraph in a style of the template."""
        return self.place.insert_paragraph_before(printable(text), style=style)

    def table(self, rows: int, columns: int) -> Any:
        """Add an empty table over the full width."""
        table = self.document.add_table(rows, columns)
        table.autofit = False
        self.place._p.addprevious(table._tbl)
        return table

    def picture(self, image: bytes, alternative: str) -> None:
        """Add a picture over the full width, with words for who cannot see it."""
        paragraph = self.place.insert_paragraph_before()
        shape = paragraph.add_run().add_picture(io.BytesIO(image), width=TEXT_WIDTH)
        shape._inline.docPr.set("descr", printable(alternative))
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")
        paragraph.paragraph_format.keep_with_next = True


def _write_heading(writer: _Writer, block: content.Heading) -> None:
    writer.paragraph(block.text, f"Heading {block.level}")


def _write_paragraph(writer: _Writer, block: content.Paragraph) -> None:
    writer.paragraph(block.text, "Bijzaak" if block.is_soft else "Normal")


def _write_quote(writer: _Writer, block: content.Quote) -> None:
    for line in block.lines:
        writer.paragraph(line, "Kernbeeld")


def _write_bullets(writer: _Writer, block: content.Bullets) -> None:
    for item, addition in block.items:
        line = writer.paragraph(item, "List Bullet")
        if addition:
            _soften(line.add_run(" " + printable(addition)), writer)


def _soften(run: Any, writer: _Writer) -> None:
    soft = writer.document.styles["Bijzaak"].font
    run.font.color.rgb, run.font.size = soft.color.rgb, soft.size


def _write_facts(writer: _Writer, block: content.Facts) -> None:
    table = writer.table(len(block.pairs), 2)
    table.style = writer.document.styles[TABLE_STYLE]
    for row, (name, value) in zip(table.rows, block.pairs, strict=True):
        _fill(row.cells[0], name, style="Tabeltekst")
        _fill(row.cells[1], value, style="Tabeltekst")
    _set_widths(table, [Mm(44), TEXT_WIDTH - Mm(44)])
    _mark_first_column_only(table)
    writer.paragraph("", "Tabeltekst")


def _write_key_figures(writer: _Writer, block: content.KeyFigures) -> None:
    table = writer.table(1, len(block.figures))
    for cell, (value, label) in zip(table.rows[0].cells, block.figures, strict=True):
        _fill(cell, value, style="Kerngetal")
        cell.add_paragraph(printable(label), style="Tabeltekst")
    _set_widths(table, [TEXT_WIDTH // len(block.figures)] * len(block.figures))
    writer.paragraph("", "Tabeltekst")


def _write_drawing(writer: _Writer, block: content.Drawing) -> None:
    chart = block.chart
    writer.paragraph(chart.title, "Caption")
    writer.picture(render_png(chart), f"{chart.title}. {chart.description}")
    writer.paragraph(f"{chart.description} {chart.table.source_note}".strip(), "Bijzaak")
    if block.with_table:
        _write_listing(writer, content.Listing(chart.table))


def _write_listing(writer: _Writer, block: content.Listing) -> None:
    columns = block.table.columns
    rows = block.rows
    if block.table.title:
        writer.paragraph(block.table.title, "Caption")
    table = writer.table(len(rows) + 1, len(columns))
    table.style = writer.document.styles[TABLE_STYLE]
    _fill_row(table.rows[0], [(column.label, column) for column in columns])
    for row, cells in zip(list(table.rows)[1:], rows, strict=True):
        _fill_row(row, cells)
    for place in block.heads:
        _embolden(table.rows[place + 1])
    _set_widths(table, _widths(columns, rows))
    _repeat_heading(table)
    writer.paragraph(block.table.source_note, "Bijzaak")


def _write_remark(writer: _Writer, block: content.Remark) -> None:
    writer.paragraph(block.text, "Voorbehoud")


def _fill_row(row: Any, cells: list[tuple[str, Any]]) -> None:
    for cell, (text, column) in zip(row.cells, cells, strict=True):
        _fill(cell, text, style="Tabeltekst")
        if column.is_numeric:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _embolden(row: Any) -> None:
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(cell: Any, text: str, *, style: str) -> None:
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(printable(text))


def _widths(columns: tuple[Any, ...], rows: list[Any]) -> list[int]:
    """Give numbers what they need and share the rest among the texts."""
    if all(column.width for column in columns):
        whole = sum(column.width for column in columns)
        return [TEXT_WIDTH * column.width // whole for column in columns]
    needed = [_needed(column, [cells[place][0] for cells in rows]) for place, column in enumerate(columns)]
    texts = sum(not column.is_numeric for column in columns)
    rest = TEXT_WIDTH - sum(needed)
    if not texts or rest < NUMBER_WIDTH * texts:
        return [TEXT_WIDTH // len(columns)] * len(columns)
    return [width or rest // texts for width in needed]


def _needed(column: Any, cells: list[str]) -> int:
    """Give the width in which every number of a column stands on one line; nothing for texts."""
    if not column.is_numeric:
        return 0
    longest = max(map(len, [*cells, *column.label.split()]), default=0)
    return max(NUMBER_WIDTH, Mm(PER_SIGN_MM * longest + CELL_MARGINS_MM))


def _set_widths(table: Any, widths: list[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _repeat_heading(table: Any) -> None:
    """Say that the first row is the heading: Word repeats it and screen readers name it."""
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _mark_first_column_only(table: Any) -> None:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "0")
        look.set(qn("w:val"), "0080")


_WRITERS: dict[str, Callable[[_Writer, Any], None]] = {
    "heading": _write_heading,
    "paragraph": _write_paragraph,
    "quote": _write_quote,
    "bullets": _write_bullets,
    "facts": _write_facts,
    "key_figures": _write_key_figures,
    "drawing": _write_drawing,
    "listing": _write_listing,
    "remark": _write_remark,
}
