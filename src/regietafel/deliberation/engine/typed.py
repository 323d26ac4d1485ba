"""One line typed during a meeting: "a Losser: zoekt een locatie" becomes an action with an owner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from regietafel.deliberation.engine.folding import folded

_KIND = re.compile(r"^\s*(?P<kind>[BKAbka])(?:\s*[:)]\s*|\s+)(?P<text>\S.*)$", re.DOTALL)
_OWNER = re.compile(r"^(?P<owner>[^:\n]{2,120}?)\s*:\s+(?P<text>\S.*)$", re.DOTALL)
_BEFORE_NAME = ("gemeente ", "provincie ", "de ", "het ")


class UnreadableLine(ValueError):
    """The line does not begin with b, k or a, or nothing follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """A line as understood: B, K or A, its words, and the key of who owes it (None when nobody was named)."""

    kind: str
    text: str
    owner: int | None = None


def typed_line(line: str, *, owners: Mapping[str, int | None]) -> TypedLine:
    """Read one typed line of the minutes (snelle regel).

    Args:
        line: a letter b, k or a, a space, and what was decided, is stuck or must be done.
        owners: who sits at the table: name -> key of the seat. A name without "gemeente" is understood, and
            the key None says that more seats bear that name.

    Returns:
        Kind and text. A name of the table before a colon is the owner of an action and no part of its text;
        any other word before a colon stays in the text.

    Raises:
        UnreadableLine: when the line does not begin with one of the three letters, or nothing follows.

    Source: bron-003 r.79 and r.123 (an action names who does it); the short notation is ours.

    >>> typed_line("a Losser: zoekt een locatie", owners={"Gemeente Losser": 4})
    TypedLine(kind='A', text='Zoekt een locatie', owner=4)
    >>> typed_line("b Let op: geen persbericht", owners={"Gemeente Losser": 4})
    TypedLine(kind='B', text='Let op: geen persbericht', owner=None)
    """
    found = _KIND.match(line)
    if found is None:
        raise UnreadableLine(line)
    kind, text = found["kind"].upper(), found["text"].strip()
    named = _OWNER.match(text) if kind == "A" else None
    key = _keys(owners).get(folded(named["owner"])) if named else None
    if named and key is not None:
        text = named["text"].strip()
    return TypedLine(kind=kind, text=text[:1].upper() + text[1:], owner=key)


def _keys(owners: Mapping[str, int | None]) -> dict[str, int | None]:
    """Give the keys by folded name; a short name that two seats share is nobody's."""
    full: dict[str, int | None] = {}
    short: dict[str, int | None] = {}
    for name, key in owners.items():
        called = folded(name)
        full[called] = key if full.get(called, key) == key else None
        for before in _BEFORE_NAME:
            if called.startswith(before):
                rest = called[len(before) :]
                short[rest] = key if short.get(rest, key) == key else None
    return short | full
