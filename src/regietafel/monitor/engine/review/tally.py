"""One pass over a sample: which combinations of terms its messages hold, and how often.

Messages that hold the same terms get the same verdict from every question made of those terms. So one pass
is enough to know what any variation of a question would find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import tee
from typing import Any

from regietafel.kernel import dutch
from regietafel.monitor.engine.matching import Matcher
from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.query import Document, Query
from regietafel.monitor.engine.query.marking import marks
from regietafel.monitor.engine.query.reference import answers
from regietafel.monitor.engine.query.snippets import Piece, pieces, snippet
from regietafel.monitor.engine.query.tree import And, Days, Near, Node, Not, Or, Term, walk

KEPT_PER_COMBINATION = 3
KEPT_IN_ALL = 3_000
SHOWN_EXAMPLES = 3

Verdict = Callable[[int], bool]
Atom = Term | Near | Days


@dataclass(frozen=True)
class Sample:
    """What was looked at: how many messages, and the days they are of (both included)."""

    messages: int
    since: date | None = None
    until: date | None = None

    def __str__(self) -> str:
        counted = dutch.counted(self.messages, one="bericht", many="berichten")
        return f"{counted} ({dutch.period(self.since, self.until)})" if self.since else counted

    @property
    def days(self) -> int | None:
        """The number of days, or None when messages have no day."""
        return (self.until - self.since).days + 1 if self.since and self.until else None


@dataclass(frozen=True)
class Example:
    """A message of the media, its title and a part of its text with the words that matter marked."""

    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    source: str
    url: str
    day: date | None

    def data(self) -> dict[str, Any]:
        """Give the example as a dictionary that can be written as JSON, with Dutch keys."""
        return {
            "titel": "".join(piece.text for piece in self.title),
            "fragment": "".join(piece.text for piece in self.snippet),
            "bron": self.source,
            "adres": self.url,
            "dag": self.day.isoformat() if self.day else None,
        }


@dataclass
class Tally:
    """How many messages of a sample hold each combination of atoms, and some messages of each.

    An atom is a part of a question that is sought as a whole: a term, words near each other, days. A
    combination is a number with one bit for each atom.
    """

    bits: dict[Atom, int]
    counts: Counter[int] = field(default_factory=Counter)
    kept: dict[int, list[Document]] = field(default_factory=dict)
    kept_in_all: int = 0
    days: dict[int, Counter[date]] = field(default_factory=dict)

    @cached_property
    def _atoms(self) -> list[Atom]:
        return list(self.bits)

    @cached_property
    def sample(self) -> Sample:
        """What was looked at."""
        days = {day for counted in self.days.values() for day in counted}
        return Sample(self.counts.total(), min(days, default=None), max(days, default=None))

    def verdict(self, node: Node | None) -> Verdict:
        """Make a question of atoms into a judge of combinations; without a question nothing answers."""
        if node is None:
            return lambda held: False
        if isinstance(node, Not):
            inner = self.verdict(node.part)
            return lambda held: not inner(held)
        if isinstance(node, And | Or):
            return self._joined(node)
        bit = self.bits[node]  # type: ignore[index]  # a blank was filled before
        return lambda held: held & bit != 0

    def _joined(self, node: And | Or) -> Verdict:
        single = [self.bits[part] for part in node.parts if isinstance(part, Term | Near | Days)]
        mask = sum(set(single))
        judges = [self.verdict(part) for part in node.parts if not isinstance(part, Term | Near | Days)]
        if isinstance(node, And):
            return lambda held: held & mask == mask and all(judge(held) for judge in judges)
        return lambda held: held & mask != 0 or any(judge(held) for judge in judges)

    def count(self, *judges: Verdict) -> int:
        """Count the messages for which all judges say yes."""
        return sum(self.counts[held] for held in self.that(*judges))

    def that(self, *judges: Verdict) -> Iterator[int]:
        """Give the combinations for which all judges say yes."""
        return (held for held in self.counts if all(judge(held) for judge in judges))

    def held(self, combination: int) -> Iterator[Atom]:
        """Give the atoms of a combination."""
        while combination:
            bit = combination & -combination
            yield self._atoms[bit.bit_length() - 1]
            combination ^= bit

    def totals(self, combinations: Iterable[int]) -> Counter[Atom]:
        """Count the messages of these combinations that hold each atom."""
        total: Counter[Atom] = Counter()
        for combination in combinations:
            for atom in self.held(combination):
                total[atom] += self.counts[combination]
        return total

    def per_day(self, *judges: Verdict) -> dict[date, int]:
        """Count per day the messages for which all judges say yes."""
        total: Counter[date] = Counter()
        for held in self.that(*judges):
            total.update(self.days.get(held, {}))
        return dict(sorted(total.items()))

    def examples(self, combinations: Iterable[int], *, shown: Node) -> tuple[Example, ...]:
        """Show some messages of these combinations, the newest first, marked by a question.

        A text that was taken over by others is shown once.
        """
        kept = (document for held in combinations for document in self.kept.get(held, ()))
        newest = sorted(kept, key=lambda document: document.day or date.min, reverse=True)
        different = {document.text or document.title: document for document in reversed(newest)}
        found = list(reversed(different.values()))
        return tuple(example(document, shown) for document in found[:SHOWN_EXAMPLES])


def atoms(nodes: Iterable[Node]) -> dict[Atom, int]:
    """Give every part that is sought as a whole its own bit."""
    found = dict.fromkeys(
        node for tree in nodes for node in walk(tree) if isinstance(node, Term | Near | Days)
    )
    return {atom: 1 << number for number, atom in enumerate(found)}


def tally(documents: Iterable[Document], *, nodes: Iterable[Node]) -> Tally:
    """Count in one pass which combinations of atoms of these questions the messages hold."""
    result = Tally(atoms(nodes))
    days = [(atom, bit) for atom, bit in result.bits.items() if isinstance(atom, Days)]
    matcher = Matcher(
        {bit: Query("", atom) for atom, bit in result.bits.items() if not isinstance(atom, Days)}
    )
    read, judged = tee(documents)
    for document, found in zip(read, matcher.answer_all(judged), strict=True):
        held = sum(found) + sum(bit for atom, bit in days if answers(atom, document))
        _note(result, document, held=held)
    return result


def _note(result: Tally, document: Document, *, held: int) -> None:
    result.counts[held] += 1
    if document.day is not None:
        result.days.setdefault(held, Counter())[document.day] += 1
    if held and document.kind in MEDIA_KINDS and result.kept_in_all < KEPT_IN_ALL:
        kept = result.kept.setdefault(held, [])
        if len(kept) < KEPT_PER_COMBINATION:
            kept.append(document)
            result.kept_in_all += 1


def example(document: Document, shown: Node) -> Example:
    """Show a message with the words of a question marked."""
    found = marks(Query("", shown), document)
    title = pieces(document.title, [mark for mark in found if mark.zone == "titel"])
    text = snippet(document.text, [mark for mark in found if mark.zone == "tekst"])
    return Example(title, text, document.source, document.url, document.day)
