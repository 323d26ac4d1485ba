"""A report as people hand it on, written down once: the same blocks become DOCX and PDF."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from regietafel.kernel import dutch
from regietafel.kit.charts.chart import Chart
from regietafel.kit.documents.table import Cell, Column, Kind, Table

_NOT_PRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Heading:
    """The head of a part; level 2 under the title, 3 under that."""

    text: str
    level: int = 2
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    """Running text; `is_soft` for what is said beside the matter."""

    text: str
    is_soft: bool = False
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Quote:
    """What a busy reader must take away, in a few sentences, each on its own line."""

    text: str
    kind: str = field(default="quote", init=False)

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Bullets:
    """A list; every item may carry a softer addition behind it."""

    items: tuple[tuple[str, str], ...]
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True)
class Facts:
    """Names with their value, one per line."""

    pairs: tuple[tuple[str, str], ...]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class KeyFigures:
    """Two to four numbers that matter, large, each with what it counts."""

    figures: tuple[tuple[str, str], ...]
    kind: str = field(default="key_figures", init=False)


@dataclass(frozen=True)
class Drawing:
    """A chart with its words; its table follows when `with_table` says so."""

    chart: Chart
    with_table: bool = False
    kind: str = field(default="drawing", init=False)

    @property
    def rows(self) -> "list[list[tuple[str, Column]]]":
        """The cells of its table as text."""
        return Listing(self.chart.table).rows

    @property
    def told_rows(self) -> "list[tuple[bool, list[tuple[str, Column]]]]":
        """The same rows, none of them a heading."""
        return Listing(self.chart.table).told_rows


@dataclass(frozen=True)
class Listing:
    """A table in the report; `heads` are the rows that are a heading inside it."""

    table: Table
    heads: frozenset[int] = frozenset()
    kind: str = field(default="listing", init=False)

    @property
    def rows(self) -> list[list[tuple[str, Column]]]:
        """The cells as text, each with its column."""
        columns = self.table.columns
        return [
            [(cell_text(cell, column), column) for cell, column in zip(row, columns, strict=True)]
            for row in self.table.rows
        ]

    @property
    def told_rows(self) -> "list[tuple[bool, list[tuple[str, Column]]]]":
        """The same rows, each with whether it is a heading."""
        return [(place in self.heads, row) for place, row in enumerate(self.rows)]


@dataclass(frozen=True)
class Remark:
    """What must always be said with it, such as what the figures do not mean."""

    text: str
    kind: str = field(default="remark", init=False)


Block = Heading | Paragraph | Quote | Bullets | Facts | KeyFigures | Drawing | Listing | Remark


@dataclass(frozen=True)
class Report:
    """One report.

    Attributes:
        title: what stands on top and in the properties of the file.
        purpose: one sentence under the title: period, maker, number.
        organisation: whose report it is, at the top of every page.
        mark: confidentiality or state in a word or two, at the top of every page, such as "vertrouwelijk".
        blocks: what it says, in order.
        author: who made it, for the properties of the file.
    """

    title: str
    blocks: tuple[Block, ...]
    purpose: str = ""
    organisation: str = ""
    mark: str = ""
    author: str = ""


def printable(text: str) -> str:
    """Leave out the signs that no document can hold, such as control characters."""
    return _NOT_PRINTABLE.sub("", text)


def cell_text(cell: Cell, column: Column) -> str:
    """Write a cell the Dutch way; unknown is said, except in a column of text.

    >>> cell_text(1200, Column("Aantal", Kind.NUMBER)), cell_text(None, Column("Aantal", Kind.NUMBER))
    ('1.200', 'onbekend')
    """
    if cell is None:
        return "" if column.kind is Kind.TEXT else dutch.UNKNOWN
    if isinstance(cell, bool):
        return _("ja") if cell else _("nee")
    if isinstance(cell, datetime):
        return dutch.moment(cell)
    if isinstance(cell, date):
        return dutch.date(cell)
    if isinstance(cell, (int, float, Decimal)):
        is_share = column.kind is Kind.SHARE
        return (dutch.share if is_share else dutch.number)(cell, decimals=column.decimals)
    return cell
