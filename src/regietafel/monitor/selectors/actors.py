"""Public actors: the list an organisation keeps, and which of them a text names; only reviewed ones count."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from regietafel.monitor.adapters import word_index
from regietafel.monitor.adapters.names import name_lists
from regietafel.monitor.engine.content.actors import (
    FUNCTION,
    MEDIUM,
    ORGANISATION,
    Actors,
    PrivatePersonRefused,
    public_actor,
)
from regietafel.monitor.engine.content.actors import PublicActor as Found
from regietafel.monitor.engine.picture import PictureFigures
from regietafel.monitor.engine.picture.figures import StoryFigures, StoryMember
from regietafel.monitor.engine.query.words import split_words
from regietafel.monitor.engine.searching import MOST_LETTERS, AllOf, AnyOf, Demand, Has, number_at
from regietafel.monitor.models import Message, Monitor, PublicActor
from regietafel.monitor.selectors.searching import MEDIA
from regietafel.register.public import Organisation, may, organisations_with

Kind = PublicActor.Kind
MOST_SOUGHT = 20_000  # of the newest messages that hold the words of a name
LAST_PLACE = 2**63 - 1
READ_AT_ONCE = 500
COUNTS = Q(is_active=True, reviewed_at__isnull=False)


def visible_actors(user: Any) -> QuerySet[PublicActor]:
    """Return the lists of the organisations in which a person steers monitors, or approves."""
    writes, approves = (organisations_with(user, right) for right in ("may_write", "may_approve"))
    return PublicActor.objects.filter(
        Q(organisation__in=writes) | Q(organisation__in=approves)
    ).select_related("organisation", "added_by", "reviewed_by")


def may_see_actors(user: Any) -> bool:
    """Say whether a person may open the lists at all."""
    return any(organisations_with(user, right).exists() for right in ("may_write", "may_approve"))


def may_change_actor(user: Any, actor: PublicActor) -> bool:
    """Say whether a person may change an actor: who steers monitors in its organisation."""
    return may(user, "may_write", organisation_id=actor.organisation_id)


def may_review_actor(user: Any, actor: PublicActor) -> bool:
    """Say whether a person may review an actor: a colleague who did not write the entry."""
    rights = (
        may(user, right, organisation_id=actor.organisation_id) for right in ("may_write", "may_approve")
    )
    return actor.added_by_id != user.pk and any(rights)


def state_of(actor: PublicActor) -> tuple[str, str]:
    """Return where an actor stands: the kind of badge, and its word."""
    if not actor.is_active:
        return "neutraal", _("van de lijst")
    return ("ok", _("telt mee")) if actor.reviewed_at else ("let-op", _("nog niet nagekeken"))


def fault_of(*, kind: str, name: str, written_as: Sequence[str]) -> str:
    """Say why an actor may not stand on the list; empty when it may."""
    try:
        _checked(kind, name, written_as=written_as)
    except PrivatePersonRefused as refusal:
        told = {"written": refusal.written, "reason": refusal.reason}
        return _("“%(written)s”: %(reason)s. Hier staan alleen organisaties en openbare functies.") % told
    return ""


def _checked(kind: str, name: str, *, written_as: Sequence[str]) -> Found:
    known = {Kind.MEDIUM.value: MEDIUM, Kind.FUNCTION.value: FUNCTION}
    return public_actor(known.get(kind, ORGANISATION), name, names=name_lists(), also=written_as)


def as_read(actor: PublicActor) -> str:
    """Return a code of what an entry says, so that nobody approves what changed meanwhile."""
    said = json.dumps([actor.kind, actor.name, actor.written_as, actor.reason, actor.is_active])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def counting_actors(organisation: Organisation) -> QuerySet[PublicActor]:
    """Return the actors that count: reviewed, and not taken off the list."""
    return PublicActor.objects.filter(COUNTS, organisation=organisation).order_by("name")


def finder_of(actors: Iterable[PublicActor]) -> Actors:
    """Return what finds actors in texts; an entry that the guard would refuse today finds nothing."""
    found = []
    for actor in actors:
        try:
            found.append(_checked(actor.kind, actor.name, written_as=actor.written_as))
        except ValueError:
            continue
    return Actors(found)


def named_in(finder: Actors, texts: Iterable[str]) -> tuple[Found, ...]:
    """Return the actors that some texts name, each once; a name never runs from one text into the next."""
    return tuple(dict.fromkeys(actor for text in texts for actor in finder.of(text)))


def texts_of_message(message: Message) -> tuple[str, str, str]:
    """Return where an actor may be named: who brought it, headline and text."""
    return message.outlet, message.title, message.text


def naming(rows: QuerySet[Message], *, actor: PublicActor, monitor: Monitor) -> QuerySet[Message]:
    """Keep the media messages of a monitor that an actor brought, or that name it."""
    places = word_index.candidates(_demand(actor, monitor), first=0, before=LAST_PLACE, most=MOST_SOUGHT)
    numbers, finder, found = [number_at(place) for place in places], finder_of([actor]), []
    for start in range(0, len(numbers), READ_AT_ONCE):
        some = rows.filter(pk__in=numbers[start : start + READ_AT_ONCE])
        found += [message.pk for message in some if named_in(finder, texts_of_message(message))]
    return rows.filter(pk__in=found)


def _demand(actor: PublicActor, monitor: Monitor) -> Demand:
    sources = monitor.sources.values_list("pk", flat=True)
    names = [split_words(name) for name in (actor.name, *actor.written_as)]
    written = [
        AllOf(tuple(Has(f"{where}{word[:MOST_LETTERS]}") for word in words))
        for words in names
        for where in ("", "bron=")
        if words
    ]
    return AllOf((AnyOf(tuple(Has(f"{MEDIA}={pk}") for pk in sources)), AnyOf(tuple(written))))


@dataclass(frozen=True)
class StoryWithActors:
    """A story, with the actors that its headlines name or that brought it."""

    title: str
    first_at: datetime
    size: int
    outlets: tuple[str, ...]
    members: tuple[StoryMember, ...]
    actors: tuple[Found, ...]


@dataclass(frozen=True)
class StoriesWithActors:
    """The stories of some figures, as the page shows them."""

    stories: tuple[StoryWithActors, ...]
    story_count: int


def stories_with_actors(figures: PictureFigures, *, organisation: Organisation) -> StoriesWithActors:
    """Return the stories of some figures with the actors beside them; nothing is counted per actor."""
    finder = finder_of(counting_actors(organisation))
    told = tuple(_with_actors(story, finder) for story in figures.stories)
    return StoriesWithActors(told, figures.story_count)


def _with_actors(story: StoryFigures, finder: Actors) -> StoryWithActors:
    texts = (*story.outlets, story.title, *(member.title for member in story.members))
    return StoryWithActors(
        title=story.title,
        first_at=story.first_at,
        size=story.size,
        outlets=story.outlets,
        members=story.members,
        actors=named_in(finder, texts),
    )
