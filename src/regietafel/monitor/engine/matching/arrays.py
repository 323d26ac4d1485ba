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
    MASKS,
    PADDING,
    WHOLE_SHIFT,
    Array,
    Lists,
    Table,
    begin_slot,
    hashed,
    make_table,
    others,
)
from regietafel.monitor.engine.matching.texts import Pairs, Part, Scan
from regietafel.monitor.engine.query.words import Token


class Words(NamedTuple):
    """The words of texts in folded bytes: where the byte before each is, its length with that, its ends."""

    letters: Array
    breaks: Array
    at: Array
    length: Array
    first: Array
    last: Array
    eights: Array


def cut_words(texts: Sequence[str]) -> tuple[Words, Array]:
    """Cut texts into words; give also the numbers of the texts that hold something strange."""
    folded = folded_bytes(joined(texts)) + bytes(PADDING)
    letters = np.frombuffer(bytearray(folded), dtype=np.uint8)
    breaks, strange = _mend(letters, count=len(texts))
    is_letter = letters >= FEWEST_LETTER
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    at = edges[0::2]
    length = edges[1::2] - at
    length += 1
    eights = np.ndarray(shape=(len(letters) - 7,), dtype="<u8", buffer=letters.data, strides=(1,))
    first, last = _ends(eights, at, length)
    return Words(letters, breaks, at, length, first, last, eights), strange


def _mend(letters: Array, *, count: int) -> tuple[Array, Array]:
    """Turn breaks, what is strange and signs that are no signs into gaps; give where the first two were."""
    special = np.flatnonzero(letters < GAP)
    kind = letters[special]
    breaks = special[kind == BREAK][: count + 1]
    strange = np.unique(np.searchsorted(breaks, special[kind == STRANGE]) - 1)
    behind = letters[special - 1] >= FEWEST_LETTER
    letters[special[(kind <= STRANGE) | behind]] = GAP
    return breaks, strange


def _ends(eights: Array, at: Array, length: Array) -> tuple[Array, Array]:
    """Give the first eight and the last eight bytes of words; of shorter words both are the whole word."""
    mask = MASKS[np.minimum(length, 8)]
    return eights[at] & mask, eights[at + np.maximum(length - 8, 0)] & mask


class NumpyScanner:
    """Scans texts for the words of a plan, and weighs its questions."""

    characters_at_once = 300_000

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._table = make_table(plan)
        self._others = [(number, plan.patterns[number].loose) for number in others(plan.patterns)]
        self._weights = Weights(self._table, width=plan.width)

    def scan(self, part: Part, *, noted: Pairs) -> Scan:
        """Give which messages may answer which question; ``noted`` are the terms found in other fields."""
        titled = part.titles is not None
        words, strange = cut_words(part.strings())
        word, pattern = self._found(words)
        text = np.searchsorted(words.breaks, words.at[word], side="right") - 1
        place = np.where(text & 1 == 0, IN_TITLE, IN_TEXT) if titled else IN_TEXT
        stands = np.flatnonzero(self._table.parts[pattern] & place)
        stands = stands[self._looked(words, Pairs(word[stands], pattern[stands]))]
        message = text >> 1 if titled else text
        term = self._table.term[pattern[stands]]
        answered = self._weights.weigh(
            Pairs(np.concatenate((message[stands], noted.text)), np.concatenate((term, noted.other)))
        )
        return Scan(answered, np.unique(strange >> 1) if titled else strange)

    def _found(self, words: Words) -> Pairs:
        """Give the words that are the pivot of a pattern."""
        table, found = self._table, []
        hashes = hashed(words.first, words.last, words.length)
        maybe = np.flatnonzero(table.whole_filter[hashes >> WHOLE_SHIFT])
        keys = hashes[maybe], words.first[maybe], words.last[maybe], words.length[maybe]
        found.append(self._patterns(words, maybe, keys, table.words.whole))
        lengths = table.begin_filter[begin_slot(words.first)]
        maybe = np.flatnonzero(lengths)
        lengths = lengths[maybe]
        for length in range(2, 32):
            these = maybe[(lengths >> np.uint32(length)) & np.uint32(1) > 0]
            these = these[words.length[these] >= length]
            if len(these):
                size = np.full(len(these), length)
                first, last = _ends(words.eights, words.at[these], size)
                keys = hashed(first, last, size), first, last, size
                found.append(self._patterns(words, these, keys, table.words.begins))
        found.append(self._second_pass(words))
        return Pairs(*(np.concatenate(side) for side in zip(*found, strict=True)))

    def _patterns(self, words: Words, those: Array, keys: tuple[Array, ...], patterns: Lists) -> Pairs:
        """Give the patterns of words by their hash and all that must be the same."""
        sought = self._table.words
        hashes, first, last, length = keys
        if not len(sought.hashes):
            return Pairs(those[:0], those[:0])
        entry = np.minimum(np.searchsorted(sought.hashes, hashes), len(sought.hashes) - 1)
        same = np.flatnonzero(
            (sought.hashes[entry] == hashes)
            & (sought.first[entry] == first)
            & (sought.last[entry] == last)
            & (sought.length[entry] == length)
        )
        those, entry = those[same], entry[same]
        same = self._same_letters(words, those, entry)
        rows, values = expanded(patterns, entry[same])
        return Pairs(those[same][rows], values)

    def _same_letters(self, words: Words, those: Array, entry: Array) -> Array:
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
        first, last = _ends(words.eights, words.at[there], length)
        good = (first == sought.first[entry]) & (last == sought.last[entry])
        good &= self._same_letters(words, there, entry)
        fits[row_of[good]] = True
        stands[row[~fits]] = False
        return stands

    def _second_pass(self, words: Words) -> Pairs:
        """Give the words that hold a few letters: open at the start, with ``?``, or any tag."""
        folded = words.letters.tobytes() if self._others else b""
        found: list[tuple[int, int]] = []
        for number, sought in self._others:
            part = max(sought.letters.split("?"), key=len)
            places = _places(folded, part, words) if part else np.arange(len(words.at))
            for place in np.unique(places).tolist():
                at = int(words.at[place])
                written = written_word(folded[at : at + int(words.length[place])])
                if sought.fits(Token(written, written, 0, 0)):
                    found.append((place, number))
        return Pairs(*np.array(found, dtype=np.int64).reshape(-1, 2).T)


def _places(folded: bytes, part: str, words: Words) -> Array:
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


def expanded(many: Lists, numbers: Array) -> tuple[Array, Array]:
    """Give the lists with these numbers end to end, and for each value from which list it came."""
    starts, sizes = many.starts[numbers], many.starts[numbers + 1] - many.starts[numbers]
    rows = np.repeat(np.arange(len(numbers)), sizes)
    before = np.cumsum(sizes) - sizes
    return rows, many.values[np.arange(len(rows)) + np.repeat(starts - before, sizes)]


class Weights:
    """Weighs questions by the terms that were found in messages."""

    def __init__(self, table: Table, *, width: int) -> None:
        self._table = table
        self._width = width
        self._required = _rows(table.required, filler=width)
        self._excluded = _rows(table.excluded, filler=width + 1)

    def weigh(self, found: Pairs) -> Pairs:
        """Give which messages may answer which question."""
        table = self._table
        messages, row = np.unique(found.text, return_inverse=True)
        held, question = expanded(table.asked, found.other)
        asked = row[held] * max(len(self._required), 1) + question
        row_of, question = np.divmod(np.unique(asked), max(len(self._required), 1))
        held, column = expanded(table.columns, found.other)
        seen, short = np.unique(column, return_inverse=True)
        filled = np.zeros((len(messages), len(seen) + 2), dtype=bool)  # the last two: always, and never
        filled[:, -2] = True
        filled[row[held], short] = True
        place = np.full(self._width + 2, len(seen) + 1)
        place[seen] = np.arange(len(seen))
        place[self._width] = len(seen)
        holds = np.ones(len(question), dtype=bool)
        for columns in self._required.T:
            holds &= filled[row_of, place[columns[question]]]
        for columns in self._excluded.T:
            holds &= ~filled[row_of, place[columns[question]]]
        return Pairs(messages[row_of[holds]], question[holds])


def _rows(many: Lists, *, filler: int) -> Array:
    """Give lists as rows of the same length."""
    sizes = np.diff(many.starts)
    rows = np.full((len(sizes), int(sizes.max(initial=0))), filler, dtype=np.int64)
    rows[np.repeat(np.arange(len(sizes)), sizes), _counted(sizes)] = many.values
    return rows


def _counted(sizes: Array) -> Array:
    """Count 0, 1, 2… within each list."""
    counted: Array = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return counted
