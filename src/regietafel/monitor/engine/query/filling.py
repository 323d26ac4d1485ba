"""Filling the blanks of a question with the values of a place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from regietafel.monitor.engine.query.limits import MAX_FILLED_TERMS
from regietafel.monitor.engine.query.reading.lexing import QUOTES
from regietafel.monitor.engine.query.reading.refusing import refuse_value
from regietafel.monitor.engine.query.reading.terms import is_bare, phrase_term, word_term
from regietafel.monitor.engine.query.remarks import CannotBeRead, QueryError, Remarks
from regietafel.monitor.engine.query.tree import (
    And,
    Blank,
    Near,
    Node,
    Not,
    Or,
    Term,
    all_terms,
    blanks,
    fold_up,
    opposite,
    together,
)
from regietafel.monitor.engine.query.words import normalise, split_words

Values = Mapping[str, str | Sequence[str]]
Gone = tuple[str, ...]  # the empty blanks that leave nothing of a part; none when nothing was excluded

_QUOTED = re.compile(r'([=@#]?)"([^"<>]*)"')


def filled_tree(tree: Node, values: Values, *, text: str = "") -> Node:
    """Put terms in the place of the blanks; ``text`` is the question in which an error gets its place."""
    return _Filling(values, text=text).filled(tree)


class _Filling:
    """The values for the blanks of one question."""

    def __init__(self, values: Values, *, text: str) -> None:
        self._values = {
            _name(name): (value,) if isinstance(value, str) else value for name, value in values.items()
        }
        self._text = text

    def filled(self, tree: Node) -> Node:
        """Give the tree with every blank filled."""
        result = fold_up(tree, self._visit)
        if isinstance(result, tuple):
            raise self._nothing_left(result or blanks(tree))
        if sum(1 for _ in all_terms(result)) > MAX_FILLED_TERMS:
            raise QueryError(
                f"Ingevuld heeft de zoekvraag meer dan {MAX_FILLED_TERMS} zoekwoorden.",
                suggestion="Vul minder waarden in, of splits de zoekvraag.",
            )
        return result

    def _visit(self, node: Node, parts: list[Node | Gone]) -> Node | Gone:
        if isinstance(node, Blank):
            terms = self._terms(node)
            return together(Or, terms) if terms else (node.name,)
        if isinstance(node, Not):
            return () if isinstance(parts[0], tuple) else opposite(parts[0])
        if not parts:
            return node
        left = [part for part in parts if not isinstance(part, tuple)]
        gone = tuple(name for part in parts if isinstance(part, tuple) for name in part)
        if isinstance(node, Or):
            return together(Or, left) if left else gone
        if gone:
            raise self._nothing_left(gone)
        if isinstance(node, Near):
            return Near(left[0], left[1], node.distance, node.is_ordered)
        return together(And, left) if left else ()

    def _terms(self, blank: Blank) -> list[Term]:
        return [self._value(value, blank) for value in self._values.get(blank.name, ()) if split_words(value)]

    def _value(self, value: str, blank: Blank) -> Term:
        try:
            return _term(value, is_mention="account" in blank.name, zone=blank.zone)
        except CannotBeRead as refusal:
            message = f"De waarde {value} voor <{blank.name}> is niet te lezen. {refusal.message}"
            raise self._error(message, blank.name, suggestion=refusal.suggestion) from refusal

    def _nothing_left(self, names: Sequence[str]) -> QueryError:
        named = ", ".join(f"<{name}>" for name in dict.fromkeys(names))
        return self._error(
            f"Een deel van de zoekvraag is leeg, want hier is niets ingevuld: {named}.",
            names[0],
            suggestion="Vul minstens één waarde in, of haal dit deel uit de zoekvraag.",
        )

    def _error(self, message: str, name: str, *, suggestion: str) -> QueryError:
        pattern = r"<\s*" + r"\s+".join(map(re.escape, name.split())) + r"\s*>"
        found = re.search(pattern, self._text, re.IGNORECASE)
        remarks = Remarks(self._text)
        remarks.error(message, found.start() if found else 0, suggestion=suggestion)
        return remarks.first()


def _name(name: str) -> str:
    return " ".join(name.strip("<> ").lower().split())


def _term(value: str, *, is_mention: bool, zone: str) -> Term:
    """Make a term of one value; # @ * and = keep their meaning, other signs of the language are refused."""
    value = " ".join(normalise(value).translate(QUOTES).split())
    if quoted := _QUOTED.fullmatch(value):
        value = quoted[1] + quoted[2].strip()
    else:
        refuse_value(value)
    if is_mention:
        value = "@" + value.lstrip("@=")
    is_exact = value.startswith("=")
    value = value.removeprefix("=")
    return (word_term if is_bare(value) else phrase_term)(value, zone=zone, is_exact=is_exact)
