"""Two versions of a question: what was written differently, and what that finds or loses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from regietafel.monitor.engine.query import QueryError
from regietafel.monitor.engine.review import Comparison
from regietafel.monitor.models import Monitor, QueryVersion
from regietafel.monitor.selectors.monitors import question_of
from regietafel.monitor.selectors.reviewing import compare_questions

_PIECE = re.compile(r"(?:[()]|\"[^\"]*\"|<[^<>]*>|[^\s()\"<>]+|\S)\s*")


class Part(NamedTuple):
    """A part of the text of two versions: `gelijk`, `erbij` or `weg`."""

    text: str
    change: str


@dataclass(frozen=True)
class Change:
    """What another version changes.

    ``parts`` is the text of both, told apart; ``added`` and ``removed`` pair a place to fill in with a value;
    ``comparison`` is what that gains and loses on the messages we hold, ``obstacle`` why it is not there.
    """

    parts: tuple[Part, ...]
    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    comparison: Comparison | None = None
    obstacle: str = ""

    @property
    def is_same_text(self) -> bool:
        """Tell whether both are written alike."""
        return all(part.change == "gelijk" for part in self.parts)


def compare_versions(monitor: Monitor, *, old: QueryVersion, new: QueryVersion) -> Change:
    """Compare two versions of the question of a monitor, in words and on the messages we hold."""
    comparison, obstacle = None, ""
    try:
        comparison = compare_questions(monitor, old=question_of(old), new=question_of(new))
    except QueryError as error:
        obstacle = error.message
    before, after = _pairs(old), _pairs(new)
    return Change(
        parts=tuple(_parts(old.text, new.text)),
        added=tuple(pair for pair in after if pair not in before),
        removed=tuple(pair for pair in before if pair not in after),
        comparison=comparison,
        obstacle=obstacle,
    )


def _parts(old: str, new: str) -> Iterator[Part]:
    """Tell the words of two texts apart; another layout is no difference."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    old_words, new_words = ([piece.strip() for piece in pieces] for pieces in (before, after))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("".join(after[j1:j2]), "gelijk")
            continue
        if i2 > i1:
            yield Part(" ".join(old_words[i1:i2]), "weg")
            yield Part(" ", "gelijk")
        if j2 > j1:
            yield Part("".join(after[j1:j2]), "erbij")


def _pairs(version: QueryVersion) -> list[tuple[str, str]]:
    return [(name, value) for name, held in version.blank_values.items() for value in held]
