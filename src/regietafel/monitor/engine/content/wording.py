"""Which words are used for the same thing: shares over time, and a remark when we and the media differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from regietafel.kernel import dutch
from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.picture.intervals import share_of
from regietafel.monitor.engine.query.words import split_words

_FEWEST_OWN, _FEWEST_MEDIA = 1, 5
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingTerm:
    """One name for a thing: how it is shown, and the words that count as it (``*`` at an end: any letters).

    ``not_words`` are words that fit but mean something else, such as "kinderopvang" for "opvang".
    """

    name: str
    words: tuple[str, ...]
    not_words: tuple[str, ...] = ()
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Names that are mixed up: which people get confused, or which place it is."""

    subject: str
    terms: tuple[WordingTerm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermShare:
    """One name in a period: messages with it, as a share of the messages with any of the names."""

    name: str
    count: int
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingPeriod:
    """The names of one subject in a period of days; a message with more names counts for each."""

    starts_on: date
    ends_on: date
    total: int
    terms: tuple[TermShare, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingReport:
    """One subject: shares per period, and what is to be said about it (Dutch, may be empty)."""

    subject: str
    periods: tuple[WordingPeriod, ...]
    remarks: tuple[str, ...]


def wording_report(
    wording: Wording,
    messages: Sequence[Message],
    *,
    periods: Sequence[tuple[date, date]],
    own: Sequence[Message] = (),
) -> WordingReport:
    """Say which names messages use for one thing, and whether our own texts use another (wording).

    Args:
        wording: the names of one subject.
        messages: media and people's messages.
        periods: first and last day of each period.
        own: own texts of the municipality, if there are any.

    Returns:
        Shares per period, of what may be counted; and remarks: when our own texts mostly use another name
        than the media do, and when our own texts mix names.

    Source: bron-004, §8.1 (use one term); when to remark is our reading.

    >>> wording = Wording(subject="locatie", terms=(
    ...     WordingTerm(name="azc", words=("azc*",)), WordingTerm(name="noodopvang", words=("noodopvang*",))))
    >>> day = date(2022, 4, 7)
    >>> media = [Message(day=day, kind="nieuws", title="Azc in Borne")] * 5
    >>> own = [Message(day=day, kind="pers", title="Noodopvang in Borne")]
    >>> wording_report(wording, media, periods=[(day, day)], own=own).remarks[0]
    'De media schrijven meestal “azc” (100\\xa0% van 5 berichten), u schrijft meestal “noodopvang”.'
    """
    namer = _Namer(wording)
    used = [(message, names) for message in messages if (names := namer.names(message.words))]
    told = [_period(wording, used, first=first, last=last) for first, last in periods]
    ours = [(message, names) for message in own if (names := namer.names(message.words))]
    inside = [
        (message, names)
        for message, names in used
        if message.is_media and any(first <= message.day <= last for first, last in periods)
    ]
    return WordingReport(subject=wording.subject, periods=tuple(told), remarks=_remarks(inside, ours))


def names_in(text: str, wording: Wording) -> frozenset[str]:
    """Give the names of one subject that a text uses (names).

    Args:
        text: headline and text.
        wording: the names of the subject.

    Returns:
        Names as they are shown; the most precise of those that fit one word.

    Method: whole words, or words with an open beginning or end.

    >>> terms = (WordingTerm(name="opvang", words=("*opvang",)),
    ...          WordingTerm(name="noodopvang", words=("noodopvang*",)))
    >>> sorted(names_in("De noodopvang", Wording(subject="locatie", terms=terms)))
    ['noodopvang']
    """
    return _Namer(wording).names(text)


class _Namer:
    """Gives the names that texts use, remembering what it judged of each word."""

    def __init__(self, wording: Wording) -> None:
        self._terms = wording.terms
        self._name = lru_cache(maxsize=_REMEMBERED)(self._name_of)

    def names(self, text: str) -> frozenset[str]:
        """Give the names in one text."""
        return frozenset(name for word in split_words(text) if (name := self._name(word)))

    def _name_of(self, word: str) -> str:
        plain = word.removeprefix("#")
        best, length = "", 0
        for term in self._terms:
            if any(_fits(plain, pattern) for pattern in term.not_words):
                continue
            for pattern in term.words:
                if len(pattern.strip("*")) > length and _fits(plain, pattern):
                    best, length = term.name, len(pattern.strip("*"))
        return best


def _fits(word: str, pattern: str) -> bool:
    body = pattern.strip("*")
    if pattern.startswith("*") and pattern.endswith("*"):
        return body in word
    if pattern.startswith("*"):
        return word.endswith(body)
    return word.startswith(body) if pattern.endswith("*") else word == body


Used = Sequence[tuple[Message, frozenset[str]]]


def _period(wording: Wording, used: Used, *, first: date, last: date) -> WordingPeriod:
    inside = [(message, names) for message, names in used if first <= message.day <= last]
    total = shown_count(message for message, _names in inside)
    per_name: dict[str, list[Message]] = defaultdict(list)
    for message, names in inside:
        for name in names:
            per_name[name].append(message)
    terms = tuple(_share(term.name, per_name, total=total) for term in wording.terms)
    return WordingPeriod(starts_on=first, ends_on=last, total=total, terms=terms)


def _share(name: str, per_name: Mapping[str, list[Message]], *, total: int) -> TermShare:
    count = shown_count(per_name.get(name, ()))
    return TermShare(name=name, count=count, share=share_of(count, total))


def _remarks(media: Used, ours: Used) -> tuple[str, ...]:
    remarks = []
    theirs, mine = _most(media), _most(ours)
    if len(media) >= _FEWEST_MEDIA and len(ours) >= _FEWEST_OWN and theirs[0] != mine[0]:
        total = dutch.counted(len(media), one="bericht", many="berichten")
        remarks.append(
            f"De media schrijven meestal “{theirs[0]}” ({dutch.share(theirs[1] / len(media))} van {total}), "
            f"u schrijft meestal “{mine[0]}”."
        )
    names = sorted({name for _message, used in ours for name in used})
    if len(names) > 1:
        listed = " en ".join(f"“{name}”" for name in names)
        remarks.append(f"Uw eigen teksten gebruiken {listed}. Kies één woord en leg het één keer uit.")
    return tuple(remarks)


def _most(used: Used) -> tuple[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for _message, names in used:
        for name in names:
            counts[name] += 1
    return min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
