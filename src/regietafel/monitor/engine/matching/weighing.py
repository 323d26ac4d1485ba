"""Weighing questions by the terms that were found, for many messages at once."""

from __future__ import annotations

import numpy as np

from regietafel.monitor.engine.matching.table import Lists, Table
from regietafel.monitor.engine.matching.texts import Array, Pairs


class Weights:
    """Weighs questions by the terms that were found in messages."""

    def __init__(self, table: Table, *, width: int) -> None:
        self._table = table
        self._width = width
        self._required = _rows(table.required, filler=width)
        self._excluded = _rows(table.excluded, filler=width + 1)

    def weigh(self, found: Pairs) -> Pairs:
        """Give which messages may answer which question."""
        table = self._table
        messages, row = np.unique(found.text, return_inverse=True)
        held, question = expanded(table.asked, found.other)
        asked = row[held] * max(len(self._required), 1) + question
        row_of, question = np.divmod(np.unique(asked), max(len(self._required), 1))
        held, column = expanded(table.columns, found.other)
        seen, short = np.unique(column, return_inverse=True)
        filled = np.zeros((len(messages), len(seen) + 2), dtype=bool)  # the last two: always, and never
        filled[:, -2] = True
        filled[row[held], short] = True
        place = np.full(self._width + 2, len(seen) + 1)
        place[seen] = np.arange(len(seen))
        place[self._width] = len(seen)
        holds = np.ones(len(question), dtype=bool)
        for columns in self._required.T:
            holds &= filled[row_of, place[columns[question]]]
        for columns in self._excluded.T:
            holds &= ~filled[row_of, place[columns[question]]]
        return Pairs(messages[row_of[holds]], question[holds])


def _rows(many: Lists, *, filler: int) -> Array:
    """Give lists as rows of the same length."""
    sizes = np.diff(many.starts)
    rows = np.full((len(sizes), int(sizes.max(initial=0))), filler, dtype=np.int64)
    rows[np.repeat(np.arange(len(sizes)), sizes), _counted(sizes)] = many.values
    return rows


def _counted(sizes: Array) -> Array:
    """Count 0, 1, 2… within each list."""
    counted: Array = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return counted


def expanded(many: Lists, numbers: Array) -> tuple[Array, Array]:
    """Give the lists with these numbers end to end, and for each value from which list it came."""
    starts, sizes = many.starts[numbers], many.starts[numbers + 1] - many.starts[numbers]
    rows = np.repeat(np.arange(len(numbers)), sizes)
    before = np.cumsum(sizes) - sizes
    return rows, many.values[np.arange(len(rows)) + np.repeat(starts - before, sizes)]
