"""Many messages together: how many sound positive, neutral and negative, and net sentiment with interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.picture.intervals import share_of
from regietafel.monitor.engine.picture.people import fewest_people, rounded_count
from regietafel.monitor.engine.sentiment.judging import (
    BY_HAND,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    UNKNOWN,
    VERDICTS,
    Judgement,
)

KNOWN = (POSITIVE, NEUTRAL, NEGATIVE)
TONE_NOTE = (
    "Dit telt de toon van woorden. Het zegt niet wie voor of tegen is, en peilt niet wat inwoners vinden. "
    "De marge is die van toeval; de fout van de woordenlijst komt daar nog bij."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetSentiment:
    """(positive - negative) / judged, from -1 to 1, with a 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SentimentTotals:
    """The tone of a group of messages; ``judged`` leaves out what is "onbekend".

    ``by_hand`` counts corrections by people, ``overruled`` those that differ from what the list said.
    """

    counts: dict[str, int]
    judged: int
    unknown: int
    shares: dict[str, Share | None]
    net: NetSentiment | None
    by_hand: int
    overruled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleSentiment:
    """The tone of what people wrote, as one group: rounded counts, None where too few people wrote."""

    counts: dict[str, int | None]
    total: int | None


def totals_of(judgements: Iterable[Judgement]) -> SentimentTotals:
    """Count the verdicts of media messages, with net sentiment (totals).

    Args:
        judgements: one per message.

    Returns:
        Counts per verdict, the share of each in the messages that could be judged, and net sentiment; None
        when nothing could be judged.

    Source: bron-004, hfd. 8 (the tone of messages); that unknown is left out of the denominator is our
        reading.

    >>> totals_of([]).net is None
    True
    """
    every = list(judgements)
    counted = Counter(judgement.verdict for judgement in every)
    counts = {verdict: counted[verdict] for verdict in VERDICTS}
    judged = sum(counts[verdict] for verdict in KNOWN)
    hand = [judgement for judgement in every if judgement.origin == BY_HAND]
    return SentimentTotals(
        counts=counts,
        judged=judged,
        unknown=counts[UNKNOWN],
        shares={verdict: share_of(counts[verdict], judged) for verdict in KNOWN},
        net=net_sentiment(counts[POSITIVE], counts[NEGATIVE], judged=judged),
        by_hand=len(hand),
        overruled=sum(judgement.verdict != judgement.by_list for judgement in hand),
    )


def net_sentiment(positive: int, negative: int, *, judged: int) -> NetSentiment | None:
    """Give net sentiment with its 95 % interval (net sentiment).

    Args:
        positive: messages that sound positive.
        negative: messages that sound negative.
        judged: all messages that could be judged, neutral ones too.

    Returns:
        From -1 (all negative) to 1 (all positive); None when nothing was judged.

    Method: zou-donner-2008, the interval of a difference from the Wilson intervals (wilson-1927) of both
        shares, with the correlation of two shares of one whole.

    >>> net = net_sentiment(30, 50, judged=100)
    >>> round(net.value, 2), round(net.low, 2), round(net.high, 2)
    (-0.2, -0.36, -0.03)
    """
    first, second = share_of(positive, judged), share_of(negative, judged)
    if first is None or second is None:
        return None
    below = _reach(first.fraction - first.low, second.high - second.fraction, shares=(first, second))
    above = _reach(first.high - first.fraction, second.fraction - second.low, shares=(first, second))
    value = first.fraction - second.fraction
    return NetSentiment(value=value, low=max(value - below, -1.0), high=min(value + above, 1.0))


def _reach(one: float, other: float, *, shares: tuple[Share, Share]) -> float:
    """Join two reaches; shares of one whole pull each other down, so their difference varies more."""
    p, q = (share.fraction for share in shares)
    rest = (1 - p) * (1 - q)
    correlation = -sqrt(p * q / rest) if rest > 0 else 0.0
    return sqrt(max(one * one - 2 * correlation * one * other + other * other, 0.0))


def people_sentiment(messages: Iterable[tuple[date, str, str]]) -> PeopleSentiment:
    """Count the tone of what people wrote, as one group (totals).

    Args:
        messages: day, author hash ("" unknown) and verdict of each message that is not media.

    Returns:
        Counts rounded down to tens; None for a verdict that fewer than ten people on one day stand behind.

    Source: avg, art. 5 lid 1 onder c; the rule of ten people is our reading.

    >>> people_sentiment([(date(2022, 4, 7), "a", "negatief")]).total is None
    True
    """
    every = list(messages)
    return PeopleSentiment(
        counts={
            verdict: _shown([(day, author) for day, author, said in every if said == verdict])
            for verdict in VERDICTS
        },
        total=_shown([(day, author) for day, author, _said in every]),
    )


def _shown(authors: list[tuple[date, str]]) -> int | None:
    return rounded_count(len(authors), fewest_people(authors))
