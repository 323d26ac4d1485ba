"""Misspelt names: words that sound like a name on the lists, or differ from one by a single letter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

_SOUNDS = (
    (re.compile(r"sch|sj|sh"), "S"), (re.compile(r"tch|tsj"), "C"), (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q|kh|c(?![hei])"), "k"), (re.compile(r"x"), "ks"), (re.compile(r"th|dt"), "t"),
    (re.compile(r"ij|ei|y"), "i"), (re.compile(r"ie"), "i"), (re.compile(r"oe|ou|oo"), "u"),
    (re.compile(r"au"), "u"), (re.compile(r"z"), "s"), (re.compile(r"v|w"), "f"),
    (re.compile(r"h(?=[^aeiou]|$)"), ""),
    (re.compile(r"(.)\1+"), r"\1"), (re.compile(r"d$"), "t"), (re.compile(r"b$"), "p"),
)  # fmt: skip
_FEWEST_SOUND, _FEWEST_LETTER = 3, 4
_MOST_REMEMBERED = 20_000


def sound_of(word: str) -> str:
    """Give how a folded word roughly sounds: doubled letters single, spellings of one sound the same.

    >>> sound_of("jannsen") == sound_of("jansen"), sound_of("yilmaz") == sound_of("yilmas")
    (True, True)
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


class Likeness:
    """Finds the name that a misspelt word stands for; ordinary words and places stand for themselves."""

    def __init__(
        self,
        *,
        given: frozenset[str],
        surnames: frozenset[str],
        words: frozenset[str],
        places: frozenset[str],
    ) -> None:
        self._given_names, self._surname_list = given, surnames
        self._words, self._others = words, words | places
        self._full_names: dict[tuple[str, str], bool] = {}

    def is_full_name(self, given: str, surname: str) -> bool:
        """Tell whether two words are a given name and a surname, of which one or both are misspelt.

        >>> like = Likeness(
        ...     given=frozenset({"jan"}), surnames=frozenset({"jansen"}), words=frozenset({"jaar"}),
        ...     places=frozenset(),
        ... )
        >>> like.is_full_name("jann", "jannsen"), like.is_full_name("jaar", "jansen")
        (True, False)
        """
        pair = (given, surname)
        if pair not in self._full_names:
            if len(self._full_names) >= _MOST_REMEMBERED:
                self._full_names.clear()
            self._full_names[pair] = self._is_full_name(given, surname)
        return self._full_names[pair]

    def _is_full_name(self, given: str, surname: str) -> bool:
        """One half may differ by a letter when the other half is, or sounds like, a name."""
        is_word = surname in self._others and surname in self._surname_list  # Hendirk Bakker
        if not self._may_be_misspelt(given) or not (is_word or self._may_be_misspelt(surname)):
            return False
        is_given, is_surname = bool(self.given(given)), is_word or bool(self.surname(surname))
        if is_given and is_surname:
            return True
        return (is_given and bool(self.surname(surname, letters_off=1))) or (
            is_surname and bool(self.given(given, letters_off=1))
        )

    def _may_be_misspelt(self, word: str) -> bool:
        return len(word) >= _FEWEST_SOUND and word not in self._others and word.isalpha()

    def given(self, word: str, *, letters_off: int = 0) -> str:
        """Give the given name that a word sounds like, or is a letter away from; "" for none."""
        return _like(word, self._given, letters_off=letters_off)

    def surname(self, word: str, *, letters_off: int = 0) -> str:
        """Give the surname that a word sounds like, or is a letter away from; "" for none."""
        return _like(word, self._surnames, letters_off=letters_off)

    @cached_property
    def _given(self) -> dict[str, str]:
        return _by_sound(self._given_names - self._words)

    @cached_property
    def _surnames(self) -> dict[str, str]:
        return _by_sound(self._surname_list - self._words)


def _like(word: str, sounds: Mapping[str, str], *, letters_off: int) -> str:
    sound = sound_of(word)
    found = sounds.get(sound, "")
    if found or not letters_off or len(sound) < _FEWEST_LETTER:
        return found
    return next(filter(None, map(sounds.get, _one_letter_off(sound))), "") or ""


def _by_sound(words: frozenset[str]) -> dict[str, str]:
    return {sound_of(word): word for word in sorted(words) if len(word) >= _FEWEST_SOUND}


_LETTERS = "abcdefghijklmnoprstuSC"


def _one_letter_off(sound: str) -> list[str]:
    """Give every way to drop, swap, add or replace one letter, but never the first."""
    cuts = [(sound[:at], sound[at:]) for at in range(1, len(sound) + 1)]
    dropped = [before + after[1:] for before, after in cuts if after]
    swapped = [before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1]
    added = [before + letter + after for before, after in cuts for letter in _LETTERS]
    replaced = [before + letter + after[1:] for before, after in cuts if after for letter in _LETTERS]
    return dropped + swapped + added + replaced
