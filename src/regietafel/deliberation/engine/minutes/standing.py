"""Where the reading of minutes has come: what is open, and what was found so far."""

from __future__ import annotations

from regietafel.deliberation.engine.minutes.columns import Head
from regietafel.deliberation.engine.minutes.drafts import (
    AttendanceDraft,
    Draft,
    EntryDraft,
    HeadingDraft,
    ItemDraft,
    OpenList,
)
from regietafel.deliberation.engine.minutes.explaining import place_explanations
from regietafel.deliberation.engine.minutes.found import Unassigned
from regietafel.deliberation.engine.minutes.lines import Line, ends_sentence
from regietafel.deliberation.engine.minutes.marks import (
    Notations,
)

BEFORE_ITEMS = "staat buiten de agendapunten"
_KEY_SHIFT = 8  # places that keys of one list may differ in indent


class Standing:
    """The open agenda item, entry, list and target of the text, with the ways to begin and close them."""

    def __init__(self, notations: Notations, *, width: int, key_indent: int | None) -> None:
        """Begin; `key_indent` is where keys stand in a list of keys and values in columns, if it is one."""
        self.notations = notations
        self.has_numbers = True
        self.items: list[ItemDraft] = []
        self.entries: list[EntryDraft] = []
        self.headings: list[HeadingDraft] = []
        self.attendance: list[AttendanceDraft] = []
        self.unassigned: list[Unassigned] = []
        self._width = width
        self._key_indent = key_indent
        self.item: ItemDraft | None = None
        self._entry: EntryDraft | None = None
        self._target: Draft | None = None
        self._list: OpenList | None = None
        self._attending: AttendanceDraft | None = None
        self._section: HeadingDraft | None = None
        self._subject: Draft | None = None
        self._side: Draft | None = None
        self._awaits_title = False
        self._has_own_cell = False
        self._last_number: str | None = None
        self._last_text, self._last_length = "", 0

    def finish(self) -> None:
        """Close what is open."""
        self._close_item()

    def take_head(self, head: Head) -> None:
        """Keep the head of a table."""
        self._drop_list()
        self.heading(head.line)
        self.leave()

    def leave(self) -> None:
        """Let the next line go on with nothing."""
        self._entry = self._target = self._section = self._attending = None

    def heading(self, line: Line, text: str | None = None, *, is_particular: bool = False) -> HeadingDraft:
        """Begin a heading."""
        made = HeadingDraft(is_particular=is_particular)
        made.draft.add(line.numbers, line.text if text is None else text)
        self.headings.append(made)
        self._target = made.draft
        return made

    def _close_item(self) -> None:
        if self.item is not None:
            if self._subject is not None:
                self.item.notes.pieces += self._subject.pieces
            place_explanations(self.item)
        self._drop_list()
        self._entry = self._target = self._subject = self._side = None
        self._awaits_title = False

    def record_item(self, number: str, title: str, *, numbers: tuple[int, ...]) -> ItemDraft:
        """Begin the agenda item of a row of a table."""
        self._close_item()
        self._attending = self._section = None
        self.item = ItemDraft(len(self.items), number)
        self.item.own.add(numbers, "")
        if title:
            self.item.title.add(numbers[:1], title)
        self.items.append(self.item)
        self._last_number = number or self._last_number
        return self.item

    def note(self, numbers: tuple[int, ...], text: str, *, is_new: bool = False) -> None:
        """Put a line with the notes of the agenda item, or keep it as it stands."""
        if self.item is None:
            self.unassigned += [
                Unassigned(number=number, text=text, reason=BEFORE_ITEMS) for number in numbers
            ]
            self._target = None
        else:
            self.item.notes.add(numbers, text, is_new=is_new)
            self._target = self.item.notes

    def entry(self, entry: EntryDraft) -> EntryDraft:
        """Begin an entry, with the subject that stood before it as explanation."""
        self.entries.append(entry)
        if self.item is not None:
            self.item.entries.append(entry)
        if self._subject is not None:
            entry.explanation.pieces += self._subject.pieces
            self._subject = None
        self._entry, self._target, self._awaits_title = entry, entry.draft, False
        return entry

    def _place(self) -> int | None:
        return None if self.item is None else self.item.place

    def _drop_list(self) -> None:
        """Close a list; a notation below which nothing stands is kept with the notes."""
        its, self._list = self._list, None
        if its is not None and not its.entries and its.numbers:
            self.note(its.numbers[:1], its.mark, is_new=True)

    def present(self, line: Line) -> None:
        """Keep a row of a table of those present."""
        self._close_item()
        self.item = self._attending = None
        self.attendance.append(AttendanceDraft(None, is_list=False, lines=[line], is_row=True))

    def _is_free(self) -> bool:
        """Say whether the line before ended something."""
        return not self._last_text or ends_sentence(self._last_text) or self._last_text.endswith(":")

    def _is_at_key(self, line: Line) -> bool:
        """In a list of keys and values a key stands where the other keys stand, not in a value."""
        return self._key_indent is None or abs(line.indent - self._key_indent) <= _KEY_SHIFT
