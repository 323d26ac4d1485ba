"""Requests of data subjects: the list, a new one, one with its steps, more time, and the answer."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.audit import history
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage, Page
from regietafel.monitor.forms.privacy import AnswerForm, ExtendForm, ReceivedForm
from regietafel.monitor.models import DataRequest
from regietafel.monitor.selectors.data_requests import (
    badge_of,
    is_open,
    searches_of,
    state_words,
    visible_data_requests,
)
from regietafel.monitor.selectors.looks import independently_supervised
from regietafel.monitor.services.data_requests import answer_request, extend_term, open_request
from regietafel.monitor.views.pages import person
from regietafel.monitor.views.privacy.overview import ROOT, crumbs


def _list_url() -> str:
    return reverse("data-requests")


class DataRequests(ListPage):
    """Who asked what, and before when it must be answered; without names."""

    tab_set = "privacy"
    spec = ListSpec(
        columns=(
            Column("zaak", _("Zaaknummer"), "case_number", sort=("case_number",), key_fact=True),
            Column("soort", _("Verzoek"), "get_kind_display", sort=("kind",)),
            Column("stand", _("Stand"), state_words, sort=("state",), badge=badge_of, key_fact=True),
            Column("ontvangen", _("Ontvangen op"), "received_on", sort=("received_on",)),
            Column(
                "termijn", _("Antwoord uiterlijk"), "answer_before", sort=("answer_before",), key_fact=True
            ),
            Column("gewist", _("Gewist"), "erased_count", numeric=True),
            Column("organisatie", _("Organisatie"), "organisation.name", sort=("organisation__name",)),
        ),
        filters=(
            Filter("stand", _("Stand"), lambda _user: DataRequest.State.choices, "state"),
            Filter("soort", _("Verzoek"), lambda _user: DataRequest.Kind.choices, "kind"),
        ),
        search=("case_number",),
        default_sort="termijn",
        export_name="verzoeken-van-betrokkenen",
    )

    def allowed(self) -> bool:
        return independently_supervised(self.request.user).exists()

    def header(self) -> Header:
        return Header(
            _("Verzoeken van betrokkenen"),
            _("Iemand wil weten wat wij bewaren, of wil het laten wissen. Antwoord binnen een maand."),
            crumbs((_("Verzoeken"), None)),
            (Action(_("Nieuw verzoek"), reverse("data-request-create"), primary=True),),
        )

    def rows(self) -> QuerySet[DataRequest]:
        return visible_data_requests(self.request.user)

    def url_of(self, subject: DataRequest) -> str:
        return reverse("data-request", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog geen verzoek"),
            _("Zet een verzoek hier zodra het binnenkomt: dan loopt de termijn mee op Vandaag."),
            Action(_("Nieuw verzoek"), reverse("data-request-create")),
        )


class CreateDataRequest(FormPage):
    """A request that came in."""

    form_class = ReceivedForm
    submit_label = _("Leg vast")
    made: DataRequest

    def allowed(self) -> bool:
        return independently_supervised(self.request.user).exists()

    def header(self) -> Header:
        purpose = _("De naam van de aanvrager blijft in uw zaaksysteem.")
        return Header(
            _("Nieuw verzoek"), purpose, crumbs((_("Verzoeken"), _list_url()), (_("Nieuw verzoek"), None))
        )

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: ReceivedForm) -> str:
        organisation = form.cleaned_data["organisation"]
        made = open_request(organisation=organisation, received=form.received(), by=person(self.request))
        return reverse("data-request", args=[made.pk])


class DataRequestPage(Page):
    """A page of one request, for who handles it."""

    asked: DataRequest
    step = ""

    def prepare(self) -> None:
        self.asked = get_object_or_404(visible_data_requests(self.request.user), pk=self.kwargs["pk"])

    def own_url(self) -> str:
        """Return the page of the request."""
        return reverse("data-request", args=[self.asked.pk])

    def header(self) -> Header:
        steps = (
            (_("Verzoeken"), _list_url()),
            (self.asked.case_number, self.own_url()),
            (str(self.step), None),
        )
        return Header(str(self.step), self._what(), crumbs(*steps))

    def _what(self) -> str:
        words = {"kind": self.asked.get_kind_display(), "number": self.asked.case_number}
        return _("Verzoek om %(kind)s, zaak %(number)s.") % words


class DataRequestDetail(DataRequestPage, DetailPage):
    """One request: where it stands, what was found, and the next step."""

    template_name = "monitor/privacy/request.html"
    tab_set = "privacy"

    def header(self) -> Header:
        steps = ((_("Verzoeken"), _list_url()), (self.asked.case_number, None))
        kind = self.asked.get_kind_display()
        title = _("Verzoek om %(kind)s: %(number)s") % {"kind": kind, "number": self.asked.case_number}
        return Header(title, self.asked.organisation.name, crumbs(*steps), self.actions())

    def actions(self) -> tuple[Action, ...]:
        """Return the steps that can be taken now."""
        if not is_open(self.asked):
            return ()
        pk = [self.asked.pk]
        return (
            Action(_("Verleng de termijn"), reverse("data-request-extend", args=pk)),
            Action(_("Sluit af"), reverse("data-request-answer", args=pk)),
            Action(_("Zoek in berichten"), reverse("data-request-seek", args=pk), primary=True),
        )

    def context(self) -> dict[str, Any]:
        asked = self.asked
        facts = [
            (_("Ontvangen op"), asked.received_on),
            (_("Antwoord uiterlijk"), asked.answer_before),
            (_("Laatst gezocht"), asked.searched_at or _("nog niet")),
            (_("Berichten gewist"), asked.erased_count),
            (_("Behandeld door"), str(asked.handled_by or _("onbekend"))),
            *([(_("Afgesloten"), asked.closed_at)] if asked.closed_at else []),
        ]
        return {
            "asked": asked,
            "facts": facts,
            "badge": (badge_of(asked), state_words(asked)),
            "searches": searches_of(asked),
            "events": [(event, event.action.replace(".", " ").capitalize()) for event in history(asked)],
        }


class ExtendDataRequest(DataRequestPage, FormPage):
    """Two months more, once."""

    form_class = ExtendForm
    step = _("Verleng de termijn")
    submit_label = _("Verleng met twee maanden")

    def save(self, form: ExtendForm) -> str:
        extend_term(request=self.asked, by=person(self.request), **form.cleaned_data)
        return self.own_url()

    def success_message(self) -> str:
        return _("De termijn is verlengd. Laat dat de aanvrager weten.")


class AnswerDataRequest(DataRequestPage, FormPage):
    """The answer, after which nothing changes."""

    form_class = AnswerForm
    step = _("Sluit het verzoek af")
    submit_label = _("Sluit af")

    def save(self, form: AnswerForm) -> str:
        answer_request(request=self.asked, by=person(self.request), **form.cleaned_data)
        return self.own_url()

    def success_message(self) -> str:
        return _("Het verzoek is afgesloten.")


_ONE = f"{ROOT}/verzoeken/<int:pk>"
urlpatterns = [
    path(f"{ROOT}/verzoeken", DataRequests.as_view(), name="data-requests"),
    path(f"{ROOT}/verzoeken/nieuw", CreateDataRequest.as_view(), name="data-request-create"),
    path(_ONE, DataRequestDetail.as_view(), name="data-request"),
    path(f"{_ONE}/verlengen", ExtendDataRequest.as_view(), name="data-request-extend"),
    path(f"{_ONE}/afsluiten", AnswerDataRequest.as_view(), name="data-request-answer"),
]
