"""Words that may be names: how they are written, and what the lists say of them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from regietafel.monitor.engine.privacy.likeness import Likeness
from regietafel.monitor.engine.query import Term
from regietafel.monitor.engine.query.words import fold

_PARTICLES = frozenset(
    "van de der den het ten ter te t s el al ben bin abu ait von zu du la le di da dos des d l o "
    "op in aan uit onder voor vd".split()
)
_WORD = re.compile(
    r"(?P<mark>['’‘])?(?P<sign>(?<!\w)[#@])?(?P<start>\*)?(?P<word>[\w?]+)(?P<end>\*)?(?P<dot>\.)?"
)
_FEWEST_LETTERS, _MISSING_AT_MOST = 4, 3
_FEWEST_LETTERS_PART, _LINKS = 3, ("", "s", "n", "en", "e")  # of compounds


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a question as it was written: its sign (# or @), capital, dot and wildcards."""

    written: str
    folded: str
    sign: str = ""
    has_dot: bool = False
    after_apostrophe: bool = False
    open_start: bool = False
    open_end: bool = False

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital and is not an abbreviation in capitals."""
        return self.written[:1].isupper() and (len(self.written) == 1 or not self.written.isupper())

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for more than one word."""
        return self.open_start or self.open_end or "?" in self.folded

    @property
    def is_initial(self) -> bool:
        """Whether it is one letter that may stand for a given name."""
        is_letter = len(self.folded) == 1 and (self.folded.isalpha() or self.folded == "?")
        return is_letter and not self.open_start and not self.after_apostrophe and not self.sign

    @property
    def is_particle(self) -> bool:
        """Whether it may stand between given name and surname, like "van" or "de"."""
        is_open = self.open_start or self.open_end or self.folded == "?"
        return not self.sign and not is_open and bool(self.fitting(_PARTICLES))

    def fitting(self, words: Iterable[str]) -> list[str]:
        """Give the words of a list that this one may stand for."""
        if not self.is_pattern:
            return [self.folded] if self.folded in words else []
        middle = ".".join(map(re.escape, self.folded.split("?")))
        fits = re.compile(".*" * self.open_start + middle + ".*" * self.open_end)
        return [word for word in words if fits.fullmatch(word)]


@dataclass(frozen=True, kw_only=True)
class NameLists:
    """Facts about names, folded: given names, surnames, words that are also names, and what is public."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    ordinary_words: frozenset[str] = frozenset()
    public_functions: frozenset[str] = frozenset()
    public_offices: frozenset[str] = frozenset()
    public_names: frozenset[str] = frozenset()
    public_accounts: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    parts_of_streets: frozenset[str] = frozenset()

    @cached_property
    def likeness(self) -> Likeness:
        """What misspelt words stand for."""
        return Likeness(
            given=self.given_names, surnames=self.surnames, words=self.ordinary_words, places=self.places
        )

    def may_be_given(self, token: Token) -> bool:
        """Tell whether a word is, or with its wildcards may be, a given name."""
        return bool(self._fitting(token, "given_names"))

    def may_be_surname(self, token: Token) -> bool:
        """Tell whether a word is, or with its wildcards may be, a surname."""
        return bool(self._fitting(token, "surnames"))

    def is_ordinary(self, token: Token) -> bool:
        """Tell whether a word is, or with its wildcards may be, an ordinary word."""
        return bool(self._fitting(token, "ordinary_words"))

    def is_compound(self, word: str) -> bool:
        """Tell whether a folded word is two ordinary words, perhaps with a letter between."""
        words = self.ordinary_words
        cuts = range(_FEWEST_LETTERS_PART, len(word) - _FEWEST_LETTERS_PART + 1)
        return any(
            word[cut:] in words and any(word[:cut].removesuffix(link) in words for link in _LINKS)
            for cut in cuts
        )

    def is_place(self, token: Token) -> bool:
        """Tell whether a word is the name of a place."""
        return bool(self._fitting(token, "places"))

    def is_given(self, token: Token) -> bool:
        """Tell whether a word is a given name and nothing else."""
        return self.may_be_given(token) and not self.is_ordinary(token)

    def is_surname(self, token: Token) -> bool:
        """Tell whether a word can only be a surname."""
        if token.is_pattern and not self._is_narrow(token):
            return False
        others = self.may_be_given(token) or self.is_ordinary(token) or self.is_place(token)
        return not others and self.may_be_surname(token)

    def _is_narrow(self, token: Token) -> bool:
        """Whether the wildcards leave little open: a surname with a few letters missing at the end."""
        letters = token.folded.replace("?", "")
        if len(letters) < _FEWEST_LETTERS:
            return False
        closed = Token(token.written, token.folded, open_end=True)
        most = len(token.folded) + _MISSING_AT_MOST
        return any(len(name) <= most for name in self._fitting(closed, "surnames"))

    def _fitting(self, token: Token, kind: str) -> Sequence[str]:
        """Give the words of a list that a word may stand for; a beginning is found by its place in order."""
        if not token.open_end or token.open_start or "?" in token.folded:
            return token.fitting(getattr(self, kind))
        words, start = self._sorted[kind], token.folded
        return words[bisect_left(words, start) : bisect_left(words, f"{start}\U0010ffff")]

    @cached_property
    def _sorted(self) -> dict[str, list[str]]:
        return {
            kind: sorted(getattr(self, kind))
            for kind in ("given_names", "surnames", "ordinary_words", "places")
        }

    @cached_property
    def public_runs(self) -> frozenset[tuple[str, ...]]:
        """The words of every public name of more words."""
        return frozenset().union(*self._public_runs.values())

    @cached_property
    def beginnings_of_public_names(self) -> frozenset[str]:
        """The first words of public names, such as the given names that streets bear."""
        return frozenset(run[0] for run in self.public_runs)

    @cached_property
    def _public_runs(self) -> dict[int, frozenset[tuple[str, ...]]]:
        runs = {tuple(re.findall(r"\w+", name)) for name in self.public_names | self.places}
        return {
            length: frozenset(run for run in runs if len(run) == length)
            for length in sorted(set(map(len, runs)) - {0, 1}, reverse=True)
        }

    def without_public(self, tokens: Sequence[Token]) -> list[Token]:
        """Give the words that are no part of a public name or of a place of more words."""
        kept: list[Token] = []
        place = 0
        while place < len(tokens):
            step = next((n for n in self._public_runs if self._is_public(tokens[place : place + n], n)), 0)
            if not step:
                kept.append(tokens[place])
            place += step or 1
        return kept

    def _is_public(self, tokens: Sequence[Token], length: int) -> bool:
        runs = self._public_runs[length]
        if len(tokens) < length or not any(token.is_pattern for token in tokens):
            return tuple(token.folded for token in tokens) in runs
        return any(all(one.fitting((word,)) for one, word in zip(tokens, run, strict=True)) for run in runs)


def tokens_of(term: Term) -> list[Token]:
    """Cut a search term into its words as written (words).

    Args:
        term: a word or phrase of a question, with the name of its field in front if it has one.

    Returns:
        Its words in order.

    Method: the same cutting as the query language, keeping capitals, dots, apostrophes and wildcards.
    """
    written = unicodedata.normalize("NFC", term.written)
    return [_token(match) for match in _WORD.finditer(written.removeprefix(f"{term.zone}:"))]


def _token(match: re.Match[str]) -> Token:
    return Token(
        written=match["word"],
        folded=fold(match["word"]),
        sign=match["sign"] or "",
        has_dot=bool(match["dot"]),
        after_apostrophe=bool(match["mark"]),
        open_start=bool(match["start"]),
        open_end=bool(match["end"]),
    )
