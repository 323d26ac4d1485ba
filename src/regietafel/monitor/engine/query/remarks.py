"""What is said about a question: hints, errors and their place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from regietafel.monitor.engine.query.limits import MAX_ERRORS, MAX_HINTS
from regietafel.monitor.engine.query.snippets import origins


@dataclass(frozen=True, slots=True)
class Hint:
    """A friendly remark in Dutch about a stretch of the question; it was read as it stands.

    ``start`` and ``end`` count characters of the question; ``replacement`` is what could stand there instead,
    empty when there is nothing to offer.
    """

    message: str
    line: int
    column: int
    start: int
    end: int
    replacement: str = ""

    def __str__(self) -> str:
        return self.message


class QueryError(ValueError):
    """A question that cannot be read: what is wrong, where, and what to write instead (Dutch).

    ``others`` are further mistakes in the same question, in the order in which they stand.
    """

    def __init__(self, message: str, *, line: int = 1, column: int = 1, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.suggestion = suggestion
        self.others: tuple[QueryError, ...] = ()

    def caret(self, text: str) -> str:
        """Give the line of the question with a caret under the place."""
        line = text.split("\n")[self.line - 1].rstrip("\r")
        before = "".join("\t" if sign == "\t" else " " for sign in line[: self.column - 1])
        return f"{line}\n{before.ljust(self.column - 1)}^"


class CannotBeRead(Exception):
    """A word, phrase or value that cannot be read; who knows its place makes a ``QueryError`` of it."""

    def __init__(self, message: str, *, suggestion: str) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


class Remarks:
    """Collects what is said about one question while it is read; places are in its normalised text."""

    def __init__(self, text: str) -> None:
        self._starts, self._ends = origins(text)
        self._length = len(text)
        self._line_starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]
        self._errors: list[tuple[int, QueryError]] = []
        self._hints: dict[str, Hint] = {}

    @property
    def is_full(self) -> bool:
        """Tell whether there are so many mistakes that reading on helps nobody."""
        return len(self._errors) >= MAX_ERRORS

    @property
    def has_errors(self) -> bool:
        """Tell whether a mistake was noted."""
        return bool(self._errors)

    def error(self, message: str, at: int, *, suggestion: str) -> None:
        """Note a mistake at a place in the question, as long as there are not too many."""
        if self.is_full:
            return
        line, column = self._place(at)
        self._errors.append((at, QueryError(message, line=line, column=column, suggestion=suggestion)))

    def hint(self, message: str, *, start: int, end: int, replacement: str = "") -> None:
        """Note a hint; the same words are said once."""
        if len(self._hints) < MAX_HINTS:
            stretch = self._start(start), self._ends[end - 1]
            self._hints.setdefault(message, Hint(message, *self._place(start), *stretch, replacement))

    def hints(self) -> tuple[Hint, ...]:
        """Give the hints in the order in which they stand."""
        return tuple(sorted(self._hints.values(), key=lambda hint: hint.start))

    def first(self) -> QueryError:
        """Give the first mistake, with the others."""
        first, *others = [error for _, error in sorted(self._errors, key=lambda found: found[0])]
        first.others = tuple(others)
        return first

    def raise_errors(self) -> None:
        """Raise the first mistake, with the others; do nothing when there are none."""
        if self._errors:
            raise self.first()

    def _place(self, at: int) -> tuple[int, int]:
        start = self._start(at)
        line = bisect_right(self._line_starts, start)
        return line, start - self._line_starts[line - 1] + 1

    def _start(self, at: int) -> int:
        return self._starts[at] if at < len(self._starts) else self._length
