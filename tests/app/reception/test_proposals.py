"""Proposals: on what is free, never against a need, changed with a reason, booked together or not at all."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.reception.engine.placing import Household
from regietafel.reception.models import Booking, CapacityBlock, Group, Pool, Proposal, ProposalLine
from regietafel.reception.selectors.access import visible_proposals
from regietafel.reception.selectors.alternatives import alternatives_of, table_of
from regietafel.reception.selectors.proposal_shown import quality_of
from regietafel.reception.selectors.proposing import groups_without_place, visible_lines
from regietafel.reception.services.booking import book, depart
from regietafel.reception.services.buses import Bus, add_bus
from regietafel.reception.services.deciding import (
    Overtaken,
    change_line,
    confirm_proposal,
    refuse_proposal,
    renew_proposal,
)
from regietafel.reception.services.forgetting import forget_in_proposals
from regietafel.reception.services.proposing import make_proposal, propose_for_bus
from tests.app.reception.places import Places, group_of, in_days, pool_of, wanted
from tests.app.reception.proposals import asked_of, order, proposal_for, small_hall, waiting, where


def move(proposal: Proposal, group: Group, pool: Any, *, by: Any, reason: str = "dicht bij de school") -> Any:
    line = proposal.lines.get(group=group)
    seen = table_of(proposal).seen
    return change_line(line=line, pool=pool, reason=reason, seen=seen, by=by)


def test_people_get_a_place_on_what_is_free_and_nothing_is_booked(places: Places) -> None:
    book(wanted=wanted(places.hall, 47), by=places.placer)
    group, more = waiting(places, "G-1", 3), waiting(places, "G-2", 24, shares_room=False)
    made = proposal_for(places, group, more)
    assert (made.placed, made.unplaced, made.is_proven, made.gap_percent) == (27, 0, True, 0)
    kinds = {str(line.group): line.chosen.kind for line in made.lines.all() if line.chosen}
    assert kinds == {"G-1": "noodopvang", "G-2": "gemeentelijk"}
    assert all(line.reason for line in made.lines.all())
    assert Booking.objects.filter(group__isnull=False).count() == 0
    assert made.seed == 1
    assert {each["plek"] for each in made.inputs["plekken"]} == {
        "Sporthal De Kade (noodopvang)",
        "Sporthal De Kade (gemeentelijke opvang)",
    }


def test_every_night_counts_also_those_on_which_somebody_is_still_to_come(places: Places) -> None:
    hall = small_hall(places, "Zaal", 10)
    book(wanted=wanted(hall, 8, from_on=in_days(7), until_on=in_days(8)), by=places.placer)
    book(wanted=wanted(places.hall, 50), by=places.placer)
    book(wanted=wanted(places.rooms, 24), by=places.placer)
    assert proposal_for(places, waiting(places, "G-1", 3)).unplaced == 3
    leaving = waiting(places, "G-2", 3, leaves_on=in_days(7))
    assert where(proposal_for(places, leaving)) == {"G-2": "Zaal"}


def test_needs_target_groups_and_special_places_decide_where_somebody_can_be(places: Places) -> None:
    minors = small_hall(places, "Jeugdhuis", 40)
    minors.target_group = "amv"
    minors.save()
    care = small_hall(places, "Zorghuis", 8, features=["gezin"])
    care.care_places = 2
    care.save()
    adult, minor = waiting(places, "G-1", 60), waiting(places, "G-2", 2, needs=["amv"])
    one, other = waiting(places, "G-3", 2, care=2), waiting(places, "G-4", 2, care=1)
    made = proposal_for(places, adult, minor, one, other)
    found = where(made)
    assert (found["G-1"], found["G-2"], found["G-3"], found["G-4"]) == ("", "Jeugdhuis", "Zorghuis", "")
    assert "te klein" in made.lines.get(group=adult).reason
    assert "zorg" in made.lines.get(group=other).reason


def test_care_places_that_somebody_holds_are_not_proposed_again(places: Places) -> None:
    care = small_hall(places, "Zorghuis", 8)
    care.care_places = 2
    care.save()
    first = waiting(places, "G-1", 2, care=2)
    booking = book(wanted=wanted(care, 2, group=first), by=places.placer)
    second = waiting(places, "G-2", 1, care=1)
    assert where(proposal_for(places, second)) == {"G-2": ""}
    depart(booking=booking, people=2, on=in_days(0), by=places.placer)
    assert where(proposal_for(places, second)) == {"G-2": "Zorghuis"}


def test_an_unknown_number_of_special_places_is_said_and_never_promised(places: Places) -> None:
    made = proposal_for(places, waiting(places, "G-1", 2, accessible=1))
    line = made.lines.get()
    found = alternatives_of(table_of(made), line)
    assert {one.blocked for one in found} == {"toegankelijk: onbekend hoeveel plaatsen, 1 nodig"}


def test_regular_leaves_ties_and_links_aside_and_tailored_does_not(places: Places) -> None:
    for pool, people in ((places.hall, 48), (places.rooms, 24)):
        book(wanted=wanted(pool, people), by=places.placer)
    small_hall(places, "Zaal", 2)
    tied = waiting(places, "G-1", 2, earlier=places.north.area)
    other = waiting(places, "G-2", 2, earlier=places.south.area)
    assert where(proposal_for(places, tied, other)) == {"G-1": "Sporthal De Kade", "G-2": "Zaal"}
    regular = proposal_for(places, tied, other, variant="regulier")
    assert regular.placed == 4
    assert not [line.reason for line in regular.lines.all() if "eerdere plek" in line.reason]


def test_who_is_behind_on_the_assignment_comes_first(places: Places) -> None:
    zaal = small_hall(places, "Zaal", 30)
    asked_of(places, north=10, south=50)
    book(wanted=wanted(zaal, 4), by=places.placer)
    made = proposal_for(places, waiting(places, "G-1", 5))
    assert where(made) == {"G-1": "Zaal"}
    assert made.inputs["achterstand"] == {"Noord": 10, "Zuid": 46}
    assert "Zuid vangt 46 mensen minder op" in made.lines.get().reason


@pytest.mark.parametrize("counts", [True, False])
def test_private_hosts_fill_a_share_only_where_the_assignment_counts_them(
    places: Places, counts: bool
) -> None:
    asked_of(places, south=50, counts_private=counts)
    for pool, people in ((places.hall, 48), (places.rooms, 24)):
        book(wanted=wanted(pool, people), by=places.placer)
    small_hall(places, "Gastgezinnen", 6, kind="particulier")
    made = proposal_for(places, waiting(places, "G-1", 5))
    assert where(made) == {"G-1": "Gastgezinnen"}
    assert ("minder op dan haar aandeel" in made.lines.get().reason) is counts


def test_confidential_and_unshared_locations_are_never_proposed(places: Places) -> None:
    made = proposal_for(places, waiting(places, "G-1", 60))
    assert "Kazerne" not in str(made.inputs)
    own = group_of(places.north, "N-1", 12, shares_room=True)
    for_north = make_proposal(organisation=places.north, groups=[own], order=order(), by=places.keeper)
    assert "Kazerne" in str(for_north.inputs)


def test_scarce_places_are_kept_for_who_may_still_come(places: Places) -> None:
    rare = small_hall(places, "Met huisdier", 3, features=["huisdier"])
    left = {0: in_days(3), 4: in_days(-1)}
    for number in range(6):
        days = {"arrives_on": in_days(-number - 1), "leaves_on": left.get(number)}
        waiting(places, f"H-{number}", 3, needs=["huisdier"], **days)
    group = waiting(places, "G-1", 3, tied_to=places.south.area)
    assert where(proposal_for(places, group, later=0)) == {"G-1": "Met huisdier"}
    kept = proposal_for(places, group, later=12)
    assert where(kept) == {"G-1": "Sporthal De Kade"}
    later = kept.inputs["straks"]
    assert (later["personen"], later["uit_groepen"]) == (12, 6)
    assert later["vindt_plek"] > later["zonder_speling"]
    assert "Wie later komt, heeft hier baat bij" in " ".join(quality_of(kept))
    assert rare.pk in {each["nummer"] for each in kept.inputs["plekken"]}


def test_who_waits_is_who_holds_no_place_and_did_not_leave(places: Places) -> None:
    placed, left, ended, lapsed = (waiting(places, f"G-{n}", 2) for n in range(4))
    book(wanted=wanted(places.hall, 2, group=placed), by=places.placer)
    gone = book(wanted=wanted(places.hall, 2, group=left), by=places.placer)
    depart(booking=gone, people=2, on=in_days(0), by=places.placer)
    book(
        wanted=wanted(places.hall, 2, group=ended, from_on=in_days(-5), until_on=in_days(0)), by=places.placer
    )
    found = groups_without_place(places.point, in_days(0))
    assert {group.code for group in found} == {ended.code, lapsed.code}
    assert not groups_without_place(places.north, in_days(0)).exists()


def test_a_person_puts_a_group_elsewhere_and_others_make_room(places: Places) -> None:
    for pool, people in ((places.hall, 46), (places.rooms, 24)):
        book(wanted=wanted(pool, people), by=places.placer)
    zaal = small_hall(places, "Zaal", 4)
    one = waiting(places, "G-1", 4, tied_to=places.north.area)
    other = waiting(places, "G-2", 4, tied_to=places.south.area)
    made = proposal_for(places, one, other)
    assert where(made) == {"G-1": "Sporthal De Kade", "G-2": "Zaal"}
    line = made.lines.get(group=one)
    shown = {one.code: one for one in alternatives_of(table_of(made), line)}
    assert shown["Zaal"].words.startswith("G-2 verhuist mee, niemand extra zonder plek")
    move(made, one, zaal, by=places.placer)
    assert where(made) == {"G-1": "Zaal", "G-2": "Sporthal De Kade"}
    line.refresh_from_db()
    assert (line.is_changed, line.change_reason) == (True, "dicht bij de school")
    assert line.pool != line.chosen
    along = made.lines.get(group=other)
    assert (along.is_changed, along.change_reason) == (False, "verhuist mee met G-1")
    assert "U wijzigde 1 regel, 1 groep verhuisde mee;" in " ".join(quality_of(made, lines=made.lines.all()))
    told = AuditEvent.objects.get(action="voorstelregel.gewijzigd")
    assert told.reason == "dicht bij de school"


def test_what_a_person_chose_is_not_moved_by_the_next_choice(places: Places) -> None:
    for pool, people in ((places.hall, 46), (places.rooms, 24)):
        book(wanted=wanted(pool, people), by=places.placer)
    zaal = small_hall(places, "Zaal", 4)
    one, other = waiting(places, "G-1", 4), waiting(places, "G-2", 4)
    made = proposal_for(places, one, other)
    move(made, one, zaal, by=places.placer)
    blocked = {a.code: a.blocked for a in alternatives_of(table_of(made), made.lines.get(group=other))}
    assert blocked["Zaal"] == "vol: 0 plaatsen vrij, 4 nodig"
    with pytest.raises(Refused, match=r"Kan niet: vol"):
        move(made, other, zaal, by=places.placer)


def test_a_change_needs_a_reason_and_a_place_that_can_be(places: Places) -> None:
    group = waiting(places, "G-1", 3, needs=["gezin"])
    small_hall(places, "Zaal", 4, features=["gezin"])
    made = proposal_for(places, group)
    with pytest.raises(Refused, match="waarom"):
        move(made, group, None, by=places.placer, reason=" ")
    with pytest.raises(Refused, match="geen gezin"):
        move(made, group, places.hall, by=places.placer)
    with pytest.raises(Refused, match="niet plaatsen"):
        move(made, group, places.secret, by=places.placer)
    with pytest.raises(Refused, match="coördinatiepunt"):
        move(made, group, None, by=places.reader)
    move(made, group, None, by=places.placer)
    made.refresh_from_db()
    assert (made.placed, made.unplaced, where(made)) == (0, 3, {"G-1": ""})


def test_nothing_changes_when_the_page_was_old(places: Places) -> None:
    group = waiting(places, "G-1", 3)
    zaal = small_hall(places, "Zaal", 4)
    made = proposal_for(places, group)
    seen = table_of(made).seen
    book(wanted=wanted(zaal, 1), by=places.placer)
    with pytest.raises(Overtaken, match="intussen"):
        change_line(line=made.lines.get(), pool=zaal, reason="x", seen=seen, by=places.placer)


def test_confirming_books_every_line(places: Places) -> None:
    here, later = (
        waiting(places, "G-1", 3),
        waiting(places, "G-2", 24, shares_room=False, arrives_on=in_days(2)),
    )
    nowhere = waiting(places, "G-3", 70)
    made = proposal_for(places, here, later, nowhere)
    booked = confirm_proposal(proposal=made, by=places.placer)
    assert [(one.kind, one.people, one.from_on, one.until_on) for one in booked] == [
        ("plaatsing", 3, in_days(0), in_days(10)),
        ("reservering", 24, in_days(2), in_days(10)),
    ]
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("bevestigd", places.placer)
    assert {line.booking for line in made.lines.all()} == {*booked, None}
    for again in (confirm_proposal, lambda **k: refuse_proposal(reason="x", **k)):
        with pytest.raises(Refused, match="al besloten"):
            again(proposal=made, by=places.placer)


def test_when_a_place_is_taken_meanwhile_nothing_is_booked_and_the_line_is_named(places: Places) -> None:
    book(wanted=wanted(places.rooms, 24), by=places.placer)
    zaal = small_hall(places, "Zaal", 4, features=["gezin"])
    safe, hit = waiting(places, "G-1", 3), waiting(places, "G-2", 4, needs=["gezin"])
    made = proposal_for(places, safe, hit)
    book(wanted=wanted(zaal, 2), by=places.placer)
    with pytest.raises(Overtaken, match=r"Er is niets geboekt.*Zaal.*Het gaat om G-2\."):
        confirm_proposal(proposal=made, by=places.placer)
    made.refresh_from_db()
    assert made.state == "voorstel"
    assert not Booking.objects.filter(group__isnull=False).exists()
    new = renew_proposal(proposal=made, by=places.placer)
    made.refresh_from_db()
    assert (made.state, made.reason.startswith("Vervangen door")) == ("afgewezen", True)
    assert where(new) == {"G-1": "Sporthal De Kade", "G-2": ""}


def test_a_group_that_got_a_place_meanwhile_is_not_placed_twice(places: Places) -> None:
    group, other = waiting(places, "G-1", 3), waiting(places, "G-2", 2)
    made = proposal_for(places, group, other)
    book(wanted=wanted(places.hall, 3, group=group), by=places.placer)
    with pytest.raises(Refused, match=r"niets geboekt.*G-1"):
        confirm_proposal(proposal=made, by=places.placer)
    assert Booking.objects.filter(group=other).count() == 0
    assert where(renew_proposal(proposal=made, by=places.placer)).keys() == {"G-2"}


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"leaves_on": in_days(0)}, "is er in deze nachten niet meer"),
    ({"arrives_on": in_days(10)}, "is er in deze nachten niet meer"),
    ({"people": 5}, "telt nu 5 personen, in dit voorstel 3"),
    ({"needs": ["huisdier"]}, "geen huisdier"),
]


@pytest.mark.parametrize(("changed", "why"), CHANGES)
def test_a_group_that_changed_since_is_named_and_nothing_is_booked(
    places: Places, client: Client, changed: dict[str, Any], why: str
) -> None:
    group, other = waiting(places, "G-1", 3), waiting(places, "G-2", 2)
    made = proposal_for(places, group, other)
    seen = table_of(made).seen
    Group.objects.filter(pk=group.pk).update(**changed)
    assert table_of(made).seen != seen
    client.force_login(places.placer)
    page = client.get(reverse("proposal", args=[made.pk])).content.decode()
    assert why in page and "Er is intussen iets veranderd" in page
    lines = {line.group_id: reverse("proposal-line", args=[line.pk]) for line in made.lines.all()}
    gone = "niet meer" in why
    assert client.get(lines[other.pk]).status_code == 200
    assert client.get(lines[group.pk]).status_code == (404 if gone else 200)
    assert (lines[group.pk] in page) != gone
    with pytest.raises(Overtaken, match=f"Er is niets geboekt. G-1: .*{why}"):
        confirm_proposal(proposal=made, by=places.placer)
    assert not Booking.objects.filter(group__isnull=False).exists()


def test_choosing_again_takes_the_group_as_it_is_now_and_leaves_others_to_be_looked_at(
    places: Places,
) -> None:
    group, gone, grown = waiting(places, "G-1", 3), waiting(places, "G-2", 2), waiting(places, "G-3", 4)
    made = proposal_for(places, group, gone, grown)
    small_hall(places, "Zaal", 9)
    Group.objects.filter(pk=group.pk).update(people=5)
    Group.objects.filter(pk=grown.pk).update(people=9)
    Group.objects.filter(pk=gone.pk).update(leaves_on=in_days(0))
    move(made, group, Pool.objects.get(location__name="Zaal"), by=places.placer)
    lines = {line.group_id: line for line in made.lines.all()}
    assert {pk: (line.people, line.chosen_id is not None) for pk, line in lines.items()} == {
        group.pk: (5, True), gone.pk: (2, False), grown.pk: (4, True),
    }  # fmt: skip
    assert lines[gone.pk].change_reason == "" and "in deze nachten niet meer" in lines[gone.pk].reason
    with pytest.raises(Overtaken, match="G-3: telt nu 9 personen, in dit voorstel 4"):
        confirm_proposal(proposal=made, by=places.placer)
    move(made, grown, places.rooms, by=places.placer)
    booked = confirm_proposal(proposal=made, by=places.placer)
    assert {(one.group_id, one.people) for one in booked} == {(group.pk, 5), (grown.pk, 9)}


def test_a_new_proposal_leaves_out_who_is_not_there_any_more(places: Places) -> None:
    group, gone = waiting(places, "G-1", 3), waiting(places, "G-2", 2)
    made = proposal_for(places, group, gone)
    Group.objects.filter(pk=gone.pk).update(arrives_on=in_days(30))
    assert [line.group for line in renew_proposal(proposal=made, by=places.placer).lines.all()] == [group]
    again = proposal_for(places, group)
    Group.objects.filter(pk=group.pk).update(arrives_on=in_days(30))
    with pytest.raises(Refused, match="in deze nachten niet meer"):
        renew_proposal(proposal=again, by=places.placer)
    Proposal.objects.filter(pk=again.pk).update(first_on=in_days(-9), until_on=in_days(-1))
    again.refresh_from_db()
    with pytest.raises(Refused, match="voorbij"):
        renew_proposal(proposal=again, by=places.placer)


def test_refusing_needs_a_reason_and_books_nothing(places: Places) -> None:
    made = proposal_for(places, waiting(places, "G-1", 3))
    with pytest.raises(Refused, match="waarom"):
        refuse_proposal(proposal=made, reason="", by=places.placer)
    refuse_proposal(proposal=made, reason="de bus komt niet", by=places.placer)
    made.refresh_from_db()
    assert (made.state, made.reason, Booking.objects.count()) == ("afgewezen", "de bus komt niet", 0)


@pytest.mark.parametrize("who", ["reader", "keeper", "clerk", "stranger"])
def test_only_who_coordinates_proposes_and_reads_proposals(places: Places, who: str) -> None:
    made = proposal_for(places, group := waiting(places, "G-1", 3))
    user = getattr(places, who)
    assert not visible_proposals(user).exists()
    assert not visible_lines(user).exists()
    with pytest.raises(Refused, match="coördinatiepunt"):
        make_proposal(organisation=places.point, groups=[group], order=order(), by=user)
    with pytest.raises(Refused, match="coördinatiepunt"):
        confirm_proposal(proposal=made, by=user)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"until_on": in_days(0)}, "dag van vertrek"),
        ({"until_on": in_days(400)}, "hoogstens een jaar"),
        ({"seconds": 11}, "hoogstens 10 seconden"),
        ({"first_on": in_days(-9), "until_on": in_days(-1)}, "in deze nachten niet"),
    ],
)
def test_odd_orders_are_refused(places: Places, values: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        proposal_for(places, waiting(places, "G-1", 3), **values)


def test_a_bus_is_written_down_with_its_proposal_or_not_at_all(places: Places) -> None:
    families = (
        Household(size=4, link="A", tied_to="zuid"),
        Household(size=2, link="A", typed={"zorg": 1}, urgency=3),
    )
    bus = Bus(name="bus 12", arrives_on=in_days(1), households=families)
    asked = {"organisation": places.point, "bus": bus, "groups": [], "by": places.placer}
    with pytest.raises(Refused, match="seconden"):
        propose_for_bus(order=order(seconds=99), **asked)
    assert not Group.objects.exists()
    made = propose_for_bus(order=order(first_on=in_days(1)), **asked)
    first, second = Group.objects.order_by("code")
    assert (first.code, first.people, first.tied_to, first.arrives_on) == (
        "bus 12-1", 4, places.south.area, in_days(1),
    )  # fmt: skip
    assert (second.code, second.care, second.urgency, second.link) == ("bus 12-2", 1, 3, first.link)
    assert made.lines.count() == 2
    again = add_bus(organisation=places.point, bus=bus, by=places.placer)
    assert {group.code for group in again} == {"bus 12-3", "bus 12-4"}


@pytest.mark.parametrize(
    ("name", "household", "why"),
    [
        ("bus 12", Household(size=4, tied_to="Nergenshuizen"), "geen gemeente van deze regio"),
        ("familie Jansen 4", Household(size=4), "naam"),
        (" ", Household(size=4), "naam"),
    ],
)
def test_a_bus_that_cannot_be_written_down(places: Places, name: str, household: Household, why: str) -> None:
    bus = Bus(name=name, arrives_on=in_days(0), households=(household,))
    with pytest.raises(Refused, match=why):
        add_bus(organisation=places.point, bus=bus, by=places.placer)
    assert not Group.objects.exists()


def test_an_erased_group_leaves_no_words_behind(places: Places) -> None:
    one, other = waiting(places, "G-71", 4, link="x"), waiting(places, "G-72", 2, link="x")
    made = proposal_for(places, one, other, title="G-71 en G-72")
    move(made, one, None, by=places.placer, reason="G-71 wacht liever")
    forget_in_proposals(one)
    one.delete()
    made.refresh_from_db()
    kept = f"{made.title} {made.inputs} {list(ProposalLine.objects.values_list('reason', 'change_reason'))}"
    assert "G-71" not in kept
    assert made.lines.filter(group=None).get().people == 4


def test_nothing_in_reception_can_say_who_somebody_is() -> None:
    """Nationality, ethnicity, religion, gender and predicted outcomes have no place to be kept."""
    from django.apps import apps

    from regietafel.reception.engine.placing import Group as Placed
    from regietafel.reception.engine.placing import Household as Typed
    from regietafel.reception.engine.placing import forbidden_ground
    from regietafel.reception.forms.proposing import ProposeForm

    origins = {"Booking.origin", "Group.origin"}  # the bus or location somebody comes from
    ours = {"name", "title"}  # of locations, scenarios and proposals, never of people
    fields = {
        f"{model.__name__}.{field.name}": (field.name, str(getattr(field, "verbose_name", field.name)))
        for model in apps.get_app_config("reception").get_models()
        for field in model._meta.get_fields()
        if model.__name__ in {"Group", "Booking", "Proposal", "ProposalLine"} and not field.auto_created
    }
    wrong = {
        where: word
        for where, words in fields.items()
        for word in words
        if word not in ours and where not in origins and forbidden_ground(word)
    }
    assert wrong == {}
    for name in (*Placed.__dataclass_fields__, *Typed.__dataclass_fields__, *ProposeForm.base_fields):
        assert forbidden_ground(name) is None
    assert set(Placed.__dataclass_fields__) == {
        "code", "size", "needs", "typed", "kinds", "link", "ties", "urgency", "latest_on", "nights",
        "shares_room",
    }  # fmt: skip


def test_names_of_places_tell_them_apart(places: Places) -> None:
    small_hall(places, "Sporthal De Kade", 9)
    pool_of(small_hall(places, "Zaal", 9).location, "azc", places=3)
    made = proposal_for(places, waiting(places, "G-1", 3))
    assert {each["plek"] for each in made.inputs["plekken"]} == {
        "Sporthal De Kade (gemeentelijke opvang)",
        "Sporthal De Kade (noodopvang), Noord",
        "Sporthal De Kade (noodopvang), Zuid",
        "Zaal (asielzoekerscentrum (azc))",
        "Zaal (noodopvang)",
    }


def test_a_price_says_what_it_does_to_the_shares(places: Places) -> None:
    zaal = small_hall(places, "Zaal", 30)
    asked_of(places, north=0, south=50)
    made = proposal_for(places, waiting(places, "G-1", 5), variant="regulier")
    assert where(made) == {"G-1": zaal.location.name}
    prices = [one.price.text for one in alternatives_of(table_of(made), made.lines.get()) if one.price]
    assert any("gemeenten samen 10 mensen verder van hun aandeel" in text for text in prices), prices


def test_full_closing_and_too_small_are_told_apart(places: Places) -> None:
    small_hall(places, "Klein", 2)
    full, closing = small_hall(places, "Vol", 6), small_hall(places, "Dicht", 6)
    book(wanted=wanted(full, 4), by=places.placer)
    CapacityBlock.objects.filter(pool=closing).update(until_on=in_days(4))
    for pool in (places.hall, places.rooms):
        book(wanted=wanted(pool, pool.blocks.get().places), by=places.placer)
    made = proposal_for(places, waiting(places, "G-1", 4))
    told = {one.code: one.blocked for one in alternatives_of(table_of(made), made.lines.get())}
    assert told["Klein"] == "te klein: 2 plaatsen, 4 nodig"
    assert told["Vol"] == "vol: 2 plaatsen vrij, 4 nodig"
    assert told["Dicht"] == "niet alle nachten genoeg plaatsen open: 4 nodig"
    reason = made.lines.get().reason
    assert "niet alle nachten open bij Dicht" in reason and "te klein bij Klein" in reason
    assert "vol bij Sporthal De Kade (gemeentelijke opvang), Sporthal De Kade (noodopvang), Vol" in reason


def test_who_travels_alone_is_spread_over_regular_places_until_there_is_a_location(places: Places) -> None:
    group = waiting(places, "G-1", 4, needs=["alleenreizend"])
    waiting(places, "G-0", 2, needs=["alleenreizend"], arrives_on=in_days(-5))
    made = proposal_for(places, group, later=4)
    assert made.placed == 4 and made.inputs["straks"]["vindt_plek"] > 0
    assert "zijn zij over de gewone plekken verdeeld" in " ".join(quality_of(made))
    hall = small_hall(places, "Alleen", 2, features=["alleenreizend"])
    book(wanted=wanted(hall, 1), by=places.placer)
    again = proposal_for(places, group)
    assert again.placed == 0 and "verdeeld" not in " ".join(quality_of(again))
    minor = waiting(places, "G-2", 1, needs=["amv"])
    assert proposal_for(places, minor).placed == 0
