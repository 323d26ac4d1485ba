"""Those present: where their list begins, which lines are names in it, and where it ends."""

from __future__ import annotations

from regietafel.deliberation.engine.minutes.attendance import can_be_name, heading_of, sentence_of
from regietafel.deliberation.engine.minutes.drafts import (
    AttendanceDraft,
)
from regietafel.deliberation.engine.minutes.keys import key_of
from regietafel.deliberation.engine.minutes.lines import Line
from regietafel.deliberation.engine.minutes.marks import (
    mark_of,
)
from regietafel.deliberation.engine.minutes.numbers import item_start
from regietafel.deliberation.engine.minutes.standing import Standing


class Attending(Standing):
    """The steps that read lists of those present."""

    def _attend(self, line: Line) -> bool:
        """Read a heading of those present, and the names below it as long as they can be names."""
        found = heading_of(line.text)
        if found is not None and not found.is_sure and self.items:
            found = None
        if found is not None and (found.rest or not self._leads_astray(line)):
            self._close_item()
            self.item = None
            self.heading(line, found.written)
            self._target = self._section = None
            self._attending = AttendanceDraft(found.status, is_list=bool(found.rest))
            self.attendance.append(self._attending)
            if found.rest:
                self._attending.lines.append(Line(line.numbers, found.rest))
            return True
        if who := sentence_of(line.text):
            self.note(line.numbers, line.text, is_new=True)
            self.attendance.append(AttendanceDraft("afgemeld", is_list=True, lines=[Line(line.numbers, who)]))
            return True
        return self._attending is not None and self._go_on_attending(line)

    def _leads_astray(self, line: Line) -> bool:
        """ "Aanwezig" within an entry is a word like any other."""
        return self._entry is not None and not line.gap and not self._is_free()

    def _go_on_attending(self, line: Line) -> bool:
        its = self._attending
        assert its is not None
        mark = mark_of(line.text, self.notations, is_start=False)
        key = key_of(line.text)
        if key and key.use == "role":
            return False
        begins = (
            (mark is not None and mark.sort != "bare")
            or key
            or item_start(line.text, before="", last=self._last_number)
        )
        ended = its.is_list and line.gap and its.lines and not its.lines[-1].text.endswith(",")
        if begins or ended or not (can_be_name(line.text) or its.is_list):
            self._attending = None
            return False
        its.lines.append(line)
        return True
