"""Signatures: what is kept of a message to recognise its copies, without keeping the message."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regietafel.monitor.engine.stories.reading import Read, read

RUN = 3
MOST_SHINGLES = 1_024
SHORT_WORDS = 24
_MOST_FACTS = 96
_MOST_TITLE = 32
_VERSION = 1
_HEAD = struct.Struct("<B8sIIHHHH")
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
Hashes = NDArray[np.uint32]
SmallHashes = NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Signature:
    """How a message is recognised: numbers that say whether texts overlap, and nothing of what they say.

    ``shingles`` are hashes of three-word runs in 32 bits, sorted, at most 1,024 (the smallest when there are
    more, ``total`` says of how many). ``bag`` (short texts only) and ``facts`` are hashes of single words in
    16 bits: each stands for many words. ``title`` holds the runs of the headline. ``digest`` is equal for
    equal words. Made with the key of an organisation they say nothing to who lacks that key.
    """

    digest: bytes
    words: int
    total: int
    shingles: Hashes
    title: Hashes
    bag: SmallHashes
    facts: SmallHashes

    def to_bytes(self) -> bytes:
        """Give the signature as it can be stored: at most some 4.5 kB, fewer bytes than the text."""
        parts: tuple[NDArray[Any], ...] = (self.shingles, self.title, self.bag, self.facts)
        head = _HEAD.pack(_VERSION, self.digest, self.words, self.total, *map(len, parts))
        return head + b"".join(part.astype(part.dtype.newbyteorder("<")).tobytes() for part in parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Signature:
        """Read what ``to_bytes`` gave; raise ``ValueError`` for another version or length."""
        if len(data) < _HEAD.size or data[0] != _VERSION:
            raise ValueError("This is no signature of this version.")
        _version, digest, words, total, *lengths = _HEAD.unpack_from(data)
        widths = (4, 4, 2, 2)
        if len(data) != _HEAD.size + sum(
            length * width for length, width in zip(lengths, widths, strict=True)
        ):
            raise ValueError("This signature is cut off.")
        parts: list[Any] = []
        place = _HEAD.size
        for length, width in zip(lengths, widths, strict=True):
            parts.append(np.frombuffer(data, dtype=f"<u{width}", count=length, offset=place))
            place += length * width
        return cls(digest, words, total, *parts)


class Signer:
    """Signs messages with one key, remembering the hashes of words for as long as it lives."""

    def __init__(self, key: bytes = b"") -> None:
        self._known = _WordHashes(key)

    def sign(self, title: str, text: str) -> Signature:
        """Make the signature of one message."""
        message = read(title, text)
        hashes = self._hashes(message.words)
        split = len(message.title)  # no run reaches from the headline into the text
        headline = _runs(hashes[: min(split, _MOST_TITLE + RUN - 1)])
        shingles = np.union1d(_runs(hashes[:split]), _runs(hashes[split:]))
        if not len(shingles):  # headline and text are too short by themselves
            shingles = _runs(hashes)
        total = len(shingles)
        return Signature(
            digest=blake2b(hashes.tobytes(), digest_size=8).digest(),
            words=len(message.words),
            total=total,
            shingles=shingles[:MOST_SHINGLES],
            title=headline,
            bag=_small(hashes) if len(message.words) <= SHORT_WORDS else np.empty(0, dtype=np.uint16),
            facts=self._facts(message),
        )

    def _facts(self, message: Read) -> SmallHashes:
        return _small(self._hashes(message.facts))[:_MOST_FACTS]

    def _hashes(self, words: Iterable[str]) -> NDArray[np.uint64]:
        return np.array([self._known[word] for word in words], dtype=np.uint64)


class _WordHashes(dict[str, int]):
    """Remembers the 64-bit keyed hash of each word."""

    def __init__(self, key: bytes) -> None:
        super().__init__()
        self._key = key[:64]

    def __missing__(self, word: str) -> int:
        made = int.from_bytes(blake2b(word.encode(), digest_size=8, key=self._key).digest(), "little")
        self[word] = made
        return made


def sign(texts: Sequence[tuple[str, str]], *, key: bytes = b"") -> list[Signature]:
    """Make the signatures of messages (signatures).

    Args:
        texts: headline and text of each message; either may be empty.
        key: secret of at most 64 bytes; signatures made with different keys never match.

    Returns:
        One signature per message, in the same order.

    Method: broder-1997, hashed runs of three words; of a text with more than 1,024 different runs the
        smallest hashes, so that two samples still meet. Keyed BLAKE2b per word, mixed per run.

    >>> one, other = sign([("Azc in Borne gaat open", ""), ("", "Azc in Borne gaat open")])
    >>> one.digest == other.digest, one.words, len(one.shingles)
    (True, 5, 3)
    """
    signer = Signer(key)
    return [signer.sign(title, text) for title, text in texts]


def _runs(hashes: NDArray[np.uint64]) -> Hashes:
    """Hash every run of three words to 32 bits; sorted, each once."""
    if len(hashes) < RUN:
        return np.empty(0, dtype=np.uint32)
    mixed = hashes[:-2] * _FACTORS[0] + hashes[1:-1] * _FACTORS[1] + hashes[2:] * _FACTORS[2]
    mixed ^= mixed >> np.uint64(31)
    mixed *= _FACTORS[1]
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def _small(hashes: NDArray[np.uint64]) -> SmallHashes:
    return np.unique((hashes >> np.uint64(48)).astype(np.uint16))
