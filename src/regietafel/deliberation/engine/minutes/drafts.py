"""Items, entries and headings while they are being read: pieces of text with the lines they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from regietafel.deliberation.engine.minutes.asking import Asked
from regietafel.deliberation.engine.minutes.attendance import read_block
from regietafel.deliberation.engine.minutes.found import (
    Certainty,
    Kind,
    ReadAttendance,
    ReadEntry,
    ReadHeading,
    ReadItem,
    Status,
)
from regietafel.deliberation.engine.minutes.lines import Line, joined
from regietafel.deliberation.engine.terms import Owner, condition_of, days_in, due_in_cell, due_of, owner_of
from regietafel.deliberation.engine.terms.owners import owner_named

Style = Literal["digit", "letter", "bullet", "plain", ""]


@dataclass(slots=True)
class Draft:
    """Text in the making."""

    pieces: list[tuple[int, str, bool]] = field(default_factory=list)

    def add(self, numbers: tuple[int, ...], text: str, *, is_new: bool = False) -> None:
        """Add a piece of text; the numbers of its lines are kept even when it is empty."""
        if numbers:
            self.pieces.append((numbers[0], text, is_new))
        self.pieces += [(number, "", False) for number in numbers[1:]]

    def text(self) -> str:
        """Return the text so far."""
        return joined((piece, is_new) for _number, piece, is_new in self.pieces)

    def numbers(self) -> set[int]:
        """Return the lines that it came from."""
        return {number for number, _piece, _is_new in self.pieces}

    def last(self) -> str:
        """Return the last piece of text."""
        return next((piece for _number, piece, _new in reversed(self.pieces) if piece), "")

    def pop_paragraph(self) -> list[tuple[int, str, bool]]:
        """Take the last paragraph out."""
        start = next((at for at in range(len(self.pieces) - 1, -1, -1) if self.pieces[at][2]), 0)
        taken, self.pieces = self.pieces[start:], self.pieces[:start]
        return taken


@dataclass(slots=True)
class HeadingDraft:
    """A heading in the making; a particular ("Datum: …") is not a heading of an item."""

    draft: Draft = field(default_factory=Draft)
    is_particular: bool = False

    def read(self) -> ReadHeading:
        """Return the heading."""
        return ReadHeading(text=self.draft.text(), lines=tuple(sorted(self.draft.numbers())))


@dataclass(slots=True)
class EntryDraft:
    """A decision, bottleneck or action in the making."""

    kind: Kind
    mark: str
    item: int | None
    label: str = ""
    holder: str = ""
    term: str = ""
    certainty: Certainty = "zeker"
    reason: str = ""
    draft: Draft = field(default_factory=Draft)
    explanation: Draft = field(default_factory=Draft)

    def doubt(self, reason: str) -> None:
        """Note why this was read as it was."""
        self.certainty = "waarschijnlijk"
        self.reason = f"{self.reason}; {reason}" if self.reason else reason

    def read(self, number: str, asked: Asked) -> ReadEntry:
        """Return the entry with what its words say; a bottleneck owes nothing and has no term."""
        text = self.draft.text()
        owes = self.kind != "K"
        due = due_in_cell(self.term, on=asked.on, year=asked.year) if self.term else None
        return ReadEntry(
            kind=self.kind,
            number=number,
            item=self.item,
            label=self.label,
            mark=self.mark,
            text=text,
            explanation=self.explanation.text(),
            owner=self._owner(text, asked) if owes or self.holder else None,
            due=due or (due_of(text, on=asked.on, year=asked.year) if owes else None),
            condition=condition_of(text),
            days=days_in(text, on=asked.on, year=asked.year),
            lines=tuple(sorted(self.draft.numbers() | self.explanation.numbers())),
            certainty=self.certainty,
            reason=self.reason,
        )

    def _owner(self, text: str, asked: Asked) -> Owner | None:
        if self.holder:
            return owner_named(self.holder, known=asked.known) or Owner(name=self.holder)
        return owner_of(text, known=asked.known)


@dataclass(slots=True)
class ExplanationDraft:
    """A piece of explanation, the entry that it stands at, and the entries that it may be about."""

    draft: Draft
    anchor: EntryDraft | None
    among: list[EntryDraft]


@dataclass(slots=True)
class ItemDraft:
    """An agenda item in the making."""

    place: int
    number: str
    section: str = ""
    mark: str = ""
    own: Draft = field(default_factory=Draft)
    title: Draft = field(default_factory=Draft)
    notes: Draft = field(default_factory=Draft)
    explanation: Draft = field(default_factory=Draft)
    entries: list[EntryDraft] = field(default_factory=list)
    explanations: list[ExplanationDraft] = field(default_factory=list)

    def read(self) -> ReadItem:
        """Return the item."""
        parts = (self.own, self.title, self.notes, self.explanation)
        return ReadItem(
            number=self.number,
            mark=self.mark,
            title=self.title.text(),
            section=self.section,
            notes=self.notes.text(),
            explanation=self.explanation.text(),
            lines=tuple(sorted(set().union(*(part.numbers() for part in parts)))),
        )


@dataclass(slots=True)
class AttendanceDraft:
    """A block of names in the making."""

    status: Status | None
    is_list: bool
    lines: list[Line] = field(default_factory=list)

    def read(self, known: tuple[str, ...]) -> list[ReadAttendance]:
        """Return who is named."""
        return list(read_block(self.lines, status=self.status, is_list=self.is_list, known=known))


@dataclass(slots=True)
class OpenList:
    """Several entries under one notation ("Besluiten:"), and how they are told apart."""

    kind: Kind
    mark: str
    numbers: tuple[int, ...]
    certainty: Certainty = "zeker"
    reason: str = ""
    style: Style = ""
    last: int = 0
    indent: int = 0
    entries: int = 0
