"""What a word of a running text may be: a name, an ordinary word, or a sign that a name is near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from regietafel.monitor.engine.privacy.names import NameLists
from regietafel.monitor.engine.query.words import fold

GIVEN, SURNAME, WORD, PLACE, PARTICLE, LETTER = 1, 2, 4, 8, 16, 32
ADDRESS, OFFICE, ROLE, SPEECH, GREETING, NEARBY = 64, 128, 256, 512, 1024, 2048
FIRM, TAIL, PARTY, PUBLIC = 4096, 8192, 16384, 32768
BEGINS_IN_LOWER, BEGINS_WITH_CAPITAL = 65536, 131072  # whether it may begin, or announce, a name
_SIGNS = ADDRESS | ROLE | SPEECH | GREETING
TRIGGER = GIVEN | SURNAME | LETTER | PUBLIC | _SIGNS

CONTEXTS = {
    "aanspreekvorm": ADDRESS, "ambt": OFFICE, "rol": ROLE, "spreken": SPEECH, "groet": GREETING,
    "nabij": NEARBY, "bedrijf": FIRM, "achter de naam": TAIL, "partij": PARTY,
}  # fmt: skip
_PARTICLES = (
    "van de der den het ten ter te t el al ben bin abu ait oude olde von zu du la le di da dos op in aan vd"
).split()
_BUILDING = re.compile(
    r"\w{3,}(?:straat|laan|plein|kade|gracht|singel|dreef|steeg|school|college|lyceum|kerk|kapel|klooster"
    r"|ziekenhuis|gasthuis|stichting|fonds|museum|theater|stadion|tunnel|kanaal|toren|hotel|kazerne|moskee|vereniging|partij|festival|centrum"
    r"|toernooi|bedrijf|transport|park|weg|dijk|brug|basiliek|buurt|wijk|hof|huis|bureau|polder|groep|poort|pad|bosch|bos|markt)"
)


class Lexicon:
    """Every word that matters and what it may be, made once and asked for each text."""

    def __init__(
        self,
        names: NameLists,
        *,
        contexts: Mapping[str, Iterable[str]],
        holders: Mapping[str, bool],
    ) -> None:
        self.kinds: dict[str, int] = {}
        self._add(names.given_names, GIVEN)
        self._add(names.surnames, SURNAME)
        self._add(names.ordinary_words, WORD)
        self._add((place for place in names.places if place.isalpha()), PLACE)
        self._add(_PARTICLES, PARTICLE)
        self._add("abcdefghijklmnopqrstuvwxyz", LETTER)
        for kind, words in contexts.items():
            self._add(map(fold, words), CONTEXTS[kind])
        whole = {fold(name): is_known for name, is_known in holders.items()}
        self._add((name.rsplit(" ")[-1] for name, is_known in whole.items() if is_known), PUBLIC)
        self.public_runs = _by_first_words((*names.public_names, *names.places, *whole))
        self.public_beginnings = frozenset(first for first, _second in self.public_runs)
        for first in self.public_beginnings:
            self.kinds[first] = self.kinds.get(first, 0) | PUBLIC
        self.kinds = {word: kind | _beginning(kind) for word, kind in self.kinds.items()}
        self.likeness = names.likeness

    def _add(self, words: Iterable[str], kind: int) -> None:
        for word in words:
            self.kinds[word] = self.kinds.get(word, 0) | kind

    def is_building(self, folded: str) -> bool:
        """Tell whether a word is a street, a building or an institution, and no surname."""
        return not self.kinds.get(folded, 0) & SURNAME and _ends_as_building(folded)


def _beginning(kind: int) -> int:
    """Say whether a name may begin with this word, with and without a capital."""
    with_capital = BEGINS_WITH_CAPITAL if kind & TRIGGER else 0
    is_name = kind & GIVEN or (kind & SURNAME and not kind & (WORD | PARTICLE))
    return with_capital | (BEGINS_IN_LOWER if is_name or kind & _SIGNS else 0)


@lru_cache(maxsize=65_536)
def _ends_as_building(folded: str) -> bool:
    return _BUILDING.fullmatch(folded) is not None


def _by_first_words(names: Iterable[str]) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    runs: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for name in names:
        words = tuple(re.findall(r"[^\W_]+", name))
        if len(words) > 1:
            runs.setdefault((words[0], words[1]), []).append(words)
    return {first: sorted(found, key=len, reverse=True) for first, found in runs.items()}
