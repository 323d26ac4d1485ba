"""Two people change one text at the same time: what both wrote is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

Span = tuple[int, int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The text that holds the work of both; ``is_double`` when both changed the same words, which then follow
    each other.
    """

    text: str
    is_double: bool


def merge(base: str, *, theirs: str, mine: str) -> Merged:
    """Put two changes of one text together, line by line (samenvoegen).

    Args:
        base: the text both began with.
        theirs: what is stored by now.
        mine: what is sent now.

    Returns:
        A text in which no line that either of them wrote is missing. Lines that only one of them changed are
        as that one left them; where both changed the same lines, theirs come first and mine follow. A line
        that is only the beginning of a line of the other is that line.

    Method: three-way merge over the matching blocks of both differences (diff3, Khanna, Kunal and Pierce,
        2007); changes that only touch are no conflict, and a conflict keeps both.

    >>> merge("a\\nb\\nc", theirs="a\\nB\\nc", mine="a\\nb\\nc\\nd").text
    'a\\nB\\nc\\nd'
    >>> merge("a", theirs="x", mine="y")
    Merged(text='x\\ny', is_double=True)
    """
    if theirs in (base, mine):
        return Merged(text=mine, is_double=False)
    if mine == base:
        return Merged(text=theirs, is_double=False)
    start = base.split("\n")
    left, right = _changes(start, theirs.split("\n")), _changes(start, mine.split("\n"))
    lines: list[str] = []
    at, is_double = 0, False
    while left or right:
        group = _next_group(left, right)
        one, other = (_applied(start, side, group=group) for side in (group.left, group.right))
        lines += start[at : group.first]
        if not group.left or not group.right:
            lines += one if group.left else other
        else:
            together = _both(one, other)
            lines += together
            is_double |= together not in (one, other) and any(start[group.first : group.last])
        at = group.last
    return Merged(text="\n".join(lines + start[at:]), is_double=is_double)


def _changes(base: list[str], changed: list[str]) -> list[Span]:
    """Give what was changed: from and up to which line of the base, and what stands there now."""
    codes = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    return [(i1, i2, changed[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Changes of both sides to the same lines of the base: from `first` up to `last`."""

    first: int
    last: int
    left: list[Span]
    right: list[Span]


def _next_group(left: list[Span], right: list[Span]) -> _Group:
    """Take the next changes that overlap; adding before or after a changed line is no overlap."""
    taken: tuple[list[Span], list[Span]] = ([], [])
    first, last = min(side[0][:2] for side in (left, right) if side)
    is_adding = first == last
    is_growing = True
    while is_growing:
        is_growing = False
        for side, group in zip((left, right), taken, strict=True):
            while side and (side[0][0] < last or side[0][:2] == (first, last)):
                change = side.pop(0)
                group.append(change)
                last = last if is_adding else max(last, change[1])
                is_growing = True
    return _Group(first=first, last=last, left=taken[0], right=taken[1])


def _both(theirs: list[str], mine: list[str]) -> list[str]:
    """Let mine follow theirs; what both wrote, or one began and the other finished, stands there once."""
    same = Counter(theirs)
    follow = []
    for line in mine:
        if same[line]:
            same[line] -= 1
        elif not _is_begun(line, theirs):
            follow.append(line)
    stand = [line for line in theirs if not _is_begun(line, follow)]
    return stand + follow


def _is_begun(line: str, finished: list[str]) -> bool:
    return bool(line.strip()) and any(one.startswith(line) and one != line for one in finished)


def _applied(base: list[str], changes: list[Span], *, group: _Group) -> list[str]:
    lines: list[str] = []
    at = group.first
    for start, end, new in changes:
        lines += base[at:start] + new
        at = end
    return lines + base[at : group.last]
