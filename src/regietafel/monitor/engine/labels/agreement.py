"""Whether people who label the same messages mean the same, beyond what chance would give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from regietafel.monitor.engine.labels.answers import HandLabel
from regietafel.monitor.engine.labels.scheme import MAIN_CODES

FEWEST_TOGETHER = 20
TOO_FEW = "nog te weinig"
NOT_KNOWN = "niet te bepalen: iedereen koos steeds hetzelfde"
_Z = 1.959964
_ROUNDS = 1_000
_WORDS = (
    (0.0, "niet beter dan toeval"),
    (0.2, "nauwelijks"),
    (0.4, "zwak"),
    (0.6, "redelijk"),
    (0.8, "goed"),
    (1.0, "zeer goed"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa:
    """Agreement beyond chance, at most 1, with a 95 % interval; None where it cannot be said."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How well people agree on one label, or on the main labels together (label is then empty).

    ``messages`` were labelled by two people or more; ``equal`` is the share on which all said the same.
    """

    label: str
    kappa: Kappa
    messages: int
    equal: float | None
    method: str
    word: str


def cohen(table: Sequence[Sequence[int]]) -> Kappa:
    """Compute the agreement of two people beyond chance (kappa).

    Args:
        table: how often the first chose the category of the row and the second that of the column; square.

    Returns:
        Kappa from -1 to 1 with its 95 % interval; None when both always chose one and the same category.

    Raises:
        ValueError: the table is not square, or holds nothing.

    Method: cohen-1960; interval by the large-sample variance of fleiss-cohen-everitt-1969, and where both
        always agreed by how often they may disagree without it having shown (clopper-pearson-1934).

    >>> round(cohen([[88, 14, 18], [10, 40, 10], [2, 6, 12]]).value, 3)
    0.492
    """
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.sum() <= 0:
        raise ValueError("The table of two people must be square and hold messages.")
    total = counts.sum()
    parts = counts / total
    rows, columns = parts.sum(axis=1), parts.sum(axis=0)
    seen, chance = float(np.trace(parts)), float(rows @ columns)
    if chance >= 1 - 1e-12:
        return Kappa(value=None)
    kappa = (seen - chance) / (1 - chance)
    if seen >= 1 - 1e-12:
        return Kappa(value=1.0, low=_low_when_all_agree(total, chance), high=1.0)
    pairs = rows[None, :] + columns[:, None]  # of cell (i, j): the second's share of i and the first's of j
    own = np.diag(parts) @ (1 - np.diag(pairs) * (1 - kappa)) ** 2
    other = (1 - kappa) ** 2 * ((parts * pairs**2).sum() - np.diag(parts) @ np.diag(pairs) ** 2)
    spread = (own + other - (kappa - chance * (1 - kappa)) ** 2) / (total * (1 - chance) ** 2)
    reach = _Z * sqrt(max(0.0, float(spread)))
    return Kappa(value=kappa, low=max(-1.0, kappa - reach), high=min(1.0, kappa + reach))


def fleiss(counts: Sequence[Sequence[int]], *, seed: int = 1) -> Kappa:
    """Compute the agreement of any number of people beyond chance (kappa).

    Args:
        counts: per message how many people chose each category; at least two people per message.
        seed: of the draws for the interval.

    Returns:
        Kappa, at most 1, with its 95 % interval; None when everyone always chose one category.

    Raises:
        ValueError: there are no messages, or one was labelled by fewer than two people.

    Method: fleiss-1971, with the number of people free per message; interval by bootstrap over messages.

    >>> round(fleiss([[0, 0, 0, 6], [0, 3, 0, 3], [6, 0, 0, 0]]).value, 3)
    0.673
    """
    table = np.asarray(counts, dtype=float)
    if table.ndim != 2 or not len(table) or table.sum(axis=1).min() < 2:
        raise ValueError("Every message must have been labelled by two people or more.")
    return _with_interval([table], seed=seed)


def agreement(
    answers: Iterable[HandLabel], *, labels: Sequence[str] = MAIN_CODES, seed: int = 1
) -> tuple[Agreement, ...]:
    """Say per label, and of the main labels together, how well people agree (agreement).

    Args:
        answers: of all people; one answer per person per message.
        labels: the labels to report on, in this order.
        seed: of the draws for intervals.

    Returns:
        First the main labels together, then each label. Two roles that each labelled all these messages
        once are compared by Cohen's kappa, everything else by that of Fleiss. With fewer than 20 messages
        labelled by two people there is no number.

    Method: cohen-1960, fleiss-1971; together as pooled kappa, de-vries-2008; words after landis-1977.

    >>> [(one.label, one.word) for one in agreement([], labels=("I",))]
    [('', 'nog te weinig'), ('I', 'nog te weinig')]
    """
    per_message: dict[str, list[HandLabel]] = {}
    for answer in answers:
        if not answer.is_skipped:
            per_message.setdefault(answer.message, []).append(answer)
    twice = [per_message[message] for message in sorted(per_message) if len(per_message[message]) > 1]
    together = _together(twice, seed=seed)
    return (together, *(_of_label(twice, label=label, seed=seed) for label in labels))


def _of_label(twice: list[list[HandLabel]], *, label: str, seed: int) -> Agreement:
    table = _table(twice, label)
    pair = _pair(twice)
    if len(twice) < FEWEST_TOGETHER:
        return _told(label, Kappa(value=None), tables=[table], method="")
    if not pair:
        return _told(label, fleiss(table.tolist(), seed=seed), tables=[table], method="Fleiss")
    square = np.zeros((2, 2), dtype=int)
    for answers in twice:
        first, second = sorted(answers, key=lambda answer: answer.by)
        square[int(label in first.labels), int(label in second.labels)] += 1
    return _told(label, cohen(square.tolist()), tables=[table], method="Cohen")


def _together(twice: list[list[HandLabel]], *, seed: int) -> Agreement:
    tables = [_table(twice, label) for label in MAIN_CODES]
    if len(twice) < FEWEST_TOGETHER:
        return _told("", Kappa(value=None), tables=tables, method="")
    return _told("", _with_interval(tables, seed=seed), tables=tables, method="samengenomen (Fleiss)")


def _told(label: str, kappa: Kappa, *, tables: list[np.ndarray], method: str) -> Agreement:
    count = len(tables[0])
    same = [(table.max(axis=1) == table.sum(axis=1)) for table in tables]
    return Agreement(
        label=label,
        kappa=kappa,
        messages=count,
        equal=float(np.logical_and.reduce(same).mean()) if count >= FEWEST_TOGETHER else None,
        method=method,
        word=TOO_FEW if count < FEWEST_TOGETHER else word_of(kappa.value),
    )


def word_of(value: float | None) -> str:
    """Say in a word how good an agreement is."""
    if value is None:
        return NOT_KNOWN
    return next(word for end, word in _WORDS if value <= end + 1e-9)


def _pair(twice: list[list[HandLabel]]) -> bool:
    """Tell whether the same two roles labelled all of these messages, each once."""
    roles = {tuple(sorted(answer.by for answer in answers)) for answers in twice}
    return len(roles) == 1 and all(len(pair) == 2 and len(set(pair)) == 2 for pair in roles)


def _table(twice: list[list[HandLabel]], label: str) -> np.ndarray:
    """Count per message who did not and who did give a label."""
    gave = [sum(label in answer.labels for answer in answers) for answers in twice]
    return np.array([[len(answers) - count, count] for answers, count in zip(twice, gave, strict=True)]
                    ).reshape(-1, 2).astype(float)  # fmt: skip


def _low_when_all_agree(count: float, chance: float) -> float:
    """Give the low end when nobody disagreed: that no disagreement was seen does not mean there is none."""
    return float(max(-1.0, 1 - (1 - 0.025 ** (1 / count)) / (1 - chance)))


def _with_interval(tables: list[np.ndarray], *, seed: int) -> Kappa:
    """Pool tables over the same messages, and draw messages anew for the interval."""
    count = len(tables[0])
    value = _pooled(tables, np.ones((1, count)))[0]
    draws = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=_ROUNDS)
    drawn = _pooled(tables, draws.astype(float))
    known = drawn[np.isfinite(drawn)]
    if not np.isfinite(value) or not len(known):
        return Kappa(value=None)
    if value >= 1 - 1e-12:
        return Kappa(value=1.0, low=_low_when_all_agree(count, _chance(tables)), high=1.0)
    low, high = np.quantile(known, (0.025, 0.975))
    return Kappa(value=float(value), low=min(float(low), float(value)), high=max(float(high), float(value)))


def _chance(tables: list[np.ndarray]) -> float:
    """Give the agreement that chance would give, averaged over tables."""
    return float(np.mean([((table.sum(axis=0) / table.sum()) ** 2).sum() for table in tables]))


def _pooled(tables: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Compute kappa for each row of weights over the messages, from mean agreement and mean chance."""
    seen, chance = np.zeros(len(weights)), np.zeros(len(weights))
    totals = weights.sum(axis=1)
    for table in tables:
        people = table.sum(axis=1)
        same = (table * (table - 1)).sum(axis=1) / (people * (people - 1))
        seen += weights @ same / totals
        shares = weights @ table
        chance += ((shares / shares.sum(axis=1, keepdims=True)) ** 2).sum(axis=1)
    seen, chance = seen / len(tables), chance / len(tables)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(chance < 1 - 1e-12, (seen - chance) / (1 - chance), np.nan))
