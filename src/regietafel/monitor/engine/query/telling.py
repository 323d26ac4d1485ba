"""Saying a question back: in its fixed form, and as data."""

from __future__ import annotations

from typing import Any

from regietafel.monitor.engine.query.tree import And, Blank, Days, Near, Node, Not, Or, Term, Word, fold_up

Data = dict[str, Any]


def canonical(node: Node) -> str:
    """Write a question with AND, OR, NOT and NEAR and every bracket that matters."""
    return fold_up(node, _written)


def _written(node: Node, parts: list[str]) -> str:
    if isinstance(node, Term | Blank | Days):
        return _leaf(node)
    if isinstance(node, Not):
        return f"NOT {_grouped(node.part, parts[0])}"
    if isinstance(node, Near):
        left, right = (
            _grouped(side, part) for side, part in zip((node.left, node.right), parts, strict=True)
        )
        return f"{left} {near_name(node)} {right}"
    joiner = " AND " if isinstance(node, And) else " OR "
    return joiner.join(_grouped(part, written) for part, written in zip(node.parts, parts, strict=True))


def near_name(node: Near) -> str:
    """Give the operator as it is written: NEAR/4 or ONEAR/4."""
    return f"{'ONEAR' if node.is_ordered else 'NEAR'}/{node.distance}"


def _grouped(node: Node, written: str) -> str:
    return f"({written})" if isinstance(node, And | Or | Near) else written


def _leaf(node: Term | Blank | Days) -> str:
    if isinstance(node, Days):
        limits = (("sinds", node.since), ("tot", node.until))
        return " ".join(f"{name}:{day.isoformat()}" for name, day in limits if day)
    field = f"{node.zone}:" if node.zone else ""
    return field + (node.written if isinstance(node, Term) else f"<{node.name}>")


def data(node: Node) -> Data:
    """Give a question as nested dictionaries that can be written as JSON; the keys are Dutch."""
    return fold_up(node, _as_data)


def _as_data(node: Node, parts: list[Data]) -> Data:
    if isinstance(node, Term):
        kind = "woordgroep" if any(len(form) > 1 for form in node.forms[:1]) else "woord"
        shown = [[written_word(word) for word in form] for form in node.forms]
        return {"soort": kind, "tekst": node.written, "veld": node.zone, "vormen": shown}
    if isinstance(node, Blank):
        return {"soort": "invulplek", "naam": node.name, "veld": node.zone}
    if isinstance(node, Days):
        since, until = (day.isoformat() if day else "" for day in (node.since, node.until))
        return {"soort": "dagen", "sinds": since, "tot": until}
    if isinstance(node, Near):
        return {
            "soort": "nabij",
            "afstand": node.distance,
            "volgorde": node.is_ordered,
            "links": parts[0],
            "rechts": parts[1],
        }
    if isinstance(node, Not):
        return {"soort": "niet", "deel": parts[0]}
    return {"soort": "en" if isinstance(node, And) else "of", "delen": parts}


def written_word(word: Word) -> str:
    """Write one word of a term with its signs."""
    start, end = "*" * word.open_start, "*" * word.open_end
    return f"{'=' * word.is_exact}{word.sign}{start}{word.letters}{end}"
