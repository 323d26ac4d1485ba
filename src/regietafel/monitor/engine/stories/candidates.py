"""Who might tell the same story: messages that share runs, found without comparing everything to everything.

Work is bounded: a run leads to at most 16 others, and a message keeps at most 32 candidates, those with the
most runs in common. A run that thousands share says nothing; what is rare in a copy finds its source.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from regietafel.monitor.engine.stories.signing import Signature

MOST_PER_RUN = 16
MOST_PER_MESSAGE = 32
_FEW_RUNS = 60
_FEWEST_SHARED, _LEAST_SHARE = 4, 0.2
_UNKNOWN, _FIRST, _LAST = 0, 1, 2**32 - 1
_SHIFT = np.uint64(32)
Numbers = NDArray[np.int64]
Keys = NDArray[np.uint64]
Found = dict[int, list[int]]


class Postings:
    """Where runs stand: of each run the cores that hold it, in order of time, in a few sorted arrays."""

    def __init__(self) -> None:
        self._levels: list[tuple[Keys, Numbers]] = []
        self._has_undated = False

    def add(self, signatures: Sequence[Signature], *, numbers: Sequence[int], minutes: Sequence[int]) -> None:
        """Put in the runs of cores, each with its number and its moment in minutes (0: unknown)."""
        if not signatures:
            return
        lengths = [len(one.shingles) for one in signatures]
        keys = np.concatenate([one.shingles for one in signatures]).astype(np.uint64) << _SHIFT
        keys |= np.repeat(np.array(minutes, dtype=np.uint64), lengths)
        self._has_undated |= _UNKNOWN in minutes
        self._levels.append(_ordered(keys, np.repeat(np.array(numbers, dtype=np.int64), lengths)))
        while len(self._levels) > 1 and 2 * len(self._levels[-1][0]) > len(self._levels[-2][0]):
            (keys, cores), (more_keys, more_cores) = self._levels.pop(), self._levels.pop()
            merged = np.concatenate([more_keys, keys]), np.concatenate([more_cores, cores])
            self._levels.append(_ordered(*merged))

    def find(self, asking: Sequence[Signature], *, minutes: Sequence[int], window: int) -> Found:
        """Give for each place in ``asking`` the cores that share runs with it within the window (minutes)."""
        lengths = [len(one.shingles) for one in asking]
        if not self._levels or not sum(lengths):
            return {}
        runs = np.concatenate([one.shingles for one in asking]).astype(np.uint64) << _SHIFT
        places = np.repeat(np.arange(len(asking), dtype=np.int64), lengths)
        at = np.repeat(np.array(minutes, dtype=np.int64), lengths)
        first = np.where(at == _UNKNOWN, _UNKNOWN, np.clip(at - window, _FIRST, _LAST)).astype(np.uint64)
        last = np.where(at == _UNKNOWN, _LAST, np.clip(at + window, _FIRST, _LAST)).astype(np.uint64)
        spans = [(runs | first, runs | last)]
        if self._has_undated:
            spans.append((runs, np.where(at == _UNKNOWN, np.uint64(0), runs)))
        pairs = [self._pairs(level, span, places=places) for level in self._levels for span in spans]
        return _most_shared(
            np.concatenate([one for one, _ in pairs]), np.concatenate([c for _, c in pairs]), asking=asking
        )

    @staticmethod
    def _pairs(
        level: tuple[Keys, Numbers], span: tuple[Keys, Keys], *, places: Numbers
    ) -> tuple[Numbers, Numbers]:
        keys, cores = level
        begin = np.searchsorted(keys, span[0], side="left")
        counts = np.clip(np.searchsorted(keys, span[1], side="right") - begin, 0, MOST_PER_RUN)
        return np.repeat(places, counts), cores[_stretches(begin, counts)]


def among(asking: Sequence[Signature]) -> Found:
    """Give for each place in a list of signatures the earlier places that share runs with it (candidates)."""
    lengths = [len(one.shingles) for one in asking]
    if not sum(lengths):
        return {}
    runs = np.concatenate([one.shingles for one in asking])
    places = np.repeat(np.arange(len(asking), dtype=np.int64), lengths)
    order = np.argsort(runs, kind="stable")  # within a run the earlier places stay first
    runs, places = runs[order], places[order]
    starts = np.flatnonzero(np.concatenate([[True], runs[1:] != runs[:-1]]))
    begin = np.repeat(starts, np.diff(np.append(starts, len(runs))))
    counts = np.minimum(np.arange(len(runs)) - begin, MOST_PER_RUN)
    return _most_shared(np.repeat(places, counts), places[_stretches(begin, counts)], asking=asking)


def _ordered(keys: Keys, numbers: Numbers) -> tuple[Keys, Numbers]:
    order = np.argsort(keys, kind="stable")
    return keys[order], numbers[order]


def _stretches(begin: Numbers, counts: Numbers) -> Numbers:
    """Give begin, begin + 1, … of each stretch, one after another."""
    ends = np.cumsum(counts)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begin - ends + counts, counts)


def _most_shared(places: Numbers, others: Numbers, *, asking: Sequence[Signature]) -> Found:
    """Keep per place the others with the most runs in common, and enough of them."""
    pairs, shared = np.unique(places << 32 | others, return_counts=True)
    places, others = pairs >> 32, pairs & (2**32 - 1)
    sizes = np.array([len(one.shingles) for one in asking], dtype=np.int64)[places]
    enough = np.where(sizes <= _FEW_RUNS, np.minimum(_FEWEST_SHARED, (sizes + 1) // 2), _LEAST_SHARE * sizes)
    keep = np.flatnonzero(shared >= enough)
    keep = keep[np.lexsort((others[keep], -shared[keep], places[keep]))]
    found: Found = {}
    for place, other in zip(places[keep].tolist(), others[keep].tolist(), strict=True):
        known = found.setdefault(place, [])
        if len(known) < MOST_PER_MESSAGE:
            known.append(other)
    return found
