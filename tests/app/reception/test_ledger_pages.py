"""The pages of locations, groups and bookings: a region at work, and nobody sees more than may be read."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.clock import as_if
from regietafel.reception.models import Booking, CapacityBlock, Group, Location, PlaceDay, Pool
from regietafel.reception.services.booking import book, change_booking
from regietafel.reception.services.places import change_block
from regietafel.reception.services.upkeep import roll_on
from tests.app.reception.places import Places, group_of, in_days, wanted


@pytest.fixture
def seen(client: Client) -> Any:
    """Ask for a page as somebody and give its text."""

    def ask(user: Any, path: str, status: int = 200) -> str:
        client.force_login(user)
        response = client.get(path)
        assert response.status_code == status, path
        return " ".join(response.content.decode().split())

    return ask


@pytest.fixture
def sent(client: Client) -> Any:
    """Send a form as somebody; give where it went, or the text with what was wrong."""

    def send(user: Any, path: str, **values: Any) -> str:
        client.force_login(user)
        response = client.post(path, values)
        if response.status_code == 302:
            return str(response.headers["Location"])
        assert response.status_code in (403, 404, 422), (path, response.status_code)
        return " ".join(response.content.decode().split())

    return send


def _here(places: Places) -> str:
    return f"/opvang/locaties/{places.location.pk}"


def test_a_location_from_nothing_to_its_first_guests(places: Places, seen: Any, sent: Any) -> None:
    keeper, placer = places.keeper, places.placer
    to = sent(keeper, "/opvang/locaties/nieuw", organisation=places.north.pk, name="Pastorie",
              municipality=places.location.municipality_id, confidentiality=1, features="gezin")  # fmt: skip
    made = Location.objects.get(name="Pastorie")
    assert to == f"/opvang/locaties/{made.pk}/plaatsen/nieuw"
    sent(keeper, to, kind="noodopvang", target_group="", room_size=1)
    pool = Pool.objects.get(location=made)
    sent(keeper, f"/opvang/plaatsen/{pool.pk}/blokken/nieuw", places=30, blocked=2, from_on=in_days(0),
         until_on=in_days(90), chance=100, source="contract")  # fmt: skip
    page = f"/opvang/locaties/{made.pk}"
    seen(placer, page, 404)
    sent(keeper, f"{page}/delen", with_region="on")
    assert "gedeeld met de regio" in seen(placer, page)
    sent(placer, f"{page}/boeken", kind="reservering", pool=pool.pk, people=20, from_on=in_days(1),
         origin="bus 7")  # fmt: skip
    bus = Booking.objects.get(origin="bus 7")
    sent(placer, f"/opvang/boekingen/{bus.pk}/plaatsen", pool=pool.pk, people=18, from_on=in_days(1))
    came = Booking.objects.get(kind="plaatsing")
    sent(placer, f"/opvang/boekingen/{came.pk}/vertrek", people=4, on=in_days(5))
    sent(placer, f"/opvang/boekingen/{bus.pk}/vertrek", people=2, on=in_days(1))
    days = PlaceDay.objects.filter(pool=pool, day__in=[in_days(1), in_days(5)]).order_by("day")
    assert [day.claimed for day in days] == [18, 14]
    assert "bus 7" in seen(placer, page)


def test_a_full_location_says_where_and_when(places: Places, sent: Any) -> None:
    told = sent(places.placer, f"{_here(places)}/boeken", kind="plaatsing", pool=places.hall.pk, people=51,
                from_on=in_days(0))  # fmt: skip
    assert "zijn nog 50 plaatsen vrij" in told and "er zijn er 51 nodig" in told
    assert not Booking.objects.exists()


def test_days_with_too_much_promised_stand_out_in_words(places: Places, seen: Any) -> None:
    book(wanted=wanted(places.hall, 45), by=places.placer)
    block = CapacityBlock.objects.get(pool=places.hall)
    change_block(block=block, by=places.keeper, places=40)
    assert "5 plaatsen te veel toegezegd" in seen(places.reader, _here(places))
    listed = seen(places.reader, "/opvang/locaties?stand=te-veel")
    assert "Sporthal De Kade" in listed and "te veel toegezegd" in listed


def test_days_with_too_much_promised_stand_out_in_the_drawing_of_one_kind_beside_another(
    places: Places, seen: Any
) -> None:
    told = seen(places.reader, _here(places))
    assert "te veel toegezegd" not in told
    book(wanted=wanted(places.hall, 45), by=places.placer)
    block = CapacityBlock.objects.get(pool=places.hall)
    change_block(block=block, by=places.keeper, places=40)
    drawn = [part.partition("</svg>")[0] for part in seen(places.reader, _here(places)).split("<svg")]
    named = [part for part in drawn if "5 te veel" in part]
    assert len(named) == 2, "once for a screen and once for a phone, though the rooms beside it are free"
    shown = seen(places.reader, "/opvang/gemeenten/GM9001")
    assert "5 te veel" in shown


def test_who_does_not_come_did_not_leave(places: Places, seen: Any, sent: Any) -> None:
    held = book(wanted=wanted(places.hall, 6, kind="reservering", origin="bus 3"), by=places.placer)
    there = book(wanted=wanted(places.hall, 4), by=places.placer)
    told = seen(places.placer, f"/opvang/boekingen/{held.pk}/vertrek")
    assert "<h1>Komt niet</h1>" in told.replace(' class="rt-title"', "")
    assert (
        "Noteer wie niet komt" in told
        and "Reservering van 6, bus 3" in told
        and "Het gaat om 6 mensen" in told
    )
    told = seen(places.placer, f"/opvang/boekingen/{there.pk}/vertrek")
    assert "Noteer het vertrek" in told and "Plaatsing van 4" in told


@pytest.mark.parametrize("until", [0, -2])
def test_a_reservation_past_its_day_of_departure_asks_for_nights_that_exist(
    places: Places, seen: Any, until: int
) -> None:
    held = book(wanted=wanted(places.hall, 6, kind="reservering"), by=places.placer)
    Booking.objects.filter(pk=held.pk).update(from_on=in_days(-9), until_on=in_days(until))
    told = seen(places.placer, f"/opvang/boekingen/{held.pk}/plaatsen")
    assert "want er is geen dag van vertrek" in told and "44 vrij: " in told
    assert f'value="{in_days(until)}"' not in told, "the field says what the sentence says"


def test_a_step_says_what_it_is_about_and_what_happens(places: Places, seen: Any) -> None:
    block = CapacityBlock.objects.get(pool=places.hall)
    for step, words in (
        ("beeindigen", "er niet meer"),
        ("intrekken", "vergissing"),
        ("blokkeren", "lekkage"),
    ):
        told = seen(places.keeper, f"/opvang/blokken/{block.pk}/{step}")
        assert "50 plaatsen" in told and "Bron: proef" in told and words in told
    assert "U kunt de locatie later weer openen" in seen(places.keeper, f"{_here(places)}/sluiten")


def test_what_we_knew_on_a_day_is_shown_again(places: Places, seen: Any) -> None:
    CapacityBlock.objects.update(recorded_at=timezone.now() - dt.timedelta(days=9))
    with as_if(timezone.now() - dt.timedelta(days=5)):
        first = book(wanted=wanted(places.hall, 41, origin="bus 1"), by=places.placer)
    change_booking(booking=first, by=places.placer, people=37, reason="vier minder")
    then = seen(places.reader, f"{_here(places)}/journaal?wist={in_days(-5)}&dag={in_days(0)}")
    assert '<p class="rt-stat__value">0</p>' in then
    day = f"dag={in_days(-5)}"
    assert '<p class="rt-stat__value">41</p>' in seen(
        places.reader, f"{_here(places)}/journaal?wist={in_days(-5)}&{day}"
    )
    assert '<p class="rt-stat__value">37</p>' in seen(places.reader, f"{_here(places)}/journaal?{day}")
    assert '<p class="rt-stat__value">0</p>' in seen(
        places.reader, f"{_here(places)}/journaal?wist={in_days(-6)}&{day}"
    )


@pytest.mark.parametrize("asked", ["2026-13-45", "x", "0001-01-01", "9999-12-31", "²", "\x00"])
def test_odd_days_are_left_aside(places: Places, seen: Any, asked: str) -> None:
    seen(places.reader, f"{_here(places)}?dag={asked}")
    seen(places.reader, f"{_here(places)}/journaal?wist={asked}&dag={asked}")


def test_a_group_finds_a_place_and_shows_with_it(places: Places, seen: Any, sent: Any) -> None:
    placer = places.placer
    roll_on()
    sent(placer, "/opvang/groepen/nieuw", organisation=places.point.pk, people=5, arrives_on=in_days(1),
         accessible=0, care=0, urgency=2, needs=["gezin"])  # fmt: skip
    group = Group.objects.get()
    assert "zonder plek" in seen(placer, "/opvang/groepen?plek=zonder")
    choices = seen(placer, f"/opvang/groepen/{group.pk}/boeken")
    assert "Kazerne" not in choices
    assert "Waarom 2 andere plekken niet kunnen" in choices and "geen gezin" in choices
    places.location.features = ["gezin"]
    places.location.save(update_fields=("features",))
    choices = seen(placer, f"/opvang/groepen/{group.pk}/boeken")
    assert "Sporthal De Kade" in choices and "andere plekken" not in choices
    sent(placer, f"/opvang/groepen/{group.pk}/boeken", kind="plaatsing", pool=places.rooms.pk, people="",
         from_on=in_days(1))  # fmt: skip
    assert Booking.objects.get().places == 8
    assert group.code in seen(placer, "/opvang/groepen?plek=met")
    assert group.code not in seen(placer, "/opvang/groepen?plek=zonder")
    assert group.code in seen(places.keeper, _here(places)), "who keeps the location knows who is there"


def test_a_name_is_refused_at_its_field(places: Places, sent: Any) -> None:
    told = sent(places.placer, "/opvang/groepen/nieuw", organisation=places.point.pk, code="Jansen", people=5,
                arrives_on=in_days(1), accessible=0, care=0, urgency=1)  # fmt: skip
    assert "verraadt" in told and not Group.objects.exists()


def test_groups_without_a_place_are_for_who_looks_for_one(places: Places, seen: Any) -> None:
    group_of(places.point, "G-77", 3)
    assert "G-77" in seen(places.placer, "/opvang/groepen")
    for other in (places.keeper, places.clerk, places.stranger):
        assert "G-77" not in seen(other, "/opvang/groepen")


def test_every_step_is_closed_to_who_may_not(places: Places, seen: Any) -> None:
    made = book(wanted=wanted(places.hall, 3), by=places.placer)
    block = CapacityBlock.objects.get(pool=places.hall)
    steps = [f"{_here(places)}/{step}" for step in ("wijzigen", "delen", "sluiten", "plaatsen/nieuw")]
    steps += [
        f"/opvang/blokken/{block.pk}/{step}" for step in ("wijzigen", "blokkeren", "beeindigen", "intrekken")
    ]
    steps += [f"/opvang/plaatsen/{places.hall.pk}/{step}" for step in ("wijzigen", "blokken/nieuw")]
    for path in steps:
        seen(places.keeper, path)
        seen(places.placer, path, 403)
        seen(places.stranger, path, 404)
    for step in ("wijzigen", "vertrek", "intrekken"):
        seen(places.placer, f"/opvang/boekingen/{made.pk}/{step}")
        seen(places.reader, f"/opvang/boekingen/{made.pk}/{step}", 403)
        seen(places.stranger, f"/opvang/boekingen/{made.pk}/{step}", 404)
    seen(places.placer, f"/opvang/boekingen/{made.pk}/plaatsen", 403)


def test_blocks_are_changed_cut_and_taken_back(places: Places, seen: Any, sent: Any) -> None:
    book(wanted=wanted(places.hall, 45), by=places.placer)
    block = CapacityBlock.objects.get(pool=places.hall)
    page = f"/opvang/blokken/{block.pk}"
    sent(places.keeper, f"{page}/blokkeren", number=10, from_on=in_days(2), until_on=in_days(4), reason="lek")
    assert "5 plaatsen te veel toegezegd" in seen(places.keeper, _here(places))
    piece = CapacityBlock.objects.get(pool=places.hall, superseded_at__isnull=True, blocked=10)
    sent(places.keeper, f"/opvang/blokken/{piece.pk}/wijzigen", places=50, blocked=0, chance=100,
         from_on=in_days(2), until_on=in_days(4), source="hersteld")  # fmt: skip
    assert "te veel toegezegd" not in seen(places.keeper, _here(places))
    for one in CapacityBlock.objects.filter(pool=places.hall, superseded_at__isnull=True):
        sent(places.keeper, f"/opvang/blokken/{one.pk}/intrekken", reason="nooit geweest")
    assert "45 plaatsen te veel toegezegd" in seen(places.keeper, _here(places))


def test_a_location_closes_and_opens_again(places: Places, seen: Any, sent: Any) -> None:
    sent(places.keeper, f"{_here(places)}/sluiten", on=in_days(3), reason="contract")
    assert "gesloten" in seen(places.reader, "/opvang/locaties?stand=gesloten")
    sent(places.keeper, f"{_here(places)}/openen")
    assert Location.objects.get(pk=places.location.pk).closed_on is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_leave_as_a_file(places: Places, client: Client, kind: str) -> None:
    client.force_login(places.placer)
    for path in ("/opvang/locaties", "/opvang/groepen"):
        response = client.get(f"{path}?uit={kind}")
        assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
