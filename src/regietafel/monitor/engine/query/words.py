"""Words: how a text is folded and cut, the same for questions and messages.

Folding drops case and accents, writes the ĳ ligature as two letters and removes invisible characters.
Everything that is not a letter, digit or underscore separates words, so ``AZC-bewoners`` is two words.
A ``#`` or ``@`` that does not follow a letter belongs to its word: ``#azc`` is another word than ``azc``.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {"ĳ": "ij", "Ĳ": "ij", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ł": "l", "Ł": "l", "ı": "i"}
_WORD = re.compile(r"(?<!\w)[#@]\w+|\w+")
_INVISIBLE_OR_MARK = frozenset({"Mn", "Cf"})
BREAK = ""  # the word that stands between title and text: no phrase reaches across it


def fold_character(character: str) -> str:
    """Give one character without case and accent; nothing for marks and invisible characters."""
    if character in _LETTERS:
        return _LETTERS[character]
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if unicodedata.category(part) not in _INVISIBLE_OR_MARK).lower()


class _FoldTable(dict[int, str]):
    """Remembers how each character folds, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        # Folding twice: the lower case of a letter may carry a mark of its own (Turkish İ).
        folded = "".join(map(fold_character, fold_character(chr(code))))
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Give a text without case, accents and invisible characters.

    >>> fold("Syriërs in ’s-Gravĳn")
    'syriers in ’s-gravijn'
    """
    return text.lower() if text.isascii() else text.translate(_FOLD)


def split_words(text: str) -> list[str]:
    """Cut a text into folded words; hashtags and mentions keep their sign.

    >>> split_words("#AZC-bewoners, info@hengelo.nl")
    ['#azc', 'bewoners', 'info', 'hengelo', 'nl']
    """
    return _WORD.findall(fold(text))


def split_message(title: str, text: str) -> list[str]:
    """Cut title and text into one run of words with a break between them."""
    if not text:
        return split_words(title)
    return [*split_words(title), BREAK, *split_words(text)]
