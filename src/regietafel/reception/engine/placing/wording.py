"""Rules in words: what a location is or lacks, and one sentence for a group that fits nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from regietafel.kernel import dutch
from regietafel.reception.engine.placing.board import Bools
from regietafel.reception.engine.placing.feasibility import CLOSED, FULL, TARGET, TOO_SMALL

UNKNOWN = "?"  # behind a rule: nobody knows how many places of this type there are
_NAMED = 3
_MOST_NAMED = 6
_TYPES = {"toegankelijk": "toegankelijke plaatsen", "zorg": "zorgplaatsen"}
# A rule as what one location does, what more do, and in a few words.
_WORDS = {
    "soort": ("is van een andere soort", "zijn van een andere soort", "andere soort"),
    TARGET: ("is voor een andere doelgroep", "zijn voor een andere doelgroep", "voor een andere doelgroep"),
    "open": ("gaat te laat open", "gaan te laat open", "te laat open"),
    FULL: ("is vol", "zijn vol", "vol"),
    CLOSED: ("is niet alle nachten open", "zijn niet alle nachten open", "niet alle nachten open"),
    TOO_SMALL: ("is te klein", "zijn te klein", "te klein"),
    **{
        rule: (f"heeft te weinig {many}", f"hebben te weinig {many}", f"te weinig {many}")
        for rule, many in _TYPES.items()
    },
    **{
        rule: (f"is {words}", f"zijn {words}", words)
        for rule, words in (
            ("gezin", "niet voor gezinnen"),
            ("alleenreizend", "niet voor alleenreizenden"),
            ("amv", "niet voor alleenreizende minderjarigen (amv)"),
            ("huisdier", "zonder plek voor een huisdier"),
            ("school", "zonder school"),
            ("tolk", "zonder tolk"),
        )
    },
}


def told_placeless(blocked: Mapping[str, Bools], *, codes: Sequence[str]) -> str:
    """Say in one sentence why a group has no place (reden).

    Every location is told of once: by name where one thing alone is in the way, because there a small change
    helps, and otherwise in a count.

    Args:
        blocked: per rule the locations it keeps the group out of (L); a rule that ends in `UNKNOWN` is about
            a number of places that nobody knows.
        codes: names of the locations (L).

    Returns:
        A Dutch sentence without a full stop.

    Source: bron-003, paragraph 2.4 (a place must suit the group); the wording is ours.

    >>> care, full = [True, True, False], [True, False, True]
    >>> told_placeless({"zorg": np.array(care), "vol": np.array(full)}, codes=["A", "B", "C"])
    'past in geen van de 3 locaties: te weinig zorgplaatsen bij B; vol bij C; bij 1 meer dan één bezwaar \
(1 te weinig zorgplaatsen, 1 vol)'
    >>> told_placeless({"zorg?": np.array([True] * 10)}, codes=["A"] * 10)
    'past nergens: van alle 10 locaties is onbekend hoeveel zorgplaatsen er zijn'
    """
    if not codes:
        return "past nergens: er zijn geen locaties"
    blocked = {rule: marks for rule, marks in blocked.items() if marks.any()}
    matrix = np.array([*blocked.values()], dtype=bool).reshape(len(blocked), len(codes))
    rules = matrix.sum(axis=0)
    free = int((rules == 0).sum())
    if len(codes) == 1:
        return _told_one(list(blocked))
    if not free and len(blocked) == 1:
        return f"past nergens: {_every(next(iter(blocked)), len(codes))}"
    told = [f"past in geen van de {len(codes)} locaties"]
    if free:
        told = [f"heeft geen plek, maar kan nog in {free} van de {len(codes)} locaties"]
    parts = [
        f"{_short(rule)} bij {_names(marks & (rules == 1), codes)}"
        for rule, marks in zip(blocked, matrix, strict=True)
        if (marks & (rules == 1)).any()
    ]
    if many := int((rules > 1).sum()):
        counts = {rule: int((marks & (rules > 1)).sum()) for rule, marks in blocked.items()}
        where = "elk" if many == len(codes) else dutch.number(many)
        parts.append(f"bij {where} meer dan één bezwaar ({', '.join(counted(counts))})")
    return ": ".join([*told, *(["; ".join(parts)] if parts else [])])


def _told_one(rules: Sequence[str]) -> str:
    """Say why a group is not in the only location there is."""
    if not rules:
        return "heeft geen plek, maar kan nog in de enige locatie"
    if len(rules) == 1:
        return f"past nergens: {_every(rules[0], 1)}"
    return f"past niet in de enige locatie: {' en '.join(_short(rule) for rule in rules)}"


def counted(counts: Mapping[str, int]) -> list[str]:
    """Say, in a few words per rule, how many locations it blocks."""
    return [f"{count} {_short(rule)}" for rule, count in counts.items() if count]


def listed(codes: Sequence[str]) -> str:
    """Name a few, and how many more there are (opsomming).

    Args:
        codes: names of groups or locations, in order.

    Returns:
        Dutch words: all names up to six, otherwise the first three and a count.

    Source: bron-003, paragraph 2.4 (a place must suit the group); the wording is ours.

    >>> listed(["A", "B"]), listed("ABCDEFGH")
    ('A, B', 'A, B, C en 5 andere')
    """
    if len(codes) <= _MOST_NAMED:
        return ", ".join(codes)
    return f"{', '.join(codes[:_NAMED])} en {len(codes) - _NAMED} andere"


def _every(rule: str, count: int) -> str:
    """Say of all locations that a rule keeps the group out."""
    if rule.endswith(UNKNOWN):
        whom = "de enige locatie" if count == 1 else f"alle {dutch.number(count)} locaties"
        return f"van {whom} is onbekend hoeveel {_TYPES[rule.removesuffix(UNKNOWN)]} er zijn"
    one, many, _short_form = _WORDS[rule]
    return f"de enige locatie {one}" if count == 1 else f"alle {dutch.number(count)} locaties {many}"


def _short(rule: str) -> str:
    if rule.endswith(UNKNOWN):
        return f"onbekend hoeveel {_TYPES[rule.removesuffix(UNKNOWN)]}"
    return _WORDS[rule][2]


def _names(marks: Bools, codes: Sequence[str]) -> str:
    return listed([code for code, is_named in zip(codes, marks, strict=True) if is_named])
