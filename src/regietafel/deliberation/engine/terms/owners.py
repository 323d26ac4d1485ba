"""Who owes an action: an organisation, function or body, or a person whom the text names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_FUNCTION = (
    r"(?:plv\.? |plaatsvervangend )?(?:burgemeesters?|wethouders?|voorzitters?|secretaris(?:sen)?|griffiers?|"
    r"projectleiders?|portefeuillehouders?|gemeentesecretaris(?:sen)?|woordvoerders?|\w*adviseurs?|"
    r"beleidsondersteuners?|\w*coördinator(?:en)?|gemeenten?|provincies?|ministeries?|ministers?|"
    r"staatssecretaris(?:sen)?|colleges?|raad|raden|gemeenteraad|gemeenteraden|commissies?|bestuur|"
    r"veiligheidsregio['’]?s?|politie|brandweer|teams?|afdeling(?:en)?|\w*groep(?:en)?|leden|directies?|bureaus?|"
    r"\w+(?:overleg|bureau|ministerie|regio|bestuur|directeur|leider)s?)"
)
_PLACE = r"[A-ZÀ-Þ][\w’'-]+(?: (?:van|aan|de|den|der|het|op|en) [A-ZÀ-Þ][\w’'-]+| [A-ZÀ-Þ][\w’'-]+)*"
_ABBREVIATION = r"(?:[A-Z]{2,6}(?:-[A-Z]{1,6})?|[A-Z][a-z]?[A-Z]{1,3}|Co[A-Z]{1,3})"
_NOUN = (
    r"(?:(?:De|Het|Alle|Iedere|Elke|Beide|de|het|alle|iedere|elke|beide)\s+)?(?:\w+e\s+)?"
    rf"(?:(?i:{_FUNCTION})"
    rf"(?:\s+(?:(?:van|in|bij|uit|voor)\s+(?:(?:de|het)\s+)?)?(?:{_PLACE}|{_ABBREVIATION}|(?i:{_FUNCTION})))?"
    rf"|{_ABBREVIATION}(?:\s+{_PLACE})?)"
)
_VERB = (
    r"(?:zal|zullen|gaat|gaan|doet|doen|kan|kunnen|moet|moeten|mag|is|zijn|heeft|hebben|komt|komen|ziet|"
    r"[a-zë]{2,}(?:t|en))"
)
_LABELLED = re.compile(
    r"\(\s*(?:actie(?:houder)?|trekker|door)\s*:?\s+(?P<bracket>[^()]{2,80})\)"
    r"|(?:^|[.;]\s+|\s[-–]\s)(?:actie(?:houder)?|trekker|eigenaar|verantwoordelijke?)\s*:\s*(?P<label>[^.;()\n]{2,80})",
    re.IGNORECASE,
)
_VIA = re.compile(
    r"^\s*via\s+(?:(?:de|het)\s+)?(?P<name>[^,.;]+?)\s+(?:wordt|worden|laat|laten|zal|zullen)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"^\s*(?P<name>{_NOUN}(?:\s*(?:,|en|&)\s*{_NOUN})*)\s+(?P<verb>{_VERB})\b")
_ASKING = re.compile(r"(?:verzoek|uitnodig|attender|rappeller|bedank|bevrag)en$")
_PLURAL = re.compile(
    r"(?:,|\ben\b|&)|\b(?:alle|beide|leden|\w{4,}(?:s|en|ers))\b(?!\s+(?:van|in)\b.*\b\w+$)|\b\w+s\b\s+(?:van|in)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"^\s*Binnen\s+(?P<name>alle\s+(?:\w+e\s+)?gemeenten)\b")
_TITLED = re.compile(
    rf"^(?:(?:de|mevr?\.?|mw\.?|dhr\.?|mevrouw|heer|de heer|drs\.?|mr\.?)\s+)+{_PLACE}$|^(?:[A-Z]\.\s?)+",
    re.IGNORECASE,
)
_FIRST_TITLED = re.compile(
    r"^\s*(?P<name>(?:De heer|Dhr\.?|Mevrouw|Mevr\.|Mw\.)\s+(?:[A-Z]\.\s?)*"
    rf"(?:(?:van|de|den|der|ter|ten)\s+)*{_PLACE})"
    rf"\s+{_VERB}\b"
)
_BEFORE_COLON = re.compile(r"^\s*(?P<name>\w[^:.;()]{1,60}):\s+\S")
_ONLY_FUNCTION = re.compile(
    rf"^(?i:(?:de|het|alle)\s+)?(?i:{_FUNCTION})(?:\s+(?:{_PLACE}|{_ABBREVIATION}))?$"
)
_ALL_NOUN = re.compile(rf"^{_NOUN}$")
_PARTS = re.compile(r"\s*(?:,|;|/|&|\ben\b)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who owes something, as written; `is_person` when the text names someone rather than a function or body.

    With `is_channel` the text says through which body it goes, not who does it.
    """

    name: str
    is_person: bool = False
    is_channel: bool = False


def owner_of(text: str, *, known: Sequence[str] = ()) -> Owner | None:
    """Give who owes what a sentence asks (owner or None).

    Args:
        text: running Dutch text of one action or decision.
        known: names of organisations, functions and bodies that are known, such as those of the attendance.

    Returns:
        Who stands behind "actie:", is the subject of the first sentence, or is named after "via". A name that
        is no organisation, function or body that we recognise is kept as written and marked as a person.

    Source: bron-003, 2.3 ("Via het projectleidersoverleg") and 2.6 ("Burgemeesters laten", "BA vraagt"); what
    counts as a function or body is our reading.

    >>> owner_of("Burgemeesters laten voor 19 april weten of zij kunnen helpen").name
    'Burgemeesters'
    >>> owner_of("Draaiboek aanpassen (actie: Jansen)")
    Owner(name='Jansen', is_person=True, is_channel=False)
    >>> owner_of("Opvang blijft nodig") is None
    True
    """
    if label := _LABELLED.search(text):
        return owner_named(label["bracket"] or label["label"], known=known)
    if via := _VIA.match(text):
        return Owner(name=" ".join(via["name"].split()), is_channel=True)
    if name := _before_colon(text, known) or _first_known(text, known):
        return Owner(name=name)
    if titled := _FIRST_TITLED.match(text):
        return Owner(name=titled["name"], is_person=True)
    subject = _SUBJECT.match(text)
    if subject is not None and _is_asked(subject["name"], subject["verb"]):
        return None
    subject = subject or _WITHIN.match(text)
    return Owner(name=" ".join(subject["name"].split())) if subject else None


def _is_asked(name: str, verb: str) -> bool:
    """Tell "Minister BZK verzoeken om een brief" and "De raad besluit" from a subject that is to act."""
    if verb.startswith(("beslui", "besloot", "stem")):
        return True
    if not verb.endswith("en") or verb in {"zullen", "kunnen", "moeten", "mogen", "worden"}:
        return False
    return bool(_ASKING.match(verb)) or not _PLURAL.search(name)


def owner_named(written: str, *, known: Sequence[str] = ()) -> Owner | None:
    """Return the owner that stands alone, in a cell or behind "actie:"."""
    name = " ".join(written.split()).strip(" .,:-–")
    if not any(sign.isalpha() for sign in name) or name.lower() in {
        "geen",
        "nvt",
        "n.v.t",
        "n.t.b",
        "ntb",
        "onbekend",
    }:
        return None
    return Owner(name=name, is_person=not all(is_body(part, known) for part in _parts(name, known)))


def _before_colon(text: str, known: Sequence[str]) -> str:
    """Return what stands before a colon if all of it is known or a function, unlike "NB:" and "Let op:"."""
    match = _BEFORE_COLON.match(text)
    if match is None:
        return ""
    names = {each.lower() for each in known}
    is_known = all(
        part.lower() in names or _ONLY_FUNCTION.match(part) for part in _parts(match["name"], known)
    )
    return " ".join(match["name"].split()) if is_known else ""


def _parts(name: str, known: Sequence[str]) -> Iterator[str]:
    """Yield the names of an enumeration; a known name with "en" in it is one name."""
    if name.lower() in {each.lower() for each in known}:
        yield name
    else:
        yield from (part for part in _PARTS.split(name) if part)


def is_body(name: str, known: Sequence[str]) -> bool:
    """Say whether a name is an organisation, function or body, not a person."""
    if any(name.lower() in {each.lower(), f"gemeente {each.lower()}"} for each in known):
        return True
    if _TITLED.match(name) and not _ALL_NOUN.match(name):
        return False
    return bool(_ALL_NOUN.match(name) or re.match(r"(?i)(?:alle(?:n|n?maal)?|iedereen|leden)\b", name))


def _first_known(text: str, known: Sequence[str]) -> str:
    """Find a known name, or several, that the sentence begins with and that does something."""
    begin = re.sub(r"^\s*(?:De|Het|de|het)\s+", "", text)
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True) if name)
    if not names:
        return ""
    one = rf"(?:(?:[Gg]emeenten?|[Pp]rovincie)\s+)?(?:{names})"
    match = re.match(rf"(?P<all>{one}(?:\s*(?:,|en|&)\s*{one})*)\s+{_VERB}\b", begin)
    return " ".join(match["all"].split()) if match else ""
