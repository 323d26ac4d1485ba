"""Where the words of a question stand in the title and text of one message, and which are near each other.

The words of both are numbered in one row, the text first and then, behind a gap, the title. Words in a row
are one whole number, a *place*: the number of the first word, and in the last bits that of the word after the
last. So places are sorted and compared a whole array at a time, however often a word stands in a message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from regietafel.monitor.engine.query.documents import TEXT, TITLE, Document
from regietafel.monitor.engine.query.tree import Near, Node, Term, Word, all_terms, walk
from regietafel.monitor.engine.query.words import SIGNS, Cutting, Token, fold

Places = NDArray[np.int64]
SHOWN = (TITLE, TEXT)
MOST_PAIRS = 10_000  # of words near each other that are looked at in one message
NOWHERE: Places = np.empty(0, np.int64)
_BITS = 32
_AFTER = (1 << _BITS) - 1
_KEY = 2  # letters that stand at the start of every word that may fit


class Vocabulary:
    """The words of a question, found by how a word of a text begins."""

    def __init__(self, words: Iterable[Word], *, apart: int = 0) -> None:
        self.apart = apart
        self._by_start: dict[str, list[Word]] = defaultdict(list)
        self._others: list[Word] = []
        for word in words:
            start = fold(word.letters)[:_KEY]
            if word.open_start or "?" in start or (word.open_end and len(start) < _KEY):
                self._others.append(word)
            else:
                self._by_start[start].append(word)
        written = (word.is_exact for some in (*self._by_start.values(), self._others) for word in some)
        self._tells_written = any(written)
        self._known = _Known(self)
        self._known_written = _KnownWritten(self._known)

    def fitting(self, token: Token) -> tuple[Word, ...]:
        """Give the words of the question that a word of a text is."""
        return self._known_written[token.folded, token.written]

    def fitting_all(self, words: Cutting) -> Iterable[tuple[Word, ...]]:
        """Give for every word of a text the words of the question that it is."""
        if not self._tells_written:
            return map(self._known.__getitem__, words.folded)
        return map(self._known_written.__getitem__, zip(words.folded, words.written(), strict=True))

    def resembling(self, folded: str) -> tuple[Word, ...]:
        """Give the words of the question that a word of a text is, or is but for how it is written."""
        token = Token(folded, folded, 0, 0)
        candidates = (*self._by_start.get(folded.lstrip(SIGNS)[:_KEY], ()), *self._others)
        return tuple(word for word in candidates if word.is_exact or word.fits(token))


class _Known(dict[str, tuple[Word, ...]]):
    """Remembers what each folded word may be."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._resembling = vocabulary.resembling

    def __missing__(self, folded: str) -> tuple[Word, ...]:
        self[folded] = found = self._resembling(folded)
        return found


class _KnownWritten(dict[tuple[str, str], tuple[Word, ...]]):
    """Remembers what each word is, folded and as written."""

    def __init__(self, known: _Known) -> None:
        super().__init__()
        self._folded = known

    def __missing__(self, key: tuple[str, str]) -> tuple[Word, ...]:
        token = Token(*key, 0, 0)
        self[key] = found = tuple(word for word in self._folded[token.folded] if word.fits(token))
        return found


@lru_cache(maxsize=16)
def vocabulary_of(tree: Node) -> Vocabulary:
    """Order the words of a question once for all messages of a page."""
    terms = (term for term in all_terms(tree) if not term.zone or term.zone in SHOWN)
    words = dict.fromkeys(word for term in terms for form in term.forms for word in form)
    apart = max((part.distance for part in walk(tree) if isinstance(part, Near)), default=0)
    return Vocabulary(words, apart=apart)


class Ground:
    """The title and text of one message, with where the words of a question stand in it."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self._words = {TITLE: Cutting(document.title), TEXT: Cutting(document.text)}
        self._title_at = len(self._words[TEXT].folded) + vocabulary.apart + 1
        numbers: dict[int, list[int]] = defaultdict(list)
        alike: dict[int, tuple[Word, ...]] = {}  # words of the text that are the same, by what they share
        for zone, first in ((TEXT, 0), (TITLE, self._title_at)):
            for number, fitting in enumerate(vocabulary.fitting_all(self._words[zone]), first):
                if fitting:  # most words of a text fit none
                    numbers[id(fitting)].append(number)
                    alike[id(fitting)] = fitting
        several: dict[Word, list[list[int]]] = defaultdict(list)
        for key, fitting in alike.items():
            for word in fitting:
                several[word].append(numbers[key])
        self._at = {word: united(map(_as_places, some)) for word, some in several.items()}

    def term_places(self, term: Term) -> Places:
        """Give where a term stands, in order."""
        if term.zone and term.zone not in SHOWN:
            return NOWHERE
        found = united(self._form_places(form) for form in term.forms)
        if not term.zone or not len(found):
            return found
        is_title = found >= self._title_at << _BITS
        return found[is_title if term.zone == TITLE else ~is_title]

    def _form_places(self, form: tuple[Word, ...]) -> Places:
        """Give where words stand in a row."""
        if not all(word in self._at for word in form):
            return NOWHERE
        firsts = self._at[form[0]]
        for step, word in enumerate(form[1:], 1):
            firsts = np.intersect1d(firsts, self._at[word] - step, assume_unique=True)
        return firsts << _BITS | firsts + len(form)

    def characters(self, zone: str, places: Places) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give of places in a zone the first character and the last, in the normalised text."""
        words, first = self._words[zone], self._title_at if zone == TITLE else 0
        starts = np.array(words.starts, np.int64)
        lasts = afters_of(places) - first - 1
        lengths = np.fromiter(map(len, words.folded), np.int64, len(starts))
        return starts[firsts_of(places) - first], starts[lasts] + lengths[lasts] - 1

    def within(self, zone: str, places: Places) -> NDArray[np.bool_]:
        """Tell which places are in a zone."""
        is_title: NDArray[np.bool_] = places >= self._title_at << _BITS
        return is_title if zone == TITLE else ~is_title


def _as_places(numbers: list[int]) -> Places:
    return np.array(numbers, np.int64)


def firsts_of(places: Places) -> NDArray[np.int64]:
    """Give the number of the first word of each place."""
    return places >> _BITS


def afters_of(places: Places) -> NDArray[np.int64]:
    """Give the number of the word after each place."""
    return places & _AFTER


def united(parts: Iterable[Places]) -> Places:
    """Give all places of some arrays, each once and in order."""
    some = [part for part in parts if len(part)]
    if len(some) < 2:
        return some[0] if some else NOWHERE
    return np.unique(np.concatenate(some))


def around(left: Places, right: Places) -> Places:
    """Give the place from the first word to the last of each pair."""
    first = np.minimum(firsts_of(left), firsts_of(right))
    return first << _BITS | np.maximum(afters_of(left), afters_of(right))


def pairs(near: Near, *, left: Places, right: Places) -> tuple[Places, Places]:
    """Give of the places of left and right those that are near each other, up to a limit each way."""
    one, other = _behind(left, right, distance=near.distance)
    if near.is_ordered:
        return one, other
    behind, before = _behind(right, left, distance=near.distance)
    return np.concatenate((one, before)), np.concatenate((other, behind))


def _behind(before: Places, behind: Places, *, distance: int) -> tuple[Places, Places]:
    """Pair each place with the places that begin behind it, at most so many words further."""
    afters, starts = afters_of(before), firsts_of(behind)
    low = np.searchsorted(starts, afters)
    counts = np.searchsorted(starts, afters + distance + 1) - low
    before_it = np.cumsum(counts) - counts
    used = np.flatnonzero((counts > 0) & (before_it < MOST_PAIRS))
    one = np.repeat(used, counts[used])[:MOST_PAIRS]
    other = np.arange(len(one)) - before_it[one] + low[one]
    return before[one], behind[other]
