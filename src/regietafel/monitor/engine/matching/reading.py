"""Reading one message for the terms of all questions: where each stands, and what that says of a question.

Every word is one look in a dictionary that remembers which patterns a word seen before may belong to. Where
a term stands is kept as word numbers; parts of a message that are no neighbours lie ``FAR`` apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from regietafel.monitor.engine.matching.plan import IN_TEXT, IN_TITLE, Pattern, Plan
from regietafel.monitor.engine.query.documents import DOMAIN, LABEL, ZONES, Document, host_of
from regietafel.monitor.engine.query.reference import answers, spans
from regietafel.monitor.engine.query.tree import And, Near, Node, Not, Or, Term, Word
from regietafel.monitor.engine.query.words import Cutting, Token, split_words

FAR = 1_000_000_000
MOST_REMEMBERED = 100_000

Place = tuple[int, int]  # the first word and the one after the last
Found = dict[int, set[Place]]  # where each term stands
Judge = Callable[[Found, Document], bool]


class WordBook(dict[str, tuple[int, ...]]):
    """Remembers for each word seen in a text which patterns it may be the pivot of."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        super().__init__()
        self._whole: dict[str, list[int]] = {}
        self._begins: dict[str, list[int]] = {}
        self._others: list[tuple[Word, int]] = []
        for number, pattern in enumerate(patterns):
            word = pattern.loose
            if word.open_start or not word.letters or "?" in word.letters:
                self._others.append((word, number))
            else:
                known = self._begins if word.open_end else self._whole
                known.setdefault(word.sign + word.letters, []).append(number)
        self._lengths = sorted({len(begin) for begin in self._begins})

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = list(self._whole.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            found += self._begins.get(word[:length], ())
        token = Token(word, word, 0, 0)
        found += [number for sought, number in self._others if sought.fits(token)]
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[word] = patterns = tuple(found)
        return patterns


class Reader:
    """Finds where the terms of a plan stand in one message, and judges questions by that."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._patterns = [*plan.patterns, *plan.further]
        self._book = WordBook(self._patterns)
        self._fields: dict[tuple[str, object], list[tuple[int, set[Place]]]] = {}
        self._judges: dict[int, Judge] = {}

    def answers(self, document: Document) -> list[int]:
        """Give the numbers of the questions that a message answers."""
        plan, found = self._plan, self.read(document)
        columns = {column for term in found for column in plan.columns.get(term, ())}
        asked = {question for term in found for question in plan.asked.get(term, ())}
        return [
            question
            for question in (*asked, *plan.unanchored)
            if plan.holds(question, columns=columns)
            and (plan.demands[question].is_settled or self._judge(question)(found, document))
        ]

    def settle(self, document: Document, questions: Iterable[int]) -> list[int]:
        """Give those of some questions that a message answers, all of each question considered."""
        found = self.read(document)
        return [question for question in questions if self._judge(question)(found, document)]

    def read(self, document: Document) -> Found:
        """Give where the terms stand."""
        found: Found = {}
        for part, text in ((IN_TITLE, document.title), (IN_TEXT, document.text)):
            if text:
                self._read_part(text, part=part, found=found)
        found |= self.read_fields(document)
        return found

    def read_fields(self, document: Document) -> Found:
        """Give where terms stand in the fields that are asked for by name, other than title and text."""
        zones = self._plan.fields
        return {term: places for zone in zones for term, places in self._field(document, zone)}

    def _read_part(self, text: str, *, part: int, found: Found) -> None:
        known = map(self._book.__getitem__, split_words(text))
        telling = [(place, numbers) for place, numbers in enumerate(known) if numbers]
        words: Cutting | None = None
        for place, numbers in telling:
            for number in numbers:
                pattern = self._patterns[number]
                if not pattern.parts & part:
                    continue
                first = place - pattern.pivot
                after = first + len(pattern.words)
                if pattern.needs_look:
                    words = words or Cutting(text)
                    if not _stands(pattern, words, first=first):
                        continue
                found.setdefault(pattern.term, set()).add((first + part * FAR, after + part * FAR))

    def _field(self, document: Document, zone: str) -> list[tuple[int, set[Place]]]:
        """Give what stands in a field; what was seen there before is remembered."""
        only = _only(document, zone)
        known = (zone, only)
        if known not in self._fields:
            if len(self._fields) >= MOST_REMEMBERED:
                self._fields.clear()
            self._fields[known] = [
                (number, places)
                for number in self._plan.fields[zone]
                if (places := _places(self._plan.ledger.terms[number], only))
            ]
        return self._fields[known]

    def _judge(self, question: int) -> Judge:
        judge = self._judges.get(question)
        if judge is None:
            tree = self._plan.demands[question].tree
            judge = self._judges[question] = _made_judge(tree, number=self._plan.ledger.number)
        return judge


def _stands(pattern: Pattern, words: Cutting, *, first: int) -> bool:
    if first < 0 or first + len(pattern.words) > len(words.folded):
        return False
    return all(word.fits(words.token(place)) for place, word in enumerate(pattern.words, first))


def _only(document: Document, zone: str) -> Document:
    """Give a message with nothing but what one field is read from."""
    if zone == LABEL:
        return Document(labels=tuple(document.labels))
    if zone == DOMAIN:
        return Document(domain=document.domain or host_of(document.url))
    name = _ATTRIBUTES[zone]
    return Document(**{name: getattr(document, name)})


_ATTRIBUTES = dict(
    zip(
        ZONES,
        ("title", "text", "source", "domain", "language", "place", "labels", "url", "kind"),
        strict=True,
    )
)


def _places(term: Term, document: Document) -> set[Place]:
    """Give where a term stands in a field; each run of each field lies far from all others."""
    return {
        (span.first + apart, span.after + apart)
        for span in spans(term, document)
        if (apart := (ZONES.index(term.zone) + len(ZONES) * (span.run + 1)) * FAR)
    }


def _made_judge(node: Node, *, number: Callable[[Term], int]) -> Judge:
    """Make a question into a function of what was found."""
    if isinstance(node, Term):
        term = number(node)
        return lambda found, document: term in found
    if isinstance(node, Near):
        places = _made_places(node, number=number)
        return lambda found, document: bool(places(found))
    if isinstance(node, Not):
        inner = _made_judge(node.part, number=number)
        return lambda found, document: not inner(found, document)
    if isinstance(node, And | Or):
        judges = [_made_judge(part, number=number) for part in node.parts]
        every = all if isinstance(node, And) else any
        return lambda found, document: every(judge(found, document) for judge in judges)
    return lambda found, document: answers(node, document)


def _made_places(node: Node, *, number: Callable[[Term], int]) -> Callable[[Found], set[Place]]:
    """Make a term, a choice or a nearness into a function that gives where it stands."""
    if isinstance(node, Term):
        term = number(node)
        return lambda found: found.get(term, set())
    if isinstance(node, Or):
        several = [_made_places(part, number=number) for part in node.parts]
        return lambda found: set().union(*(places(found) for places in several))
    if not isinstance(node, Near):
        raise ValueError("only terms stand at a place")
    left, right = (_made_places(side, number=number) for side in (node.left, node.right))
    reach, is_ordered = node.distance, node.is_ordered

    def joined(found: Found) -> set[Place]:
        one, other = left(found), right(found)
        if not one or not other:
            return set()
        there = set(_followed(one, other, reach=reach))
        return there if is_ordered else there.union(_followed(other, one, reach=reach))

    return joined


def _followed(before: set[Place], behind: set[Place], *, reach: int) -> Iterator[Place]:
    """Give the stretches from a place to one behind it, with at most ``reach`` words between."""
    waiting = sorted(behind)
    starts = [first for first, _after in waiting]
    for first, after in before:
        for place in range(bisect_left(starts, after), bisect_right(starts, after + reach)):
            yield first, waiting[place][1]
