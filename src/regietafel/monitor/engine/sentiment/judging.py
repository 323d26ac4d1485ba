"""What a message sounds like: positief, neutraal or negatief, with the words that made it so.

It weighs the tone of words. It does not know irony, nor which side a writer is on: a calm message against a
plan may well sound neutral.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regietafel.monitor.engine.sentiment.lexicon import Lexicon
from regietafel.monitor.engine.sentiment.reading import Clause, Reader
from regietafel.monitor.engine.sentiment.weighing import Found, weigh

POSITIVE, NEUTRAL, NEGATIVE, UNKNOWN = "positief", "neutraal", "negatief", "onbekend"
VERDICTS = (POSITIVE, NEUTRAL, NEGATIVE, UNKNOWN)
BY_LIST, BY_HAND = "woordenlijst", "handmatig"
DUTCH = "nl"
MOST_SHOWN = 40
_FROM, _SHARE_FROM = 0.2, 0.2
_TITLE_WEIGHT = 1.5
_BEFORE_BUT, _AFTER_BUT = 0.5, 1.5
_IN_TITLE, _IN_TEXT = "titel", "tekst"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFound:
    """One word that counted: as written, its place in the field, what it weighed alone and here, and why.

    ``start`` and ``end`` count characters of the normalised title or text.
    """

    written: str
    field: str
    start: int
    end: int
    alone: float
    here: float
    why: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The tone of one message; ``positive`` and ``negative`` are what its words weigh together.

    ``origin`` is BY_LIST, or BY_HAND when a person corrected it; ``by_list`` keeps what the list said.
    ``words`` holds the forty that weigh most, in the order of the text.
    """

    verdict: str
    origin: str
    positive: float
    negative: float
    words: tuple[WordFound, ...]
    by_list: str


class Judge:
    """Judges messages with one set of word lists."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._reader = Reader(lexicon.signs)

    def judge(self, title: str, text: str, *, language: str = DUTCH) -> Judgement:
        """Weigh the words of a message (tone).

        Args:
            title: the headline, may be empty; its words weigh half as much again.
            text: the text, may be empty.
            language: code of the language; "" is taken to be Dutch.

        Returns:
            The verdict with the words that made it; "onbekend" when the language is another one or no word
            is known at all. Known words that weigh nothing make it "neutraal".

        Method: word lists with negation, intensifiers, directions of topics and clauses with "maar"; a
            verdict needs a difference of at least 0.15 that is at least 0.2 of everything weighed.

        >>> from regietafel.monitor.engine.sentiment.lexicon import Rated, WordLists
        >>> judge = Judge(Lexicon(WordLists(rated=(Rated(word="overlast*", polarity=-0.6, origin="eigen"),))))
        >>> judge.judge("Overlast bij het station", "").verdict, judge.judge("Weer vroeg op", "").verdict
        ('negatief', 'onbekend')
        """
        if language not in ("", DUTCH):
            return _judgement(UNKNOWN, ())
        found = [*self._found(title, _IN_TITLE), *self._found(text, _IN_TEXT)]
        if not found:
            return _judgement(UNKNOWN, ())
        return _judged(found)

    def _found(self, text: str, where: str) -> Iterator[WordFound]:
        factor = _TITLE_WEIGHT if where == _IN_TITLE else 1.0
        for sentence in _sentences(self._reader.clauses(text)):
            last_but = max((n for n, clause in enumerate(sentence) if n and clause.is_after_but), default=0)
            for number, clause in enumerate(sentence):
                but = (_BEFORE_BUT if number < last_but else _AFTER_BUT) if last_but else 1.0
                for found in weigh(clause, self._lexicon):
                    yield _told(found, where=where, factor=factor, but=but)


def _sentences(clauses: Iterator[Clause]) -> Iterator[list[Clause]]:
    held: list[Clause] = []
    for clause in clauses:
        if held and held[0].sentence != clause.sentence:
            yield held
            held = []
        held.append(clause)
    if held:
        yield held


def _told(found: Found, *, where: str, factor: float, but: float) -> WordFound:
    said = {_BEFORE_BUT: ("staat voor “maar”",), _AFTER_BUT: ("staat na “maar”",)}.get(but, ())
    why = (*found.why, *said) if found.weight else found.why
    return WordFound(
        written=found.written,
        field=where,
        start=found.start,
        end=found.end,
        alone=found.alone,
        here=round(found.weight * factor * but, 3),
        why=why,
        origin=found.origin,
    )


def _judged(found: Sequence[WordFound]) -> Judgement:
    positive = sum((word.here for word in found if word.here > 0), 0.0)
    negative = -sum((word.here for word in found if word.here < 0), 0.0)
    net, everything = positive - negative, positive + negative
    if abs(net) < _FROM or abs(net) < _SHARE_FROM * everything:
        return _judgement(NEUTRAL, found, positive=positive, negative=negative)
    verdict = POSITIVE if net > 0 else NEGATIVE
    return _judgement(verdict, found, positive=positive, negative=negative)


def _judgement(
    verdict: str, found: Sequence[WordFound], *, positive: float = 0.0, negative: float = 0.0
) -> Judgement:
    counted = [word for word in found if word.alone or word.here]
    if len(counted) > MOST_SHOWN:
        least = sorted((abs(word.here) for word in counted), reverse=True)[MOST_SHOWN - 1]
        counted = [word for word in counted if abs(word.here) >= least][:MOST_SHOWN]
    return Judgement(
        verdict=verdict,
        origin=BY_LIST,
        positive=round(positive, 3),
        negative=round(abs(negative), 3),
        words=tuple(counted),
        by_list=verdict,
    )


def corrected(judgement: Judgement, verdict: str) -> Judgement:
    """Let the verdict of a person stand in the place of that of the list (tone).

    Args:
        judgement: what the list said, or an earlier correction.
        verdict: one of VERDICTS.

    Returns:
        The judgement by hand; what the list said stays in ``by_list``, so that corrections can be counted.

    Raises:
        ValueError: the verdict is none of VERDICTS.

    Source: bron-004, hfd. 8 (people interpret what is measured); that the hand wins is our reading.

    >>> said = Judgement(verdict="neutraal", origin="woordenlijst", positive=0.0, negative=0.0, words=(),
    ...                  by_list="neutraal")
    >>> mended = corrected(said, "negatief")
    >>> mended.verdict, mended.origin, mended.by_list
    ('negatief', 'handmatig', 'neutraal')
    """
    if verdict not in VERDICTS:
        raise ValueError(f"{verdict!r} is none of {', '.join(VERDICTS)}.")
    return Judgement(
        verdict=verdict,
        origin=BY_HAND,
        positive=judgement.positive,
        negative=judgement.negative,
        words=judgement.words,
        by_list=judgement.by_list,
    )
