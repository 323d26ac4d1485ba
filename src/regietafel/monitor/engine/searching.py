"""Searching stored messages: the words they are filed under, and the words an answer must hold.

An index tells which messages *may* answer a question; the engine judges those. So what is demanded of the
index is always too little rather than too much: a phrase demands its words, an excluded word nothing. A
message has a place in time that also tells which message it is, so that the newest come first unsorted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from regietafel.monitor.engine.query.documents import (
    DOMAIN,
    KIND,
    LABEL,
    LANGUAGE,
    PLACE,
    SOURCE,
    URL,
    Document,
    runs,
)
from regietafel.monitor.engine.query.tree import And, Days, Near, Node, Or, Term, Word, fold_up
from regietafel.monitor.engine.query.words import fold, split_words

FIELDS = (SOURCE, DOMAIN, LANGUAGE, PLACE, LABEL, URL, KIND)
MOST_LETTERS = 60
MOST_WORDS = 2_000
NUMBER_BITS = 31
LAST_PLACE = 2**63 - 1
_FEWEST_LETTERS = 2  # before an open end; fewer would gather a large part of the index
_NEVER_FILED = re.compile(r"[^\w#@=-]")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Has:
    """Filed under this word, or with an open end under a word that begins so."""

    word: str
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Everything of this."""

    parts: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    parts: tuple[Demand, ...]


Demand = Has | AllOf | AnyOf


def filed_under(document: Document) -> frozenset[str]:
    """Give the words a message is filed under (index words).

    Args:
        document: the message.

    Returns:
        Its folded words, each once and at most 60 letters of it; the words of a field behind its name.

    Method: the cutting of ``query.words``, done here so that every database files alike.

    >>> sorted(filed_under(Document("Azc in Borne", "#azc!", source="RTV Oost")))
    ['#azc', 'azc', 'borne', 'bron=oost', 'bron=rtv', 'in']
    """
    found = {word[:MOST_LETTERS] for text in (document.title, document.text) for word in split_words(text)}
    found.update(
        _filed(token.folded, zone) for zone in FIELDS for run in runs(document, zone) for token in run
    )
    return frozenset(found)


def demanded(node: Node) -> Demand | None:
    """Give what every answer is filed under (index demand).

    Args:
        node: the tree of a question, with its blanks filled in.

    Returns:
        Words that must, or of which some must, stand in an answer; None when nothing can be demanded, as
        of ``*opvang*``. Of a very large question only the lightest parts are demanded.

    Method: the tree with everything left out that an index of words cannot tell.

    >>> from regietafel.monitor.engine.query import parse
    >>> demanded(parse('opvang* "azc borne" NIET kermis').tree)
    AllOf(parts=(Has(word='opvang', open_end=True), Has(word='azc', open_end=False), \
Has(word='borne', open_end=False)))
    >>> demanded(parse("*opvang* OF borne").tree) is None
    True
    """
    whole: Demand | None = fold_up(node, _demand)
    if whole is None or size(whole) <= MOST_WORDS:
        return whole
    light = _lightest(whole)
    return light if light and size(light) <= MOST_WORDS else None


def size(demand: Demand) -> int:
    """Give how many words a demand names (words).

    Args:
        demand: as ``demanded`` gives it.

    Returns:
        The number of words, 1 or more.

    Method: counting.

    >>> size(AllOf((Has("azc"), AnyOf((Has("borne"), Has("hengelo"))))))
    3
    """
    return 1 if isinstance(demand, Has) else sum(map(size, demand.parts))


def place_in_time(published_at: datetime, number: int) -> int:
    """Give the place of a message among all others, the newest highest (place).

    Args:
        published_at: when it was published, with a time zone, between 1970 and 2106.
        number: the number of the message, less than 2**31.

    Returns:
        The second of publication, and in its last 31 bits the number.

    Method: two counts in one; 63 bits fit in what both databases call an integer.

    >>> number_at(place_in_time(datetime(2026, 11, 21, tzinfo=UTC), 42))
    42
    """
    return int(published_at.timestamp()) << NUMBER_BITS | number


def number_at(place: int) -> int:
    """Give the number of the message at a place (number).

    Args:
        place: as ``place_in_time`` gave it.

    Returns:
        The number of the message.

    Method: the last 31 bits.

    >>> number_at((5 << 31) + 7)
    7
    """
    return place & (1 << NUMBER_BITS) - 1


def moment_at(place: int) -> datetime:
    """Give the moment of a place, to the second (moment).

    Args:
        place: as ``place_in_time`` gave it.

    Returns:
        When the message was published, in UTC.

    Method: the bits before the number.

    >>> moment_at(0).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    return datetime.fromtimestamp(place >> NUMBER_BITS, UTC)


def places_within(node: Node) -> tuple[int, int]:
    """Give the places between which every answer lies (first place, and the one after the last).

    Args:
        node: the tree of a question.

    Returns:
        The places that the days of the question leave; everything when it names no days that must hold.

    Method: days in the Netherlands begin at most two hours before UTC; a whole day is left on each side.

    >>> from regietafel.monitor.engine.query import parse
    >>> first, after = places_within(parse("azc sinds:2026-03-02").tree)
    >>> moment_at(first).date().isoformat(), after == 2**63 - 1
    ('2026-03-01', True)
    >>> places_within(parse("azc sinds:9999-12-31").tree)[0] == 2**63 - 1
    True
    """
    limits = [part for part in (node.parts if isinstance(node, And) else (node,)) if isinstance(part, Days)]
    since = max((days.since for days in limits if days.since), default=None)
    until = min((days.until for days in limits if days.until), default=None)
    first = _midnight(since, -1) if since else 0
    after = _midnight(until, 2) if until else LAST_PLACE
    return first, after


def _midnight(day: date, step: int) -> int:
    try:
        shifted = day + step * _ONE_DAY
    except OverflowError:
        shifted = day
    return min(max(0, place_in_time(datetime.combine(shifted, time(), UTC), 0)), LAST_PLACE)


def _filed(word: str, zone: str) -> str:
    written = _NEVER_FILED.sub("-", word)[:MOST_LETTERS]
    return f"{zone}={written}" if zone in FIELDS else written


def _demand(node: Node, parts: list[Demand | None]) -> Demand | None:
    if isinstance(node, Term):
        forms = [_all_of(_demanded_word(word, node.zone) for word in form) for form in node.forms]
        return _any_of(forms)
    if isinstance(node, And | Near):
        return _all_of(parts)
    return _any_of(parts) if isinstance(node, Or) else None


def _demanded_word(word: Word, zone: str) -> Demand | None:
    """Demand a word, or how it begins; an open start demands nothing."""
    known, _unknown, _behind = fold(word.letters).partition("?")
    is_cut = "?" in word.letters or word.open_end
    if word.open_start or (is_cut and not word.sign and len(known) < _FEWEST_LETTERS):
        return None
    letters = word.sign + known
    return Has(_filed(letters, zone), is_cut and len(letters) < MOST_LETTERS)


def _all_of(parts: Iterable[Demand | None]) -> Demand | None:
    known = [part for part in parts if part is not None]
    flat = [inner for part in known for inner in (part.parts if isinstance(part, AllOf) else (part,))]
    flat = list(dict.fromkeys(part for part in flat if not _gathers_much(part))) or flat[:1]
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _gathers_much(part: Demand) -> bool:
    """Tell of ``#*`` and ``op*`` that they cost an index more than they leave out."""
    return isinstance(part, Has) and part.open_end and len(part.word) <= _FEWEST_LETTERS


def _any_of(parts: Iterable[Demand | None]) -> Demand | None:
    flat: dict[Demand, None] = {}
    for part in parts:
        if part is None:
            return None
        flat.update(dict.fromkeys(part.parts if isinstance(part, AnyOf) else (part,)))
    return AnyOf(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _lightest(demand: Demand) -> Demand | None:
    """Keep of everything that must hold only the part with the fewest words, or else the longest word."""
    if isinstance(demand, Has):
        return demand
    if isinstance(demand, AllOf):
        return _lightest(min(demand.parts, key=lambda part: (size(part), -_letters(part))))
    return _any_of(map(_lightest, demand.parts))


def _letters(demand: Demand) -> int:
    return len(demand.word) if isinstance(demand, Has) else 0
