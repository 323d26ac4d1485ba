"""Standing questions, and the messages they are asked of.

Three scanners give one answer: ``plain`` needs nothing but Python, ``numpy`` takes whole batches of text at
once, ``numba`` does the same in machine code.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from regietafel.monitor.engine.matching.plan import Demand, Ledger, Plan, make_plan
from regietafel.monitor.engine.matching.reading import Reader
from regietafel.monitor.engine.query import Document, Query

if TYPE_CHECKING:
    from regietafel.monitor.engine.matching.batches import Batches, Hits
    from regietafel.monitor.engine.matching.texts import Texts

Key = TypeVar("Key", bound=Hashable)

SCANNERS = ("plain", "numpy", "numba")
AT_ONCE = 2_000
FEW = 50  # below this, reading one by one is quicker than making arrays
MOST_CHANGED = 50
MOST_JUDGED_APART = 50_000


def available_scanners() -> tuple[str, ...]:
    """Give the names of the scanners that work here, the quickest last (scanners).

    Returns:
        Some of ``SCANNERS``; ``numba`` only where that package is installed.

    Method: the package is imported, which takes about half a second the first time.

    >>> available_scanners()[:2]
    ('plain', 'numpy')
    """
    try:
        import numba  # noqa: F401
    except ImportError:
        return SCANNERS[:2]
    return SCANNERS


class Matcher(Generic[Key]):
    """Questions made ready to judge many messages; each is added, changed or dropped at any time.

    Without a ``scanner`` a few messages are read one by one and many by numpy. What changed since all was
    made ready is judged apart, until that is much or has been done often.
    """

    def __init__(self, queries: Mapping[Key, Query] | None = None, *, scanner: str | None = None) -> None:
        if scanner not in (None, *SCANNERS):
            raise ValueError(f"no such scanner: {scanner}")
        self._scanner = scanner
        self._ledger = Ledger()
        self._demands: dict[Key, Demand] = {}
        self._changed: set[Key] = set()
        self._judged_apart = 0
        self._all: _Ready[Key] | None = None
        self._recent: _Ready[Key] | None = None
        for key, query in (queries or {}).items():
            self.put(key, query)

    def put(self, key: Key, query: Query) -> None:
        """Add a question, or change the one under this key; it holds at once."""
        self._demands[key] = self._ledger.demand(query.tree)
        self._note_change(key)

    def drop(self, key: Key) -> None:
        """Forget the question under this key."""
        del self._demands[key]
        self._note_change(key)

    def answers(self, document: Document) -> frozenset[Key]:
        """Give the keys of the questions that one message answers."""
        return next(self.answer_all((document,)))

    def answer_all(self, documents: Iterable[Document]) -> Iterator[frozenset[Key]]:
        """Give, per message in order, the keys of the questions it answers."""
        waiting = iter(documents)
        while some := list(islice(waiting, AT_ONCE)):
            ready, recent = self._made_ready(len(some))
            one_by_one = self._scanner == "plain" or (self._scanner is None and len(some) < FEW)
            answered = ready.answers(some, one_by_one=one_by_one)
            if recent is None:
                yield from answered
                continue
            changed = frozenset(self._changed)
            for old, new in zip(answered, recent.answers(some, one_by_one=one_by_one), strict=True):
                yield (old - changed) | new

    def match_texts(self, texts: Texts, titles: Texts | None = None) -> Hits:
        """Give which texts answer which questions, in arrays."""
        ready, recent = self._made_ready(len(texts))
        hits = ready.batches.match(texts, titles)._replace(keys=ready.keys)
        if recent is None:
            return hits
        newer = recent.batches.match(texts, titles)._replace(keys=recent.keys)
        return hits.without(self._changed).joined(newer)

    def _note_change(self, key: Key) -> None:
        self._changed.add(key)
        self._recent = None

    def _made_ready(self, messages: int) -> tuple[_Ready[Key], _Ready[Key] | None]:
        """Give all questions made ready, and those that changed since."""
        is_old = len(self._changed) > MOST_CHANGED or self._judged_apart > MOST_JUDGED_APART
        if self._all is None or is_old:
            self._all = self._of(self._demands)
            self._changed.clear()
            self._recent, self._judged_apart = None, 0
        if not self._changed:
            return self._all, None
        self._judged_apart += messages
        self._recent = self._recent or self._of(key for key in self._demands if key in self._changed)
        return self._all, self._recent

    def _of(self, keys: Iterable[Key]) -> _Ready[Key]:
        some = list(keys)
        plan = make_plan(self._ledger, [self._demands[key] for key in some])
        return _Ready(some, plan, scanner=self._scanner or "numpy")


class _Ready(Generic[Key]):
    """A plan and those who carry it out."""

    def __init__(self, keys: list[Key], plan: Plan, *, scanner: str) -> None:
        self.keys = keys
        self.reader = Reader(plan)
        self._plan = plan
        self._scanner = scanner
        self._nothing: frozenset[Key] = frozenset()

    @cached_property
    def batches(self) -> Batches:
        """What judges many messages at once; numpy is only loaded when there are many."""
        from regietafel.monitor.engine.matching.batches import Batches

        return Batches(self._plan, self.reader, scanner=self._scanner)

    def answers(self, documents: Sequence[Document], *, one_by_one: bool) -> Iterator[frozenset[Key]]:
        """Give, per message in order, the keys of the questions it answers."""
        return map(
            self._named,
            map(self.reader.answers, documents) if one_by_one else self.batches.answers(documents),
        )

    def _named(self, numbers: list[int]) -> frozenset[Key]:
        return frozenset(self.keys[number] for number in numbers) if numbers else self._nothing


def match_many(queries: Mapping[Key, Query], documents: Iterable[Document]) -> Iterator[frozenset[Key]]:
    """Give, per message, the keys of the questions it answers (matching).

    Args:
        queries: the questions, each under a key of the caller's choice, their blanks filled in.
        documents: the messages.

    Returns:
        One set of keys per message, in the order of ``documents``; empty where nothing answers.

    Method: term scan with an anchor per question; the slow evaluator in ``query.reference`` defines what is
        right and property tests hold this one to it.

    >>> from regietafel.monitor.engine.query import parse
    >>> queries = {"a": parse("azc*"), "b": parse("NIET borne hengelo")}
    >>> messages = [Document("Nieuw azc in Hengelo"), Document("Borne", "Hengelo")]
    >>> [sorted(keys) for keys in match_many(queries, messages)]
    [['a', 'b'], []]
    """
    return Matcher(queries).answer_all(documents)
