"""Names of persons in texts, so that they are left out before words are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from regietafel.monitor.engine.privacy import NameLists
from regietafel.monitor.engine.privacy.names import Token
from regietafel.monitor.engine.query.words import fold, normalise

_WORD = re.compile(r"[^\W\d_]+\.?")
_PARTICLES = frozenset("van de der den het ten ter te el al ben von d l du la le di".split())
_REACH = 3
_REMEMBERED = 50_000
GIVEN, SURNAME, INITIAL = "voornaam", "achternaam", "voorletter"


def name_words(texts: Iterable[str], *, names: NameLists) -> frozenset[str]:
    """Give the words of texts that are part of the name of a person (words).

    Args:
        texts: headlines and texts.
        names: facts about names, and what is public.

    Returns:
        Folded words: given names and surnames that are nothing else, and what is written with a capital
        behind a given name or initials. A place, an ordinary word and a public name stay.

    Method: own patterns of Dutch names on the lists of the person guard; who shows words leaves out all of
        them, also names of who holds an office, so that words never lead to a person.

    >>> lists = NameLists(given_names=frozenset({"jan"}), surnames=frozenset(), places=frozenset({"borne"}))
    >>> sorted(name_words(["Volgens Jan van Zeldamme gaat Borne door"], names=lists))
    ['jan', 'zeldamme']
    """
    judge = _Names(names)
    found: set[str] = set()
    for text in texts:
        found |= judge.of(text)
    return frozenset(found)


class _Names:
    """Judges words with one set of lists, remembering what it judged."""

    def __init__(self, names: NameLists) -> None:
        self._names = names
        self._kind = lru_cache(maxsize=_REMEMBERED)(self._kind_of)
        self._token = lru_cache(maxsize=_REMEMBERED)(_token)

    def of(self, text: str) -> set[str]:
        """Give the words of one text that are part of a name."""
        found: set[str] = set()
        words = [self._token(written) for written in _WORD.findall(normalise(text))]
        if not any(self._kind(word) for word in words):
            return found
        words = self._names.without_public(words)
        for place, word in enumerate(words):
            kind = self._kind(word)
            if kind in (GIVEN, SURNAME):
                found.add(word.folded)
            if kind in (GIVEN, INITIAL):
                found |= self._surname(words, place)
        return found

    def _surname(self, words: list[Token], place: int) -> set[str]:
        """Give what is written with a capital behind a given name, past its particles."""
        for word in words[place + 1 : place + 1 + _REACH + 1]:
            if word.folded in _PARTICLES or self._kind(word) == INITIAL:
                continue
            return {word.folded} if word.is_capital and not self._is_else(word.folded) else set()
        return set()

    def _is_else(self, folded: str) -> bool:
        names = self._names
        return folded in names.ordinary_words or folded in names.places or folded in names.public_functions

    def _kind_of(self, word: Token) -> str:
        """Tell what a word is: GIVEN, SURNAME, INITIAL or "" when nothing of a name."""
        if not word.written[:1].isupper() or self._is_else(word.folded):
            return ""
        if word.has_dot and len(word.written) == 1:
            return INITIAL
        if self._names.is_given(word):
            return GIVEN
        return SURNAME if self._names.is_surname(word) else ""


def _token(found: str) -> Token:
    written = found.rstrip(".")
    return Token(written, fold(written), has_dot=written != found)
