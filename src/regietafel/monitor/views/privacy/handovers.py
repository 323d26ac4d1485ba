"""Messages handed to the police: the list, one of them, and handing one over from its page."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.downloads import download
from regietafel.kit.lists import Column, ListSpec
from regietafel.kit.pages import DetailPage, Empty, FormPage, Header, ListPage, Page
from regietafel.kit.refusal import Refused
from regietafel.monitor.adapters.exporters.letters import PAPER
from regietafel.monitor.forms.privacy import HandoverForm
from regietafel.monitor.models import Message, PoliceHandover
from regietafel.monitor.selectors.handovers import is_fetched, may_hand_over, visible_handovers
from regietafel.monitor.selectors.messages import shown_messages
from regietafel.monitor.selectors.retention import working_organisations
from regietafel.monitor.services.handover import fetch_text, hand_over
from regietafel.monitor.services.looking import note_look
from regietafel.monitor.views.pages import OwnPeoplePage, person
from regietafel.monitor.views.privacy.overview import ROOT, crumbs


class Handovers(ListPage):
    """Which messages went to the police, by whom and why."""

    tab_set = "privacy"
    spec = ListSpec(
        columns=(
            Column("moment", _("Overgedragen"), "handed_at", sort=("handed_at",), key_fact=True),
            Column("grond", _("Grond"), "ground", sort=("ground",), key_fact=True),
            Column("aan", _("Aan"), "recipient", sort=("recipient",)),
            Column("door", _("Door"), "handed_by.name", sort=("handed_by__name",)),
            Column("monitor", _("Monitor"), "monitor.title", sort=("monitor__title",)),
        ),
        search=("ground", "recipient", "monitor__title"),
        default_sort="-moment",
        export_name="overdrachten",
    )

    def allowed(self) -> bool:
        return working_organisations(self.request.user).exists()

    def header(self) -> Header:
        return Header(
            _("Overdrachten aan de politie"),
            _("Met de hand overgedragen berichten. De tekst staat hier niet; er gaat niets vanzelf."),
            crumbs((_("Overdrachten"), None)),
        )

    def rows(self) -> QuerySet[PoliceHandover]:
        return visible_handovers(self.request.user)

    def url_of(self, subject: PoliceHandover) -> str:
        return reverse("handover", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is niets overgedragen"),
            _("Een overdracht begint bij een bericht. Is er nu gevaar? Bel 112."),
        )


class HandoverPage(Page):
    """A page of one handover."""

    handover: PoliceHandover

    def prepare(self) -> None:
        self.handover = get_object_or_404(visible_handovers(self.request.user), pk=self.kwargs["pk"])

    def own_url(self) -> str:
        """Return the page of the handover."""
        return reverse("handover", args=[self.handover.pk])

    def header(self) -> Header:
        steps = ((_("Overdrachten"), reverse("handovers")), (str(self.handover.pk), None))
        title = _("Overdracht nr. %s") % self.handover.pk
        return Header(title, self.handover.monitor.title, crumbs(*steps))


class HandoverDetail(HandoverPage, DetailPage):
    """One handover, and its text once for who handed it over."""

    template_name = "monitor/privacy/handover.html"
    tab_set = "privacy"

    def context(self) -> dict[str, Any]:
        found = self.handover
        return {
            "handover": found,
            "may_fetch": found.handed_by_id == self.request.user.pk and not is_fetched(found),
            "kinds": [("docx", "Word"), ("pdf", "PDF")],
            "facts": [
                (_("Overgedragen"), found.handed_at),
                (_("Door"), found.handed_by.name),
                (_("Aan"), found.recipient),
                (_("Grond"), found.ground),
                (_("Waarom"), found.reason),
                (_("Vingerafdruk van de tekst"), found.text_hash),
            ],
        }


class FetchHandover(HandoverPage):
    """The text as a file: once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = self.kwargs["kind"]
        if kind not in PAPER:
            raise Http404
        try:
            content = fetch_text(handover=self.handover, kind=kind, by=person(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.own_url())
        return download(content, name=_("overdracht %s") % self.handover.pk, kind=kind)


class HandOver(OwnPeoplePage, FormPage):
    """Hand a message of media to the police, from its page."""

    form_class = HandoverForm
    template_name = "monitor/privacy/hand_over.html"
    submit_label = _("Draag over")
    tab_set = ""
    message: Message

    def prepare(self) -> None:
        super().prepare()
        self.message = get_object_or_404(shown_messages(self.monitor), pk=self.kwargs["message"])

    def allowed(self) -> bool:
        return super().allowed() and may_hand_over(self.request.user, self.monitor)

    def header(self) -> Header:
        back = reverse("monitor-message", args=[self.monitor.pk, self.message.pk])
        steps = ((_("Omgeving"), reverse("monitors")), (_("Bericht"), back), (_("Overdragen"), None))
        return Header(_("Draag een bericht over aan de politie"), self.message.title, steps)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        note_look(monitor=self.monitor, by=person(request))
        return super().get(request, **kwargs)

    def save(self, form: HandoverForm) -> str:
        made = hand_over(
            message=self.message, monitor=self.monitor, by=person(self.request), **form.cleaned_data
        )
        return reverse("handover", args=[made.pk])

    def success_message(self) -> str:
        return _("De overdracht is vastgelegd. Haal de tekst nu op; dat kan één keer.")


_MESSAGE = "omgeving/monitors/<int:pk>/berichten/<int:message>/overdragen"
urlpatterns = [
    path(f"{ROOT}/overdrachten", Handovers.as_view(), name="handovers"),
    path(f"{ROOT}/overdrachten/<int:pk>", HandoverDetail.as_view(), name="handover"),
    path(f"{ROOT}/overdrachten/<int:pk>/ophalen/<str:kind>", FetchHandover.as_view(), name="handover-fetch"),
    path(_MESSAGE, HandOver.as_view(), name="hand-over"),
]
