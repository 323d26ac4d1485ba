"""What every word and every exclusion of a question does in a sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from regietafel.monitor.engine.query.telling import canonical
from regietafel.monitor.engine.query.tree import And, Near, Node, Not, Or, Term, all_terms, walk
from regietafel.monitor.engine.review.pruning import without
from regietafel.monitor.engine.review.tally import Atom, Example, Tally

MOST_NEAR_TERMS = 12  # each is one more question to ask of every message


@dataclass(frozen=True)
class TermCount:
    """What one term does: the messages that hold it, those among the answers, and those it alone brings.

    ``excluded`` are messages with this term that would answer if nothing was excluded. ``only_here`` are the
    answers that would be gone without this term; None when that was not counted. ``is_excluding``: the term
    stands only in what is excluded.
    """

    term: Term
    messages: int
    answers: int
    only_here: int | None
    excluded: int
    is_excluding: bool

    @property
    def written(self) -> str:
        """The term as it is written, with its field."""
        return canonical(self.term)

    @property
    def shared(self) -> int | None:
        """The answers with this term that would be found without it too."""
        return None if self.only_here is None else self.answers - self.only_here


@dataclass(frozen=True)
class Exclusion:
    """What one excluded part takes away: messages that answer all the rest.

    ``only_here`` are taken away by this part alone. ``also`` are the words sought that stood in them, the
    most frequent first.
    """

    written: str
    part: Node
    removed: int
    only_here: int
    also: tuple[tuple[Term, int], ...]
    examples: tuple[Example, ...]


def nodes_to_count(tree: Node) -> tuple[Node, ...]:
    """Give the question and its variations whose atoms must be known before counting."""
    pruned = (without(tree, term) for term in near_terms(tree))
    return (tree, *(node for node in pruned if node is not None))


def near_terms(tree: Node) -> tuple[Term, ...]:
    """Give the terms that stand near others, when they are few; without one the nearness is another."""
    terms = tuple(_terms_near(tree))
    return terms if len(terms) <= MOST_NEAR_TERMS else ()


def _terms_near(tree: Node) -> dict[Term, None]:
    nears = (node for node in walk(tree) if isinstance(node, Near))
    return dict.fromkeys(term for near in nears for term in all_terms(near))


def sought(node: Node, *, negated: bool = False) -> Iterator[Term]:
    """Give the terms that help an answer, not those that prevent one."""
    if isinstance(node, Term):
        if not negated:
            yield node
    elif isinstance(node, Not):
        yield from sought(node.part, negated=not negated)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from sought(part, negated=negated)
    elif isinstance(node, Near) and not negated:
        yield from all_terms(node)


def exclusions_of(tree: Node) -> Iterator[tuple[Not, tuple[Node, ...]]]:
    """Give every NOT with the parts it excludes."""
    for node in walk(tree):
        if isinstance(node, Not):
            yield node, node.part.parts if isinstance(node.part, Or) else (node.part,)


def without_exclusions(tree: Node) -> Node | None:
    """Give a question that excludes nothing."""
    for node in [node for node in walk(tree) if isinstance(node, Not)]:
        pruned = without(tree, node)
        if pruned is None:
            return None
        tree = pruned
    return tree


def count_terms(tree: Node, counted: Tally) -> tuple[TermCount, ...]:
    """Count what each term does, in the order of the question."""
    wanted = frozenset(sought(tree))
    answers, almost = counted.verdict(tree), counted.verdict(without_exclusions(tree))
    messages = counted.totals(counted.counts)
    answered = counted.totals(counted.that(answers))
    excluded = counted.totals(counted.that(almost, lambda held: not answers(held)))
    alone = _only_here(tree, counted)
    return tuple(
        TermCount(
            term,
            messages=messages[term],
            answers=answered[term],
            only_here=alone[term],
            excluded=excluded[term],
            is_excluding=term not in wanted,
        )
        for term in dict.fromkeys(all_terms(tree))
    )


def _only_here(tree: Node, counted: Tally) -> dict[Term, int | None]:
    """Count the answers that would be gone if a term stood nowhere."""
    answers = counted.verdict(tree)
    in_near = _terms_near(tree)
    alone: dict[Term, int | None] = dict.fromkeys(all_terms(tree), 0)
    alone.update(dict.fromkeys(in_near))
    for term in near_terms(tree):
        still = counted.verdict(without(tree, term))
        alone[term] = counted.count(answers, lambda held, still=still: not still(held))  # type: ignore[misc]
    lone: Counter[Term] = Counter()
    for held in counted.that(answers):
        for atom in counted.held(held):
            if isinstance(atom, Term) and atom not in in_near and not answers(held & ~counted.bits[atom]):
                lone[atom] += counted.counts[held]
    return alone | lone


def count_exclusions(tree: Node, counted: Tally) -> Iterator[Exclusion]:
    """Count what each excluded part takes away, in the order of the question."""
    answers = counted.verdict(tree)
    for node, parts in exclusions_of(tree):
        rest = without(tree, node)
        gone = [held for held in counted.that(counted.verdict(rest)) if not answers(held)]
        for part in parts if rest is not None else ():
            holds = counted.verdict(part)
            removed = [held for held in gone if holds(held)]
            lone = _only_by(part, removed, tree=tree, counted=counted)
            yield Exclusion(
                canonical(part),
                part,
                removed=sum(counted.counts[held] for held in removed),
                only_here=sum(counted.counts[held] for held in lone),
                also=_also(rest, counted.totals(removed)) if rest and removed else (),
                examples=counted.examples(removed, shown=Or((rest, part))) if rest and removed else (),
            )


def _only_by(part: Node, removed: list[int], *, tree: Node, counted: Tally) -> list[int]:
    """Give the combinations that would answer if only this part were excluded no more."""
    if not removed:
        return []
    if isinstance(part, Term) and part not in _terms_near(tree):
        answers = counted.verdict(tree)
        return [held for held in removed if answers(held & ~counted.bits[part])]
    lighter = counted.verdict(without(tree, part))
    return [held for held in removed if lighter(held)]


def _also(rest: Node, totals: Counter[Atom]) -> tuple[tuple[Term, int], ...]:
    """Give the words sought that stood in messages that were taken away, the most frequent first."""
    found = {term: totals[term] for term in sought(rest) if totals[term]}
    return tuple(sorted(found.items(), key=lambda pair: -pair[1]))
