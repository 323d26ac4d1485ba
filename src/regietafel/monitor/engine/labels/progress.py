"""How many labels there are, the next number that is of use, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from regietafel.monitor.engine.labels.agreement import FEWEST_TOGETHER
from regietafel.monitor.engine.labels.answers import SAMPLE, TRAINING
from regietafel.monitor.engine.labels.classifier import FEWEST_LABELS
from regietafel.monitor.engine.labels.estimating import FEWEST_SAMPLED

TOGETHER = "samen"
_BETTER = (100, 200, 400)
_Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where the labelling stands; ``next_at`` is None when more brings little."""

    count: int
    next_at: int | None
    brings: str

    @property
    def to_go(self) -> int:
        """How many more labels the next number takes."""
        return 0 if self.next_at is None else self.next_at - self.count


def progress(count: int, *, purpose: str) -> Progress:
    """Say what the next useful number of labelled messages is, and what it brings (progress).

    Args:
        count: messages labelled so far for this purpose.
        purpose: training, steekproef, or samen (labelled by two people or more).

    Returns:
        The next number and, in Dutch, what it brings.

    Raises:
        ValueError: the purpose is another word.

    Method: margins of a share of one half after cochran-1977; the other numbers are our choices, from the
        measurements in docs/naslag/kwaliteit-labels.md.

    >>> progress(12, purpose="training").to_go, progress(60, purpose="steekproef").brings
    (18, 'een marge van hoogstens 10 procentpunt bij elk aandeel')
    """
    if purpose not in (TRAINING, SAMPLE, TOGETHER):
        raise ValueError(f"Unknown purpose: {purpose}")
    for number, brings in _steps(purpose):
        if count < number:
            return Progress(count=count, next_at=number, brings=brings)
    return Progress(count=count, next_at=None, brings="meer labelen helpt nog maar weinig")


def _steps(purpose: str) -> tuple[tuple[int, str], ...]:
    if purpose == SAMPLE:
        numbers = (FEWEST_SAMPLED, *_BETTER)
        return tuple((number, f"een marge van hoogstens {margin_points(number)} procentpunt bij elk aandeel")
                     for number in numbers)  # fmt: skip
    if purpose == TOGETHER:
        return (
            (FEWEST_TOGETHER, "een eerste cijfer voor hoe goed u het eens bent"),
            (50, "een cijfer per label waar u iets aan hebt"),
            (100, "een cijfer per label met een smalle marge"),
        )
    return (
        (FEWEST_LABELS, "de eerste voorstellen, als een label minstens 8 keer is gegeven"),
        (_BETTER[0], "voorstellen die vaker kloppen"),
        (_BETTER[1], "voorstellen die merkbaar beter zijn, ook voor sublabels die 20 keer zijn gegeven"),
        (_BETTER[2], "voorstellen die nog iets beter zijn"),
    )


def margin_points(sample: int) -> int:
    """Give half the width of the widest 95 % interval of a sample, in whole percentage points, rounded up."""
    return int(-(-100 * _Z * sqrt(0.25 / sample) // 1))
