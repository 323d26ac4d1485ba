"""Verhalen: what many media brought as one, and who brought it."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import DetailPage, Empty, Header, ListPage
from regietafel.monitor.models import Story
from regietafel.monitor.selectors.stories import stories_of, tell_story
from regietafel.monitor.services.looking import note_look
from regietafel.monitor.views.messages import PERIODS
from regietafel.monitor.views.pages import OwnPeoplePage, person


def _since(rows: QuerySet[Story], days: str) -> QuerySet[Story]:
    begin = timezone.now() - timedelta(days=int(days))
    return rows.filter(last_at__gte=begin)


class MonitorStories(OwnPeoplePage, ListPage):
    """The stories that media brought, each counted once; looking leaves a trace."""

    template_name = "monitor/stories.html"
    tab_set = ""
    spec = ListSpec(
        columns=(
            Column("kop", _("Kop"), "title", sort=("title",), key_fact=True),
            Column("berichten", _("Berichten"), "size", sort=("size",), numeric=True, key_fact=True),
            Column("eerste", _("Eerste bericht"), "first_at", sort=("first_at",)),
            Column("laatste", _("Laatste bericht"), "last_at", sort=("last_at",)),
        ),
        filters=(Filter("sinds", _("Laatste bericht"), lambda _user: PERIODS, _since),),
        search=("title",),
        default_sort="-laatste",
    )

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (self.monitor.title, reverse("monitor", args=[self.monitor.pk])),
            (_("Verhalen"), None),
        )
        return Header(_("Verhalen"), self.monitor.title, crumbs)

    def rows(self) -> QuerySet[Story]:
        return stories_of(self.monitor)

    def url_of(self, subject: Story) -> str:
        return reverse("monitor-story", args=[self.monitor.pk, subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er zijn nog geen verhalen."),
            _(
                "Na een levering zetten wij berichten die hetzelfde vertellen bij elkaar. "
                "Kijk over enkele minuten weer."
            ),
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note_look(monitor=self.monitor, by=person(request))
        return super().get(request, **kwargs)


class MonitorStory(OwnPeoplePage, DetailPage):
    """One story with the media messages that brought it."""

    template_name = "monitor/story.html"
    tab_set = ""
    story: Story

    def prepare(self) -> None:
        super().prepare()
        self.story = get_object_or_404(stories_of(self.monitor), pk=self.kwargs["story"])

    def header(self) -> Header:
        crumbs = (
            (_("Omgeving"), reverse("monitors")),
            (self.monitor.title, reverse("monitor", args=[self.monitor.pk])),
            (_("Verhalen"), reverse("monitor-stories", args=[self.monitor.pk])),
            (_("Verhaal"), None),
        )
        return Header(self.story.title, self.monitor.title, crumbs)

    def context(self) -> dict[str, Any]:
        return super().context() | {"story": self.story, "told": tell_story(self.story)}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note_look(monitor=self.monitor, by=person(request))
        return super().get(request, **kwargs)


_ONE = "omgeving/monitors/<int:pk>/verhalen"
urlpatterns = [
    path(_ONE, MonitorStories.as_view(), name="monitor-stories"),
    path(f"{_ONE}/<int:story>", MonitorStory.as_view(), name="monitor-story"),
]
