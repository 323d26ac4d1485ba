"""What the pages of a location, a group and a booking share: finding it, its header and who may change it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.kit.pages import Action, Header, Page
from regietafel.reception.models import Booking, Group, Location
from regietafel.reception.selectors.access import (
    may_book,
    may_coordinate,
    may_keep,
    visible_bookings,
    visible_groups,
    visible_locations,
)
from regietafel.register.public import User

STEP = "reception/step.html"
"""The template of a step that says what it is about and what happens."""

Crumb = tuple[str, str | None]


def person(request: HttpRequest) -> User:
    """Return who acts; every page that changes something is only for people who logged in."""
    assert isinstance(request.user, User)
    return request.user


class LocationPage(Page):
    """A page of one location that the person may read."""

    step: Any = ""
    location: Location

    def prepare(self) -> None:
        self.location = get_object_or_404(visible_locations(self.request.user), pk=self.kwargs["pk"])

    @property
    def may_keep(self) -> bool:
        """Say whether this person keeps the location."""
        return may_keep(self.request.user, self.location)

    @property
    def may_book(self) -> bool:
        """Say whether this person promises and fills its places."""
        return may_book(self.request.user, self.location)

    def back_url(self) -> str:
        """Return the page of the location."""
        return reverse("reception-location", args=[self.location.pk])

    def header(self) -> Header:
        name = self.location.name
        here: tuple[Crumb, ...] = ((name, None),)
        if self.step:
            here = ((name, self.back_url()), (str(self.step), None))
        return Header(
            title=str(self.step) or name,
            purpose=self.purpose(),
            breadcrumbs=(
                (_("Opvang"), reverse("reception")),
                (_("Locaties"), reverse("reception-locations")),
                *here,
            ),
            actions=self.actions(),
        )

    def purpose(self) -> str:
        """Return the line under the title."""
        return self.location.name if self.step else str(self.location.municipality)

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {"location": self.location, "may_keep": self.may_keep, "may_book": self.may_book}


class KeepingPage(LocationPage):
    """A step below a location, for who keeps it."""

    def allowed(self) -> bool:
        return self.may_keep


class BookingPage(Page):
    """A page of one booking that the person may read."""

    step: Any = ""
    booking: Booking

    def prepare(self) -> None:
        self.booking = get_object_or_404(visible_bookings(self.request.user), pk=self.kwargs["pk"])

    @property
    def location(self) -> Location:
        """Return where the booking is."""
        return self.booking.pool.location

    @property
    def may_change(self) -> bool:
        """Say whether this line still holds, and this person books here."""
        return self.booking.superseded_at is None and may_book(self.request.user, self.location)

    def back_url(self) -> str:
        """Return the page of the location."""
        return reverse("reception-location", args=[self.location.pk])

    def name(self) -> str:
        """Return what the booking is called."""
        who = self.booking.group.code if self.booking.group else self.booking.origin
        told = _("%(kind)s van %(people)d") % {
            "kind": self.booking.get_kind_display().capitalize(),
            "people": self.booking.people,
        }
        return f"{told}, {who}" if who else told

    def header(self) -> Header:
        own = reverse("reception-booking", args=[self.booking.pk])
        here: tuple[Crumb, ...] = ((self.name(), own), (str(self.step), None))
        return Header(
            title=str(self.step) or self.name(),
            purpose=f"{self.location.name}, {self.booking.pool.get_kind_display()}",
            breadcrumbs=(
                (_("Opvang"), reverse("reception")),
                (_("Locaties"), reverse("reception-locations")),
                (self.location.name, self.back_url()),
                *(here if self.step else ((self.name(), None),)),
            ),
            actions=self.actions(),
        )

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()


class ChangingBookingPage(BookingPage):
    """A step below a booking, for who books there."""

    def allowed(self) -> bool:
        return self.may_change


class GroupPage(Page):
    """A page of one group that the person may read."""

    step: Any = ""
    group: Group

    def prepare(self) -> None:
        self.group = get_object_or_404(visible_groups(self.request.user), pk=self.kwargs["pk"])

    @property
    def may_change(self) -> bool:
        """Say whether this person looks for its place."""
        return may_coordinate(self.request.user, self.group.organisation_id)

    def back_url(self) -> str:
        """Return the page of the group."""
        return reverse("reception-group", args=[self.group.pk])

    def header(self) -> Header:
        name = _("Groep %s") % self.group.code
        here: tuple[Crumb, ...] = ((name, self.back_url()), (str(self.step), None))
        return Header(
            title=str(self.step) or name,
            purpose=name if self.step else "",
            breadcrumbs=(
                (_("Opvang"), reverse("reception")),
                (_("Groepen"), reverse("reception-groups")),
                *(here if self.step else ((name, None),)),
            ),
            actions=self.actions(),
        )

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()


class CoordinatingPage(GroupPage):
    """A step below a group, for who looks for its place."""

    def allowed(self) -> bool:
        return self.may_change
