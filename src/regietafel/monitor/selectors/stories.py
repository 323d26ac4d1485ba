"""Stories of a monitor: which there are, and who brought one; of people only rounded numbers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from regietafel.monitor.engine.messages import MEDIA_KINDS
from regietafel.monitor.engine.picture.people import rounded_count
from regietafel.monitor.models import Message, Monitor, Story

MOST_MESSAGES = 200


def stories_of(monitor: Monitor) -> QuerySet[Story]:
    """Return the stories that media brought; what only people tell has no headline that may be shown."""
    return Story.objects.filter(monitor=monitor, size__gt=0).exclude(title="")


@dataclass(frozen=True)
class StoryTold:
    """One story: numbers, media with how many messages each, and the media messages whose text is kept.

    `people` is rounded down to tens, None when there were too few. `interactions` adds up what is known, of
    `interactions_of` messages; None when nothing is.
    """

    media: int
    people: int | None
    has_people: bool
    first_at: datetime | None
    last_at: datetime | None
    outlets: tuple[tuple[str, int], ...]
    interactions: int | None
    interactions_of: int
    messages: tuple[Message, ...]
    erased: int

    @property
    def left_out(self) -> int:
        """Return how many media messages are kept and do not fit on the page."""
        return self.media - self.erased - len(self.messages)


def tell_story(story: Story) -> StoryTold:
    """Return what is known of a story; the database adds up."""
    members = Message.objects.filter(matches__story=story).order_by()
    media = members.filter(kind__in=sorted(MEDIA_KINDS))
    people = _people(members.exclude(kind__in=sorted(MEDIA_KINDS)))
    counted = media.aggregate(
        count=Count("pk"),
        first=Min("published_at"),
        last=Max("published_at"),
        erased=Count("pk", filter=Q(erased_at__isnull=False)),
    )
    reactions = (media if people[1] is None else members).aggregate(
        total=Sum("interactions"), known=Count("interactions")
    )
    kept = media.filter(erased_at__isnull=True).order_by("published_at", "pk")[:MOST_MESSAGES]
    per_outlet = media.values_list("outlet").annotate(count=Count("pk"), first=Min("published_at"))
    return StoryTold(
        media=counted["count"],
        people=people[1],
        has_people=people[0] > 0,
        first_at=counted["first"],
        last_at=counted["last"],
        outlets=tuple((outlet, count) for outlet, count, _first in per_outlet.order_by("first", "outlet")),
        interactions=reactions["total"],
        interactions_of=reactions["known"],
        messages=tuple(kept.defer("text")),
        erased=counted["erased"],
    )


def _people(rows: QuerySet[Message]) -> tuple[int, int | None]:
    """Add up rounded days of ten people or more, as the engine does message by message."""
    authors = Count("author_day_hash", distinct=True, filter=~Q(author_day_hash=""))
    days = list(rows.values_list("day").annotate(count=Count("pk"), authors=authors))
    shown = sum(rounded_count(count, people) or 0 for _day, count, people in days)
    return sum(count for _day, count, _people in days), shown or None
