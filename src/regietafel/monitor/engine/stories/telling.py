"""What a story is to people: its headline, who brought it, when, and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from regietafel.monitor.engine.messages import KINDS, MEDIA_KINDS
from regietafel.monitor.engine.messages.moments import AMSTERDAM
from regietafel.monitor.engine.stories.index import WINDOW_DAYS, Signed, StoryIndex
from regietafel.monitor.engine.stories.signing import Signature, sign


@dataclass(frozen=True, slots=True)
class Article:
    """A message as the story finder sees it; ``published_at`` and ``interactions`` may be unknown."""

    key: str
    title: str
    text: str
    outlet: str
    published_at: datetime | None
    url: str = ""
    kind: str = "nieuws"
    interactions: int | None = None
    author_hash: str = ""

    @property
    def is_media(self) -> bool:
        """Whether it may be counted exactly, quoted and linked."""
        return self.kind in MEDIA_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """Messages of one kind in a story; of people rounded down to tens, None when there are too few."""

    kind: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story: its first headline of a medium, and everyone who brought it, oldest first.

    ``title`` and ``outlets`` come from media only, so a story of people alone has none. ``media_count`` is
    exact; ``people_count`` is rounded down to tens, None with too few people. ``size`` counts members and is
    not for show where people are among them. ``interactions`` adds up what is known; None when nothing is,
    and when the story is of too few people.
    """

    title: str | None
    first_at: datetime | None
    last_at: datetime | None
    outlets: tuple[str, ...]
    size: int
    media_count: int
    people_count: int | None
    kinds: tuple[KindCount, ...]
    interactions: int | None
    members: tuple[Article, ...]


def find_stories(articles: Sequence[Article], *, window_days: float = WINDOW_DAYS) -> tuple[Story, ...]:
    """Group messages that bring the same story, largest first (stories).

    Args:
        articles: messages of one period; the order does not matter.
        window_days: how many days a copy may be from the longest telling of its story.

    Returns:
        Every message in exactly one story. Stories by number of outlets, then number of messages, then
        the oldest first.

    Method: broder-1997, containment of three-word runs in the longest telling of a story (``StoryIndex``).

    >>> at = datetime(2022, 4, 7)
    >>> found = find_stories([
    ...     Article("1", "Opvang in oud gemeentehuis Borne gaat door", "", "Tubantia", at),
    ...     Article("2", "Opvang in oud gemeentehuis Borne gaat niet meer door", "", "RTV Oost", at),
    ...     Article("3", "Wolf gezien bij Haaksbergen", "", "RTV Oost", at)])
    >>> [(story.size, story.outlets) for story in found]
    [(2, ('Tubantia', 'RTV Oost')), (1, ('RTV Oost',))]
    """
    signatures = sign([(article.title, article.text) for article in articles])
    signed = [_signed(*pair) for pair in zip(articles, signatures, strict=True)]
    return tell(articles, StoryIndex(window_days=window_days).add(signed).stories)


def tell(articles: Sequence[Article], numbers: Sequence[int]) -> tuple[Story, ...]:
    """Sum up stories whose members are known already (stories).

    Args:
        articles: the messages.
        numbers: for each of them the number of its story.

    Returns:
        The stories in the order of ``find_stories``.

    Method: exact counts of media, and of people the rule of ten (``picture.people``).

    >>> at = datetime(2022, 4, 7)
    >>> story = tell([Article("1", "", "Azc gaat open", "", at, kind="sociaal")], [1])[0]
    >>> story.title, story.media_count, story.people_count, story.interactions
    (None, 0, None, None)
    """
    groups: dict[int, list[Article]] = defaultdict(list)
    for article, number in zip(articles, numbers, strict=True):
        groups[number].append(article)
    return tuple(sorted((_told(group) for group in groups.values()), key=_importance))


def _signed(article: Article, signature: Signature) -> Signed:
    return Signed(key=article.key, published_at=article.published_at, signature=signature)


def _importance(story: Story) -> tuple[int, int, float, str, str]:
    return -len(story.outlets), -story.size, _time(story.first_at), story.title or "", story.members[0].key


def _time(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0


def _told(group: Iterable[Article]) -> Story:
    members = sorted(group, key=lambda one: (one.published_at is None, _time(one.published_at), one.key))
    media = [one for one in members if one.is_media]
    people = [one for one in members if not one.is_media]
    people_count = _count_of_people(people)
    moments = [one.published_at for one in members if one.published_at is not None]
    return Story(
        title=next((one.title for one in media if one.title), None),
        first_at=moments[0] if moments else None,
        last_at=moments[-1] if moments else None,
        outlets=tuple(dict.fromkeys(one.outlet for one in media if one.outlet)),
        size=len(members),
        media_count=len(media),
        people_count=people_count,
        kinds=_kinds(members),
        interactions=_total(media if people_count is None else members),
        members=tuple(members),
    )


def _kinds(members: Sequence[Article]) -> tuple[KindCount, ...]:
    per_kind = ((kind, [one for one in members if one.kind == kind]) for kind in KINDS)
    return tuple(
        KindCount(kind=kind, count=len(of_kind) if kind in MEDIA_KINDS else _count_of_people(of_kind))
        for kind, of_kind in per_kind
        if of_kind
    )


def _count_of_people(people: Sequence[Article]) -> int | None:
    """Round what people wrote as the picture does; a message of an unknown day counts for nobody."""
    from regietafel.monitor.engine.picture.people import count_of_people  # the picture tells stories itself

    dated = ((one.published_at, one.author_hash) for one in people if one.published_at is not None)
    return count_of_people((at.astimezone(AMSTERDAM).date(), author) for at, author in dated)


def _total(members: Iterable[Article]) -> int | None:
    known = [one.interactions for one in members if one.interactions is not None]
    return sum(known) if known else None
