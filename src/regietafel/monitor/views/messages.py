"""Messages of a monitor, one by one: published media only; of people there are only numbers."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import Action, DetailPage, Empty, Header, ListPage, PostPage
from regietafel.kit.refusal import Refused
from regietafel.monitor.forms.tones import TONES, ToneForm
from regietafel.monitor.models import Message, Monitor
from regietafel.monitor.models.messages import MessageKind
from regietafel.monitor.selectors.actors import (
    counting_actors,
    finder_of,
    named_in,
    naming,
    texts_of_message,
)
from regietafel.monitor.selectors.handovers import may_hand_over
from regietafel.monitor.selectors.messages import shown_messages
from regietafel.monitor.selectors.tones import tone_of
from regietafel.monitor.services.looking import note_look
from regietafel.monitor.services.tones import correct_tone
from regietafel.monitor.views.pages import OwnPeoplePage, WritingPage, person

PERIODS = (
    ("1", _("sinds gisteren")),
    ("7", _("7 dagen")),
    ("30", _("30 dagen")),
)
MEDIA = ((MessageKind.NEWS.value, MessageKind.NEWS.label), (MessageKind.PRESS.value, MessageKind.PRESS.label))


def _since(rows: QuerySet[Message], days: str) -> QuerySet[Message]:
    return rows.filter(day__gte=timezone.localdate() - timedelta(days=int(days)))


def _spec(monitor: Monitor) -> ListSpec:
    """Return the list; who is named is a colour and a choice, and never counted or followed."""
    actors = {str(actor.pk): actor for actor in counting_actors(monitor.dossier.organisation)}
    finder = finder_of(actors.values())

    def marks(message: Message) -> str:
        named = named_in(finder, texts_of_message(message))
        return render_to_string("monitor/parts/actors.html", {"actors": named})

    def about(rows: QuerySet[Message], actor: str) -> QuerySet[Message]:
        return naming(rows, actor=actors[actor], monitor=monitor)

    def choices(_user: Any) -> list[tuple[str, str]]:
        return [(number, actor.name) for number, actor in actors.items()]

    shown = (Column("actor", _("Actor"), marks),) if actors else ()
    chosen = (Filter("actor", _("Actor"), choices, about),) if actors else ()
    return ListSpec(
        columns=(
            Column("kop", _("Kop"), "title", sort=("title",), key_fact=True),
            Column("medium", _("Medium"), "outlet", sort=("outlet",), key_fact=True),
            Column("moment", _("Gepubliceerd"), "published_at", sort=("published_at",)),
            Column("soort", _("Soort"), "get_kind_display"),
            *shown,
            Column("versies", _("Versies"), "version", sort=("version",), numeric=True),
        ),
        filters=(
            Filter("sinds", _("Periode"), lambda _user: PERIODS, _since),
            Filter("soort", _("Soort"), lambda _user: MEDIA, "kind"),
            *chosen,
        ),
        search=("title", "text", "outlet"),
        default_sort="-moment",
    )


class MonitorMessages(OwnPeoplePage, ListPage):
    """News and press that answer the question; looking leaves a trace."""

    template_name = "monitor/messages.html"

    def prepare(self) -> None:
        super().prepare()
        self.spec = _spec(self.monitor)

    def rows(self) -> QuerySet[Message]:
        return shown_messages(self.monitor)

    def url_of(self, subject: Message) -> str:
        return reverse("monitor-message", args=[self.monitor.pk, subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er zijn nog geen berichten uit nieuws of pers."),
            _(
                "Berichten komen binnen via de bronnen van deze monitor. "
                "Tekst ouder dan de bewaartermijn is gewist."
            ),
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note_look(monitor=self.monitor, by=person(request))
        return super().get(request, **kwargs)


class MonitorMessage(OwnPeoplePage, DetailPage):
    """One published message with its earlier versions."""

    template_name = "monitor/message.html"
    message: Message

    def prepare(self) -> None:
        super().prepare()
        self.message = get_object_or_404(shown_messages(self.monitor), pk=self.kwargs["message"])

    def header(self) -> Header:
        back = reverse("monitor-messages", args=[self.monitor.pk])
        crumbs = ((_("Omgeving"), reverse("monitors")), (self.monitor.title, back), (_("Bericht"), None))
        title = self.message.title or _("Bericht zonder kop")
        return Header(title, breadcrumbs=crumbs, actions=self.actions())

    def actions(self) -> tuple[Action, ...]:
        return (*self._asking(), *self._handing_over())

    def _asking(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        page = reverse("monitor-question", args=[self.monitor.pk])
        asked = f"{page}?bericht={self.message.key}&van=bericht"
        return (Action(_("Maak er een vraag van"), asked),)

    def _handing_over(self) -> tuple[Action, ...]:
        if not may_hand_over(self.request.user, self.monitor):
            return ()
        url = reverse("hand-over", args=[self.monitor.pk, self.message.pk])
        return (Action(_("Draag over aan de politie"), url),)

    def context(self) -> dict[str, Any]:
        finder = finder_of(counting_actors(self.monitor.dossier.organisation))
        return super().context() | {
            "message": self.message,
            "versions": self.message.versions.all(),
            "actors": named_in(finder, texts_of_message(self.message)),
            "tone": tone_of(self.message),
            "tones": TONES,
        }

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note_look(monitor=self.monitor, by=person(request))
        return super().get(request, **kwargs)


class CorrectTone(WritingPage, PostPage):
    """Set the tone of a message right."""

    message: Message

    def prepare(self) -> None:
        super().prepare()
        self.message = get_object_or_404(shown_messages(self.monitor), pk=self.kwargs["message"])

    def act(self) -> str:
        form = ToneForm(self.request.POST)
        if not form.is_valid():
            raise Refused(_("Kies positief, neutraal of negatief."))
        correct_tone(
            monitor=self.monitor,
            message=self.message,
            tone=form.cleaned_data["tone"],
            by=person(self.request),
        )
        messages.success(self.request, _("De toon is rechtgezet en telt zo mee in alle totalen."))
        return self.fallback_url()

    def fallback_url(self) -> str:
        return reverse("monitor-message", args=[self.monitor.pk, self.message.pk])


urlpatterns = [
    path("omgeving/monitors/<int:pk>/berichten", MonitorMessages.as_view(), name="monitor-messages"),
    path(
        "omgeving/monitors/<int:pk>/berichten/<int:message>", MonitorMessage.as_view(), name="monitor-message"
    ),
    path(
        "omgeving/monitors/<int:pk>/berichten/<int:message>/toon", CorrectTone.as_view(), name="monitor-tone"
    ),
]
