"""What stands in the column beside the entries, and at which of them."""

from __future__ import annotations

from regietafel.deliberation.engine.minutes.attending import Attending
from regietafel.deliberation.engine.minutes.drafts import (
    Draft,
    ExplanationDraft,
    HeadingDraft,
)
from regietafel.deliberation.engine.minutes.lines import Line


class Beside(Attending):
    """The step that reads the column beside the text."""

    def _take_side(self, line: Line) -> None:
        """Keep what stands in the column beside this line."""
        if not line.side:
            if line.text:
                self._side = None
            return
        if line.beside or line.gap or self._side is None:
            self._side = self._begin_side(line)
        for number, text in line.side:
            self._side.add((number,), text, is_new=bool(line.beside) and bool(self._side.pieces))

    def _begin_side(self, line: Line) -> Draft:
        made = Draft()
        if self.item is None:
            self.headings.append(HeadingDraft(made))
            return made
        among = self.item.entries
        if line.beside:
            among = [entry for entry in among if entry.draft.numbers() & line.beside]
        anchor = None if line.beside else self._entry
        if line.beside and len(among) == 1:
            anchor = among[0]
        self.item.explanations.append(ExplanationDraft(made, anchor, among))
        return made
