"""XLSX with real numbers and dates, a heading that stays in view, filters, and never a formula."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from regietafel.kernel.dutch import UNKNOWN, Number, local
from regietafel.kit.documents.table import Cell, Column, Kind, Table

Sheet = Any  # the type stubs of openpyxl know no sheet that is only written
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = "9"
LONGEST_TEXT = 32_767
HEADING = Font(name="Noto Sans", size=10, bold=True, color="0F1F2E")
BODY = Font(name="Noto Sans", size=10)
GREY = Font(name="Noto Sans", size=10, italic=True, color="5B6B7A")
SHADE = PatternFill("solid", fgColor="E8F0F5")
RULE = Border(bottom=Side(style="thin", color="0B5A8A"))
WIDTHS = {
    Kind.TEXT: 32,
    Kind.NUMBER: 14,
    Kind.SHARE: 12,
    Kind.ESTIMATE: 20,
    Kind.DAY: 13,
    Kind.MOMENT: 18,
    Kind.YES_NO: 10,
}


def write_workbook(*tables: Table) -> bytes:
    """Write each table on a sheet of its own, and titles and sources on a last sheet."""
    book = Workbook(write_only=True)
    names: list[str] = []
    for table in tables:
        names.append(_sheet_name(table.title, names))
        _write_sheet(book.create_sheet(names[-1]), table)
    _write_notes(book.create_sheet(_("Toelichting")), tables, names=names)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_sheet(sheet: Sheet, table: Table) -> None:
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    for place, column in enumerate(table.columns, start=1):
        width = column.width or max(WIDTHS[column.kind], len(column.label) + 4)
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_heading(sheet, column) for column in table.columns])
    last = 1
    for row in table.rows:
        sheet.append(
            [_cell(sheet, cell, column=column) for cell, column in zip(row, table.columns, strict=True)]
        )
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"


def _heading(sheet: Sheet, column: Column) -> SheetCell:
    cell = _text_cell(sheet, column.label)
    cell.font, cell.fill, cell.border = HEADING, SHADE, RULE
    side = "right" if column.is_numeric else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    return cell


def _cell(sheet: Sheet, value: Cell, *, column: Column) -> SheetCell:
    if value is None:
        cell = _text_cell(sheet, "" if column.kind is Kind.TEXT else UNKNOWN)
        cell.font = GREY
        cell.alignment = Alignment(horizontal="right" if column.is_numeric else "left", vertical="top")
        return cell
    if isinstance(value, bool):
        return _text_cell(sheet, _("ja") if value else _("nee"))
    if isinstance(value, (datetime, date, int, float, Decimal)):
        return _typed_cell(sheet, value, column=column)
    cell = _text_cell(sheet, value)
    if column.is_numeric:
        cell.alignment = Alignment(horizontal="right", vertical="top")
    return cell


def _typed_cell(sheet: Sheet, value: Number | date, *, column: Column) -> SheetCell:
    if isinstance(value, datetime):
        value = local(value).replace(tzinfo=None)
    cell: SheetCell = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = _number_format(value, column)
    cell.font, cell.alignment = BODY, Alignment(vertical="top")
    return cell


def _number_format(value: Cell, column: Column) -> str:
    if isinstance(value, datetime):
        return "dd-mm-yyyy hh:mm"
    if isinstance(value, date):
        return "dd-mm-yyyy"
    decimals = "." + "0" * column.decimals if column.decimals else ""
    return f"0{decimals}%" if column.kind is Kind.SHARE else f"#,##0{decimals}"


def _text_cell(sheet: Sheet, text: str) -> SheetCell:
    """Make a cell that stays text, whatever it starts with, also after someone edits it."""
    cell: SheetCell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_TEXT]
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.font, cell.alignment = BODY, Alignment(vertical="top", wrap_text=len(text) > WIDTHS[Kind.TEXT])
    return cell


def _sheet_name(title: str, taken: list[str]) -> str:
    """Make a name a spreadsheet accepts: no []:*?/\\, at most 31 characters, not used before."""
    clean = "".join(" " if sign in "[]:*?/\\'" else sign for sign in ILLEGAL_CHARACTERS_RE.sub("", title))
    name = " ".join(clean.split())[:28] or _("Gegevens")
    same = sum(1 for other in taken if other.casefold().startswith(name.casefold()))
    return f"{name} {same + 1}" if same else name


def _write_notes(sheet: Sheet, tables: tuple[Table, ...], *, names: list[str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    for table, name in zip(tables, names, strict=True):
        for label, text in ((_("Blad"), name), (_("Titel"), table.title), (_("Bron"), table.source_note)):
            if text:
                first, second = _text_cell(sheet, label), _text_cell(sheet, text)
                first.font = HEADING
                sheet.append([first, second])
        sheet.append([])
