"""Two people change one text at the same time: what both wrote is kept."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

Span = tuple[int, int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The text that holds the work of both; ``is_double`` when both changed the same lines, which then follow
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
        as that one left them; where both changed the same lines, theirs come first and mine follow.

    Method: three-way merge over the matching blocks of both differences (diff3); a conflict keeps both.

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
        group_left, group_right, first, last = _next_group(left, right)
        lines += start[at:first]
        one = _applied(start, group_left, first=first, last=last)
        other = _applied(start, group_right, first=first, last=last)
        if not group_right or one == other:
            lines += one
        elif not group_left:
            lines += other
        else:
            is_double = True
            lines += one + [line for line in other if line not in one]
        at = last
    return Merged(text="\n".join(lines + start[at:]), is_double=is_double)


def _changes(base: list[str], changed: list[str]) -> list[Span]:
    """Give what was changed: from and up to which line of the base, and what stands there now."""
    codes = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    return [(i1, i2, changed[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _next_group(left: list[Span], right: list[Span]) -> tuple[list[Span], list[Span], int, int]:
    """Take the next changes of both sides that touch each other."""
    mine: tuple[list[Span], list[Span]] = ([], [])
    first = min(side[0][0] for side in (left, right) if side)
    last = first
    is_growing = True
    while is_growing:
        is_growing = False
        for side, group in zip((left, right), mine, strict=True):
            while side and side[0][0] <= last:
                change = side.pop(0)
                group.append(change)
                last = max(last, change[1])
                is_growing = True
    return (*mine, first, last)


def _applied(base: list[str], changes: list[Span], *, first: int, last: int) -> list[str]:
    lines: list[str] = []
    at = first
    for start, end, new in changes:
        lines += base[at:start] + new
        at = end
    return lines + base[at:last]
