"""How reception is spread over a city: places against the people who live there."""

from __future__ import annotations

_PER = 1000


def places_per_1000(places: int | None, inhabitants: int | None) -> float | None:
    """Weigh the places of an area against the people who live in it (plaatsen per 1.000 inwoners).

    Args:
        places: places that can be used, of 0 or more; None is unknown.
        inhabitants: people who live in the area; None is unknown, and 0 nobody.

    Returns:
        Places per 1,000 inhabitants, of 0 or more; None where one of both is unknown or nobody lives there.

    Raises:
        ValueError: places or inhabitants are below 0.

    Source: bron-002, r.204-207 and r.1807-1810 (facilities spread over the city, not heaped up in one
        wijk). That this is told per 1,000 inhabitants is our reading; a score of what a wijk can bear is
        not known to us and is not guessed.

    >>> places_per_1000(84, 12_110), places_per_1000(0, 9_100), places_per_1000(40, None)
    (6.936416184971098, 0.0, None)
    """
    if (places or 0) < 0 or (inhabitants or 0) < 0:
        raise ValueError("Places and inhabitants cannot be below 0.")
    if places is None or not inhabitants:
        return None
    return places / inhabitants * _PER
