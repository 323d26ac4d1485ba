"""The index of stories: which story a message joins, in batches as they come or all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from regietafel.monitor.engine.stories.candidates import Postings, among
from regietafel.monitor.engine.stories.judging import Likeness, compare, has_other_headline, is_longer
from regietafel.monitor.engine.stories.signing import Signature

WINDOW_DAYS = 7
_RUNS_AT_ONCE = 150_000
_MOST_CORES, _OWN_RUNS = 4, 4
_SURE = 0.8  # of a core must stand in a longer telling that takes its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A message as the index sees it; ``published_at`` is None when unknown."""

    key: str
    published_at: datetime | None
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The telling that others are held against: the longest of its story so far."""

    story: int
    key: str
    published_at: datetime | None
    signature: Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Which story each message of a batch is in, and which stories turned out to be one (old to new)."""

    stories: tuple[int, ...]
    merged: Mapping[int, int]


class StoryIndex:
    """Stories so far, known by their cores; new messages join one or begin one.

    A message joins when it and the core are copies and at most ``window_days`` apart; an unknown moment is
    never too far. It is held against cores only, so that no chain of likenesses joins different news. A
    longer telling that holds the core becomes the core, and stories whose cores it holds become one.
    Messages of one batch are placed longest first, so their order does not matter. Batches give the same
    stories as everything at once, as long as a later batch brings no longer telling that holds only a part
    of what is known.

    >>> from regietafel.monitor.engine.stories.signing import sign
    >>> at = datetime(2022, 4, 7)
    >>> news = "Azc in Borne gaat na de zomer open"
    >>> texts = [news, "Wolf gezien in het veen", f"RT {news}"]
    >>> signed = [Signed(key=str(number), published_at=at, signature=one)
    ...           for number, one in enumerate(sign([("", text) for text in texts]))]
    >>> index = StoryIndex()
    >>> index.add(signed[:2]).stories, index.add(signed[2:]).stories
    ((1, 2), (1,))
    """

    def __init__(self, *, window_days: float = WINDOW_DAYS, cores: Iterable[Core] = ()) -> None:
        self._window = timedelta(days=window_days)
        self._cores: list[Core | None] = []
        self._cores_of: dict[int, list[int]] = {}
        self._postings = Postings()
        self._latest = 0
        self.compared = 0  # pairs of signatures so far: the work, for who wants to watch it
        self._put_in(cores)

    def cores(self) -> tuple[Core, ...]:
        """Give what must be kept to go on another time, in the order in which it was found."""
        return tuple(core for core in self._cores if core is not None)

    def _put_in(self, cores: Iterable[Core]) -> None:
        """Take up where an earlier index ended."""
        for core in cores:
            self._latest = max(self._latest, core.story)
            self._append(core)
        self._post(0)

    def add(self, messages: Sequence[Signed]) -> Placed:
        """Place new messages; the answer is in the order in which they were given."""
        order = sorted(range(len(messages)), key=lambda number: _rank(messages[number]))
        stories = [0] * len(messages)
        merged: dict[int, int] = {}
        for block in self._blocks([messages[number] for number in order]):
            self._place(block, merged)
            for run in block:
                for place in run.places:
                    stories[order[place]] = run.story
        return Placed(
            stories=tuple(_last(story, merged) for story in stories),
            merged={old: _last(new, merged) for old, new in merged.items()},
        )

    def _blocks(self, ordered: Sequence[Signed]) -> Iterator[list[_Run]]:
        """Cut messages into blocks of bounded size; equal texts within the window are one run."""
        block: list[_Run] = []
        size = 0
        for place, message in enumerate(ordered):
            if block and block[-1].takes(message, self._window):
                block[-1].places.append(place)
                continue
            if size > _RUNS_AT_ONCE:
                yield block
                block, size = [], 0
            block.append(_Run(message, [place]))
            size += len(message.signature.shingles) + 1
        yield block

    def _place(self, block: Sequence[_Run], merged: dict[int, int]) -> None:
        signatures = [run.message.signature for run in block]
        known = self._postings.find(
            signatures,
            minutes=[_minute(run.message.published_at) for run in block],
            window=int(self._window.total_seconds() // 60) + 1,
        )
        beside = among(signatures)
        begin = len(self._cores)
        for place, run in enumerate(block):
            others = (block[other].core for other in beside.get(place, ()))
            numbers = [*known.get(place, ()), *(number for number in others if number is not None)]
            self._settle(run, self._alike(run.message, numbers), merged=merged)
        self._post(begin)

    def _alike(self, message: Signed, numbers: Iterable[int]) -> list[tuple[Likeness, int]]:
        """Give the cores that this message and its text copy, most alike first."""
        found = []
        for number in dict.fromkeys(numbers):
            core = self._cores[number]
            if core is None or not _near(message.published_at, core.published_at, window=self._window):
                continue
            self.compared += 1
            likeness = compare(message.signature, core.signature)
            if likeness is not None:
                found.append((likeness, number))
        return sorted(found, key=lambda one: (-one[0].containment, -one[0].shared, one[1]))

    def _settle(self, run: _Run, alike: Sequence[tuple[Likeness, int]], *, merged: dict[int, int]) -> None:
        """Let a message join the story it is most like, begin one, or take over as core."""
        own = run.message.signature
        longer = [one for one in alike if not is_longer(own, self._core(one[1]).signature)]
        held = [number for likeness, number in alike if likeness.containment >= _SURE]
        if alike and (longer or not held):
            likeness, number = (longer or alike)[0]
            run.story = self._core(number).story
            if not self._is_second_core(own, likeness, number=number):
                return
        elif held:
            run.story = self._take_over(held, merged)
        else:
            self._latest += 1
            run.story = self._latest
        message = run.message
        run.core = self._append(
            Core(story=run.story, key=message.key, published_at=message.published_at, signature=own)
        )

    def _is_second_core(self, own: Signature, likeness: Likeness, *, number: int) -> bool:
        """Tell whether a near-complete telling brings words of its own, which posts may quote."""
        core = self._core(number)
        if likeness.containment < _SURE or len(self._cores_of[core.story]) >= _MOST_CORES:
            return False
        has_own = likeness.own >= _OWN_RUNS and not len(own.title)
        is_whole = 2 * own.total >= core.signature.total
        return is_whole and (has_own or has_other_headline(own, core.signature))

    def _take_over(self, held: Sequence[int], merged: dict[int, int]) -> int:
        """Join the stories whose cores a longer telling holds; their cores give way."""
        stories = sorted({self._core(number).story for number in held})
        first = stories[0]
        merged.update(dict.fromkeys(stories[1:], first))
        for number in held:
            self._cores[number] = None
        kept = [number for story in stories for number in self._cores_of.pop(story)]
        self._cores_of[first] = [number for number in kept if self._cores[number] is not None]
        for number in self._cores_of[first]:
            self._cores[number] = replace(self._core(number), story=first)
        return first

    def _append(self, core: Core) -> int:
        self._cores.append(core)
        self._cores_of.setdefault(core.story, []).append(len(self._cores) - 1)
        return len(self._cores) - 1

    def _post(self, begin: int) -> None:
        """Make the cores from a place on findable."""
        fresh = [(number, core) for number, core in enumerate(self._cores[begin:], begin) if core is not None]
        self._postings.add(
            [core.signature for _, core in fresh],
            numbers=[number for number, _ in fresh],
            minutes=[_minute(core.published_at) for _, core in fresh],
        )

    def _core(self, number: int) -> Core:
        core = self._cores[number]
        assert core is not None
        return core


@dataclass(slots=True)
class _Run:
    """Messages with equal words within the window of the first; one is placed for all."""

    message: Signed
    places: list[int]
    story: int = 0
    core: int | None = None

    def takes(self, other: Signed, window: timedelta) -> bool:
        """Tell whether a message has the same words and is near enough."""
        is_same = other.signature.digest == self.message.signature.digest
        says_enough = other.signature.total > 0
        return is_same and says_enough and _near(other.published_at, self.message.published_at, window=window)


def _rank(message: Signed) -> tuple[int, int, bytes, float, str]:
    signature = message.signature
    at = message.published_at.timestamp() if message.published_at else 0.0
    return -signature.total, -signature.words, signature.digest, at, message.key


def _near(one: datetime | None, other: datetime | None, *, window: timedelta) -> bool:
    return one is None or other is None or abs(one - other) <= window


def _minute(at: datetime | None) -> int:
    """Give a moment as minutes since 1970, from 1; 0 is unknown."""
    return 0 if at is None else min(max(1, int(at.timestamp() // 60)), 2**32 - 1)


def _last(story: int, merged: Mapping[int, int]) -> int:
    while story in merged:
        story = merged[story]
    return story
