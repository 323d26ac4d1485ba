"""The numpy scanner: all words of many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from regietafel.monitor.engine.matching.letters import (
    BREAK,
    FEWEST_LETTER,
    GAP,
    STRANGE,
    folded_bytes,
    joined,
    written_word,
)
from regietafel.monitor.engine.matching.plan import IN_TEXT, IN_TITLE, Plan
from regietafel.monitor.engine.matching.table import (
    IS_BEGIN,
    IS_WHOLE,
    MASKS,
    PADDING,
    SLOT_SHIFT,
    Lists,
    Table,
    begin_slot,
    eights_of,
    first_slot,
    hashed,
    make_sieve,
    make_table,
    others,
)
from regietafel.monitor.engine.matching.texts import NOTHING, Array, Pairs, Part, Scan, together
from regietafel.monitor.engine.matching.weighing import Weights, expanded
from regietafel.monitor.engine.query.words import Token

KEPT_MEMORY = 31 << 20  # asking the system for each array anew would take half of the time


class Words(NamedTuple):
    """Words in folded bytes: where the byte before each is, its length with that, its first eight bytes.

    ``eights`` are the eight bytes from every place on.
    """

    letters: Array
    breaks: Array
    at: Array
    length: Array
    first: Array
    eights: Array


def cut_words(texts: Sequence[str]) -> tuple[Words, Array]:
    """Cut texts into words; give also the numbers of the texts that hold something strange."""
    folded = folded_bytes(joined(texts)) + bytes(PADDING)
    letters = np.frombuffer(bytearray(folded), dtype=np.uint8)
    breaks, strange = _mend(letters, count=len(texts))
    is_letter = letters >= FEWEST_LETTER
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    at = edges[0::2].copy()
    length = edges[1::2] - at
    length += 1
    eights = eights_of(letters).copy()  # numpy takes quicker from an array of its own
    first = eights.take(at)
    first &= MASKS.take(length, mode="clip")
    return Words(letters, breaks, at, length, first, eights), strange


def _mend(letters: Array, *, count: int) -> tuple[Array, Array]:
    """Turn breaks, what is strange and signs that are no signs into gaps; give where the first two were."""
    special = np.flatnonzero(letters < GAP)
    kind = letters[special]
    breaks = special[kind == BREAK][: count + 1]
    strange = np.unique(np.searchsorted(breaks, special[kind == STRANGE]) - 1)
    behind = letters[special - 1] >= FEWEST_LETTER
    letters[special[(kind <= STRANGE) | behind]] = GAP
    return breaks, strange


def _ends(eights: Array, at: Array, *, length: Array) -> tuple[Array, Array]:
    """Give the first eight and the last eight bytes of words; of shorter words both are the whole word."""
    mask = MASKS.take(length, mode="clip")
    return eights.take(at) & mask, eights.take(at + np.maximum(length - 8, 0)) & mask


class NumpyScanner:
    """Scans texts for the words of a plan, and weighs its questions."""

    characters_at_once = 170_000

    def __init__(self, plan: Plan) -> None:
        np.empty(KEPT_MEMORY, dtype=np.uint8)  # given back at once: from then on glibc keeps what it has
        table = make_table(plan)
        self._finder = Finder(plan, table)
        self._weights = Weights(table, width=len(plan.ledger.choices))

    def scan(self, part: Part, *, noted: Pairs) -> Scan:
        """Give which messages may answer which question; ``noted`` are the terms found in other fields."""
        found, strange = self._finder.terms(part)
        return Scan(self._weights.weigh(together(found, noted)), strange)


class Finder:
    """Finds the terms of a plan in texts; with ``only_open`` those that a table cannot hold."""

    def __init__(self, plan: Plan, table: Table, *, only_open: bool = False) -> None:
        self._table = table
        self._open = [(number, plan.patterns[number].loose) for number in others(plan.patterns)]
        self._only_open = only_open
        self._sieve = make_sieve(table)

    def terms(self, part: Part) -> tuple[Pairs, Array]:
        """Give which message holds which term, and the messages with something strange."""
        if self._only_open and not self._open:
            return NOTHING, NOTHING.text
        is_titled = part.titles is not None
        words, strange = cut_words(part.strings())
        word, pattern = self._opened(words) if self._only_open else self._found(words)
        text = np.searchsorted(words.breaks, words.at[word], side="right") - 1
        place = np.where(text & 1 == 0, IN_TITLE, IN_TEXT) if is_titled else IN_TEXT
        stands = np.flatnonzero(self._table.parts[pattern] & place)
        stands = stands[self._looked(words, Pairs(word[stands], pattern[stands]))]
        term = self._table.term[pattern[stands]]
        if is_titled:
            text, strange = text >> 1, np.unique(strange >> 1)
        return Pairs(text[stands], term), strange

    def _found(self, words: Words) -> Pairs:
        """Give the words that are the pivot of a pattern."""
        slots, begins = first_slot(words.first), begin_slot(words.first)
        known = self._sieve.known.take(slots)
        whole = np.flatnonzero(known & IS_WHOLE)
        found = [self._patterns(words, whole, size=words.length[whole], patterns=self._table.words.whole)]
        known &= IS_BEGIN
        maybe = np.flatnonzero(known | self._sieve.is_short.take(begins))
        lengths = self._sieve.long[slots[maybe]]
        lengths[known[maybe] == 0] = 0
        lengths |= self._sieve.short[begins[maybe]]
        bits = np.unpackbits(lengths.view(np.uint8).reshape(-1, 4), axis=1, bitorder="little")
        row, size = np.nonzero(bits)
        fits = words.length[maybe[row]] >= size
        row, size = maybe[row[fits]], size[fits]
        found.append(self._patterns(words, row, size=size, patterns=self._table.words.begins))
        return together(*found, self._opened(words))

    def _patterns(self, words: Words, those: Array, *, size: Array, patterns: Lists) -> Pairs:
        """Give the patterns of words, each cut off at the size beside it."""
        sought = self._table.words
        first, last = _ends(words.eights, words.at[those], length=size)
        hashes = hashed(first, last, length=size)
        entry, found = sought.slots[hashes >> SLOT_SHIFT], [NOTHING]
        tried = np.flatnonzero(entry >= 0)
        while len(tried):  # words in the same slot follow each other
            here = entry[tried]
            same = (sought.first[here] == first[tried]) & (sought.last[here] == last[tried])
            same &= sought.length[here] == size[tried]
            place = tried[same]
            place = place[self._same_letters(words, those[place], entry=entry[place])]
            row, pattern = expanded(patterns, entry[place])
            found.append(Pairs(those[place][row], pattern))
            tried = tried[here + 1 < len(sought.hashes)]
            entry[tried] += 1
            tried = tried[sought.hashes[entry[tried]] >> SLOT_SHIFT == hashes[tried] >> SLOT_SHIFT]
        return together(*found)

    def _same_letters(self, words: Words, those: Array, *, entry: Array) -> Array:
        """Compare what lies between the first and the last eight bytes of long words."""
        sought = self._table.words
        same = np.ones(len(those), dtype=bool)
        for place in np.flatnonzero(sought.length[entry] > 16).tolist():
            at, number = words.at[those[place]], entry[place]
            letters = sought.letters.values[sought.letters.starts[number] : sought.letters.starts[number + 1]]
            same[place] = np.array_equal(words.letters[at : at + len(letters)], letters)
        return same

    def _looked(self, words: Words, found: Pairs) -> Array:
        """Tell of which patterns the words around the pivot are there too."""
        looks, sought = self._table.looks, self._table.words
        row, look = expanded(Lists(looks.starts, np.arange(len(looks.step))), found.other)
        stands = np.ones(len(found.text), dtype=bool)
        if not len(row):
            return stands
        here = found.text[row]
        there = here + looks.step[look]
        inside = np.flatnonzero((there >= 0) & (there < len(words.at)))
        fits = np.zeros(len(row), dtype=bool)
        row_of, there, look, here = inside, there[inside], look[inside], here[inside]
        entry = looks.word[look]
        length = sought.length[entry]
        is_long = np.where(
            looks.is_begin[look] > 0, words.length[there] >= length, words.length[there] == length
        )
        low, high = np.minimum(here, there), np.maximum(here, there)
        same_text = np.searchsorted(words.breaks, words.at[low], "right") == np.searchsorted(
            words.breaks, words.at[high], "right"
        )
        good = np.flatnonzero(is_long & same_text)
        row_of, there, entry, length = row_of[good], there[good], entry[good], length[good]
        first, last = _ends(words.eights, words.at[there], length=length)
        good = (first == sought.first[entry]) & (last == sought.last[entry])
        good &= self._same_letters(words, there, entry=entry)
        fits[row_of[good]] = True
        stands[row[~fits]] = False
        return stands

    def _opened(self, words: Words) -> Pairs:
        """Give the words that hold a few letters: open at the start, with ``?``, or any tag."""
        folded = words.letters.tobytes() if self._open else b""
        found: list[tuple[int, int]] = []
        for number, sought in self._open:
            part = max(sought.letters.split("?"), key=len)
            places = _places(folded, part, words=words) if part else np.arange(len(words.at))
            for place in np.unique(places).tolist():
                at = int(words.at[place])
                written = written_word(folded[at : at + int(words.length[place])])
                if sought.fits(Token(written, written, 0, 0)):
                    found.append((place, number))
        return Pairs(*np.array(found, dtype=np.int64).reshape(-1, 2).T)


def _places(folded: bytes, part: str, *, words: Words) -> Array:
    """Give the words that hold some letters."""
    try:
        letters = part.encode("latin-1")
    except UnicodeEncodeError:
        return np.array([], dtype=np.int64)
    places, place = [], folded.find(letters)
    while place >= 0:
        places.append(place)
        place = folded.find(letters, place + 1)
    return np.searchsorted(words.at, np.array(places, dtype=np.int64)) - 1
