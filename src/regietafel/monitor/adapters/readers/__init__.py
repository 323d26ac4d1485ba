"""Readers: a file in, rows out. A broken row is reported and reading goes on; a broken file is refused.

``read_file(path)`` for a file, ``read_bytes(data, name=…)`` for what was fetched or uploaded,
``preview(path)`` for the mapping step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from regietafel.monitor.engine.messages import RawItem


class FileRejected(ValueError):
    """The file as a whole cannot be read; ``message`` says where it goes wrong and what to do (Dutch)."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class RowError:
    """One row that could not be read: where, and why (Dutch)."""

    file: str
    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file being read: its format (``csv``, ``xlsx``, ``rss`` …), supplier set, header, rows and guessed mapping."""

    format: str
    layout: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    rows: Iterator[RawItem | RowError]


@dataclass(frozen=True, slots=True)
class Preview:
    """What the mapping step shows: the header, the first rows as text, and the mapping we would use.

    ``columns`` maps our field (id, url, datum, titel, tekst, bron, soort, taal, auteur, interacties) to a column.
    """

    format: str
    layout: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, str]


def read_file(path: Path, *, kind: str = "auto", columns: Mapping[str, str] | None = None) -> ReadResult:
    """Open a file and give its rows one by one."""
    raise NotImplementedError


def read_bytes(
    data: bytes, *, name: str, kind: str = "auto", columns: Mapping[str, str] | None = None
) -> ReadResult:
    """Read what was fetched or uploaded as if it were a file called ``name``."""
    raise NotImplementedError


def preview(path: Path, *, kind: str = "auto", columns: Mapping[str, str] | None = None) -> Preview:
    """Show the header, the first rows and the mapping we would use."""
    raise NotImplementedError
