"""Ways to group messages: ours, and the simpler ones it has to be better than."""

import hashlib
from collections.abc import Callable, Hashable, Sequence

import numpy as np

from benchmarks.stories.writing import Telling
from regietafel.monitor.engine.stories import Signed, StoryIndex, sign

_ROWS, _LIKE, _RUN = 128, 0.5, 3
_MOST_IN_BUCKET = 200
Grouping = Callable[[Sequence[Telling]], list[Hashable]]


def ours(messages: Sequence[Telling]) -> list[Hashable]:
    """Sign every message and place all at once."""
    signatures = sign([(one.title, one.text) for one in messages])
    signed = [
        Signed(key=str(number), published_at=one.at, signature=signature)
        for number, (one, signature) in enumerate(zip(messages, signatures, strict=True))
    ]
    return list(StoryIndex().add(signed).stories)


def exact(messages: Sequence[Telling]) -> list[Hashable]:
    """Group equal texts."""
    return [f"{one.title} {one.text}" for one in messages]


def first_ten_words(messages: Sequence[Telling]) -> list[Hashable]:
    """Group messages that begin with the same ten words."""
    return [" ".join(f"{one.title} {one.text}".lower().split()[:10]) for one in messages]


def minhash(messages: Sequence[Telling]) -> list[Hashable]:
    """Link messages whose MinHash signatures of 128 rows are alike for half, in 32 bands of four."""
    rows = np.stack([_minhashes(f"{one.title} {one.text}") for one in messages])
    leader = list(range(len(messages)))
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for number, row in enumerate(rows):
        for band in range(0, _ROWS, 4):
            bucket = buckets.setdefault((band, row[band : band + 4].tobytes()), [])
            for other in bucket[:_MOST_IN_BUCKET]:
                if np.count_nonzero(row == rows[other]) >= _LIKE * _ROWS:
                    leader[_first(leader, number)] = _first(leader, other)
            bucket.append(number)
    return [_first(leader, number) for number in range(len(messages))]


def _first(leader: list[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number


_CHANCE = np.random.default_rng(1)
_FACTORS = _CHANCE.integers(1, 2**63, _ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFTS = _CHANCE.integers(0, 2**63, _ROWS, dtype=np.uint64)


def _minhashes(text: str) -> np.ndarray:
    words = text.lower().split() or [""]
    runs = {" ".join(words[place : place + _RUN]) for place in range(max(1, len(words) - _RUN + 1))}
    hashes = [int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "little") for run in runs]
    values = np.array(hashes, dtype=np.uint64)
    smallest: np.ndarray = ((values[:, None] * _FACTORS + _SHIFTS) >> np.uint64(32)).min(axis=0)
    return smallest


GROUPINGS: dict[str, Grouping] = {
    "zelfde tekst": exact,
    "eerste tien woorden": first_ten_words,
    "MinHash 128, Jaccard ≥ 0,5": minhash,
    "Regietafel": ours,
}
