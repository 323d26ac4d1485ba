"""Tables leave the product without loss, without formulas, and with numbers and dates that are real."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regietafel.kit.documents import csv, xlsx
from regietafel.kit.documents.formulas import guard, is_risky, unguard
from regietafel.kit.documents.table import Column, Kind, Table

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ATTACKS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", "＋1", "－1+1", "＠x", "\ufeff=1+1",
    "  =1+1", "\u200b=1+1", "'=1+1", "''=1+1", "\n=cmd|' /C calc'!A0", "=HYPERLINK(0)", "+31612345678",
]  # fmt: skip
COLUMNS = (
    Column("Tekst"),
    Column("Aantal", Kind.NUMBER),
    Column("Per 1.000", Kind.NUMBER, decimals=1),
    Column("Dag", Kind.DAY),
    Column("Moment", Kind.MOMENT),
    Column("Openbaar", Kind.YES_NO),
)
ROW = ("Buurt", 1200, Decimal("-5.2"), date(2022, 4, 7), datetime(2022, 4, 7, 14, 5, tzinfo=AMSTERDAM), True)


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back(attack: str) -> None:
    assert guard(attack).startswith("'")
    assert unguard(guard(attack)) == attack


@pytest.mark.parametrize("text", ["-5,2", "-5", "-5.2", "gewoon", "'s avonds", "a=b", "", "10-12 uur", "1+1"])
def test_harmless_texts_and_plain_numbers_are_left_alone(text: str) -> None:
    assert guard(text) == text == unguard(text)


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\ufeff＝a5,2\n"), max_size=8))
def test_guarding_loses_nothing_and_leaves_no_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not is_risky(guard(text)) or guard(text).startswith("'")


EARLIEST, LATEST = datetime(1990, 1, 1), datetime(2037, 12, 31)  # noqa: DTZ001 (hypothesis adds the zone)
CELLS = st.tuples(
    st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=20),
    st.none() | st.integers(-(10**12), 10**12),
    st.none() | st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.none() | st.dates(),
    st.none()
    | st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC)).map(lambda moment: moment.astimezone(AMSTERDAM)),
    st.none() | st.booleans(),
)


@given(st.lists(CELLS, max_size=4))
def test_csv_that_is_read_back_is_what_was_written(rows: list[tuple]) -> None:
    again = csv.read_table(csv.write_table(Table(COLUMNS, rows)), COLUMNS)
    assert again == rows
    for before, after in zip(rows, again, strict=True):
        assert before[4] is None or before[4].timestamp() == after[4].timestamp()


def test_csv_opens_in_a_dutch_spreadsheet() -> None:
    text = csv.write_table(Table(COLUMNS, [ROW, ("=1+1", None, None, None, None, None)])).decode()
    lines = text.split("\r\n")
    assert lines[0] == '\ufeff"Tekst";"Aantal";"Per 1.000";"Dag";"Moment";"Openbaar"'
    assert lines[1] == '"Buurt";"1200";"-5,2";"2022-04-07";"2022-04-07 14:05:00";"ja"'
    assert lines[2] == '"\'=1+1";"onbekend";"onbekend";"onbekend";"onbekend";"onbekend"'


def opened(*tables: Table) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.write_workbook(*tables)))


def test_a_workbook_holds_no_formula_whatever_the_texts_are() -> None:
    table = Table((Column("=Kop"),), [(attack,) for attack in ATTACKS], title="=Lijst", source_note="=bron")
    for sheet in opened(table):
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row), [cell.value for cell in row]
    sheet = opened(table).worksheets[0]
    assert [cell.value for cell in sheet["A"]][1:4] == ATTACKS[:3]
    assert sheet["A2"].quotePrefix


def test_a_workbook_holds_real_numbers_dates_and_a_heading_that_stays() -> None:
    book = opened(Table(COLUMNS, [ROW, ("", None, None, None, None, None)], title="Plekken: nu/straks"))
    sheet = book.worksheets[0]
    assert sheet.title == "Plekken nu straks"
    assert [sheet["B2"].value, sheet["C2"].value] == [1200, -5.2]
    assert sheet["B2"].number_format == "#,##0" and sheet["C2"].number_format == "#,##0.0"
    assert sheet["D2"].value.date() == date(2022, 4, 7) and sheet["D2"].number_format == "dd-mm-yyyy"
    assert sheet["E2"].value.replace(tzinfo=AMSTERDAM) == ROW[4]
    assert sheet["B3"].value == "onbekend" and not sheet["A3"].value
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == "A1:F3"
    assert sheet["A1"].font.bold and sheet.column_dimensions["B"].width >= 10


def test_sheets_of_the_same_name_and_signs_excel_refuses_do_not_break_a_workbook() -> None:
    tables = [Table((Column("Tekst"),), [("fout\x00\x0bteken",)], title="Zeer lange titel van een lijst")] * 2
    book = opened(*tables)
    assert len(set(book.sheetnames)) == 3 and all(len(name) <= 31 for name in book.sheetnames)
    assert book.worksheets[0]["A2"].value == "foutteken"


def test_a_workbook_tells_where_its_figures_come_from() -> None:
    notes = opened(Table(COLUMNS, [ROW], title="Inwoners", source_note="CBS, 1 januari 2024")).worksheets[-1]
    assert [(row[0].value, row[1].value) for row in notes.iter_rows(max_row=3)] == [
        ("Blad", "Inwoners"), ("Titel", "Inwoners"), ("Bron", "CBS, 1 januari 2024"),
    ]  # fmt: skip


def test_an_estimate_keeps_its_interval_and_stands_with_the_numbers() -> None:
    column = Column("Aandeel in %", Kind.ESTIMATE)
    rows = [("7,7 (5,0–11,7)",), ("-1,5 (-2,0 tot -1,0)",), (None,)]
    assert csv.read_table(csv.write_table(Table((column,), rows)), (column,)) == rows
    sheet = opened(Table((column,), rows)).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["Aandeel in %", "7,7 (5,0–11,7)", rows[1][0], "onbekend"]
    assert {cell.alignment.horizontal for cell in sheet["A"]} == {"right"}
