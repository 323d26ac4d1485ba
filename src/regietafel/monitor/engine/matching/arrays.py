"""The numpy scanner: all words of many texts at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np

from regietafel.monitor.engine.matching.letters import (
    BREAK,
    FEWEST_LETTER,
    GAP,
    STRANGE,
    folded_bytes,
    joined,
    sign_byte,
    without_breaks,
    written_word,
)
from regietafel.monitor.engine.matching.plan import IN_TEXT, IN_TITLE, Plan
from regietafel.monitor.engine.matching.table import (
    MASKS,
    PADDING,
    SLOT_SHIFT,
    Lists,
    Table,
    begin_slot,
    eights_of,
    hashed,
    long_slot,
    make_sieve,
    make_table,
    others,
    whole_slot,
)
from regietafel.monitor.engine.matching.texts import NOTHING, Array, Pairs, Part, Scan, together
from regietafel.monitor.engine.matching.weighing import Weights, counted, expanded
from regietafel.monitor.engine.query.words import Token

KEPT_MEMORY = 31 << 20  # asking the system for each array anew would take half of the time
WORDS_AT_ONCE = 16_384


class Words(NamedTuple):
    """Words in folded bytes: where the byte before each is, and where its last byte is.

    ``eights`` are the eight bytes from every place on; ``breaks`` is where texts begin and end, and ``text``
    says which text lies after each.
    """

    letters: Array
    eights: Array
    breaks: Array
    text: Array
    at: Array
    ends: Array

    def lengths(self, those: Array) -> Array:
        """Give how many bytes some words have, with the byte before."""
        length: Array = self.ends[those] - self.at[those]
        length += 1
        return length


def cut_words(texts: Sequence[str]) -> tuple[Words, Array]:
    """Cut texts into words; give also the numbers of the texts that hold something strange."""
    letters, text = _folded(texts)
    special = np.flatnonzero(letters < GAP)
    kind = letters[special]
    breaks = special[kind == BREAK][:-PADDING]
    if len(breaks) > len(texts) + 1:
        return cut_words(without_breaks(texts))
    strange = text[np.searchsorted(breaks, special[kind == STRANGE]) - 1]
    behind = letters[special - 1] >= FEWEST_LETTER
    letters[special[(kind <= STRANGE) | behind]] = GAP  # a sign behind a letter is no sign
    is_letter = letters >= FEWEST_LETTER
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    words = Words(letters, eights_of(letters), breaks, text, edges[0::2], edges[1::2])
    return words, np.unique(strange)


def _folded(texts: Sequence[str]) -> tuple[Array, Array]:
    """Give texts as folded bytes, those in plain ASCII first, and the number of each.

    One picture makes Python keep all that it is joined with in four bytes a letter, which takes longer.
    """
    others = [number for number, text in enumerate(texts) if not text.isascii()]
    is_plain = np.ones(len(texts), dtype=bool)
    is_plain[others] = False
    plain = folded_bytes(joined([*compress(texts, is_plain.tolist())]))
    other = folded_bytes(joined([texts[number] for number in others]))
    order = np.append(np.flatnonzero(is_plain), np.array(others, dtype=np.int64))
    return np.frombuffer(bytearray().join((plain[:-1], other, bytes(PADDING))), dtype=np.uint8), order


def _ends(words: Words, those: Array, *, length: Array) -> tuple[Array, Array]:
    """Give the first eight and the last eight bytes of words; of shorter words both are the whole word."""
    at, mask = words.at[those], MASKS.take(length, mode="clip")
    return words.eights[at] & mask, words.eights[at + np.maximum(length - 8, 0)] & mask


class NumpyScanner:
    """Scans texts for the words of a plan, and weighs its questions."""

    characters_at_once = 4_000_000

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
        words, strange = cut_words(part.strings())
        word, pattern = self._opened(words) if self._only_open else self._found(words)
        place = np.searchsorted(words.breaks, words.at[word], side="right") - 1
        stands = self._looked(words, Pairs(word, pattern), text=place)
        text = words.text[place]
        if part.titles is not None:
            side = np.where(text & 1 == 0, IN_TITLE, IN_TEXT)
            text, strange = text >> 1, np.unique(strange >> 1)
        else:
            side = np.array(IN_TEXT)
        stands &= self._table.parts[pattern] & side > 0
        return Pairs(text[stands], self._table.term[pattern[stands]]), strange

    def _found(self, words: Words) -> Pairs:
        """Give the words that are the pivot of a pattern."""
        whole, maybe = self._sifted(words)
        sought, sieve, known = self._table.words, self._sieve, words.lengths(maybe)
        found = [self._patterns(words, whole, size=words.lengths(whole), patterns=sought.whole)]
        first, _last = _ends(words, maybe, length=known)
        lengths = sieve.long[long_slot(first)] | sieve.short[begin_slot(first)]
        bits = np.unpackbits(lengths.view(np.uint8).reshape(-1, 4), axis=1, bitorder="little")
        row, size = np.nonzero(bits.view(bool))
        fits = known[row] >= size
        found.append(self._patterns(words, maybe[row[fits]], size=size[fits], patterns=sought.begins))
        return together(*found, self._opened(words))

    def _sifted(self, words: Words) -> tuple[Array, Array]:
        """Give the words that may be sought whole, and those that may begin with what is sought.

        All words are looked at, so this goes by as many as stay in the memory next to the processor.
        """
        sieve, whole, begins = self._sieve, [NOTHING.text], [NOTHING.text]
        for start in range(0, len(words.at), WORDS_AT_ONCE):
            at = words.at[start : start + WORDS_AT_ONCE].copy()
            length = words.ends[start : start + WORDS_AT_ONCE] - at
            length += 1
            first = words.eights[at]
            first &= MASKS.take(length, mode="clip")
            whole.append(np.flatnonzero(sieve.whole.take(whole_slot(first, length=length))) + start)
            may_begin = sieve.is_long.take(long_slot(first))
            may_begin |= sieve.is_short.take(begin_slot(first))
            begins.append(np.flatnonzero(may_begin) + start)
        return np.concatenate(whole), np.concatenate(begins)

    def _patterns(self, words: Words, those: Array, *, size: Array, patterns: Lists) -> Pairs:
        """Give the patterns of words, each cut off at the size beside it."""
        sought = self._table.words
        first, last = _ends(words, those, length=size)
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
        long = np.flatnonzero(sought.length[entry] > 16)
        row, letters = expanded(sought.letters, entry[long])
        at = words.at[those[long]][row] + counted(sought.length[entry[long]])
        same[long[row[words.letters[at] != letters]]] = False
        return same

    def _looked(self, words: Words, found: Pairs, *, text: Array) -> Array:
        """Tell of which patterns the words around the pivot are there too, in the same text."""
        looks, sought = self._table.looks, self._table.words
        row, look = expanded(Lists(looks.starts, np.arange(len(looks.step))), found.other)
        there, entry = found.text[row] + looks.step[look], looks.word[look]
        inside = np.flatnonzero((there >= 0) & (there < len(words.at)))
        text, there, entry = text[row[inside]], there[inside], entry[inside]
        at, length = words.at[there], sought.length[entry]
        good = (words.breaks[text] <= at) & (at < words.breaks[text + 1])
        longer = words.lengths(there) - length
        good &= (longer == 0) | ((longer > 0) & (looks.is_begin[look[inside]] > 0))
        inside, there, entry, length = inside[good], there[good], entry[good], length[good]
        first, last = _ends(words, there, length=length)
        good = (first == sought.first[entry]) & (last == sought.last[entry])
        good &= self._same_letters(words, there, entry=entry)
        misses = np.ones(len(row), dtype=bool)
        misses[inside[good]] = False
        stands = np.ones(len(found.text), dtype=bool)
        stands[row[misses]] = False
        return stands

    def _opened(self, words: Words) -> Pairs:
        """Give the words that hold a few letters: open at the start, with ``?``, or any tag."""
        folded = words.letters.tobytes() if self._open else b""
        found: list[tuple[int, int]] = []
        for number, sought in self._open:
            part = max(sought.letters.split("?"), key=len)
            places = _places(folded, part, words=words) if part else np.arange(len(words.at))
            if sought.sign:  # few words are tags
                places = places[words.letters[words.at[places]] == sign_byte(sought)]
            for place in np.unique(places).tolist():
                at = int(words.at[place])
                written = written_word(folded[at : int(words.ends[place]) + 1])
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
