"""What is in the folder: the files, their columns, and the row groups that are asked one by one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from regietafel.monitor.adapters.readers import FileRejected
from regietafel.monitor.adapters.readers.layouts import guess_layout, require_text

MAX_GROUP_BYTES = 2_000_000_000
DAMAGED = "Dit Parquet-bestand is beschadigd of niet compleet. Lever het opnieuw aan."
TOO_LARGE = "Dit Parquet-bestand heeft een rijgroep van meer dan 2 GB. Schrijf het met kleinere rijgroepen."


class ArchiveRefused(ValueError):
    """The archive cannot be asked; the message says why and what to do (Dutch)."""


@dataclass(frozen=True, slots=True)
class Group:
    """One row group of one file; rows are counted from 0 in the file."""

    file: int
    number: int
    first_row: int
    rows: int


@dataclass(frozen=True)
class ArchiveFile:
    """One file: where it is, what it is called in the archive, and which column holds what."""

    path: Path
    name: str
    header: tuple[str, ...]
    columns: Mapping[str, str]
    needed: tuple[str, ...]
    holds_only_text: bool


@dataclass(frozen=True)
class Archive:
    """The files that can be read, their row groups in order, and what is wrong with the others."""

    files: tuple[ArchiveFile, ...]
    groups: tuple[Group, ...]
    errors: tuple[dict[str, Any], ...]

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(group.rows for group in self.groups)

    def fingerprint(self, questions: bytes) -> str:
        """Give the same short text only for the same questions to the same files, read the same way."""
        files = [
            (file.name, file.path.stat().st_size, file.path.stat().st_mtime_ns, sorted(file.columns.items()))
            for file in self.files
        ]
        told = json.dumps([2, files, [(group.file, group.first_row) for group in self.groups]])
        return hashlib.sha256(questions + b"\0" + told.encode()).hexdigest()


def open_archive(folder: Path, *, fields: Iterable[str], columns: Mapping[str, str] | None = None) -> Archive:
    """Look at every Parquet file under a folder; one that cannot be read does not stop the others.

    Args:
        folder: where they are, however deep; hidden ones and those of unfinished writing are passed by.
        fields: our fields that the questions need.
        columns: our field → column, where the user said so.

    Raises:
        ArchiveRefused: there is no such folder, or no Parquet file in it.
    """
    if not folder.is_dir():
        raise ArchiveRefused(f"{folder}: deze map is er niet.")
    paths = [path for path in sorted(folder.rglob("*.parquet")) if _counts(path.relative_to(folder))]
    if not paths:
        raise ArchiveRefused(f"{folder}: hier staan geen Parquet-bestanden (*.parquet).")
    files: list[ArchiveFile] = []
    groups: list[Group] = []
    errors: list[dict[str, Any]] = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            file, sizes = _opened(path, name, fields=frozenset(fields), columns=columns)
        except FileRejected as refusal:
            errors.append({"bestand": name, "rij": None, "kolom": None, "melding": refusal.message})
            continue
        groups += _groups(len(files), sizes)
        files.append(file)
    return Archive(tuple(files), tuple(groups), tuple(errors))


def _counts(path: Path) -> bool:
    return not any(part.startswith((".", "_")) for part in path.parts)


def _opened(
    path: Path, name: str, *, fields: frozenset[str], columns: Mapping[str, str] | None
) -> tuple[ArchiveFile, list[int]]:
    try:
        with ParquetFile(path) as parquet:
            schema, contents = parquet.schema_arrow, parquet.metadata
            sizes = [contents.row_group(number) for number in range(contents.num_row_groups)]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FileRejected(DAMAGED) from error
    if any(size.total_byte_size > MAX_GROUP_BYTES for size in sizes):
        raise FileRejected(TOO_LARGE)
    header = tuple(schema.names)
    layout = guess_layout(header, columns=columns)
    require_text(layout, header)
    asked = {field: column for field, column in layout.columns.items() if field in fields}
    parts = {part for column in asked.values() for part in _parts(column, header)}
    needed = tuple(column for column in header if column in parts)
    is_text = all(_is_text(schema.field(column).type) for column in needed)
    has_unique_names = len(set(header)) == len(header)
    file = ArchiveFile(path, name, header, asked, needed, is_text and has_unique_names)
    return file, [size.num_rows for size in sizes]


def _parts(column: str, header: tuple[str, ...]) -> list[str]:
    return [column] if column in header else column.split("+")


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _groups(file: int, sizes: Iterable[int]) -> list[Group]:
    first, groups = 0, []
    for number, rows in enumerate(sizes):
        groups.append(Group(file, number, first, rows))
        first += rows
    return groups
