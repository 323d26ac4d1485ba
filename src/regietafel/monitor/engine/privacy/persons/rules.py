"""What names look like: given name and surname, initials, forms of address, a surname alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regietafel.monitor.engine.privacy.names import NameLists, Token
from regietafel.monitor.engine.privacy.runs import STRICT_ADDRESS
from regietafel.monitor.engine.privacy.streets import INSTITUTION

_FORMS_OF_ADDRESS = STRICT_ADDRESS | frozenset(
    "heer familie fam gezin buurman buurvrouw agent wijkagent oom tante opa oma dominee ds pastoor kapelaan "
    "imam huisarts dokter boer".split()
)
_OFTEN_TRADES = frozenset({"boer"})
_TITLES = frozenset("dr drs mr ir ing prof meester dokter juf".split())
_SAINTS = frozenset({"sint", "st", "santa", "san", "heilige"})
_PARTICLES_OF_NAMES = frozenset("van von der den ter ten el al ben".split())
_LEADING_PARTICLES = _PARTICLES_OF_NAMES | {"de", "het", "t", "te"}
_LOWER_CASE_DE = frozenset({"vries", "jong", "bruijn", "bruyn"})
_CAPITAL_DE = _LOWER_CASE_DE | frozenset(
    "boer groot wit haan graaf bruin lange ruiter ridder koning wolf vos".split()
)
_HOUSES = frozenset(
    "klooster huize villa hotel cafe restaurant basisschool school stichting kerk kapel moskee sporthal "
    "zorgcentrum verzorgingshuis verpleeghuis ziekenhuis hospice kasteel landgoed hoeve camping".split()
)
_TRADES = frozenset("bakker visser".split())
TRADES = frozenset("bakker visser kok boer koning prins schipper timmerman groot wit".split())
_SURNAME_ENDING = re.compile(
    r"\w{3,}(?:sma|stra|inga|enga|ssen|sen|ink|oglu|ovic|ova|sky|ski|ska|enko|chuk|zadeh|aoui|mans|huis|hof|kamp)"
)
# Written small these may be things, like ijsbaan, or places.
_ENDING_WITH_CAPITAL = re.compile(
    r"\w{3,}(?:dam|sema|ema|stein|steyn|baan|berg|bergen|burger|man|veld|velt|haar|laar|bosch|gaard|naar|naat|aerts?|inck"
    r"|ingh|ou|oui|ouchi?|ouni|iani|yan|dze|shvili|escu|wicz|czyk|kaya|demir|turk|oun|awi|oudi"
    r"|burg|borg|brink|dijk|dyk|veen|horst|broek|beeck|beek|hoek|mond|wijk|oven|kerk|poel|meer)"
)
_NOUN_ENDING = re.compile(
    r"\w{3,}(?:heid|heids|teit|[ai]tie|schap|ische?|isme|lijke?|dienst|beleid|wet|nis|ering|eling|iging|omst)"
)
_FEWEST_LETTERS_TAIL = 4
_FEWEST_LETTERS_ALONE = 4


def looks_like_surname(name: Token) -> bool:
    """Tell whether an unknown word ends as surnames do; more endings count where it has a capital."""
    endings = (_SURNAME_ENDING, _ENDING_WITH_CAPITAL) if name.is_capital else (_SURNAME_ENDING,)
    return any(ending.fullmatch(name.folded) for ending in endings)


class NameRules:
    """The words of one run, without what is public, held against each rule in turn."""

    def __init__(
        self, words: Sequence[Token], names: NameLists, *, is_phrase: bool, is_near: bool = False
    ) -> None:
        self._words = words
        self._names = names
        self._is_phrase = is_phrase
        self._is_near = is_near

    def reason(self) -> str:
        """Say why these words name a person; "" when they do not."""
        rules = (
            self._addressed, self._titled, self._initials, self._full_name, self._unknown_given,
            self._turned_round, self._with_particle, self._trade_of_place, self._shortened, self._misspelt,
        )  # fmt: skip
        reasons = (rule(place) for place in range(len(self._words)) for rule in rules)
        return next(filter(None, reasons), "")

    def _word(self, place: int) -> Token | None:
        return self._words[place] if place < len(self._words) else None

    def _after_particles(self, place: int) -> int:
        while (word := self._word(place)) is not None and word.is_particle and place + 1 < len(self._words):
            place += 1
        return place

    def _is_known(self, name: Token) -> bool:
        """Whether a word is on the list of surnames, or leaves with its wildcards little else open."""
        if not name.is_pattern:
            return name.folded in self._names.surnames
        is_written_so = name.is_capital and self._names.may_be_surname(name)
        return self._names.is_surname(name) or is_written_so

    def _addressed(self, place: int) -> str:
        address = self._word(place)
        if address is None or not address.fitting(_FORMS_OF_ADDRESS):
            return ""
        name = self._word(self._after_particles(place + 1))
        if name is None or self._names.is_place(name):
            return ""
        is_strict = address.folded in STRICT_ADDRESS
        if not (is_strict or self._is_phrase):  # a police officer AND a wood
            return ""
        is_given = self._names.is_given(name) and len(name.folded) > 2
        if address.folded in _OFTEN_TRADES and not (is_given or self._names.is_surname(name)):
            return ""
        is_name = self._is_known(name) or is_given or (name.is_capital and not name.is_pattern)
        is_name = is_name or (is_strict and not self._names.is_ordinary(name))
        return f"“{address.written} {name.written}” is iemand bij naam" if is_name else ""

    def _titled(self, place: int) -> str:
        title = self._word(place)
        name = self._word(self._after_particles(place + 1))
        if title is None or name is None or not title.fitting(_TITLES):
            return ""
        is_given = self._is_phrase and self._names.is_given(name) and len(name.folded) > 2
        if not (is_given or self._names.is_surname(name)):
            return ""
        return f"“{title.written} {name.written}” is iemand bij naam"

    def _unknown_given(self, place: int) -> str:
        """Look for a capital that no list knows before a surname, as names from elsewhere are written."""
        given, names = self._word(place), self._names
        name = self._word(self._after_particles(place + 1))
        if not self._is_phrase or given is None or name is None or not (given.is_capital and name.is_capital):
            return ""
        is_word = (
            given.folded in names.ordinary_words | _SAINTS or names.is_place(given) or len(given.folded) < 2
        )
        if is_word or given.is_particle or INSTITUTION.fullmatch(given.folded) or not names.is_surname(name):
            return ""
        return f"“{given.written} … {name.written}” is geschreven als een naam"

    def _initials(self, place: int) -> str:
        first = self._word(place)
        if first is None or not first.is_initial:
            return ""
        end = place
        while (word := self._word(end)) is not None and word.is_initial:
            end += 1
        at = self._after_particles(end)
        name = self._word(at)
        if name is None or len(name.folded) < 3:
            return ""
        if self._names.is_place(name) and not (first.has_dot and at > end and self._is_known(name)):
            return ""
        is_surname = self._is_known(name) and (at > end or not self._names.is_ordinary(name))
        looks_so = first.has_dot and (name.is_capital or at > end)
        return (
            f"“{first.written}. {name.written}” is een voorletter met een achternaam"
            if is_surname or looks_so
            else ""
        )

    def _full_name(self, place: int) -> str:
        given = self._word(place)
        before = self._word(place - 1) if place else None
        if given is None or not self._names.may_be_given(given) or (before and before.folded in _SAINTS):
            return ""
        end = place + 1
        while end + 1 < len(self._words) and self._names.is_given(self._words[end]):
            end += 1
        at = self._after_particles(end)
        name = self._word(at)
        if name is None or not self._is_surname(given, name, has_particle=at > end):
            return ""
        may_be_both = name.is_pattern and name.is_capital and given.is_capital and self._is_phrase
        if self._names.is_place(name) and not may_be_both:  # Marieke Hoeks* may be Hoekstra
            return ""
        return f"“{given.written} … {name.written}” is een voornaam met een achternaam"

    def _is_surname(self, given: Token, name: Token, *, has_particle: bool) -> bool:
        """Tell whether this word, behind a given name, is a surname."""
        names = self._names
        both_capital = given.is_capital and name.is_capital
        if not names.is_given(given):  # a word as well as a name, like Mark or Roos, or mar*
            is_only = names.is_surname(name) or (has_particle and not names.is_ordinary(name))
            return self._is_known(name) and (both_capital or (is_only and (has_particle or given.is_pattern)))
        if name.is_pattern:  # a phrase of a given name and a beginning asks for a person
            both_open = given.open_start and name.open_start  # *elo *ang* says nothing of a person
            says_little = both_open and len(name.folded) < _FEWEST_LETTERS_TAIL
            return self._is_known(name) or (
                self._is_phrase and not says_little and names.may_be_surname(name)
            )
        if INSTITUTION.fullmatch(name.folded) and not name.is_capital and names.is_ordinary(name):
            return False
        is_building = INSTITUTION.fullmatch(name.folded) is not None or self._words[0].folded in _HOUSES
        is_thing = is_building or (not self._is_phrase and self._is_noun(name))
        is_unknown_word = not (names.is_ordinary(name) or names.is_given(name) or is_thing)
        looks_so = (both_capital and not self._is_near) or has_particle or looks_like_surname(name)
        return self._is_known(name) or (is_unknown_word and looks_so)

    def _is_noun(self, word: Token) -> bool:
        """Tell whether an unknown word is a compound or ends as nouns do, and not as surnames."""
        if not word.is_capital and self._names.is_compound(word.folded):
            return True
        is_long = any(
            word.folded[start:] in self._names.ordinary_words
            for start in range(_FEWEST_LETTERS_TAIL, len(word.folded) - _FEWEST_LETTERS_TAIL)
        )
        ends_so = _NOUN_ENDING.fullmatch(word.folded) is not None
        is_built_so = is_long or ends_so or self._names.is_compound(word.folded)
        return is_built_so and not looks_like_surname(word)

    def _turned_round(self, place: int) -> str:
        name, given = self._word(place), self._word(place + 1)
        if name is None or given is None or name.folded in _HOUSES or not self._names.is_given(given):
            return ""
        behind = self._word(place + 2)  # Vries, Jan de
        is_written_so = behind is not None and behind.is_particle
        if self._is_phrase and name.is_capital and given.is_capital and not self._names.is_place(name):
            is_written_so = True  # Wang Fang
        is_surname = self._names.is_surname(name) or (name.folded in self._names.surnames and is_written_so)
        return f"“{name.written} {given.written}” is een achternaam met een voornaam" if is_surname else ""

    def _with_particle(self, place: int) -> str:
        particle = self._word(place)
        if particle is None or not particle.is_particle or particle.folded not in _LEADING_PARTICLES:
            return ""
        before = self._word(place - 1) if place and self._is_phrase else None
        if before and (INSTITUTION.fullmatch(before.folded) or before.folded in _HOUSES):
            return ""
        at = self._after_particles(place)
        name = self._word(at)
        if name is None or name.is_particle or self._names.is_place(name) or not self._is_known(name):
            return ""
        particles = {word.folded for word in self._words[place:at]}
        is_person = not self._names.is_ordinary(name) and not self._names.may_be_given(name)
        if name.is_capital:
            is_person = is_person or bool(particles & _PARTICLES_OF_NAMES) or name.folded in _CAPITAL_DE
        is_person = is_person or (particles == {"de"} and name.folded in _LOWER_CASE_DE)
        return f"“{particle.written} {name.written}” is een achternaam" if is_person else ""

    def _trade_of_place(self, place: int) -> str:
        """Look for a trade with a capital before a place: Visser Urk, but not bakker Hengelo."""
        name, behind = self._word(place), self._word(place + 1)
        if name is None or behind is None or not (name.is_capital and behind.is_capital):
            return ""
        if name.folded not in _TRADES or name.is_pattern or not self._names.is_place(behind):
            return ""
        return f"“{name.written}” met een hoofdletter is hier een achternaam"

    def _shortened(self, place: int) -> str:
        """Look for a name of which one half is a letter: Mo B., Fatima el K., Jansen, J."""
        first = self._word(place)
        at = self._after_particles(place + 1)
        letter = self._word(at)
        if not self._is_phrase or first is None or letter is None or not letter.is_initial:
            return ""
        is_last = all(word.is_initial for word in self._words[at:])
        is_letter = letter.has_dot or (letter.is_capital and is_last)
        is_given = self._names.is_given(first) or (first.is_capital and self._names.may_be_given(first))
        is_name = len(first.folded) > 1 and (is_given or self._is_before_letter(place))
        return (
            f"“{first.written} {letter.written}.” is een naam met een letter" if is_letter and is_name else ""
        )

    def _is_before_letter(self, place: int) -> bool:
        """Tell whether a letter behind this word makes it a surname, also of a trade: Bakker J."""
        name, before = self._words[place], self._words[place - 1] if place else None
        has_particle = before is not None and before.is_particle
        is_written_so = name.is_capital and (has_particle or name.folded in TRADES)
        is_known = name.folded in self._names.surnames and not self._names.is_place(name)
        return self._names.is_surname(name) or (is_known and is_written_so)

    def _misspelt(self, place: int) -> str:
        """Look for a given name and a surname of which one or both are misspelt."""
        given, names = self._word(place), self._names
        name = self._word(self._after_particles(place + 1))
        if given is None or name is None or given.is_pattern or name.is_pattern or given.sign or name.sign:
            return ""
        if names.is_ordinary(name) and not name.is_capital:
            return ""
        if self._is_near and not looks_like_surname(name):
            return ""
        is_together = self._is_phrase or (given.is_capital and name.is_capital)
        if not is_together or not names.likeness.is_full_name(given.folded, name.folded):
            return ""
        return f"“{given.written} … {name.written}” lijkt op een voornaam met een achternaam"

    def surname_alone(self) -> str:
        """Look for a surname that stands by itself as a search word."""
        if self._is_phrase and len(self._words) != 1:
            return ""
        for token in self._words:
            is_name = len(token.folded) >= _FEWEST_LETTERS_ALONE and self._names.is_surname(token)
            if is_name and token.sign != "@":
                return f"“{token.written}” is een achternaam"
        return ""
