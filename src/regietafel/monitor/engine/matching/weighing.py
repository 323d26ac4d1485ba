"""Weighing questions by the terms that were found, for many messages at once."""

from __future__ import annotations

import numpy as np

from regietafel.monitor.engine.matching.table import Lists, Table
from regietafel.monitor.engine.matching.texts import Array, Pairs

NO_COLUMN = -1


class Weights:
    """Weighs questions by the terms that were found in messages."""

    def __init__(self, table: Table, *, width: int) -> None:
        self._table = table
        self._width = width
        self._required = _rows(table.required)
        self._excluded = _rows(table.excluded)
        is_required = np.zeros(width, dtype=bool)
        is_required[table.required.values] = True
        self._fills = _holding(table.columns, is_required)
        self._asks_alone = _holding(table.asked, np.diff(table.required.starts) == 0)

    def weigh(self, found: Pairs) -> Pairs:
        """Give which messages may answer which question."""
        row, column = expanded(self._table.columns, found.other)
        filled = _each_once(found.text[row] * self._width + column)
        message, question = self._asked(found)
        for columns in self._required.T:
            wanted = columns[question]
            holds = (wanted == NO_COLUMN) | _among(filled, message * self._width + wanted)
            message, question = message[holds], question[holds]
        for columns in self._excluded.T:
            unwanted = columns[question]
            holds = (unwanted == NO_COLUMN) | ~_among(filled, message * self._width + unwanted)
            message, question = message[holds], question[holds]
        return Pairs(message, question)

    def _asked(self, found: Pairs) -> Pairs:
        """Give the questions whose anchor was found, but for messages that fill nothing they need besides."""
        is_filled = np.zeros(int(found.text.max(initial=-1)) + 1, dtype=bool)
        is_filled[found.text[self._fills[found.other]]] = True
        asking = np.flatnonzero(is_filled[found.text] | self._asks_alone[found.other])
        row, question = expanded(self._table.asked, found.other[asking])
        asked = _each_once(found.text[asking[row]] * max(len(self._required), 1) + question)
        return Pairs(*np.divmod(asked, max(len(self._required), 1)))


def _holding(many: Lists, is_one: Array) -> Array:
    """Tell of lists whether any of their values is one of some."""
    holds = np.zeros(len(many.starts) - 1, dtype=bool)
    row, value = expanded(many, np.arange(len(holds)))
    holds[row[is_one[value]]] = True
    return holds


def _each_once(numbers: Array) -> Array:
    """Give numbers in order, each once; for these sorting is quicker than what numpy has for it."""
    numbers = np.sort(numbers)
    is_new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return numbers[is_new]


def _among(known: Array, sought: Array) -> Array:
    """Tell of numbers whether they are among others, that are in order."""
    if not len(known):
        return np.zeros(len(sought), dtype=bool)
    there: Array = known[np.minimum(np.searchsorted(known, sought), len(known) - 1)] == sought
    return there


def _rows(many: Lists) -> Array:
    """Give lists as rows of the same length."""
    sizes = np.diff(many.starts)
    rows = np.full((len(sizes), int(sizes.max(initial=0))), NO_COLUMN, dtype=np.int64)
    rows[np.repeat(np.arange(len(sizes)), sizes), counted(sizes)] = many.values
    return rows


def counted(sizes: Array) -> Array:
    """Count 0, 1, 2… within each list."""
    numbers: Array = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return numbers


def expanded(many: Lists, numbers: Array) -> tuple[Array, Array]:
    """Give the lists with these numbers end to end, and for each value from which list it came."""
    starts, sizes = many.starts[numbers], many.starts[numbers + 1] - many.starts[numbers]
    rows = np.repeat(np.arange(len(numbers)), sizes)
    before = np.cumsum(sizes) - sizes
    return rows, many.values[np.arange(len(rows)) + np.repeat(starts - before, sizes)]
