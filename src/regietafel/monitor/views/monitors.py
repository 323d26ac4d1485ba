"""The list of monitors, one monitor at a glance, and changing one."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.lists import Column, Filter, ListSpec, listing
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage
from regietafel.kit.templatetags.regietafel import sparkline
from regietafel.monitor.forms.monitors import TermsForm
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.actors import may_see_actors, stories_with_actors
from regietafel.monitor.selectors.material import sparklines_of
from regietafel.monitor.selectors.monitors import objections_to, visible_monitors, works_for
from regietafel.monitor.selectors.overview import overview_of
from regietafel.monitor.selectors.pictures import next_due
from regietafel.monitor.selectors.requests import requests_waiting
from regietafel.monitor.selectors.retention import working_organisations
from regietafel.monitor.selectors.sources import source_state
from regietafel.monitor.services.monitors import change_monitor
from regietafel.monitor.views.pages import STATE_BADGES, MonitorPage, OwnPeoplePage, WritingPage, person
from regietafel.register.public import organisations_with, own_organisations

State = Monitor.State


def _spec(lines: dict[int, tuple[int, ...]]) -> ListSpec:
    def line(monitor: Monitor) -> Any:
        counts = lines.get(monitor.pk)
        return sparkline(counts, _("berichten per dag")) if counts else _("geen berichten")

    return ListSpec(
        columns=(
            Column("titel", _("Monitor"), "title", sort=("title",), key_fact=True),
            Column(
                "stand",
                _("Stand"),
                "get_state_display",
                sort=("state",),
                badge=lambda monitor: STATE_BADGES[monitor.state],
                key_fact=True,
            ),
            Column("dossier", _("Dossier"), "dossier.title", sort=("dossier__title",)),
            Column(
                "organisatie",
                _("Organisatie"),
                "dossier.organisation.name",
                sort=("dossier__organisation__name",),
            ),
            Column("verloop", _("Media, laatste 14 dagen"), line),
            Column("beeld", _("Laatste beeld"), _last_picture),
            Column("einde", _("Eindigt op"), "ends_on", sort=("ends_on",)),
        ),
        filters=(
            Filter("stand", _("Stand"), lambda _user: State.choices, "state"),
            Filter("organisatie", _("Organisatie"), _organisations, "dossier__organisation_id"),
        ),
        search=("title", "dossier__title"),
        default_sort="titel",
    )


def _organisations(user: Any) -> list[tuple[int, str]]:
    return list(own_organisations(user).values_list("pk", "name"))


def _last_picture(monitor: Any) -> str:
    return _("nr. %s") % monitor.last_number if monitor.last_number else ""


class Monitors(ListPage):
    """Every monitor of every dossier a person may read."""

    spec = ListSpec(columns=())

    def header(self) -> Header:
        actions = []
        if working_organisations(self.request.user).exists():
            actions.append(Action(_("Privacy"), reverse("privacy")))
        if self._may_write():
            actions.append(Action(_("Bronnen"), reverse("sources")))
            actions.append(Action(_("Plaatsprofielen"), reverse("places")))
        if may_see_actors(self.request.user):
            actions.append(Action(_("Publieke actoren"), reverse("actors")))
        if self._may_write():
            actions.append(Action(_("Nieuwe monitor"), reverse("monitor-choose"), primary=True))
        return Header(
            _("Omgeving"),
            _("Wat openbare media brengen over uw dossiers, per onderwerp dat u volgt."),
            actions=actions,
        )

    def _may_write(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def rows(self) -> QuerySet[Monitor]:
        return visible_monitors(self.request.user)

    def url_of(self, subject: Monitor) -> str:
        return reverse("monitor", args=[subject.pk])

    def empty(self) -> Empty:
        action = Action(_("Nieuwe monitor"), reverse("monitor-choose")) if self._may_write() else None
        return Empty(
            _("Er is nog geen monitor."),
            _(
                "Een monitor volgt een onderwerp in openbare bronnen, "
                "met een doel, een grondslag en een einddatum."
            ),
            action,
        )

    def context(self) -> dict[str, Any]:
        return {"waiting": requests_waiting(self.request.user)}

    template_name = "monitor/monitors.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = self.rows()
        spec = _spec(sparklines_of(rows))
        shown = listing(spec, rows, params=request.GET, user=request.user, url_of=self.url_of)
        return self.show(listing=shown, empty=self.empty())


class MonitorOverview(MonitorPage, DetailPage):
    """One monitor at a glance: how much, where, about what, and what is missing."""

    template_name = "monitor/overview.html"

    def actions(self) -> tuple[Action, ...]:
        if not self.may_change:
            return ()
        pk = [self.monitor.pk]
        if self.monitor.state == State.RUNNING:
            return (Action(_("Maak omgevingsbeeld"), reverse("picture-create", args=pk), primary=True),)
        if self.monitor.state in {State.DRAFT, State.PAUSED}:
            return (
                Action(_("Wijzig"), reverse("monitor-edit", args=pk)),
                Action(_("Start"), reverse("monitor-start", args=pk), primary=True, method="post"),
            )
        return ()

    def context(self) -> dict[str, Any]:
        startable = self.monitor.state in {State.DRAFT, State.PAUSED}
        missing = objections_to(self.monitor) if startable and self.may_change else ()
        overview = overview_of(self.monitor) if self.monitor.started_at else None
        organisation = self.monitor.dossier.organisation
        return super().context() | {
            "missing": missing,
            "overview": overview,
            "stories": stories_with_actors(overview.figures, organisation=organisation) if overview else None,
            "next_due": next_due(self.monitor),
            "is_own": works_for(self.request.user, self.monitor.dossier.organisation_id),
        }


class MonitorSources(OwnPeoplePage, DetailPage):
    """Where the messages of this monitor come from, and how each source does."""

    template_name = "monitor/sources_of.html"

    def context(self) -> dict[str, Any]:
        sources = [(source, source_state(source)) for source in self.monitor.sources.all()]
        found = [(source, state.word, state.badge) for source, state in sources]
        return super().context() | {"sources": found}


class EditMonitor(WritingPage, FormPage):
    """The terms of a monitor."""

    form_class = TermsForm
    step = _("Wijzig de monitor")
    back = "monitor-account"

    def prepare(self) -> None:
        super().prepare()
        if self.monitor.state == State.STOPPED:
            raise Http404

    def form_arguments(self) -> dict[str, Any]:
        kept = {name: getattr(self.monitor, name) for name in TermsForm.base_fields if name != "sources"}
        initial = kept | {"sources": self.monitor.sources.all()}
        return {"user": self.request.user, "dossier": self.monitor.dossier, "initial": initial}

    def save(self, form: TermsForm) -> str:
        change_monitor(monitor=self.monitor, by=person(self.request), **form.cleaned_data)
        return self.back_url()


urlpatterns = [
    path("omgeving", Monitors.as_view(), name="monitors"),
    path("omgeving/monitors/<int:pk>", MonitorOverview.as_view(), name="monitor"),
    path("omgeving/monitors/<int:pk>/bronnen", MonitorSources.as_view(), name="monitor-sources"),
    path("omgeving/monitors/<int:pk>/wijzigen", EditMonitor.as_view(), name="monitor-edit"),
]
