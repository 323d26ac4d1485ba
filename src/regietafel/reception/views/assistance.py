"""Requests for assistance: a list, a new one, who answered what, an answer, and closing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.fields import number_sent
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, Page
from regietafel.reception.forms.assistance import AnswerForm, AskForm, CloseForm
from regietafel.reception.models import AssistanceRequest
from regietafel.reception.selectors.access import may_coordinate, visible_requests
from regietafel.reception.selectors.assistance import RequestState, answerable, states_of
from regietafel.reception.services.assistance import Offer, answer_request, ask_assistance, close_request
from regietafel.reception.views.regions import Crumb, RegionPage, person


class Requests(RegionPage):
    """What other regions asked, open requests first."""

    template_name = "reception/requests.html"
    title = gettext_lazy("Bijstand")
    purpose = gettext_lazy("Wat andere regio’s aan plaatsen vragen, en wat elke gemeente antwoordt.")

    def actions(self) -> tuple[Action, ...]:
        if not self.coordinates:
            return ()
        return (Action(_("Nieuw bijstandsverzoek"), reverse("assistance-new"), primary=True),)

    def context(self) -> dict[str, Any]:
        rows = visible_requests(self.request.user).filter(organisation=self.the_region.point)
        states = states_of(rows.order_by("-asked_on", "-pk"), self.request.user)
        first = Action(_("Nieuw bijstandsverzoek"), reverse("assistance-new")) if self.coordinates else None
        empty = Empty(
            _("Er is nog geen bijstandsverzoek."),
            _("Vraagt een andere regio om plaatsen, dan legt het coördinatiepunt dat hier voor."),
            first,
        )
        return super().context() | {
            "groups": [
                (_("Open"), [one for one in states if one.request.closed_at is None]),
                (_("Afgesloten"), [one for one in states if one.request.closed_at is not None]),
            ],
            "any": bool(states),
            "empty": empty,
        }


class AskAssistance(RegionPage, FormPage):
    """Put a request to the municipalities."""

    tab_set = ""
    template_name = "kit/form.html"
    form_class = AskForm
    title = gettext_lazy("Nieuw bijstandsverzoek")
    submit_label = gettext_lazy("Leg voor aan de gemeenten")

    def allowed(self) -> bool:
        return self.coordinates

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return FormPage.get(self, request, **kwargs)

    def header(self) -> Header:
        crumbs: tuple[Crumb, ...] = (
            (_("Opvang"), reverse("reception")),
            (_("Bijstand"), reverse("assistance")),
            (str(self.title), None),
        )
        return Header(str(self.title), _("Elke gemeente ziet het op Vandaag."), crumbs)

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"asked_on": timezone.localdate()}}

    def save(self, form: Any) -> str:
        made = ask_assistance(region=self.the_region, by=person(self.request), **form.cleaned_data)
        return reverse("assistance-request", args=[made.pk])

    def success_message(self) -> str:
        return _("Het verzoek staat bij alle gemeenten op Vandaag.")


class RequestPage(Page):
    """A page of one request that the person may read."""

    step: Any = ""
    asked: AssistanceRequest
    state: RequestState

    def prepare(self) -> None:
        self.asked = get_object_or_404(visible_requests(self.request.user), pk=self.kwargs["pk"])
        self.state = states_of([self.asked], self.request.user)[0]

    @property
    def coordinates(self) -> bool:
        """Say whether this person may close the request."""
        return self.asked.closed_at is None and may_coordinate(self.request.user, self.asked.organisation_id)

    def url(self) -> str:
        """Return the address of the request."""
        return reverse("assistance-request", args=[self.asked.pk])

    def header(self) -> Header:
        name = _("Verzoek van %s") % self.asked.asked_by
        here: tuple[Crumb, ...] = ((name, None),)
        if self.step:
            here = ((name, self.url()), (str(self.step), None))
        crumbs = ((_("Opvang"), reverse("reception")), (_("Bijstand"), reverse("assistance")), *here)
        told = _("%(places)s gevraagd op %(day)s, antwoord uiterlijk op %(last)s.") % {
            "places": dutch.counted(self.asked.people, one=_("plaats"), many=_("plaatsen")),
            "day": dutch.date(self.asked.asked_on),
            "last": dutch.date(self.asked.answer_by),
        }
        return Header(str(self.step) or name, told, crumbs, self.actions())

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def context(self) -> dict[str, Any]:
        return {"asked": self.asked, "state": self.state}


class RequestDetail(RequestPage, DetailPage):
    """One request with the answer of every municipality."""

    template_name = "reception/request.html"

    def actions(self) -> tuple[Action, ...]:
        found = []
        if any(row.may_answer for row in self.state.rows):
            address = reverse("assistance-answer", args=[self.asked.pk])
            found.append(Action(_("Antwoord"), address, primary=True))
        if self.coordinates:
            found.append(Action(_("Sluit af"), reverse("assistance-close", args=[self.asked.pk])))
        return tuple(found)


class AnswerRequest(RequestPage, FormPage):
    """Answer for a municipality."""

    template_name = "reception/answer.html"
    form_class = AnswerForm
    step = gettext_lazy("Antwoord")
    submit_label = gettext_lazy("Bewaar het antwoord")

    def allowed(self) -> bool:
        return any(row.may_answer for row in self.state.rows)

    def form_arguments(self) -> dict[str, Any]:
        rows = answerable(self.request.user, self.asked)
        number = number_sent(self.request.GET.get("gemeente", ""))
        chosen = rows.filter(pk=number).first() if number is not None else None
        chosen = chosen or rows.first()
        given = next((row.answer for row in self.state.rows if row.municipality == chosen), None)
        initial: dict[str, Any] = {"municipality": chosen}
        if given is not None:
            initial |= {"places": given.places, "from_on": given.from_on, "note": given.note}
        return {"municipalities": rows, "asked": self.asked, "initial": initial}

    def save(self, form: Any) -> str:
        sent = form.cleaned_data
        offer = Offer(places=sent["places"], from_on=sent["from_on"], note=sent["note"])
        answer_request(
            request=self.asked, municipality=sent["municipality"], offer=offer, by=person(self.request)
        )
        return self.url()


class CloseRequest(RequestPage, FormPage):
    """Close a request with what was answered."""

    template_name = "reception/answer.html"
    form_class = CloseForm
    step = gettext_lazy("Sluit het verzoek af")
    submit_label = gettext_lazy("Sluit af")

    def allowed(self) -> bool:
        return self.coordinates

    def save(self, form: Any) -> str:
        close_request(request=self.asked, outcome=form.cleaned_data["outcome"], by=person(self.request))
        return self.url()


urlpatterns = [
    path("opvang/bijstand", Requests.as_view(), name="assistance"),
    path("opvang/bijstand/nieuw", AskAssistance.as_view(), name="assistance-new"),
    path("opvang/bijstand/<int:pk>", RequestDetail.as_view(), name="assistance-request"),
    path("opvang/bijstand/<int:pk>/antwoord", AnswerRequest.as_view(), name="assistance-answer"),
    path("opvang/bijstand/<int:pk>/sluiten", CloseRequest.as_view(), name="assistance-close"),
]
