"""DuckDB reads the files; asking is done here, batch by batch, as with every motor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import pyarrow as pa

from regietafel.monitor.adapters.archive import local
from regietafel.monitor.adapters.archive.asking import ROWS_AT_ONCE, Asked
from regietafel.monitor.adapters.archive.files import Archive, ArchiveFile, ArchiveRefused, Group
from regietafel.monitor.adapters.archive.keeping import Answered

_MISSING = "De motor duckdb is niet geïnstalleerd. Installeer de extra archief, of gebruik --motor lokaal."


def require() -> None:
    """Refuse to go on without DuckDB."""
    try:
        import duckdb  # noqa: F401
    except ImportError as error:
        raise ArchiveRefused(_MISSING) from error


def read(
    archive: Archive, groups: Sequence[Group], *, asked: Asked, processes: int = 1
) -> Iterator[Answered]:
    """Ask row groups in the order of the files; what DuckDB cannot read is read as without it."""
    require()
    import duckdb

    with duckdb.connect(config={"threads": processes}) as database:
        for number, same in groupby(groups, key=attrgetter("file")):
            file, waiting = archive.files[number], list(same)
            try:
                for answered in _read_file(file, tuple(waiting), database=database, asked=asked):
                    waiting.remove(answered.group)
                    yield answered
            except duckdb.Error:
                yield from local.read(archive, waiting, asked=asked)


def _read_file(
    file: ArchiveFile, groups: Sequence[Group], *, database: Any, asked: Asked
) -> Iterator[Answered]:
    for group in groups:
        yield asked.ready().ask_all(_batches(file, group, database=database), file=file, group=group)


def _batches(file: ArchiveFile, group: Group, *, database: Any) -> Iterator[pa.RecordBatch]:
    from duckdb import ColumnExpression, ConstantExpression

    row = ColumnExpression("file_row_number")
    rows = database.read_parquet(str(file.path), file_row_number=True).filter(
        (row >= ConstantExpression(group.first_row))
        & (row < ConstantExpression(group.first_row + group.rows))
    )
    yield from rows.select(*map(ColumnExpression, file.needed)).to_arrow_reader(ROWS_AT_ONCE)
