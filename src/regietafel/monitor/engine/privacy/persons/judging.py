"""One run of words, looked at for a person: contact data, an account, an address, or a name."""

from __future__ import annotations

import re

from regietafel.monitor.engine.privacy.accounts import account_in_address, is_public_account
from regietafel.monitor.engine.privacy.masking import mask
from regietafel.monitor.engine.privacy.names import NameLists, Token
from regietafel.monitor.engine.privacy.persons.glued import glued_name, spaced_name
from regietafel.monitor.engine.privacy.persons.rules import NameRules
from regietafel.monitor.engine.privacy.persons.things import names_thing
from regietafel.monitor.engine.privacy.runs import ACCOUNT, NEARBY, STREET, Run
from regietafel.monitor.engine.privacy.streets import (
    INSTITUTION,
    is_name_alone,
    name_with_street,
    place_of_street,
)
from regietafel.monitor.engine.query.documents import DOMAIN, KIND, LANGUAGE, PLACE, URL
from regietafel.monitor.engine.query.words import fold

CONTACT = "dit is een telefoonnummer, e-mailadres, rekeningnummer of kenteken van iemand"
_HANDLE = re.compile(r"[^\W\d_]{3,}(?:\d{2,3}|19[4-9]\d|200\d|201[0-2])")  # marietje74, not wet2024
_NAMELESS_ZONES = frozenset({LANGUAGE, KIND})
_ADDRESS = re.compile(r"\w\.(?:com|me|net|app|social|nl|be|org)/\w", re.IGNORECASE)  # without url: before it
_WITH_DOT = re.compile(r"\w{3,}\.\w{4,}")
_FORUM_ACCOUNT = re.compile(r"(?<![\w./])/?u/(\w{3,})", re.IGNORECASE)


def is_contact(run: Run) -> bool:
    """Tell whether masking would take this out of a text, other than an account."""
    texts = {" ".join(token.written for token in run.tokens), run.written}
    return any(mask(text).counts.keys() - {"account"} for text in texts)


class Judged:
    """One run of words, looked at for a name."""

    def __init__(self, run: Run, names: NameLists) -> None:
        self._run = run
        self._all = run.tokens
        self._names = names
        self._is_phrase = run.is_phrase
        self._words = names.without_public(run.tokens)

    def reason(self) -> str:
        """Say why this run asks for a person; "" when it does not."""
        if self._run.zone in (ACCOUNT, STREET):
            return self._account_of_parts() if self._run.zone == ACCOUNT else self._of_street()
        if reason := self._written_as_one() or self._where():
            return reason
        is_other = self._is_office() or self._is_institution() or names_thing(self._run, self._names)
        if self._run.zone in _NAMELESS_ZONES or is_other:
            return ""
        return self._named_place() if self._run.zone == PLACE else self._name()

    def _written_as_one(self) -> str:
        """Look for contact data, accounts, and names that are one word or loose letters."""
        if is_contact(self._run):
            return CONTACT
        is_one_word = self._run.zone in (URL, DOMAIN)
        for token in self._all:
            if reason := self._account(token) or glued_name(token, self._names, is_one_word=is_one_word):
                return reason
        return self._forum_account() or spaced_name(self._all, self._names) or self._with_dot()

    def _with_dot(self) -> str:
        """Look for a given name and an unknown word as in an address: fatma.kwakkelstein."""
        if _WITH_DOT.fullmatch(self._run.written) is None or len(self._all) != 2:
            return ""
        given, name = self._all
        is_word = self._names.is_ordinary(name) or self._names.is_place(name)
        if is_word or not is_name_alone(given, self._names) or INSTITUTION.fullmatch(name.folded):
            return ""
        return f"“{given.written}.{name.written}” is geschreven als een naam in een adres"

    def _where(self) -> str:
        """Look for the page or the street of somebody."""
        is_address = self._run.zone == URL or _ADDRESS.search(self._run.written) is not None
        if is_address and (reason := self._address()):
            return reason
        return name_with_street(self._all, self._names) if self._is_phrase else ""

    def _account_of_parts(self) -> str:
        """Look for the account of somebody beside the name of a platform."""
        for token in self._all:
            if reason := glued_name(token, self._names, is_one_word=True):
                return reason
            is_handle = _HANDLE.fullmatch(token.folded) is not None and not self._names.is_ordinary(
                Token(token.written, token.folded.rstrip("0123456789"))
            )
            if is_handle or self._names.is_given(token) or self._names.is_surname(token):
                return f"“{token.written}” is op dit platform het account van iemand"
        return ""

    def _of_street(self) -> str:
        half, street = self._all[0], self._all[place_of_street(self._all, self._names) or -1]
        if not is_name_alone(half, self._names):
            return ""
        return f"“{half.written}” met “{street.written}” zegt waar iemand woont"

    def _named_place(self) -> str:
        """Look for a whole name where a place belongs; a surname alone may well be a village."""
        if len(self._words) < 2:
            return ""
        given, name = self._words[0], self._words[-1]
        is_half = given.is_initial or self._names.is_given(given)
        if not is_half or name.folded not in self._names.surnames or self._names.is_place(name):
            return ""
        return f"“{given.written} … {name.written}” is geen plaats, maar iemand bij naam"

    def account(self) -> str:
        """Say which word is an account that is not known to be public; "" when none is."""
        return next(filter(None, map(self._account, self._all)), "")

    def _name(self) -> str:
        is_near = self._run.zone == NEARBY
        rules = NameRules(self._words, self._names, is_phrase=self._is_phrase, is_near=is_near)
        if reason := rules.reason():
            return reason
        return "" if self._run.zone == DOMAIN else rules.surname_alone()

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

    def _is_office(self) -> bool:
        return any(token.folded in self._names.public_functions for token in self._all)

    def _is_institution(self) -> bool:
        later = self._all[1:] if self._is_phrase else []
        return any(
            token.folded not in self._names.surnames and INSTITUTION.fullmatch(token.folded)
            for token in later
        )
