"""Locations: the list, one at a glance, what we knew on a day, and keeping it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.lists import Column, Filter, ListSpec, listing
from regietafel.kit.pages import Action, DetailPage, Empty, FormPage, Header, ListPage, PostPage
from regietafel.reception.forms.places import (
    FEATURES,
    DayAndReasonForm,
    LocationForm,
    NewLocationForm,
    SharingForm,
)
from regietafel.reception.models import Location, PlaceKind
from regietafel.reception.selectors import locations as reading
from regietafel.reception.selectors.choosing import municipalities_for
from regietafel.reception.services.places import (
    change_location,
    close_location,
    create_location,
    reopen_location,
    share_location,
)
from regietafel.reception.views.keeping import STEP, KeepingPage, LocationPage, person
from regietafel.register.public import organisations_with

STATES = (("open", _("open")), ("gesloten", _("gesloten")), ("te-veel", _("te veel toegezegd")))
SHARED = (("regio", _("met de regio")), ("niet", _("niet met de regio")))
LATEST_YEAR = 9998


def _shared(rows: QuerySet[Location], value: str) -> QuerySet[Location]:
    return rows.filter(shared_with_region=value == "regio")


def _spec(standings: dict[int, reading.Standing], *, short: set[int], unknown: set[int]) -> ListSpec:
    def number(name: str) -> Any:
        return lambda row: getattr(standings[row.pk], name) if row.pk in standings else None

    def known(name: str) -> Any:
        return lambda row: None if row.pk in unknown else number(name)(row)

    def state(row: Location) -> str:
        if row.pk in short:
            return _("te veel toegezegd")
        return _("gesloten") if row.closed_on else _("open")

    def tone(row: Location) -> str:
        return "fout" if row.pk in short else "neutraal" if row.closed_on else "ok"

    def in_state(rows: QuerySet[Location], value: str) -> QuerySet[Location]:
        if value == "te-veel":
            return rows.filter(pk__in=short)
        return rows.filter(closed_on__isnull=value == "open")

    return ListSpec(
        columns=(
            Column("naam", _("Locatie"), "name", sort=("name",), key_fact=True),
            Column("gemeente", _("Gemeente"), "municipality.name", sort=("municipality__name", "name")),
            Column("soort", _("Soort"), _kinds),
            Column("plaatsen", _("Plaatsen vandaag"), known("places"), numeric=True),
            Column("bezet", _("Bezet of gereserveerd"), number("claimed"), numeric=True),
            Column("vrij", _("Vrij vandaag"), known("free"), numeric=True, key_fact=True),
            Column("einde", _("Laatste dag met plaatsen"), reading.last_day, sort=("last_end",)),
            Column("gedeeld", _("Gedeeld"), lambda row: _("regio") if row.shared_with_region else _("niet")),
            Column("stand", _("Stand"), state, badge=tone),
        ),
        filters=(
            Filter("gemeente", _("Gemeente"), _municipalities, "municipality"),
            Filter("soort", _("Soort"), lambda _user: PlaceKind.choices, reading.with_kind),
            Filter("gedeeld", _("Gedeeld"), lambda _user: SHARED, _shared),
            Filter("stand", _("Stand"), lambda _user: STATES, in_state),
        ),
        search=("name", "address", "municipality__name"),
        default_sort="naam",
        export_name="opvanglocaties",
    )


def _municipalities(user: Any) -> list[tuple[int, str]]:
    return [(area.pk, area.name) for area in municipalities_for(user)]


def _kinds(row: Location) -> str:
    return ", ".join(sorted({pool.get_kind_display() for pool in row.pools.all()}))


class Locations(ListPage):
    """Every location a person may read, with its places today."""

    tab_set = "reception"

    def header(self) -> Header:
        return Header(
            _("Opvanglocaties"),
            _("Waar mensen kunnen worden opgevangen, en hoeveel plaatsen er vandaag zijn."),
            ((_("Opvang"), reverse("reception")), (_("Locaties"), None)),
            self._actions(),
        )

    def _actions(self) -> tuple[Action, ...]:
        if not organisations_with(self.request.user, "may_write").exists():
            return ()
        return (Action(_("Nieuwe locatie"), reverse("reception-location-create"), primary=True),)

    @property
    def spec(self) -> ListSpec:  # type: ignore[override]
        """Return the list with the numbers of today."""
        user = self.request.user
        standings = reading.standings(reading.locations_of(user), on=timezone.localdate())
        short, unknown = reading.short_locations(user), reading.unknown_locations(user)
        return _spec(standings, short=short, unknown=unknown)

    def rows(self) -> QuerySet[Location]:
        return reading.locations_of(self.request.user)

    def url_of(self, subject: Location) -> str:
        return reverse("reception-location", args=[subject.pk])

    def empty(self) -> Empty:
        return Empty(
            _("Er is nog geen opvanglocatie."),
            _("Een locatie heeft een naam, een gemeente en plaatsen op bepaalde dagen. "
              "Alleen uw organisatie ziet haar, tot u haar deelt."),
            next(iter(self._actions()), None),
        )  # fmt: skip

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.GET.get("uit"):
            return self._export(request.GET["uit"])
        shown = listing(self.spec, self.rows(), params=request.GET, user=request.user, url_of=self.url_of)
        return self.show(listing=shown, empty=self.empty())


def day_asked(request: HttpRequest, name: str, *, otherwise: date) -> date:
    """Return a day that an address asks for; another when it names none that exists."""
    try:
        day = parse_date(request.GET.get(name, ""))
    except ValueError:
        day = None
    far = day is not None and not 1 < day.year < LATEST_YEAR
    return otherwise if day is None or far else day


class LocationOverview(LocationPage, DetailPage):
    """One location: its places over time, who is there and who comes, and what it is."""

    template_name = "reception/location.html"

    def actions(self) -> tuple[Action, ...]:
        pk = [self.location.pk]
        found = [Action(_("Wat wisten wij op …"), reverse("reception-location-journal", args=pk))]
        if self.may_keep:
            found.append(Action(_("Wijzig"), reverse("reception-location-edit", args=pk)))
            found.append(Action(_("Delen"), reverse("reception-location-share", args=pk)))
        if self.may_keep and self.location.closed_on:
            url = reverse("reception-location-reopen", args=pk)
            found.append(Action(_("Open weer"), url, method="post"))
        elif self.may_book and self.location.pools.exists():
            found.append(Action(_("Boeken"), reverse("reception-book", args=pk), primary=True))
        return tuple(found)

    def context(self) -> dict[str, Any]:
        now = timezone.now()
        day = day_asked(self.request, "dag", otherwise=timezone.localdate())
        told = reading.location_told(self.location, on=day)
        words = dict(FEATURES)
        return super().context() | {
            "told": told,
            "is_today": day == timezone.localdate(),
            "blocks": reading.blocks_known(self.location, at=now),
            "features": [words.get(one, one) for one in self.location.features],
            "shared_with": self.location.shared_with.all(),
        }


class Journal(LocationPage, DetailPage):
    """What stood in the ledger of a location at the end of a day, and what it came to."""

    template_name = "reception/journal.html"
    step = gettext_lazy("Wat wisten wij op …")

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        known_on = min(day_asked(self.request, "wist", otherwise=today), today)
        day = day_asked(self.request, "dag", otherwise=known_on)
        at = min(end_of(known_on), timezone.now())
        all_versions = self.request.GET.get("alles") == "1"
        return super().context() | {
            "known_on": known_on,
            "day": day,
            "at": at,
            "all_versions": all_versions,
            "told": reading.location_told(self.location, on=day, at=at),
            "blocks": reading.blocks_known(self.location, at=at),
            "lines": reading.journal(self.location, at=at, all_versions=all_versions),
        }


def end_of(day: date) -> datetime:
    """Return the last moment of a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta(microseconds=1)


class NewLocation(FormPage):
    """Write down a location."""

    form_class = NewLocationForm
    submit_label = gettext_lazy("Maak de locatie")

    def allowed(self) -> bool:
        return organisations_with(self.request.user, "may_write").exists()

    def header(self) -> Header:
        crumbs = (
            (_("Opvang"), reverse("reception")),
            (_("Opvanglocaties"), reverse("reception-locations")),
            (_("Nieuwe locatie"), None),
        )
        purpose = _("Alleen uw organisatie ziet de locatie, tot u haar deelt.")
        return Header(_("Nieuwe locatie"), purpose, crumbs)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def save(self, form: NewLocationForm) -> str:
        values = dict(form.cleaned_data)
        made = create_location(organisation=values.pop("organisation"), by=person(self.request), **values)
        return reverse("reception-pool-create", args=[made.pk])

    def success_message(self) -> str:
        return _("De locatie is gemaakt. Zeg nu welke plaatsen er zijn.")


class EditLocation(KeepingPage, FormPage):
    """Change what is known of a location."""

    form_class = LocationForm
    step = gettext_lazy("Wijzig de locatie")

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.request.user, "initial": LocationForm.initial_of(self.location)}

    def save(self, form: LocationForm) -> str:
        change_location(location=self.location, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class ShareLocation(KeepingPage, FormPage):
    """Say who may read a location."""

    form_class = SharingForm
    step = gettext_lazy("Deel de locatie")

    def form_arguments(self) -> dict[str, Any]:
        initial = {
            "with_region": self.location.shared_with_region,
            "organisations": self.location.shared_with.all(),
        }
        return {"location": self.location, "initial": initial}

    def save(self, form: SharingForm) -> str:
        share_location(location=self.location, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class CloseLocation(KeepingPage, FormPage):
    """Close a location from a day."""

    form_class = DayAndReasonForm
    step = gettext_lazy("Sluit de locatie")
    submit_label = gettext_lazy("Sluit de locatie")
    template_name = STEP
    explanation = gettext_lazy(
        "Alle plaatsen van deze locatie eindigen op die dag. Wie er dan nog is of komt, heeft geen plek: u "
        "leest daarna hoeveel mensen dat zijn. U kunt de locatie later weer openen."
    )

    def context(self) -> dict[str, Any]:
        return super().context() | {"explanation": self.explanation}

    def save(self, form: DayAndReasonForm) -> str:
        close_location(location=self.location, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        told = reading.location_told(self.location, on=timezone.localdate())
        if not told.shortages:
            return _("De locatie sluit. Niemand had er daarna nog een plek.")
        return _("De locatie sluit.")


class ReopenLocation(KeepingPage, PostPage):
    """Open a location again."""

    def act(self) -> str:
        reopen_location(location=self.location, by=person(self.request))
        return self.back_url()

    def fallback_url(self) -> str:
        return self.back_url()


_ONE = "opvang/locaties/<int:pk>"
urlpatterns = [
    path("opvang/locaties", Locations.as_view(), name="reception-locations"),
    path("opvang/locaties/nieuw", NewLocation.as_view(), name="reception-location-create"),
    path(_ONE, LocationOverview.as_view(), name="reception-location"),
    path(f"{_ONE}/journaal", Journal.as_view(), name="reception-location-journal"),
    path(f"{_ONE}/wijzigen", EditLocation.as_view(), name="reception-location-edit"),
    path(f"{_ONE}/delen", ShareLocation.as_view(), name="reception-location-share"),
    path(f"{_ONE}/sluiten", CloseLocation.as_view(), name="reception-location-close"),
    path(f"{_ONE}/openen", ReopenLocation.as_view(), name="reception-location-reopen"),
]
