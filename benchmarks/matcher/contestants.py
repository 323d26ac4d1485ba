"""What takes part: someone made ready for standing questions, who says which text answers which."""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from benchmarks.matcher.corpus import Standing

Pair = tuple[int, int]


class Contestant(Protocol):
    """One way to match; making it is preparation, ``run`` is what is timed."""

    name: str

    def run(self, texts: Sequence[str]) -> object:
        """Match the questions against the texts; the outcome is read by ``pairs`` outside the clock."""

    def pairs(self, outcome: object) -> set[Pair]:
        """Give the outcome as (text, question), counted from 0."""

    def cpu_seconds(self) -> float:
        """Give the processor time spent so far, wherever it was spent."""

    def close(self) -> None:
        """Give back what was borrowed."""


class Here:
    """A contestant that works in this process; ``run`` gives a list of (text, question)."""

    name = ""

    def pairs(self, outcome: object) -> set[Pair]:
        """Give the outcome as (text, question), counted from 0."""
        return set(outcome)  # type: ignore[call-overload]

    def cpu_seconds(self) -> float:
        """Give the processor time of this process, all threads together."""
        return time.process_time()

    def close(self) -> None:
        """Nothing was borrowed."""


class Missing(Exception):
    """A contestant cannot take part here; the message says why."""


Maker = Callable[[Sequence[Standing]], Contestant]
