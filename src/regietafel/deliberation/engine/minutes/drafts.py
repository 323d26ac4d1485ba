"""Items, entries and headings while they are being read: pieces of text with the lines they came from."""

from __future__ import annotations

from collections.abc import Mapping
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
from regietafel.deliberation.engine.minutes.keys import Key
from regietafel.deliberation.engine.minutes.lines import Line, joined
from regietafel.deliberation.engine.minutes.marks import how_decided
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
    fields: dict[str, Draft] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    def open_field(self, key: Key, numbers: tuple[int, ...]) -> Draft:
        """Begin what stands behind "Actiehouder:" or "Termijn:" below the entry; a second one goes on."""
        its = self.fields.setdefault(key.use, Draft())
        its.add(numbers, key.rest, is_new=bool(its.pieces))
        self.keys.append(key.written)
        return its

    def doubt(self, reason: str) -> None:
        """Note why this was read as it was."""
        self.certainty = "waarschijnlijk"
        self.reason = f"{self.reason}; {reason}" if self.reason else reason

    def read(self, number: str, asked: Asked) -> ReadEntry:
        """Return the entry with what its words say; a bottleneck owes nothing and has no term."""
        text, below = self.draft.text(), {use: draft.text() for use, draft in self.fields.items()}
        holder, term = self.holder or below.get("owner", ""), self.term or below.get("due", "")
        owes = self.kind != "K"
        owner = self._owner(text, holder, asked=asked) if owes or holder else None
        due = due_in_cell(term, on=asked.on, year=asked.year) if term else None
        condition = condition_of(below.get("condition", ""))
        told = {
            "owner": owner.name if owner else "",
            "due": due.written if due else "",
            "condition": condition.written if condition else "",
            "via": below.get("via", ""),
        }
        return ReadEntry(
            kind=self.kind,
            number=number,
            item=self.item,
            label=self.label,
            mark=self.mark,
            text=text,
            explanation=self._explained({**below, "due": term}, told),
            owner=owner,
            due=due or (due_of(text, on=asked.on, year=asked.year) if owes else None),
            condition=condition or condition_of(text),
            days=days_in(text, on=asked.on, year=asked.year),
            lines=tuple(sorted(self._numbers())),
            certainty=self.certainty,
            reason=self.reason,
            via=told["via"],
            keys=tuple(self.keys),
        )

    def _explained(self, below: Mapping[str, str], told: Mapping[str, str]) -> str:
        """Return the explanation: how was decided, what stands beside it, and what fields say beyond that."""
        more = [text for use, text in below.items() if _letters(text) != _letters(told[use])]
        return "\n".join(part for part in (how_decided(self.mark), self.explanation.text(), *more) if part)

    def _numbers(self) -> set[int]:
        parts = (self.draft, self.explanation, *self.fields.values())
        return set().union(*(part.numbers() for part in parts))

    def _owner(self, text: str, holder: str, *, asked: Asked) -> Owner | None:
        if holder:
            return owner_named(holder, known=asked.known) or (Owner(name=holder) if self.holder else None)
        return owner_of(text, known=asked.known)


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


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
    is_row: bool = False

    def read(self, known: tuple[str, ...]) -> list[ReadAttendance]:
        """Return who is named; a row of a table names one, however many commas it has."""
        return list(
            read_block(self.lines, status=self.status, is_list=self.is_list, is_row=self.is_row, known=known)
        )


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
