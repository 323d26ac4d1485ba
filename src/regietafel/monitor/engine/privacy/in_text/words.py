"""A running text cut into words, each with what it may be and where it stands."""

from __future__ import annotations

import re
from itertools import repeat
from operator import ne

from regietafel.monitor.engine.privacy.in_text.lexicon import (
    BEGINS_IN_LOWER,
    BEGINS_WITH_CAPITAL,
    LETTER,
    Lexicon,
)
from regietafel.monitor.engine.query.words import fold

_WORD = re.compile(r"\w+")
_BREAKS = frozenset('.!?:\n"“”„•…')
_LONG_INITIALS = frozenset({"th", "chr", "ph", "ij", "joh"})
_BEHIND_INITIAL = frozenset({". ", ".", ".-"})
_JOINING = frozenset({" ", "-", "‑", " '", " ’", " ‘", "- ", "\u00a0"})


class Words:
    """The words of one text; everything is asked by the number of a word.

    ``capitals`` says which words hold a capital anywhere.
    """

    __slots__ = ("capitals", "folded", "kinds", "lexicon", "places", "text", "written")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.written: list[str] = _WORD.findall(text)
        self.folded: list[str] = list(map(str.lower, self.written))
        self.capitals: list[bool] = list(map(ne, self.written, self.folded))
        if not text.isascii():
            self.folded = [word if word.isascii() else fold(word) for word in self.folded]
        self.kinds: list[int] = list(map(lexicon.kinds.get, self.folded, repeat(0)))
        self.places: list[tuple[int, int]] = []

    def triggers(self) -> list[int]:
        """Give the words that may be, or announce, a name; only then are places looked up."""
        found = [
            at
            for at, (kind, is_capital) in enumerate(zip(self.kinds, self.capitals, strict=True))
            if (kind & BEGINS_WITH_CAPITAL or not kind if is_capital else kind & BEGINS_IN_LOWER)
        ]
        if found:
            self.place_all()
        return found

    def place_all(self) -> list[tuple[int, int]]:
        """Look up where each word stands, once."""
        if not self.places:
            self.places = [match.span() for match in _WORD.finditer(self.text)]
        return self.places

    def gap(self, at: int) -> str:
        """Give what stands between a word and the one before it."""
        return self.text[self.places[at - 1][1] : self.places[at][0]] if at else ""

    def is_capital(self, at: int) -> bool:
        """Whether a word begins with a capital and is no abbreviation in capitals."""
        if not self.capitals[at]:
            return False
        word = self.written[at]
        return word[0].isupper() and (len(word) == 1 or not word.isupper())

    def is_initial(self, at: int) -> bool:
        """Whether a word is a capital with a dot, or two letters of a name like Th. or Chr."""
        if not self.capitals[at] or (len(self.written[at]) > 1 and self.folded[at] not in _LONG_INITIALS):
            return False
        end = self.places[at][1]
        return self.text[end : end + 1] == "."

    def begins_sentence(self, at: int) -> bool:
        """Whether a capital may be there only because a sentence begins."""
        if at == 0:
            return True
        if len(self.written[at - 1]) == 1 and self.kinds[at - 1] & LETTER:
            return "\n" in self.gap(at)
        return not _BREAKS.isdisjoint(self.gap(at))

    def is_joined(self, at: int) -> bool:
        """Whether a word goes on where the one before it ended, within one name."""
        if not 0 < at < len(self.written):
            return False
        gap = self.text[self.places[at - 1][1] : self.places[at][0]]
        if gap == " " or gap in _JOINING:
            return True
        return gap in _BEHIND_INITIAL and self.is_initial(at - 1)
