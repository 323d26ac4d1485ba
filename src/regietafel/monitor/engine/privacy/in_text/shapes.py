"""The shape of a name in a running text: where it ends once it has begun."""

from __future__ import annotations

from regietafel.monitor.engine.privacy.in_text.lexicon import (
    FIRM,
    GIVEN,
    LETTER,
    OFFICE,
    PARTICLE,
    PARTY,
    PLACE,
    SURNAME,
    TAIL,
    WORD,
)
from regietafel.monitor.engine.privacy.in_text.words import Words

_NO_SURNAME = WORD | PLACE | OFFICE | FIRM | TAIL | PARTY
_LOWER_CASE_SURNAMES = frozenset(
    "bakker visser boer jong groot wit zwart vos bos kok koning prins wolf timmerman schipper haan berg dam "
    "dijk vries linden meer veen velde heuvel beek brink hoek graaf bruin lange leeuw ruiter bloem molen mol "
    "post pol".split()
)
_FIRST_HALF = frozenset("oude olde groot grote klein kleine te op in".split())
_PLACING = frozenset({"in", "op", "aan"})  # Johan in 't Veld, but Johan in Kharkiv
_AFTER_PLACING = frozenset({"t", "den", "der"})
_LAST_WORDS = 3
_MOST_GIVEN, _MOST_PARTICLES = 5, 4  # no name has more, so that reading takes linear time


class Shapes:
    """Reads one name after another from the words of a text."""

    def __init__(self, words: Words) -> None:
        self._w = words

    def is_strong_given(self, at: int) -> bool:
        """Whether a word is a given name and nothing else."""
        kind = self._w.kinds[at]
        return bool(kind & GIVEN) and not kind & (WORD | PLACE | FIRM)

    def is_strong_surname(self, at: int) -> bool:
        """Whether a word is a surname and no word or place."""
        kind = self._w.kinds[at]
        return bool(kind & SURNAME) and not kind & (WORD | PLACE | FIRM) and len(self._w.folded[at]) > 2

    def after_given(self, start: int) -> int:
        """Give the end of the given names and initials that begin here."""
        w, at = self._w, start + 1
        most = start + _MOST_GIVEN
        while (
            at < most
            and w.is_joined(at)
            and (w.is_initial(at) or (w.is_capital(at) and self._goes_on_given(at)))
        ):
            at += 1
        return at

    def _goes_on_given(self, at: int) -> bool:
        kind = self._w.kinds[at]
        follows = self._w.is_joined(at + 1) and self._may_be_surname(self.after_particles(at + 1))
        return bool(kind & GIVEN) and (follows or not kind & SURNAME) and not kind & PARTICLE

    def after_particles(self, at: int) -> int:
        """Step over van, de, el and the like."""
        w, start = self._w, at
        most = min(len(w.kinds), start + _MOST_PARTICLES)
        while at < most and w.kinds[at] & PARTICLE and (at == start or w.is_joined(at)):
            if w.folded[at] in _PLACING and not (w.is_joined(at + 1) and w.folded[at + 1] in _AFTER_PLACING):
                break
            at += 1
        return at

    def _may_be_surname(self, at: int) -> bool:
        """Whether a word with a capital may be a surname, known or not."""
        w = self._w
        if at >= len(w.kinds) or not w.is_joined(at) or w.lexicon.is_building(w.folded[at]):
            return False
        kind = w.kinds[at]
        if w.is_capital(at):
            return bool(kind & SURNAME) or not kind & _NO_SURNAME
        return w.written[at].isupper() and bool(kind & SURNAME)

    def surname_end(self, at: int) -> int:
        """Give the end of the surname that stands here, with what it is joined to; 0 when none does."""
        w = self._w
        start = self.after_particles(at)
        if start < len(w.kinds) and w.is_joined(start) and (start == at or w.is_joined(at)):
            if w.is_initial(start) and not w.begins_sentence(start):
                return start + 1
            if self._may_be_surname(start) or self._is_from_place(at, start):
                return self.goes_on(start + 1, first=start)
        if start > at and w.is_capital(start - 1) and w.kinds[start - 1] & SURNAME:  # Oude, Olde as surname
            return start
        return 0

    def _is_from_place(self, at: int, start: int) -> bool:
        """Whether a place is a surname behind a given name: Sjoerd van Keulen."""
        w = self._w
        is_van = start == at + 1 and w.folded[at] == "van" and self.is_strong_given(at - 1)
        return is_van and w.is_capital(start) and bool(w.kinds[start] & PLACE)

    def goes_on(self, end: int, *, first: int) -> int:
        """Step over the rest of a double name: Jama Yusuf, Oude Elferink, Braak-de Wit."""
        w = self._w
        while end - first < _LAST_WORDS and w.is_joined(end):
            is_hyphened = "-" in w.gap(end)
            after = self.after_particles(end) if is_hyphened or w.is_capital(end) else end
            if not self._may_be_surname(after) or not (is_hyphened or after > end or self._is_second(end)):
                break
            end = after + 1
        return end

    def _is_second(self, at: int) -> bool:
        kind = self._w.kinds[at]
        is_half = self._w.folded[at - 1] in _FIRST_HALF
        is_name = bool(kind & (GIVEN | SURNAME)) and not kind & (WORD | PLACE)
        return is_half or is_name or not kind & (PARTICLE | LETTER | _NO_SURNAME)

    def lower_case_end(self, at: int) -> int:
        """Give the end of a surname without a capital; 0 if none."""
        w = self._w
        start = self.after_particles(at)
        if start >= len(w.kinds) or not w.is_joined(start) or not w.kinds[start] & SURNAME:
            return 0
        is_word = bool(w.kinds[start] & (WORD | PLACE))
        return 0 if is_word and w.folded[start] not in _LOWER_CASE_SURNAMES else start + 1
