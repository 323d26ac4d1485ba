"""Readers: a file in, rows out. A broken row is reported and reading goes on; a broken file is refused.

``read_file(path)`` for a file, ``read_bytes(data, name=…)`` for what was fetched or uploaded, ``preview`` for
the mapping step. The format is recognised by the first bytes, never by the name alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from pathlib import Path

from regietafel.monitor.adapters.readers import csv_files, feeds, json_lines, parquet_files, sheets
from regietafel.monitor.adapters.readers.layouts import (
    COUNTS,
    FIELDS,
    SUPPLIERS,
    as_text,
    guess_layout,
    require_text,
    to_items,
)
from regietafel.monitor.adapters.readers.opening import MAX_BYTES, Opened, detect_format
from regietafel.monitor.adapters.readers.rows import FileRejected, Preview, ReadResult, RowError

__all__ = [
    "COUNTS",
    "FIELDS",
    "KINDS_OF_FILE",
    "SUPPLIERS",
    "FileRejected",
    "Preview",
    "ReadResult",
    "RowError",
    "preview",
    "read_bytes",
    "read_file",
]

_TABLES = {
    "csv": csv_files.read,
    "sheet": sheets.read,
    "json": json_lines.read_whole,
    "jsonl": json_lines.read_lines,
    "parquet": parquet_files.read,
}
_FORMAT_OF_KIND = {"rss": "feed", "csv": "csv", "xlsx": "sheet", "jsonl": "jsonl", "parquet": "parquet"}
KINDS_OF_FILE = ("auto", *_FORMAT_OF_KIND, *SUPPLIERS)
_PREVIEW_ROWS = 5
_PREVIEW_OF_FEED = ("datum", "titel", "tekst", "url")


def read_file(
    path: Path,
    *,
    kind: str = "auto",
    columns: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    only: Collection[str] | None = None,
) -> ReadResult:
    """Open a file and give its rows one by one; ``columns`` maps our fields to columns of the file.

    With ``only`` no other fields of the rows are filled.
    """
    return _read(Opened(path, name=path.name, max_bytes=max_bytes), kind, columns=columns, only=only)


def read_bytes(
    data: bytes, *, name: str, kind: str = "auto", columns: Mapping[str, str] | None = None
) -> ReadResult:
    """Read what was fetched or uploaded as if it were a file called ``name``."""
    return _read(Opened(data, name=name), kind, columns=columns)


def preview(
    source: Path | bytes, *, name: str, kind: str = "auto", columns: Mapping[str, str] | None = None
) -> Preview:
    """Show the header, the first rows and the mapping we would use, also when no column holds words yet."""
    opened = Opened(source, name=name)
    file_format = _format(opened, kind)
    if file_format == "feed":
        return _preview_of_feed(feeds.read(opened))
    table = _TABLES[file_format](opened)
    layout = guess_layout(table.header, supplier=kind if kind in SUPPLIERS else "", columns=columns)
    rows = (row[1] for row in table.rows if not isinstance(row, RowError))
    shown = tuple(tuple(as_text(cell) for cell in cells) for cells in islice(rows, _PREVIEW_ROWS))
    return Preview(table.format, layout.supplier, table.header, shown, layout.columns)


def _preview_of_feed(result: ReadResult) -> Preview:
    items = (row for row in islice(result.rows, _PREVIEW_ROWS) if not isinstance(row, RowError))
    shown = tuple((str(item.published or ""), item.title, item.text, item.url) for item in items)
    return Preview(result.format, result.layout, _PREVIEW_OF_FEED, shown, {})


def _format(opened: Opened, kind: str) -> str:
    if kind not in KINDS_OF_FILE:
        raise FileRejected(
            f"De soort “{kind}” kennen wij niet. U kunt kiezen uit: {', '.join(KINDS_OF_FILE)}."
        )
    return _FORMAT_OF_KIND.get(kind) or detect_format(opened)


def _read(
    opened: Opened,
    kind: str,
    *,
    columns: Mapping[str, str] | None,
    only: Collection[str] | None = None,
) -> ReadResult:
    file_format = _format(opened, kind)
    if file_format == "feed":
        return feeds.read(opened)
    table = _TABLES[file_format](opened)
    layout = guess_layout(table.header, supplier=kind if kind in SUPPLIERS else "", columns=columns)
    require_text(layout, table.header)
    items = to_items(table, layout=layout, file=opened.name, only=only)
    return ReadResult(table.format, layout.supplier, table.header, layout.columns, items)
