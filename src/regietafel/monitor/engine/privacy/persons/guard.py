"""Questions may ask for topics, places and organisations, never for a private person.

In each run of words we look for what Dutch names look like: a given name with a surname, initials, a form of
address, a surname alone, an account, a name written as one word. A wildcard in a name hides nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from regietafel.monitor.engine.privacy.accounts import is_public_account
from regietafel.monitor.engine.privacy.names import NameLists, tokens_of
from regietafel.monitor.engine.privacy.persons.disguises import tokens_undisguised, tokens_without_hyphens
from regietafel.monitor.engine.privacy.persons.judging import CONTACT, Judged, is_contact
from regietafel.monitor.engine.privacy.runs import Run, Runs, asked_for, value_term
from regietafel.monitor.engine.query import Query
from regietafel.monitor.engine.query.tree import Node, all_terms

MOST_FOUND = 20
MOST_PEOPLE_OF_OFFICE = 2
_TOO_MANY = "vul bij een ambt hoogstens twee mensen in: wie het nu bekleedt, en wie waarneemt"
_BESIDE_OFFICE = frozenset(
    "naam namen achternaam voornaam account twitteraccount mastodonaccount van de het koning onze plaats "
    "gemeente stad dorp provincie regio huidige nieuwe waarnemend".split()
)


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
    found = _found(_every_run(asked, names), names) if asked else ()
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
    if not is_of_office(name, names=names):
        return _found(
            chain.from_iterable(_runs_of_value(name, value, names=names) for value in values), names
        )
    runs = [Run(tuple(tokens_of(value_term(name, value))), value, True) for value in values]
    found = [PersonFound(run.written, CONTACT) for run in runs if is_contact(run)]
    if "account" not in name:  # in a blank for names only accounts that are known to be public
        found += [PersonFound(run.written, why) for run in runs if (why := Judged(run, names).account())]
    return tuple(dict.fromkeys((*found, *_beyond_office(runs, names))))


def _every_run(asked: Node, names: NameLists) -> Iterator[Run]:
    """Give the runs as written, and as they read when look-alike letters and hyphens are put right."""
    yield from Runs(names).of(asked)
    for read in (tokens_undisguised, tokens_without_hyphens):
        tokens = partial(read, names=names)
        if any(tokens(term) != tokens_of(term) for term in all_terms(asked)):
            yield from Runs(names, tokens=tokens).of(asked)


def _runs_of_value(name: str, value: str, *, names: NameLists) -> Iterator[Run]:
    term = value_term(name, value)
    yield Run(tuple(tokens_of(term)), value, True)
    for read in (tokens_undisguised, tokens_without_hyphens):
        tokens = tuple(read(term, names=names))
        if tokens != tuple(tokens_of(term)):
            yield Run(tokens, value, True)


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
    found = (PersonFound(run.written, reason) for run in runs if (reason := Judged(run, names).reason()))
    return tuple(dict.fromkeys(islice(found, MOST_FOUND)))
