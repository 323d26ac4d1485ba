"""A running text cut into words, each with what it may be and where it stands."""

from __future__ import annotations

import re
from itertools import repeat

from regietafel.monitor.engine.privacy.in_text.lexicon import LETTER, TRIGGER, Lexicon
from regietafel.monitor.engine.query.words import fold

_WORD = re.compile(r"[^\W_]+")
_BREAKS = frozenset(".!?:\n\"“”„•…")
_JOINING = frozenset({" ", "-", "‑", " '", " ’", " ‘", "- ", "\u00a0"})


class Words:
    """The words of one text; everything is asked by the number of a word."""

    __slots__ = ("folded", "kinds", "lexicon", "places", "text", "written")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.written: list[str] = _WORD.findall(text)
        if text.isascii():
            self.folded: list[str] = _WORD.findall(text.lower())
        else:
            self.folded = [word.lower() if word.isascii() else fold(word) for word in self.written]
        self.kinds: list[int] = list(map(lexicon.kinds.get, self.folded, repeat(0)))
        self.places: list[tuple[int, int]] = []

    def triggers(self) -> list[int]:
        """Give the words that may be, or announce, a name; only then are places looked up."""
        found = [
            at
            for at, kind in enumerate(self.kinds)
            if kind & TRIGGER or not (kind or self.folded[at][0] == self.written[at][0])
        ]
        if found:
            self.places = [match.span() for match in _WORD.finditer(self.text)]
        return found

    def gap(self, at: int) -> str:
        """Give what stands between a word and the one before it."""
        return self.text[self.places[at - 1][1] : self.places[at][0]] if at else ""

    def is_capital(self, at: int) -> bool:
        """Whether a word begins with a capital and is no abbreviation in capitals."""
        word = self.written[at]
        return word[0].isupper() and (len(word) == 1 or not word.isupper())

    def is_initial(self, at: int) -> bool:
        """Whether a word is a capital with a dot, or two letters of a name like Th. or Chr."""
        word = self.written[at]
        if not word[0].isupper() or (len(word) > 1 and self.folded[at] not in ("th", "chr", "ph", "ij", "joh")):
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
        gap = self.gap(at)
        return gap in _JOINING or (gap in (". ", ".", ".-") and self.is_initial(at - 1))
