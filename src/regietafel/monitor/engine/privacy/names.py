"""Words that may be names: how they are written, and what the lists say of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from regietafel.monitor.engine.query import Term
from regietafel.monitor.engine.query.words import fold

_PARTICLES = frozenset(
    "van de der den het ten ter te t s el al ben bin abu ait von zu du la le di da dos des d l o "
    "op in aan uit onder voor".split()
)
_WORD = re.compile(r"(?P<mark>['’‘])?(?P<sign>(?<!\w)[#@])?(?P<word>\w+)(?P<dot>\.)?")
_FEWEST_LETTERS, _MISSING_AT_MOST = 4, 3


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a question as it was written: its sign (# or @), capital, dot and star."""

    written: str
    folded: str
    sign: str
    has_dot: bool
    after_apostrophe: bool
    is_prefix: bool

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital and is not an abbreviation in capitals."""
        return self.written[:1].isupper() and (len(self.written) == 1 or not self.written.isupper())

    @property
    def is_initial(self) -> bool:
        """Whether it is one letter that may stand for a given name."""
        return len(self.folded) == 1 and self.folded.isalpha() and not self.after_apostrophe and not self.sign

    @property
    def is_particle(self) -> bool:
        """Whether it may stand between given name and surname, like "van" or "de"."""
        return self.folded in _PARTICLES and not self.sign


@dataclass(frozen=True, kw_only=True)
class NameLists:
    """Facts about names, folded: given names, surnames, words that are also names, and what is public."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    ordinary_words: frozenset[str] = frozenset()
    public_functions: frozenset[str] = frozenset()
    public_names: frozenset[str] = frozenset()
    public_accounts: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def is_given(self, token: Token) -> bool:
        """Tell whether a word is a given name and nothing else."""
        return token.folded in self.given_names and token.folded not in self.ordinary_words

    def is_surname(self, token: Token) -> bool:
        """Tell whether a word is a surname and nothing else."""
        known = token.folded in self.surnames and token.folded not in self.given_names
        return known and token.folded not in self.ordinary_words and not self.is_place(token)

    def is_place(self, token: Token) -> bool:
        """Tell whether a word is the name of a place."""
        return token.folded in self.places

    def starts_surname(self, token: Token) -> bool:
        """Tell whether a beginning with a star can only mean a surname."""
        start = token.folded
        if len(start) < _FEWEST_LETTERS:
            return False
        if any(word.startswith(start) for word in self.ordinary_words | self.places | self.given_names):
            return False
        return any(
            name.startswith(start) and len(name) - len(start) <= _MISSING_AT_MOST for name in self.surnames
        )

    @cached_property
    def _public_runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(re.findall(r"\w+", name)) for name in self.public_names | self.places)

    def without_public(self, tokens: Sequence[Token]) -> list[Token]:
        """Give the words that are no part of a public name or of a place of more words."""
        longest = max(map(len, self._public_runs), default=0)
        kept: list[Token] = []
        place = 0
        while place < len(tokens):
            for length in range(min(longest, len(tokens) - place), 1, -1):
                if tuple(token.folded for token in tokens[place : place + length]) in self._public_runs:
                    place += length
                    break
            else:
                kept.append(tokens[place])
                place += 1
        return kept


def tokens_of(term: Term) -> list[Token]:
    """Cut a search term into its words as written (words).

    Args:
        term: a word or phrase of a question.

    Returns:
        Its words in order.

    Method: the same cutting as the query language, keeping capitals, dots and apostrophes.
    """
    written = unicodedata.normalize("NFC", term.written).strip('"')
    is_prefix = written.endswith("*")
    found = list(_WORD.finditer(written))
    return [
        Token(
            written=match["word"],
            folded=fold(match["word"]),
            sign=match["sign"] or "",
            has_dot=bool(match["dot"]),
            after_apostrophe=bool(match["mark"]),
            is_prefix=is_prefix and number == len(found),
        )
        for number, match in enumerate(found, start=1)
    ]
