"""Questions may ask for topics, places and organisations, never for a private person.

In each run of words we look for what Dutch names look like: a given name with a surname, initials, a form of
address, a surname alone, an account, a name written as one word. A wildcard in a name hides nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from regietafel.monitor.engine.privacy.accounts import account_in_address, is_public_account
from regietafel.monitor.engine.privacy.masking import mask
from regietafel.monitor.engine.privacy.names import NameLists, Token, tokens_of
from regietafel.monitor.engine.privacy.runs import STRICT_ADDRESS, Run, Runs, asked_for, value_term
from regietafel.monitor.engine.query import Query
from regietafel.monitor.engine.query.documents import DOMAIN, KIND, LANGUAGE, PLACE, URL
from regietafel.monitor.engine.query.words import fold

MOST_FOUND = 20
MOST_PEOPLE_OF_OFFICE = 2
_TOO_MANY = "vul bij een ambt hoogstens twee mensen in: wie het nu bekleedt, en wie waarneemt"
_CONTACT = "dit is een telefoonnummer, e-mailadres, rekeningnummer of kenteken van iemand"
_FORMS_OF_ADDRESS = STRICT_ADDRESS | frozenset(
    "heer familie fam gezin buurman buurvrouw agent wijkagent".split()
)
_TITLES = frozenset("dr drs mr ir ing prof meester dokter juf".split())
_SAINTS = frozenset({"sint", "st", "santa", "san", "heilige"})
_PARTICLES_OF_NAMES = frozenset("van von der den ter ten el al ben".split())
_LEADING_PARTICLES = _PARTICLES_OF_NAMES | {"de", "het", "t", "te"}
_LOWER_CASE_DE = frozenset({"vries", "jong", "bruijn", "bruyn"})
_CAPITAL_DE = _LOWER_CASE_DE | frozenset(
    "boer groot wit haan graaf bruin lange ruiter ridder koning wolf vos".split()
)
_TRADES = frozenset("bakker visser".split())
_INSTITUTION = re.compile(
    r".*(?:straat|laan|plein|kade|gracht|singel|dreef|steeg|school|college|lyceum|kerk|kapel|klooster|ziekenhuis|gasthuis"
    r"|hospitaal|stichting|fonds|museum|theater|stadion|tunnel|brug|kanaal|toren|zorg|hotel|kazerne|universiteit|moskee"
    r"|vereniging|partij|festival|centrum|bibliotheek|buurt|toernooi|supermarkt|bedrijf|transport|park|weg)"
    r"|huis|hof|bos|veld|wijk|dijk|hal|pad|bv|nv|groep|bouw|arena|prijs|cup|haven|instituut|polder|molen|hoeve"
)
_SURNAME_ENDING = re.compile(
    r"\w{3,}(?:sma|stra|inga|enga|ssen|sen|ink|oglu|ovic|ova|sky|ski|ska|enko|chuk|zadeh|aoui|mans|huis|hof|kamp)"
)
_NAMELESS_ZONES = frozenset({LANGUAGE, KIND})
_BESIDE_OFFICE = frozenset(
    "naam namen achternaam voornaam account twitteraccount mastodonaccount van de het koning onze plaats "
    "gemeente stad dorp provincie regio huidige nieuwe waarnemend".split()
)
_FEWEST_LETTERS_TAIL = 4
_FORUM_ACCOUNT = re.compile(r"(?<![\w./])/?u/(\w{3,})", re.IGNORECASE)
_GLUED_PARTICLE = re.compile(r"(?:van(?:den|der|de|het|t)?|de|der|den|ter|ten|el)(?=\w{3})")


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A part of a question that asks for a private person, and why we think so (Dutch)."""

    written: str
    reason: str


def persons_in_query(
    query: Query, *, names: NameLists, values: Mapping[str, Sequence[str]] | None = None
) -> tuple[PersonFound, ...]:
    """Name the parts of a question that ask for a private person (person guard).

    Args:
        query: the question as read.
        names: facts about names, and what is public: functions, offices, names, accounts, places.
        values: what its blanks are filled with, so that no name hides in a blank; who holds a public
            office may stand in the blank for it.

    Returns:
        Each part once, the first twenty, with the reason; empty when the question is about topics, places
        or organisations.

    Source: bron-000, interventies 2 en 3 (which ask to follow persons) against the AVG, art. 5 and 6; that
        the product follows no persons is our reading, as are the patterns of names.

    >>> from regietafel.monitor.engine.query import parse
    >>> lists = NameLists(given_names=frozenset({"jan"}), surnames=frozenset({"vries"}),
    ...                   public_functions=frozenset({"burgemeester"}))
    >>> [found.written for found in persons_in_query(parse('"Jan de Vries" azc'), names=lists)]
    ['"Jan de Vries"']
    >>> persons_in_query(parse('"burgemeester van Hengelo" OR "Jan de Vriesstraat"'), names=lists)
    ()
    """
    private = {
        name: held for name, held in (values or {}).items() if not is_of_office(name, names=names)
    }  # what an office is filled with is judged by itself
    asked = asked_for(query.tree, private)
    found = _found(Runs(names).of(asked), names) if asked else ()
    return found + tuple(
        person
        for name in query.blanks()
        if name not in private
        for person in persons_in_values(name, (values or {}).get(name, ()), names=names)
    )


def persons_in_values(name: str, values: Sequence[str], *, names: NameLists) -> tuple[PersonFound, ...]:
    """Name the values of a blank that ask for a private person (person guard).

    Args:
        name: the name of the blank, such as ``naam burgemeester``.
        values: what it is filled with.
        names: facts about names, and what is public.

    Returns:
        Each value once, with the reason; who holds a public office, and who deputises, may be named in the
        blank for that office, in more spellings.

    Source: bron-004, §8.2 (the model question asks for the name of the mayor); that no other name may
        stand in a blank is our reading of the AVG, art. 5 and 6.

    >>> lists = NameLists(given_names=frozenset({"jan"}), surnames=frozenset({"vries"}),
    ...                   public_offices=frozenset({"burgemeester"}))
    >>> persons_in_values("naam burgemeester", ["Jan de Vries"], names=lists)
    ()
    >>> [found.written for found in persons_in_values("plaatsnaam", ["Esrade", "Jan de Vries"], names=lists)]
    ['Jan de Vries']
    """
    runs = [Run(tuple(tokens_of(value_term(name, value))), value, True) for value in values]
    if not is_of_office(name, names=names):
        return _found(runs, names)
    found = [PersonFound(run.written, _CONTACT) for run in runs if _is_contact(run.tokens)]
    if "account" not in name:  # in a blank for names only accounts that are known to be public
        found += [PersonFound(run.written, why) for run in runs if (why := _Run(run, names).account())]
    return tuple(dict.fromkeys((*found, *_beyond_office(runs, names))))


def _beyond_office(runs: Sequence[Run], names: NameLists) -> Iterator[PersonFound]:
    """Give the values that name a third person; spellings of one surname are one person."""
    people: dict[str, set[str]] = {}
    for run in runs:
        words = [token for token in run.tokens if token.folded not in names.public_functions]
        if not words or is_public_account(words[-1], names):
            continue
        surname = people.setdefault(words[-1].folded, set())
        surname |= {word.folded[0] for word in words[:1] if len(words) > 1 and not word.is_particle}
        if sum(max(len(initials), 1) for initials in people.values()) > MOST_PEOPLE_OF_OFFICE:
            yield PersonFound(run.written, _TOO_MANY)


def is_of_office(name: str, *, names: NameLists) -> bool:
    """Tell whether a blank is for who holds a public office, and for nobody else (person guard).

    Args:
        name: the name of the blank, such as ``naam burgemeester``.
        names: facts about names, and what is public.

    Returns:
        True when its name says an office, perhaps with a place, and no one beside it.

    Method: every word of the name is part of an office, of a place, or says that a name is asked.

    >>> lists = NameLists(given_names=frozenset(), surnames=frozenset(),
    ...                   public_offices=frozenset({"burgemeester"}))
    >>> is_of_office("naam burgemeester", names=lists), is_of_office("plaatsnaam", names=lists)
    (True, False)
    """
    words = set(re.findall(r"\w+", name.lower()))
    offices = {word for office in names.public_offices for word in re.findall(r"\w+", office)}
    return bool(words & offices) and words <= offices | names.places | _BESIDE_OFFICE


def _found(runs: Iterable[Run], names: NameLists) -> tuple[PersonFound, ...]:
    found = (PersonFound(run.written, reason) for run in runs if (reason := _Run(run, names).reason()))
    return tuple(dict.fromkeys(islice(found, MOST_FOUND)))


def _is_contact(tokens: Sequence[Token]) -> bool:
    """Whether masking would take this out of a text, other than an account."""
    return bool(mask(" ".join(token.written for token in tokens)).counts.keys() - {"account"})


class _Run:
    """One run of words, looked at for a name."""

    def __init__(self, run: Run, names: NameLists) -> None:
        self._run = run
        self._all = run.tokens
        self._names = names
        self._is_phrase = run.is_phrase
        self._words = names.without_public(run.tokens)

    def reason(self) -> str:
        """Say why this run asks for a person; "" when it does not."""
        if _is_contact(self._all):
            return _CONTACT
        for token in self._all:
            if reason := self._account(token) or self._glued(token):
                return reason
        if reason := self._forum_account():
            return reason
        if self._run.zone == URL and (reason := self._address()):
            return reason
        if self._run.zone in _NAMELESS_ZONES or self._is_office() or self._is_institution():
            return ""
        return self._named_place() if self._run.zone == PLACE else self._name()

    def _named_place(self) -> str:
        """Look for a whole name where a place belongs; a surname alone may well be a village."""
        if len(self._words) < 2:
            return ""
        given, name = self._words[0], self._words[-1]
        is_half = given.is_initial or self._names.is_given(given)
        if not is_half or not self._is_known(name) or self._names.is_place(name):
            return ""
        return f"“{given.written} … {name.written}” is geen plaats, maar iemand bij naam"

    def account(self) -> str:
        """Say which word is an account that is not known to be public; "" when none is."""
        return next(filter(None, map(self._account, self._all)), "")

    def _name(self) -> str:
        rules = (
            self._addressed, self._titled, self._initials, self._full_name, self._unknown_given,
            self._turned_round, self._with_particle, self._trade_of_place,
        )  # fmt: skip
        for place in range(len(self._words)):
            for rule in rules:
                if reason := rule(place):
                    return reason
        return "" if self._run.zone == DOMAIN else self._surname_alone()

    def _account(self, token: Token) -> str:
        if token.sign != "@" or is_public_account(token, self._names):
            return ""
        return f"@{token.written} is geen bekend account van een organisatie of publieke functie"

    def _forum_account(self) -> str:
        """Look for an account as forums write it: u/janjansen."""
        found = _FORUM_ACCOUNT.search(self._run.written)
        account = Token(found[1], fold(found[1])) if found else None
        if account is None or self._names.is_ordinary(account) or is_public_account(account, self._names):
            return ""
        return f"“u/{account.written}” is het account van iemand"

    def _address(self) -> str:
        account = account_in_address(self._all)
        if account is None or is_public_account(account, self._names):
            return ""
        return f"“{account.written}” is in dit adres het account van iemand"

    def _glued(self, token: Token) -> str:
        """Look for a name written as one word, as in janjansen, jan?jansen, jan_de_vries or #jdevries."""
        is_name = bool(token.sign) or "_" in token.folded or self._run.zone in (URL, DOMAIN)
        body = re.sub(r"[_\d?]+", "", token.folded)
        if body in self._names.ordinary_words or body in self._names.places:
            return ""
        for cut in range(1, len(body) - 2):
            if self._is_head(body[:cut], is_name=is_name):
                particle = _GLUED_PARTICLE.match(body, cut)
                start = particle.end() if particle else cut
                rest = replace(token, folded=body[start:], open_start=False)
                is_known = rest.folded in self._names.surnames
                is_likely = bool(particle) or (is_name and (cut > 1 or len(rest.folded) > 4))
                if (is_known and is_likely) or (cut > 1 and self._is_tail(rest, is_name=is_name)):
                    return f"“{token.written}” is een voornaam met een achternaam"
        return ""

    def _is_tail(self, rest: Token, *, is_name: bool) -> bool:
        """Whether a word ends with what can only be a surname; half of one only where names are one word."""
        if rest.is_pattern and not is_name:
            return False
        return len(rest.folded) >= _FEWEST_LETTERS_TAIL and self._names.is_surname(rest)

    def _is_head(self, head: str, *, is_name: bool) -> bool:
        """Whether a word begins with a given name, or, where names are written as one word, an initial."""
        if len(head) == 1:
            return is_name
        is_given = head in self._names.given_names and head not in self._names.ordinary_words
        return len(head) > 2 and is_given

    def _is_office(self) -> bool:
        return any(token.folded in self._names.public_functions for token in self._all)

    def _is_institution(self) -> bool:
        later = self._all[1:] if self._is_phrase else []
        return any(
            token.folded not in self._names.surnames and _INSTITUTION.fullmatch(token.folded)
            for token in later
        )

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
        is_name = self._is_known(name) or (name.is_capital and not name.is_pattern)
        is_name = is_name or (is_strict and not self._names.is_ordinary(name))
        return f"“{address.written} {name.written}” is iemand bij naam" if is_name else ""

    def _titled(self, place: int) -> str:
        title = self._word(place)
        name = self._word(self._after_particles(place + 1))
        if title is None or name is None or not title.fitting(_TITLES) or not self._names.is_surname(name):
            return ""
        return f"“{title.written} {name.written}” is iemand bij naam"

    def _unknown_given(self, place: int) -> str:
        """Look for a capital that no list knows before a surname, as names from elsewhere are written."""
        given, names = self._word(place), self._names
        name = self._word(self._after_particles(place + 1))
        if not self._is_phrase or given is None or name is None or not (given.is_capital and name.is_capital):
            return ""
        is_word = given.folded in names.ordinary_words or names.is_place(given) or len(given.folded) < 2
        if is_word or given.is_particle or _INSTITUTION.fullmatch(given.folded) or not names.is_surname(name):
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
        if name is None or len(name.folded) < 3 or self._names.is_place(name):
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
        if (
            name is None
            or self._names.is_place(name)
            or not self._is_surname(given, name, has_particle=at > end)
        ):
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
        is_unknown_word = not names.is_ordinary(name) and not names.is_given(name)
        looks_so = both_capital or has_particle or _SURNAME_ENDING.fullmatch(name.folded) is not None
        return self._is_known(name) or (is_unknown_word and looks_so)

    def _turned_round(self, place: int) -> str:
        name, given = self._word(place), self._word(place + 1)
        if name is None or given is None or not self._names.is_given(given):
            return ""
        behind = self._word(place + 2)  # Vries, Jan de
        is_surname = self._names.is_surname(name) or (
            name.folded in self._names.surnames and behind is not None and behind.is_particle
        )
        return f"“{name.written} {given.written}” is een achternaam met een voornaam" if is_surname else ""

    def _with_particle(self, place: int) -> str:
        particle = self._word(place)
        if particle is None or not particle.is_particle or particle.folded not in _LEADING_PARTICLES:
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

    def _surname_alone(self) -> str:
        """Look for a surname that stands by itself as a search word."""
        if self._is_phrase and len(self._words) != 1:
            return ""
        for token in self._words:
            if self._names.is_surname(token) and token.sign != "@":
                return f"“{token.written}” is een achternaam"
        return ""
