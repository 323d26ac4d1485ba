"""What messages say as figures, and the same as plain data that can be kept and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from regietafel.monitor.engine.content.asking import AskedQuestion
from regietafel.monitor.engine.content.places import PlaceCount
from regietafel.monitor.engine.content.platforms import PlatformShift
from regietafel.monitor.engine.content.reach import ReachShare
from regietafel.monitor.engine.content.terms import KeyTerm
from regietafel.monitor.engine.content.themes import Association
from regietafel.monitor.engine.content.wording import WordingReport
from regietafel.monitor.engine.picture.figures import Share
from regietafel.monitor.engine.picture.intervals import share_of
from regietafel.monitor.engine.sentiment import (
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    UNKNOWN,
    NetSentiment,
    PeopleSentiment,
    net_sentiment,
)

VERSION = 2
TONES = (POSITIVE, NEUTRAL, NEGATIVE)
_VERSION_KEY = "versie"


class Compared(StrEnum):
    """What key terms were compared with: what came before, other messages of the same days, or nothing."""

    BEFORE = "eerder"
    OTHERS = "andere"
    NOTHING = "niets"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToneCounts:
    """Media messages per verdict; ``by_hand`` were set right by people, ``waiting`` were not judged yet."""

    counts: Mapping[str, int]
    by_hand: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTone:
    """The tone of media messages: counts per verdict, shares in what could be judged, and net sentiment."""

    counts: dict[str, int]
    judged: int
    by_hand: int
    waiting: int
    shares: dict[str, Share | None]
    net: NetSentiment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What messages say from ``starts_on`` to ``ends_on``, against the days from ``before_from`` on.

    All counts are of what may be counted: media exactly, people in tens from ten people on. ``read`` are
    messages whose text is still kept, ``erased`` those of which only the rest is known; ``read_against`` is
    what key terms were ``compared`` with. Each wording holds this period first and then the one before.
    """

    starts_on: date
    ends_on: date
    before_from: date
    read: int
    erased: int
    read_against: int
    read_before: int
    compared: str
    terms: tuple[KeyTerm, ...]
    questions: tuple[AskedQuestion, ...]
    wordings: tuple[WordingReport, ...]
    places: tuple[PlaceCount, ...]
    reach: tuple[ReachShare, ...]
    platforms: tuple[PlatformShift, ...]
    platforms_by_outlet: bool
    themes: tuple[Association, ...]
    media_tone: MediaTone
    people_tone: PeopleSentiment

    def with_tone(self, tone: MediaTone) -> Meaning:
        """Give the same figures with the tone of the media as it is now."""
        return replace(self, media_tone=tone)

    def to_json(self) -> dict[str, Any]:
        """Give the same as plain data, ready for ``json.dumps``; keys are the names of the fields."""
        return {_VERSION_KEY: VERSION, **_plain(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Meaning:
        """Read what ``to_json`` wrote; raise ``ValueError`` for another version."""
        if data.get(_VERSION_KEY) != VERSION:
            raise ValueError(f"Meaning of version {data.get(_VERSION_KEY)} cannot be read.")
        meaning: Meaning = _read(cls, data)
        return meaning

    @staticmethod
    def is_readable(data: Mapping[str, Any]) -> bool:
        """Whether data is of this version."""
        return data.get(_VERSION_KEY) == VERSION


def media_tone(found: ToneCounts) -> MediaTone:
    """Make shares and net sentiment of counted verdicts (tone).

    Args:
        found: media messages per verdict.

    Returns:
        The same figures as ``sentiment.totals_of`` gives of the messages one by one.

    Method: wilson-1927 and zou-donner-2008, as in ``sentiment.totals_of``; counts come from a database that
        adds them up, so that many messages need not be read.

    >>> tone = media_tone(ToneCounts(counts={"positief": 30, "negatief": 50, "neutraal": 20}))
    >>> tone.judged, round(tone.net.value, 2)
    (100, -0.2)
    """
    counts = {verdict: found.counts.get(verdict, 0) for verdict in (*TONES, UNKNOWN)}
    judged = sum(counts[verdict] for verdict in TONES)
    return MediaTone(
        counts=counts,
        judged=judged,
        by_hand=found.by_hand,
        waiting=found.waiting,
        shares={verdict: share_of(counts[verdict], judged) for verdict in TONES},
        net=net_sentiment(counts[POSITIVE], counts[NEGATIVE], judged=judged),
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    of, parts = get_origin(kind), get_args(kind)
    if of is tuple:
        return tuple(_read(parts[0], part) for part in value)
    if of is dict:
        return {key: _read(parts[1], part) for key, part in value.items()}
    if parts:  # "something or None", and there is something
        return _read(parts[0], value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], value[name]) for name in hints})  # type: ignore[operator]
    return date.fromisoformat(value) if kind is date else value
