"""Verantwoording: on which terms a monitor runs, its steps, and what a second person decides."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.audit import history
from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage, PostPage
from regietafel.monitor.forms.monitors import DecisionForm, ExtensionForm, ReasonForm, RetentionForm
from regietafel.monitor.forms.pictures import UrgencyForm
from regietafel.monitor.models import Monitor, MonitorRequest
from regietafel.monitor.selectors.monitors import requests_of, works_for
from regietafel.monitor.selectors.requests import may_decide, visible_requests
from regietafel.monitor.services.monitors import pause_monitor, start_monitor, stop_monitor
from regietafel.monitor.services.requests import ask_extension, ask_retention, decide_request
from regietafel.monitor.services.urgency import set_urgency
from regietafel.monitor.views.pages import MonitorPage, WritingPage, person

State, Decision = Monitor.State, MonitorRequest.Decision
HISTORY_SHOWN = 50
DECISION_BADGES = {Decision.OPEN: "let-op", Decision.GRANTED: "ok", Decision.REFUSED: "neutraal"}


def _in_words(action: str) -> str:
    """Write `monitor.gestart` as people read it."""
    return action.replace(".", " ").capitalize()


class MonitorAccount(MonitorPage, DetailPage):
    """Purpose, ground, term, retention, requests and history of a monitor."""

    template_name = "monitor/account.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change or self.monitor.state == State.STOPPED:
            return ()
        pk = [self.monitor.pk]
        found = [Action(_("Wijzig"), reverse("monitor-edit", args=pk))]
        if self.monitor.started_at:
            found.append(Action(_("Verleng"), reverse("monitor-extend", args=pk)))
        if self.monitor.state == State.RUNNING:
            found.append(Action(_("Pauzeer"), reverse("monitor-pause", args=pk)))
        else:
            found.append(Action(_("Start"), reverse("monitor-start", args=pk), primary=True, method="post"))
        return (*found, Action(_("Stop"), reverse("monitor-stop", args=pk)))

    def context(self) -> dict[str, Any]:
        own = works_for(self.request.user, self.monitor.dossier.organisation_id)
        events = history(self.monitor)[:HISTORY_SHOWN] if own else ()
        return super().context() | {
            "facts": self._facts(),
            "requests": requests_of(self.monitor) if own else (),
            "events": [(event, _in_words(event.action)) for event in events],
            "request_badges": DECISION_BADGES,
        }

    def _facts(self) -> list[tuple[str, Any]]:
        monitor = self.monitor
        return [
            (_("Doel"), monitor.get_purpose_display() or _("nog niet ingevuld")),
            (_("Grondslag"), monitor.legal_basis or _("nog niet ingevuld")),
            (_("Aanleiding"), monitor.reason or _("nog niet ingevuld")),
            (_("DPIA of advies FG"), monitor.dpia_reference or _("nog niet ingevuld")),
            (_("Eigenaar"), str(monitor.owner or _("nog niet ingevuld"))),
            (_("Begint op"), monitor.starts_on),
            (_("Eindigt op"), monitor.ends_on),
            (_("Ruwe tekst bewaren"), _("%s dagen na ontvangst") % monitor.retention_days),
        ]


class SetUrgency(WritingPage, FormPage):
    """Say how urgent the subject is; the next picture is due sooner or later."""

    form_class = UrgencyForm
    step = _("Wijzig de urgentie")
    back = "monitor"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"urgency": self.monitor.urgency}}

    def save(self, form: UrgencyForm) -> str:
        set_urgency(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class StartMonitor(WritingPage, PostPage):
    """Let a monitor run."""

    def act(self) -> str:
        start_monitor(monitor=self.monitor, by=person(self.request))
        return self.back_url()

    def fallback_url(self) -> str:
        return self.back_url()


class PauseMonitor(WritingPage, FormPage):
    """Let a monitor rest."""

    form_class = ReasonForm
    step = _("Pauzeer de monitor")
    submit_label = _("Pauzeer")
    back = "monitor-account"

    def save(self, form: ReasonForm) -> str:
        pause_monitor(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("De monitor rust. Nieuwe berichten worden niet meer bekeken tot u hem weer start.")


class StopMonitor(PauseMonitor):
    """End a monitor for good."""

    step = _("Stop de monitor voorgoed")
    submit_label = _("Stop voorgoed")

    def save(self, form: ReasonForm) -> str:
        stop_monitor(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("De monitor is gestopt. De omgevingsbeelden en de verantwoording blijven.")


class AskExtension(WritingPage, FormPage):
    """Ask a second person for a later end."""

    form_class: ClassVar[Any] = ExtensionForm
    step = _("Vraag verlenging aan")
    submit_label = _("Vraag aan")
    back = "monitor-account"

    def save(self, form: Any) -> str:
        ask_extension(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("De aanvraag wacht op een tweede persoon.")


class AskRetention(AskExtension):
    """Ask a second person to keep raw text longer."""

    form_class: ClassVar[Any] = RetentionForm
    step = _("Vraag een langere bewaartermijn aan")

    def save(self, form: Any) -> str:
        ask_retention(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class Requests(ListPage):
    """What waits for a second person, and what was decided."""

    spec = ListSpec(
        columns=(
            Column("monitor", _("Monitor"), "monitor.title", key_fact=True),
            Column("soort", _("Aanvraag"), "get_kind_display"),
            Column("door", _("Gevraagd door"), "requested_by.name"),
            Column("gevraagd", _("Gevraagd"), "requested_at", sort=("requested_at",)),
            Column(
                "uitkomst",
                _("Uitkomst"),
                "get_decision_display",
                badge=lambda request: DECISION_BADGES[request.decision],
                key_fact=True,
            ),
        ),
        filters=(Filter("uitkomst", _("Uitkomst"), lambda _user: Decision.choices, "decision"),),
        default_sort="-gevraagd",
    )

    def header(self) -> Header:
        return Header(
            _("Aanvragen"),
            _("Verlengen of langer bewaren mag alleen als een tweede persoon het goedkeurt."),
            ((_("Omgeving"), reverse("monitors")), (_("Aanvragen"), None)),
        )

    def rows(self) -> QuerySet[MonitorRequest]:
        return visible_requests(self.request.user)

    def url_of(self, subject: MonitorRequest) -> str:
        return reverse("monitor-request", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog niets aangevraagd."), _("Een aanvraag begint bij Verantwoording van een monitor.")
        )


class DecideRequest(FormPage):
    """One request, with the form for the second person."""

    form_class = DecisionForm
    template_name = "monitor/request.html"
    submit_label = _("Leg besluit vast")
    asked: MonitorRequest

    def prepare(self) -> None:
        self.asked = get_object_or_404(visible_requests(self.request.user), pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        return self.request.method != "POST" or may_decide(self.request.user, self.asked)

    def header(self) -> Header:
        return Header(
            _("Aanvraag: %s") % self.asked.get_kind_display(),
            self.asked.monitor.title,
            (
                (_("Omgeving"), reverse("monitors")),
                (_("Aanvragen"), reverse("monitor-requests")),
                (_("Aanvraag"), None),
            ),
        )

    def context(self) -> dict[str, Any]:
        return {
            "asked": self.asked,
            "may_decide": may_decide(self.request.user, self.asked),
            "badge": DECISION_BADGES[Decision(self.asked.decision)],
        }

    def save(self, form: DecisionForm) -> str:
        granted = form.cleaned_data["decision"] == "ja"
        decide_request(
            request=self.asked, granted=granted, reason=form.cleaned_data["reason"], by=person(self.request)
        )
        return reverse("monitor-requests")

    def success_message(self) -> str:
        return _("Uw besluit is vastgelegd.")


_ONE = "omgeving/monitors/<int:pk>"
urlpatterns = [
    path(f"{_ONE}/verantwoording", MonitorAccount.as_view(), name="monitor-account"),
    path(f"{_ONE}/starten", StartMonitor.as_view(), name="monitor-start"),
    path(f"{_ONE}/pauzeren", PauseMonitor.as_view(), name="monitor-pause"),
    path(f"{_ONE}/stoppen", StopMonitor.as_view(), name="monitor-stop"),
    path(f"{_ONE}/urgentie", SetUrgency.as_view(), name="monitor-urgency"),
    path(f"{_ONE}/verlengen", AskExtension.as_view(), name="monitor-extend"),
    path(f"{_ONE}/bewaartermijn", AskRetention.as_view(), name="monitor-retention"),
    path("omgeving/aanvragen", Requests.as_view(), name="monitor-requests"),
    path("omgeving/aanvragen/<int:pk>", DecideRequest.as_view(), name="monitor-request"),
]
