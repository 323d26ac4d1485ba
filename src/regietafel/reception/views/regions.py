"""What the pages of a region share: which one, who coordinates it, and what is said without one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from regietafel.kit.pages import Action, Empty, Header, Page
from regietafel.reception.selectors.access import Region, may_coordinate, regions_of
from regietafel.register.public import User

Crumb = tuple[str, str | None]


def person(request: HttpRequest) -> User:
    """Return who acts; every page that changes something is only for people who logged in."""
    assert isinstance(request.user, User)
    return request.user


def chosen_region(user: Any, code: str = "") -> tuple[Region | None, list[Region]]:
    """Return the region somebody asked for, or the first of the own ones; and all of them."""
    regions = regions_of(user)
    found = next((one for one in regions if one.area.code == code), None)
    return found or next(iter(regions), None), regions


class RegionPage(Page):
    """A page about the region of the person."""

    tab_set = "reception"
    title: Any = ""
    purpose: Any = ""
    region: Region | None
    regions: list[Region]

    def prepare(self) -> None:
        self.region, self.regions = chosen_region(self.request.user, self.request.GET.get("regio", ""))

    @property
    def the_region(self) -> Region:
        """Return the region on a page that is only shown with one."""
        assert self.region is not None
        return self.region

    @property
    def coordinates(self) -> bool:
        """Say whether this person coordinates the places of the region."""
        point = self.region.point if self.region else None
        return point is not None and may_coordinate(self.request.user, point.pk)

    def header(self) -> Header:
        crumbs: tuple[Crumb, ...] = ((_("Opvang"), reverse("reception")), (str(self.title), None))
        return Header(str(self.title), str(self.purpose), crumbs, self.actions() if self.region else ())

    def actions(self) -> tuple[Action, ...]:
        """Return the buttons beside the title."""
        return ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.region is None:
            return self.without_region()
        return self.show()

    def without_region(self) -> HttpResponse:
        """Say why there is no region, and what to do about it."""
        values = {"page": self.header(), "tabs": [], "empty": no_region()}
        return render(self.request, "reception/without_region.html", values)

    def context(self) -> dict[str, Any]:
        return {"region": self.region, "regions": self.regions, "coordinates": self.coordinates}


def no_region() -> Empty:
    """Return what is said to somebody who works in no region."""
    return Empty(
        _("U werkt niet voor een organisatie in een veiligheidsregio"),
        _(
            "Het opvangbord laat zien wat een veiligheidsregio en haar gemeenten aan plaatsen hebben. U hebt "
            "daarvoor een rol nodig die interne gegevens leest, bij een organisatie die in zo’n regio ligt. "
            "Vraag de beheerder om die rol, of om het gebied van uw organisatie in te vullen."
        ),
    )
