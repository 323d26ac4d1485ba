"""To which entry an explanation belongs, when the text does not say so.

Plain text made from a table has lost its third column: the explanation stands as a loose paragraph below the
entries of its row. It goes to the one entry of the agenda item that shares its words; if none or more than
one does, it stays with the agenda item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from regietafel.deliberation.engine.minutes.drafts import EntryDraft, ExplanationDraft, ItemDraft

_WORD = re.compile(r"[^\W\d_]{5,}")
_NAME_WEIGHT = 3
SHARED_WORDS = "de toelichting staat er los van; zij deelt woorden met deze regel"
ONLY_ONE = "de toelichting staat er los van; dit is de enige regel bij het agendapunt"


def place_explanations(item: ItemDraft) -> None:
    """Give each explanation of an agenda item to its entry, or to the item."""
    for explanation in item.explanations:
        entry = explanation.anchor or _likely(explanation, item)
        target = entry.explanation if entry else item.explanation
        if target.pieces and explanation.draft.pieces:
            number, piece, _is_new = explanation.draft.pieces[0]
            explanation.draft.pieces[0] = (number, piece, True)
        target.pieces += explanation.draft.pieces
    item.explanations.clear()


def _likely(explanation: ExplanationDraft, item: ItemDraft) -> EntryDraft | None:
    if len(explanation.among) == 1:
        explanation.among[0].doubt(ONLY_ONE)
        return explanation.among[0]
    entry = most_alike(explanation.draft.text(), explanation.among, title=item.title.text())
    if entry:
        entry.doubt(SHARED_WORDS)
    return entry


def most_alike(text: str, entries: Sequence[EntryDraft], *, title: str) -> EntryDraft | None:
    """Return the one entry that shares most words with a text.

    A name counts for three, words of the title for none.
    """
    usual = _words(title)
    wanted = {
        word.lower(): _NAME_WEIGHT if word[0].isupper() and at and text[at - 2] not in ".:•\n" else 1
        for at, word in ((match.start(), match[0]) for match in _WORD.finditer(text))
    }
    scores = [
        sum(
            weight
            for word, weight in wanted.items()
            if word not in usual and word in entry.draft.text().lower()
        )
        for entry in entries
    ]
    best = max(scores, default=0)
    return entries[scores.index(best)] if best and scores.count(best) == 1 else None


def _words(text: str) -> set[str]:
    return {match[0].lower() for match in _WORD.finditer(text)}
