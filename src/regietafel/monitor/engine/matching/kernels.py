"""The numba scanner's inner loops: fold, cut, look up and weigh, one message after another.

The words are those of ``table``; a kernel takes its arrays in two named tuples, as numba wants them. Eight
letters are taken at a time; letters are bytes of at least ``FEWEST_LETTER``, all others end a word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numba
import numpy as np

from regietafel.monitor.engine.matching.letters import DROPPED, FEWEST_LETTER, GAP, PAIR, STRANGE
from regietafel.monitor.engine.matching.plan import IN_TEXT, IN_TITLE
from regietafel.monitor.engine.matching.table import (
    BEGIN_MASK,
    BEGIN_SHIFT,
    BEGINNING,
    FIRST,
    LAST,
    LENGTH,
    SLOT_SHIFT,
    Array,
    Table,
)

MARGIN = 2  # gaps before the first letter
ROOM = 48  # bytes that may be read or written after the last
NOT_ASCII = np.uint64(0x8080808080808080)
ONES = np.uint64(0x0101010101010101)
SIGNIFICANT = np.uint64(0xF8F8F8F8F8F8F8F8)  # zero in every byte that is no letter
ONE, BYTE, TOP, FIVE = np.uint64(1), np.uint64(8), np.uint64(56), np.uint64(5)
STAMP, WAITING, ANSWERED = range(3)
# Kernels make nothing and keep nothing: without counting who uses which array they are three times as fast.
UNCOUNTED: dict[str, Any] = {"_nrt": False}


class Letters(NamedTuple):
    """The texts as they came, eight bytes from every place, and where each text begins."""

    data: Array
    eights: Array
    offsets: Array


class Batch(NamedTuple):
    """Messages to scan; ``noted`` terms were found elsewhere, those of message i from ``noted_from[i]``."""

    texts: Letters
    titles: Letters
    is_titled: bool
    noted_from: Array
    noted: Array


class Space(NamedTuple):
    """Room to work in: letters and words of one text, stamps of what was found, and what comes out."""

    codes: Array
    letters: Array
    eights: Array
    at: Array
    length: Array
    maybe: Array
    filled: Array
    asked: Array
    waiting: Array
    counts: Array
    message: Array
    question: Array
    is_strange: Array


class Work(NamedTuple):
    """What is looked for, and the room to do it in."""

    table: Table
    space: Space


def _compiled(function: Callable[..., Any]) -> Any:
    """Compile once for all; where nothing can be kept on disk, once per process."""
    try:
        return numba.njit(cache=True, **UNCOUNTED)(function)
    except RuntimeError:
        return numba.njit(**UNCOUNTED)(function)


_inner = numba.njit(forceinline=True, **UNCOUNTED)  # a part of ``scan``


@_compiled
def scan(work, batch):  # type: ignore[no-untyped-def]
    """Scan messages until done or until there may be no room for more answers; give how many were scanned."""
    space = work.space
    for message in range(len(space.is_strange)):
        if space.counts[ANSWERED] + len(space.asked) > len(space.message):
            return message
        space.counts[STAMP] += 1
        space.counts[WAITING] = 0
        is_strange = batch.is_titled and _read(work, (batch.titles, message, IN_TITLE))
        if is_strange or _read(work, (batch.texts, message, IN_TEXT)):
            space.is_strange[message] = 1
        else:
            for place in range(batch.noted_from[message], batch.noted_from[message + 1]):
                _note(work, batch.noted[place])
            _weigh(work, message)
    return len(space.is_strange)


@_inner
def _read(work, which):  # type: ignore[no-untyped-def]
    """Look for the terms in one text; tell whether it holds something strange."""
    letters, number, part = which
    size = _fold(work.space, (letters, letters.offsets[number], letters.offsets[number + 1]))
    if size < 0:
        return True
    words, maybe = _cut(work, size)
    for place in range(maybe):
        _look(work, (work.space.maybe[place], words, part))
    return False


@_inner
def _fold(space, which):  # type: ignore[no-untyped-def]
    """Write a text as folded bytes; give where they end, or -1 when the text holds something strange."""
    source, start, end = which
    letters, codes = space.letters, space.codes
    place = MARGIN
    while start < end and place >= 0:
        if start + 8 <= end and not source.eights[start] & NOT_ASCII:
            for step in range(8):
                letters[place + step] = codes[source.data[start + step]]
            start += 8
            place += 8
        else:
            point, size = _decoded(source.data, (start, end))
            place = _put(letters, (place, codes[point] if point < len(codes) else STRANGE))
            start += size
    for step in range(16):
        letters[place + step] = GAP
    return place


@_inner
def _put(letters, which):  # type: ignore[no-untyped-def]
    """Write one character by its code; give the next place, or less than none when it is strange."""
    place, code = which
    if code == STRANGE:
        return -1
    if code == PAIR:
        letters[place] = ord("i")
        letters[place + 1] = ord("j")
        return place + 2
    if code != DROPPED:
        letters[place] = code
        return place + 1
    return place


@_inner
def _decoded(data, bounds):  # type: ignore[no-untyped-def]
    """Give the character at a place and how many bytes it takes; a number too high for what is no UTF-8."""
    start, end = bounds
    lead = np.int64(data[start])
    if lead < 0x80:
        return lead, 1
    size = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    if lead < 0xC2 or lead > 0xF4 or start + size > end:
        return 0x7FFFFFFF, 1
    point = lead & (0x7F >> size)
    for step in range(1, size):
        following = np.int64(data[start + step])
        if following & 0xC0 != 0x80:
            return 0x7FFFFFFF, 1
        point = point << 6 | following & 0x3F
    if (size == 3 and point < 0x800) or (size == 4 and point < 0x10000) or 0xD800 <= point < 0xE000:
        return 0x7FFFFFFF, 1
    return point, size


@_inner
def _cut(work, end):  # type: ignore[no-untyped-def]
    """Cut a folded text into words; give how many there are, and how many may be sought."""
    space, filters = work.space, work.table.filters
    letters = space.letters
    words = maybe = 0
    place = MARGIN
    while place < end:
        if letters[place] < FEWEST_LETTER:
            place += 1
            continue
        if letters[place - 1] != GAP and letters[place - 2] >= FEWEST_LETTER:
            letters[place - 1] = GAP  # no sign, for it follows a letter
        length = _run(space.eights, place) + 1
        space.at[words] = place - 1
        space.length[words] = length
        first, last = _ends(space.eights, (place - 1, length))
        slot = _hashed(length, (first, last)) >> SLOT_SHIFT
        begin = (first & BEGIN_MASK) * BEGINNING >> BEGIN_SHIFT
        if _has(filters.whole, slot) | _has(filters.first, begin):
            space.maybe[maybe] = words
            maybe += 1
        words += 1
        place += length
    return words, maybe


@_inner
def _run(eights, place):  # type: ignore[no-untyped-def]
    """Count the letters from a place on."""
    length = 0
    while True:
        bits = eights[place + length] & SIGNIFICANT
        ends = (bits - ONES) & ~bits & NOT_ASCII
        if ends:
            before = (ends & (~ends + ONE)) - ONE
            return length + np.int64(((before & ONES) * ONES) >> TOP) - 1
        length += 8


@_inner
def _ends(eights, which):  # type: ignore[no-untyped-def]
    """Give the first eight and the last eight bytes of a word; of a shorter word both are the whole word."""
    at, length = which
    first = eights[at]
    if length < 8:
        first &= (ONE << (BYTE * np.uint64(length))) - ONE
        return first, first
    return first, eights[at + length - 8]


@_inner
def _hashed(length, ends):  # type: ignore[no-untyped-def]
    """Give the hash of a word."""
    first, last = ends
    return first * FIRST + last * LAST + np.uint64(length) * LENGTH


@_inner
def _look(work, which):  # type: ignore[no-untyped-def]
    """Note the terms of which a word is the pivot."""
    word, words, part = which
    space, table = work.space, work.table
    at, length = space.at[word], space.length[word]
    first, last = _ends(space.eights, (at, length))
    if _has(table.filters.whole, _hashed(length, (first, last)) >> SLOT_SHIFT):
        _try_all(work, (table.words.whole, _entry(work, (at, length)), word, words, part))
    lengths = table.filters.lengths[(first & BEGIN_MASK) * BEGINNING >> BEGIN_SHIFT]
    size = 0
    while lengths and size <= length:
        if lengths & np.uint32(1):
            slot = _hashed(size, _ends(space.eights, (at, size))) >> SLOT_SHIFT
            if _has(table.filters.begin, slot):
                _try_all(work, (table.words.begins, _entry(work, (at, size)), word, words, part))
        lengths >>= np.uint32(1)
        size += 1


@_inner
def _has(bits, slot):  # type: ignore[no-untyped-def]
    """Tell whether a filter lets a slot through."""
    return bits[slot >> np.uint64(3)] >> (slot & np.uint64(7)) & np.uint64(1)


@_inner
def _try_all(work, which):  # type: ignore[no-untyped-def]
    """Try the patterns of one word."""
    patterns, entry, word, words, part = which
    if entry >= 0:
        for place in range(patterns.starts[entry], patterns.starts[entry + 1]):
            _try(work, (patterns.values[place], word, words, part))


@_inner
def _entry(work, which):  # type: ignore[no-untyped-def]
    """Give the number of the word that is sought and is the same as these letters, or -1."""
    at, length = which
    sought = work.table.words
    slot = _hashed(length, _ends(work.space.eights, which)) >> SLOT_SHIFT
    entry = sought.slots[slot]
    while 0 <= entry < len(sought.hashes) and sought.hashes[entry] >> SLOT_SHIFT == slot:
        if _is_same(work, (entry, at, length)):
            return entry
        entry += 1
    return -1


@_inner
def _is_same(work, which):  # type: ignore[no-untyped-def]
    """Tell whether these letters are those of a word that is sought."""
    entry, at, length = which
    sought, space = work.table.words, work.space
    first, last = _ends(space.eights, (at, length))
    if sought.length[entry] != length or sought.first[entry] != first or sought.last[entry] != last:
        return False
    start = sought.letters.starts[entry]
    for step in range(8, length - 8):
        if sought.letters.values[start + step] != space.letters[at + step]:
            return False
    return True


@_inner
def _try(work, which):  # type: ignore[no-untyped-def]
    """Note the term of a pattern when it counts in this part and the words around its pivot are there."""
    pattern, word, words, part = which
    table, space = work.table, work.space
    if not table.parts[pattern] & part:
        return
    looks = table.looks
    for look in range(looks.starts[pattern], looks.starts[pattern + 1]):
        there, entry = word + looks.step[look], looks.word[look]
        if there < 0 or there >= words:
            return
        length = table.words.length[entry]
        if space.length[there] < length or (space.length[there] > length and not looks.is_begin[look]):
            return
        if not _is_same(work, (entry, space.at[there], length)):
            return
    _note(work, table.term[pattern])


@_inner
def _note(work, term):  # type: ignore[no-untyped-def]
    """Stamp the columns that a term fills, and line up the questions that wait for it."""
    table, space = work.table, work.space
    stamp = space.counts[STAMP]
    for place in range(table.columns.starts[term], table.columns.starts[term + 1]):
        space.filled[table.columns.values[place]] = stamp
    for place in range(table.asked.starts[term], table.asked.starts[term + 1]):
        question = table.asked.values[place]
        if space.asked[question] != stamp:
            space.asked[question] = stamp
            space.waiting[space.counts[WAITING]] = question
            space.counts[WAITING] += 1


@_inner
def _weigh(work, message):  # type: ignore[no-untyped-def]
    """Write down the questions in line that a message may answer."""
    space = work.space
    for place in range(space.counts[WAITING]):
        question = space.waiting[place]
        if _holds(work, question):
            space.message[space.counts[ANSWERED]] = message
            space.question[space.counts[ANSWERED]] = question
            space.counts[ANSWERED] += 1


@_inner
def _holds(work, question):  # type: ignore[no-untyped-def]
    """Tell whether all that a question needs is filled, and nothing that it excludes."""
    required, excluded, filled = work.table.required, work.table.excluded, work.space.filled
    stamp = work.space.counts[STAMP]
    for place in range(required.starts[question], required.starts[question + 1]):
        if filled[required.values[place]] != stamp:
            return False
    for place in range(excluded.starts[question], excluded.starts[question + 1]):
        if filled[excluded.values[place]] == stamp:
            return False
    return True
