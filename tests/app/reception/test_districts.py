"""The wijk of a location: of its own municipality, in and out of lists, and how places are spread."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from regietafel.kit.refusal import Refused
from regietafel.reception.forms.places import LocationForm
from regietafel.reception.models import Location
from regietafel.reception.services.booking import book
from regietafel.reception.services.lists import ListRefused, receive_list, store_list
from regietafel.reception.services.places import add_block, add_pool, change_location, create_location
from regietafel.register.models import Area, AreaMembership, Inhabitants
from regietafel.register.selectors.areas import districts_of
from tests.app.reception.desk import browser, text_of
from tests.app.reception.places import LONG_AGO, Places, wanted

pytestmark = pytest.mark.django_db


@pytest.fixture
def wijken(places: Places) -> dict[str, Area]:
    """Two wijken and a buurt in north, and one wijk in south; of one in north the inhabitants are known."""
    north, south = places.north.area, places.south.area
    assert north is not None
    assert south is not None
    found = {
        "Centrum": _inside("WK900101", "Centrum", "wijk", north),
        "Heide": _inside("WK900102", "Heide", "wijk", north),
        "Haven": _inside("WK900201", "Haven", "wijk", south),
    }
    found["Markt"] = _inside("BU90010101", "Markt", "buurt", found["Centrum"])
    first = dt.date(timezone.localdate().year, 1, 1)
    Inhabitants.objects.create(area=found["Centrum"], reference_on=first, count=8000, source="CBS, proef")
    old = dt.date(2016, 1, 1)
    Inhabitants.objects.create(area=found["Heide"], reference_on=old, count=5000, source="CBS, proef")
    return found


def _inside(code: str, name: str, kind: str, parent: Area) -> Area:
    area = Area.objects.create(code=code, name=name, kind=kind)
    AreaMembership.objects.create(area=area, parent=parent, valid_from=LONG_AGO, source="proef")
    return area


def _posted(places: Places, **changed: Any) -> LocationForm:
    initial = LocationForm.initial_of(places.location)
    sent = {name: value for name, value in initial.items() if value not in (None, [])}
    sent["municipality"] = places.location.municipality_id
    return LocationForm(sent | changed, user=places.placer)


def test_a_buurt_counts_in_its_wijk_and_lies_in_its_municipality(
    places: Places, wijken: dict[str, Area]
) -> None:
    assert places.north.area is not None
    found = {one.area.name: one for one in districts_of([places.north.area])}
    assert list(found) == ["Centrum", "Heide", "Markt"]
    assert found["Markt"].counted_in == wijken["Centrum"]
    assert found["Markt"].municipality_id == places.north.area.pk
    assert districts_of([places.north.area], LONG_AGO - dt.timedelta(1)) == ()


def test_wijken_are_offered_per_municipality_of_the_own_region_only(
    places: Places, wijken: dict[str, Area]
) -> None:
    assert places.far.area is not None
    _inside("WK900301", "Elders", "wijk", places.far.area)
    page = browser(places.keeper).get(f"/opvang/locaties/{places.location.pk}/wijzigen").content.decode()
    assert '<optgroup label="Noord">' in page
    assert '<optgroup label="Zuid">' in page
    assert "Markt (buurt in Centrum)" in page
    assert "Elders" not in page


def test_a_wijk_of_another_municipality_is_refused_at_its_field(
    places: Places, wijken: dict[str, Area]
) -> None:
    form = _posted(places, district=str(wijken["Haven"].pk))
    assert form.errors["district"] == ["Deze wijk ligt niet in Noord. Kies een andere, of onbekend."]
    form = _posted(places, district=str(wijken["Markt"].pk))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["district"] == wijken["Markt"]


def test_no_caller_puts_a_location_in_a_wijk_elsewhere(places: Places, wijken: dict[str, Area]) -> None:
    with pytest.raises(Refused, match="Haven ligt niet in Noord"):
        change_location(location=places.location, by=places.keeper, district=wijken["Haven"])
    with pytest.raises(Refused, match="Haven ligt niet in Noord"):
        create_location(
            organisation=places.north, by=places.keeper, name="Loods", municipality=places.north.area,
            district=wijken["Haven"],
        )  # fmt: skip
    change_location(location=places.location, by=places.keeper, district=wijken["Heide"])
    with pytest.raises(Refused, match="Heide ligt niet in Zuid"):
        change_location(location=places.location, by=places.keeper, municipality=places.south.area)


def test_without_wijken_the_form_says_who_can_add_them(places: Places) -> None:
    path = f"/opvang/locaties/{places.location.pk}/wijzigen"
    page = browser(places.keeper).get(path).content.decode()
    assert "nog geen wijken bekend" in page
    assert 'href="/beheer/gebieden"' in page
    assert "id_district" not in page
    assert "nog geen wijken bekend" in text_of(places.keeper, "/opvang/gemeenten/GM9001")


def test_a_wijk_comes_in_with_a_list_by_name_or_code(places: Places, wijken: dict[str, Area]) -> None:
    rows = "Locatie;Gemeente;Wijk\nOude school;Noord;centrum\nLoods;Noord;BU90010101\nBrug;Noord;\n"
    store_list(reading=_sent(places, rows), by=places.keeper)
    told = dict(Location.objects.values_list("name", "district__name"))
    assert (told["Oude school"], told["Loods"], told["Brug"]) == ("Centrum", "Markt", None)
    with pytest.raises(ListRefused) as refused:
        store_list(reading=_sent(places, "Locatie;Gemeente;Wijk\nPand;Noord;Haven\n"), by=places.keeper)
    assert "kennen wij niet in Noord" in refused.value.errors[0].message


def _sent(places: Places, text: str) -> Any:
    day, file = timezone.localdate(), ("lijst.csv", text.encode())
    return receive_list(organisation=places.north, kind="locaties", file=file, day=day, by=places.keeper)


def test_two_areas_of_one_name_go_out_and_in_by_their_code(places: Places, wijken: dict[str, Area]) -> None:
    same = _inside("BU90010201", "Heide", "buurt", wijken["Heide"])
    change_location(location=places.location, by=places.keeper, district=same)
    rows = "Locatie;Gemeente;Wijk\nPand;Noord;Heide\n"
    with pytest.raises(ListRefused) as refused:
        store_list(reading=_sent(places, rows), by=places.keeper)
    assert "WK900102, BU90010201" in refused.value.errors[0].message
    own = browser(places.keeper).get("/opvang/lijsten/uit/locaties/csv").content.decode("utf-8-sig")
    assert "BU90010201" in own
    assert store_list(reading=_sent(places, own), by=places.keeper) == {"al bekend": 2}


def test_a_location_that_moves_by_a_list_loses_the_wijk_it_left(
    places: Places, wijken: dict[str, Area]
) -> None:
    change_location(location=places.location, by=places.keeper, district=wijken["Heide"])
    store_list(reading=_sent(places, "Locatie;Gemeente\nSporthal De Kade;Zuid\n"), by=places.keeper)
    places.location.refresh_from_db()
    assert (places.location.municipality.name, places.location.district) == ("Zuid", None)


def test_the_spread_counts_places_against_inhabitants_and_never_guesses(
    places: Places, wijken: dict[str, Area]
) -> None:
    change_location(location=places.location, by=places.keeper, district=wijken["Markt"])
    book(wanted=wanted(places.hall, 30), by=places.keeper)
    loose = create_location(
        organisation=places.north, by=places.keeper, name="Loods", municipality=places.north.area,
        shared_with_region=True,
    )  # fmt: skip
    pool = add_pool(location=loose, by=places.keeper, kind="noodopvang")
    add_block(pool=pool, by=places.keeper, places=10, from_on=LONG_AGO, source="proef")
    told = text_of(places.reader, "/opvang/gemeenten/GM9001")
    table = told[told.index('id="spreiding"') : told.index("Contracten die eindigen")]
    rows = {
        row.split("</th>")[0].rpartition(">")[2]: [_bare(cell) for cell in row.split("<td")[1:]]
        for row in table.split("<tr ")[2:]
    }
    assert rows["Centrum"] == ["Sporthal De Kade", "74", "30", "8.000", "9,3"]
    assert rows["Heide"] == ["geen", "0", "0", "onbekend", "onbekend"]
    assert rows["wijk onbekend"] == ["Loods", "10", "0", "onbekend", "onbekend"]
    assert rows["Noord"] == ["2 locaties", "84", "30", "onbekend", "onbekend"]
    assert "CBS, proef" in table
    assert "Heide: Het nieuwste inwonertal is van 1-1-2016 en daarmee ouder dan 2 jaar" in table
    assert "heeft geen wijkscore" in table


def _bare(cell: str) -> str:
    return re.sub(r"<[^>]*>", "", cell.partition(">")[2].partition("</td>")[0]).strip()
