"""Finding the texts about someone who asks what is kept of him or her; used for nothing else.

Words are compared as they look: without case and accents, with look-alike letters and digits taken for each
other, and with any signs between the parts of a name. A person judges every hit, so too many is better than
one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from regietafel.monitor.engine.query.words import fold

FEWEST_LETTERS, MOST_WORDS, LONGEST = 3, 10, 200
_PARTS = re.compile(r"[^\W_]+")
_ALIKE = {
    **dict(zip("0134578|l", "oieastbii", strict=True)),
    **dict(zip("аеорсухіјѕкмтнвԁɡ", "aeopcyxijskmthbdg", strict=True)),
    **dict(zip("αοεικνρτυχβη", "aoeikvptuxbn", strict=True)),
    **{chr(code): chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)},
}
_TABLE = str.maketrans({sign: _ALIKE.get(plain, plain) for sign, plain in _ALIKE.items()})


class Stretch(NamedTuple):
    """A stretch of a normalised text, from its first character to the one after its last."""

    start: int
    end: int


class TooShort(ValueError):
    """What is sought has so few letters that it would be found nearly everywhere."""


@dataclass(frozen=True, slots=True)
class _Words:
    parts: tuple[str, ...]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to look for, made ready; they live as long as one search."""

    _words: tuple[_Words, ...]

    def stretches(self, text: str) -> tuple[Stretch, ...]:
        """Give where any of the words stand in a text (stretches).

        Args:
            text: a title or text.

        Returns:
            Stretches of the normalised text, in order and without overlap.

        Method: a first look for the first part of each word, then a pattern with word edges.

        >>> sought(["jan de vries"]).stretches("Volgens J\u00e1n-de Vri\u0435s klopt het niet")
        (Stretch(start=8, end=20),)
        """
        looks = as_it_looks(text)
        found = [
            Stretch(*match.span())
            for words in self._words
            if all(part in looks for part in words.parts)
            for match in words.pattern.finditer(looks)
        ]
        return tuple(_apart(sorted(found)))


def _apart(stretches: list[Stretch]) -> Iterable[Stretch]:
    last = 0
    for stretch in stretches:
        if stretch.start >= last:
            yield stretch
            last = stretch.end


def as_it_looks(text: str) -> str:
    """Give a text with every character replaced by the letter it looks like (text).

    Args:
        text: any text.

    Returns:
        As many characters as the normalised text has.

    Method: folding of ``query.words``, then a table of look-alikes: digits, Cyrillic, Greek, full width.

    >>> as_it_looks("P13t J\\u0430nsen")
    'piet jansen'
    """
    return fold(text).translate(_TABLE)


def sought(words: Iterable[str]) -> Sought:
    """Make words ready to be looked for (words).

    Args:
        words: names, accounts, addresses or numbers of one person, as someone typed them.

    Returns:
        The words, ready.

    Raises:
        TooShort: one of them has fewer than three letters or digits.

    Method: the parts of each, with any signs or none between them, as whole words.

    >>> bool(sought(["@jan_jansen"]).stretches("dat zei Jan Jansen ook"))
    True
    >>> sought(["j."])
    Traceback (most recent call last):
    regietafel.monitor.engine.seeking.TooShort: j.
    """
    return Sought(tuple(_ready(each[:LONGEST]) for each in words))


def _ready(written: str) -> _Words:
    parts = tuple(_PARTS.findall(as_it_looks(written)))
    if sum(map(len, parts)) < FEWEST_LETTERS:
        raise TooShort(written)
    between = r"[\W_]*".join(map(re.escape, parts))
    return _Words(parts, re.compile(rf"(?<![^\W_]){between}(?![^\W_])"))
