"""Measuring in turns: every contestant once per round, the median of the rounds, beside each other."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.matcher.contestants import Contestant, Pair


@dataclass
class Entry:
    """A contestant with the texts it gets, and what came of it; slow ones get the first few texts only."""

    contestant: Contestant
    texts: Sequence[str]
    cpu_seconds: list[float] = field(default_factory=list)
    pairs: set[Pair] = field(default_factory=set)
    rounds_at_most: int | None = None

    @property
    def per_second(self) -> float:
        """Give the texts per second of processor time."""
        return len(self.texts) / median(self.cpu_seconds)

    @property
    def megabytes_per_second(self) -> float:
        """Give the speed in characters, so that long and short texts compare."""
        return sum(map(len, self.texts)) / median(self.cpu_seconds) / 1e6

    def times(self, other: "Entry") -> float:
        """Tell how many times as fast as another in the same rounds: the median of the ratios per round."""
        rounds = zip(self.cpu_seconds, other.cpu_seconds, strict=False)
        share = len(self.texts) / len(other.texts)
        return median(share * theirs / ours for ours, theirs in rounds)

    def differences(self, right: set[Pair]) -> tuple[int, int]:
        """Count the hits missed and the hits too many, among the texts this one got."""
        expected = {pair for pair in right if pair[0] < len(self.texts)}
        return len(expected - self.pairs), len(self.pairs - expected)


def measure(entries: Sequence[Entry], rounds: int) -> None:
    """Let everyone warm up once, keeping the answers, and then run in turns."""
    for entry in entries:
        entry.pairs = entry.contestant.pairs(entry.contestant.run(entry.texts))
    for number in range(rounds):
        for entry in entries:
            if entry.rounds_at_most is not None and number >= entry.rounds_at_most:
                continue
            gc.collect()
            started = entry.contestant.cpu_seconds()
            entry.contestant.run(entry.texts)
            entry.cpu_seconds.append(max(entry.contestant.cpu_seconds() - started, 1e-6))


def lines(entries: Sequence[Entry], *, limit: Entry | None, right: set[Pair]) -> Iterator[str]:
    """Yield the table of one field."""
    yield f"  {'':<34} {'teksten/s':>11} {'MB/s':>7} {'van de grens':>13}  antwoorden"
    for entry in entries:
        share = f"{entry.times(limit):.0%}" if limit else "-"
        yield (
            f"  {entry.contestant.name:<34} {dutch(entry.per_second):>11} {entry.megabytes_per_second:>7.1f} "
            f"{share:>13}  {_told(entry, right)}".rstrip()
        )


def _told(entry: Entry, right: set[Pair]) -> str:
    if entry.contestant.name.startswith("hyperscan"):
        return ""
    missed, extra = entry.differences(right)
    same = f"{dutch(len(entry.pairs))} treffers in {dutch(len(entry.texts))} teksten"
    return same if not missed + extra else f"{same}; {missed} gemist, {extra} te veel"


def dutch(number: float) -> str:
    """Write a whole number the Dutch way."""
    return f"{number:,.0f}".replace(",", ".")
