"""The small-number rule: what fewer than ten people said is not shown and not counted as a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

FEWEST_PEOPLE = 10
_ROUND_TO = 10


def fewest_people(authors: Iterable[tuple[date, str]]) -> int:
    """Give the number of different people there were at least (people).

    Args:
        authors: day and author hash of each message; a hash changes every day, "" means unknown.

    Returns:
        The largest number of different hashes on one day. Over more days people may come back under
        another hash, so adding up days would count one busy writer many times.

    Method: largest daily number of distinct keyed hashes, a lower bound; unknown authors count for nobody.

    >>> day, next_day = date(2022, 4, 7), date(2022, 4, 8)
    >>> fewest_people([(day, "a"), (day, "b"), (day, "b"), (next_day, "c")])
    2
    """
    per_day: dict[date, set[str]] = defaultdict(set)
    for day, author in authors:
        if author:
            per_day[day].add(author)
    return max(map(len, per_day.values()), default=0)


def rounded_count(count: int, people: int) -> int | None:
    """Give a number about people that may be shown (number).

    Args:
        count: messages.
        people: different people at least behind them.

    Returns:
        Rounded down to tens, or None below ten people or ten messages. Rounding keeps two overlapping
        counts from telling by their difference what one person did.

    Method: threshold with rounding down (a simple form of controlled rounding).

    >>> rounded_count(47, 12), rounded_count(47, 9)
    (40, None)
    """
    return count // _ROUND_TO * _ROUND_TO if people >= FEWEST_PEOPLE and count >= _ROUND_TO else None


def count_of_people(messages: Iterable[tuple[date, str]]) -> int | None:
    """Add up rounded days of ten people or more (number).

    Args:
        messages: day and author hash of each message of people.

    Returns:
        The sum of the days that may be shown, in tens, or None when there is none: two periods never
        differ by what a few people wrote.

    Method: ``rounded_count`` per day.

    >>> day, next_day = date(2022, 4, 7), date(2022, 4, 8)
    >>> count_of_people([(day, str(number)) for number in range(24)] + [(next_day, "a")])
    20
    """
    per_day: dict[date, list[str]] = defaultdict(list)
    for day, author in messages:
        per_day[day].append(author)
    counts = (
        rounded_count(len(authors), fewest_people((day, author) for author in authors))
        for day, authors in per_day.items()
    )
    return sum(count for count in counts if count) or None
