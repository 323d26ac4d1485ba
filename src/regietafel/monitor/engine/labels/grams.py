"""What a classifier sees of a text: pieces of words as numbers, from which no word can be read back.

A word is cut into runs of three to five letters, its edges included, and each run becomes one of 2^18
numbers. The words themselves live only as long as a batch of texts is being read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
from scipy import sparse

BUCKETS = 2**18
SHORTEST, LONGEST = 3, 5
_LONGEST_WORD = 40
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_MASK = re.compile(r"\[[a-z-]+\]")  # what masking left behind says nothing about the subject
_NUMBER = re.compile(r"\d+")
_STRETCHED = re.compile(r"(.)\1{2,}")
_WORD = re.compile(r"\w+|[?!]|[\u2600-\u27bf\U0001f300-\U0001faff]")

Matrix = Any  # scipy knows no types of its own


def words_in(text: str) -> list[str]:
    """Cut a text into words, question and exclamation marks and emoji; links and masks fall away."""
    plain = unicodedata.normalize("NFC", text).lower()
    plain = _NUMBER.sub("0", _MASK.sub(" ", _LINK.sub(" ", plain)))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(_STRETCHED.sub(r"\1\1", plain))]


def grams_of(word: str) -> list[int]:
    """Give the numbers of the runs of a word, with a space on either side as its edges."""
    padded = f" {word} "
    return [
        crc32(padded[start : start + length].encode()) % BUCKETS
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(padded) - length + 1)
    ]


@dataclass(frozen=True)
class ReadTexts:
    """A batch of texts: which words each holds, and which numbers each word gives."""

    words: tuple[str, ...]
    word_counts: Matrix  # texts × words
    word_grams: Matrix  # words × buckets

    @cached_property
    def counts(self) -> Matrix:
        """How often each number occurs in each text (texts × buckets)."""
        return (self.word_counts @ self.word_grams).tocsr()


def read_texts(texts: Sequence[str]) -> ReadTexts:
    """Read a batch of texts."""
    known: dict[str, int] = {}
    places: list[int] = []
    ends = [0]
    for text in texts:
        places += [known.setdefault(word, len(known)) for word in words_in(text)]
        ends.append(len(places))
    return ReadTexts(
        tuple(known), _counted(places, ends, width=len(known)), _counted(*_grams(known), width=BUCKETS)
    )


def _grams(words: dict[str, int]) -> tuple[list[int], list[int]]:
    numbers: list[int] = []
    ends = [0]
    for word in words:
        numbers += grams_of(word)
        ends.append(len(numbers))
    return numbers, ends


def _counted(places: list[int], ends: list[int], *, width: int) -> Matrix:
    """Count how often each place occurs in each row."""
    ones = np.ones(len(places), dtype=np.float32)
    shape = (len(ends) - 1, width)
    counted = sparse.csr_matrix((ones, np.array(places, np.int32), np.array(ends, np.int32)), shape=shape)
    counted.sum_duplicates()
    return counted


@dataclass(frozen=True, slots=True)
class Weighing:
    """Which numbers count, and how rare each was among the texts that were learned from."""

    buckets: np.ndarray
    rarity: np.ndarray

    def features(self, counts: Matrix) -> Matrix:
        """Weigh counts: often but not endlessly, the rare more; every text of length 1 (texts × numbers)."""
        weighed = counts[:, self.buckets].astype(np.float32)
        weighed.data = 1 + np.log(weighed.data)
        weighed = weighed.multiply(self.rarity).tocsr()
        lengths = np.sqrt(weighed.multiply(weighed).sum(axis=1)).A1
        return sparse.diags_array(1 / np.maximum(lengths, 1e-12)).astype(np.float32) @ weighed


def weighing_of(counts: Matrix, *, fewest: int = 2) -> Weighing:
    """Keep the numbers that occur in at least some texts, so that one message leaves nothing of its own."""
    seen = np.bincount(counts.indices, minlength=BUCKETS)
    buckets = np.flatnonzero(seen >= fewest).astype(np.int32)
    rarity = np.log((1 + counts.shape[0]) / (1 + seen[buckets])) + 1
    return Weighing(buckets, rarity.astype(np.float32))
