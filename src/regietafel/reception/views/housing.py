"""The task to house permit holders: every municipality of the region, one of them, and a half-year."""

from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.pages import Action, FormPage, Header
from regietafel.reception.forms.housing import HalfYearForm, half_year_to_note
from regietafel.reception.models import HousingTask
from regietafel.reception.selectors.housing import books_of, keepers_of, visible_tasks
from regietafel.reception.services.housing import record_half_year
from regietafel.reception.views.regions import Crumb, RegionPage, person
from regietafel.register.public import Area

FIELDS = (
    "permit_holders",
    "inhabitants",
    "national_inhabitants",
    "official",
    "housed",
    "opening_balance",
    "source",
)


class HousingPage(RegionPage):
    """The newest half-year of every municipality."""

    template_name = "reception/housing.html"
    title = gettext_lazy("Taakstelling huisvesting")
    purpose = gettext_lazy("Hoeveel vergunninghouders elke gemeente huisvest, en hoever zij is.")

    def context(self) -> dict[str, Any]:
        areas = self.the_region.municipalities
        tasks = visible_tasks(self.request.user).filter(municipality__in=[one.pk for one in areas])
        books = books_of(tasks)
        known = {one.municipality.pk for one in books}
        missing = [one for one in areas if one.pk not in known]
        return super().context() | {"books": books, "missing": missing}


class HousingOfMunicipality(RegionPage):
    """The books of one municipality."""

    template_name = "reception/housing_books.html"
    area: Area

    def prepare(self) -> None:
        super().prepare()
        code = self.kwargs["code"]
        inside = [(region, area) for region in self.regions for area in region.municipalities]
        found = next(((region, area) for region, area in inside if area.code == code), None)
        if found is None:
            raise Http404
        self.region, self.area = found

    def header(self) -> Header:
        crumbs: tuple[Crumb, ...] = (
            (_("Opvang"), reverse("reception")),
            (_("Taakstelling huisvesting"), reverse("housing")),
            (self.area.name, None),
        )
        actions: tuple[Action, ...] = ()
        if keepers_of(self.request.user, self.area).exists():
            address = reverse("housing-new", args=[self.area.code])
            actions = (Action(_("Leg een halfjaar vast"), address, primary=True),)
        title = _("Taakstelling van %s") % self.area.name
        return Header(title, _("Vergunninghouders, in personen per halfjaar."), crumbs, actions)

    def context(self) -> dict[str, Any]:
        tasks = visible_tasks(self.request.user).filter(municipality=self.area)
        keeps = {one.pk for one in keepers_of(self.request.user, self.area)}
        return super().context() | {"books": books_of(tasks), "area": self.area, "keeps": keeps}


class RecordHalfYear(HousingOfMunicipality, FormPage):
    """Note what is known of a half-year of a municipality."""

    tab_set = ""
    template_name = "kit/form.html"
    form_class = HalfYearForm
    submit_label = gettext_lazy("Leg vast")

    def allowed(self) -> bool:
        return keepers_of(self.request.user, self.area).exists()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return FormPage.get(self, request, **kwargs)

    def header(self) -> Header:
        title = _("Halfjaar van %s") % self.area.name
        crumbs: tuple[Crumb, ...] = (
            (_("Opvang"), reverse("reception")),
            (_("Taakstelling huisvesting"), reverse("housing")),
            (self.area.name, reverse("housing-municipality", args=[self.area.code])),
            (_("Halfjaar"), None),
        )
        return Header(title, _("Wat u niet weet, laat u leeg: dat is onbekend en geen 0."), crumbs)

    def form_arguments(self) -> dict[str, Any]:
        keepers = keepers_of(self.request.user, self.area)
        noted = visible_tasks(self.request.user).filter(municipality=self.area, organisation__in=keepers)
        last = noted.aggregate(last=Max("starts_on"))["last"]
        initial = {"starts_on": half_year_to_note(last, timezone.localdate())}
        return {"organisations": keepers, "initial": initial}

    def save(self, form: Any) -> str:
        record_half_year(municipality=self.area, by=person(self.request), **form.cleaned_data)
        return reverse("housing-municipality", args=[self.area.code])


class ChangeHalfYear(RecordHalfYear):
    """Change what is known of a half-year."""

    task: HousingTask

    def prepare(self) -> None:
        self.task = get_object_or_404(visible_tasks(self.request.user), pk=self.kwargs["pk"])
        self.kwargs["code"] = self.task.municipality.code
        super().prepare()

    def allowed(self) -> bool:
        keepers = keepers_of(self.request.user, self.area)
        return self.task.organisation_id in {one.pk for one in keepers}

    def form_arguments(self) -> dict[str, Any]:
        initial = {name: getattr(self.task, name) for name in FIELDS}
        initial |= {"starts_on": self.task.starts_on.isoformat(), "organisation": self.task.organisation}
        return super().form_arguments() | {"initial": initial}


urlpatterns = [
    path("opvang/taakstelling", HousingPage.as_view(), name="housing"),
    path("opvang/taakstelling/<int:pk>", ChangeHalfYear.as_view(), name="housing-change"),
    path(
        "opvang/taakstelling/gemeenten/<str:code>",
        HousingOfMunicipality.as_view(),
        name="housing-municipality",
    ),
    path("opvang/taakstelling/gemeenten/<str:code>/nieuw", RecordHalfYear.as_view(), name="housing-new"),
]
