"""What a text may not say where a group is known by a code only: who somebody is."""

from __future__ import annotations

import re

_DATE = re.compile(r"\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d?-\d\d?\b")
_BORN = re.compile(r"\bgeb(?:\.|oren)(?=\W|$)|\bgeboortedatum\b", re.IGNORECASE)
_TITLE = re.compile(
    r"\b(?i:dhr|mevr|mw|hr|fam|familie|gezin|meneer|mevrouw|de heer|bsn|v-?nummer)\b\.?\s+(?:[A-Z]\w|\d)"
)
_MAIL = re.compile(r"\S@\S+\.\w")
_PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[ -]?(?:\d[ -]?){9}(?!\d)")
_ALIEN = re.compile(r"(?<![^\W_])[Vv][- ]?\d{8,10}(?!\d)")
_LONG = re.compile(r"\d{9}")
_NINE = re.compile(r"(?<!\d)\d{9}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_WORDS = frozenset({"groep", "trein", "vlucht", "dossier", "huishouden", "kamer", "tent"})
_LONGEST_PREFIX = 4
_COUNTED_FAMILY = re.compile(r"\bgezin[ -]?\d{1,4}\b", re.IGNORECASE)
_NAMED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+")  # one capital and then small letters: as names are written
_WORDS_OF_MARKS = _PLAIN_WORDS | {"bus", "boot", "deel", "gezin", "lijst", "nummer", "stel", "week"}
_ELEVEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def personal(text: str) -> str:
    """Say by what a text looks as if it tells who somebody is (persoonsgegeven).

    Args:
        text: what somebody wrote about a group or a booking.

    Returns:
        A few Dutch words for what was recognised; empty when nothing was. Recognised are a day of birth, a
        form of address before a name, an e-mail address, a telephone number, the number of a foreign national
        and a citizen number; not every name.

    Source: avg, article 5.1.c (no more personal data than needed); what is recognised is our reading.

    >>> personal("fam. Jansen"), personal("komt met bus 3"), personal("geb. 3-4-1987")
    ('een naam', '', 'een geboortedatum')
    """
    found = (
        (_BORN, "een geboortedatum"),
        (_TITLE, "een naam"),
        (_MAIL, "een e-mailadres"),
        (_PHONE, "een telefoonnummer"),
        (_ALIEN, "een V-nummer"),
        (_NINE, "een burgerservicenummer"),
    )
    return next((told for pattern, told in found if pattern.search(text)), "")


def unfit_code(code: str) -> str:
    """Say why a text cannot be the code of a group (code).

    Args:
        code: what somebody wants to call a group by.

    Returns:
        A few Dutch words; empty when it will do: at least one digit, no date, and no words but short marks
        and plain ones such as groep or trein.

    Source: avg, article 5.1.c (no more personal data than needed); the rule is our reading.

    >>> unfit_code("G-014"), unfit_code("bus 3"), unfit_code("Jansen"), unfit_code("Jansen 4")
    ('', '', 'geen cijfer', 'een woord dat een naam kan zijn')
    """
    if personal(code) or _DATE.search(code):
        return personal(code) or "een datum"
    if _LONG.search(code):
        return "een nummer dat van een persoon kan zijn"
    if not any(sign.isdigit() for sign in code):
        return "geen cijfer"
    long = (word for word in _WORD.findall(code) if len(word) > _LONGEST_PREFIX)
    return "" if all(word.lower() in _PLAIN_WORDS for word in long) else "een woord dat een naam kan zijn"


def unfit_link(link: str) -> str:
    """Say why a text cannot be what linked groups share (koppeling).

    Args:
        link: what somebody wrote; groups of a bus have the name of the bus and a slash before it. Every part
            is judged.

    Returns:
        A few Dutch words; empty when it will do, as `unfit_mark` says.

    Source: avg, article 5.1.c (no more personal data than needed); the rule is our reading.

    >>> unfit_link("K-12"), unfit_link("bus 12/rood"), unfit_link("Jan Jansen")
    ('', '', 'een naam')
    """
    return next((why for part in link.split("/") if (why := unfit_mark(part.strip()))), "")


def unfit_mark(mark: str) -> str:
    """Say why a text in a file cannot be the code of a group (code).

    Args:
        mark: what a file calls a group by, or groups that belong together. Anything goes that tells nobody's
            name or number, also without a digit: a file holds the groups of one evening.

    Returns:
        A few Dutch words; empty when it will do. A word is refused when it is longer than a mark and not a
        plain one such as gezin or bus, and when it is written as a name is: alone without a digit, or beside
        another. Nine digits or more in a row are refused, and nine in parts that pass the test of eleven.

    Source: avg, article 5.1.c (no more personal data than needed); the rule is our reading.

    >>> unfit_mark("A"), unfit_mark("gezin 3"), unfit_mark("bus-4/2"), unfit_mark("Jan Smit")
    ('', '', '', 'een naam')
    """
    if why := personal(_COUNTED_FAMILY.sub("", mark)):
        return why
    if _DATE.search(mark):
        return "een datum"
    if _LONG.search(mark):
        return "een nummer dat van een persoon kan zijn"
    if _is_citizen_number(re.sub(r"[ .-]", "", mark)):
        return "een burgerservicenummer"
    words = [word for word in _WORD.findall(mark) if word.casefold() not in _WORDS_OF_MARKS]
    named = [word for word in words if _NAMED.fullmatch(word)]
    looks_named = len(named) > 1 or (named and not any(sign.isdigit() for sign in mark))
    if looks_named or any(len(word) > _LONGEST_PREFIX for word in words):
        return "een naam"
    return ""


def _is_citizen_number(digits: str) -> bool:
    """Tell whether nine digits pass the test of eleven that every citizen number passes."""
    if len(digits) != len(_ELEVEN) or not (digits.isascii() and digits.isdecimal()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _ELEVEN, strict=True))
    return total % 11 == 0
