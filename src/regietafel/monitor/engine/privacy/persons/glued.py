"""Names written as one word, as in janjansen, jan?jansen, jan_de_vries, #jdevries or f a t i m a."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from regietafel.monitor.engine.privacy.names import NameLists, Token
from regietafel.monitor.engine.privacy.persons.rules import TRADES, looks_like_surname
from regietafel.monitor.engine.privacy.streets import INSTITUTION

_FEWEST_LETTERS_TAIL = 4
_FEWEST_LETTERS_GIVEN = 4
_FEWEST_LETTERS_HALF = 5
_FEWEST_LETTERS_CERTAIN = 9
_FEWEST_LETTERS_LONG = 7
_FEWEST_SPACED = 4
_FEWEST_LETTERS_UNKNOWN = 6
_GLUED_PARTICLE = re.compile(r"(?:van(?:den|der|de|het|t)?|de|der|den|ter|ten|el)(?=\w{3})")


def glued_name(token: Token, names: NameLists, *, is_one_word: bool) -> str:
    """Say that a word is a whole name; "" when it is not.

    ``is_one_word`` where names are always written so, as in the address of a page.
    """
    is_name = bool(token.sign) or "_" in token.folded or is_one_word
    body = re.sub(r"[_\d?]+", "", token.folded)
    if body in names.ordinary_words or body in names.places:
        return ""
    is_whole_name = body in names.given_names or body in names.surnames  # Wilhelmina is one name
    is_handle = is_name and body != token.folded and re.search(r"\d{2}", token.folded) is not None
    if is_handle and not token.is_pattern and len(body) > 2 and _is_only_given(body, names):
        return f"“{token.written}” is een voornaam met cijfers, zoals mensen hun account noemen"
    if is_whole_name:
        return ""
    parts = token.folded.split("_")
    if len(parts) > 1 and parts[0] in names.given_names and parts[-1] in names.surnames:
        return f"“{token.written}” is een voornaam met een achternaam"
    starts = range(max(len(body) - 7, 1)) if token.sign == "#" else range(1)
    if any(
        _is_glued(replace(token, folded=body[start:]), names, is_name=is_name, is_inside=start > 0)
        for start in starts
    ):
        return f"“{token.written}” is een voornaam met een achternaam"
    return ""


def spaced_name(tokens: Sequence[Token], names: NameLists) -> str:
    """Say which name was written letter by letter; "" when none was."""
    letters = "".join(token.folded if len(token.folded) == 1 else " " for token in tokens)
    for found in re.findall(rf"\w{{{_FEWEST_SPACED},}}", letters):
        token = Token(found, found)
        is_surname = names.is_surname(token)
        if is_surname or _is_only_given(found, names) or glued_name(token, names, is_one_word=True):
            return f"“{' '.join(found)}” is een naam, letter voor letter geschreven"
    return ""


def _is_glued(token: Token, names: NameLists, *, is_name: bool, is_inside: bool) -> bool:
    """Whether a word is a given name, or where names are one word an initial, with a surname behind it."""
    body = token.folded
    fewest = _FEWEST_LETTERS_GIVEN if is_inside else 1
    for cut in range(fewest, len(body) - 2):
        if _is_head(body[:cut], names, is_name=is_name and not is_inside):
            particle = _GLUED_PARTICLE.match(body, cut)
            rest = replace(token, folded=body[particle.end() if particle else cut :], open_start=False)
            if _is_rest(rest, names, is_name=is_name, has_particle=bool(particle), is_initial=cut == 1):
                return not is_inside or len(rest.folded) >= _FEWEST_LETTERS_HALF
            if not is_inside and cut >= _FEWEST_LETTERS_GIVEN and _is_certain(body[:cut], rest, names=names):
                return True
            if not (is_inside or token.is_pattern) and _is_longest_given(body, cut, names=names):
                has_van = particle is not None and particle[0].startswith("van")
                unknown = rest if has_van else replace(token, folded=body[cut:])
                if _is_unknown_rest(body[:cut], unknown, names=names, has_particle=has_van):
                    return True
    return False


def _is_longest_given(body: str, cut: int, *, names: NameLists) -> bool:
    return not any(body[:end] in names.given_names for end in range(cut + 1, len(body)))


def _is_unknown_rest(head: str, rest: Token, *, names: NameLists, has_particle: bool) -> bool:
    """Whether no list knows what is behind a given name, but it ends as surnames do and is no compound."""
    fewest = _FEWEST_LETTERS_HALF if has_particle else _FEWEST_LETTERS_UNKNOWN
    if len(head) < _FEWEST_LETTERS_HALF or len(rest.folded) < fewest or not _is_only_given(head, names):
        return False
    is_thing = names.is_compound(rest.folded) and not has_particle
    if is_thing or rest.folded in names.ordinary_words or INSTITUTION.fullmatch(rest.folded):
        return False
    written = replace(rest, written=rest.folded.capitalize())
    return has_particle or looks_like_surname(written)


def _is_rest(rest: Token, names: NameLists, *, is_name: bool, has_particle: bool, is_initial: bool) -> bool:
    """Whether what is behind the given name is a surname."""
    is_known = rest.folded in names.surnames
    is_likely = has_particle or (is_name and (not is_initial or len(rest.folded) > 4))
    return (is_known and is_likely) or (not is_initial and _is_tail(rest, names, is_name=is_name))


def _is_certain(head: str, rest: Token, *, names: NameLists) -> bool:
    """Whether two halves are so long, and so surely names, that the word can be nothing else."""
    is_given = _is_only_given(rest.folded, names)
    is_surname = rest.folded in names.surnames and rest.folded not in names.places
    if not (is_given or is_surname) or INSTITUTION.fullmatch(rest.folded):
        return False
    if rest.folded in names.ordinary_words:
        return rest.folded in TRADES
    fewest = _FEWEST_LETTERS_TAIL if len(head) < _FEWEST_LETTERS_LONG else _FEWEST_LETTERS_TAIL - 1
    return len(head) + len(rest.folded) >= _FEWEST_LETTERS_CERTAIN and len(rest.folded) >= fewest


def _is_only_given(word: str, names: NameLists) -> bool:
    return word in names.given_names and word not in names.ordinary_words and word not in names.places


def _is_tail(rest: Token, names: NameLists, *, is_name: bool) -> bool:
    """Whether a word ends with what can only be a surname; half of one only where names are one word."""
    if rest.is_pattern and not is_name:
        closed = replace(rest, open_end=False)
        return len(rest.folded) >= _FEWEST_LETTERS_HALF and not closed.is_pattern and names.is_surname(closed)
    return len(rest.folded) >= _FEWEST_LETTERS_TAIL and names.is_surname(rest)


def _is_head(head: str, names: NameLists, *, is_name: bool) -> bool:
    """Whether a word begins with a given name, or, where names are written as one word, an initial."""
    if len(head) == 1:
        return is_name
    return len(head) > 2 and head in names.given_names and head not in names.ordinary_words
