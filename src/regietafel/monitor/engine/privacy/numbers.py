"""Numbers that belong to one person: account numbers, citizen service numbers, number plates."""

from __future__ import annotations

import re

_IBAN_LENGTHS = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "GB": 22, "ES": 24, "IT": 27, "PL": 28, "TR": 26, "UA": 29,
    "AT": 20, "LU": 20, "CH": 21, "PT": 25, "RO": 24, "BG": 22, "HU": 28, "CZ": 24, "SK": 24, "DK": 18,
    "SE": 24, "NO": 15, "FI": 18, "IE": 22, "GR": 27, "LT": 20, "LV": 21, "EE": 20, "HR": 21, "SI": 19,
    "MT": 31, "CY": 28,
}  # fmt: skip
_DUTCH_IBAN = re.compile(r"NL\d{2}[A-Z]{4}\d{10}")
_BSN_WORD = re.compile(
    r"(?:bsn|burgerservicenummer|sofi-?nummer)(?:-?nummer)?\W{0,3}(?:is\W)?$", re.IGNORECASE
)
_OTHER_NUMBER = re.compile(
    r"(?:kvk|rsin|zaak|dossier|kenmerk|referentie|order|artikel|factuur|klant|polis|meldings?|registratie|vestigings?|€|euro|eur)"
    r"[\w-]{0,12}(?:nummer|nr)?\W{0,3}$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_DAY_FIRST = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}")
_LETTERS = "[BDFGHJKLMNPRSTVWXZ]"
_HYPHENATED_SHAPES = frozenset(
    "LL-99-99 99-99-LL 99-LL-99 LL-99-LL LL-LL-99 99-LL-LL 99-LLL-9 9-LLL-99 LL-999-L L-999-LL LLL-99-L "
    "L-99-LLL 9-LL-999 999-LL-9".split()
)
_COMPACT_SHAPES = frozenset(shape.replace("-", "") for shape in _HYPHENATED_SHAPES) - {"LL9999", "9999LL"}


def is_iban(found: str) -> str | None:
    """Look for an account number at the start of a run of letters and digits (verdict).

    Args:
        found: a run that looks like one, perhaps with words behind it.

    Returns:
        What stands behind the number ("" when nothing), or None when it is no account number.

    Method: ISO 13616 mod-97 check with the length of the country; a Dutch number with a typing error is
        still treated as one.

    >>> is_iban("NL91 ABNA 0417 1643 00 tav Jan"), is_iban("NL2023ABCDEFGHIJKL")
    (' tav Jan', None)
    """
    length = _IBAN_LENGTHS.get(found[:2].upper())
    places = [place for place, character in enumerate(found) if character.isalnum()]
    if length is None or len(places) < length:
        return None
    end = places[length - 1] + 1
    number = re.sub(r"[^A-Za-z0-9]", "", found[:end]).upper()
    if end < len(found) and found[end].isalnum():
        return None
    return found[end:] if _DUTCH_IBAN.fullmatch(number) or _mod_97(number) == 1 else None


def _mod_97(number: str) -> int:
    return int("".join(str(int(character, 36)) for character in number[4:] + number[:4])) % 97


def is_bsn(found: str, *, before: str) -> bool:
    """Tell whether a number is a citizen service number (verdict).

    Args:
        found: 8 or 9 digits, perhaps in groups.
        before: the text just before it.

    Returns:
        True when the word before says so, or when it passes the eleven test and no word before says that
        it is another number; dates written as eight digits are no BSN.

    Method: eleven test with weights 9 to 2 and -1 (Wabb).

    >>> is_bsn("111222333", before="nr "), is_bsn("111222334", before="nr "), is_bsn("20220407", before="op ")
    (True, False, False)
    """
    if _BSN_WORD.search(before):
        return True
    digits = [int(character) for character in found if character.isdigit()]
    is_date = len(found) == 8 and (_YEAR_FIRST.fullmatch(found) or _DAY_FIRST.fullmatch(found))
    if is_date or _OTHER_NUMBER.search(before) or not any(digits):
        return False
    digits = [0] * (9 - len(digits)) + digits
    total = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return total % 11 == 0


def is_registration(found: str) -> bool:
    """Tell whether a run of letters and digits is a Dutch number plate (verdict).

    Args:
        found: six letters and digits, in groups with hyphens or without.

    Returns:
        True when letters and digits stand as on a plate; without hyphens only with capitals that plates use.

    Method: the groups of letters and digits (sidecodes 1 to 14) of the RDW.

    >>> is_registration("12-XBC-3"), is_registration("AB-12-CD"), is_registration("COVID1")
    (True, True, False)
    """
    shape = re.sub("[A-Za-z]", "L", re.sub(r"\d", "9", found))
    if "-" in found:
        return shape in _HYPHENATED_SHAPES
    return shape in _COMPACT_SHAPES and re.fullmatch(rf"(?:\d|{_LETTERS})+", found) is not None
