"""Stories: the same news brought by many, counted once and open to look inside.

Two articles bring the same story when most of the three-word runs of the shorter one stand in the longer
one, or when their headlines are nearly the same. Containment and not likeness, because regional titles
shorten.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zlib import crc32

from regietafel.monitor.engine.query.words import split_words

_RUN = 3
_HASHES = 64
_SHARED_FROM = 0.5
_SHORT_RUNS = 10  # with fewer runs the headline must agree as well
_TITLE_FROM, _TITLE_FROM_WITH_RUNS = 88.0, 72.0
_TITLE_WORDS, _FEWEST_WORDS = 4, 3
_MAX_DAYS_APART = 7
_NEIGHBOURS = 40  # articles that share a hash are compared with the next ones in time
_PRIME = 4_294_967_311


@dataclass(frozen=True, slots=True)
class Article:
    """A published media message as the story finder sees it."""

    key: str
    title: str
    text: str
    outlet: str
    published_at: datetime
    url: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One story: its first headline, and everyone who brought it, oldest first."""

    title: str
    first_at: datetime
    outlets: tuple[str, ...]
    size: int
    members: tuple[Article, ...]


def find_stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Group articles that bring the same story, largest first (stories).

    Args:
        articles: media messages of one period; the order does not matter.

    Returns:
        Every article in exactly one story. Stories by number of outlets, then number of articles, then
        the oldest first.

    Method: broder-1997, MinHash over runs of three words with one-row bands
        for candidates; then containment of at least 0.5 of the shorter text (with few words: and headlines
        alike for 72 %), or headlines alike for 88 %; at most seven days apart.

    >>> at = datetime(2022, 4, 7)
    >>> found = find_stories([
    ...     Article("1", "Opvang in oud gemeentehuis Borne gaat door", "", "Tubantia", at),
    ...     Article("2", "Opvang in oud gemeentehuis Borne gaat niet meer door", "", "RTV Oost", at),
    ...     Article("3", "Wolf gezien bij Haaksbergen", "", "RTV Oost", at)])
    >>> [(story.size, story.outlets) for story in found]
    [(2, ('Tubantia', 'RTV Oost')), (1, ('RTV Oost',))]
    """
    ordered = sorted(articles, key=lambda article: (article.published_at, article.key))
    words = [split_words(f"{article.title} {article.text}") for article in ordered]
    runs = [_runs_of(each) for each in words]
    shingled = list(zip(ordered, runs, strict=True))
    leaders = _Leaders(len(ordered))
    for one, other in _candidates(runs, ordered):
        if not leaders.together(one, other) and _is_same(shingled[one], shingled[other]):
            leaders.join(one, other)
    return _told(leaders.groups(), ordered)


def _runs_of(words: list[str]) -> frozenset[int]:
    """Hash every run of three words; a short text is one run."""
    width = min(_RUN, max(1, len(words)))
    return frozenset(
        crc32(" ".join(words[start : start + width]).encode()) for start in range(len(words) - width + 1)
    )


def _candidates(runs: list[frozenset[int]], articles: list[Article]) -> list[tuple[int, int]]:
    """Give pairs that share a smallest hash or the same first words of their headline."""
    buckets: dict[object, list[int]] = {}
    for number, (hashes, article) in enumerate(zip(runs, articles, strict=True)):
        for place, smallest in enumerate(_smallest(hashes)):
            buckets.setdefault((place, smallest), []).append(number)
        for word in _rare_title_words(article.title):
            buckets.setdefault(word, []).append(number)
    pairs = {
        (one, other)
        for bucket in buckets.values()
        for place, one in enumerate(bucket)
        for other in bucket[place + 1 : place + 1 + _NEIGHBOURS]
    }
    return sorted(pairs)


def _smallest(hashes: frozenset[int]) -> list[int]:
    """Give, for each of 64 ways of shuffling, the smallest hash (MinHash)."""
    if not hashes:
        return []
    import numpy as np  # only who looks for stories waits for it

    prime = np.uint64(_PRIME)
    values = np.fromiter(hashes, dtype=np.uint64, count=len(hashes))
    ways = np.arange(1, _HASHES + 1, dtype=np.uint64)
    factors, shifts = ways * np.uint64(2_654_435_761) % prime, ways * np.uint64(40_503) % prime
    shuffled = (values[:, None] * (factors % np.uint64(2**31)) + shifts) % prime
    return [int(value) for value in shuffled.min(axis=0)]


def _rare_title_words(title: str) -> list[tuple[str, str]]:
    """Give pairs of long words beside each other in a headline, so that near-equal headlines meet."""
    long_words = [word for word in split_words(title) if len(word) > 3]
    return list(pairwise(long_words))


def _is_same(first: tuple[Article, frozenset[int]], second: tuple[Article, frozenset[int]]) -> bool:
    (one, one_runs), (other, other_runs) = first, second
    if abs((one.published_at - other.published_at).days) > _MAX_DAYS_APART:
        return False
    smaller = min(len(one_runs), len(other_runs))
    shares_runs = smaller > 1 and len(one_runs & other_runs) >= _SHARED_FROM * smaller
    if shares_runs and smaller >= _SHORT_RUNS:
        return True
    from rapidfuzz import fuzz

    titles = [" ".join(split_words(article.title)) for article in (one, other)]
    shortest = min(len(title.split()) for title in titles)
    if shortest < _TITLE_WORDS:
        return titles[0] == titles[1] and shortest >= _FEWEST_WORDS
    return fuzz.token_sort_ratio(*titles) >= (_TITLE_FROM_WITH_RUNS if shares_runs else _TITLE_FROM)


class _Leaders:
    """Groups that grow: every article knows a leader, equal leaders are one group."""

    def __init__(self, count: int) -> None:
        self._leader = list(range(count))

    def of(self, number: int) -> int:
        """Give the leader of an article."""
        while self._leader[number] != number:
            self._leader[number] = self._leader[self._leader[number]]
            number = self._leader[number]
        return number

    def together(self, one: int, other: int) -> bool:
        """Tell whether two articles are in one group already."""
        return self.of(one) == self.of(other)

    def join(self, one: int, other: int) -> None:
        """Make two groups one; the older leads."""
        first, second = sorted((self.of(one), self.of(other)))
        self._leader[second] = first

    def groups(self) -> list[list[int]]:
        """Give the groups, each in the order of its articles."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._leader)):
            found.setdefault(self.of(number), []).append(number)
        return list(found.values())


def _told(groups: list[list[int]], articles: list[Article]) -> tuple[Story, ...]:
    stories = []
    for group in groups:
        members = tuple(articles[number] for number in group)
        outlets = tuple(dict.fromkeys(member.outlet for member in members if member.outlet))
        stories.append(Story(members[0].title, members[0].published_at, outlets, len(members), members))
    return tuple(
        sorted(stories, key=lambda story: (-len(story.outlets), -story.size, story.first_at, story.title))
    )
