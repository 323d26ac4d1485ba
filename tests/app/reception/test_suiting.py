"""Finding a place: only where the group can be, by the rules of the proposal, and why elsewhere it cannot."""

from typing import Any

import pytest
from django.utils import timezone

from regietafel.reception.models import Group
from regietafel.reception.selectors.suiting import suiting_for
from regietafel.reception.services.booking import book
from regietafel.reception.services.upkeep import roll_on
from tests.app.reception.places import Places, group_of, in_days, location_of, pool_of, wanted

pytestmark = pytest.mark.django_db


def _found(places: Places, group: Group) -> tuple[list[str], dict[str, str]]:
    roll_on()  # the places of the fixture were written down without a service
    found = suiting_for(places.keeper, group, first=timezone.localdate())
    return (
        [room.pool.kind for room in found.rooms],
        {one.room.pool.kind: "; ".join(one.reasons) for one in found.others},
    )


@pytest.fixture
def known(places: Places) -> Places:
    """The hall has two accessible places, of the rooms nobody knows; hosts are for families only."""
    places.hall.accessible_places = 2
    places.hall.save(update_fields=("accessible_places",))
    hosts = pool_of(places.location, "particulier", places=10)
    hosts.target_group = "gezin"
    hosts.save(update_fields=("target_group",))
    return places


def test_accessible_places_must_be_known_and_there(known: Places) -> None:
    rooms, others = _found(known, group_of(known.north, "E-1", 3, accessible=2))
    assert rooms == ["noodopvang"]
    assert others["gemeentelijk"] == "toegankelijk: onbekend hoeveel plaatsen, 2 nodig"
    rooms, others = _found(known, group_of(known.north, "E-2", 3, accessible=3))
    assert rooms == []
    assert others["noodopvang"] == "toegankelijk: 2 plaatsen, 3 nodig"


def test_places_for_families_are_for_nobody_else(known: Places) -> None:
    known.location.features = ["gezin"]
    known.location.save(update_fields=("features",))
    rooms, others = _found(known, group_of(known.north, "E-3", 3))
    assert "particulier" not in rooms
    assert "alleen voor gezinnen" in others["particulier"]
    rooms, _others = _found(known, group_of(known.north, "E-4", 3, needs=["gezin"]))
    assert "particulier" in rooms


def test_what_was_taken_by_an_accessible_group_is_taken(known: Places) -> None:
    first = group_of(known.north, "E-5", 2, accessible=2)
    book(wanted=wanted(known.hall, 2, group=first), by=known.keeper)
    _rooms, others = _found(known, group_of(known.north, "E-6", 2, accessible=1))
    assert others["noodopvang"] == "toegankelijk: 0 plaatsen, 1 nodig"


def test_every_day_of_the_stay_counts(known: Places) -> None:
    book(wanted=wanted(known.hall, 48, from_on=in_days(5), until_on=in_days(6)), by=known.keeper)
    stay: dict[str, Any] = {"leaves_on": in_days(9), "kinds": ["noodopvang"]}
    _rooms, others = _found(known, group_of(known.north, "E-7", 4, **stay))
    assert others["noodopvang"] == "vol: 2 plaatsen vrij, 4 nodig"
    rooms, _others = _found(
        known, group_of(known.north, "E-8", 4, leaves_on=in_days(5), kinds=["noodopvang"])
    )
    assert rooms == ["noodopvang", "noodopvang"], "the hall and the barracks"


def test_who_stays_until_nobody_knows_when_needs_a_place_on_every_later_day(known: Places) -> None:
    book(wanted=wanted(known.hall, 48, from_on=in_days(1), until_on=in_days(9)), by=known.keeper)
    stay: dict[str, Any] = {"kinds": ["noodopvang"]}
    rooms, others = _found(known, group_of(known.north, "E-9", 4, **stay))
    assert rooms == ["noodopvang"], "only the barracks"
    assert others["noodopvang"] == "vol: op een latere dag 2 plaatsen vrij, 4 nodig"
    rooms, _others = _found(known, group_of(known.north, "E-10", 4, leaves_on=in_days(1), **stay))
    assert rooms == ["noodopvang", "noodopvang"], "who is gone the day before has a place in the hall too"


def test_the_end_of_a_contract_does_not_make_a_place_full(known: Places) -> None:
    rooms, _others = _found(known, group_of(known.north, "E-11", 50))
    assert rooms == ["noodopvang"], "all its places are free on every day that it has any"


def test_who_travels_alone_finds_regular_places_as_a_proposal_does(known: Places) -> None:
    alone = group_of(known.north, "E-20", 2, needs=["alleenreizend"])
    assert "noodopvang" in _found(known, alone)[0]
    known.location.features = ["alleenreizend"]
    known.location.save(update_fields=("features",))
    pool_of(location_of(known.north, "Elders", shared_with_region=True), "azc", places=5)
    rooms, others = _found(known, alone)
    assert "noodopvang" in rooms and others["azc"] == "geen alleenreizend"
