"""The nouns of reading: a file being read, a row that failed, a file that is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regietafel.monitor.engine.messages import RawItem

Cell = str | int | float | bool | date | tuple[str, ...] | None


def plain_cell(value: object) -> Cell:
    """Keep plain values; a nested value gives its name or nothing, a list what is plain in it."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("naam")
    if isinstance(value, list):
        return tuple(part for part in map(plain_cell, value) if isinstance(part, str))
    return value if isinstance(value, str | int | float | date) else None


class FileRejected(ValueError):
    """The file as a whole cannot be read; ``message`` says where it goes wrong and what to do (Dutch).

    It may be raised while rows are being read: then nothing of the file may be kept, and ``row`` is the one
    where reading ended, if that is known.
    """

    def __init__(self, message: str, *, row: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.row = row


@dataclass(frozen=True, slots=True)
class RowError:
    """One row that could not be read: where, and why (Dutch)."""

    file: str
    row: int
    column: str
    message: str


NumberedRow = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as columns and numbered rows of cells, before anyone said which column is what.

    ``rows_with`` gives the rows with only some columns filled, where reading fewer columns is less work;
    rows that hold nothing at all are then left out already.
    """

    format: str
    header: tuple[str, ...]
    rows: Iterator[NumberedRow | RowError]
    rows_with: Callable[..., Iterator[NumberedRow | RowError]] | None = None


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file being read: its format (csv, xlsx, rss …), layout (supplier), header, mapping and rows.

    ``columns`` maps our field names (``layouts.FIELDS``) to columns of the file; a feed has none.
    """

    format: str
    layout: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    rows: Iterator[RawItem | RowError]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the mapping step shows: the header, the first rows as text, and the mapping we would use."""

    format: str
    layout: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, str]
