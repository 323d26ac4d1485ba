"""Place profiles: the list, one profile with who uses it, and making, changing and removing one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from regietafel.kit.lists import Column, ListSpec
from regietafel.kit.pages import Action, ConfirmPage, DetailPage, Empty, FormPage, Header, ListPage, Page
from regietafel.monitor.forms.places import NewPlaceForm, PlaceForm
from regietafel.monitor.models import Monitor, PlaceProfile
from regietafel.monitor.selectors.places import (
    effects_of,
    filled_blanks,
    filled_share,
    monitors_filled_from,
    visible_places,
    warnings_about,
)
from regietafel.monitor.services.places import change_place, create_place, remove_place
from regietafel.monitor.views.pages import STATE_BADGES, person
from regietafel.register.public import organisations_with


def _crumbs(*steps: tuple[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    return ((_("Omgeving"), reverse("monitors")), (_("Plaatsprofielen"), reverse("places")), *steps)


def _filled(place: PlaceProfile) -> str:
    """Say how many places to fill in have a value."""
    filled, known = filled_share(place)
    return _("%(filled)s van %(known)s") % {"filled": filled, "known": known}


class Places(ListPage):
    """Every place profile of the organisations whose monitors a person may steer."""

    spec = ListSpec(
        columns=(
            Column("naam", _("Plaatsprofiel"), "name", sort=("name",), key_fact=True),
            Column("ingevuld", _("Ingevulde plekken"), _filled, key_fact=True),
            Column("monitors", _("Monitors"), "monitor_count", sort=("monitor_count",), numeric=True),
            Column("organisatie", _("Organisatie"), "organisation.name", sort=("organisation__name",)),
            Column("gewijzigd", _("Gewijzigd"), "changed_at", sort=("changed_at",)),
        ),
        search=("name",),
        default_sort="naam",
    )

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        return Header(
            _("Plaatsprofielen"),
            _("Hoe een plaats in berichten heet. Een zoekvraag met lege plekken vult u hiermee in."),
            ((_("Omgeving"), reverse("monitors")), (_("Plaatsprofielen"), None)),
            (Action(_("Nieuw plaatsprofiel"), reverse("place-create"), primary=True),),
        )

    def rows(self) -> QuerySet[PlaceProfile]:
        return visible_places(self.request.user)

    def url_of(self, subject: PlaceProfile) -> str:
        return reverse("place", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog geen plaatsprofiel."),
            _(
                "In een plaatsprofiel staan de namen van een plaats: de gemeente, straten, bijnamen "
                "en de locatie. U vult ze één keer in en gebruikt ze in elke zoekvraag."
            ),
            Action(_("Nieuw plaatsprofiel"), reverse("place-create")),
        )


class PlacePage(Page):
    """A page of one place profile."""

    place: PlaceProfile

    def prepare(self) -> None:
        self.place = get_object_or_404(visible_places(self.request.user), pk=self.kwargs["pk"])

    def back_url(self) -> str:
        """Return the page of the profile."""
        return reverse("place", args=[self.place.pk])


class PlaceDetail(PlacePage, DetailPage):
    """What a profile fills in, what to mind, and which monitors use it."""

    template_name = "monitor/place.html"

    def header(self) -> Header:
        pk = [self.place.pk]
        unused = (
            [] if self.place.monitors.exists() else [Action(_("Verwijder"), reverse("place-remove", args=pk))]
        )
        return Header(
            self.place.name,
            _("Plaatsprofiel van %s.") % self.place.organisation,
            _crumbs((self.place.name, None)),
            (*unused, Action(_("Wijzig"), reverse("place-edit", args=pk), primary=True)),
        )

    def context(self) -> dict[str, Any]:
        using = [
            (monitor, STATE_BADGES[Monitor.State(monitor.state)])
            for monitor in monitors_filled_from(self.place)
        ]
        return {
            "place": self.place,
            "blanks": filled_blanks(self.place),
            "warnings": warnings_about(self.place.values),
            "monitors": using,
        }


class CreatePlace(FormPage):
    """A new place profile."""

    form_class = NewPlaceForm
    template_name = "monitor/place_form.html"
    submit_label = _("Maak plaatsprofiel")

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        return Header(
            _("Nieuw plaatsprofiel"),
            _("Eén naam per regel. Wat u leeg laat, telt in de zoekvraag niet mee."),
            _crumbs((_("Nieuw plaatsprofiel"), None)),
        )

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: NewPlaceForm) -> str:
        data = form.cleaned_data
        place = create_place(
            organisation=data["organisation"], name=data["name"], values=form.values, by=person(self.request)
        )
        return reverse("place", args=[place.pk])

    def success_message(self) -> str:
        return _("Het plaatsprofiel staat klaar. Kies het bij de zoekvraag van een monitor.")


class EditPlace(PlacePage, FormPage):
    """A change of a profile; what it does to monitors is shown before it is saved."""

    form_class = PlaceForm
    template_name = "monitor/place_form.html"

    def header(self) -> Header:
        return Header(
            _("Wijzig het plaatsprofiel"),
            self.place.name,
            _crumbs((self.place.name, self.back_url()), (_("Wijzig"), None)),
        )

    def form_arguments(self) -> dict[str, Any]:
        return {"place": self.place}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        step = request.POST.get("stap", "")
        form = PlaceForm(request.POST, place=self.place)
        if step == "terug":
            return self._ask(form)
        effects = effects_of(self.place, form.values) if step != "bewaren" and form.is_valid() else ()
        if effects:
            return self.show(form=form, effects=effects, cancel_url=self.cancel_url())
        return super().post(request, **kwargs)

    def save(self, form: PlaceForm) -> str:
        name = form.cleaned_data["name"]
        change_place(place=self.place, name=name, values=form.values, by=person(self.request))
        return self.back_url()


class RemovePlace(PlacePage, ConfirmPage):
    """Remove a profile that no monitor uses."""

    question = _("Wilt u dit plaatsprofiel verwijderen? Geen enkele monitor gebruikt het.")
    confirm_label = _("Verwijder")

    def allowed(self) -> bool:
        return not self.place.monitors.exists()

    def header(self) -> Header:
        return Header(
            _("Verwijder het plaatsprofiel"),
            self.place.name,
            _crumbs((self.place.name, self.back_url()), (_("Verwijder"), None)),
        )

    def context(self) -> dict[str, Any]:
        return {"cancel_url": self.back_url()}

    def act(self) -> str:
        remove_place(place=self.place, by=person(self.request))
        return reverse("places")


urlpatterns = [
    path("omgeving/plaatsprofielen", Places.as_view(), name="places"),
    path("omgeving/plaatsprofielen/nieuw", CreatePlace.as_view(), name="place-create"),
    path("omgeving/plaatsprofielen/<int:pk>", PlaceDetail.as_view(), name="place"),
    path("omgeving/plaatsprofielen/<int:pk>/wijzigen", EditPlace.as_view(), name="place-edit"),
    path("omgeving/plaatsprofielen/<int:pk>/verwijderen", RemovePlace.as_view(), name="place-remove"),
]
