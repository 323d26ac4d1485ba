"""Going through minutes line by line: what begins here, or what does this line go on with.

A line begins an agenda item, an entry, a list of entries, an explanation, a heading or a list of those
present; if none of these, it goes on with what was begun. Every line lands somewhere: what fits nowhere is
kept as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from regietafel.deliberation.engine.minutes.attendance import heading_of
from regietafel.deliberation.engine.minutes.beside import Beside
from regietafel.deliberation.engine.minutes.drafts import (
    AttendanceDraft,
    Draft,
    EntryDraft,
    ExplanationDraft,
    ItemDraft,
    OpenList,
    Style,
)
from regietafel.deliberation.engine.minutes.keys import FIELDS, Key, key_of
from regietafel.deliberation.engine.minutes.lines import BULLET, Line, ends_sentence
from regietafel.deliberation.engine.minutes.marks import (
    Mark,
    is_legend,
    list_heading,
    mark_of,
    says_nothing,
)
from regietafel.deliberation.engine.minutes.numbers import ENUMERATED, ItemStart, item_start

ACTION_IN_TEXT = "“(actie: …)” staat in lopende tekst"
_ACTION = re.compile(r"\(\s*actie(?:houder)?\s*:?\s+[^()]+\)", re.IGNORECASE)
_PRESS = re.compile(r"pers(?:lijn|bericht)", re.IGNORECASE)  # below the agenda, about the whole meeting
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FULL_LINE = 0.75  # of the usual width: the next line goes on with it
_LONGEST_HEADING = 12  # words
_LOOK_AHEAD = 4  # lines between a heading and its agenda item


class Walker(Beside):
    """The steps of the reading, in the order in which they are tried."""

    def take(self, line: Line, ahead: Sequence[Line]) -> None:
        """Read one line, knowing the lines after it."""
        if line.number_cell:
            self._open_item(ItemStart(number=line.number_cell, rest=""), line)
            self._has_own_cell = True
        if is_legend(line.text):
            self._take_legend(line)
        elif line.text:
            steps = (
                self._attend,
                self._begin_list,
                self._go_on_with_list,
                self._begin_item,
                self._begin_entry,
                self._begin_key,
            )
            if not any(step(line) for step in steps) and not self._begin_heading(line, ahead):
                self._go_on(line)
            self._last_text, self._last_length = line.text, len(line.raw)
        self._take_side(line)

    def _take_legend(self, line: Line) -> None:
        """Keep the head of the three columns; on a later page the text just goes on."""
        target = self._target
        self.heading(line)
        self._target = target
        self._last_text = ""

    def _begin_heading(self, line: Line, ahead: Sequence[Line]) -> bool:
        """Tell a heading from a line of text: it is short, stands apart, and an agenda item follows it."""
        if self._is_part_of_title(line):
            return False
        if line.gap and _PRESS.fullmatch(line.text):
            self._close_item()
            self.item = self._attending = self._section = None
            self.heading(line)
            return True
        stands_apart = line.gap or (self._is_free() and self._attending is None)
        if not stands_apart or not self._is_title(line):
            return False
        if line.gap and not self.has_numbers and self._leads_to_entry(ahead):
            self._open_item(ItemStart(number="", rest=""), line)
            self._awaits_title = False
            self.items[-1].title.add(line.numbers, line.text)
            return True
        if not self._leads_to_item(ahead):
            return False
        self._close_item()
        self.item = self._attending = None
        made = self.heading(line)
        is_of_meeting = not self.items and _YEAR.search(line.text)
        self._section = None if is_of_meeting else made
        return True

    def _is_part_of_title(self, line: Line) -> bool:
        """Say whether a line is the cell beside a number, or goes on with a heading among keys."""
        if self._awaits_title and self._has_own_cell:
            return True
        is_wrapped = self._section is not None and self._target is self._section.draft and not line.gap
        return is_wrapped and self._key_indent is not None

    def _begin_list(self, line: Line) -> bool:
        """Read a heading such as "Actielijst": what stands below it are entries of that kind."""
        found = list_heading(line.text)
        if found is None or not (line.gap or self._is_free()):
            return False
        kind, is_apart = found
        self._drop_list()
        if is_apart:
            self._close_item()
            self.item = None
        self._attending = self._section = None
        self.heading(line)
        self._list = OpenList(kind, line.text, ())
        self._entry = self._target = None
        return True

    def _is_title(self, line: Line) -> bool:
        text = line.text
        is_short = len(text.split()) <= _LONGEST_HEADING and not re.search(r"[.;,:]$", text)
        starts = text[0].isupper() or text[0] in "(“‘\"'"
        return is_short and starts and not line.is_bullet and not key_of(text) and not heading_of(text)

    def _leads_to_entry(self, ahead: Sequence[Line]) -> bool:
        """Say whether an entry follows: minutes without numbers have their items under headings."""
        return bool(ahead) and mark_of(ahead[0].text, self.notations, is_start=False) is not None

    def _leads_to_item(self, ahead: Sequence[Line]) -> bool:
        for place, line in enumerate(islice(ahead, _LOOK_AHEAD)):
            if line.number_cell or item_start(line.text, before="", last=self._last_number):
                return True
            goes_on = place == 0 and not line.gap and line.text[:1].islower()
            if not line.text or not (self._is_title(line) or goes_on) or (not line.gap and not goes_on):
                return False
        return False

    def _begin_item(self, line: Line) -> bool:
        before = "" if line.gap else self._last_text
        start = item_start(line.text, before=before, last=self._last_number)
        if start is None or (start.is_keyed and not self._is_at_key(line)):
            return False
        self._open_item(start, line)
        return True

    def _open_item(self, start: ItemStart, line: Line) -> None:
        self._close_item()
        self._attending = None
        self._has_own_cell = False
        item = ItemDraft(len(self.items), start.number, mark=start.mark)
        item.own.add(line.numbers, "")
        above = self._section
        self._section = None
        is_titled = False
        if above is not None:
            item.section = above.draft.text()
            is_titled = not start.is_keyed and (not line.gap or bool(line.number_cell))
        if is_titled and above is not None:
            item.title.add(tuple(sorted(above.draft.numbers())), item.section)
        self.items.append(item)
        self.item = item
        self._last_number = start.number or self._last_number
        self._awaits_title = not is_titled
        self._target = item.notes
        if start.rest:
            self._first_words(start, line)

    def _first_words(self, start: ItemStart, line: Line) -> None:
        """Read what stands behind the number: an entry, the title, or the first sentence of the notes."""
        assert self.item is not None
        mark = mark_of(start.rest, self.notations, is_start=False)
        if mark is not None and not start.is_keyed:
            self._awaits_title = False
            self._open_entry(mark, line)
        elif start.is_keyed or (self._awaits_title and _can_be_title(start.rest)):
            self._awaits_title = False
            self.item.title.add(line.numbers, start.rest)
            is_wrapped = self._key_indent is not None or len(line.raw) >= _FULL_LINE * self._width
            goes_on = is_wrapped and (start.is_keyed or not ends_sentence(start.rest))
            self._target = self.item.title if goes_on else self.item.notes
        else:
            self._awaits_title = False
            self._target = self.item.notes
            self.item.notes.add(line.numbers, start.rest, is_new=True)

    def _begin_entry(self, line: Line) -> bool:
        bare = line.text if self._key_indent is not None else BULLET.sub("", line.text)
        is_start = bool(line.gap) or self._is_free() or line.is_bullet
        mark = mark_of(bare, self.notations, is_start=is_start)
        if mark is None or not self._is_at_key(line):
            return False
        self._attending = None
        self._open_entry(mark, line)
        return True

    def _open_entry(self, mark: Mark, line: Line) -> None:
        self._drop_list()
        if says_nothing(mark.rest):
            self.note(line.numbers, f"{mark.written} {mark.rest}", is_new=True)
            self._entry = self._target = None
            return
        enumerated = ENUMERATED.match(mark.rest)
        if not mark.rest or (enumerated and _value(enumerated) == 1):
            self._list = OpenList(mark.kind, mark.written, line.numbers, mark.certainty, mark.reason)
            self._entry = self._target = None
            if enumerated:
                self._list_entry(enumerated["rest"], line, label=enumerated["digit"] or enumerated["letter"])
                self._list.style, self._list.last = _style(enumerated), 1
            return
        entry = self.entry(EntryDraft(mark.kind, mark.written, self._place(), mark.label, mark.holder))
        entry.certainty, entry.reason = mark.certainty, mark.reason
        entry.draft.add(line.numbers, mark.rest)

    def _go_on_with_list(self, line: Line) -> bool:
        """Read a line below "Besluiten:" as the next entry; what is numbered otherwise goes with the last."""
        its = self._list
        if its is None:
            return False
        enumerated = ENUMERATED.match(line.text)
        if enumerated and self._is_next(enumerated, line):
            its.style, its.last = _style(enumerated), its.last + 1
            self._list_entry(enumerated["rest"], line, label=enumerated["digit"] or enumerated["letter"])
            return True
        bare = BULLET.sub("", line.text)
        if mark_of(bare, self.notations, is_start=False) or key_of(line.text) or heading_of(line.text):
            return False
        return self._next_in_list(its, line)

    def _next_in_list(self, its: OpenList, line: Line) -> bool:
        """Read a line with the sign of a list, or the first line without any."""
        if line.is_bullet and its.style in {"", "bullet"}:
            its.indent = its.indent if its.style else line.indent
            its.style = "bullet"
            if line.indent <= its.indent + 1:
                self._list_entry(BULLET.sub("", line.text), line)
                return True
        elif not its.entries and not item_start(line.text, before="", last=self._last_number):
            its.style = "plain"
            self._list_entry(line.text, line)
            return True
        return False

    def _is_next(self, found: re.Match[str], line: Line) -> bool:
        assert self._list is not None
        if self._list.style not in {"", _style(found)} or _value(found) != self._list.last + 1:
            return False
        could_be_item = item_start(line.text, before="", last=self._last_number) is not None
        return not (could_be_item and self._list.entries and line.gap)

    def _list_entry(self, text: str, line: Line, *, label: str = "") -> None:
        its = self._list
        assert its is not None
        entry = self.entry(EntryDraft(its.kind, its.mark, self._place(), label))
        entry.certainty, entry.reason = its.certainty, its.reason
        if not its.entries:
            entry.draft.add(tuple(number for number in its.numbers if number not in line.numbers), "")
        entry.draft.add(line.numbers, text)
        its.entries += 1

    def _begin_key(self, line: Line) -> bool:
        key = key_of(line.text)
        if key is None or not self._is_at_key(line):
            return False
        if key.use in FIELDS:
            if self._entry is not None:
                self._target = self._entry.open_field(key, line.numbers)
            return self._entry is not None
        if key.use == "role" and (self.item is None or self._attending is not None):
            self._attending = AttendanceDraft(None, is_list=False, lines=[line])
            self.attendance.append(self._attending)
            self._target = None
        elif self.item is None or (key.use == "particular" and self._key_indent is not None):
            self._close_item()
            self.item = self._attending = None
            self.heading(line, is_particular=True)
        else:
            self._explain(key, line)
        return True

    def _explain(self, key: Key, line: Line) -> None:
        """Keep "Zaak:" for the entry that follows, "Noot:" with the one before, and the rest as notes."""
        assert self.item is not None
        self._drop_list()
        inner = mark_of(key.rest, self.notations, is_start=False) if key.rest != line.text else None
        if inner is not None and inner.sort == "word" and not says_nothing(inner.rest):
            written = f"{line.text[: len(line.text) - len(key.rest)].strip()} {inner.written}"
            self._open_entry(Mark(kind=inner.kind, written=written, rest=inner.rest, sort="word"), line)
        elif key.use == "before":
            self._entry = None
            if self._subject is not None:
                self.item.notes.pieces += self._subject.pieces
            self._subject = self._target = Draft()
            self._target.add(line.numbers, line.text, is_new=True)
        elif key.use == "after" and self._entry is not None:
            self._entry.explanation.add(line.numbers, line.text, is_new=bool(self._entry.explanation.pieces))
            self._target = self._entry.explanation
        else:
            self.note(line.numbers, line.text, is_new=True)

    def _go_on(self, line: Line) -> None:
        """Add a line to what was begun before it."""
        if self._awaits_title and self.item is not None and _can_be_title(line.text):
            self._awaits_title = False
            self.item.title.add(line.numbers, line.text)
            self._target = self.item.notes
            return
        self._awaits_title = False
        if self._entry is not None and self._target is self._entry.draft:
            self._go_on_with_entry(line, self._entry)
        elif self._target is not None and self._goes_on(line):
            is_short = self._key_indent is None and 0 < self._last_length < _FULL_LINE * self._width
            self._target.add(line.numbers, line.text, is_new=self._is_free() and bool(line.gap or is_short))
            self._find_action_in_notes(line)
        else:
            self._drop_list()
            self._begin_paragraph(line)

    def _goes_on(self, line: Line) -> bool:
        """Say whether a line can go on with a title, note, explanation or heading."""
        if self._entry is not None and self._target in self._entry.fields.values():
            return not line.gap and self._last_length >= _FULL_LINE * self._width
        if self.item is None:
            return not line.gap
        if self._key_indent is not None or self._target is self.item.notes:
            return True
        if self._target is self.item.title:
            return not ends_sentence(self.item.title.text()) and (not line.gap or line.text[0].islower())
        return not line.gap or line.is_bullet or line.text[0].islower()

    def _go_on_with_entry(self, line: Line, entry: EntryDraft) -> None:
        before = entry.draft.last()
        is_open = not ends_sentence(before) or line.text[0].islower()
        is_listed = line.is_bullet and (before.endswith(":") or bool(BULLET.match(before)))
        if not line.gap or is_open or is_listed or self._key_indent is not None:
            entry.draft.add(line.numbers, line.text, is_new=bool(line.gap) and ends_sentence(before))
        else:
            self._drop_list()
            self._begin_paragraph(line)

    def _begin_paragraph(self, line: Line) -> None:
        """Read a paragraph by itself: an explanation where there is a column for it, else a note."""
        entry, self._entry = self._entry, None
        if self.item is None:
            self._loose(line)
        elif self.notations.has_explanations and (entry or self.item.explanations):
            made = Draft()
            made.add(line.numbers, line.text, is_new=True)
            self.item.explanations.append(ExplanationDraft(made, None, list(self.item.entries)))
            self._target = made
        else:
            self.note(line.numbers, line.text, is_new=True)
            self._find_action_in_notes(line)

    def _loose(self, line: Line) -> None:
        """Keep a line outside the agenda items: a heading if it looks like one."""
        if self._is_title(line) and not self.entries and not self.attendance:
            self.heading(line)
        else:
            self.note(line.numbers, line.text)

    def _find_action_in_notes(self, line: Line) -> None:
        """Make an action of a paragraph of the notes that says who is to act."""
        if self.item is None or self._target is not self.item.notes or not _ACTION.search(line.text):
            return
        taken = self.item.notes.pop_paragraph()
        entry = self.entry(EntryDraft("A", "", self._place()))
        entry.doubt(ACTION_IN_TEXT)
        entry.draft.pieces += taken
        self._entry, self._target = None, self.item.notes


def _can_be_title(text: str) -> bool:
    """Tell a title from a sentence of the notes."""
    return (
        len(text.split()) <= 30
        and not text.endswith((":", ",", ";"))
        and not re.search(r"[a-z]{2,}[.!?]\s+[A-Z]", text)
    )


def _style(found: re.Match[str]) -> Style:
    return "digit" if found["digit"] else "letter"


def _value(found: re.Match[str]) -> int:
    return int(found["digit"]) if found["digit"] else ord(found["letter"].lower()) - ord("a") + 1
