"""Local, regional or national attention: whom an outlet writes for, and so where a message is heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from regietafel.monitor.engine.content.messages import Message, shown_count
from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.picture.intervals import share_of
from regietafel.monitor.engine.query.words import split_words

LOCAL, REGIONAL, NATIONAL, UNKNOWN = "lokaal", "regionaal", "landelijk", "onbekend"
REACHES = (LOCAL, REGIONAL, NATIONAL, UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A medium: its name, domain, reach (LOCAL, REGIONAL or NATIONAL) and the areas it writes about.

    ``areas`` are codes of municipalities or regions, or names of provinces; empty for a national medium.
    """

    name: str
    domain: str
    reach: str
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Where one message is heard, with the reason, and the areas its source writes about."""

    reach: str
    reason: str
    areas: frozenset[str]


class Outlets:
    """Looks outlets up by domain and by name; ``municipalities`` gives the code of a folded place name."""

    def __init__(self, outlets: Iterable[Outlet], *, municipalities: Mapping[str, str]) -> None:
        every = list(outlets)
        self._by_domain = {outlet.domain: outlet for outlet in every if outlet.domain}
        self._by_name = {_key(outlet.name): outlet for outlet in every}
        self._municipalities = municipalities

    def attention(self, message: Message) -> Attention:
        """Say where a message is heard (reach).

        Args:
            message: with its outlet and domain.

        Returns:
            The reach of the outlet when it is on the list; "lokaal" when it bears the name of a municipality;
            else "onbekend". What people write has no reach of its own and is "onbekend" too.

        Source: bron-004, §8.3 (tell local from national attention); the list and the rule are our reading.

        >>> outlets = Outlets([Outlet(name="NOS", domain="nos.nl", reach="landelijk")], municipalities={})
        >>> from datetime import date
        >>> outlets.attention(Message(day=date(2022, 4, 7), kind="nieuws", outlet="NOS")).reach
        'landelijk'
        """
        if not message.is_media:
            return Attention(reach=UNKNOWN, reason="bericht van mensen", areas=frozenset())
        outlet = self._of_domain(message.domain) or self._by_name.get(_key(message.outlet))
        if outlet is None:
            outlet = self._of_domain(message.outlet.strip().lower())
        if outlet is not None:
            return Attention(reach=outlet.reach, reason="staat in de lijst", areas=frozenset(outlet.areas))
        for word in split_words(message.outlet):
            if code := self._municipalities.get(word):
                return Attention(
                    reach=LOCAL, reason="draagt de naam van een gemeente", areas=frozenset({code})
                )
        return Attention(reach=UNKNOWN, reason="staat niet in de lijst", areas=frozenset())

    def _of_domain(self, domain: str) -> Outlet | None:
        """Find a domain, also when something stands before it, as in regio.nos.nl."""
        parts = domain.removeprefix("www.").split(".")
        for start in range(len(parts) - 1):
            if outlet := self._by_domain.get(".".join(parts[start:])):
                return outlet
        return None


def _key(name: str) -> str:
    """Write a name of an outlet so that NOS.nl and NOS are one, and so are a number and a name behind it."""
    words = [word for word in split_words(name) if not word.isdigit()]
    return " ".join(words[:-1] if len(words) > 1 and words[-1] in ("nl", "com", "online") else words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachShare:
    """One reach: messages, and their share in the messages whose reach is known (None for "onbekend")."""

    reach: str
    count: int
    share: Share | None


def reach_shares(attention: Sequence[tuple[Message, Attention]]) -> tuple[ReachShare, ...]:
    """Count media messages per reach (shares).

    Args:
        attention: messages with where they are heard.

    Returns:
        One row per reach. The share is of what is known; "onbekend" is a number beside it.

    Method: wilson-1927.

    >>> [row.count for row in reach_shares([])]
    [0, 0, 0, 0]
    """
    per_reach: dict[str, list[Message]] = defaultdict(list)
    for message, heard in attention:
        if message.is_media:
            per_reach[heard.reach].append(message)
    counts = {reach: shown_count(per_reach[reach]) for reach in REACHES}
    known = sum(count for reach, count in counts.items() if reach != UNKNOWN)
    return tuple(
        ReachShare(
            reach=reach,
            count=counts[reach],
            share=share_of(counts[reach], known) if reach != UNKNOWN else None,
        )
        for reach in REACHES
    )
