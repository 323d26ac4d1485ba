"""What the pages of one monitor share: finding it, its header and who may change it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.kit.pages import Action, Header, Page
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.monitors import may_steer, visible_monitors, works_for
from regietafel.register.public import User

State = Monitor.State
STATE_BADGES = {
    State.DRAFT: "neutraal",
    State.RUNNING: "ok",
    State.PAUSED: "let-op",
    State.STOPPED: "neutraal",
}


def person(request: HttpRequest) -> User:
    """Return who acts; every page that changes something is only for people who logged in."""
    assert isinstance(request.user, User)
    return request.user


class MonitorPage(Page):
    """A page of one monitor that the person may see."""

    tab_set = "monitor"
    monitor: Monitor

    def prepare(self) -> None:
        self.monitor = get_object_or_404(visible_monitors(self.request.user), pk=self.kwargs["pk"])

    def subject(self) -> Monitor:
        return self.monitor

    @property
    def may_change(self) -> bool:
        """Say whether this person may change the monitor."""
        return may_steer(self.request.user, self.monitor.dossier)

    def header(self) -> Header:
        return Header(
            title=self.monitor.title,
            purpose=_("Monitor bij het dossier “%s”.") % self.monitor.dossier.title,
            breadcrumbs=((_("Omgeving"), reverse("monitors")), (self.monitor.title, None)),
            actions=self.actions(),
        )

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {
            "monitor": self.monitor,
            "state_badge": STATE_BADGES[State(self.monitor.state)],
            "may_change": self.may_change,
        }


class WritingPage(MonitorPage):
    """A step below a monitor, for those who may change it."""

    step = ""
    tab_set = ""
    back = "monitor"

    def allowed(self) -> bool:
        return self.may_change

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (self.monitor.title, self.back_url()),
            (str(self.step), None),
        )
        return Header(title=str(self.step), purpose=self.monitor.title, breadcrumbs=crumbs)

    def back_url(self) -> str:
        """Return the page of the monitor this step was taken from."""
        return reverse(self.back, args=[self.monitor.pk])


class OwnPeoplePage(MonitorPage):
    """A page of a monitor for people who work for its organisation; others see only what was published."""

    def allowed(self) -> bool:
        return works_for(self.request.user, self.monitor.dossier.organisation_id)
