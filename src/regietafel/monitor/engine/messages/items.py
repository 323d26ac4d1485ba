"""The nouns: a row as delivered, what cleaning must know, and the message that may be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from regietafel.monitor.engine.privacy import Lexicon

KINDS = ("nieuws", "sociaal", "forum", "klantcontact", "pers", "onbekend")
MEDIA_KINDS = frozenset({"nieuws", "pers"})


@dataclass(frozen=True, slots=True)
class RawItem:
    """One row as a reader delivers it; nothing in it has been judged yet.

    ``author`` lives only until ``clean`` has hashed it, and never shows in a log or traceback.
    """

    row: int
    external_id: str = ""
    url: str = ""
    published: str | float | date | None = None
    title: str = ""
    text: str = ""
    outlet: str = ""
    kind: str = ""
    language: str = ""
    place: str = ""
    labels: tuple[str, ...] = ()
    author: str = field(default="", repr=False)
    interactions: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningRules:
    """What ``clean`` must know besides the row itself.

    ``fetched_at`` is used when a row carries no date of its own; without it such a row is refused.
    ``lexicon`` knows the names of people; without it names in running text stay.
    ``detect_language`` is asked only when the row names no language.
    """

    source_name: str
    author_key: bytes = field(repr=False)
    default_kind: str = "onbekend"
    default_language: str = ""
    default_outlet: str = ""
    fetched_at: datetime | None = None
    public_accounts: frozenset[str] = frozenset()
    lexicon: Lexicon | None = field(default=None, repr=False)
    detect_language: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanMessage:
    """A message as it may be stored: masked text, no author, a link only to media.

    ``key`` is the identity (64 hex digits), ``key_from`` what it was made of: url, id or tekst.
    ``url`` and ``external_id`` are empty unless the message is media: no way back to a private post.
    ``place`` is kept of media only; ``labels`` are those of the source, without contact data.
    ``day`` is the day in the Netherlands. ``masked`` counts what was taken out, per kind.
    """

    key: str
    key_from: str
    external_id: str
    url: str
    published_at: datetime
    day: date
    title: str
    text: str
    outlet: str
    domain: str
    kind: str
    language: str
    place: str
    labels: tuple[str, ...]
    author_hash: str
    interactions: Mapping[str, int]
    text_hash: str
    masked: Mapping[str, int]

    @property
    def is_media(self) -> bool:
        """Whether the message may be quoted and linked."""
        return self.kind in MEDIA_KINDS


class RowRejected(ValueError):
    """A row cannot be kept; ``column`` and ``message`` say why, in Dutch."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(f"{column}: {message}")
        self.column = column
        self.message = message
