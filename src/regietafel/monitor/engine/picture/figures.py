"""What a picture says in numbers, and the same as plain data with Dutch keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, get_args, get_origin, get_type_hints

VERSION = 1
NOTE = (
    "Dit beeld is niet representatief voor de publieke opinie. Het telt openbare berichten; het peilt niet "
    "wat inwoners vinden."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of everything published, with a 95 % interval (fractions of 1)."""

    count: int
    published: int
    fraction: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """This period against earlier periods of the same length.

    ``previous`` is the period just before, None when unknown. With four or more earlier periods also
    their mean, the ratio to what is usual with a 95 % interval, and the verdict in words.
    """

    previous: int | None
    periods: int
    mean: float | None
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """Media messages on one day, and on the same weekday in the weeks before (None when unknown)."""

    day: date
    count: int
    weeks: int
    usual: float | None
    usual_low: int | None
    usual_high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFigures:
    """Media messages of one source, with its share when we know what it published."""

    source: str
    count: int
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFigures:
    """Messages of one kind; a number about people is rounded down to tens, or None when too few people."""

    kind: str
    count: int | None
    is_rounded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFigures:
    """Messages of people as one group: only numbers, rounded down to tens; None when too few people."""

    count: int | None
    questions: int | None
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """One media message that brought a story."""

    key: str
    title: str
    outlet: str
    published_at: datetime
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFigures:
    """One story, with how many messages and which outlets brought it."""

    title: str
    first_at: datetime
    size: int
    outlets: tuple[str, ...]
    members: tuple[StoryMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentSource:
    """A source that stopped delivering although its past says it should.

    ``last_on`` and ``silent_days`` are None when it never delivered.
    """

    source: str
    last_on: date | None
    silent_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFigures:
    """The figures of one omgevingsbeeld, from ``starts_on`` up to and including ``ends_on``."""

    starts_on: date
    ends_on: date
    media_count: int
    share: Share | None
    previous_share: Share | None
    trend: Trend
    days: tuple[DayFigures, ...]
    sources: tuple[SourceFigures, ...]
    kinds: tuple[KindFigures, ...]
    people: PeopleFigures
    story_count: int
    stories: tuple[StoryFigures, ...]
    questions: tuple[StoryMember, ...]
    silent_sources: tuple[SilentSource, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the figures as plain data, ready for ``json.dumps``."""
        return {"versie": VERSION, "voorbehoud": NOTE, **_plain(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> PictureFigures:
        """Read figures written by ``to_json``; raise ``ValueError`` for another version."""
        if data.get("versie") != VERSION:
            raise ValueError(f"Figures of version {data.get('versie')} cannot be read.")
        figures: PictureFigures = _read(cls, data)
        return figures


_DUTCH = {
    "starts_on": "van", "ends_on": "tot_en_met", "media_count": "aantal_media", "share": "aandeel",
    "previous_share": "aandeel_vorige_periode", "trend": "verandering", "days": "dagen", "sources":
    "bronnen", "kinds": "soorten", "people": "berichten_van_mensen", "story_count": "aantal_verhalen",
    "stories": "verhalen", "questions": "vragen", "silent_sources": "stille_bronnen", "count": "aantal",
    "published": "gepubliceerd", "fraction": "fractie", "low": "laag", "high": "hoog", "previous":
    "vorige_periode", "periods": "aantal_perioden", "mean": "gemiddeld", "ratio": "verhouding",
    "verdict": "oordeel", "day": "dag", "weeks": "aantal_weken", "usual": "gewoonlijk", "usual_low":
    "gewoonlijk_laagst", "usual_high": "gewoonlijk_hoogst", "source": "bron", "kind": "soort",
    "is_rounded": "afgerond", "explanation": "toelichting", "key": "sleutel", "title": "titel", "outlet":
    "medium", "published_at": "gepubliceerd_op", "url": "url", "first_at": "eerst_op", "size": "omvang",
    "outlets": "media", "members": "berichten", "last_on": "laatst_op", "silent_days": "dagen_stil",
}  # fmt: skip


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {_DUTCH[field.name]: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], part) for part in value)
    if get_args(kind):  # "something or None", and there is something
        return _read(get_args(kind)[0], value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], value[_DUTCH[name]]) for name in hints})  # type: ignore[operator]
    return kind.fromisoformat(value) if kind in (date, datetime) else value
