"""What programs read through the API: never a message, never a draft, never the address of a feed."""

from typing import Any

from django.db.models import QuerySet

from regietafel.monitor.models import MediaPicture, Monitor, PlaceProfile, Source
from regietafel.monitor.selectors.monitors import visible_monitors
from regietafel.monitor.selectors.pictures import visible_pictures
from regietafel.register.public import own_organisations


def monitors_of_program(user: Any) -> QuerySet[Monitor]:
    """Return the monitors of the dossiers a key may read."""
    return visible_monitors(user).prefetch_related("sources")


def sources_of_program(user: Any) -> QuerySet[Source]:
    """Return the sources of the organisation a key belongs to."""
    return Source.objects.filter(organisation__in=own_organisations(user))


def places_of_program(user: Any) -> QuerySet[PlaceProfile]:
    """Return the place profiles of the organisation a key belongs to."""
    return PlaceProfile.objects.filter(organisation__in=own_organisations(user))


def pictures_of_program(user: Any) -> QuerySet[MediaPicture]:
    """Return the published pictures of the dossiers a key may read."""
    return visible_pictures(user).filter(state=MediaPicture.State.PUBLISHED)
