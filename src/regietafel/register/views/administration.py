"""Pages of administration: what one can manage, organisations, and areas with their figures and map."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.lists import Column, Filter, ListSpec
from regietafel.kit.models import AuditEvent
from regietafel.kit.pages import Action, DetailPage, FormPage, Header, ListPage
from regietafel.register.forms.administration import ImportForm, OrganisationForm
from regietafel.register.models import Area, Organisation
from regietafel.register.selectors import access, areas, history, organisations
from regietafel.register.services import areas as area_services
from regietafel.register.services import organisations as services
from regietafel.register.views.history import event_list


@dataclass(frozen=True)
class Door:
    """One thing a person can manage: a word, what it is for, and where it is."""

    label: Any
    text: Any
    url: str


class ManagePage(DetailPage):
    """What this person may manage, and nothing else."""

    template_name = "register/administration/manage.html"

    def header(self) -> Header:
        return Header(_("Beheer"), _("Wat u hier ziet, mag u beheren of opzoeken."))

    def context(self) -> dict[str, Any]:
        return {"doors": list(doors_for(self.request.user))}


def doors_for(user: Any) -> list[Door]:
    """Return what a person may manage; parts that are not there yet are left out."""
    admin = organisations.is_platform_admin(user)
    manages = access.organisations_with(user, "may_manage").exists()
    supervises = organisations.supervised_organisations(user).exists()
    offered = (
        (
            admin or manages or supervises,
            "organisations",
            _("Organisaties"),
            _("Gegevens, beheerders en logboek."),
        ),
        (admin or manages, "people", _("Mensen"), _("Accounts, rollen met begin- en einddatum, gasten.")),
        (manages, "tokens", _("API-sleutels"), _("Toegang voor andere systemen, met einddatum.")),
        (
            access.organisations_with(user, "may_write").exists()
            or access.organisations_with(user, "may_approve").exists(),
            "privacy",
            _("Privacy"),
            _("Register van verwerkingen, inzagelog, bewijs van wissen en verzoeken."),
        ),
        (True, "areas", _("Gebieden"), _("Regio's, gemeenten en buurten, met inwonertallen en kaart.")),
        (
            admin,
            "system-history",
            _("Logboek van de installatie"),
            _("Inloggen, referentiegegevens en instellingen."),
        ),
        (admin, "jobs", _("Taken"), _("Werk dat op de achtergrond gebeurt.")),
        (
            admin or manages,
            "health",
            _("Gezondheid"),
            _("Of alles werkt: database, schijf, bronnen, kopieën."),
        ),
    )
    return [
        Door(label, text, url) for shown, name, label, text in offered if shown and (url := _address(name))
    ]


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


MANAGE = gettext_lazy("Beheer")


class OrganisationList(ListPage):
    """The organisations this person manages or supervises."""

    spec = ListSpec(
        columns=(
            Column("naam", gettext_lazy("Organisatie"), "name", sort=("name",)),
            Column("soort", gettext_lazy("Soort"), "get_kind_display", sort=("kind",), key_fact=True),
            Column("gebied", gettext_lazy("Gebied"), lambda o: str(o.area or ""), sort=("area__name",)),
            Column(
                "mensen",
                gettext_lazy("Mensen met een rol"),
                "people_count",
                sort=("people_count",),
                numeric=True,
                key_fact=True,
            ),
            Column("actief", gettext_lazy("Actief"), "is_active", sort=("is_active",)),
        ),
        filters=(Filter("soort", gettext_lazy("Soort"), lambda _user: Organisation.Kind.choices, "kind"),),
        search=("name", "area__name"),
        default_sort="naam",
        export_name="organisaties",
    )

    def allowed(self) -> bool:
        return self.rows().exists() or organisations.is_platform_admin(self.request.user)

    def rows(self) -> QuerySet[Organisation]:
        return organisations.with_counts(organisations.known_organisations(self.request.user))

    def url_of(self, subject: Organisation) -> str:
        return reverse("organisation", args=[subject.pk])

    def header(self) -> Header:
        actions: tuple[Action, ...] = ()
        if organisations.is_platform_admin(self.request.user):
            actions = (Action(_("Nieuwe organisatie"), reverse("organisation-create"), primary=True),)
        crumbs = ((str(MANAGE), reverse("manage")), (_("Organisaties"), None))
        return Header(_("Organisaties"), _("Elk dossier hoort bij precies één organisatie."), crumbs, actions)


class OrganisationPage(DetailPage):
    """One organisation: what it is, who manages it."""

    template_name = "register/administration/organisation.html"

    def prepare(self) -> None:
        known = organisations.known_organisations(self.request.user).select_related("area")
        self.organisation = get_object_or_404(known, pk=self.kwargs["organisation"])

    def header(self) -> Header:
        crumbs = (
            (str(MANAGE), reverse("manage")),
            (_("Organisaties"), reverse("organisations")),
            (self.organisation.name, None),
        )
        return Header(
            self.organisation.name,
            capfirst(self.organisation.get_kind_display()),
            crumbs,
            tuple(self._actions()),
        )

    def _actions(self) -> list[Action]:
        actions = []
        if organisations.supervised_organisations(self.request.user).filter(pk=self.organisation.pk).exists():
            url = reverse("organisation-history", args=[self.organisation.pk])
            actions.append(Action(_("Logboek"), url))
        if organisations.is_platform_admin(self.request.user):
            url = reverse("organisation-edit", args=[self.organisation.pk])
            actions.append(Action(_("Wijzigen"), url, primary=True))
        return actions

    def context(self) -> dict[str, Any]:
        area = self.organisation.area
        return {
            "managed": self.organisation,
            "managers": organisations.managers_of(self.organisation),
            "regions": areas.lies_in(area) if area else [],
        }


class OrganisationFormPage(FormPage):
    """A form for who looks after the installation."""

    form_class = OrganisationForm

    def allowed(self) -> bool:
        return organisations.is_platform_admin(self.request.user)

    def crumbs(self, title: str) -> tuple[tuple[str, str | None], ...]:
        """Return the path to the form."""
        return (
            (str(MANAGE), reverse("manage")),
            (_("Organisaties"), reverse("organisations")),
            (title, None),
        )


class NewOrganisation(OrganisationFormPage):
    """Make an organisation."""

    def header(self) -> Header:
        title = _("Nieuwe organisatie")
        return Header(title, _("Nodig daarna de eerste beheerder uit, bij Mensen."), self.crumbs(title))

    def save(self, form: OrganisationForm) -> str:
        made = services.create_organisation(content=form.content(), by=self.request.user)
        return reverse("organisation", args=[made.pk])


class EditOrganisation(OrganisationFormPage):
    """Change an organisation."""

    def prepare(self) -> None:
        known = organisations.manageable_organisations(self.request.user)
        self.organisation = get_object_or_404(known, pk=self.kwargs["organisation"])

    def header(self) -> Header:
        title = _("%(name)s wijzigen") % {"name": self.organisation}
        return Header(title, "", self.crumbs(title))

    def form_arguments(self) -> dict[str, Any]:
        names = ("name", "kind", "area", "is_active")
        return {"initial": {name: getattr(self.organisation, name) for name in names}}

    def save(self, form: OrganisationForm) -> str:
        services.change_organisation(
            organisation=self.organisation, content=form.content(), by=self.request.user
        )
        return reverse("organisation", args=[self.organisation.pk])


class AreaList(ListPage):
    """Every area, with the newest known number of inhabitants and its reference date."""

    template_name = "register/administration/areas.html"
    spec = ListSpec(
        columns=(
            Column("naam", gettext_lazy("Gebied"), "name", sort=("name",)),
            Column("code", gettext_lazy("Code"), "code", sort=("code",)),
            Column("soort", gettext_lazy("Soort"), "get_kind_display", sort=("kind",)),
            Column(
                "regio",
                gettext_lazy("Veiligheidsregio"),
                lambda a: a.region_name or "",
                sort=("region_name",),
            ),
            Column(
                "inwoners",
                gettext_lazy("Inwoners"),
                "inhabitants_count",
                sort=("inhabitants_count",),
                numeric=True,
                key_fact=True,
            ),
            Column(
                "peildatum",
                gettext_lazy("Peildatum"),
                "inhabitants_on",
                sort=("inhabitants_on",),
                key_fact=True,
            ),
        ),
        filters=(
            Filter("soort", gettext_lazy("Soort"), lambda _user: Area.Kind.choices, "kind"),
            Filter(
                "regio",
                gettext_lazy("Veiligheidsregio"),
                lambda _user: areas.region_choices(),
                areas.within_region,
            ),
        ),
        search=("name", "code"),
        default_sort="naam",
        export_name="gebieden",
    )

    def rows(self) -> QuerySet[Area]:
        return areas.all_areas()

    def url_of(self, subject: Area) -> str:
        return reverse("area", args=[subject.code])

    def header(self) -> Header:
        actions: tuple[Action, ...] = ()
        if organisations.is_platform_admin(self.request.user):
            actions = (Action(_("Bestand inlezen"), reverse("areas-import"), primary=True),)
        crumbs = ((str(MANAGE), reverse("manage")), (_("Gebieden"), None))
        purpose = _("Codes van het CBS, welke gemeente in welke regio ligt, en hoeveel mensen er wonen.")
        return Header(_("Gebieden"), purpose, crumbs, actions)

    def context(self) -> dict[str, Any]:
        return {"map": areas.map_of(areas.regions_with_shapes()), "map_title": _("De veiligheidsregio's")}


class AreaPage(DetailPage):
    """One area: where it lies and lay, what lies in it, its inhabitants and its map."""

    template_name = "register/administration/area.html"

    def prepare(self) -> None:
        self.area = get_object_or_404(areas.every_area(), code=self.kwargs["code"])

    def header(self) -> Header:
        crumbs = ((str(MANAGE), reverse("manage")), (_("Gebieden"), reverse("areas")), (self.area.name, None))
        purpose = f"{capfirst(self.area.get_kind_display())}, code {self.area.code}"
        return Header(self.area.name, purpose, crumbs)

    def context(self) -> dict[str, Any]:
        today = access.today()
        return {
            "area": self.area,
            "parents": areas.lies_in(self.area),
            "children": areas.holds_areas(self.area),
            "inhabitants": areas.inhabitants_of(self.area),
            "usable": areas.inhabitants_for_calculation(self.area, on=today),
            "map": areas.map_around(self.area),
            "map_title": _("Kaart"),
        }


class ImportAreas(FormPage):
    """Bring in figures, neighbourhoods or shapes."""

    form_class = ImportForm
    submit_label = gettext_lazy("Inlezen")

    def allowed(self) -> bool:
        return organisations.is_platform_admin(self.request.user)

    def header(self) -> Header:
        crumbs = (
            (str(MANAGE), reverse("manage")),
            (_("Gebieden"), reverse("areas")),
            (_("Bestand inlezen"), None),
        )
        purpose = _("Alles wordt opgeslagen of niets. Twee keer hetzelfde bestand inlezen verandert niets.")
        return Header(_("Bestand inlezen"), purpose, crumbs)

    def save(self, form: ImportForm) -> str:
        try:
            done = area_services.import_file(
                kind=form.cleaned_data["kind"],
                content=form.content(),
                source=form.cleaned_data["source"],
                by=self.request.user,
            )
        except area_services.BadRows as bad:
            raise ValidationError(bad.lines()) from bad
        counts = {"new": done.new, "changed": done.changed, "same": done.same, "unknown": done.unknown}
        messages.info(
            self.request,
            _("%(new)s nieuw, %(changed)s gewijzigd, %(same)s hetzelfde, %(unknown)s met een onbekende code.")
            % counts,
        )
        return reverse("areas")

    def success_message(self) -> str:
        return _("Het bestand is ingelezen.")


class SystemHistory(ListPage):
    """What happened to the installation itself."""

    def prepare(self) -> None:
        self.events = history.system_events()
        self.spec = event_list(self.events, in_full=True, export_name="logboek-installatie")

    def allowed(self) -> bool:
        return organisations.is_platform_admin(self.request.user)

    def rows(self) -> QuerySet[AuditEvent]:
        return self.events

    def header(self) -> Header:
        crumbs = ((str(MANAGE), reverse("manage")), (_("Logboek van de installatie"), None))
        return Header(_("Logboek van de installatie"), _("Wie wat deed buiten de dossiers om."), crumbs)
