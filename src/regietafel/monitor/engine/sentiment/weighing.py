"""Weighing the words of one clause: what each is worth, and what the words around it do to that."""

from __future__ import annotations

from dataclasses import dataclass, field

from regietafel.monitor.engine.sentiment.lexicon import (
    END,
    NEGATION,
    NOTHING,
    STRONGER,
    UP,
    WEAKER,
    Adverb,
    Lexicon,
    Meaning,
    Phrase,
    Rated,
    weight_of,
)
from regietafel.monitor.engine.sentiment.reading import Clause

_NEGATED, _ENDED, _MOVED = -0.6, -0.7, 0.5
_NEGATION_REACH, _BACK_REACH = 5, 5
_TOPIC_REACH, _NEAR_REACH = 6, 2
_GAP_REACH = 7
_QUOTED, _SHOUTED, _ASKED = -0.3, 1.15, 0.7
_NOT_ONLY = (["alleen"], ["enkel"], ["slechts"])
_SAYS = {STRONGER: "maakt het sterker", WEAKER: "maakt het zwakker"}


@dataclass(slots=True)
class Found:
    """A rated word in a clause; ``weight`` and ``why`` change while the words around it are looked at."""

    first: int
    last: int
    written: str
    start: int
    end: int
    alone: float
    weight: float
    origin: str
    more_is: int
    why: tuple[str, ...] = ()


@dataclass(slots=True)
class _Read:
    """What a clause holds: rated words, and the places of words that change others."""

    found: list[Found] = field(default_factory=list)
    negations: list[int] = field(default_factory=list)
    adverbs: dict[int, Adverb] = field(default_factory=dict)
    directions: list[tuple[int, str]] = field(default_factory=list)


def weigh(clause: Clause, lexicon: Lexicon) -> list[Found]:
    """Give the rated words of a clause with what they weigh there (words).

    Args:
        clause: words that belong together.
        lexicon: the word lists.

    Returns:
        Every rated word, also those that weigh nothing, in the order of the clause.

    Method: own rules. A negation turns the words after it (or, with none after it, the one before) to -0.6
        of their weight; an adverb counts for the word behind it; a direction makes of a topic what more or
        less of it means; a positive word between quotation marks is doubted.

    >>> from regietafel.monitor.engine.sentiment.lexicon import Adverb, Rated, WordLists
    >>> lists = WordLists(rated=(Rated(word="veilig", polarity=0.5, origin="eigen"),),
    ...                   adverbs=(Adverb(word="niet", kind="ontkenning", factor=0.0),))
    >>> [(word.written, word.weight) for word in weigh(Clause(0, ["niet", "veilig"], [(0, 4), (5, 11)]),
    ...                                                Lexicon(lists))]
    [('veilig', -0.3)]
    """
    read = _read(clause, lexicon)
    if not read.found and not read.directions:
        return []
    _strengthen(read)
    _direct(read)
    _negate(read)
    return [_finished(found, clause) for found in read.found]


def _read(clause: Clause, lexicon: Lexicon) -> _Read:
    read, place, words = _Read(), 0, clause.words
    skipped: set[int] = set()
    while place < len(words):
        if place in skipped:
            place += 1
            continue
        phrase, last = _phrase(words, place, lexicon=lexicon)
        meaning = phrase.meaning if phrase else lexicon.look_up(words[place])
        if phrase and phrase.has_gap:
            skipped.add(last)
            last = place
        if meaning is not NOTHING:
            _note(read, clause, meaning=meaning, span=(place, last))
        place = last + 1
    return read


def _phrase(words: list[str], place: int, *, lexicon: Lexicon) -> tuple[Phrase | None, int]:
    """Give the longest phrase that begins here, and the place of its last word."""
    for phrase in lexicon.phrases(words[place]):
        if phrase.has_gap:
            after = words[place + 1 : place + 1 + _GAP_REACH]
            if phrase.rest[0] in after:
                return phrase, place + 1 + after.index(phrase.rest[0])
        elif _follows(words, place + 1, rest=phrase.rest):
            return phrase, place + len(phrase.rest)
    return None, place


def _follows(words: list[str], start: int, *, rest: tuple[str, ...]) -> bool:
    here = words[start : start + len(rest)]
    return len(here) == len(rest) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for word, wanted in zip(here, rest, strict=True)
    )


def _note(read: _Read, clause: Clause, *, meaning: Meaning, span: tuple[int, int]) -> None:
    first, last = span
    if meaning.rated is not None:
        read.found.append(_found(clause, meaning.rated, span=span))
    if meaning.direction:
        read.directions.append((first, meaning.direction))
    if meaning.adverb is None:
        return
    if meaning.adverb.kind != NEGATION:
        read.adverbs[last] = meaning.adverb
    elif clause.words[last + 1 : last + 2] not in _NOT_ONLY:
        read.negations.append(last)


def _found(clause: Clause, rated: Rated, *, span: tuple[int, int]) -> Found:
    first, last = span
    weight = weight_of(rated)
    return Found(
        first=first,
        last=last,
        written=" ".join(clause.words[first : last + 1]),
        start=clause.places[first][0],
        end=clause.places[last][1],
        alone=weight,
        weight=weight,
        origin=rated.origin,
        more_is=rated.more_is,
    )


def _strengthen(read: _Read) -> None:
    """Let an adverb count for the rated word right behind it; an adverb that is rated itself then is not."""
    starts = {found.first: found for found in read.found}
    for place, adverb in read.adverbs.items():
        target = starts.get(place + 1)
        if target is None or not target.weight:
            continue
        target.weight *= adverb.factor
        target.why += (f"“{adverb.word}” {_SAYS[adverb.kind]}",)
        if (itself := starts.get(place)) is not None:
            itself.weight = 0.0


def _direct(read: _Read) -> None:
    """Let a direction count for the nearest topic, or turn a bad thing that ends or becomes less."""
    taken: set[int] = set()
    for place, direction in read.directions:
        near = [
            found
            for found in read.found
            if 0 < _distance(found, place) <= (_TOPIC_REACH if found.more_is else _NEAR_REACH)
            and id(found) not in taken
            and (found.more_is or (found.weight < 0 and direction != UP))
        ]
        if not near:
            continue
        target = min(near, key=lambda found: (not found.more_is, _distance(found, place)))
        if _moved(target, direction):
            taken.add(id(target))
            _silence(read, place)


def _distance(found: Found, place: int) -> int:
    return max(found.first - place, place - found.last, 0)


def _moved(target: Found, direction: str) -> bool:
    """Give a topic the weight of what happens to it; tell whether anything changed."""
    if direction == END:
        if target.weight >= 0:
            return False
        target.weight *= _ENDED
        target.why += ("houdt op of wordt aangepakt",)
    elif target.more_is:
        target.weight = _MOVED * target.more_is * (1 if direction == UP else -1)
        target.why += ("wordt meer" if direction == UP else "wordt minder",)
    else:
        target.weight *= _NEGATED
        target.why += ("wordt minder",)
    return True


def _silence(read: _Read, place: int) -> None:
    """Take away what the word of the direction weighs of itself: it has done its work."""
    for found in read.found:
        if found.first == place:
            found.weight = 0.0


def _negate(read: _Read) -> None:
    for place in read.negations:
        after = [found for found in read.found if 0 < found.first - place <= _NEGATION_REACH and found.weight]
        before = [found for found in read.found if 0 < place - found.last <= _BACK_REACH and found.weight]
        for found in after or before[-1:]:
            found.weight *= _NEGATED
            found.why += ("ontkend",)


def _finished(found: Found, clause: Clause) -> Found:
    if found.first in clause.quoted and found.weight > 0:
        found.weight *= _QUOTED
        found.why += ("tussen aanhalingstekens",)
    if clause.is_shouted:
        found.weight *= _SHOUTED
    if clause.is_question and found.weight:
        found.weight *= _ASKED
        found.why += ("in een vraag",)
    return found
