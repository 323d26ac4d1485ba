"""A new monitor: the dossier it belongs to, its question with how we read it, and its terms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.pages import FormPage, Header, Page
from regietafel.monitor.forms.monitors import DossierChoiceForm, MonitorForm
from regietafel.monitor.selectors.trying import QuestionRead, read_question
from regietafel.monitor.services.monitors import create_monitor
from regietafel.monitor.views.pages import person
from regietafel.monitor.views.queries import chosen_place, written_text
from regietafel.register.public import Dossier, organisations_with, visible_dossiers

LOOKING = frozenset({"model", "proberen"})


class ChooseDossier(FormPage):
    """The first step to a monitor: the dossier it belongs to."""

    form_class = DossierChoiceForm
    submit_label = _("Verder")

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        return Header(
            _("Nieuwe monitor"),
            breadcrumbs=((_("Omgeving"), reverse("monitors")), (_("Nieuwe monitor"), None)),
        )

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def success_message(self) -> str:
        return ""

    def save(self, form: DossierChoiceForm) -> str:
        return reverse("monitor-create", args=[form.cleaned_data["dossier"].pk])


class NewMonitorPage(Page):
    """A page about a monitor that is still to be made in a dossier."""

    dossier: Dossier

    def prepare(self) -> None:
        self.dossier = get_object_or_404(visible_dossiers(self.request.user), pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        writable = organisations_with(self.request.user, "may_write")
        return writable.filter(pk=self.dossier.organisation_id).exists()

    def header(self) -> Header:
        return Header(
            _("Nieuwe monitor"),
            _("Bij het dossier “%s”. Hij begint pas als u hem start.") % self.dossier.title,
            ((_("Omgeving"), reverse("monitors")), (_("Nieuwe monitor"), None)),
        )

    def reading(self) -> QuestionRead | None:
        """Return how the question in the form is read."""
        text = written_text(self.request.POST, "", field="query")
        place = chosen_place(self.request.POST, self.dossier.organisation, usual=None)
        return read_question(text, place.values if place else {}) if text.strip() else None


class CreateMonitor(NewMonitorPage, FormPage):
    """A new monitor in a dossier."""

    form_class = MonitorForm
    template_name = "monitor/create.html"
    submit_label = _("Maak monitor")

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user, "dossier": self.dossier}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "vervang" not in request.POST and request.POST.get("stap") not in LOOKING:
            return super().post(request, **kwargs)
        fields = MonitorForm(**self.form_arguments()).fields
        sent = {
            name: field.widget.value_from_datadict(request.POST, {}, name) for name, field in fields.items()
        }
        sent["query"] = written_text(request.POST, "", field="query")
        sent["filled_from"] = chosen_place(request.POST, self.dossier.organisation, usual=None)
        return self._ask(MonitorForm(initial=sent, **self.form_arguments()))

    def context(self) -> dict[str, Any]:
        place = chosen_place(self.request.POST, self.dossier.organisation, usual=None)
        return {"dossier": self.dossier, "reading": self.reading(), "place": place}

    def save(self, form: MonitorForm) -> str:
        monitor = create_monitor(dossier=self.dossier, by=person(self.request), **form.cleaned_data)
        return reverse("monitor", args=[monitor.pk])

    def success_message(self) -> str:
        return _("De monitor staat klaar in concept. Controleer hem en start hem.")


class ReadNewQuestion(NewMonitorPage):
    """How the question of a new monitor is read, as a piece of its page."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        place = chosen_place(request.POST, self.dossier.organisation, usual=None)
        shown = {"reading": self.reading(), "place": place, "is_live": True}
        return render(request, "monitor/parts/live_reading.html", shown)


urlpatterns = [
    path("omgeving/monitors/nieuw", ChooseDossier.as_view(), name="monitor-choose"),
    path("dossiers/<int:pk>/omgeving/nieuw", CreateMonitor.as_view(), name="monitor-create"),
    path("dossiers/<int:pk>/omgeving/nieuw/lezen", ReadNewQuestion.as_view(), name="monitor-create-read"),
]
