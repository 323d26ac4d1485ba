"""A table on its way out of the product: what every export and every document is made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Cell = str | int | float | Decimal | bool | date | datetime | None


class Kind(StrEnum):
    """What the cells of a column are; it decides alignment, notation and the type in a spreadsheet."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    ESTIMATE = "estimate"
    """A number with its interval, already in words: "7,7 (5,0–11,7)"."""

    DAY = "day"
    MOMENT = "moment"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """One column: its heading with the unit, its kind, and how many decimals people see."""

    label: str
    kind: Kind = Kind.TEXT
    decimals: int = 0
    width: int = 0

    @property
    def is_numeric(self) -> bool:
        return self.kind in (Kind.NUMBER, Kind.SHARE, Kind.ESTIMATE)


@dataclass(frozen=True)
class Table:
    """Columns and rows with a title and where the figures come from.

    `rows` may be any iterable; a generator is read once, so that a long list is never held in memory.
    None means unknown and stays visible as such: it is never written as 0.
    """

    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    title: str = ""
    source_note: str = ""
