"""Booking by a program: all or nothing, every wrong line named, and the same list twice books once."""

import datetime as dt
import json
import random
import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from regietafel.kit import audit
from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.reception.models import Booking, BookingList, Group, PlaceDay
from regietafel.reception.services.booking import book, change_booking
from regietafel.reception.services.booking_lists import Item, ListFull, book_list
from regietafel.reception.services.upkeep import wrong_days
from tests.app.api.programs import program
from tests.app.reception.places import Places, build_places, group_of, in_days, wanted

pytestmark = pytest.mark.django_db
READ, WRITE = "opvang:lezen", "opvang:schrijven"
LISTS = "/api/v1/opvangboekingslijsten"


@pytest.fixture
def places(settings: Any, db: Any) -> Places:
    settings.SECOND_FACTOR_REQUIRED = False
    return build_places()


@pytest.fixture
def point(places: Places) -> Client:
    return program(places.point, READ, WRITE)


def send(client: Client, *lines: dict[str, Any], reference: str = "L-1", **more: Any) -> Any:
    told = {"kenmerk": reference, "boekingen": list(lines)} | more
    return client.post(LISTS, json.dumps(told), content_type="application/json")


def line(pool: Any, people: int | None, **values: Any) -> dict[str, Any]:
    told = {
        "soort": "plaatsing", "soortPlaatsen": pool.pk, "personen": people,
        "vanaf": in_days(0).isoformat(), "vertrekOp": in_days(10).isoformat(),
    } | values  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


def leave(booking: str, people: int, day: int = 5, **values: Any) -> dict[str, Any]:
    return {
        "soort": "vertrek", "boeking": booking, "personen": people, "vertrekOp": in_days(day).isoformat(),
    } | values  # fmt: skip


def wrong(response: Any) -> dict[str, str]:
    assert response.status_code == 400, response.content
    return {one["veld"]: one["melding"] for one in response.json()["fouten"]}


def booked(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 201, response.content
    rows: list[dict[str, Any]] = response.json()["boekingen"]
    return rows


def test_a_list_is_booked_in_its_order_and_noted_in_the_log(places: Places, point: Client) -> None:
    group_of(places.point, "G-1", 5)
    lapses = (timezone.now() + dt.timedelta(days=2)).isoformat(timespec="seconds")
    response = send(
        point,
        line(places.rooms, None, groep="G-1", vertrekOp=None),
        line(places.hall, 8, soort="reservering", vervaltOp=lapses, herkomst="bus 3"),
    )
    first, second = booked(response)
    assert (first["groep"], first["personen"], first["plaatsen"], first["vertrekOp"]) == ("G-1", 5, 8, None)
    assert (second["soort"], second["soortPlaatsen"], second["personen"]) == (
        "reservering",
        places.hall.pk,
        8,
    )
    assert point.get(response.headers["Location"]).json() == response.json()
    assert point.get(f"/api/v1/opvangboekingen/{first['id']}").json() == first
    events = AuditEvent.objects.filter(action="boeking.gemaakt")
    assert [event.changes["lijst"] for event in events] == [[None, "L-1"]] * 2
    assert all(event.actor.startswith("sleutel proef") and event.actor_id is None for event in events)
    assert PlaceDay.objects.get(pool=places.hall, day=in_days(0)).claimed == 8
    assert wrong_days() == [] and audit.verify() == []


def test_sent_again_nothing_is_doubled_and_the_answer_is_the_same(places: Places, point: Client) -> None:
    lines = (line(places.hall, 5), line(places.hall, 7))
    first = send(point, *lines)
    again = send(point, *lines)
    assert booked(again) == booked(first) and again.json() == first.json()
    assert again.headers["Location"] == first.headers["Location"]
    assert Booking.objects.count() == 2 and BookingList.objects.count() == 1
    change_booking(booking=Booking.objects.get(people=5), people=4, reason="geteld", by=places.placer)
    assert send(point, *lines).json() == first.json()


def test_a_reference_means_one_list(places: Places, point: Client) -> None:
    booked(send(point, line(places.hall, 5)))
    other = send(point, line(places.hall, 6))
    assert other.status_code == 409 and "ander" in other.json()["detail"]
    assert "fouten" not in other.json() and Booking.objects.count() == 1
    own = program(places.north, READ, WRITE)
    booked(send(own, line(places.hall, 6)))
    assert own.get(send(point, line(places.hall, 5)).headers["Location"]).status_code == 404


def test_what_was_refused_can_be_sent_again_under_the_same_reference(places: Places, point: Client) -> None:
    assert send(point, line(places.hall, 51)).status_code == 409
    assert BookingList.objects.count() == 0
    booked(send(point, line(places.hall, 50)))


def test_every_wrong_line_is_named_and_nothing_is_booked(places: Places, point: Client) -> None:
    group_of(places.point, "G-1", 2)
    group_of(places.north, "G-8", 2)
    found = wrong(
        send(
            point,
            line(places.hall, 3),
            line(places.secret, 3),
            line(places.hall, 3, groep="G-9"),
            leave(str(uuid4()), 1),
            line(places.hall, 3, groep="G-8"),
            line(places.hall, 2, boeking=str(uuid4())),
        )
    )
    assert set(found) == {
        "boekingen.1.soortPlaatsen", "boekingen.2.groep", "boekingen.3.boeking", "boekingen.4.groep",
        "boekingen.5.boeking",
    }  # fmt: skip
    assert Booking.objects.count() == BookingList.objects.count() == 0


def test_lines_of_an_odd_shape_are_all_named_at_once(places: Places, point: Client) -> None:
    found = wrong(
        send(
            point,
            line(places.hall, 0),
            {"soort": "vertrek", "personen": 2},
            line(places.hall, 1),
            line(places.hall, 1, vervaltOp=timezone.now().isoformat()),
            line(places.hall, None),
            leave(str(uuid4()), 1, soortPlaatsen=places.hall.pk),
            line(places.hall, 2, soort="reservering", boeking=str(uuid4())),
        )
    )
    assert set(found) == {
        "boekingen.0.personen", "boekingen.1.boeking", "boekingen.1.vertrekOp", "boekingen.3.vervaltOp",
        "boekingen.4.personen", "boekingen.5.soortPlaatsen", "boekingen.6.boeking",
    }  # fmt: skip


def test_lines_that_contradict_the_ledger_are_named_by_their_number(places: Places, point: Client) -> None:
    group_of(places.point, "G-1", 2)
    there = book(wanted=wanted(places.hall, 4), by=places.placer)
    found = wrong(
        send(
            point,
            line(places.hall, 3, groep="G-1"),
            line(places.hall, 1),
            line(places.hall, 1, vertrekOp=in_days(-1).isoformat()),
            leave(str(there.series), 5),
            line(places.hall, 60),
        )
    )
    assert set(found) == {"boekingen.0", "boekingen.2", "boekingen.3", "boekingen.4"}
    assert "telt 2 personen" in found["boekingen.0"] and "zijn nog 45" in found["boekingen.4"]
    assert Booking.objects.count() == 1 and wrong_days() == []


def test_a_full_location_answers_which_days_are_short(places: Places, point: Client) -> None:
    book(wanted=wanted(places.hall, 45, from_on=in_days(3), until_on=in_days(5)), by=places.placer)
    response = send(point, line(places.hall, 3), line(places.hall, 4), line(places.rooms, 25))
    assert response.status_code == 409
    assert response.headers["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == 409 and "Er is niets geboekt" in told["detail"]
    short = [
        (one["soortPlaatsen"], one["van"], one["totEnMet"], one["vrij"], one["nodig"])
        for one in told["tekorten"]
    ]
    assert sorted(short) == sorted(
        [
            (places.hall.pk, in_days(3).isoformat(), in_days(4).isoformat(), 5, 7),
            (places.rooms.pk, in_days(0).isoformat(), in_days(9).isoformat(), 24, 25),
        ]
    )
    assert [one["veld"] for one in told["fouten"]] == ["boekingen.1", "boekingen.2"]
    assert Booking.objects.count() == 1


def test_who_leaves_makes_room_for_who_comes_in_the_same_list(places: Places, point: Client) -> None:
    there = book(wanted=wanted(places.hall, 50, until_on=None), by=places.placer)
    comes, goes = booked(
        send(point, line(places.hall, 20, vanaf=in_days(5).isoformat()), leave(str(there.series), 20))
    )
    assert (comes["soort"], goes["soort"], goes["boeking"]) == ("plaatsing", "vertrek", str(there.series))
    assert PlaceDay.objects.get(pool=places.hall, day=in_days(6)).claimed == 50 and wrong_days() == []


def test_a_placement_makes_a_reservation_true(places: Places, point: Client) -> None:
    group = group_of(places.point, "G-1", 4)
    held = book(wanted=wanted(places.rooms, 4, group=group, kind="reservering"), by=places.placer)
    moved = change_booking(booking=held, until_on=in_days(9), reason="eerder weg", by=places.placer)
    (row,) = booked(send(point, line(places.rooms, 4, boeking=str(moved.series), vertrekOp=None)))
    assert (row["groep"], row["boeking"]) == ("G-1", str(held.series))
    assert PlaceDay.objects.get(pool=places.rooms, day=in_days(1)).claimed == 4
    found = wrong(send(point, line(places.hall, 1, boeking=row["id"]), reference="L-2"))
    assert "maakt een reservering waar" in found["boekingen.0"]


def test_a_municipality_books_in_its_own_places_only(places: Places) -> None:
    own, south = program(places.north, READ, WRITE), program(places.south, READ, WRITE)
    booked(send(own, line(places.secret, 3)))
    assert set(wrong(send(south, line(places.hall, 3)))) == {"boekingen.0.soortPlaatsen"}
    assert send(program(places.north, READ), line(places.hall, 1)).status_code == 403


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"naam": "Jan"}, "boekingen.0.naam"),
        ({"geboortedatum": "1987-03-04"}, "boekingen.0.geboortedatum"),
        ({"herkomst": "fam. Jansen"}, "boekingen.0"),
        ({"toelichting": "bel 06 12345678"}, "boekingen.0"),
        ({"personen": "3"}, "boekingen.0.personen"),
        ({"personen": 0}, "boekingen.0.personen"),
        ({"vanaf": "morgen"}, "boekingen.0.vanaf"),
        ({"soort": "verhuizing"}, "boekingen.0.soort"),
        ({"boeking": 5}, "boekingen.0.boeking"),
    ],
)
def test_nothing_about_persons_and_nothing_unknown(
    places: Places, point: Client, values: dict[str, Any], field: str
) -> None:
    assert set(wrong(send(point, line(places.hall, 1) | values))) == {field}


def test_reasons_of_a_departure_say_nothing_of_persons_either(places: Places, point: Client) -> None:
    there = book(wanted=wanted(places.hall, 4), by=places.placer)
    found = wrong(send(point, leave(str(there.series), 1, toelichting="mevr. Jansen gaat naar haar zus")))
    assert "een naam" in found["boekingen.0"]


@pytest.mark.parametrize(
    "reference", ["", "lijst van Jan", "fam.Jansen@voorbeeld.nl", "0612345678", "x" * 65, 7, "L-1\n"]
)
def test_a_reference_is_a_number_and_no_story(places: Places, point: Client, reference: Any) -> None:
    found = wrong(send(point, line(places.hall, 1), reference=reference))
    assert set(found) <= {"kenmerk", "geheel"} and Booking.objects.count() == 0


def test_a_uuid_is_always_a_good_reference(places: Places, point: Client) -> None:
    booked(send(point, line(places.hall, 1), reference="a1b2c3d4-0612-4345-8678-123456789abc"))


def test_a_list_has_bounds(places: Places, point: Client) -> None:
    assert set(wrong(send(point))) == {"boekingen"}
    assert set(wrong(send(point, *[line(places.hall, 1)] * 201))) == {"boekingen"}
    assert set(wrong(send(point, line(places.hall, 1), stad="Noord"))) == {"stad"}
    assert set(wrong(send(point, "plaats er drie"))) == {"boekingen.0"}  # type: ignore[arg-type]


# Groups


GROUP = {"code": "G-31", "personen": 6, "nodig": ["gezin"], "komtOp": "2026-12-01"}


def add(client: Client, **values: Any) -> Any:
    return client.post("/api/v1/opvanggroepen", json.dumps(GROUP | values), content_type="application/json")


def test_a_program_makes_a_group_and_books_for_it(places: Places, point: Client) -> None:
    made = add(point, toegankelijkNodig=1, komtOp=in_days(0).isoformat())
    assert made.status_code == 201
    told = point.get(made.headers["Location"]).json()
    assert told == made.json() and (told["code"], told["personen"], told["nodig"]) == ("G-31", 6, ["gezin"])
    (row,) = booked(send(point, line(places.rooms, None, groep="G-31")))
    assert (row["personen"], row["plaatsen"]) == (6, 8)
    assert "al een groep" in wrong(add(point))["geheel"] and Group.objects.count() == 1
    neighbour = program(places.south, READ, WRITE)
    assert neighbour.get("/api/v1/opvanggroepen?code=G-31").json()["totaal"] == 1  # placed where it may read
    assert program(places.far, READ, WRITE).get("/api/v1/opvanggroepen").json()["totaal"] == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"naam": "Jansen"}, "naam"),
        ({"nationaliteit": "x"}, "nationaliteit"),
        ({"eerderePlek": "GM0141"}, "eerderePlek"),
        ({"code": "Jansen 4"}, "geheel"),
        ({"code": "geb. 3-4-1987"}, "geheel"),
        ({"nodig": ["ziek"]}, "nodig.0"),
        ({"deeltKamer": "ja"}, "deeltKamer"),
        ({"zorgNodig": 7}, "geheel"),
    ],
)
def test_a_group_is_a_code_a_number_and_needs(
    places: Places, point: Client, values: dict[str, Any], field: str
) -> None:
    assert set(wrong(add(point, **values))) == {field}
    assert Group.objects.count() == 0


# Many at once, each on a connection of its own


def at_once(*acts: Any) -> list[str]:
    gate, ends = threading.Barrier(len(acts)), [""] * len(acts)

    def take_part(number: int, act: Any) -> None:
        gate.wait()
        try:
            ends[number] = f"gelukt {act()}"
        except Refused as refusal:
            ends[number] = type(refusal).__name__
        except Exception as error:
            ends[number] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take_part, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return ends


def item(pool: Any, people: int, **values: Any) -> Item:
    told = {
        "kind": "plaatsing",
        "pool": pool.pk,
        "people": people,
        "from_on": in_days(0),
        "until_on": in_days(10),
    }
    return Item(**told | values)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_the_same_list_at_the_same_moment_is_booked_once(places: Places) -> None:
    items = [item(places.hall, 20), item(places.rooms, 4)]

    def act() -> int:
        return book_list(organisation=places.point, reference="L-1", items=items, by=places.placer).pk

    ends = at_once(*[act] * 6)
    assert len(set(ends)) == 1 and ends[0].startswith("gelukt"), ends
    assert Booking.objects.count() == 2 and wrong_days() == [] and audit.verify() == []


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_lists_in_any_order_neither_lock_each_other_nor_overbook(places: Places) -> None:
    groups = [group_of(places.point, f"G-{number}", 3) for number in range(8)]
    there = [book(wanted=wanted(pool, 4), by=places.placer) for pool in (places.hall, places.rooms)]

    def act(number: int) -> Any:
        chance = random.Random(number)
        items = [item(pool, chance.randint(1, 5)) for pool in (places.hall, places.rooms)]
        items += [
            item(chance.choice((places.hall, places.rooms)), 3, group=group.code, from_on=in_days(2))
            for group in chance.sample(groups, 2)
        ]
        about = chance.choice(there)
        items.append(Item(kind="vertrek", booking=about.series, people=1, until_on=in_days(3)))
        chance.shuffle(items)
        return lambda: (
            book_list(organisation=places.point, reference=f"L-{number}", items=items, by=places.placer).pk
        )

    ends = at_once(*[act(number) for number in range(8)])
    assert all(end.startswith("gelukt") or end in {"ListRefused", "ListFull"} for end in ends), ends
    assert any(end.startswith("gelukt") for end in ends)
    assert not PlaceDay.objects.filter(claimed__gt=F("places")).exists()
    assert wrong_days() == [] and audit.verify() == []


def test_shortages_of_one_list_are_told_for_all_its_lines_together(places: Places) -> None:
    with pytest.raises(ListFull) as told:
        book_list(
            organisation=places.point, reference="L-1", items=[item(places.hall, 30)] * 2, by=places.placer
        )
    (short,) = told.value.shortages
    assert (short.free, short.needed, short.first, short.last) == (50, 60, in_days(0), in_days(9))
    assert [one.line for one in told.value.mistakes] == [1]
