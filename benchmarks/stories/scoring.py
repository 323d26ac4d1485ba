"""How right a grouping is: of the pairs it makes, and of the pairs there are."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Score:
    """Precision and recall over pairs of messages (fractions of 1), and the counts behind them."""

    right: int
    made: int
    there: int

    @property
    def precision(self) -> float:
        """Give the part of the pairs made that is right."""
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """Give the part of the pairs there are that was made."""
        return self.right / self.there if self.there else 1.0


def score(truth: Sequence[Hashable], found: Sequence[Hashable]) -> Score:
    """Count pairs in the same group, in the truth, in what was found and in both."""
    both = Counter(zip(truth, found, strict=True))
    return Score(_pairs(both), _pairs(Counter(found)), _pairs(Counter(truth)))


def _pairs(counts: Mapping[Any, int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
