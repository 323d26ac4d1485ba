"""The question of a monitor: as it stands, how we read it, what it finds, and its versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from regietafel.kit.pages import DetailPage, FormPage
from regietafel.monitor.forms.monitors import QueryForm
from regietafel.monitor.selectors.monitors import current_query, query_versions
from regietafel.monitor.selectors.trying import try_question
from regietafel.monitor.services.monitors import revise_query
from regietafel.monitor.views.pages import MonitorPage, OwnPeoplePage, WritingPage, person


class MonitorQuery(MonitorPage, DetailPage):
    """The question and its versions."""

    template_name = "monitor/query.html"

    def context(self) -> dict[str, Any]:
        current = current_query(self.monitor)
        return super().context() | {
            "current": current,
            "versions": query_versions(self.monitor),
            "trial": try_question(self.monitor, current.text) if current else None,
        }


class EditQuery(WritingPage, FormPage):
    """A next version of the question, with what it would find beside it."""

    form_class = QueryForm
    template_name = "monitor/query_edit.html"
    step = _("Wijzig de zoekvraag")
    back = "monitor-query"

    def form_arguments(self) -> dict[str, Any]:
        current = current_query(self.monitor)
        return {"initial": {"text": current.text if current else ""}}

    def context(self) -> dict[str, Any]:
        current = current_query(self.monitor)
        text = self.request.POST.get("text") or (current.text if current else "")
        return super().context() | {"trial": try_question(self.monitor, text) if text else None}

    def save(self, form: QueryForm) -> str:
        revise_query(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("De nieuwe versie geldt vanaf nu; de vorige blijft bewaard.")


class TryQuery(OwnPeoplePage):
    """What a question would find, as a piece of a page."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        text = request.POST.get("text", "").strip()
        trial = try_question(self.monitor, text) if text else None
        return render(request, "monitor/parts/trial.html", {"trial": trial})


urlpatterns = [
    path("omgeving/monitors/<int:pk>/zoekvraag", MonitorQuery.as_view(), name="monitor-query"),
    path("omgeving/monitors/<int:pk>/zoekvraag/wijzigen", EditQuery.as_view(), name="monitor-query-edit"),
    path("omgeving/monitors/<int:pk>/zoekvraag/proberen", TryQuery.as_view(), name="monitor-query-try"),
]
