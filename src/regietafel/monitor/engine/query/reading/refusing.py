"""What cannot be meant in a question: words and fields that are refused, with what to write instead."""

from __future__ import annotations

import re

from regietafel.monitor.engine.query.dialects import (
    AUTHOR_FIELDS,
    DAY,
    DEFAULT,
    FOREIGN_FIELDS,
    LIKE_NEARNESS,
    NEARNESS,
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
_PAIR = re.compile(r"\([^()]*\)")  # as in Bergen (NH)
_BRACKET = re.compile(r"[()\[\]{}<>]")
_SQUARE = re.compile(r"[\[\]{}]")
_RANGE = re.compile(r"\sTO\s")
_FIELD = re.compile(r"([^\W\d][\w.]*):\S")
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
    if _SQUARE.search(word):
        raise wrong_brackets(word)


def wrong_brackets(written: str) -> CannotBeRead:
    """Give why square and curly brackets cannot stand there, alone or around something."""
    if _RANGE.search(written):
        return CannotBeRead(
            "Van … tot en met kan alleen bij dagen.",
            suggestion="Schrijf sinds:2026-01-01 tot:2026-01-31, of zoek op woorden.",
        )
    return CannotBeRead(
        "Vierkante haken en accolades kunnen niet.",
        suggestion="Gebruik ronde haken voor wat bij elkaar hoort: (opvang OR azc). Laat ze anders weg.",
    )


def refuse_value(value: str) -> None:
    """Raise ``CannotBeRead`` when the value of a blank is written as a question; it is a word or a phrase."""
    words = value.split()
    operator = next((word for word in words if _is_operator(word)), "") if len(words) > 1 else ""
    if operator:
        raise CannotBeRead(
            f"Daarin staat {operator}, en een waarde is één woord of woordgroep.",
            suggestion="Geef elke waarde apart op: één per regel, of op de opdrachtregel één per --vul. "
            "Bedoelt u deze woorden zelf, zet de hele waarde dan tussen aanhalingstekens.",
        )
    if bracket := _BRACKET.search(_PAIR.sub(" ", value)):
        raise CannotBeRead(
            f"Het haakje {bracket.group()} kan hier niet staan.",
            suggestion="Haal het weg. Alleen een paar ronde haakjes mag, zoals in Bergen (NH).",
        )
    if '"' in value:
        raise CannotBeRead(
            "De aanhalingstekens staan niet om de hele waarde.",
            suggestion="Zet ze voor en achter de waarde, of haal ze weg. Meer waarden geeft u apart op.",
        )
    if field := next((name for name in _FIELD.findall(value) if is_field(name.lower())), ""):
        raise CannotBeRead(
            f"Het veld {field}: kan niet in een waarde.",
            suggestion=f"Zet het veld in de zoekvraag, voor de invulplek, en haal {field}: hier weg.",
        )


def _is_operator(word: str) -> bool:
    word = word.strip("()[]{}")
    return any((word in DEFAULT.operators, NEARNESS.fullmatch(word), LIKE_NEARNESS.fullmatch(word)))


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


def is_field(name: str) -> bool:
    """Tell whether this is the name of a field in any way of writing, our own included."""
    return name in DEFAULT.fields or is_known_field(name)


def is_known_field(name: str) -> bool:
    """Tell whether this is the name of a field in any way of writing, or of what is never sought."""
    return name in AUTHOR_FIELDS or name in FOREIGN_FIELDS
