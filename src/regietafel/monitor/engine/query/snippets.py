"""A text as written, cut into pieces that are marked and pieces that are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from regietafel.monitor.engine.query.words import normalise

SNIPPET_CHARACTERS = 240
_LONGEST_MARK = 1_000  # characters: a phrase that repeats itself can mark a whole text
_LEAD_SHARE = 0.25  # of a snippet stands before the first mark
_ELLIPSIS = "…"
_BEYOND_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")  # with the letter a mark may compose with
_JAMO = ("\u1160", "\u11ff")  # Korean vowels and finals compose with the letter before them


class Stretch(Protocol):
    """A stretch of a text, from its first character to the one after its last."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Piece(NamedTuple):
    """A part of a text, marked or not."""

    text: str
    is_marked: bool


def pieces(text: str, marked: Iterable[Stretch]) -> tuple[Piece, ...]:
    """Cut a whole text at its marks (pieces).

    Args:
        text: a title or text as written.
        marked: its marks, in order and without overlap, as ``marking.marks`` gives them for one zone.

    Returns:
        Pieces that together are the text.

    Method: slicing.

    >>> from types import SimpleNamespace
    >>> [(piece.text, piece.is_marked) for piece in pieces("Nieuw azc", [SimpleNamespace(start=6, end=9)])]
    [('Nieuw ', False), ('azc', True)]
    """
    return tuple(_slices(text, marked, first=0, last=len(text)))


def snippet(
    text: str, marked: Iterable[Stretch], *, characters: int = SNIPPET_CHARACTERS
) -> tuple[Piece, ...]:
    """Cut a part of a text around its first mark, in whole words (snippet).

    Args:
        text: a text as written.
        marked: its marks, in order and without overlap.
        characters: about how long the part is; a longer mark is shown whole, up to a limit.

    Returns:
        Pieces, with … where text was left out; the beginning of the text when it has no marks.

    Method: a window of fixed length, a quarter of it before the first mark, shrunk to whole words.

    >>> from types import SimpleNamespace
    >>> cut_out = snippet("In de raad ging het over het azc in Borne.", [SimpleNamespace(start=29, end=32)],
    ...     characters=20)
    >>> "".join(piece.text for piece in cut_out)
    '… het azc in Borne.'
    """
    rest = iter(marked)
    first_mark = next(rest, None)
    stretches = chain([first_mark] if first_mark else [], rest)
    start = first_mark.start if first_mark else 0
    end = min(first_mark.end, start + _LONGEST_MARK) if first_mark else 0
    first = _word_start(text, max(0, start - int(characters * _LEAD_SHARE)), before=start)
    last = _word_end(text, max(end, first + characters), after=end)
    inner = list(_slices(text, stretches, first=first, last=last))
    before = [Piece(_ELLIPSIS + " ", False)] if first else []
    behind = [Piece(" " + _ELLIPSIS, False)] if last < len(text) else []
    return (*before, *inner, *behind)


def origins(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Give for each character of a normalised text where what became it starts and ends as written.

    >>> normalise("Ĳs"), origins("Ĳs")
    ('IJs', ([0, 0, 1], [1, 1, 2]))
    """
    if normalise(text) == text:
        return range(len(text)), range(1, len(text) + 1)
    starts: list[int] = []
    ends: list[int] = []
    known: dict[str, tuple[list[int], list[int]]] = {}
    place = 0
    for found in _BEYOND_ASCII.finditer(text):  # what stands between is as it was written
        first, last = found.span()
        starts += range(place, first)
        ends += range(place + 1, first + 1)
        inner = known.get(found[0]) or known.setdefault(found[0], _origins_within(found[0]))
        starts += [first + start for start in inner[0]]
        ends += [first + end for end in inner[1]]
        place = last
    starts += range(place, len(text))
    ends += range(place + 1, len(text) + 1)
    return starts, ends


def _origins_within(text: str) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for first, last in _clusters(text):
        count = len(normalise(text[first:last]))
        starts += [first] * count
        ends += [last] * count
    return starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches of a text that may compose within themselves only."""
    first = 0
    for place in range(1, len(text)):
        if not _composes(text[place]):
            yield first, place
            first = place
    if text:
        yield first, len(text)


def _composes(character: str) -> bool:
    return unicodedata.category(character).startswith("M") or _JAMO[0] <= character <= _JAMO[1]


def _slices(text: str, stretches: Iterable[Stretch], *, first: int, last: int) -> Iterator[Piece]:
    place = first
    for stretch in stretches:
        if stretch.start >= last:
            break
        start, end = max(stretch.start, first), min(stretch.end, last)
        if start >= end:
            continue
        if place < start:
            yield Piece(text[place:start], False)
        yield Piece(text[start:end], True)
        place = end
    if place < last:
        yield Piece(text[place:last], False)


def _word_start(text: str, place: int, *, before: int) -> int:
    """Move to the start of a word, not past the first mark."""
    if place == 0:
        return 0
    found = re.compile(r"\s\S").search(text, place - 1, before + 1)
    return found.start() + 1 if found else place


def _word_end(text: str, place: int, *, after: int) -> int:
    """Move back to the end of a word, not into the first mark."""
    if place >= len(text):
        return len(text)
    space = max((found.start() for found in re.finditer(r"\s", text[after : place + 1])), default=None)
    return place if space is None else after + space
