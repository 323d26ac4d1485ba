"""Many texts at once: as Python has them, or in one run of bytes as the columns of Arrow hold them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np

from regietafel.monitor.engine.matching.letters import joined, without_breaks

Array = np.ndarray


class Texts:
    """Texts in a row; made by ``of`` or ``from_buffers``."""

    def __init__(self, strings: list[str] | None, buffers: tuple[Array, Array] | None = None) -> None:
        self._strings = strings
        self._given = buffers

    @classmethod
    def of(cls, strings: Iterable[str | None]) -> Texts:
        """Take texts from Python; None is an empty text."""
        return cls([text or "" for text in strings])

    @classmethod
    def from_buffers(cls, data: Any, offsets: Any) -> Texts:
        """Take texts where they lie, without copying them.

        ``data`` holds UTF-8; text ``i`` lies from ``offsets[i]`` up to ``offsets[i + 1]``. That is how Arrow
        keeps strings; an empty one stands for null.
        """
        letters = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
        return cls(None, (letters, np.asarray(offsets, dtype=np.int64)))

    def __len__(self) -> int:
        return len(self._strings) if self._strings is not None else len(self.buffers[1]) - 1

    def strings(self, first: int, after: int) -> list[str]:
        """Give some of the texts; bytes that are no UTF-8 become signs that are no letters."""
        if self._strings is not None:
            return self._strings[first:after]
        letters, offsets = self.buffers
        bounds = offsets[first : after + 1].tolist()
        whole = letters[bounds[0] : bounds[-1]].tobytes()
        base = bounds[0]
        return [
            whole[start - base : end - base].decode("utf-8", "replace") for start, end in pairwise(bounds)
        ]

    @cached_property
    def buffers(self) -> tuple[Array, Array]:
        """The texts as bytes, and where each begins; a break may stand at the end or the start of a text."""
        if self._given is not None:
            return self._given
        letters, breaks = _encoded(self._strings or [])
        if len(breaks) > len(self) + 1:
            letters, breaks = _encoded(without_breaks(self._strings or []))
        return letters, breaks

    def parts(self, size: int) -> list[tuple[int, int]]:
        """Cut the texts into parts of about this many characters: the first text and the one after."""
        if self._strings is not None and self._given is None:
            ends = np.cumsum(np.fromiter(map(len, self._strings), dtype=np.int64, count=len(self)) + 1)
        else:
            ends = self.buffers[1][1:] - self.buffers[1][0]
        if not len(ends):
            return []
        inner = np.searchsorted(ends, np.arange(size, int(ends[-1]), size), side="right")
        firsts = [0, *np.unique(inner[(inner > 0) & (inner < len(self))]).tolist()]
        return list(zip(firsts, [*firsts[1:], len(self)], strict=True))


def _encoded(strings: list[str]) -> tuple[Array, Array]:
    letters = np.frombuffer(joined(strings).encode("utf-8", "replace"), dtype=np.uint8)
    return letters, np.flatnonzero(letters == 0)


class Part(NamedTuple):
    """Some of the messages: their texts, their titles if they have any, the first and the one after."""

    texts: Texts
    titles: Texts | None
    first: int
    after: int

    def strings(self) -> list[str]:
        """Give the texts; with titles, each title before its text."""
        texts = self.texts.strings(self.first, self.after)
        if self.titles is None:
            return texts
        titles = self.titles.strings(self.first, self.after)
        return list(chain.from_iterable(zip(titles, texts, strict=True)))


class Pairs(NamedTuple):
    """Messages and what goes with each, in two arrays of the same length."""

    text: Array
    other: Array


class Scan(NamedTuple):
    """What a scan gives: which message may answer which question, and the messages it could not read."""

    answered: Pairs
    strange: Array


NOTHING = Pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def together(*pairs: Pairs) -> Pairs:
    """Put pairs end to end."""
    return Pairs(*(np.concatenate(side) for side in zip(*pairs, strict=True)))
