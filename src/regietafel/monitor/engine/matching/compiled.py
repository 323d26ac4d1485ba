"""The numba scanner: reads texts where they lie, one after another, in machine code."""

from __future__ import annotations

import numpy as np

from regietafel.monitor.engine.matching.arrays import Finder
from regietafel.monitor.engine.matching.kernels import (
    ANSWERED,
    MARGIN,
    ROOM,
    Batch,
    Letters,
    Space,
    Work,
    scan,
)
from regietafel.monitor.engine.matching.letters import BREAK, GAP, code_points
from regietafel.monitor.engine.matching.plan import Plan
from regietafel.monitor.engine.matching.table import Array, eights_of, make_table
from regietafel.monitor.engine.matching.texts import NOTHING, Pairs, Part, Scan, Texts, together

MOST_ANSWERS = 1 << 16


class NumbaScanner:
    """Scans texts for the words of a plan, and weighs its questions."""

    characters_at_once = 8_000_000

    def __init__(self, plan: Plan) -> None:
        self._table = make_table(plan)
        self._second_pass = Finder(plan, self._table, only_open=True)
        self._codes = code_points().copy()
        self._codes[BREAK] = GAP
        self._filled = np.zeros(len(plan.ledger.choices), dtype=np.int64)
        self._asked = np.zeros(len(plan.demands), dtype=np.int64)
        self._answers = np.zeros((2, max(MOST_ANSWERS, len(plan.demands))), dtype=np.int64)
        self._counts = np.zeros(3, dtype=np.int64)

    def scan(self, part: Part, *, noted: Pairs) -> Scan:
        """Give which messages may answer which question; ``noted`` are the terms found in other fields."""
        message, term = together(noted, self._second_pass.terms(part)[0])
        count = part.after - part.first
        order = np.argsort(message, kind="stable")
        noted_from = np.searchsorted(message[order], np.arange(count + 1))
        is_strange = np.zeros(count, dtype=np.uint8)
        found, done = [NOTHING], 0
        while done < count:
            batch = _batch(part, done, noted=(noted_from[done:], term[order]))
            self._counts[ANSWERED] = 0
            step = scan(Work(self._table, self._space(batch, is_strange[done:])), batch)
            answered = self._answers[:, : self._counts[ANSWERED]]
            found.append(Pairs(answered[0] + done, answered[1].copy()))
            done += step
        return Scan(together(*found), np.flatnonzero(is_strange))

    def _space(self, batch: Batch, is_strange: Array) -> Space:
        longest = max(int(np.diff(some.offsets).max(initial=0)) for some in (batch.texts, batch.titles))
        letters = np.full(longest + MARGIN + ROOM, GAP, dtype=np.uint8)
        at, length, maybe = np.empty((3, longest // 2 + 2), dtype=np.int32)
        return Space(
            self._codes, letters, eights_of(letters), at, length, maybe, self._filled, self._asked,
            np.empty_like(self._asked), self._counts, self._answers[0], self._answers[1], is_strange,
        )  # fmt: skip


def _batch(part: Part, done: int, *, noted: tuple[Array, Array]) -> Batch:
    first, after = part.first + done, part.after
    none = Texts.from_buffers(b"", [0])
    texts = _letters(part.texts, first, after=after)
    titles = (
        _letters(part.titles, first, after=after) if part.titles is not None else _letters(none, 0, after=0)
    )
    return Batch(texts, titles, part.titles is not None, *noted)


def _letters(texts: Texts, first: int, *, after: int) -> Letters:
    data, offsets = texts.buffers
    if len(data) < 8:
        data = np.concatenate((data, np.zeros(8, dtype=np.uint8)))
    data, bounds = data.view(), offsets[first : after + 1].view()
    data.flags.writeable = bounds.flags.writeable = False
    return Letters(data, eights_of(data), bounds)
