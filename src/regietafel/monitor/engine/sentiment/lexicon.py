"""The word lists to look words up in: what a word weighs, and what it does to the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from regietafel.monitor.engine.query.words import fold
from regietafel.monitor.engine.sentiment.forms import adjective_forms

NEGATION, STRONGER, WEAKER = "ontkenning", "versterking", "afzwakking"
UP, DOWN, END = "op", "neer", "einde"
GAP = "…"
GENERAL, OF_SIGNS, ZEROED = "pattern", "tekens", "genuld"
_REMEMBERED = 200_000
_SHARE_OF_UNSURE = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A word of a list, from -1 to 1; of a topic also whether more of it is good (1) or bad (-1)."""

    word: str
    polarity: float
    origin: str
    more_is: int = 0
    is_adjective: bool = False
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Adverb:
    """A word that changes what the word after it weighs: NEGATION, STRONGER or WEAKER, and by how much."""

    word: str
    kind: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLists:
    """The lists as they are kept; a ``*`` stands for any letters, ``…`` for other words between two.

    ``never`` are words that never count, whatever another list says of them (where people come from, what
    they believe, the colour of their skin).
    """

    rated: tuple[Rated, ...]
    directions: Mapping[str, str] = field(default_factory=dict)
    adverbs: tuple[Adverb, ...] = ()
    signs: Mapping[str, float] = field(default_factory=dict)
    never: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is known of one word or phrase; None and "" where a list says nothing of it."""

    rated: Rated | None = None
    direction: str = ""
    adverb: Adverb | None = None


NOTHING = Meaning()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are one: what follows the first word, whether others may stand between, and the meaning."""

    rest: tuple[str, ...]
    has_gap: bool
    meaning: Meaning


class Lexicon:
    """Looks up folded words; it remembers what it looked up and forgets all when that grows too large."""

    def __init__(self, lists: WordLists) -> None:
        self._words: dict[str, Meaning] = {}
        self._begins: dict[int, dict[str, Meaning]] = {}
        self._ends: dict[int, dict[str, Meaning]] = {}
        self._inside: list[tuple[str, Meaning]] = []
        self._phrases: dict[str, list[Phrase]] = {}
        self._known: dict[str, Meaning] = {}
        self.signs = frozenset(map(fold, lists.signs))
        for written, meaning in _meanings(lists):
            self._add(written, meaning)
        for sign, polarity in lists.signs.items():
            self._words[fold(sign)] = Meaning(Rated(word=sign, polarity=polarity, origin=OF_SIGNS))
        for word in lists.never:
            self._silence(word)
        for options in self._phrases.values():
            options.sort(key=lambda phrase: -len(phrase.rest))

    def _silence(self, word: str) -> None:
        """Let a word, in all its forms, weigh nothing."""
        nothing = Meaning(Rated(word=word, polarity=0.0, origin=ZEROED))
        *before, last = _parts(word)
        for form in (last, *adjective_forms(last)):
            if before:
                self._phrases.setdefault(before[0], []).insert(0, Phrase((*before[1:], form), False, nothing))
            else:
                self._words[form] = nothing

    def _add(self, written: str, meaning: Meaning) -> None:
        words = _parts(written)
        if len(words) > 1:
            rest = tuple(word for word in words[1:] if word != GAP)
            self._phrases.setdefault(words[0], []).append(Phrase(rest, GAP in words, meaning))
        elif "*" in written:
            self._add_pattern(words[0], meaning)
        else:
            self._words[words[0]] = _joined(self._words.get(words[0], NOTHING), meaning)
            if meaning.rated and meaning.rated.is_adjective:
                for form in adjective_forms(words[0]):
                    self._words.setdefault(form, meaning)

    def _add_pattern(self, word: str, meaning: Meaning) -> None:
        part = word.strip("*")
        if word.startswith("*") and word.endswith("*"):
            self._inside.append((part, meaning))
            return
        table = self._ends if word.startswith("*") else self._begins
        same = table.setdefault(len(part), {})
        same[part] = _joined(same.get(part, NOTHING), meaning)

    def look_up(self, word: str) -> Meaning:
        """Give what is known of one folded word; the longest beginning or end that fits counts."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._look_up(word)
        return known

    def _look_up(self, word: str) -> Meaning:
        exact = self._words.get(word, NOTHING)
        if exact.rated is not None and exact.rated.origin != GENERAL:
            return exact
        fitting = self._fitting(word)
        return _joined(exact, fitting) if fitting.rated else _joined(fitting, exact)

    def _fitting(self, word: str) -> Meaning:
        found = NOTHING
        for length in sorted(self._begins.keys() | self._ends.keys()):
            if length > len(word):
                break
            for hit in (
                self._ends.get(length, {}).get(word[-length:]),
                self._begins.get(length, {}).get(word[:length]),
            ):
                found = _joined(found, hit) if hit else found
        inside = next((meaning for part, meaning in self._inside if part in word), None)
        return found if inside is None or found.rated else _joined(inside, found)

    def phrases(self, first: str) -> list[Phrase]:
        """Give the phrases that begin with a folded word, the longest first."""
        return self._phrases.get(first, [])


def _meanings(lists: WordLists) -> Iterable[tuple[str, Meaning]]:
    """Give every written word with its meaning; what comes later goes before what came earlier."""
    for rated in lists.rated:
        yield rated.word, Meaning(rated)
    for word, direction in lists.directions.items():
        yield word, Meaning(direction=direction)
    for adverb in lists.adverbs:
        yield adverb.word, Meaning(adverb=adverb)


def _parts(written: str) -> list[str]:
    """Fold a word of a list and cut it as texts are cut: a hyphen makes two words."""
    return fold(written).replace("-", " ").split()


def _joined(old: Meaning, new: Meaning) -> Meaning:
    """Add what one list says to what another says of the same word; the newer goes first."""
    rated = new.rated or old.rated
    return Meaning(rated, new.direction or old.direction, new.adverb or old.adverb)


def weight_of(rated: Rated) -> float:
    """Give what a word weighs (weight).

    Args:
        rated: a word of a list.

    Returns:
        Its polarity from -1 to 1; of a word whose polarity was inferred and not rated by hand, 0.7 of it.

    Source: pattern-nl, the attribute confidence; that inferred words weigh less is our reading.

    >>> weight_of(Rated(word="guur", polarity=-0.5, origin="pattern", is_sure=False))
    -0.35
    """
    return rated.polarity if rated.is_sure else round(rated.polarity * _SHARE_OF_UNSURE, 3)
