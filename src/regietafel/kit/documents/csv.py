"""CSV the way a Dutch spreadsheet opens it: semicolons, decimal comma, UTF-8 with a mark, no formulas.

What is written here can be read back without loss: `read_table(write_table(table), table.columns)` gives the
same rows. Every cell is quoted, so that a comma or tab in a text never starts a new cell elsewhere.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from regietafel.kernel.dutch import TIME_ZONE, UNKNOWN
from regietafel.kit.documents.formulas import guard, unguard
from regietafel.kit.documents.table import Cell, Column, Kind, Table

CONTENT_TYPE = "text/csv; charset=utf-8"


def write_table(table: Table) -> bytes:
    """Write a table as CSV, heading first."""
    return b"".join(stream_table(table))


def stream_table(table: Table) -> Iterator[bytes]:
    """Yield the CSV row by row, for a list that is too long to hold."""
    yield b"\xef\xbb\xbf"
    yield _line([guard(column.label) for column in table.columns])
    for row in table.rows:
        yield _line([_text(cell, column) for cell, column in zip(row, table.columns, strict=True)])


def read_table(content: bytes, columns: tuple[Column, ...]) -> list[tuple[Cell, ...]]:
    """Read rows back from CSV that was written by `write_table` with the same columns."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    next(reader, None)
    return [tuple(_value(text, column) for text, column in zip(row, columns, strict=True)) for row in reader]


def _line(cells: list[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode()


def _text(cell: Cell, column: Column) -> str:
    if cell is None:
        return "" if column.kind is Kind.TEXT else UNKNOWN
    if isinstance(cell, bool):
        return _("ja") if cell else _("nee")
    if isinstance(cell, datetime):
        return _moment_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (int, float, Decimal)):
        return format(Decimal(str(cell)), "f").replace(".", ",")
    return guard(cell)


def _moment_text(moment: datetime) -> str:
    """Write local time; only in the hour that comes twice does the offset tell which one it is."""
    local = moment.astimezone(TIME_ZONE)
    is_ambiguous = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    bare = local if is_ambiguous else local.replace(tzinfo=None)
    return bare.isoformat(sep=" ")


def _value(text: str, column: Column) -> Cell:
    if column.kind is Kind.TEXT:
        return unguard(text)
    return None if text == UNKNOWN else _READERS[column.kind](text)


def _number(text: str) -> Cell:
    return Decimal(text.replace(",", ".")) if "," in text else int(text)


def _moment(text: str) -> Cell:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(TIME_ZONE) if moment.tzinfo else moment.replace(tzinfo=TIME_ZONE)


_READERS: dict[Kind, Callable[[str], Cell]] = {
    Kind.NUMBER: _number,
    Kind.SHARE: _number,
    Kind.ESTIMATE: unguard,
    Kind.DAY: date.fromisoformat,
    Kind.MOMENT: _moment,
    Kind.YES_NO: lambda text: text == _("ja"),
}
