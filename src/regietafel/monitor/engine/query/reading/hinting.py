"""Hints about words that may be meant otherwise."""

from __future__ import annotations

import re

from regietafel.monitor.engine.query.dialects import DEFAULT, NEARNESS, Dialect
from regietafel.monitor.engine.query.reading.lexing import Sign
from regietafel.monitor.engine.query.remarks import Remarks

_CAPITALS = re.compile(r"[^\W\d_a-zà-öø-ÿ]{2,5}\*?")
_SINGLE_QUOTE = re.compile(r"['‘’‚`][#@]?\w{2}")  # not 's and 't
_OFTEN_WORDS = frozenset({"NABIJ", "NAAST"})  # in Dutch also ordinary words


def hint_about(sign: Sign, *, dialect: Dialect, remarks: Remarks) -> None:
    """Say it when a word or a phrase may be meant otherwise than it is read."""
    if sign.kind == "phrase":
        _hint_about_phrase(sign, dialect=dialect, remarks=remarks)
    elif not sign.is_exact:
        _hint_about_word(sign, dialect=dialect, remarks=remarks)


def hint_about_comma(sign: Sign, *, remarks: Remarks) -> None:
    """Say it when a comma behind a word may be meant as OR."""
    if sign.kind == "word" and sign.written.endswith((",", ";")):
        remarks.hint(
            "Een komma of puntkomma is geen OF: alle woorden moeten voorkomen. Bedoelt u één ervan, schrijf "
            "dan OR.",
            start=sign.end - 1,
            end=sign.end,
            replacement=" OR",
        )


def _hint_about_phrase(sign: Sign, *, dialect: Dialect, remarks: Remarks) -> None:
    operator = next((word for word in sign.written.split() if word in dialect.operators), "")
    if operator and " " in sign.written.strip():
        remarks.hint(
            f"Tussen aanhalingstekens is {operator} een gewoon woord. Bedoelt u het verband, zet dan elk "
            "deel tussen eigen aanhalingstekens.",
            start=sign.at,
            end=sign.end,
        )


def _hint_about_word(sign: Sign, *, dialect: Dialect, remarks: Remarks) -> None:
    """Say it when a word looks like an operator, or like an abbreviation that is also a word."""
    if _SINGLE_QUOTE.match(sign.written):
        remarks.hint(
            "Enkele aanhalingstekens maken geen woordgroep: wij zoeken de woorden los. Gebruik dubbele.",
            start=sign.at,
            end=sign.end,
        )
    if meant := _operator_meant(sign.written, dialect):
        remarks.hint(
            f"“{sign.written}” zoeken wij als gewoon woord. Bedoelt u het verband, schrijf dan {meant}.",
            start=sign.at,
            end=sign.end,
            replacement=meant,
        )
    elif _CAPITALS.fullmatch(sign.written) and sign.written.isupper():
        remarks.hint(
            f"“{sign.written}” vindt ook “{sign.written.lower()}”. Bedoelt u alleen de hoofdletters, schrijf "
            f"dan ={sign.written}.",
            start=sign.at,
            end=sign.end,
            replacement=f"={sign.written}",
        )


def _operator_meant(written: str, dialect: Dialect) -> str:
    """Give how the operator is written here that this word looks like, if any."""
    name = written.upper()
    near = NEARNESS.fullmatch(name)
    if near is None and name not in DEFAULT.operators:
        return ""
    if written not in (name, written.lower()) or (near and name in _OFTEN_WORDS and written != name):
        return ""
    if (near and near[1] in dialect.operators) or name in dialect.operators:
        return name
    if near:
        return f"{DEFAULT.operators[near[1]]}/{near[2] or 4}"
    return DEFAULT.operators[name]
