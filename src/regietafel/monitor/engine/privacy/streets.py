"""Streets: those that bear a name, and those that tell where somebody lives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regietafel.monitor.engine.privacy.names import NameLists, Token

INSTITUTION = re.compile(
    r".*(?:straat|laan|plein|kade|gracht|singel|dreef|steeg|school|college|lyceum|kerk|kapel|klooster|ziekenhuis|gasthuis"
    r"|hospitaal|stichting|fonds|museum|theater|stadion|tunnel|brug|kanaal|toren|zorg|hotel|kazerne|universiteit|moskee"
    r"|vereniging|partij|festival|centrum|bibliotheek|buurt|toernooi|supermarkt|bedrijf|transport|park|weg)"
    r"|huis|hof|bos|veld|wijk|dijk|hal|pad|bv|nv|groep|bouw|arena|prijs|cup|haven|instituut|polder|molen|hoeve"
)
_STREET = re.compile(r"(\w{2,})(?:straat|laan|weg|plein|kade|gracht|singel|dreef|steeg)")
_LIVES = frozenset({"uit", "op", "aan", "in", "bij"})


def name_with_street(tokens: Sequence[Token], names: NameLists) -> str:
    """Say which name stands with a street in a phrase, so that it tells where somebody lives; "" for none.

    A street may bear the name itself, as in Jan van Galenstraat.
    """
    street = next((place for place, token in enumerate(tokens) if is_street(token)), 0)
    for place, token in enumerate(tokens[:street]):
        is_given = names.is_given(token) and len(token.folded) > 2 and not token.is_pattern
        between = [one.folded for one in tokens[place + 1 : street]]
        has_number = street + 1 < len(tokens) and tokens[street + 1].folded.isdigit()
        is_home = has_number and is_plain_street(tokens[street], names)
        is_named = bool(between) and between[-1] in names.surnames and is_plain_street(tokens[street], names)
        lives = is_named or not _LIVES.isdisjoint(between) or (is_home and between == ["van", "de"])
        if (is_given and lives) or (is_home and not between and names.is_surname(token)):
            return f"“{token.written}” met “{tokens[street].written}” zegt waar iemand woont"
    return ""


def is_street(token: Token) -> bool:
    """Tell whether a word is the name of a street."""
    return _STREET.fullmatch(token.folded) is not None and not token.is_pattern


def is_plain_street(token: Token, names: NameLists) -> bool:
    """Tell whether a street is named after a thing or a place, and so not after a person."""
    return bool(_stems(token) & (names.ordinary_words | names.places))


def bears_name(token: Token, names: NameLists) -> bool:
    """Tell whether a street may be named after a person, whose given name stands before it."""
    return bool(_stems(token) & names.surnames)


def _stems(token: Token) -> set[str]:
    found = _STREET.fullmatch(token.folded)
    stem = found[1] if found else ""
    return {stem, *(stem.removesuffix(ending) for ending in ("s", "en", "e", "se"))}
