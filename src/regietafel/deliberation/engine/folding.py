"""Words as they are searched: alike whatever the database."""

from __future__ import annotations

import unicodedata


def folded(words: str) -> str:
    """Write words as they are searched: small letters, no accents, single spaces (zoektekst).

    Args:
        words: any text.

    Returns:
        The same words without capitals, accents and double spaces; signs such as "24/7" stay.

    Method: Unicode compatibility decomposition (NFKD) without combining signs.

    >>> folded("Één  24/7-LOCATIE")
    'een 24/7-locatie'
    """
    plain = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())
