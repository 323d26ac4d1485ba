"""Counting: from the messages that answer a question to the figures of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from regietafel.monitor.engine.messages import KINDS, MEDIA_KINDS
from regietafel.monitor.engine.picture.figures import (
    DayFigures,
    KindFigures,
    PeopleFigures,
    PictureFigures,
    Share,
    SourceFigures,
    StoryFigures,
    StoryMember,
)
from regietafel.monitor.engine.picture.intervals import share_of, trend_of
from regietafel.monitor.engine.picture.people import FEWEST_PEOPLE, count_of_people
from regietafel.monitor.engine.picture.questions import is_question
from regietafel.monitor.engine.picture.silence import silent_sources
from regietafel.monitor.engine.stories import Article, Story, find_stories

_WEEKS_BACK = 8
_PERIODS_BACK = 8
_STORIES_SHOWN = 20
_MEMBERS_SHOWN = 50
_QUESTIONS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A message that answers the question of the monitor, inside the period.

    ``source`` is what is counted per: a feed, or the medium within a file. ``day`` is the Dutch day.
    """

    key: str
    day: date
    published_at: datetime
    source: str
    outlet: str
    kind: str
    title: str
    text: str = ""
    url: str = ""
    author_hash: str = ""

    @property
    def is_media(self) -> bool:
        """Whether it may be counted exactly, quoted and linked."""
        return self.kind in MEDIA_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything the figures are made of; days run from ``starts_on`` up to and including ``ends_on``.

    ``published``: media messages each source delivered per day, hit or not, over the period and the eight
    weeks (or eight periods) before it. ``history``: media hits per day before the period; a day that is
    absent is unknown, so put 0 where nothing was found. ``sources``: every source that should deliver.
    """

    starts_on: date
    ends_on: date
    hits: tuple[Hit, ...]
    published: Mapping[tuple[str, date], int]
    history: Mapping[date, int]
    sources: tuple[str, ...] = ()

    @property
    def length_days(self) -> int:
        """Number of days in the period."""
        return (self.ends_on - self.starts_on).days + 1


def make_figures(material: Material) -> PictureFigures:
    """Count, compare and group everything one picture says in numbers (picture figures).

    Args:
        material: hits of the period, what sources published, and the days before.

    Returns:
        Exact counts, shares with interval, stories and questions of media; of people only numbers of days
        with ten or more people, rounded down to tens.

    Raises:
        ValueError: the period ends before it starts.

    Source: bron-003, agendapunt 4.2, and bron-004, §8.2 (what an environment analysis reports); intervals,
        verdict words and the rule of ten people are our reading.

    >>> day = date(2022, 4, 7)
    >>> hit = Hit(key="1", day=day, published_at=datetime(2022, 4, 7, 9), source="NOS", outlet="NOS",
    ...           kind="nieuws", title="Komt er een azc in Borne?")
    >>> figures = make_figures(Material(starts_on=day, ends_on=day, hits=(hit,), published={("NOS", day): 20},
    ...                                 history={}))
    >>> figures.media_count, figures.share.fraction, figures.questions[0].outlet
    (1, 0.05, 'NOS')
    """
    if material.length_days < 1:
        raise ValueError("The period of a picture ends before it starts.")
    hits = sorted(
        (hit for hit in material.hits if material.starts_on <= hit.day <= material.ends_on),
        key=lambda hit: (hit.published_at, hit.key),
    )
    media = [hit for hit in hits if hit.is_media]
    stories = find_stories([_article(hit) for hit in media])
    by_key = {hit.key: hit for hit in media}
    return PictureFigures(
        starts_on=material.starts_on,
        ends_on=material.ends_on,
        media_count=len(media),
        share=_share(len(media), material, periods_back=0),
        previous_share=_previous_share(material),
        trend=trend_of(len(media), _earlier_periods(material)),
        days=_days(media, material),
        sources=_sources(media, material),
        kinds=_kinds(hits),
        people=_people([hit for hit in hits if not hit.is_media]),
        story_count=len(stories),
        stories=tuple(_story(story, by_key) for story in stories[:_STORIES_SHOWN]),
        questions=_questions(media),
        silent_sources=silent_sources(material.published, sources=material.sources, on=material.ends_on),
    )


def _article(hit: Hit) -> Article:
    outlet = hit.outlet or hit.source
    return Article(hit.key, hit.title, hit.text, outlet, hit.published_at, hit.url, hit.kind)


def _period(material: Material, *, periods_back: int) -> list[date]:
    start = material.starts_on - timedelta(days=periods_back * material.length_days)
    return [start + timedelta(days=step) for step in range(material.length_days)]


def _share(count: int, material: Material, *, periods_back: int) -> Share | None:
    days = frozenset(_period(material, periods_back=periods_back))
    return share_of(count, sum(number for (_, day), number in material.published.items() if day in days))


def _previous_share(material: Material) -> Share | None:
    previous = _hits_before(material, periods_back=1)
    return None if previous is None else _share(previous, material, periods_back=1)


def _hits_before(material: Material, *, periods_back: int) -> int | None:
    """Count the hits of an earlier period; unknown when one of its days is unknown."""
    counts = [material.history.get(day) for day in _period(material, periods_back=periods_back)]
    return None if None in counts else sum(count for count in counts if count is not None)


def _earlier_periods(material: Material) -> list[int | None]:
    return [_hits_before(material, periods_back=back) for back in range(1, _PERIODS_BACK + 1)]


def _days(media: Sequence[Hit], material: Material) -> tuple[DayFigures, ...]:
    counts = Counter(hit.day for hit in media)
    return tuple(_day(day, count=counts[day], material=material) for day in _period(material, periods_back=0))


def _day(day: date, *, count: int, material: Material) -> DayFigures:
    """Set one day beside the same weekday in earlier weeks that lie before the period."""
    weeks = (day - timedelta(weeks=back) for back in range(1, _WEEKS_BACK + 1))
    before = [
        material.history[past] for past in weeks if past < material.starts_on and past in material.history
    ]
    return DayFigures(
        day=day,
        count=count,
        weeks=len(before),
        usual=sum(before) / len(before) if before else None,
        usual_low=min(before, default=None),
        usual_high=max(before, default=None),
    )


def _sources(media: Sequence[Hit], material: Material) -> tuple[SourceFigures, ...]:
    days = frozenset(_period(material, periods_back=0))
    counts = Counter(hit.source for hit in media)
    published: Counter[str] = Counter()
    for (source, day), number in material.published.items():
        published[source] += number if day in days else 0
    names = sorted({*counts, *(source for source in published if published[source])})
    figures = (
        SourceFigures(source=name, count=counts[name], share=share_of(counts[name], published[name]))
        for name in names
    )
    return tuple(sorted(figures, key=lambda each: (-each.count, each.source)))


def _kinds(hits: Sequence[Hit]) -> tuple[KindFigures, ...]:
    return tuple(
        _kind(kind, of_kind) for kind in KINDS if (of_kind := [hit for hit in hits if hit.kind == kind])
    )


def _kind(kind: str, hits: Sequence[Hit]) -> KindFigures:
    if kind in MEDIA_KINDS:
        return KindFigures(kind=kind, count=len(hits), is_rounded=False)
    return KindFigures(kind=kind, count=_count_of_people(hits), is_rounded=True)


def _count_of_people(hits: Sequence[Hit]) -> int | None:
    return count_of_people((hit.day, hit.author_hash) for hit in hits)


def _people(private: Sequence[Hit]) -> PeopleFigures:
    count = _count_of_people(private)
    if not private:
        explanation = "Er zijn geen berichten van mensen gevonden."
    elif count is None:
        explanation = f"Te weinig verschillende mensen (minder dan {FEWEST_PEOPLE}) om iets over te zeggen."
    else:
        explanation = (
            f"Geteld op dagen waarop {FEWEST_PEOPLE} of meer mensen iets schreven, per dag naar beneden "
            "afgerond op tientallen; wie iets schreef, is niet bewaard."
        )
    asked = [hit for hit in private if is_question(f"{hit.title} {hit.text}", headline=False)]
    return PeopleFigures(count=count, questions=_count_of_people(asked), explanation=explanation)


def _questions(media: Sequence[Hit]) -> tuple[StoryMember, ...]:
    """Give the questions in headlines, the newest first, each once."""
    asked = {hit.title.casefold(): hit for hit in media if is_question(hit.title, headline=True)}
    newest = sorted(asked.values(), key=lambda hit: (hit.published_at, hit.key), reverse=True)
    return tuple(_member(hit) for hit in newest[:_QUESTIONS_SHOWN])


def _story(story: Story, hits: Mapping[str, Hit]) -> StoryFigures:
    members = [hits[member.key] for member in story.members]
    return StoryFigures(
        title=story.title or "",
        first_at=members[0].published_at,
        size=story.size,
        outlets=story.outlets,
        members=tuple(_member(hit) for hit in members[:_MEMBERS_SHOWN]),
    )


def _member(hit: Hit) -> StoryMember:
    return StoryMember(
        key=hit.key,
        title=hit.title,
        outlet=hit.outlet or hit.source,
        published_at=hit.published_at,
        url=hit.url,
    )
