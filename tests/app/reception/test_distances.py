"""Kilometres on the pages of a proposal: told where they are known, and named where they are not."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from regietafel.reception.models import Proposal
from regietafel.reception.selectors.alternatives import table_of
from regietafel.reception.services.forgetting import forget_in_proposals
from regietafel.register.models import Area
from tests.app.reception.places import Places, in_days
from tests.app.reception.proposals import proposal_for, small_hall, waiting, where


def put(area: Area | None, latitude: float, longitude: float) -> None:
    assert area is not None
    Area.objects.filter(pk=area.pk).update(
        latitude=latitude, longitude=longitude, centre="Kern", centre_source="GeoNames 1, CC BY 4.0, via x"
    )


@pytest.fixture
def apart(places: Places) -> Places:
    """North and south lie 10.0 km apart, so 13 km by our road; west has a centre and no places."""
    put(places.north.area, 52.40, 6.50)
    put(places.south.area, 52.31, 6.50)
    return places


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def page(client: Client, places: Places, proposal: Proposal) -> str:
    client.force_login(places.placer)
    return text(client.get(reverse("proposal", args=[proposal.pk])))


def reason_of(proposal: Proposal) -> str:
    return proposal.lines.get().reason


def test_a_reason_names_the_kilometres_and_the_page_what_they_are(apart: Places, client: Client) -> None:
    small_hall(apart, "Zaal", 4)
    made = proposal_for(apart, waiting(apart, "G-1", 6, tied_to=apart.south.area))
    assert where(made) == {"G-1": "Sporthal De Kade"}
    assert reason_of(made).startswith("13 km van Zuid (werk of school); 1 locatie dichterbij: 1 te klein")
    shown = page(client, apart, made)
    assert "13 km van Zuid (werk of school)" in shown
    assert "Hemelsbreed tussen de hoofdplaatsen van twee gemeenten, maal 1,3; geen reistijd." in shown
    assert "GeoNames (CC BY 4.0)" in shown
    assert made.inputs["afstanden"] == {
        "omwegfactor": 1.3, "bronnen": ["GeoNames (CC BY 4.0)"],
        "km": [["Zuid", "Noord", 13.0]], "onbekend": [],
    }  # fmt: skip


def test_the_nearer_of_two_other_municipalities_is_proposed(apart: Places) -> None:
    """Before distances both halls counted the same to somebody tied to a third municipality."""
    east = Area.objects.create(code="GM9004", name="Oost", kind="gemeente", latitude=52.30, longitude=6.51)
    small_hall(apart, "Zaal", 9)
    near = proposal_for(apart, waiting(apart, "G-1", 2, earlier=east))
    assert where(near) == {"G-1": "Zaal"}
    Area.objects.filter(pk=east.pk).update(latitude=52.41, longitude=6.51)
    far = proposal_for(apart, waiting(apart, "G-2", 2, earlier=east))
    assert where(far) == {"G-2": "Sporthal De Kade"}
    assert "2 km van Oost (eerdere plek)" in reason_of(far) or "3 km van Oost" in reason_of(far)


def test_what_a_choice_costs_is_told_in_kilometres_of_all_people(apart: Places, client: Client) -> None:
    small_hall(apart, "Zaal", 9)
    made = proposal_for(apart, waiting(apart, "G-1", 3, tied_to=apart.south.area))
    client.force_login(apart.placer)
    shown = text(client.get(reverse("proposal-line", args=[made.lines.get().pk])))
    assert "samen 39 km verder van werk, school of eerdere plek" in shown
    assert "Kilometers zijn van alle mensen opgeteld." in shown
    assert "personenkilometer" not in shown


def test_a_municipality_without_a_centre_is_named_and_counts_inside_only(
    apart: Places, client: Client
) -> None:
    Area.objects.filter(pk=apart.south.area_id).update(latitude=None, longitude=None)
    small_hall(apart, "Zaal", 2)
    made = proposal_for(apart, waiting(apart, "G-1", 2, tied_to=apart.south.area))
    assert where(made) == {"G-1": "Zaal"}
    far = proposal_for(apart, waiting(apart, "G-2", 4, tied_to=apart.south.area))
    assert reason_of(far).startswith("niet in Zuid (werk of school)")
    shown = page(client, apart, far)
    assert "Niet bekend voor Zuid: daar telt alleen of de plek in de gemeente van de band ligt." in shown
    assert "0 km van" not in shown
    assert far.inputs["afstanden"]["onbekend"] == ["Zuid"]


def test_in_the_regular_variant_distances_do_not_count(apart: Places, client: Client) -> None:
    small_hall(apart, "Zaal", 9)
    made = proposal_for(apart, waiting(apart, "G-1", 2, tied_to=apart.south.area), variant="regulier")
    assert "km van" not in reason_of(made)
    assert "tellen niet mee in deze variant" in page(client, apart, made)


def test_a_proposal_of_before_the_distances_still_opens(apart: Places, client: Client) -> None:
    small_hall(apart, "Zaal", 9)
    made = proposal_for(apart, waiting(apart, "G-1", 2, tied_to=apart.south.area))
    del made.inputs["afstanden"]
    made.save()
    shown = page(client, apart, made)
    assert "niet bekend; alleen in of buiten de gemeente van een band telt" in shown
    assert client.get(reverse("proposal-line", args=[made.lines.get().pk])).status_code == 200


def test_prices_seen_before_a_centre_moved_are_not_used_after_it(apart: Places) -> None:
    small_hall(apart, "Zaal", 9)
    made = proposal_for(apart, waiting(apart, "G-1", 2, tied_to=apart.south.area))
    seen = table_of(made).seen
    waiting(apart, "G-9", 2, tied_to=apart.far.area)
    assert table_of(made).seen == seen, "somebody else's tie changes nothing"
    put(apart.south.area, 52.20, 6.50)
    assert table_of(made).seen != seen


def test_an_erased_group_takes_along_where_it_had_its_ties(apart: Places, client: Client) -> None:
    group = waiting(apart, "G-1", 6, tied_to=apart.south.area)
    made = proposal_for(apart, group)
    forget_in_proposals(group)
    group.delete()
    made.refresh_from_db()
    assert "Zuid" not in f"{made.inputs} {reason_of(made)}"
    assert "Tussen welke gemeenten, is met een groep gewist." in page(client, apart, made)


def test_who_may_still_come_is_reckoned_with_unknown_distances_too(apart: Places) -> None:
    """Groups of the last weeks can be tied to a municipality of which nobody knows where it lies."""
    small_hall(apart, "Zaal", 9)
    waiting(apart, "G-0", 3, tied_to=apart.far.area, arrives_on=in_days(-5))
    made = proposal_for(apart, waiting(apart, "G-1", 2, tied_to=apart.south.area), later=10)
    assert made.placed == 2
    assert made.inputs["straks"]["uit_groepen"] == 1
