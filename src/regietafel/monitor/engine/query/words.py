"""Words: how a text is normalised, folded and cut, the same for questions and messages.

*Normalising* composes accents (NFC), writes the ĳ ligature as two letters and drops invisible characters and
marks that compose with nothing. *Folding* a normalised text replaces every character by exactly one: its base
letter in lower case. So a place in the folded text is the same place in the normalised text.

Everything that is not a letter, digit or underscore separates words, so ``AZC-bewoners`` is two words.
A ``#`` or ``@`` that does not follow a letter belongs to its word: ``#azc`` is another word than ``azc``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

SIGNS = "#@"
_LETTERS = {"ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ı": "i"}
_LIGATURES = {"ĳ": "ij", "Ĳ": "IJ"}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")  # few in a text, so handled one by one
_WORD = re.compile(r"(?<!\w)[#@]\w+|\w+")
_WORD_KEPT = re.compile(f"({_WORD.pattern})")
_INVISIBLE_OR_MARK = frozenset({"Mn", "Me", "Cf"})


class Token(NamedTuple):
    """One word of a text: folded and as written (both with # or @ in front), and its place.

    ``start`` and ``end`` count characters of the normalised text.
    """

    folded: str
    written: str
    start: int
    end: int


class Cutting:
    """The words of a text all at once: folded, and where each starts in the normalised text.

    It cuts as ``cut`` does, in less time when all of the words are looked at.

    >>> words = Cutting("Azc in Borne")
    >>> words.folded, words.starts, list(words.written())
    (['azc', 'in', 'borne'], [0, 4, 7], ['Azc', 'in', 'Borne'])
    """

    def __init__(self, text: str) -> None:
        self.normal = normalise(text)
        self._parts = _WORD_KEPT.split(fold(self.normal))  # what stands between words, and words, in turn
        self.folded = self._parts[1::2]

    @cached_property
    def starts(self) -> list[int]:
        """Where each word starts."""
        return list(accumulate(map(len, self._parts)))[:-1:2]

    def token(self, number: int) -> Token:
        """Give one of the words as ``cut`` gives it."""
        start, folded = self.starts[number], self.folded[number]
        end = start + len(folded)
        return Token(folded, self.normal[start:end], start, end)

    def written(self) -> Iterator[str]:
        """Give the words as written."""
        placed = zip(self.starts, map(len, self.folded), strict=True)
        return (self.normal[start : start + length] for start, length in placed)


class _NormalTable(dict[str, str]):
    """Remembers what becomes of each character."""

    def __missing__(self, character: str) -> str:
        dropped = unicodedata.category(character) in _INVISIBLE_OR_MARK
        self[character] = kept = "" if dropped else _LIGATURES.get(character, character)
        return kept


class _FoldTable(dict[str, str]):
    """Remembers how each character folds."""

    def __missing__(self, character: str) -> str:
        self[character] = folded = fold_character(character)
        return folded


def fold_character(character: str) -> str:
    """Give the one character that stands for this one: its base letter in lower case."""
    if character in _LETTERS:
        return _LETTERS[character]
    parts = unicodedata.normalize("NFD", character)
    base = parts[0]
    if any(unicodedata.category(mark) != "Mn" for mark in parts[1:]):  # a Korean syllable stays whole
        base = character
    return base.lower()[0]


_NORMAL = _NormalTable()
_FOLD = _FoldTable()


def normalise(text: str) -> str:
    """Give a text with composed accents and without what cannot be seen."""
    if text.isascii():
        return text
    return _BEYOND_ASCII.sub(lambda found: _NORMAL[found[0]], unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Give a text without case, accents and invisible characters.

    >>> fold("Syriërs in ’s-Gravĳn")
    'syriers in ’s-gravijn'
    """
    if text.isascii():
        return text.lower()
    return _BEYOND_ASCII.sub(lambda found: _FOLD[found[0]], normalise(text)).lower()


def cut(text: str) -> Iterator[Token]:
    """Give the words of a text, each with its place in the normalised text."""
    normal = normalise(text)
    for match in _WORD.finditer(fold(normal)):
        start, end = match.span()
        yield Token(match.group(), normal[start:end], start, end)


def split_words(text: str) -> list[str]:
    """Cut a text into folded words; hashtags and mentions keep their sign.

    >>> split_words("#AZC-bewoners, info@hengelo.nl")
    ['#azc', 'bewoners', 'info', 'hengelo', 'nl']
    """
    return _WORD.findall(fold(text))
