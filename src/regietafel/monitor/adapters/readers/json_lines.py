"""JSON lines, a JSON list, or a JSON object with one list of messages inside."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Any

from regietafel.monitor.adapters.readers.opening import Opened
from regietafel.monitor.adapters.readers.rows import (
    Cell,
    FileRejected,
    NumberedRow,
    RowError,
    Table,
    plain_cell,
)

_MAX_WHOLE_BYTES = 100_000_000
_MAX_LINE_BYTES = 2_000_000
_HEADER_FROM_ROWS, _HEADER_FROM_LETTERS = 5_000, 5_000_000
_EMPTY: tuple[object, ...] = (None, "")
Record = dict[str, Any]


def read_lines(opened: Opened) -> Table:
    """Open a file with one JSON object per line; an indented object is read as a whole."""
    first = opened.head.decode("utf-8-sig", "replace").lstrip().partition("\n")[0]
    if first.rstrip() in ("{", "["):
        return read_whole(opened)
    return _table(_lines(opened), file_format="jsonl")


def read_whole(opened: Opened) -> Table:
    """Open a file that is one JSON value: a list of objects, or an object that holds such a list."""
    text = opened.read_all(limit=_MAX_WHOLE_BYTES)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = f" (regel {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise FileRejected(f"Het bestand is geen geldige JSON{place}. Lever het opnieuw aan.") from error
    records = _listed(value)
    rows = (
        (number, record) if isinstance(record, dict) else _no_record(opened.name, number)
        for number, record in enumerate(records, start=1)
    )
    return _table(rows, file_format="json")


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        lists = [
            inner
            for inner in value.values()
            if isinstance(inner, list) and inner and isinstance(inner[0], dict)
        ]
        return lists[0] if len(lists) == 1 else [value]
    raise FileRejected("De JSON bevat geen lijst met berichten.")


def _lines(opened: Opened) -> Iterator[tuple[int, Record] | RowError]:
    with opened.stream() as stream:
        number = 0
        while line := stream.readline(_MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > _MAX_LINE_BYTES:
                raise FileRejected(
                    f"Regel {number} is langer dan {_MAX_LINE_BYTES // 1_000_000} MB. Wij lezen het niet.",
                    row=number,
                )
            if not line.strip():
                continue
            try:
                record = json.loads(str(line.removeprefix(BOM_UTF8), "utf-8"))
            except (ValueError, RecursionError):
                yield RowError(opened.name, number, "", "Deze regel is geen geldige JSON.")
                continue
            yield (number, record) if isinstance(record, dict) else _no_record(opened.name, number)


def _no_record(file: str, number: int) -> RowError:
    return RowError(file, number, "", "Hier hoort een JSON-object met velden te staan.")


def _table(records: Iterator[tuple[int, Record] | RowError], *, file_format: str) -> Table:
    first = _first(records)
    header = tuple(dict.fromkeys(name for row in first if not isinstance(row, RowError) for name in row[1]))
    if not header:
        raise FileRejected("Wij vinden in dit bestand geen JSON-objecten met berichten.")
    rows = partial(_cells, chain(first, records), header)
    return Table(file_format, header, rows(needed=header), rows)


def _first(records: Iterator[tuple[int, Record] | RowError]) -> list[tuple[int, Record] | RowError]:
    """Take the rows that say which columns there are: not every row has them all."""
    rows, letters = [], 0
    for row in islice(records, _HEADER_FROM_ROWS):
        rows.append(row)
        letters += 0 if isinstance(row, RowError) else sum(map(len, filter(_is_text, row[1].values())))
        if letters > _HEADER_FROM_LETTERS:
            break
    return rows


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _cells(
    records: Iterable[tuple[int, Record] | RowError], header: tuple[str, ...], *, needed: Collection[str]
) -> Iterator[NumberedRow | RowError]:
    nothing: list[Cell] = [None] * len(header)
    places = [(place, name) for place, name in enumerate(header) if name in needed]
    for row in records:
        if isinstance(row, RowError):
            yield row
            continue
        number, record = row
        if not any(value not in _EMPTY for value in record.values()):
            continue
        cells = nothing.copy()
        for place, name in places:
            value = record.get(name)
            cells[place] = value if type(value) is str else plain_cell(value)
        yield number, cells
