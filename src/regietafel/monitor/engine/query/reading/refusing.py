"""What cannot be meant in a question: words and fields that are refused, with what to write instead."""

from __future__ import annotations

import re

from regietafel.monitor.engine.query.dialects import (
    AUTHOR_FIELDS,
    DAY,
    DEFAULT,
    FOREIGN_FIELDS,
    LIKE_NEARNESS,
    Dialect,
)
from regietafel.monitor.engine.query.remarks import CannotBeRead

_SYMBOLS = {
    **dict.fromkeys(("&&", "&", "+"), "AND"),
    **dict.fromkeys(("||", "|", ",", ";"), "OR"),
    **dict.fromkeys(("-", "–", "!"), "NOT"),
}
_WORDS = (
    (
        re.compile(f"^(?:{LIKE_NEARNESS.pattern})$"),
        "{} kunnen wij niet lezen.",
        "Schrijf NEAR/3 (of NABIJ3), en ONEAR/3 (of NAAST3) als de volgorde telt.",
    ),
    (
        re.compile(r"~"),
        "Zoeken op wat erop lijkt (~) kan niet.",
        "Schrijf de spellingen uit met OR ertussen, of gebruik * en ?.",
    ),
    (
        re.compile(r"\^"),
        "Het teken ^ kan niet: wij zetten berichten niet op volgorde van gewicht.",
        "Laat het teken en het getal weg.",
    ),
    (
        re.compile(r"^=$"),
        "Achter = hoort een woord of een woordgroep tussen aanhalingstekens.",
        "Schrijf bijvoorbeeld =IND, zonder spatie.",
    ),
)
_PATTERN_SIGNS = re.compile(r"^/|\\")  # they mean something to Lucene only


def refuse_word(word: str, *, dialect: Dialect) -> None:
    """Raise ``CannotBeRead`` for a word that cannot be what a person means."""
    if word in _SYMBOLS:
        raise CannotBeRead(
            f"Het teken {word} kunnen wij niet lezen.", suggestion=f"Schrijf {_SYMBOLS[word]}."
        )
    for pattern, message, remedy in _WORDS:
        if pattern.search(word):
            raise CannotBeRead(message.format(word), suggestion=remedy)
    if dialect.has_clauses and _PATTERN_SIGNS.search(word):
        raise CannotBeRead(
            "Zoeken met een patroon (tussen schuine strepen) of met \\ kan niet.",
            suggestion="Gebruik * en ?, of zet de woorden tussen aanhalingstekens.",
        )


def unknown_field(name: str) -> CannotBeRead:
    """Give why there is no such field, and what is meant by it elsewhere."""
    if name in AUTHOR_FIELDS:
        return CannotBeRead(
            "Zoeken op wie iets schreef kan niet: de monitor volgt geen personen.",
            suggestion="Zoek op het onderwerp.",
        )
    if name in FOREIGN_FIELDS:
        own = FOREIGN_FIELDS[name]
        remedy = "Schrijf sinds:2026-01-01 en tot:2026-01-31." if own == DAY else f"Schrijf {own}:."
        return CannotBeRead(f"Het veld {name}: heet hier anders.", suggestion=remedy)
    if name in ("http", "https"):
        return CannotBeRead(
            "Een adres kunt u alleen in het veld url: zoeken.",
            suggestion='Schrijf url:"…" met een deel van het adres, of domein:nos.nl.',
        )
    return CannotBeRead(
        f"Een veld {name}: is er niet.",
        suggestion=f"De velden zijn {', '.join(DEFAULT.fields)}. "
        f'Bedoelt u de woorden, zet ze dan tussen aanhalingstekens: "{name} …".',
    )


def is_known_field(name: str) -> bool:
    """Tell whether this is the name of a field in any way of writing, or of what is never sought."""
    return name in AUTHOR_FIELDS or name in FOREIGN_FIELDS
