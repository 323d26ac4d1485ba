"""What is looked for: the distinct terms of all questions, and what each question needs of them.

A question is taken apart once, when it is put in. Terms that questions share are numbered once (``Ledger``).
``Plan`` is the whole made ready: which question waits for which term, and what else it then needs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from regietafel.monitor.engine.query.documents import TEXT, TITLE
from regietafel.monitor.engine.query.tree import (
    And,
    Near,
    Node,
    Not,
    Or,
    Term,
    Word,
    all_terms,
    anchors,
    blanks,
)
from regietafel.monitor.engine.query.words import fold_character

IN_TITLE, IN_TEXT = 1, 2
_PARTS = {"": IN_TITLE | IN_TEXT, TITLE: IN_TITLE, TEXT: IN_TEXT}


class Demand(NamedTuple):
    """What a question needs, in numbers of choices: one of each required, none of the excluded.

    When this does not say all (nearness, days, brackets in brackets) it is not settled: the message still has
    to be read for the question as a whole.
    """

    tree: Node
    required: tuple[int, ...]
    excluded: tuple[int, ...]
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of a term, sought by its most telling word; the words around that are looked at after.

    ``parts`` says whether it counts in the title, the text or both. The ``loose`` pivot fits at least all
    that the word itself fits: without case and accents. A pattern of one such word needs no further look.
    """

    term: int
    words: tuple[Word, ...]
    parts: int
    pivot: int
    loose: Word
    needs_look: bool


@dataclass
class Ledger:
    """Numbers the terms and the choices between terms of all questions, each once.

    A choice is *final* when a quick look at folded words tells whether one of its terms is there.
    """

    terms: list[Term] = field(default_factory=list)
    choices: list[frozenset[int]] = field(default_factory=list)
    is_final: list[bool] = field(default_factory=list)
    _term_numbers: dict[Term, int] = field(default_factory=dict)
    _by_written: dict[str, tuple[Term, int]] = field(default_factory=dict)
    _choice_numbers: dict[frozenset[int], int] = field(default_factory=dict)
    _patterns: dict[int, tuple[Pattern, ...]] = field(default_factory=dict)

    def number(self, term: Term) -> int:
        """Give the number of a term; the way it was written only makes finding it quicker."""
        same, number = self._by_written.get(term.written, (None, -1))
        if same is term:
            return number
        if same is not None and same.forms == term.forms and same.zone == term.zone:
            return number
        number = self._term_numbers.setdefault(term, len(self.terms))
        if number == len(self.terms):
            self.terms.append(term)
        self._by_written[term.written] = term, number
        return number

    def choice(self, terms: Iterable[Term]) -> int:
        """Give the number of a choice between terms."""
        members = frozenset(map(self.number, terms))
        number = self._choice_numbers.setdefault(members, len(self.choices))
        if number == len(self.choices):
            self.choices.append(members)
            self.is_final.append(all(is_certain(self.terms[member]) for member in members))
        return number

    def patterns(self, number: int, known: Counter[Word]) -> tuple[Pattern, ...]:
        """Give the forms of a term as they are sought; ``known`` says how many phrases hold a word."""
        found = self._patterns.get(number)
        if found is None:
            term = self.terms[number]
            found = tuple(_patterns(term, number=number, known=known))
            if all(len(form) == 1 for form in term.forms):
                self._patterns[number] = found
        return found

    def demand(self, tree: Node) -> Demand:
        """Take a question apart into choices, as far as that goes."""
        required: list[int] = []
        excluded: list[int] = []
        is_settled = True
        for node in _needed(tree):
            terms = _choice(node.part if isinstance(node, Not) else node)
            if isinstance(node, Near) or terms is None:
                is_settled = False
                needed = anchors(node)
                required += () if needed is None else (self.choice(needed),)
                continue
            choice = self.choice(terms)
            is_settled &= self.is_final[choice]
            if not isinstance(node, Not):
                required.append(choice)
            elif self.is_final[choice]:  # what is not certain must not exclude a message
                excluded.append(choice)
        if not is_settled and blanks(tree):
            raise ValueError("fill the blanks of a question before it is matched")
        return Demand(tree, tuple(dict.fromkeys(required)), tuple(dict.fromkeys(excluded)), is_settled)


def _needed(tree: Node) -> Iterator[Node]:
    """Give the nodes that must all hold; of a nearness that is also each side."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, And):
            waiting.extend(reversed(node.parts))
        else:
            if isinstance(node, Near):
                waiting += (node.right, node.left)
            yield node


@dataclass
class Plan:
    """All questions made ready: ``asked`` and ``columns`` say what follows when a term is found.

    A question is *asked* when one of the terms it waits for is found (its anchor: the choice that the fewest
    questions share). Its other choices are *columns*, that any of their terms fills. ``further`` are
    patterns that only matter when a message is read for a question as a whole.
    """

    ledger: Ledger
    demands: Sequence[Demand]
    patterns: list[Pattern] = field(default_factory=list)
    further: list[Pattern] = field(default_factory=list)
    fields: dict[str, list[int]] = field(default_factory=dict)
    asked: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    required: list[tuple[int, ...]] = field(default_factory=list)
    excluded: list[tuple[int, ...]] = field(default_factory=list)
    unanchored: list[int] = field(default_factory=list)

    def holds(self, question: int, *, columns: set[int]) -> bool:
        """Tell whether all choices that a question needs are filled, and none that it excludes."""
        return columns.issuperset(self.required[question]) and columns.isdisjoint(self.excluded[question])


def make_plan(ledger: Ledger, demands: Sequence[Demand]) -> Plan:
    """Make questions ready to be asked of many messages."""
    uses = Counter(choice for demand in demands for choice in demand.required)
    weight = {choice: (count, len(ledger.choices[choice])) for choice, count in uses.items()}
    plan = Plan(ledger, demands)
    for question, demand in enumerate(demands):
        needed = demand.required
        if needed:
            anchor = min(needed, key=weight.__getitem__)
            for term in ledger.choices[anchor]:
                plan.asked[term].append(question)
            place = needed.index(anchor)
            needed = needed[:place] + needed[place + 1 :]
        else:
            plan.unanchored.append(question)
        plan.required.append(needed)
        plan.excluded.append(demand.excluded)
    for choice in set().union(*plan.required, *plan.excluded):
        for term in ledger.choices[choice]:
            plan.columns[term].append(choice)
    _seek(plan)
    return plan


def _seek(plan: Plan) -> None:
    """Note which patterns and fields must be looked for."""
    terms = plan.ledger.terms
    scanned = plan.asked.keys() | plan.columns.keys()
    whole = [demand.tree for demand in plan.demands if not demand.is_settled]
    read = {plan.ledger.number(term) for tree in whole for term in all_terms(tree)} - scanned
    known = Counter(
        word for number in scanned | read for form in terms[number].forms if len(form) > 1 for word in form
    )
    for numbers, patterns in ((scanned, plan.patterns), (read, plan.further)):
        for number in sorted(numbers):
            if terms[number].zone in _PARTS:
                patterns += plan.ledger.patterns(number, known)
            else:
                plan.fields.setdefault(terms[number].zone, []).append(number)


def _choice(node: Node) -> list[Term] | None:
    """Give the terms between which a node is a choice, if it is no more than that."""
    if isinstance(node, Term):
        return [node]
    if not isinstance(node, Or):
        return None
    found: list[Term] = []
    for part in node.parts:
        inner = [part] if isinstance(part, Term) else _choice(part)
        if inner is None:
            return None
        found += inner
    return found


def is_certain(term: Term) -> bool:
    """Tell whether the quick look at folded words is final for a term."""
    if term.zone not in _PARTS:
        return True
    return all(
        all(map(is_simple, form)) or (len(form) == 1 and not _is_peculiar(form[0])) for form in term.forms
    )


def is_simple(word: Word) -> bool:
    """Tell whether a word is a whole word or a beginning, without regard to case."""
    return bool(word.letters) and not (word.open_start or _is_peculiar(word))


def _is_peculiar(word: Word) -> bool:
    return word.is_exact or "?" in word.letters


def _patterns(term: Term, *, number: int, known: Counter[Word]) -> Iterator[Pattern]:
    """Give the forms of a term as they are sought, each by the word that the fewest phrases hold."""
    for form in term.forms:
        pivot = min(range(len(form)), key=lambda place: _weight(form[place], known)) if len(form) > 1 else 0
        needs_look = len(form) > 1 or form[pivot].is_exact
        yield Pattern(number, form, _PARTS[term.zone], pivot, _loose(form[pivot]), needs_look)


def _weight(word: Word, known: Counter[Word]) -> tuple[bool, int, int]:
    """Tell how many texts a word would make us look at; long words are rare words."""
    return not is_simple(word), known[word], -len(word.letters)


def _loose(word: Word) -> Word:
    if not word.is_exact:
        return word
    return replace(word, letters="".join(map(fold_character, word.letters)), is_exact=False)
