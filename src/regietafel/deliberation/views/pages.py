"""What the pages of a body and of a meeting share: finding it, its header and who may change it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.deliberation.models import Body, Meeting
from regietafel.deliberation.selectors.access import (
    keeps,
    may_confirm,
    sits,
    visible_bodies,
    visible_meetings,
)
from regietafel.kernel import dutch
from regietafel.kit.pages import Action, Header, Page
from regietafel.register.public import User

STATE_BADGES = {
    Meeting.State.PLANNED: "neutraal",
    Meeting.State.INVITED: "info",
    Meeting.State.RUNNING: "let-op",
    Meeting.State.DRAFT: "let-op",
    Meeting.State.CONFIRMED: "ok",
    Meeting.State.CANCELLED: "neutraal",
}
Crumb = tuple[str, str | None]


def person(request: HttpRequest) -> User:
    """Return who acts; every page that changes something is only for people who logged in."""
    assert isinstance(request.user, User)
    return request.user


class BodyPage(Page):
    """A page of one body that the person may see."""

    tab_set = "body"
    step = ""
    body: Body

    def prepare(self) -> None:
        self.body = get_object_or_404(visible_bodies(self.request.user), pk=self.kwargs["pk"])

    def subject(self) -> Body:
        return self.body

    @property
    def may_change(self) -> bool:
        """Say whether this person keeps the secretariat."""
        return keeps(self.request.user, self.body)

    def header(self) -> Header:
        here: tuple[Crumb, ...] = ((self.body.name, None),)
        if self.step:
            here = ((self.body.name, reverse("body", args=[self.body.pk])), (str(self.step), None))
        return Header(
            title=str(self.step) or self.body.name,
            purpose=self.body.name if self.step else self.body.purpose,
            breadcrumbs=((_("Overleg"), reverse("bodies")), *here),
            actions=self.actions(),
        )

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {"body": self.body, "may_change": self.may_change}


class KeepingBodyPage(BodyPage):
    """A step below a body, for its secretariat."""

    tab_set = ""

    def allowed(self) -> bool:
        return self.may_change


class MeetingPage(Page):
    """A page of one meeting that the person may know of."""

    tab_set = "meeting"
    step = ""
    meeting: Meeting

    def prepare(self) -> None:
        self.meeting = get_object_or_404(visible_meetings(self.request.user), pk=self.kwargs["pk"])

    def subject(self) -> Meeting:
        return self.meeting

    @property
    def may_change(self) -> bool:
        """Say whether this person keeps the secretariat."""
        return keeps(self.request.user, self.meeting.body)

    @property
    def may_confirm(self) -> bool:
        """Say whether this person may lay down the minutes."""
        return may_confirm(self.request.user, self.meeting.body)

    @property
    def reads_body(self) -> bool:
        """Say whether this person sits at the table; a guest does not."""
        return sits(self.request.user, self.meeting)

    def header(self) -> Header:
        body = self.meeting.body
        over: Crumb = (body.name, reverse("body", args=[body.pk]) if self.reads_body else None)
        here: tuple[Crumb, ...] = ((self._name(), None),)
        if self.step:
            here = ((self._name(), reverse("meeting", args=[self.meeting.pk])), (str(self.step), None))
        return Header(
            title=str(self.step) or self._name(),
            purpose=f"{dutch.moment(self.meeting.starts_at)}, {self.meeting.place}".rstrip(", "),
            breadcrumbs=((_("Overleg"), reverse("bodies")), over, *here),
            actions=self.actions(),
        )

    def _name(self) -> str:
        return self.meeting.title or _("%(body)s, vergadering %(number)s") % {
            "body": self.meeting.body.name,
            "number": self.meeting.number,
        }

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {
            "meeting": self.meeting,
            "state_badge": STATE_BADGES[Meeting.State(self.meeting.state)],
            "may_change": self.may_change,
            "may_confirm": self.may_confirm,
        }


class KeepingMeetingPage(MeetingPage):
    """A step below a meeting, for the secretariat."""

    tab_set = ""

    def allowed(self) -> bool:
        return self.may_change
