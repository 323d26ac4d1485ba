"""The words that scanners look for, as arrays: one number says whether a word of a text may be one of them.

A word is known by its first eight bytes, its last eight and its length; longer words are compared in full.
The first byte is its sign, or a gap. A beginning is a word that may go on, so it is sought like a word of its
own length.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product
from typing import NamedTuple

import numpy as np

from regietafel.monitor.engine.matching.letters import WORD_BYTES, word_bytes
from regietafel.monitor.engine.matching.plan import Pattern, Plan, is_simple

MASKS = np.array([(1 << 8 * count) - 1 for count in range(9)], dtype=np.uint64)
FIRST, LAST, LENGTH, BEGINNING = (
    np.uint64(number)
    for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4E, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
)
SLOT_SHIFT, BEGIN_SHIFT = np.uint64(64 - 18), np.uint64(64 - 16)
SLOTS, BEGIN_SLOTS = 1 << 18, 1 << 16
BEGIN_MASK = MASKS[5]
LETTERS_IN_BEGIN = 4
SHORTEST_BEGIN, LONGEST_BEGIN = 2, 30  # letters; the others are sought in a second pass
PADDING = 8
WHOLE_EIGHT = 8

Array = np.ndarray


class Lists(NamedTuple):
    """Many short lists of numbers in one array: list ``i`` is ``values[starts[i] : starts[i + 1]]``."""

    starts: Array
    values: Array


class Sought(NamedTuple):
    """Words to look for, in the order of their hash; ``whole`` and ``begins``: of which patterns they are.

    ``slots`` gives the first word for the highest bits of a hash, or -1; the others follow it.
    """

    slots: Array
    hashes: Array
    first: Array
    last: Array
    length: Array
    letters: Lists
    whole: Lists
    begins: Lists


class Looks(NamedTuple):
    """Per pattern the words around its pivot: how far from it, which word, and whether that may go on."""

    starts: Array
    step: Array
    word: Array
    is_begin: Array


class Filters(NamedTuple):
    """What rules out most words of a text: one bit for each slot that a word, or a beginning, may have.

    ``first`` goes by the first letters; ``lengths`` says how long the beginnings with those are: a bit each.
    """

    whole: Array
    begin: Array
    first: Array
    lengths: Array


class Sieve(NamedTuple):
    """What rules out most words of a text by their length and first eight bytes; the last need not be taken.

    ``whole`` tells whether words with those are sought. ``long`` says how long the beginnings are that have
    the same first eight bytes, ``short`` those that have less than eight bytes: a bit each.
    """

    whole: Array
    long: Array
    short: Array
    is_long: Array
    is_short: Array


class Table(NamedTuple):
    """All that a scanner needs of a plan."""

    filters: Filters
    words: Sought
    looks: Looks
    parts: Array
    term: Array
    asked: Lists
    columns: Lists
    required: Lists
    excluded: Lists


def lists(rows: Sequence[Sequence[int]]) -> Lists:
    """Put lists in one array."""
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)), out=starts[1:])
    values = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(starts[-1]))
    return Lists(starts, values)


def hashed(first: Array, last: Array, *, length: Array) -> Array:
    """Give the hash of words by their first and last bytes and their length in bytes."""
    return first * FIRST + last * LAST + length.astype(np.uint64) * LENGTH


def others(patterns: Sequence[Pattern]) -> list[int]:
    """Give the patterns whose pivot a table cannot hold: they are sought in a second pass."""
    return [number for number, pattern in enumerate(patterns) if not _in_table(pattern)]


def _in_table(pattern: Pattern) -> bool:
    word = pattern.loose
    if not is_simple(word):
        return False
    return not word.open_end or SHORTEST_BEGIN <= len(word.letters) <= LONGEST_BEGIN


class _Collected:
    """Collects the words of a table, each once."""

    def __init__(self) -> None:
        self.numbers: dict[bytes, int] = {}
        self.whole: list[list[int]] = []
        self.begins: list[list[int]] = []

    def number(self, letters: bytes) -> int:
        number = self.numbers.setdefault(letters, len(self.whole))
        if number == len(self.whole):
            self.whole.append([])
            self.begins.append([])
        return number

    def add(self, pattern: Pattern, *, number: int) -> list[tuple[int, int, int]]:
        """Take up a pattern; give what must be looked at around its pivot."""
        spelled = [word_bytes(word) if is_simple(word) else b"" for word in pattern.words]
        pivot = word_bytes(pattern.loose)
        if pivot is None or None in spelled:  # no text in Latin letters holds it
            return []
        if _in_table(pattern):
            known = self.begins if pattern.loose.open_end else self.whole
            known[self.number(pivot)].append(number)
        return [
            (place - pattern.pivot, self.number(letters), pattern.words[place].open_end)
            for place, letters in enumerate(spelled)
            if letters and place != pattern.pivot
        ]


def make_table(plan: Plan) -> Table:
    """Make a plan into arrays."""
    sought = _Collected()
    around = [sought.add(pattern, number=number) for number, pattern in enumerate(plan.patterns)]
    words, rank = _words(sought)
    steps = lists([[step for step, _word, _is_begin in several] for several in around])
    flat = np.array([look for several in around for look in several], dtype=np.int64).reshape(-1, 3)
    terms = range(len(plan.ledger.terms))
    return Table(
        filters=_filters(words, [word for word, number in sought.numbers.items() if sought.begins[number]]),
        words=words,
        looks=Looks(steps.starts, steps.values, rank[flat[:, 1]], flat[:, 2].copy()),
        parts=np.array([pattern.parts for pattern in plan.patterns], dtype=np.int64),
        term=np.array([pattern.term for pattern in plan.patterns], dtype=np.int64),
        asked=lists([plan.asked.get(term, ()) for term in terms]),
        columns=lists([plan.columns.get(term, ()) for term in terms]),
        required=lists(plan.required),
        excluded=lists(plan.excluded),
    )


def _words(sought: _Collected) -> tuple[Sought, Array]:
    """Put the words in the order of their hash; give also the place each came to stand."""
    spelled = list(sought.numbers)
    first = np.frombuffer(b"".join(word[:8].ljust(8, b"\0") for word in spelled), dtype="<u8")
    last = np.frombuffer(b"".join(word[-8:].ljust(8, b"\0") for word in spelled), dtype="<u8")
    length = np.array([len(word) for word in spelled], dtype=np.int64)
    hashes = hashed(first, last, length=length)
    order = np.argsort(hashes, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    slots = np.full(SLOTS, -1, dtype=np.int32)
    slots[(hashes[order] >> SLOT_SHIFT)[::-1]] = np.arange(len(order), dtype=np.int32)[::-1]
    words = Sought(
        slots,
        hashes[order],
        first[order],
        last[order],
        length[order],
        lists([spelled[number] for number in order]),
        lists([sought.whole[number] for number in order]),
        lists([sought.begins[number] for number in order]),
    )
    return words, rank


def _filters(words: Sought, begins: Sequence[bytes]) -> Filters:
    lengths = _begin_lengths(begins)
    whole, begin = (_bits(words.hashes, patterns) for patterns in (words.whole, words.begins))
    return Filters(whole, begin, _packed(lengths > 0), lengths)


def _bits(hashes: Array, patterns: Lists) -> Array:
    """Give a bit for each slot of the words that stand for any pattern."""
    known = np.zeros(SLOTS, dtype=bool)
    known[hashes[np.diff(patterns.starts) > 0] >> SLOT_SHIFT] = True
    return _packed(known)


def _packed(known: Array) -> Array:
    return np.packbits(known, bitorder="little")


def make_sieve(table: Table) -> Sieve:
    """Make what rules out words by their length and first eight bytes alone."""
    words = table.words
    whole, long = np.zeros(SLOTS, dtype=bool), np.zeros(BEGIN_SLOTS, dtype=np.uint32)
    whole[whole_slot(words.first, length=words.length)[np.diff(words.whole.starts) > 0]] = True
    is_long = (np.diff(words.begins.starts) > 0) & (words.length >= WHOLE_EIGHT)
    slots, lengths = long_slot(words.first[is_long]), words.length[is_long].astype(np.uint32)
    np.bitwise_or.at(long, slots, np.uint32(1) << lengths)
    short = table.filters.lengths & np.uint32((1 << WHOLE_EIGHT) - 1)
    return Sieve(whole, long, short, long > 0, short > 0)


def _begin_lengths(begins: Sequence[bytes]) -> Array:
    """Give per hash of the first letters how long the beginnings are that are sought: one bit a length."""
    known = np.zeros(BEGIN_SLOTS, dtype=np.uint32)
    for begin in begins:
        shown = begin[: LETTERS_IN_BEGIN + 1]
        missing = LETTERS_IN_BEGIN + 1 - len(shown)
        keys = [
            int.from_bytes(shown + bytes(further), "little")
            for count in range(missing + 1)
            for further in product(WORD_BYTES, repeat=count)
        ]
        slots = begin_slot(np.array(keys, dtype=np.uint64))
        known[slots] |= np.uint32(1 << len(begin))
    return known


def eights_of(letters: Array) -> Array:
    """Give the eight bytes from every place on, as one number each, without copying."""
    shape = (max(len(letters) - 7, 0),)
    return np.ndarray(shape=shape, dtype="<u8", buffer=letters.data, strides=(1,))


def begin_slot(first: Array) -> Array:
    """Give the place in the filter for words by their first bytes."""
    slots: Array = ((first & BEGIN_MASK) * BEGINNING >> BEGIN_SHIFT).view(np.int64)
    return slots


def long_slot(first: Array) -> Array:
    """Give the place in the sieve for beginnings by their first eight bytes."""
    slots: Array = (first * FIRST >> BEGIN_SHIFT).view(np.int64)
    return slots


def whole_slot(first: Array, *, length: Array) -> Array:
    """Give the place in the sieve for words by their first eight bytes and their length."""
    mixed = first * FIRST
    mixed += length.view(np.uint64) * LENGTH
    mixed >>= SLOT_SHIFT
    slots: Array = mixed.view(np.int64)
    return slots
