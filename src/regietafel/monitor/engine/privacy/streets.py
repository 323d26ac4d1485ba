"""Streets: those that bear a name, and those that tell where somebody lives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from regietafel.monitor.engine.privacy.names import NameLists, Token

INSTITUTION = re.compile(
    r".*(?:straat|laan|plein|kade|gracht|singel|dreef|steeg|school|college|lyceum|kerk|kapel|klooster|ziekenhuis|gasthuis"
    r"|hospitaal|stichting|fonds|museum|theater|stadion|tunnel|brug|kanaal|toren|zorg|hotel|kazerne|universiteit|moskee"
    r"|vereniging|partij|festival|centrum|bibliotheek|buurt|toernooi|supermarkt|bedrijf|transport|park|weg)"
    r"|huis|hof|bos|veld|wijk|dijk|hal|pad|bv|nv|groep|bouw|arena|prijs|cup|haven|instituut|polder|molen|hoeve"
)
_STREET = re.compile(r"(\w{2,})(?:straat|laan|weg|plein|kade|gracht|singel|dreef|steeg)")
_STREET_WITH_CAPITAL = re.compile(  # written small these are things: voetpad, kerstmarkt
    r"(\w{3,})(?:dijk|hof|pad|park|markt|brink|kamp|plantsoen|hoek|erf|hoeve|weide|esch|wal|pleintje)"
)
_STREET_WITH_NUMBER = re.compile(
    r"(\w*)(?:straat|laan|weg|plein|kade|gracht|singel|dreef|steeg|dijk|hof|pad|park|markt|brink|kamp|es|veld|wei|bos)"
)
_NUMBER = re.compile(r"\d{1,3}[a-z]?")
_BEFORE_STREETS = frozenset(
    "oud oude nieuw nieuwe lang lange kort korte groot grote klein kleine hoog hoge laag lage eerste tweede "
    "derde achter voor noorder ooster zuider wester binnen buiten".split()
)
_LIVES = frozenset({"uit", "op", "aan", "in", "bij"})
_ENDINGS = ("s", "en", "e", "se")


def name_with_street(tokens: Sequence[Token], names: NameLists) -> str:
    """Say which name stands with a street in a phrase, so that it tells where somebody lives; "" for none.

    A street may bear the name itself, as in Jan van Galenstraat.
    """
    street = place_of_street(tokens, names)
    if street is None:
        return ""
    before = (
        token
        for place, token in enumerate(tokens[:street])
        if _lives_there(tokens, place, street=street, names=names)
    )
    behind = (token for token in _behind(tokens, street) if is_name_alone(token, names))
    token = next(chain(before, behind), None)
    return f"“{token.written}” met “{tokens[street].written}” zegt waar iemand woont" if token else ""


def place_of_street(tokens: Sequence[Token], names: NameLists) -> int | None:
    """Give which word is the first street; None when none is."""
    return next((place for place in range(len(tokens)) if _is_street_at(tokens, place, names=names)), None)


def is_name_alone(token: Token, names: NameLists) -> bool:
    """Tell whether a word is a given name, and no letter or half a word."""
    return names.is_given(token) and len(token.folded) > 2 and not token.is_pattern


def is_plain_street(token: Token, names: NameLists) -> bool:
    """Tell whether a street is named after a thing or a place, and so not after a person."""
    return bool(_stems(token) & (names.ordinary_words | names.places | names.parts_of_streets))


def bears_name(tokens: Sequence[Token], names: NameLists) -> bool:
    """Tell whether a street may be named after a person, whose given name stands before it."""
    stems = _stems(tokens[-1])
    before = tuple(token.folded for token in tokens[:-1])
    runs = ((*before[start:], stem) for start in range(len(before)) for stem in stems)
    if any(run in names.public_runs for run in runs):
        return True
    if is_plain_street(tokens[-1], names):
        return False
    may_be_name = names.surnames | names.given_names
    is_name = bool(stems & may_be_name) or any(map(names.likeness.surname, stems))
    return is_name or any(word in names.beginnings_of_public_names for word in before)


def _is_street_at(tokens: Sequence[Token], place: int, *, names: NameLists) -> bool:
    token = tokens[place]
    if token.is_pattern or token.sign or names.is_place(token):
        return False
    if _STREET.fullmatch(token.folded):
        return True
    is_named = token.is_capital and not names.is_ordinary(token)
    if is_named and _STREET_WITH_CAPITAL.fullmatch(token.folded):
        return True
    has_word = place > 0 and tokens[place - 1].folded in _BEFORE_STREETS
    has_sign = _has_number(tokens, place) or (has_word and token.is_capital)
    return token.is_capital and has_sign and _STREET_WITH_NUMBER.fullmatch(token.folded) is not None


def _has_number(tokens: Sequence[Token], place: int) -> bool:
    return place + 1 < len(tokens) and _NUMBER.fullmatch(tokens[place + 1].folded) is not None


def _lives_there(tokens: Sequence[Token], place: int, *, street: int, names: NameLists) -> bool:
    """Tell whether the name at a place lives in the street that follows."""
    token = tokens[place]
    between = [one.folded for one in tokens[place + 1 : street]]
    is_plain = is_plain_street(tokens[street], names)
    if is_plain and _has_number(tokens, street) and not between and names.is_surname(token):
        return True
    if not is_name_alone(token, names) or bears_name(tokens[: street + 1], names):
        return False
    if not _LIVES.isdisjoint(between) or set(between) <= _BEFORE_STREETS:
        return True
    return is_plain and (between[-1] in names.surnames or between in (["van", "de"], ["van", "het"]))


def _behind(tokens: Sequence[Token], street: int) -> Sequence[Token]:
    """Give the last word, where it stands right behind a street and its number."""
    start = street + 1 + _has_number(tokens, street)
    return tokens[start:] if start == len(tokens) - 1 else ()


def _stems(token: Token) -> set[str]:
    found = next(
        filter(None, (kind.fullmatch(token.folded) for kind in (_STREET, _STREET_WITH_CAPITAL))), None
    )
    stem = found[1] if found else ""
    return {stem, *(stem.removesuffix(ending) for ending in _ENDINGS)} - {""}
