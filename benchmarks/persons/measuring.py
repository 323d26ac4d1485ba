"""Counting hits and misses on the lists in tests/measured, apart for what was held out."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from regietafel.monitor.adapters.names import lexicon, name_lists
from regietafel.monitor.engine.privacy import name_spans, persons_in_query
from regietafel.monitor.engine.query import parse

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "measured"
TUNED, HELD_OUT = "afstellen", "achtergehouden"
LATER = ("derde", "derde achtergehouden", "vierde")  # lists of questions only
_Z = 1.959964  # two-sided 95 %


@dataclass
class Share:
    """How many of how many, and what went wrong."""

    good: int = 0
    total: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, is_good: bool, told: str) -> None:
        """Count one case."""
        self.good += is_good
        self.total += 1
        if not is_good:
            self.misses.append(told)

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.good / self.total if self.total else math.nan

    def interval(self) -> tuple[float, float]:
        """Give the 95 % interval of Wilson."""
        n, p = self.total, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(middle - half, 0.0), min(middle + half, 1.0)


def rows(file: str, part: str) -> Iterator[list[str]]:
    """Give the rows of one part of a list."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    columns = lines[0].count(";")
    cut = (line.split(";", columns) for line in lines[1:])
    return (row[1:] for row in cut if row[0] == part)


def questions(part: str) -> tuple[Share, Share]:
    """Give the share of the questions for a person that is refused, and of the others that passes."""
    refused, passed = Share(), Share()
    for asks_for_person, _kind, question in rows("questions.csv", part):
        found = persons_in_query(parse(question), names=name_lists())
        if asks_for_person == "ja":
            refused.add(bool(found), question)
        else:
            passed.add(not found, f"{question}: {found[0].reason if found else ''}")
    return refused, passed


def names(part: str) -> tuple[Share, Share]:
    """Hide names; give the share of the names that is hidden whole, and of what is hidden that is a name."""
    hidden, right = Share(), Share()
    for _kind, marked in rows("sentences.csv", part):
        text, wanted = unmarked(marked)
        found = name_spans([text], lexicon=lexicon())[0]
        for start, end in wanted:
            hidden.add(_lies_in((start, end), found), f"{text[start:end]} | {text}")
        for start, end in found:
            right.add(_lies_in((start, end), wanted), f"{text[start:end]} | {text}")
    return hidden, right


def _lies_in(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the braces out of a sentence; give where the names stood, without a full stop at the end."""
    text, spans = "", []
    for piece in re.split(r"(\{[^}]*\})", marked):
        if piece.startswith("{"):
            name = piece[1:-1]
            spans.append((len(text), len(text) + len(name.rstrip("."))))
            piece = name
        text += piece
    return text, spans
