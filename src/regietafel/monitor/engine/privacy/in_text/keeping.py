"""What stays: who holds a public office, public names, and names within a firm, street or building."""

from __future__ import annotations

from regietafel.monitor.engine.privacy.in_text.lexicon import (
    FIRM,
    OFFICE,
    PARTICLE,
    PARTY,
    PLACE,
    PUBLIC,
    TAIL,
)
from regietafel.monitor.engine.privacy.in_text.words import Words

_MOST_BACK = 5
_BETWEEN = frozenset("van de het en in gemeente provincie demissionair waarnemend onze uit voor".split())
_APPOSITION = (",", " (", " – ", " - ")


class Keeping:
    """Tells of one text which names may stay."""

    def __init__(self, words: Words) -> None:
        self._w = words

    def public_end(self, at: int) -> int:
        """Give the end of the public name or place of more words that begins here; 0 when none does."""
        w = self._w
        if at + 1 >= len(w.folded):
            return 0
        for run in w.lexicon.public_runs.get((w.folded[at], w.folded[at + 1]), ()):
            end = at + len(run)
            if tuple(w.folded[at:end]) == run:
                return end
        return 0

    def is_known(self, at: int) -> bool:
        """Whether this one word is the surname of a known office holder."""
        w = self._w
        return bool(w.kinds[at] & PUBLIC) and w.folded[at] not in w.lexicon.public_beginnings

    def is_organisation(self, start: int, end: int) -> bool:
        """Whether the name is part of the name of a firm, street, building or foundation."""
        w = self._w
        if end < len(w.kinds) and self._is_tail(end):
            return True
        if any(w.lexicon.is_building(w.folded[at]) for at in range(start, end)):
            return True
        before = start - 1
        while before > max(start - _MOST_BACK, 0) and w.kinds[before] & PARTICLE and w.is_joined(before + 1):
            before -= 1
        return before >= 0 and bool(w.kinds[before] & FIRM) and w.gap(before + 1) in (" ", "-")

    def _is_tail(self, at: int) -> bool:
        w = self._w
        if w.gap(at).strip() == "&":
            return True
        behind = at
        while (
            behind < at + _MOST_BACK and w.kinds[behind] & PARTICLE and w.is_joined(behind + 1)
        ):  # Johan de Wittstraat
            behind += 1
        if behind > at and not w.is_capital(behind):
            return False
        at, gap = behind, w.gap(at)
        is_part = bool(w.kinds[at] & TAIL) or w.lexicon.is_building(w.folded[at])
        return is_part and gap in (" ", "-")

    def is_office(self, start: int, end: int) -> bool:
        """Whether an office or a party stands beside the name."""
        return self._office_before(start) or self._office_behind(end)

    def _office_before(self, start: int) -> bool:
        """Look back for an office: burgemeester van Hengelo Jan Jansen, wethouder (CDA) Jan Jansen."""
        w = self._w
        for at in range(start - 1, max(start - _MOST_BACK, 0) - 1, -1):
            gap = w.gap(at + 1)
            if any(sign in gap for sign in ".!?\n;"):
                return False
            if w.kinds[at] & OFFICE:
                return True
            is_between = w.folded[at] in _BETWEEN or w.kinds[at] & (PLACE | PARTY)
            if not is_between or "," in gap:
                return False
        return False

    def _office_behind(self, end: int) -> bool:
        """Look on for an office or a party: Jan Jansen, wethouder van Borne; Jan Jansen (VVD)."""
        w = self._w
        if end >= len(w.kinds) or not w.gap(end).startswith(_APPOSITION):
            return False
        is_bracket = "(" in w.gap(end)
        for at in range(end, min(end + 4, len(w.kinds))):
            if at > end and any(sign in w.gap(at) for sign in ".!?;)"):
                return False
            if w.kinds[at] & OFFICE or (is_bracket and w.kinds[at] & PARTY):
                return w.folded[at] not in ("koning", "prins", "president")
            if w.folded[at] not in _BETWEEN | {"als", "oud", "ex", "voormalig", "die", "nieuwe"}:
                return False
        return False
