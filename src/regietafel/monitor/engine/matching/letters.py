"""Texts as bytes: every folded letter one byte, so that a scanner can take eight letters at once.

Only what folds to Latin has such a byte. A text with any other letter, or with loose accents, is marked: the
reader that works on characters then reads it, so no letter is ever taken for another.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from regietafel.monitor.engine.query.tree import Word
from regietafel.monitor.engine.query.words import fold_character, normalise

BREAK, STRANGE, HASH, AT, GAP, DROPPED, PAIR = range(7)
BREAK_SIGN = "\x00"
FEWEST_LETTER = 7  # every higher byte is a letter, digit or underscore
_STRANGE_BYTE = 0x81  # a control character that no text needs
_SIGNS = {"#": HASH, "@": AT}
_SET = {BREAK_SIGN: BREAK, chr(_STRANGE_BYTE): STRANGE, **_SIGNS}
_KNOWN = (range(0x3000), range(0xFE00, 0xFE10), range(0x1F000, 0x1FC00))
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})
_HANDLER = "regietafel.fold"


def code_of(character: str) -> int:
    """Give the byte of a folded character, or what it means for the text."""
    if character in _SET:
        return _SET[character]
    category = unicodedata.category(character)
    if category in _INVISIBLE:  # an accent may still join its letter; what else is invisible joins nothing
        return DROPPED if category == "Cf" or "\ufe00" <= character <= "\ufe0f" else STRANGE
    normal = normalise(character)
    if len(normal) != 1:
        return PAIR if normal.lower() == "ij" else STRANGE
    folded = fold_character(normal)
    if not re.fullmatch(r"\w", folded):
        return GAP
    return ord(folded) if ord(folded) < 256 else STRANGE


_LATIN = bytes(GAP if (code := code_of(chr(byte))) == DROPPED else code for byte in range(256))
_DROPPED_LATIN = bytes(byte for byte in range(256) if code_of(chr(byte)) == DROPPED)
_WORD_BYTES = frozenset(byte for byte in _LATIN if byte >= FEWEST_LETTER)
WORD_BYTES = tuple(sorted(_WORD_BYTES))


@cache
def _latin(character: str) -> bytes:
    """Give the Latin text in whose place a character may be put, for the letters that come after Latin."""
    code = code_of(character)
    if code >= FEWEST_LETTER:
        return bytes([code])
    return {DROPPED: b"", PAIR: b"ij", GAP: b" "}.get(code, bytes([_STRANGE_BYTE]))


def _replaced(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return b"".join(map(_latin, error.object[error.start : error.end])), error.end


codecs.register_error(_HANDLER, _replaced)


def folded_bytes(text: str) -> bytes:
    """Give a text as folded bytes."""
    return text.encode("latin-1", _HANDLER).translate(_LATIN, _DROPPED_LATIN)


def sign_byte(word: Word) -> int:
    """Give what stands before a word in folded bytes: its sign, or a gap."""
    return _SIGNS.get(word.sign, GAP)


def word_bytes(word: Word) -> bytes | None:
    """Give a word as it stands in folded bytes, its sign (or a gap) first; None when it has other letters."""
    sign = sign_byte(word)
    try:
        letters = word.letters.encode("latin-1")
    except UnicodeEncodeError:
        return None
    return bytes([sign]) + letters if _WORD_BYTES.issuperset(letters) else None


def written_word(found: bytes) -> str:
    """Give a word of folded bytes, its sign or gap first, as letters again."""
    sign = {HASH: "#", AT: "@"}.get(found[0], "")
    return sign + found[1:].decode("latin-1")


@cache
def code_points() -> np.ndarray:
    """Give the code of every character up to the last pictures; what is not looked up is strange."""
    codes = np.full(0x1FC00, STRANGE, dtype=np.uint8)
    for known in _KNOWN:
        codes[known.start : known.stop] = [code_of(chr(point)) for point in known]
    return codes


def without_breaks(texts: Iterable[str]) -> list[str]:
    """Give texts without the sign that we put between texts."""
    return [text.replace(BREAK_SIGN, " ") for text in texts]


def joined(texts: Sequence[str]) -> str:
    """Join texts with a break before, between and after them; a text may hold a break of its own."""
    return BREAK_SIGN.join(["", *texts, ""])
