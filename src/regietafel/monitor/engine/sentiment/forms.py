"""The forms of a Dutch adjective, so that a list of base forms also knows boze, bozer and boost."""

from __future__ import annotations

import re

_LONG = re.compile(r"(.*[^aeiou])?(aa|ee|oo|uu)([bdfgklmnprstz])")
_SHORT = re.compile(r"(?:.*[^aeiou])?[aeiou]([bdfgklmnprst])")
_ENDINGS = ("e", "er", "ere")
_LAST_SOFT = {"f": "v", "s": "z"}
_NO_DOUBLING = ("ig", "lijk", "isch", "es", "er", "el", "en")
_FEWEST_LETTERS = 3


def adjective_forms(word: str) -> tuple[str, ...]:
    """Give the inflected forms of an adjective (forms).

    Args:
        word: base form, folded (lower case without accents), such as ``boos``.

    Returns:
        The form with -e, the comparative with and without -e, and the superlative with and without -e.
        Words of fewer than three letters, and words that already end in a vowel, have none.

    Method: the spelling rules for long and short vowels and for f/v and s/z at the end of a syllable; where
        both a soft and a hard consonant are possible (kaal, boos, vals) both are given.

    >>> adjective_forms("boos")[:2], "slechter" in adjective_forms("slecht")
    (('boze', 'bozer'), True)
    >>> "dikke" in adjective_forms("dik"), adjective_forms("nee")
    (True, ())
    """
    if len(word) < _FEWEST_LETTERS or word[-1] in "aeiou" or not word.isalpha():
        return ()
    stems = _stems(word)
    inflected = [stem + ending for stem in stems for ending in _ENDINGS]
    highest = word + ("t" if word.endswith("s") else "st")
    after_r = [f"{word}der", f"{word}dere"] if word.endswith("r") else []
    return tuple(dict.fromkeys([*inflected, *after_r, highest, f"{highest}e"]))


def _stems(word: str) -> list[str]:
    """Give what endings are put behind: booz-, slecht-, dikk-."""
    if found := _LONG.fullmatch(word):
        begin, vowels, last = found[1] or "", found[2], found[3]
        soft = _LAST_SOFT.get(last)
        return [begin + vowels[0] + letter for letter in ([soft, last] if soft else [last])]
    if word.endswith(_NO_DOUBLING) and len(word) > _FEWEST_LETTERS + 1:
        return [word]
    if found := _SHORT.fullmatch(word):
        return [word + found[1]]
    soft = _LAST_SOFT.get(word[-1])
    return [word[:-1] + soft, word] if soft else [word]
