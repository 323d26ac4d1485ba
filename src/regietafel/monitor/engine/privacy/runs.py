"""Cutting a question into runs: words that stand, or must occur, together and may so be one name.

Only what a question asks for is cut. What is excluded with NOT is left alone: excluding someone is not
following them. What is excluded from an exclusion is asked for after all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from regietafel.monitor.engine.privacy.accounts import is_platform
from regietafel.monitor.engine.privacy.names import NameLists, Token, tokens_of
from regietafel.monitor.engine.privacy.streets import bears_name, place_of_street
from regietafel.monitor.engine.query import Term
from regietafel.monitor.engine.query.documents import DOMAIN, KIND, LANGUAGE, PLACE, SOURCE, URL
from regietafel.monitor.engine.query.tree import And, Blank, Near, Node, Not, Or, all_terms, children

_APART = frozenset({SOURCE, DOMAIN, LANGUAGE, PLACE, KIND})  # says nothing of who stands in the text
_TOGETHER = (None, frozenset({PLACE}), frozenset({SOURCE, DOMAIN, URL}))  # fields that tell of one thing
_LINKING = frozenset({URL, DOMAIN, SOURCE})
ACCOUNT, STREET, NEARBY = "account", "straat", "dichtbij"  # what a run of two parts is about
_LONGEST_HALF = 3
SIDE_BY_SIDE = 1  # words between
_QUOTES = ('"', "“", "”", "„", "«")
STRICT_ADDRESS = frozenset("meneer mevrouw mevr mw dhr juffrouw".split())


@dataclass(frozen=True, slots=True)
class Run:
    """Words to judge as one, how they were written, and where they are sought.

    ``is_phrase`` when they stand side by side in the text, or are one word; otherwise all must occur.
    """

    tokens: tuple[Token, ...]
    written: str
    is_phrase: bool
    zone: str = ""


class Runs:
    """Cuts trees into runs, with the name lists to know a half name and an office by."""

    def __init__(self, names: NameLists, *, tokens: Callable[[Term], list[Token]] = tokens_of) -> None:
        self._names = names
        self._tokens = tokens

    def of(self, node: Node, *, beside_office: bool = False) -> Iterator[Run]:
        """Cut what is asked for; beside an office one word is the name of who holds it."""
        if isinstance(node, Term):
            run = Run(tuple(self._tokens(node)), node.written, True, node.zone)
            if not (beside_office and len(run.tokens) == 1 and not run.tokens[0].sign):
                yield run
        elif isinstance(node, And):
            yield from self._side_by_side(node, beside_office=beside_office)
        elif isinstance(node, Near):
            yield from self._near(node, beside_office=beside_office)
        else:
            for part in children(node):
                yield from self.of(part, beside_office=beside_office)

    def _side_by_side(self, node: And, *, beside_office: bool) -> Iterator[Run]:
        """Join words that stand side by side; judge phrases and groups by themselves too."""
        beside_office = beside_office or any(map(self._is_office, node.parts))
        row: list[Term] = []
        for part in (*node.parts, None):
            if isinstance(part, Term) and self._may_continue(part):
                row.append(part)
                continue
            yield from self._row(row, beside_office=beside_office)
            row = []
            if part is not None:
                yield from self.of(part, beside_office=beside_office)
        yield from self._across(node.parts)

    def _row(self, row: Sequence[Term], *, beside_office: bool) -> Iterator[Run]:
        for term in row:
            if len(row) == 1 or len(self._tokens(term)) > 1 or term.zone == URL:
                yield from self.of(term, beside_office=beside_office)
        if len(row) > 1:
            tokens = chain.from_iterable(map(self._tokens, row))
            yield Run(tuple(tokens), " ".join(term.written for term in row), False)

    def _may_continue(self, term: Term) -> bool:
        """Whether a term is one word or the first half of a name, such as A.B. or "Jan de"."""
        tokens = self._tokens(term)
        return term.zone not in _APART and self._is_row_of_half(tokens)

    def _is_row_of_half(self, tokens: Sequence[Token]) -> bool:
        half = (token.is_initial or token.is_particle or self._names.is_given(token) for token in tokens)
        return len(tokens) == 1 or (0 < len(tokens) <= _LONGEST_HALF and all(half))

    def _near(self, node: Near, *, beside_office: bool) -> Iterator[Run]:
        """Judge both sides, and a word of the one with a word of the other."""
        sides = (node.left, node.right)
        beside_office = beside_office or any(map(self._is_office, sides))
        for side in sides:
            yield from self.of(side, beside_office=beside_office)
        if not beside_office:
            yield from self._across(sides, is_row=False)
            yield from self._close_by(sides, zone=NEARBY if node.distance > SIDE_BY_SIDE else "")

    def _close_by(self, sides: Sequence[Node], *, zone: str) -> Iterator[Run]:
        """Join a given name with every word near it; within a word of it they are as good as side by side."""
        sought = [[term for term in _sought_in_text(side) if self._may_continue(term)] for side in sides]
        for half, others in zip(sought, reversed(sought), strict=True):
            for given, other in product(filter(self._is_half, half), others):
                tokens = (*self._tokens(given), *self._tokens(other))
                yield Run(tokens, f"{given.written} … {other.written}", False, zone)

    def _across(self, parts: Sequence[Node], *, is_row: bool = True) -> Iterator[Run]:
        """Join what is asked for in one part with what is asked for in another: (Jan OR Piet) AND Jansen."""
        for zones in _TOGETHER:
            sought = [[term for term in all_terms(part) if _is_in(term, zones)] for part in parts]
            yield from self._halves(sought)
        yield from self._accounts([list(all_terms(part)) for part in parts])
        yield from self._lives_in(parts, is_row=is_row)

    def _halves(self, sought: Sequence[Sequence[Term]]) -> Iterator[Run]:
        """Join half a name in one part with a surname in another."""
        halves = [list(filter(self._is_half, terms)) for terms in sought]
        surnames = [list(filter(self._is_surname, terms)) for terms in sought]
        for place, half in ((place, half) for place, found in enumerate(halves) for half in found):
            for surname in chain(*surnames[:place], *surnames[place + 1 :]):
                tokens = (*self._tokens(half), *self._tokens(surname))
                yield Run(tokens, f"{half.written} … {surname.written}", True)

    def _accounts(self, sought: Sequence[Sequence[Term]]) -> Iterator[Run]:
        """Join a platform in one part with what may be an account in another: url:facebook url:jan123."""
        links = [[term for term in terms if term.zone in _LINKING] for terms in sought]
        for place, term in ((place, term) for place, found in enumerate(links) for term in found):
            if not is_platform(self._tokens(term)):
                continue
            for other in chain(*links[:place], *links[place + 1 :]):
                if other.zone == URL:
                    yield Run(tuple(self._tokens(other)), f"{term.written} … {other.written}", True, ACCOUNT)

    def _lives_in(self, parts: Sequence[Node], *, is_row: bool) -> Iterator[Run]:
        """Join a given name in one part with a street in another, unless the street bears the name."""
        sought = [list(_sought_in_text(part)) for part in parts]
        streets = [[term for term in terms if self._has_street(term)] for terms in sought]
        for place, found in enumerate(sought if any(streets) else ()):
            for half in filter(self._is_half, found):
                for other, street in (
                    (at, one) for at, terms in enumerate(streets) for one in terms if at != place
                ):
                    if not (is_row and self._continues(parts, place=place, street=other)):
                        tokens = (*self._tokens(half), *self._tokens(street))
                        yield Run(tokens, f"{half.written} … {street.written}", False, STREET)

    def _has_street(self, term: Term) -> bool:
        return place_of_street(self._tokens(term), self._names) is not None

    def _continues(self, parts: Sequence[Node], *, place: int, street: int) -> bool:
        """Whether a street is written right behind the name, as words: Jan van Galenstraat."""
        words = parts[place : street + 1]
        if place > street or not all(isinstance(one, Term) and len(self._tokens(one)) == 1 for one in words):
            return False
        if any(isinstance(one, Term) and one.written.startswith(_QUOTES) for one in words):
            return False
        tokens = [token for one in words if isinstance(one, Term) for token in self._tokens(one)]
        between = all(token.is_particle or self._names.may_be_given(token) for token in tokens[1:-1])
        return between and bears_name(tokens, self._names)

    def _is_half(self, term: Term) -> bool:
        tokens = self._tokens(term)
        if len(tokens) == 1 and tokens[0].folded in STRICT_ADDRESS:
            return True
        has_given = any(self._names.is_given(token) or token.is_initial for token in tokens)
        return has_given and self._is_row_of_half(tokens)

    def _is_surname(self, term: Term) -> bool:
        tokens = self._tokens(term)
        if not tokens or not all(token.is_particle for token in tokens[:-1]):
            return False
        return self._names.may_be_surname(tokens[-1]) and not self._names.is_place(tokens[-1])

    def _is_office(self, part: Node) -> bool:
        terms = part.parts if isinstance(part, Or) else (part,)
        return all(isinstance(term, Term) and self._names_office(term) for term in terms)

    def _names_office(self, term: Term) -> bool:
        tokens = self._tokens(term)
        return bool(tokens) and tokens[0].folded in self._names.public_functions


def _sought_in_text(part: Node) -> Iterator[Term]:
    return (term for term in all_terms(part) if term.zone not in _APART)


def _is_in(term: Term, zones: frozenset[str] | None) -> bool:
    return term.zone not in _APART if zones is None else term.zone in zones


def asked_for(node: Node, values: Mapping[str, Sequence[str]], *, is_negated: bool = False) -> Node | None:
    """Give what a question asks for: without NOT, its blanks filled in; None when nothing is left."""
    if isinstance(node, Not):
        return asked_for(node.part, values, is_negated=not is_negated)
    if isinstance(node, Blank):
        filled = tuple(value_term(node.name, value) for value in values.get(node.name, ()))
        return Or(filled) if filled and not is_negated else None
    if isinstance(node, And | Or):
        asked = (asked_for(part, values, is_negated=is_negated) for part in node.parts)
        parts = tuple(part for part in asked if part is not None)
        joined = And if isinstance(node, And) is not is_negated else Or  # De Morgan
        return joined(parts) if parts else None
    if isinstance(node, Near) and not is_negated:
        left, right = asked_for(node.left, values), asked_for(node.right, values)
        return Near(left, right, node.distance) if left and right else left or right
    return node if isinstance(node, Term) and not is_negated else None


def value_term(name: str, value: str) -> Term:
    """Give what stands in the place of a blank; in one for an account every value is a mention."""
    sign = "@" if "account" in name and not value.startswith(("@", "#")) else ""
    return Term(sign + value, ())
