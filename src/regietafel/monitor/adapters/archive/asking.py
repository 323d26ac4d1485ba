"""Asking: a batch of rows in, who answers which question out; the same for every motor.

Texts go to the matcher as Arrow holds them. Only a row that has to be cleaned first (markup, entities, what
cannot be seen) takes the long way, which is the way of every other file.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regietafel.monitor.adapters.archive.files import ArchiveFile, Group
from regietafel.monitor.adapters.archive.keeping import Answered
from regietafel.monitor.adapters.languages import detect_language
from regietafel.monitor.adapters.readers import FIELDS, RowError
from regietafel.monitor.adapters.readers.layouts import Layout, to_items
from regietafel.monitor.adapters.readers.parquet_files import cells_of, row_of
from regietafel.monitor.adapters.readers.rows import Table
from regietafel.monitor.engine.matching import Matcher, Texts, available_scanners
from regietafel.monitor.engine.messages import CleaningRules, RawItem, RowRejected, as_document, asked_zones
from regietafel.monitor.engine.messages.cleaning import IN_TEXT
from regietafel.monitor.engine.query import Query

ROWS_AT_ONCE = 16_384
_TO_CLEAN = (
    "[<&\\x00-\\x08\\x0e-\\x1f\\x7f-\\x{84}\\x{86}-\\x{9f}\\x{115f}\\x{1160}\\x{2800}\\x{3164}\\x{ffa0}]"
)
_TO_SEE = r"[\pL\pN\pP\pS]"
_IN_TEXT = frozenset({"id", "url", "titel", "tekst"})
_IN_ALL = frozenset(FIELDS) - {"auteur", "interacties"}

Answer = tuple[int, tuple[str, ...]]
Hit = tuple[int, str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """The questions of one search, by id; made ready once in every process that asks them."""

    queries: Mapping[str, Query]
    fingerprint: str = ""

    @cached_property
    def zones(self) -> frozenset[str]:
        """Where the questions seek."""
        return asked_zones(self.queries.values())

    @property
    def fields(self) -> frozenset[str]:
        """Our fields that are needed to answer; where only words are asked for, nothing else is read."""
        return _IN_TEXT if self.zones <= IN_TEXT else _IN_ALL

    @cached_property
    def packed(self) -> bytes:
        """The same as bytes, to send to another process."""
        return pickle.dumps(self)

    def ready(self) -> Asker:
        """Give the one that asks; the same one again in the same process."""
        asker = _ASKERS.get(self.fingerprint)
        if asker is None:
            _ASKERS.clear()
            asker = _ASKERS[self.fingerprint] = Asker(self)
        return asker


_ASKERS: dict[str, Asker] = {}


def known_asker(fingerprint: str) -> Asker | None:
    """Give the one that asks these questions, when it was made ready in this process."""
    return _ASKERS.get(fingerprint)


class Asker:
    """Asks the questions of batches of rows."""

    def __init__(self, asked: Asked) -> None:
        self._zones = asked.zones
        self._matcher = Matcher(asked.queries, scanner=available_scanners()[-1])

    def ask(
        self, batch: pa.RecordBatch, *, file: ArchiveFile, numbers: Sequence[int]
    ) -> tuple[list[Hit], list[dict[str, Any]]]:
        """Give the hits in order (row, id, questions), and the rows that cannot be read.

        Args:
            batch: rows of one file in its own columns, as many as were asked for.
            file: the file they are of.
            numbers: the number of each row in that file, counted from 0.
        """
        slow = self._rows_to_clean(batch, file)
        quick = [] if slow is None else self._quick(batch, file=file, without=slow)
        rows = np.arange(batch.num_rows) if slow is None else slow
        long, broken = self._slow(batch, rows, file=file)
        answered = sorted((*quick, *long))
        names = _names(batch, [row for row, _keys in answered], file=file, numbers=numbers)
        hits = [(numbers[row], name, keys) for (row, keys), name in zip(answered, names, strict=True)]
        return hits, [_told(error, numbers[error.row]) for error in broken]

    def _rows_to_clean(self, batch: pa.RecordBatch, file: ArchiveFile) -> np.ndarray | None:
        """Give the rows that have to be cleaned before they are asked; None when that is all of them."""
        columns = [file.columns[field] for field in ("titel", "tekst") if field in file.columns]
        if not (self._zones <= IN_TEXT and file.holds_only_text and set(columns) <= set(file.header)):
            return None
        try:
            batch.validate(full=True)
        except pa.ArrowInvalid:  # not UTF-8: each row is to be looked at
            return None
        found, is_blank = np.zeros(batch.num_rows, dtype=bool), np.ones(batch.num_rows, dtype=bool)
        for column in map(batch.column, columns):
            found |= pc.fill_null(pc.match_substring_regex(column, _TO_CLEAN), False).to_numpy(False)
            is_blank &= ~pc.fill_null(pc.match_substring_regex(column, _TO_SEE), False).to_numpy(False)
        return np.flatnonzero(found | is_blank)

    def _quick(self, batch: pa.RecordBatch, *, file: ArchiveFile, without: np.ndarray) -> list[Answer]:
        title, text = (_texts(batch, file.columns.get(field)) for field in ("titel", "tekst"))
        hits = self._matcher.match_texts(text or Texts.of([""] * batch.num_rows), titles=title)
        keep = ~np.isin(hits.document, without)
        pairs = sorted(zip(hits.document[keep].tolist(), hits.query[keep].tolist(), strict=True))
        return [
            (row, tuple(sorted(hits.keys[number] for _row, number in same)))
            for row, same in groupby(pairs, key=itemgetter(0))
        ]

    def _slow(
        self, batch: pa.RecordBatch, rows: np.ndarray, *, file: ArchiveFile
    ) -> tuple[list[Answer], list[RowError]]:
        source = file.path.name.split(".")[0]
        rules = CleaningRules(source_name=source, author_key=b"", detect_language=detect_language)
        errors: list[RowError] = []
        answered: list[Answer] = []
        for item in _items(batch.take(pa.array(rows)), rows, file=file):
            if isinstance(item, RowError):
                errors.append(item)
                continue
            try:
                document = as_document(item, rules=rules, needed=self._zones)
            except RowRejected as refusal:
                errors.append(RowError(file.name, item.row, refusal.column, refusal.message))
                continue
            if keys := self._matcher.answers(document):
                answered.append((item.row, tuple(sorted(keys))))
        return answered, errors

    def ask_all(self, batches: Iterable[pa.RecordBatch], *, file: ArchiveFile, group: Group) -> Answered:
        """Ask a whole row group, given in order."""
        hits: list[tuple[str, tuple[str, ...]]] = []
        errors: list[dict[str, Any]] = []
        first = group.first_row
        for batch in batches:
            found, broken = self.ask(batch, file=file, numbers=range(first, first + batch.num_rows))
            hits += [(name, keys) for _row, name, keys in found]
            errors += broken
            first += batch.num_rows
        return Answered(group, tuple(hits), tuple(errors))


def _texts(batch: pa.RecordBatch, column: str | None) -> Texts | None:
    """Give a column of text where it lies, an absent text as an empty one."""
    if column is None:
        return None
    texts = batch.column(column)
    texts = (pc.fill_null(texts, "") if texts.null_count else texts).cast(pa.large_string())
    _validity, offsets, letters = texts.buffers()
    places = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return Texts.from_buffers(letters, places)


def _items(batch: pa.RecordBatch, rows: Iterable[int], *, file: ArchiveFile) -> Iterator[RawItem | RowError]:
    """Give rows as every other file gives them; ``row`` is the place in the batch."""
    cells = zip(*cells_of(batch, file.header), strict=True)
    numbered = (
        row_of(row, int(number), header=file.header, file=file.name)
        for number, row in zip(rows, cells, strict=True)
    )
    table = Table("parquet", file.header, numbered, lambda needed: numbered)
    return to_items(table, layout=Layout("", file.columns), file=file.name)


def _names(
    batch: pa.RecordBatch, rows: list[int], *, file: ArchiveFile, numbers: Sequence[int]
) -> Iterator[str]:
    """Give what each row is known by: its id, else its address, else its number in the file."""
    items = _items(batch.take(pa.array(rows, pa.int64())), rows, file=file)
    return (
        item.external_id or item.url or str(numbers[item.row] + 1)
        for item in items
        if not isinstance(item, RowError)
    )


def _told(error: RowError, number: int) -> dict[str, Any]:
    return {"bestand": error.file, "rij": number + 1, "kolom": error.column, "melding": error.message}
