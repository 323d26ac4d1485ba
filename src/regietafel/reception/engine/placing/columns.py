"""Columns that a list of groups may not have: what people are never placed by."""

from __future__ import annotations

import re
import unicodedata

# Parts of names, without accents: what a person is, believes or is predicted to do, and who a person is.
FORBIDDEN = {
    "nationaliteit": ("nationali", "staatsburger", "paspoort", "passport", "citizenship"),
    "herkomst of etniciteit": ("etnic", "etnisch", "ethnic", "herkomst", "afkomst", "origin", "geboorteland",
                               "land van", "landvan", "country", "ras", "race", "huidskleur",
                               "migratieachtergrond"),
    "godsdienst": ("godsdienst", "religi", "geloof", "kerk", "levensbeschouw", "faith"),
    "geslacht": ("geslacht", "gender", "sekse", "sex", "man_vrouw", "geaardheid"),
    "een voorspelling": ("voorspel", "predict", "kansop", "kans_op", "risicoscore", "score", "prognose",
                         "slagingskans", "verwachte uitkomst"),
    "wie iemand is": ("naam", "achternaam", "voornaam", "bsn", "burgerservice", "geboortedatum", "leeftijd",
                      "telefoon", "email", "e-mail", "vnummer", "v-nummer"),
}  # fmt: skip
_WHOLE_WORDS = frozenset({"ras", "race", "sex", "naam", "score", "bsn", "origin", "country", "kerk"})


def forbidden_ground(column: str) -> str | None:
    """Say which forbidden ground a column would bring in (forbidden ground).

    Args:
        column: name of the column as written.

    Returns:
        The ground in Dutch, None when the name is not one of those.

    Source: avg, article 5 and 9; that predictions and names stay out as well is our reading.

    >>> forbidden_ground("Nationaliteit"), forbidden_ground("terras"), forbidden_ground("grootte")
    ('nationaliteit', None, None)
    """
    plain = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower().strip()
    words = set(re.split(r"[^a-z0-9]+", plain))
    for ground, parts in FORBIDDEN.items():
        for part in parts:
            if part in words if part in _WHOLE_WORDS else part in plain:
                return ground
    return None
