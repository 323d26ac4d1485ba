"""Key terms: words and pairs of words that one group of messages uses more than another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.content.naming import name_words
from regietafel.monitor.engine.picture.people import FEWEST_PEOPLE
from regietafel.monitor.engine.privacy import NameLists
from regietafel.monitor.engine.query.words import split_words

FEWEST_MESSAGES = 3
CLEAR_FROM = 1.96
MOST_TERMS = 30
_PRIOR_SHARE = 0.1
_COVERED_FROM = 0.9
_FEWEST_LETTERS = 3
_PLACEHOLDERS = frozenset(
    {"mail", "telefoon", "account", "rekening", "kenteken", "bsn"}
)  # what masking wrote


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What may be counted and shown: stop words, name lists, and how sure and frequent a term must be."""

    names: NameLists
    stop_words: frozenset[str]
    fewest_messages: int = FEWEST_MESSAGES
    clear_from: float = CLEAR_FROM
    most: int = MOST_TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTerm:
    """One term: z (positive: more here), messages here and messages in the other group."""

    term: str
    z: float
    count: int
    count_against: int


def log_odds(
    first: Mapping[str, int], second: Mapping[str, int], *, prior: Mapping[str, float] | float
) -> dict[str, float]:
    """Compare how often two groups use each word (z-scores).

    Args:
        first: count per word in one group.
        second: count per word in the other.
        prior: what is added to each word, per word or the same for all.

    Returns:
        Per word the difference in log-odds, divided by its standard deviation; positive when the first group
        uses it more. Empty when either group is.

    Method: monroe-2008, paragraph 3.3 and 3.5: log-odds ratio with an (informative) Dirichlet prior.

    >>> scores = log_odds({"fox": 1, "the": 2}, {"donkey": 1, "the": 2}, prior=0.05)
    >>> scores["the"], scores["fox"] > 0 > scores["donkey"]
    (0.0, True)
    """
    words = sorted(first.keys() | second.keys())
    if not first or not second:
        return {}
    added = {word: prior if isinstance(prior, int | float) else prior[word] for word in words}
    everything = sum(added.values())
    totals = [sum(counts.values()) + everything for counts in (first, second)]
    return {
        word: _z(first.get(word, 0) + added[word], second.get(word, 0) + added[word], totals=totals)
        for word in words
    }


def _z(one: float, other: float, *, totals: Sequence[float]) -> float:
    difference = log(one / (totals[0] - one)) - log(other / (totals[1] - other))
    return difference / sqrt(1 / one + 1 / other)


def key_terms(
    messages: Sequence[Message],
    against: Sequence[Message],
    *,
    contrast: Contrast,
    asked: Collection[str] = (),
) -> tuple[KeyTerm, ...]:
    """Give the terms that set one group of messages apart from another (terms).

    Args:
        messages: the group.
        against: what it is compared with: another period, or all the rest.
        contrast: stop words, name lists and limits.
        asked: folded words for which the messages were sought: of themselves they say nothing.

    Returns:
        Words and pairs of neighbouring words, the clearest first. A message counts once per term. Of what
        people wrote a term counts only when at least ten people used it on one day, rounded down to tens;
        names of persons are left out.

    Method: monroe-2008 with a prior of a tenth of both groups together; z from 1.96 counts as clear.

    >>> from datetime import date
    >>> told = [Message(day=date(2022, 4, 7), kind="nieuws", title="Opvang in de sporthal")] * 5
    >>> rest = [Message(day=date(2022, 4, 7), kind="nieuws", title="Voetbal in de regen")] * 50
    >>> lists = NameLists(given_names=frozenset(), surnames=frozenset())
    >>> found = key_terms(told, rest, contrast=Contrast(names=lists, stop_words=frozenset({"in", "de"})))
    >>> [(term.term, term.count) for term in found]
    [('opvang', 5), ('sporthal', 5)]
    """
    hidden = name_words((message.words for message in (*messages, *against)), names=contrast.names)
    first, second = (_counted(group, contrast, hidden=hidden) for group in (messages, against))
    prior = {word: _PRIOR_SHARE * (first[word] + second[word]) for word in first.keys() | second.keys()}
    scores = log_odds(first, second, prior=prior) if len(prior) > 1 else {}
    clear = [
        KeyTerm(term=term, z=round(z, 2), count=first[term], count_against=second[term])
        for term, z in scores.items()
        if z >= contrast.clear_from and first[term] >= contrast.fewest_messages and term not in asked
    ]
    ranked = sorted(clear, key=lambda term: (-term.z, -len(term.term.split()), term.term))
    return tuple(_without_halves(ranked)[: contrast.most])


def _without_halves(terms: Sequence[KeyTerm]) -> list[KeyTerm]:
    """Leave out a word that hardly ever stands outside a pair that is shown."""
    covered: dict[str, int] = {}
    for term in terms:
        for word in term.term.split() if " " in term.term else ():
            covered[word] = max(covered.get(word, 0), term.count)
    return [term for term in terms if covered.get(term.term, 0) < _COVERED_FROM * term.count]


def _counted(messages: Sequence[Message], contrast: Contrast, *, hidden: Collection[str]) -> Counter[str]:
    """Count per term the messages that may be counted."""
    media: Counter[str] = Counter()
    people: Counter[str] = Counter()
    posts: list[tuple[Message, frozenset[str]]] = []
    for message in messages:
        terms = terms_of(message.words, contrast.stop_words, hidden=hidden)
        if message.is_media:
            media.update(terms)
        else:
            people.update(terms)
            posts.append((message, terms))
    allowed: dict[str, list[Message]] = defaultdict(list)
    for message, terms in posts:
        for term in terms:
            if people[term] >= FEWEST_PEOPLE:
                allowed[term].append(message)
    for term, told in allowed.items():
        if count := shown_count(told):
            media[term] += count
    return media


def terms_of(text: str, stop_words: Collection[str], *, hidden: Collection[str] = ()) -> frozenset[str]:
    """Give the words of a text, and its pairs of words side by side (terms).

    Args:
        text: headline and text.
        stop_words: folded words that say nothing of themselves.
        hidden: folded words that may not be shown.

    Returns:
        Folded words of three letters and more without figures, each once; a pair holds no stop word.

    Method: the same cutting as the query language.

    >>> sorted(terms_of("De noodopvang in Borne", {"de", "in"}))
    ['borne', 'noodopvang']
    """
    words = [word for line in text.splitlines() for word in (*split_words(line), "")]
    kept = [word if _says_something(word, stop_words, hidden=hidden) else "" for word in words]
    pairs = (f"{one} {other}" for one, other in pairwise(kept) if one and other)
    return frozenset(filter(None, kept)).union(pairs)


def _says_something(word: str, stop_words: Collection[str], *, hidden: Collection[str]) -> bool:
    if len(word) < _FEWEST_LETTERS or word.startswith("@") or word in _PLACEHOLDERS:
        return False
    return word not in stop_words and word not in hidden and not any(map(str.isdigit, word))


def stop_words_from(words: Iterable[str]) -> frozenset[str]:
    """Fold a list of stop words (words).

    Args:
        words: as people write them.

    Returns:
        Folded words.

    Method: the folding of the query language.

    >>> sorted(stop_words_from(["Één", "de"]))
    ['de', 'een']
    """
    return frozenset(folded for word in words for folded in split_words(word))
