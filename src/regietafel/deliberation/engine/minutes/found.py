"""What minutes hold once they are read: agenda items, entries, attendance, headings, and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from regietafel.deliberation.engine.terms import Condition, Due, MentionedDay, Owner

Kind = Literal["B", "K", "A"]
Status = Literal["aanwezig", "vervangen", "afgemeld", "afwezig", "onbekend"]
Certainty = Literal["zeker", "waarschijnlijk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line as a reader of files gives it: its number, its text with the spaces in it, and its place.

    A cell of a table has a column, and row and table number; a paragraph in a cell is a line of its own.
    """

    number: int
    text: str
    column: int | None = None
    row: int | None = None
    table: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """An agenda item: number as written (any numbering), title, the heading above it, notes and explanation.

    `mark` is how it was announced, if not by its number alone ("Agendapunt 3:").
    """

    number: str
    mark: str
    title: str
    section: str
    notes: str
    explanation: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """A decision (B), bottleneck (K) or action (A), with what its words say about owner, term and condition.

    `item` is the place of its agenda item in the list of items, `number` the number of that item, `label` a
    number of its own ("AP1", "2"), `mark` the notation by which it was recognised, `via` the channel of
    feedback, and `keys` the words before a colon behind which owner, term, condition or channel stood.
    """

    kind: Kind
    number: str
    item: int | None
    label: str
    mark: str
    text: str
    explanation: str
    owner: Owner | None
    due: Due | None
    condition: Condition | None
    days: tuple[MentionedDay, ...]
    lines: tuple[int, ...]
    certainty: Certainty
    reason: str
    via: str = ""
    keys: tuple[str, ...] = ()

    @property
    def first_line(self) -> int:
        """The first line of the entry or its explanation."""
        return self.lines[0]

    @property
    def last_line(self) -> int:
        """The last line of the entry or its explanation."""
        return self.lines[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAttendance:
    """An organisation or function in the list of those present, and the name beside it if one stands there.

    `name` is empty when only a person is named. "onbekend" is a name in the list without any mark.
    """

    name: str
    person: str
    status: Status
    written: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHeading:
    """A heading, the head of a table, or a particular of the whole meeting such as its place."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unassigned:
    """A line that was not understood, or that says nothing about the meeting; kept as it stands."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRead:
    """Everything that was found in minutes; together the parts hold every line of the text."""

    title: str
    held_on: date | None
    items: tuple[ReadItem, ...]
    entries: tuple[ReadEntry, ...]
    attendance: tuple[ReadAttendance, ...]
    headings: tuple[ReadHeading, ...]
    unassigned: tuple[Unassigned, ...]

    def of_kind(self, kind: Kind) -> tuple[ReadEntry, ...]:
        """Give the entries of one kind, in the order of the text."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def lines(self) -> Iterator[int]:
        """Yield the numbers of the lines that are held, some more than once."""
        parts: tuple[ReadItem | ReadEntry | ReadAttendance | ReadHeading, ...]
        parts = (*self.items, *self.entries, *self.attendance, *self.headings)
        for part in parts:
            yield from part.lines
        yield from (line.number for line in self.unassigned)
