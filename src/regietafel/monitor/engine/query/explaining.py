"""Saying in plain Dutch what a question asks: in sentences, and as a nested list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from regietafel.monitor.engine.query.documents import (
    DOMAIN,
    KIND,
    LABEL,
    LANGUAGE,
    PLACE,
    SOURCE,
    TEXT,
    TITLE,
    URL,
)
from regietafel.monitor.engine.query.tree import And, Blank, Days, Near, Node, Not, Or, Term, all_terms, walk

MUST, MUST_NOT, ONE_OF = "moet", "mag niet", "één van"
_MOST_NAMES = 30
_LONG_LIST = 6
_LONG_QUESTION = 12
_IN_ZONE = {
    TITLE: "{} in de titel",
    TEXT: "{} in de tekst",
    SOURCE: "{} als bron",
    DOMAIN: "{} als domein",
    LANGUAGE: "{} als taal",
    PLACE: "{} als plaats",
    LABEL: "{} als label",
    URL: "{} in het adres",
    KIND: "{} als soort",
}
_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of a question as we read it, and the lines under it.

    ``role`` says what the line is to the line above it: it must hold, must not hold, or is one of several of
    which one is enough. ``text`` is Dutch.
    """

    role: str
    text: str
    parts: tuple[Reading, ...] = ()


def reading(node: Node) -> tuple[Reading, ...]:
    """Give a question as a nested list (reading).

    Args:
        node: the tree of a question.

    Returns:
        The parts that must hold and must not hold, each with the parts below it.

    Method: one line per node; words near each other are one line.

    >>> from regietafel.monitor.engine.query.question import parse
    >>> [(line.role, line.text, len(line.parts)) for line in reading(parse("(azc OF coa) NIET opvang*").tree)]
    [('moet', 'minstens één van deze 2', 2), ('mag niet', 'opvang…', 0)]
    """
    return tuple(_line(part) for part in (node.parts if isinstance(node, And) else (node,)))


def _line(node: Node, role: str = MUST) -> Reading:
    if isinstance(node, Not) and role == MUST:
        return _line(node.part, MUST_NOT)
    if isinstance(node, Not):
        return Reading(role, "berichten zonder", (_line(node.part, MUST_NOT),))
    if isinstance(node, Or):
        text = (
            f"minstens één van deze {len(node.parts)}"
            if role != MUST_NOT
            else f"geen van deze {len(node.parts)}"
        )
        return Reading(role, text, tuple(_line(part, ONE_OF) for part in node.parts))
    if isinstance(node, And):
        return Reading(role, "alles hieronder samen", tuple(map(_line, node.parts)))
    return Reading(role, _named(node))


def explain(node: Node) -> str:
    """Say in plain Dutch which messages answer the question (explanation).

    Args:
        node: the tree of a question.

    Returns:
        One sentence, or for a long question one per part; then what the signs in it mean.

    Method: what must hold first, then the days, then what must not hold.

    >>> from regietafel.monitor.engine.query.question import parse
    >>> explain(parse("azc borne NIET kinderopvang").tree)
    'Wij zoeken berichten met azc, en ook met borne, maar niet met kinderopvang.'
    """
    parts = node.parts if isinstance(node, And) else (node,)
    wanted = [_named(part) for part in parts if not isinstance(part, Not | Days)]
    days = _days([part for part in parts if isinstance(part, Days)])
    excluded = [_named(part.part) for part in parts if isinstance(part, Not)]
    is_long = sum(isinstance(part, Term | Blank) for part in walk(node)) > _LONG_QUESTION
    told = (_in_sentences if is_long else _in_one)(wanted, excluded, days=days)
    return " ".join([told, *legend(node)])


def _in_one(wanted: list[str], excluded: list[str], *, days: str) -> str:
    told = "Wij zoeken berichten" + f" {days}" * bool(days)
    told += " met " + ", en ook met ".join(wanted)
    return told + ", maar niet met " * bool(excluded) + ", en niet met ".join(excluded) + "."


def _in_sentences(wanted: list[str], excluded: list[str], *, days: str) -> str:
    first, *others = wanted
    told = [f"Wij zoeken berichten met {first}."]
    told += [f"Ook moet erin staan: {other}." for other in others]
    if days:
        told.append(f"Alleen berichten {days} tellen mee.")
    told += [f"Berichten met {name} tellen niet mee." for name in excluded]
    return " ".join(told)


def legend(node: Node) -> Iterator[str]:
    """Say what the signs mean that stand in the explanation and the reading (legend).

    Args:
        node: the tree of a question.

    Returns:
        One sentence per sign that occurs.

    Method: a look at the first form of every term.

    >>> from regietafel.monitor.engine.query.question import parse
    >>> list(legend(parse("azc*").tree))
    ['Waar … staat, mag het woord doorlopen.']
    """
    words = [word for term in all_terms(node) for word in term.forms[0]]
    if any(word.open_start or (word.open_end and word.letters) for word in words):
        yield "Waar … staat, mag het woord doorlopen."
    if any("?" in word.letters for word in words):
        yield "Een ? staat voor één letter of cijfer."
    if any(isinstance(part, Blank) for part in walk(node)):
        yield "Een invulplek krijgt per plaats haar woorden."


# Names of parts


def _named(node: Node) -> str:
    if isinstance(node, Term | Blank):
        return _IN_ZONE.get(node.zone, "{}").format(_leaf(node))
    if isinstance(node, Days):
        return f"een dag {_days([node])}"
    if isinstance(node, Near):
        return _near(node)
    if isinstance(node, Or):
        return _choice(node.parts)
    if isinstance(node, Not):
        return f"(zonder {_inner(node.part)})"
    wanted = [_inner(part) for part in node.parts if not isinstance(part, Not)]
    excluded = [_inner(part.part) for part in node.parts if isinstance(part, Not)]
    return f"({' en '.join([*wanted, *(f'niet {name}' for name in excluded)])})"


def _inner(node: Node) -> str:
    """Name a part so that it is clear where it ends."""
    name = _named(node)
    return f"({name})" if isinstance(node, Or | Near) else name


def _leaf(node: Term | Blank) -> str:
    if isinstance(node, Blank):
        return f"de invulplek ‹{node.name}›"
    words = node.forms[0]
    shown = node.written.strip('="')
    if words[0].sign and not words[0].letters:
        return "een hashtag, welke ook"
    if words[0].open_start:
        shown = shown.replace("*", "…", 1)
    if words[-1].open_end:
        shown = "…".join(shown.rsplit("*", 1))
    if len(words) > 1 and " " in shown:
        shown = f"de woordgroep “{shown}”"
    elif words[0].sign:
        shown = f"{'de hashtag' if words[0].sign == '#' else 'de vermelding'} {shown}"
    return f"{shown} (precies zo geschreven)" if words[0].is_exact else shown


def _choice(parts: Sequence[Node]) -> str:
    """Name a choice; what all parts have in common is said once."""
    zones = {part.zone if isinstance(part, Term | Blank) else "" for part in parts}
    common = _IN_ZONE.get(zones.pop(), "") if len(zones) == 1 else ""
    blanks = [part for part in parts if isinstance(part, Blank)]
    if len(blanks) == len(parts):
        names = [f"‹{part.name}›" for part in blanks]
        told = f"één van de invulplekken {_listed(names)}"
    else:
        names = [_leaf(part) if common and _is_leaf(part) else _inner_of_choice(part) for part in parts]
        told = (
            f"minstens één van deze {len(names)}: {_listed(names)}"
            if len(names) > _LONG_LIST
            else _listed(names)
        )
    return common.format(f"({told})") if common else told


def _is_leaf(node: Node) -> TypeGuard[Term | Blank]:
    return isinstance(node, Term | Blank)


def _inner_of_choice(node: Node) -> str:
    return _named(node) if isinstance(node, Term | Blank | Days) else _inner(node)


def _listed(names: Sequence[str]) -> str:
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} of nog {len(names) - _MOST_NAMES} andere"
    return f"{', '.join(names[:-1])} of {names[-1]}"


def _near(near: Near) -> str:
    left, right = (_inner(side) for side in (near.left, near.right))
    then = "en daarna" if near.is_ordered else "en"
    if not near.distance:
        return f"{left} {then} {right} direct {'achter' if near.is_ordered else 'naast'} elkaar"
    between = "één woord" if near.distance == 1 else f"{near.distance} woorden"
    return f"{left} {then} {right} met hoogstens {between} ertussen"


def _days(limits: Sequence[Days]) -> str:
    since = max((limit.since for limit in limits if limit.since), default=None)
    until = min((limit.until for limit in limits if limit.until), default=None)
    if since and until:
        return f"van {_day(since)}" if since == until else f"van {_day(since)} tot en met {_day(until)}"
    return f"vanaf {_day(since)}" if since else f"tot en met {_day(until)}" if until else ""


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
