"""Names of municipalities as people write them, beside the official ones."""

import re

_PROVINCE = re.compile(r"\s*\([^()]*\)$")


def is_named(official: str, told: str) -> bool:
    """Say whether somebody meant a municipality: “Hengelo” is “Hengelo (O.)” where only that one can be.

    >>> is_named("Hengelo (O.)", "hengelo"), is_named("Hengelo (O.)", "Hengelo (Gld)")
    (True, False)
    """
    meant = told.strip().casefold()
    return meant in (official.casefold(), _PROVINCE.sub("", official).casefold())
