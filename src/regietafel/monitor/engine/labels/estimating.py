"""Shares of labels: from a random sample that people labelled, sharpened by proposals, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil, floor, sqrt

import numpy as np
from scipy.special import stdtrit

from regietafel.monitor.engine.labels.answers import SAMPLE, Verdict
from regietafel.monitor.engine.picture.people import FEWEST_PEOPLE, rounded_count

FEWEST_SAMPLED = 50
ROUNDED_BELOW = 100
FEWEST_EACH = 15  # with fewer the sample cannot say how far proposals may be trusted
WITH_PROPOSALS, BY_HAND = "steekproef, aangescherpt met voorstellen", "steekproef"
_STEP = 0.05
_Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The messages a share is about: how many, and how many different people wrote them at least.

    ``people`` is None when all of them are media. ``senders`` gives the day and author hash of each message
    of people, by its key.
    """

    size: int
    people: int | None = None
    senders: Mapping[str, tuple[date, str]] = field(default_factory=dict)

    def people_behind(self, messages: Iterable[str]) -> int | None:
        """Give how many different people, day by day, wrote some messages; None when all of them are media.

        Nobody is known from one day to the next: who wrote on two days counts twice here.
        """
        found = {self.senders[message] for message in messages if message in self.senders}
        return sum(bool(author) for _day, author in found) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelShare:
    """A share of all messages with a 95 % interval (fractions of 1), from a sample that people labelled."""

    label: str
    fraction: float
    low: float
    high: float
    sample: int
    population: int
    method: str

    @property
    def is_rounded(self) -> bool:
        """Whether it is shown in steps of 5 %, because it is about fewer than a hundred messages."""
        return self.population < ROUNDED_BELOW

    def rounded(self) -> LabelShare:
        """Give the share as it may be shown; a rounded interval is never narrower than it was."""
        if not self.is_rounded:
            return self
        return LabelShare(
            label=self.label,
            fraction=round(round(self.fraction / _STEP) * _STEP, 2),
            low=round(floor(self.low / _STEP + 1e-9) * _STEP, 2),
            high=min(1.0, round(ceil(self.high / _STEP - 1e-9) * _STEP, 2)),
            sample=self.sample,
            population=self.population,
            method=self.method,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelCount:
    """How many messages people gave a label by hand: no share, and nothing about the other messages.

    ``count`` is None when the small-number rule hides it.
    """

    label: str
    count: int | None
    labelled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotShown:
    """Why there is no number about a label, in Dutch."""

    label: str
    reason: str


def share_of_label(
    label: str, *, verdicts: Sequence[Verdict], group: Group, predicted: Mapping[str, float] | None = None
) -> LabelShare | LabelCount | NotShown:
    """Estimate which share of a group of messages has a label (share).

    Args:
        label: code of a label.
        verdicts: what people together say, of messages of this group; only those of the random sample
            count for the share.
        group: the messages the share is about.
        predicted: probability of the label for every message of the group, by a model that was not taught
            by the sample; None when there is none.

    Returns:
        A share with its 95 % interval; below 50 messages in the sample only how many messages people
        labelled; nothing when people are in the group, or behind the label, and they are fewer than 10.

    Raises:
        ValueError: the sample is larger than the group, or predictions are not of every message of the group.

    Method: angelopoulos-2023 (prediction-powered inference with tuned lambda), without replacement
        (cochran-1977), with the interval of wilson-1927 at the sample size that has the same variance. With
        fewer than 15 messages with or without the label in the sample, lambda is 0: the sample alone.

    >>> said = [Verdict(message=str(n), labels=frozenset("I" if n < 20 else ""), people=1,
    ...                 purpose="steekproef") for n in range(100)]
    >>> found = share_of_label("I", verdicts=said, group=Group(size=2000))
    >>> found.fraction, round(found.low, 3), round(found.high, 3)
    (0.2, 0.135, 0.286)
    """
    clear = [verdict for verdict in verdicts if verdict.tells(label)]
    sample = [verdict for verdict in clear if verdict.purpose == SAMPLE]
    behind = group.people_behind(verdict.message for verdict in sample if label in verdict.labels)
    if min(FEWEST_PEOPLE if people is None else people for people in (group.people, behind)) < FEWEST_PEOPLE:
        return NotShown(label=label, reason=f"Minder dan {FEWEST_PEOPLE} verschillende mensen.")
    if len(sample) < FEWEST_SAMPLED:
        return _count(label, clear, group=group)
    if len(sample) > group.size:
        raise ValueError("The sample is larger than the group it is of.")
    answers = np.array([label in verdict.labels for verdict in sample], dtype=float)
    if predicted is None or min(answers.sum(), (1 - answers).sum()) < FEWEST_EACH:
        return _share(label, answers, group=group)
    if len(predicted) != group.size or any(verdict.message not in predicted for verdict in sample):
        raise ValueError("Predictions must be of every message of the group.")
    guesses = np.array([predicted[verdict.message] for verdict in sample])
    everywhere = sum(predicted.values()) / group.size
    return _share(label, answers, group=group, guesses=guesses, everywhere=everywhere)


def _count(label: str, clear: Sequence[Verdict], *, group: Group) -> LabelCount:
    found = [verdict.message for verdict in clear if label in verdict.labels]
    if group.people is None:
        return LabelCount(label=label, count=len(found), labelled=len(clear))
    behind = group.people_behind(found)
    people = group.people if behind is None else min(group.people, behind)
    return LabelCount(label=label, count=rounded_count(len(found), people), labelled=len(clear))


def _share(
    label: str,
    answers: np.ndarray,
    *,
    group: Group,
    guesses: np.ndarray | None = None,
    everywhere: float = 0.0,
) -> LabelShare:
    """Correct the mean guess by what the sample says it is off; a useless guess gets weight 0."""
    count, trust, shift = len(answers), 0.0, 0.0
    rest = answers
    if guesses is not None and (spread := float(guesses.var(ddof=1))) > 1e-12:
        trust = float(np.clip(np.cov(answers, guesses)[0, 1] / spread, 0, 1))
        rest = answers - trust * guesses
        shift = trust * everywhere
    fraction = float(np.clip(rest.mean() + shift, 0, 1))
    gain = float(answers.var(ddof=1) / max(rest.var(ddof=2 if trust else 1), 1e-12)) if trust else 1.0
    bound = float(stdtrit(count - 2, 0.975)) if trust else _Z
    low, high = _wilson(fraction, count * max(gain, 1.0), squared=bound**2 * (1 - count / group.size))
    return LabelShare(label=label, fraction=fraction, low=low, high=high, sample=count, population=group.size,
                      method=WITH_PROPOSALS if trust else BY_HAND)  # fmt: skip


def _wilson(fraction: float, size: float, *, squared: float) -> tuple[float, float]:
    """Give both ends of a score interval; ``squared`` is less where much of the group was sampled."""
    middle = fraction + squared / (2 * size)
    reach = sqrt(squared * (fraction * (1 - fraction) + squared / (4 * size)) / size)
    low, high = (end / (1 + squared / size) for end in (middle - reach, middle + reach))
    return max(0.0, min(low, fraction)), min(1.0, max(high, fraction))
