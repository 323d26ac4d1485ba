"""Parquet, batch by batch: only the columns that are needed, and never a batch that bursts.

A small file may describe very much text: a long value that every row points at, or a page that packs a
million times the same. Texts stay packed (as a dictionary) until they have been weighed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any

from regietafel.monitor.adapters.readers.opening import Opened
from regietafel.monitor.adapters.readers.rows import (
    Cell,
    FileRejected,
    NumberedRow,
    RowError,
    Table,
    plain_cell,
)

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch
    from pyarrow.parquet import ParquetFile

_ROWS_AT_ONCE = 4_096
_MAX_BATCH_BYTES = 250_000_000
_MAX_GROUP_BYTES = 2_000_000_000
_MAX_COLUMNS = 2_000
_UNREADABLE = "\udcff"
_DAMAGED = "Dit Parquet-bestand is beschadigd of niet compleet. Lever het opnieuw aan."
_TOO_LARGE = "Dit Parquet-bestand is uitgepakt te groot. Schrijf het met kleinere rijgroepen, of splits het."


def read(opened: Opened) -> Table:
    """Open a Parquet file; its columns are read once it is known which of them are needed."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    source = opened.seekable()
    try:
        contents = ParquetFile(source)
        file = ParquetFile(source, read_dictionary=_flat_texts(contents), pre_buffer=False)
    except (ArrowException, OSError, ValueError) as error:
        raise FileRejected(_DAMAGED) from error
    _weigh_contents(contents)
    header = tuple(file.schema_arrow.names)
    rows = partial(_rows, file, header, name=opened.name)
    return Table("parquet", header, rows(needed=header), rows)


def _flat_texts(file: ParquetFile) -> list[str]:
    """Give the columns of text; texts in lists cannot stay packed."""
    return [
        column.path
        for column in file.schema
        if column.physical_type == "BYTE_ARRAY" and not column.max_repetition_level
    ]


def _weigh_contents(file: ParquetFile) -> None:
    """Refuse a file whose own table of contents says that it is too large to hold."""
    groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
    if any(group.total_byte_size > _MAX_GROUP_BYTES for group in groups):
        raise FileRejected(_TOO_LARGE)
    if len(file.schema_arrow) > _MAX_COLUMNS:
        raise FileRejected(f"Het bestand heeft meer dan {_MAX_COLUMNS} kolommen. Wij lezen het niet.")


def _rows(
    file: ParquetFile, header: tuple[str, ...], *, needed: Collection[str], name: str
) -> Iterator[NumberedRow | RowError]:
    """Number the rows from 1; a row with a text that cannot be read is reported."""
    from pyarrow import ArrowException

    columns = [column for column in header if column in needed]
    number = 0
    try:
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
            for row in zip(*cells_of(batch, header), strict=True):
                number += 1
                yield row_of(row, number, header=header, file=name)
    except (ArrowException, OSError) as error:
        raise FileRejected(_DAMAGED) from error


def row_of(
    cells: tuple[Cell, ...], number: int, *, header: Sequence[str], file: str
) -> NumberedRow | RowError:
    """Give a numbered row, or report it when one of its texts cannot be read."""
    if _UNREADABLE in cells:
        return RowError(file, number, header[cells.index(_UNREADABLE)], "Deze rij heeft onleesbare tekens.")
    return number, cells


def cells_of(batch: RecordBatch, header: Sequence[str]) -> Iterator[Sequence[Cell] | Iterator[None]]:
    """Give the cells per column, empty where the column was not read."""
    for name in header:
        place = batch.schema.get_field_index(name)
        yield repeat(None, batch.num_rows) if place < 0 else _values(batch.column(place))


def _values(column: Array) -> Sequence[Cell]:
    import pyarrow as pa
    from pyarrow import types

    _weigh(column)
    if types.is_dictionary(column.type):
        return _texts(column.dictionary_decode())
    if types.is_string(column.type) or types.is_large_string(column.type):
        return _texts(column)
    if types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return [plain_cell(value) for value in column.to_pylist()]


def _weigh(column: Any) -> None:
    """Refuse a batch that is too large, or would be when each row gets a text of its own."""
    from pyarrow import compute, types

    if types.is_list(column.type) or types.is_large_list(column.type):
        column = column.flatten()
    weight = column.nbytes
    if types.is_dictionary(column.type) and not types.is_primitive(column.type.value_type):
        lengths = compute.take(compute.binary_length(column.dictionary), column.indices)
        weight = compute.sum(lengths).as_py() or 0
    if weight > _MAX_BATCH_BYTES:
        raise FileRejected(_TOO_LARGE)


def _texts(column: Array) -> Sequence[Cell]:
    """Read texts as UTF-8; only when one of them is something else, one by one."""
    try:
        texts: list[str | None] = column.cast("string").to_pylist()
    except (UnicodeDecodeError, ValueError):
        texts = [_text(value) for value in column.cast("binary").to_pylist()]
    return texts


def _text(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return _UNREADABLE
