"""Counting different authors without knowing who they are."""

from __future__ import annotations

import hmac
from datetime import date


def author_hash(author: str, *, day: date, key: bytes) -> str:
    """Give a name for an author that is worth nothing tomorrow (author hash).

    Args:
        author: name or handle as delivered.
        day: the day in the Netherlands on which the message was published.
        key: secret bytes kept outside the database, at least 16.

    Returns:
        32 hex digits: equal for one author on one day, different on every other day.

    Raises:
        ValueError: the key is too short to hide anything.

    Method: HMAC-SHA-256 (RFC 2104) over day and folded name; without the key a dictionary of all names
        finds nothing, and two days cannot be joined.

    >>> one = author_hash("@Jan", day=date(2022, 4, 7), key=b"0123456789abcdef")
    >>> one == author_hash("jan ", day=date(2022, 4, 7), key=b"0123456789abcdef")
    True
    >>> one == author_hash("jan", day=date(2022, 4, 8), key=b"0123456789abcdef")
    False
    """
    if len(key) < 16:
        raise ValueError("The key of the author hash needs at least 16 bytes.")
    name = author.strip().removeprefix("@").casefold()
    return hmac.digest(key, f"{day.isoformat()}\n{name}".encode(errors="replace"), "sha256").hex()[:32]
