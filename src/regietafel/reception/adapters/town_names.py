"""Names of municipalities as people write them, beside the official ones."""

import re

_PROVINCE = re.compile(r"\s*\([^()]*\)$")


def is_named(official: str, told: str) -> bool:
    """Say whether somebody meant a municipality: “Hengelo” is “Hengelo (O.)” where only that one can be.

    >>> is_named("Hengelo (O.)", "hengelo"), is_named("Hengelo (O.)", "Hengelo (Gld)")
    (True, False)
    """
    return told.strip().casefold() in (name.casefold() for name in names_of(official))


def names_of(official: str) -> tuple[str, str]:
    """Return what a municipality is called: officially, and without the province behind it."""
    return official, _PROVINCE.sub("", official)
