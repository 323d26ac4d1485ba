"""How much work a question is for the machine, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regietafel.kernel import dutch
from regietafel.monitor.engine.query.tree import Near, Node, Term, Word, all_terms, anchors, walk
from regietafel.monitor.engine.review.tally import Tally

LIGHT, NORMAL, HEAVY = "licht", "gewoon", "zwaar"
COMMON_SHARE = 0.2
HEAVY_ANCHOR_SHARE = 0.5
NORMAL_ANCHOR_SHARE = 0.1
MANY_INFIXES = 5
FEWEST_MESSAGES = 100  # for a share of the sample to mean something


@dataclass(frozen=True)
class Cost:
    """The weight of a question (``LIGHT``, ``NORMAL`` or ``HEAVY``), with the reasons in Dutch."""

    weight: str
    reasons: tuple[str, ...]


def cost_of(tree: Node, counted: Tally) -> Cost:
    """Weigh a question by how its words begin and how often they occur in the sample."""
    found = [*_infixes(tree), *_anchor(tree, counted), *_nears(tree, counted)]
    reasons = tuple(dict.fromkeys(reason for _, reason in found))
    order = (LIGHT, NORMAL, HEAVY)
    return Cost(max((weight for weight, _ in found), key=order.index, default=LIGHT), reasons)


def _infixes(tree: Node) -> Iterator[tuple[str, str]]:
    words = {word for term in all_terms(tree) for form in term.forms for word in form}
    count = sum(map(_begins_with_anything, words))
    if count:
        told = dutch.counted(count, one="woord begint", many="woorden beginnen")
        yield (
            HEAVY if count >= MANY_INFIXES else NORMAL,
            f"{told} met een * of ?: daarvoor lezen wij elk woord.",
        )


def _begins_with_anything(word: Word) -> bool:
    return (word.open_start and word.open_end) or word.letters.startswith("?")


def _anchor(tree: Node, counted: Tally) -> Iterator[tuple[str, str]]:
    """Weigh how many messages hold one of the words that every answer must hold."""
    needed = anchors(tree) or frozenset()
    mask = sum(counted.bits[term] for term in needed)
    share = _share(counted, counted.count(lambda held: held & mask != 0))
    if share >= NORMAL_ANCHOR_SHARE:
        weight = HEAVY if share >= HEAVY_ANCHOR_SHARE else NORMAL
        yield weight, f"{dutch.share(share)} van {counted.sample} moet helemaal worden nagekeken."


def _nears(tree: Node, counted: Tally) -> Iterator[tuple[str, str]]:
    for node in walk(tree):
        if (
            isinstance(node, Near)
            and min(_holding(node.left, counted), _holding(node.right, counted)) >= COMMON_SHARE
        ):
            yield HEAVY, "NEAR staat tussen woorden die allebei vaak voorkomen."


def _holding(node: Node, counted: Tally) -> float:
    mask = sum({counted.bits[term] for term in all_terms(node) if isinstance(term, Term)})
    return _share(counted, counted.count(lambda held: held & mask != 0))


def _share(counted: Tally, messages: int) -> float:
    of = counted.sample.messages
    return messages / of if of >= FEWEST_MESSAGES else 0.0
