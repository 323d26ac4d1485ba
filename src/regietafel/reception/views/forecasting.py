"""Looking ahead: will there be enough places, and scenarios of one's own."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.pages import Action, ConfirmPage, DetailPage, Empty, FormPage, Header, Page
from regietafel.reception.forms.forecasting import OutlookForm, ScenarioForm
from regietafel.reception.models import OutlookScenario
from regietafel.reception.selectors import outlook
from regietafel.reception.selectors.access import Region, may_coordinate, points_of, regions_of
from regietafel.reception.selectors.forecasting import Asked, outlook_of, scenarios_for, visible_scenarios
from regietafel.reception.services.forecasting import (
    Content,
    change_scenario,
    create_scenario,
    remove_scenario,
)
from regietafel.register.public import Organisation, User


def person(request: HttpRequest) -> User:
    """Return who acts."""
    assert isinstance(request.user, User)
    return request.user


def board_crumb() -> tuple[str, str | None]:
    """Return the first step of the path: the board."""
    return (_("Opvang"), reverse("reception"))


class OutlookPage(DetailPage):
    """The forecast of one region."""

    template_name = "reception/outlook.html"
    regions: list[Region]
    region: Region

    def prepare(self) -> None:
        self.regions = regions_of(self.request.user)
        asked = self.request.GET.get("regio", "")
        found = [one for one in self.regions if not asked or one.area.code == asked]
        if asked and not found:
            raise Http404
        if found:
            self.region = found[0]

    def allowed(self) -> bool:
        return bool(self.regions)

    def header(self) -> Header:
        actions: tuple[Action, ...] = ()
        if self._point() is not None:
            actions = (Action(_("Eigen scenario"), reverse("outlook-scenario-create")),)
        return Header(
            _("Vooruitblik"),
            _("Zijn er de komende weken genoeg plaatsen in %s?") % self.region.area.name,
            (board_crumb(), (_("Vooruitblik"), None)),
            actions,
        )

    def _point(self) -> Organisation | None:
        """Return the organisation for which this person may keep scenarios of this region."""
        return points_of(self.request.user).filter(pk__in=self.region.organisation_ids).first()

    def context(self) -> dict[str, Any]:
        own = list(scenarios_for(self.request.user, self.region))
        form = OutlookForm(self.request.GET, own=own)
        sent = form.cleaned_data if form.is_valid() else {}
        asked = Asked(
            scenario=sent.get("scenario", "midden"),
            days=sent.get("dagen", Asked.days),
            with_private=sent.get("particulier") == "mee",
            seed=sent.get("zaad", Asked.seed),
            known_on=sent.get("bekend"),
        )
        looked = outlook_of(self.region, asked, own=own)
        page = {"form": form, "looked": looked, "asked": asked, "regions": self.regions, "own": own}
        return page | {"may_change": self._point() is not None} | _told(looked)


def _told(looked: Any) -> dict[str, Any]:
    return {
        "chart": outlook.wide_chart_of(looked),
        "sentence": outlook.sentence_of(looked),
        "size": outlook.size_of(looked),
        "solutions": outlook.solutions_of(looked),
        "chances": outlook.chances_table(looked),
        "tested": outlook.tested_of(looked),
        "backtest": outlook.backtest_table(looked),
        "facts": outlook.facts_of(looked),
        "missing": outlook.missing_of(looked),
        "private": outlook.private_of(looked),
        "empty": Empty(_("Er is nog te weinig om vooruit te kijken.")),
    }


class _ScenarioPage(Page):
    """A step about one own scenario of who coordinates."""

    scenario: OutlookScenario
    title: Any = ""

    def prepare(self) -> None:
        self.scenario = get_object_or_404(visible_scenarios(self.request.user), pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        return may_coordinate(self.request.user, self.scenario.organisation_id)

    def header(self) -> Header:
        crumbs = (board_crumb(), (_("Vooruitblik"), reverse("outlook")), (self.scenario.name, None))
        return Header(str(self.title) or self.scenario.name, "", crumbs)


class CreateScenario(FormPage):
    """Add an own scenario."""

    form_class = ScenarioForm
    organisation: Organisation | None

    def prepare(self) -> None:
        self.organisation = points_of(self.request.user).order_by("-kind", "pk").first()

    def allowed(self) -> bool:
        return self.organisation is not None

    def header(self) -> Header:
        crumbs = (board_crumb(), (_("Vooruitblik"), reverse("outlook")), (_("Eigen scenario"), None))
        return Header(_("Eigen scenario"), _("Waarmee rekent u, en waarop berust dat?"), crumbs)

    def save(self, form: ScenarioForm) -> str:
        assert self.organisation is not None
        made = create_scenario(
            organisation=self.organisation, content=Content(**form.cleaned_data), by=person(self.request)
        )
        return f"{reverse('outlook')}?scenario={made.pk}"


class EditScenario(_ScenarioPage, FormPage):
    """Change an own scenario."""

    form_class = ScenarioForm
    template_name = "reception/scenario.html"

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": ScenarioForm.initial_of(self.scenario)}

    def save(self, form: ScenarioForm) -> str:
        change_scenario(scenario=self.scenario, content=Content(**form.cleaned_data), by=person(self.request))
        return f"{reverse('outlook')}?scenario={self.scenario.pk}"

    def context(self) -> dict[str, Any]:
        return {"scenario": self.scenario}


class RemoveScenario(_ScenarioPage, ConfirmPage):
    """Take an own scenario away."""

    title = gettext_lazy("Verwijder het scenario")

    @property
    def question(self) -> Any:
        """Say which scenario goes, and what stays."""
        words = _("“%s” verdwijnt: niemand kan er nog mee vooruitkijken. Het logboek bewaart wat erin stond.")
        return words % self.scenario.name

    confirm_label = gettext_lazy("Ja, verwijder")

    def act(self) -> str:
        remove_scenario(scenario=self.scenario, by=person(self.request))
        return reverse("outlook")

    def context(self) -> dict[str, Any]:
        return {"cancel_url": reverse("outlook-scenario", args=[self.scenario.pk]), "danger": True}


urlpatterns = [
    path("opvang/vooruitblik", OutlookPage.as_view(), name="outlook"),
    path("opvang/scenarios/nieuw", CreateScenario.as_view(), name="outlook-scenario-create"),
    path("opvang/scenarios/<int:pk>", EditScenario.as_view(), name="outlook-scenario"),
    path("opvang/scenarios/<int:pk>/verwijderen", RemoveScenario.as_view(), name="outlook-scenario-remove"),
]
