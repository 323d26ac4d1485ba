"""A message as the content engines see it, and how many of a group may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from regietafel.monitor.engine.messages.items import MEDIA_KINDS
from regietafel.monitor.engine.picture.people import fewest_people, rounded_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: the Dutch day, what it says, who brought it; ``author`` is a hash of that day only."""

    day: date
    title: str = ""
    text: str = ""
    kind: str = "onbekend"
    outlet: str = ""
    domain: str = ""
    author: str = ""

    @property
    def is_media(self) -> bool:
        """Whether it may be counted exactly and quoted."""
        return self.kind in MEDIA_KINDS

    @property
    def words(self) -> str:
        """Headline and text as one text; the headline ends a sentence."""
        return f"{self.title}\n{self.text}" if self.title and self.text else self.title or self.text


def shown_count(messages: Iterable[Message]) -> int:
    """Give how many messages of a group may be counted (number).

    Args:
        messages: the group.

    Returns:
        All media messages, and of those of people what the rule of ten people leaves: rounded down to tens,
        none of them when fewer than ten people wrote.

    Source: avg, art. 5 lid 1 onder c; the rule is that of the picture (0009), and counting only what may be
        shown is our reading.

    >>> day = date(2022, 4, 7)
    >>> shown_count([Message(day=day, kind="nieuws"), Message(day=day, kind="sociaal", author="a")])
    1
    """
    media, authors = 0, []
    for message in messages:
        if message.is_media:
            media += 1
        else:
            authors.append((message.day, message.author))
    return media + (rounded_count(len(authors), fewest_people(authors)) or 0)
