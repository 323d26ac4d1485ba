"""Actors in the public debate: organisations, media and public functions, and never a private person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regietafel.monitor.engine.privacy import NameLists, persons_in_values
from regietafel.monitor.engine.query.words import fold, split_words

ORGANISATION, FUNCTION, MEDIUM = "organisatie", "publieke functie", "medium"
KINDS = (ORGANISATION, FUNCTION, MEDIUM)
COLOURS = 8
_OF_PEOPLE = "actor"
_JOURNALISTS = frozenset(
    "journalist journaliste verslaggever verslaggeefster redacteur columnist correspondent".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicActor:
    """Who takes part in the debate by a public role; make it with ``public_actor``, which refuses persons.

    ``names`` are the ways it is written; ``colour`` is a number of the palette, from 1.
    """

    kind: str
    name: str
    names: tuple[str, ...]
    account: str
    colour: int


class PrivatePersonRefused(ValueError):
    """An actor would be a private person; the reason says why we think so (Dutch)."""

    def __init__(self, written: str, reason: str) -> None:
        super().__init__(f"“{written}”: {reason}")
        self.written = written
        self.reason = reason


def public_actor(
    kind: str, name: str, *, names: NameLists, also: Sequence[str] = (), account: str = ""
) -> PublicActor:
    """Make an actor of an organisation, a medium or a public function (actor).

    Args:
        kind: one of KINDS.
        name: such as "COA", "gemeente Hengelo", "wijkagent" or "Tubantia".
        names: facts about names, and what is public.
        also: other ways it is written.
        account: a public account, without @.

    Returns:
        The actor, with a colour that is the same every time for the same name.

    Raises:
        ValueError: the kind is none of KINDS, or there is no name.
        PrivatePersonRefused: a name or the account is that of a person, or it is a journalist: a journalist
            counts as the medium.

    Source: bron-004, §8.3 (active persons) against the avg, art. 5 and 6; that only organisations, media and
        functions are listed is our reading.

    >>> lists = NameLists(given_names=frozenset({"jan"}), surnames=frozenset({"vries"}))
    >>> public_actor("organisatie", "Rode Kruis", names=lists).name
    'Rode Kruis'
    >>> public_actor("organisatie", "Jan de Vries", names=lists)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    regietafel.monitor.engine.content.actors.PrivatePersonRefused: ...
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is none of {', '.join(KINDS)}.")
    written = tuple(dict.fromkeys(filter(None, (one.strip() for one in (name, *also)))))
    if not written:
        raise ValueError("An actor needs a name.")
    handle = account.strip().removeprefix("@")
    asked = (*written, f"@{handle}") if handle else written
    for found in persons_in_values(_OF_PEOPLE, asked, names=names):
        raise PrivatePersonRefused(found.written, found.reason)
    for one in written:
        if _JOURNALISTS & set(split_words(one)):
            raise PrivatePersonRefused(one, "een journalist telt als het medium; noem het medium")
    return PublicActor(kind=kind, name=written[0], names=written, account=handle, colour=_colour(written[0]))


def _colour(name: str) -> int:
    return sum(map(ord, fold(name))) % COLOURS + 1


class Actors:
    """Finds actors in texts, as a colour or a filter beside a message."""

    def __init__(self, actors: Sequence[PublicActor]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], PublicActor]]] = {}
        for actor in actors:
            for name in (*actor.names, *filter(None, [actor.account and f"@{actor.account}"])):
                words = tuple(split_words(name))
                if words:
                    self._by_first.setdefault(words[0], []).append((words, actor))

    def of(self, text: str) -> tuple[PublicActor, ...]:
        """Give the actors that a text names (actors).

        Args:
            text: headline and text.

        Returns:
            Each actor once, in the order in which the text names them.

        Method: whole words side by side, without case and accents.

        >>> lists = NameLists(given_names=frozenset(), surnames=frozenset())
        >>> coa = public_actor("organisatie", "COA", names=lists)
        >>> [actor.name for actor in Actors([coa]).of("Het COA zoekt plekken")]
        ['COA']
        """
        words = split_words(text)
        found: dict[str, PublicActor] = {}
        for place, word in enumerate(words):
            for name, actor in self._by_first.get(word, ()):
                if tuple(words[place : place + len(name)]) == name:
                    found.setdefault(actor.name, actor)
        return tuple(found.values())
