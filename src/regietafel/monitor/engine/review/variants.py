"""Words in the sample that look like a word of the question, and that the question does not find."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from regietafel.monitor.engine.query import Document, Term
from regietafel.monitor.engine.query.documents import TEXT, TITLE
from regietafel.monitor.engine.query.placing import Vocabulary
from regietafel.monitor.engine.query.words import Token, split_words

READ_CHARACTERS = 2_000_000
MOST_VARIANTS = 10
MOST_TARGETS = 200
_FEWEST_LETTERS = 6  # shorter words resemble too many others
_FEWEST_LETTERS_OF_STEM = 5
_LONGEST_ENDING = 4
_SAME_SOUND = (
    ("sch", "sg"), ("ch", "g"), ("ij", "ei"), ("ie", "i"), ("y", "i"), ("ou", "au"), ("ph", "f"),
    ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("th", "t"), ("dt", "t"),
)  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """Ways of writing a term that were seen, each with its messages, and what would find them too."""

    term: Term
    seen: tuple[tuple[str, int], ...]
    instead: str
    messages: int


@dataclass(frozen=True)
class _Target:
    """The letters of a term in one run; open when an ending may follow."""

    term: Term
    letters: str
    is_open: bool
    is_joined: bool


@dataclass
class WordsSeen:
    """The words of the first messages of a sample, up to a fixed amount of text."""

    targets: list[_Target]
    messages: int = 0
    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    _characters: int = 0

    def listening(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Pass messages on, and note the words of the first."""
        heads = defaultdict(list)
        for target in self.targets:
            for at in range(3, len(target.letters) - 2):
                heads[target.letters[:at]].append((target.letters[at:], target.is_open))
        for document in documents:
            if self._characters < READ_CHARACTERS:
                self._note(document, heads)
            yield document

    def _note(self, document: Document, heads: dict[str, list[tuple[str, bool]]]) -> None:
        self.messages += 1
        self._characters += len(document.title) + len(document.text)
        runs = split_words(document.title), split_words(document.text)
        self.words.update({word for run in runs for word in run})
        self.pairs.update(
            {
                (first, second)
                for run in runs
                for first, second in pairwise(run)
                if first in heads
                and any(_continues(second, rest, is_open=is_open) for rest, is_open in heads[first])
            }
        )


def words_of(terms: Iterable[Term]) -> WordsSeen:
    """Make ready to look for words that look like these terms."""
    targets = [target for term in terms for target in _targets(term)]
    return WordsSeen(targets[:MOST_TARGETS])


def variants(seen: WordsSeen, *, caught: Iterable[Term]) -> tuple[Variant, ...]:
    """Give the variants that a question with these terms does not find, the most seen first."""
    finds = Vocabulary(dict.fromkeys(word for term in caught for form in term.forms for word in form))
    missed = {word: count for word, count in seen.words.items() if not _fits(finds, word)}
    found = [*_split(seen, caught=caught), *_longer(seen.targets, missed), *_misspelt(seen.targets, missed)]
    best: dict[str, Variant] = {}
    for variant in found:
        best.setdefault(variant.instead, variant)
    return tuple(sorted(best.values(), key=lambda variant: -variant.messages)[:MOST_VARIANTS])


def _fits(finds: Vocabulary, word: str) -> bool:
    return bool(finds.fitting(Token(word, word, 0, len(word))))


def _targets(term: Term) -> Iterator[_Target]:
    if term.zone not in ("", TITLE, TEXT):
        return
    for form in term.forms:
        plain = all(
            not (word.sign or word.open_start or word.is_exact or "?" in word.letters) for word in form
        )
        letters = "".join(word.letters for word in form)
        if plain and letters.isalpha() and not any(word.open_end for word in form[:-1]):
            yield _Target(term, letters, form[-1].open_end, len(form) > 1)


def _split(seen: WordsSeen, *, caught: Iterable[Term]) -> Iterator[Variant]:
    """Give pairs of words that are a word of the question in one: asiel zoekers."""
    phrases = [form for term in caught for form in term.forms if len(form) == 2]
    for (first, second), count in seen.pairs.items():
        tokens = Token(first, first, 0, 0), Token(second, second, 0, 0)
        if any(all(word.fits(token) for word, token in zip(form, tokens, strict=True)) for form in phrases):
            continue
        for target in seen.targets:
            rest = target.letters.removeprefix(first)
            if (
                rest != target.letters
                and not target.is_joined
                and _continues(second, rest, is_open=target.is_open)
            ):
                instead = f'"{first} {rest}{"*" * target.is_open}"'
                yield Variant(target.term, ((f"{first} {second}", count),), instead, count)
                break


def _continues(word: str, rest: str, *, is_open: bool) -> bool:
    return word == rest or (is_open and word.startswith(rest))


def _longer(targets: Iterable[_Target], missed: dict[str, int]) -> Iterator[Variant]:
    """Give words that are a word of the question with an ending: Hengelose."""
    for target in targets:
        size = len(target.letters)
        if target.is_open or target.is_joined or size < _FEWEST_LETTERS_OF_STEM:
            continue
        found = {
            word: count
            for word, count in missed.items()
            if size < len(word) <= size + _LONGEST_ENDING
            and word.startswith(target.letters)
            and word.isalpha()
        }
        if found:
            yield _variant(target.term, found, instead=f"{target.term.written}*")


def _misspelt(targets: Iterable[_Target], missed: dict[str, int]) -> Iterator[Variant]:
    by_sound: dict[str, list[tuple[_Target, str]]] = defaultdict(list)
    for target in targets:
        if len(target.letters) >= _FEWEST_LETTERS:
            sound = _sound(target.letters)
            by_sound[sound[0]].append((target, sound))
    for word, count in missed.items():
        if len(word) < _FEWEST_LETTERS - 1 or not word.isalpha():
            continue
        sound = _sound(word)
        for target, wanted in by_sound.get(sound[0], ()):
            if _resembles(word, target) or _continues(sound, wanted, is_open=target.is_open):
                yield _variant(target.term, {word: count}, instead=word)
                break


def _resembles(word: str, target: _Target) -> bool:
    if target.is_joined and _continues(word, target.letters, is_open=target.is_open):
        return True
    return word[0] == target.letters[0] and _one_slip(word, target.letters, is_open=target.is_open)


def _one_slip(word: str, letters: str, *, is_open: bool) -> bool:
    """Tell whether one letter was left out, added or moved, not at the end."""
    size = next((at for at, pair in enumerate(zip(word, letters, strict=False)) if len(set(pair)) > 1), None)
    if size is None or size > len(letters) - 3:
        return False
    left_out = word[size:], letters[size + 1 :]
    added = word[size + 1 :], letters[size:]
    moved = word[size + 2 :], letters[size + 2 :]
    swapped = word[size : size + 2] == letters[size : size + 2][::-1]
    return any(
        _continues(*pair, is_open=is_open) for pair in (left_out, added, *([moved] if swapped else []))
    )


def _sound(word: str) -> str:
    """Write a word as it sounds, roughly: asielsoeker and asielzoeker are the same."""
    for written, heard in _SAME_SOUND:
        word = word.replace(written, heard)
    return word[:1] + "".join(second for first, second in pairwise(word) if first != second)


def _variant(term: Term, found: dict[str, int], *, instead: str) -> Variant:
    seen = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return Variant(term, tuple(seen[:5]), instead, sum(found.values()))
