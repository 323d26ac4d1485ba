"""Finding the names of private persons in the words of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regietafel.monitor.engine.privacy.in_text.keeping import Keeping
from regietafel.monitor.engine.privacy.in_text.lexicon import (
    ADDRESS,
    FIRM,
    GIVEN,
    GREETING,
    LETTER,
    NEARBY,
    OFFICE,
    PARTICLE,
    PARTY,
    PLACE,
    PUBLIC,
    ROLE,
    SPEECH,
    SURNAME,
    TAIL,
    TRIGGER,
    WORD,
)
from regietafel.monitor.engine.privacy.in_text.shapes import Shapes
from regietafel.monitor.engine.privacy.in_text.words import Words

Range = tuple[int, int]
_NOBODY = (0, 0)
_UNKNOWN_STOP = WORD | PLACE | OFFICE | FIRM | TAIL | PARTY | ADDRESS | ROLE | SPEECH | GREETING | PARTICLE
_FEWEST_ALONE = 4
_MOST_TITLES, _MOST_LEFT = 4, 5
_LONGEST_UNKNOWN = 8  # a longer word at the beginning of a sentence is seldom a given name
_SURNAMES_OF_DE = frozenset(
    "vries jong bruijn bruyn boer groot wit haan graaf bruin lange ruiter ridder koning wolf vos "
    "leeuw".split()
)
_RELATIVES = frozenset(
    "moeder vader zoon dochter broer broertje zus zusje vriend vriendin buurjongen buurmeisje neef "
    "nicht".split()
)
_CREDITS = frozenset("door foto tekst beeld bron".split())
_ON_AT = frozenset("in op naar bij uit te aan langs rond vanuit richting tot".split())


class Finder:
    """Walks once through a text; ``names`` are ranges of words to mask, ``kept`` those that may stay."""

    def __init__(self, words: Words) -> None:
        self._w = words
        self._shapes = Shapes(words)
        self._keeping = Keeping(words)
        self.names: list[Range] = []
        self.kept: list[Range] = []
        self._free = 0

    @property
    def words(self) -> Words:
        """The words of the text."""
        return self._w

    def last_words(self, found: Iterable[Range], *, is_full: bool = False) -> Iterator[str]:
        """Give the surnames of what was found, or only of who is named in full."""
        return (self._w.folded[end - 1] for start, end in found if not is_full or end - start > 1)

    def run(self) -> None:
        """Find every name."""
        for at in self._w.triggers():
            if at < self._free:
                continue
            if not self._w.kinds[at]:
                self._try_like(at)
                continue
            if self._w.kinds[at] & PUBLIC and self._w.capitals[at] and self._is_public(at):
                continue
            start, end = self._name(at)
            if end:
                self._judge(start, end)

    def _is_public(self, at: int) -> bool:
        end = self._keeping.public_end(at)
        if not end and self._keeping.is_known(at) and self._w.is_capital(at):
            end = at + 1
        if not end:
            return False
        self._free = end
        self.kept.append((at, end))
        return True

    def _judge(self, start: int, end: int) -> None:
        """Keep a name or note it for masking."""
        self._free = end
        if self._keeping.is_organisation(start, end):
            return
        is_office = self._keeping.is_office(start, end) or self._goes_with_kept(start)
        (self.kept if is_office else self.names).append((start, end))

    def _goes_with_kept(self, start: int) -> bool:
        """Whether two share one office: wethouders Bakker en De Boer."""
        if not self.kept or start < 2 or self._w.folded[start - 1] != "en":
            return False
        first, end = self.kept[-1]
        return end == start - 1 and first > 0 and self._w.folded[first - 1].endswith(("ers", "leden"))

    def _name(self, at: int) -> Range:
        kind, w = self._w.kinds[at], self._w
        if kind & LETTER:
            return self._from_initial(at) if w.is_initial(at) else _NOBODY
        if kind & ADDRESS and (found := self._after_address(at))[1]:
            return found
        if (
            kind & GIVEN
            and not (kind & PARTICLE and not w.is_capital(at))
            and (found := self._from_given(at))[1]
        ):
            return found
        if kind & SURNAME and w.is_capital(at):
            return self._from_surname(at)
        if kind & (ROLE | SPEECH | GREETING):
            return self._after_sign(at)
        return _NOBODY

    def _try_like(self, at: int) -> None:
        """Look for a misspelt name in two words with capitals that no list knows."""
        w, like = self._w, self._w.lexicon.likeness
        if not w.is_capital(at):
            return
        if self._has_age(at + 1):
            self._judge(at, at + 1)
        if not w.is_joined(at + 1) or w.gap(at + 1) != " ":
            return
        name = self._shapes.after_particles(at + 1)
        if name >= len(w.kinds) or not w.is_joined(name) or not w.is_capital(name):
            return
        end = self._shapes.goes_on(name + 1, first=name)
        is_free = not w.kinds[name] & _UNKNOWN_STOP
        if (is_free and self._has_age(end)) or like.is_full_name(w.folded[at], w.folded[name]):
            self._judge(at, end)

    def _has_age(self, end: int) -> bool:
        """Whether an age follows, as in Sem Zwartkruis (54)."""
        w = self._w
        if end >= len(w.kinds) or w.gap(end) != " (":
            return False
        return len(w.written[end]) == 2 and w.written[end].isdigit() and w.text[w.places[end][1] :][:1] == ")"

    # Beginnings

    def _from_initial(self, at: int) -> Range:
        end = self._shapes.surname_end(self._shapes.after_given(at))
        return (
            (at, end)
            if end and self._w.places[end - 1][1] - self._w.places[at][0] > _FEWEST_ALONE
            else _NOBODY
        )

    def _after_address(self, at: int) -> Range:
        """Read the name behind meneer, familie, dhr. and the like."""
        w, start = self._w, at + 1
        if w.written[at].isupper() and len(w.written[at]) > 1:  # ING, IR
            return _NOBODY
        most = min(len(w.kinds), at + _MOST_TITLES)
        while start < most and w.kinds[start] & (ADDRESS | ROLE) and not w.is_capital(start):
            start += 1
        if start >= len(w.kinds) or w.gap(start) not in (" ", ". ", "."):
            return _NOBODY
        if self._shapes.is_strong_given(start) or w.is_initial(start):
            given_end = self._shapes.after_given(start)
            lower_end = 0 if w.is_capital(start) else self._shapes.lower_case_end(given_end)
            return start, self._shapes.surname_end(given_end) or lower_end or given_end
        name = self._shapes.after_particles(start)
        if name >= len(w.kinds) or (name > start and not w.is_joined(name)):
            return _NOBODY
        if w.folded[at] == "gezin" and w.folded[start:name] == ["van"]:  # het gezin van Oleksandr
            start = name
        if (
            w.is_capital(name)
            and not w.kinds[name] & (PLACE | OFFICE | FIRM)
            and not w.lexicon.is_building(w.folded[name])
        ):
            return (start, self._capital_end(start, name))
        end = self._shapes.lower_case_end(start)
        return (start, end) if end and not w.is_capital(name) else _NOBODY

    def _capital_end(self, start: int, name: int) -> int:
        return (self._shapes.surname_end(start) if self._w.is_joined(start) else 0) or name + 1

    def _from_given(self, at: int) -> Range:
        if not self._w.is_capital(at):
            return self._from_lower_case(at)
        given_end = self._shapes.after_given(at)
        end = self._shapes.surname_end(given_end)
        if end and self._is_whole(at, end):
            return at, end
        if self._shapes.is_strong_given(at):
            return (at, given_end) if self._stands_alone(at, given_end) else _NOBODY
        return (at, given_end) if self._has_company(at) else _NOBODY

    def _stands_alone(self, at: int, end: int) -> bool:
        """Whether a lone given name is that of a person: not Het Wilhelmus, not Max 50."""
        w = self._w
        if at and w.folded[at - 1] in ("het", "de", "een") and w.is_joined(at):
            return False
        return not (end < len(w.kinds) and w.gap(end) == " " and w.written[end].isdigit())

    def _is_whole(self, at: int, end: int) -> bool:
        """Whether a given name that is a word as well really begins a name: Roos Visser, not Storm Eunice."""
        if self._shapes.is_strong_given(at):
            return True
        is_surname = bool(self._w.kinds[end - 1] & SURNAME) and not self._w.kinds[end - 1] & GIVEN
        return is_surname or (not self._w.begins_sentence(at) and end - at > 1 and self._has_company(at))

    def _has_company(self, at: int) -> bool:
        """Whether a word that is a name too stands where a person stands: zegt Mark, Esther en Mark."""
        w = self._w
        if at == 0 or w.begins_sentence(at) or w.kinds[at] & (OFFICE | FIRM):
            return False
        beside = w.folded[at - 1] == "en" and bool(self.names) and self.names[-1][1] == at - 1
        return beside or bool(w.kinds[at - 1] & (SPEECH | GREETING)) or w.folded[at - 1] == "met"

    def _from_lower_case(self, at: int) -> Range:
        """Read a name without capitals: jan de vries, and a lone given name where a person stands."""
        w, kind = self._w, self._w.kinds[at]
        end = self._shapes.lower_case_end(at + 1)
        is_strong = self._shapes.is_strong_given(at)
        if end and (is_strong or (kind & GIVEN and self._shapes.is_strong_surname(end - 1))):
            return (at, end)
        if not is_strong or at == 0 or len(w.folded[at]) < _FEWEST_ALONE or not w.is_joined(at):
            return _NOBODY
        before = w.kinds[at - 1]
        beside = w.folded[at - 1] == "en" and bool(self.names) and self.names[-1][1] == at - 1
        is_announced = bool(before & (ADDRESS | GREETING | NEARBY)) and w.folded[at - 1] != "en"
        return (at, at + 1) if beside or is_announced else _NOBODY

    def _from_surname(self, at: int) -> Range:
        """Read a surname that stands by itself, with what belongs to it on its left."""
        w = self._w
        start = self._to_the_left(at)
        end = self._shapes.goes_on(at + 1, first=at)
        if self._shapes.is_strong_surname(at) and not w.kinds[at] & GIVEN:
            return start, end
        return (start, end) if start < at and self._is_of_particle(start, at) else _NOBODY

    def _is_of_particle(self, start: int, at: int) -> bool:
        """Whether De Boer or Van Dam is a person: particles with a capital, and no venue."""
        w = self._w
        if w.kinds[at] & (PLACE | OFFICE) and w.folded[at] not in _SURNAMES_OF_DE:
            return False
        if start > 0 and w.folded[start - 1] in _ON_AT and not w.begins_sentence(start):
            return False
        if not (w.kinds[at - 1] & PARTICLE or w.is_initial(at - 1)):
            return False
        is_lone_de = at - start == 1 and w.folded[start] in ("de", "het")
        return w.is_capital(start) and (not is_lone_de or w.folded[at] in _SURNAMES_OF_DE)

    def _to_the_left(self, at: int) -> int:
        """Take in the particles and the unknown given name or initials before a surname."""
        w, start = self._w, at
        first = max(self._free, at - _MOST_LEFT)
        while start > first and w.is_joined(start) and w.kinds[start - 1] & PARTICLE:
            start -= 1
        if start < at:
            start = self._first_of_name(start, at)
        while start > first and w.is_joined(start) and self._is_unknown_given(start - 1):
            start -= 1
        return start

    def _first_of_name(self, start: int, at: int) -> int:
        """Leave particles that belong to the sentence: the first capital, else van der and the like."""
        w = self._w
        capital = next((one for one in range(start, at) if w.is_capital(one)), at)
        if capital < at:
            return capital
        lower = (one for one in range(start, at - 1) if w.folded[one] in ("van", "von", "el", "al"))
        return next(lower, at)

    def _is_unknown_given(self, at: int) -> bool:
        w = self._w
        if w.is_initial(at):
            return True
        letters = len(w.folded[at])
        is_free = not w.kinds[at] & _UNKNOWN_STOP and w.is_capital(at) and letters > 1
        if letters > _LONGEST_UNKNOWN and w.begins_sentence(at):
            return False
        return is_free and not w.lexicon.is_building(w.folded[at]) and "-" not in w.gap(at + 1)

    def _after_sign(self, at: int) -> Range:
        """Read a name that no list knows where a person is announced: vrijwilliger X Y, mijn naam is X."""
        w, start = self._w, at + 1
        if start >= len(w.kinds) or w.gap(start) not in (" ", ": ", ", "):
            return _NOBODY
        name = self._shapes.after_particles(start)
        if (
            name >= len(w.kinds)
            or w.kinds[name] & TRIGGER
            or not (w.is_capital(name) and w.is_capital(start))
        ):
            return _NOBODY
        if w.kinds[name] & _UNKNOWN_STOP or w.lexicon.is_building(w.folded[name]):
            return _NOBODY
        is_told = name == start and w.folded[at] not in _RELATIVES and w.folded[at] not in ("heet", "genaamd")
        if is_told and (not self._is_pair(name) or (w.folded[at] in _CREDITS and ":" not in w.gap(start))):
            return _NOBODY
        return start, self._shapes.goes_on(name + 1, first=name)

    def _is_pair(self, at: int) -> bool:
        w = self._w
        return w.is_joined(at + 1) and w.is_capital(at + 1) and not w.kinds[at + 1] & _UNKNOWN_STOP
