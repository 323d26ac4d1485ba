"""Questions may ask for topics, places and organisations, never for a private person.

A question is cut into runs: a phrase, or words side by side that must all occur. In each run we look for what
Dutch names look like: a given name with a surname, initials, a form of address, a surname alone, an account,
a name written as one word. What is excluded with NOT is left alone: excluding someone is not following them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from regietafel.monitor.engine.privacy.masking import is_organisation_account, mask
from regietafel.monitor.engine.privacy.names import NameLists, Token, tokens_of
from regietafel.monitor.engine.query import Query, Term
from regietafel.monitor.engine.query.tree import And, Node, Not, children

_FORMS_OF_ADDRESS = frozenset(
    "meneer mevrouw mevr mw dhr heer juffrouw familie fam gezin buurman buurvrouw agent".split()
)
_STRICT_ADDRESS = frozenset("meneer mevrouw mevr mw dhr juffrouw".split())
_TITLES = frozenset("dr drs mr ir ing prof meester dokter juf".split())
_SAINTS = frozenset({"sint", "st", "santa", "san", "heilige"})
_PARTICLES_OF_NAMES = frozenset("van von der den ter ten el al ben".split())
_LEADING_PARTICLES = _PARTICLES_OF_NAMES | {"de", "het", "t", "te"}
_LOWER_CASE_DE = frozenset({"vries", "jong", "bruijn", "bruyn"})
_CAPITAL_DE = _LOWER_CASE_DE | frozenset(
    "boer groot wit haan graaf bruin lange ruiter ridder koning wolf vos".split()
)
_INSTITUTION = re.compile(
    r".*(?:straat|laan|plein|kade|gracht|singel|dreef|steeg|school|college|lyceum|kerk|kapel|klooster|ziekenhuis|gasthuis"
    r"|hospitaal|stichting|fonds|museum|theater|stadion|tunnel|brug|kanaal|toren|zorg|hotel|kazerne|universiteit|moskee"
    r"|vereniging|partij|festival|centrum|bibliotheek|buurt|toernooi|supermarkt|bedrijf|transport|park|weg)"
    r"|huis|hof|bos|veld|wijk|dijk|hal|pad|bv|nv|groep|bouw|arena|prijs|cup|haven|instituut|polder|molen|hoeve"
)
_SURNAME_ENDING = re.compile(
    r"\w{3,}(?:sma|stra|inga|enga|ssen|sen|ink|oglu|ovic|ova|sky|ski|ska|enko|chuk|zadeh|aoui|mans|huis|hof|kamp)"
)
_GLUED_PARTICLE = re.compile(r"(?:van(?:den|der|de|het|t)?|de|der|den|ter|ten|el)(?=\w{3})")


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A part of a question that asks for a private person, and why we think so (Dutch)."""

    written: str
    reason: str


def persons_in_query(query: Query, *, names: NameLists) -> tuple[PersonFound, ...]:
    """Name the parts of a question that ask for a private person (person guard).

    Args:
        query: the question as read.
        names: facts about names, and what is public: functions, names, accounts, places.

    Returns:
        Each part once, with the reason; empty when the question is about topics, places or organisations.

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
    found = [
        PersonFound(written, reason)
        for tokens, written, is_phrase in _runs(query.tree, names)
        if (reason := _Run(tokens, names, is_phrase=is_phrase).reason())
    ]
    return tuple(dict.fromkeys(found))


def _runs(
    node: Node, names: NameLists, *, beside_office: bool = False
) -> Iterator[tuple[list[Token], str, bool]]:
    """Cut the wanted part of a question into runs of words."""
    if isinstance(node, Not):
        return
    if isinstance(node, Term):
        tokens = tokens_of(node)
        if not (beside_office and len(tokens) == 1 and not tokens[0].sign):
            yield tokens, node.written, True
    elif isinstance(node, And):
        yield from _runs_of_and(node, names, beside_office=beside_office)
    else:
        for part in children(node):
            yield from _runs(part, names, beside_office=beside_office)


def _runs_of_and(
    node: And, names: NameLists, *, beside_office: bool
) -> Iterator[tuple[list[Token], str, bool]]:
    """Join words that stand side by side; judge phrases and groups by themselves."""
    beside_office = beside_office or any(_is_office(part, names) for part in node.parts)
    row: list[Term] = []
    for part in (*node.parts, None):
        if isinstance(part, Term) and _is_one_word(tokens_of(part)):
            row.append(part)
            continue
        if row and not (beside_office and len(row) == 1):
            tokens = [token for term in row for token in tokens_of(term)]
            yield tokens, " ".join(term.written for term in row), len(row) == 1
        row = []
        if part is not None:
            yield from _runs(part, names, beside_office=beside_office)
    yield from _across_groups(node, names)


def _is_one_word(tokens: list[Token]) -> bool:
    """Whether a search term is one word; initials, as in A.B., count as one."""
    return len(tokens) == 1 or all(token.is_initial and token.has_dot for token in tokens)


def _across_groups(node: And, names: NameLists) -> Iterator[tuple[list[Token], str, bool]]:
    """Join a given name in one group with a surname in another: (Jan OR Piet) AND Jansen."""
    singles = [
        [tokens[0] for tokens in map(tokens_of, _single_terms(part)) if len(tokens) == 1]
        for part in node.parts
    ]
    for place, group in enumerate(singles):
        for given in group:
            if not names.is_given(given):
                continue
            for other in singles[:place] + singles[place + 1 :]:
                for surname in other:
                    if surname.folded in names.surnames and not names.is_place(surname):
                        yield [given, surname], f"{given.written} AND {surname.written}", True


def _single_terms(part: Node) -> list[Term]:
    if isinstance(part, Term):
        return [part]
    return [] if isinstance(part, Not) else [term for term in children(part) if isinstance(term, Term)]


def _is_office(part: Node, names: NameLists) -> bool:
    terms = [part] if isinstance(part, Term) else list(children(part))
    return bool(terms) and all(
        isinstance(term, Term) and tokens_of(term)[0].folded in names.public_functions for term in terms
    )


class _Run:
    """One run of words, looked at for a name."""

    def __init__(self, tokens: list[Token], names: NameLists, *, is_phrase: bool) -> None:
        self._all = tokens
        self._names = names
        self._is_phrase = is_phrase
        self._words = names.without_public(tokens)

    def reason(self) -> str:
        """Say why this run asks for a person; "" when it does not."""
        if self._is_contact():
            return "dit is een telefoonnummer, e-mailadres, rekeningnummer of kenteken van iemand"
        for token in self._all:
            if reason := self._account(token) or self._glued(token):
                return reason
        if self._is_office() or self._is_institution():
            return ""
        rules = (
            self._addressed, self._titled, self._initials, self._full_name, self._unknown_given,
            self._turned_round, self._with_particle,
        )  # fmt: skip
        for place in range(len(self._words)):
            for rule in rules:
                if reason := rule(place):
                    return reason
        return self._surname_alone()

    def _is_contact(self) -> bool:
        """Whether masking would take this out of a text, other than an account."""
        return bool(mask(" ".join(token.written for token in self._all)).counts.keys() - {"account"})

    def _account(self, token: Token) -> str:
        if token.sign != "@" or token.folded in self._names.public_accounts:
            return ""
        is_known = not token.is_prefix and is_organisation_account(token.folded)
        return (
            ""
            if is_known
            else f"@{token.written} is geen bekend account van een organisatie of publieke functie"
        )

    def _glued(self, token: Token) -> str:
        """Look for a name written as one word, as in #jandevries or jan_de_vries."""
        body = re.sub(r"[_\d]+", "", token.folded)
        for cut in range(3, len(body) - 2):
            head, tail = body[:cut], body[cut:]
            if head not in self._names.given_names or head in self._names.ordinary_words:
                continue
            particle = _GLUED_PARTICLE.match(tail)
            rest = tail[particle.end() :] if particle else tail
            if rest in self._names.surnames and (particle or token.sign or "_" in token.folded):
                return f"“{token.written}” is een voornaam met een achternaam"
        return ""

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

    def _addressed(self, place: int) -> str:
        address = self._word(place)
        if address is None or address.folded not in _FORMS_OF_ADDRESS:
            return ""
        name = self._word(self._after_particles(place + 1))
        if name is None or self._names.is_place(name):
            return ""
        is_name = name.folded in self._names.surnames or name.is_capital
        is_strict = address.folded in _STRICT_ADDRESS and name.folded not in self._names.ordinary_words
        return f"“{address.written} {name.written}” is iemand bij naam" if is_name or is_strict else ""

    def _titled(self, place: int) -> str:
        title = self._word(place)
        name = self._word(self._after_particles(place + 1))
        if title is None or name is None or title.folded not in _TITLES or not self._names.is_surname(name):
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
        is_surname = name.folded in self._names.surnames and (
            at > end or name.folded not in self._names.ordinary_words
        )
        looks_so = first.has_dot and (name.is_capital or at > end)
        return (
            f"“{first.written}. {name.written}” is een voorletter met een achternaam"
            if is_surname or looks_so
            else ""
        )

    def _full_name(self, place: int) -> str:
        given = self._word(place)
        before = self._word(place - 1) if place else None
        if (
            given is None
            or given.folded not in self._names.given_names
            or (before and before.folded in _SAINTS)
        ):
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
        is_known = names.starts_surname(name) if name.is_prefix else name.folded in names.surnames
        if not names.is_given(given):  # a word as well as a name, like Mark or Roos
            return is_known and (both_capital or (has_particle and name.folded not in names.ordinary_words))
        is_unknown_word = name.folded not in names.ordinary_words and not names.is_given(name)
        looks_so = both_capital or has_particle or _SURNAME_ENDING.fullmatch(name.folded) is not None
        return is_known or (is_unknown_word and looks_so)

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
        if (
            name is None
            or name.is_particle
            or self._names.is_place(name)
            or name.folded not in self._names.surnames
        ):
            return ""
        particles = {word.folded for word in self._words[place:at]}
        is_person = (
            name.folded not in self._names.ordinary_words and name.folded not in self._names.given_names
        )
        if name.is_capital:
            is_person = is_person or bool(particles & _PARTICLES_OF_NAMES) or name.folded in _CAPITAL_DE
        is_person = is_person or (particles == {"de"} and name.folded in _LOWER_CASE_DE)
        return f"“{particle.written} {name.written}” is een achternaam" if is_person else ""

    def _surname_alone(self) -> str:
        """Look for a surname that stands by itself as a search word."""
        if self._is_phrase and len(self._words) != 1:
            return ""
        for token in self._words:
            is_surname = (
                self._names.starts_surname(token) if token.is_prefix else self._names.is_surname(token)
            )
            if is_surname and token.sign != "@":
                return f"“{token.written}” is een achternaam"
        return ""
