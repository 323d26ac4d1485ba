"""Places of a region in the API: the numbers of the pages, and only what a key may see."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from regietafel.reception.models import Assignment, Booking, Location
from regietafel.reception.selectors.access import may_book, visible_locations
from regietafel.reception.selectors.locations import location_told
from regietafel.reception.services.booking import book
from regietafel.register.models import ApiToken
from regietafel.register.selectors.tokens import ApiPrincipal
from tests.app.api.programs import program
from tests.app.reception import test_board, twist
from tests.app.reception.places import (
    Places,
    block,
    build_places,
    group_of,
    in_days,
    location_of,
    pool_of,
    wanted,
)

pytestmark = pytest.mark.django_db
READ, WRITE = "opvang:lezen", "opvang:schrijven"
BOARD = f"/api/v1/opvangborden/{{}}?dag={twist.DAY}"


@pytest.fixture
def places(settings: Any) -> Places:
    settings.SECOND_FACTOR_REQUIRED = False
    return build_places()


@pytest.fixture
def region() -> twist.Twist:
    made = twist.furnish(twist.build())
    test_board.ask(made)
    return made


def found(client: Client, path: str) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    rows: list[dict[str, Any]] = response.json()["resultaten"]
    return rows


def one(client: Client, path: str) -> dict[str, Any]:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    told: dict[str, Any] = response.json()
    return told


# The board


def test_the_board_says_the_numbers_of_the_meeting_and_of_the_page(region: twist.Twist) -> None:
    client = program(region.point, READ)
    code = region.region.code
    told = one(client, f"opvangborden/{code}?dag={twist.DAY}")
    board = test_board.board(region, since=twist.DAY - dt.timedelta(days=7))
    assert (told["opdracht"], told["gerealiseerd"], told["prognose"], told["verschil"]) == (
        2000,
        1399,
        1896,
        -601,
    )
    assert (told["peildatum"], told["prognosePeildatum"]) == ("2022-04-07", "2022-06-01")
    assert (told["particulier"], told["particulierePlaatsen"]) == ("zonder", 312)
    assert told["toelichting"].startswith("Zonder particuliere opvang.")
    assert told["verschilPrognose"] == -104 and told["prognoseNogNietZeker"] == 266
    assert told["nieuw"]["geplaatst"] == board.new.placed and told["stand"]["vrij"] == board.total.free
    rows = {row["naam"]: row for row in told["gemeenten"]}
    assert len(rows) == 14
    for line in board.lines:
        row = rows[line.name]
        assert (row["opdracht"], row["gerealiseerd"], row["prognose"], row["verschilPrognose"]) == (
            line.target, line.realised, line.planned, line.difference,
        )  # fmt: skip
        assert line.realised is not None and line.target is not None
        assert row["verschil"] == line.realised - line.target
    assert rows["Esrade"]["gemeente"] == region.areas["Esrade"].code


def test_the_board_counts_private_places_when_asked_or_when_the_assignment_does(region: twist.Twist) -> None:
    client, address = program(region.point, READ), f"opvangborden/{region.region.code}?dag={twist.DAY}"
    assert one(client, f"{address}&particulier=met")["gerealiseerd"] == 1711
    assert one(client, f"{address}&particulier=alleen")["gerealiseerd"] == 312
    Assignment.objects.update(counts_private=True)
    usual = one(client, address)
    assert (usual["particulier"], usual["gerealiseerd"]) == ("met", 1711)
    assert one(client, f"{address}&particulier=zonder")["gerealiseerd"] == 1399


def test_what_was_known_then(region: twist.Twist) -> None:
    client, address = program(region.point, READ), f"opvangborden/{region.region.code}?dag={twist.DAY}"
    told = one(client, f"{address}&bekendOp=2022-04-05")
    assert told["prognose"] < 1896 and told["zoalsBekendOp"].startswith("2022-04-05T22:00")


def test_every_municipality_of_the_region_reads_the_board_and_nobody_else(region: twist.Twist) -> None:
    code = region.region.code
    town = program(region.towns["Esrade"], READ)
    assert [one["code"] for one in found(town, "opvangborden")] == [code]
    assert one(town, f"opvangborden/{code}?dag={twist.DAY}")["gerealiseerd"] == 1399
    away = program(region.outsider.memberships.get().organisation, READ)
    assert code not in {one["code"] for one in found(away, "opvangborden")}
    assert away.get(BOARD.format(code)).status_code == 404
    assert town.get("/api/v1/opvangborden/VR00").status_code == 404


@pytest.mark.parametrize(
    "query", ["dag=morgen", "particulier=misschien", "peildatum=2022-04-07", "dag=2022-02-30"]
)
def test_an_odd_question_is_told(region: twist.Twist, query: str) -> None:
    response = program(region.point, READ).get(f"/api/v1/opvangborden/{region.region.code}?{query}")
    assert response.status_code == 400
    assert response.json()["fouten"][0]["veld"] == query.partition("=")[0]


# Locations, blocks, places per day


def test_a_location_tells_its_places_and_not_where_people_live(places: Places) -> None:
    Location.objects.update(address="Kade 1", contact="beheerder", costs="1000", note="achterom")
    Location.objects.filter(pk=places.location.pk).update(features=["gezin"])
    client = program(places.point, READ)
    (told,) = found(client, "opvanglocaties")
    assert (told["naam"], told["gemeente"]) == ("Sporthal De Kade", {"code": "GM9001", "naam": "Noord"})
    assert told["kenmerken"] == ["gezin"] and told["geslotenOp"] is None
    kinds = {kind["soort"]: kind for kind in told["soortenPlaatsen"]}
    assert kinds["gemeentelijk"]["kamergrootte"] == 4 and kinds["noodopvang"]["doelgroep"] == "iedereen"
    assert not {"Kade 1", "beheerder", "1000", "achterom"} & set(map(str, told.values()))
    assert one(client, f"opvanglocaties/{places.location.pk}") == told
    (hall, rooms) = sorted(found(client, "opvangblokken"), key=lambda row: -row["plaatsen"])
    assert (hall["plaatsen"], hall["bron"], rooms["soort"]) == (50, "proef", "gemeentelijk")


def test_a_key_sees_its_own_places_what_the_region_shares_and_nothing_else(places: Places) -> None:
    own, south, far = (program(who, READ) for who in (places.north, places.south, places.far))
    assert {row["naam"] for row in found(own, "opvanglocaties")} == {"Sporthal De Kade", "Kazerne"}
    assert {row["naam"] for row in found(south, "opvanglocaties")} == {"Sporthal De Kade"}
    assert found(far, "opvanglocaties") == found(far, "opvangblokken") == found(far, "opvangborden")[1:] == []
    secret, days = places.secret, f"plaatsdagen?van={in_days(0)}&totEnMet={in_days(1)}"
    booking = book(wanted=wanted(secret, 3), by=places.keeper)
    hidden = (
        f"opvanglocaties/{secret.location_id}", f"opvanglocaties/{secret.location_id}/{days}",
        f"opvanglocaties/{secret.location_id}/plaatsdagen", f"opvangblokken/{secret.blocks.get().pk}",
        f"opvangboekingen/{booking.series}",
    )  # fmt: skip
    for path in hidden:
        assert south.get(f"/api/v1/{path}").status_code == 404, path
        assert own.get(f"/api/v1/{path}").status_code in {200, 400}, path
    Location.objects.filter(pk=secret.location_id).update(confidentiality=2)
    assert own.get(f"/api/v1/{hidden[0]}").status_code == 404
    assert own.get(f"/api/v1/{hidden[4]}").status_code == 404


def test_filters_of_locations_and_blocks(places: Places) -> None:
    client = program(places.north, READ)
    assert [row["naam"] for row in found(client, "opvanglocaties?soort=gemeentelijk")] == ["Sporthal De Kade"]
    assert len(found(client, "opvanglocaties?soort=noodopvang&sorteer=-naam")) == 2
    assert found(client, "opvanglocaties?gemeente=GM9002") == []
    assert len(found(client, f"opvangblokken?locatie={places.location.pk}")) == 2
    assert found(client, f"opvangblokken?eindigtVoor={in_days(30)}") == []


def test_days_are_those_of_the_page_of_the_location(places: Places) -> None:
    book(wanted=wanted(places.hall, 12), by=places.placer)
    book(wanted=wanted(places.rooms, 3, group=group_of(places.point, "G-1", 3)), by=places.placer)
    book(wanted=wanted(places.hall, 7, kind=Booking.Kind.RESERVATION, from_on=in_days(3)), by=places.placer)
    block(places.hall, places=30, probability="0.50", from_on=in_days(2), until_on=in_days(9))
    client = program(places.south, READ)
    path = f"opvanglocaties/{places.location.pk}/plaatsdagen?van={in_days(0)}&totEnMet={in_days(11)}"
    told = one(client, path)
    assert told["particulier"] == "met" and told["toelichting"].startswith("Met particuliere opvang.")
    for step in (0, 2, 3, 9, 10, 11):
        page = location_told(places.location, on=in_days(step))
        for kind in told["perSoort"]:
            day = kind["dagen"][step]
            pool = next(one for one in page.pools if one.pool.pk == kind["soortPlaatsen"]["id"])
            count, now = pool.count, day["stand"]
            assert day["dag"] == in_days(step).isoformat()
            names = ("teGebruiken", "bezet", "gereserveerd", "vrij", "leegInKamers")
            assert [now[name] for name in names] == [
                pool.usable, count.occupied, count.reserved, count.free, count.kept,
            ]  # fmt: skip
            assert now["nogNietZeker"] == pool.uncertain
    hall = next(kind for kind in told["perSoort"] if kind["soortPlaatsen"]["id"] == places.hall.pk)
    assert [day["stand"]["vrij"] for day in hall["dagen"]] == [38] * 3 + [31] * 7 + [50] * 2


def test_unknown_is_not_nothing(places: Places) -> None:
    place = location_of(places.north, "Klooster", shared_with_region=True)
    block(pool_of(place, "gemeentelijk", places=None), places=None)
    client = program(places.north, READ)
    told = one(client, f"opvanglocaties/{place.pk}/plaatsdagen?van={in_days(0)}&totEnMet={in_days(0)}")
    now = told["perSoort"][0]["dagen"][0]["stand"]
    assert (now["plaatsen"], now["teGebruiken"], now["vrij"], now["blokkenOnbekend"]) == (None, None, None, 1)
    assert found(client, f"opvangblokken?locatie={place.pk}")[0]["plaatsen"] is None


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(0, 92, "totEnMet"), (1, 0, "totEnMet"), (None, 0, "van"), (0, None, "totEnMet")],
)
def test_a_period_has_bounds(places: Places, first: int | None, last: int | None, field: str) -> None:
    asked = [
        f"{name}={in_days(day)}" for name, day in (("van", first), ("totEnMet", last)) if day is not None
    ]
    path = f"/api/v1/opvanglocaties/{places.location.pk}/plaatsdagen?{'&'.join(asked)}"
    response = program(places.north, READ).get(path)
    assert response.status_code == 400 and response.json()["fouten"][0]["veld"] == field


def test_a_key_needs_the_right(places: Places) -> None:
    client = program(places.point, "dossiers:lezen", "overleg:schrijven", WRITE)
    for path in ("opvanglocaties", "opvangblokken", "opvangborden", "opvanggroepen", "opvangboekingen"):
        assert client.get(f"/api/v1/{path}").status_code == 403, path
    reader = program(places.point, READ)
    for path in ("opvanggroepen", "opvangboekingslijsten"):
        sent = reader.post(f"/api/v1/{path}", {}, content_type="application/json")
        assert sent.status_code == 403, path


def test_rights_for_something_else_give_nothing_here(places: Places) -> None:
    for scopes, may_read, may_write in (
        (("dossiers:schrijven",), False, False),
        ((READ, "dossiers:schrijven"), True, False),
        ((READ, WRITE), True, True),
    ):
        program(places.north, *scopes)
        key = ApiPrincipal(ApiToken.objects.latest("pk"))
        assert visible_locations(key).exists() is may_read, scopes
        assert may_book(key, places.location) is may_write, scopes


@pytest.mark.parametrize("path", ["opvanglocaties", "opvangblokken", "opvangboekingen", "opvanggroepen"])
def test_ten_times_as_much_asks_no_more(places: Places, path: str) -> None:
    client = program(places.point, READ, WRITE)
    for number in (1, 2):
        book(wanted=wanted(places.hall, 1, group=group_of(places.point, f"G-{number}", 1)), by=places.placer)

    def questions() -> int:
        client.get(f"/api/v1/{path}")
        with CaptureQueriesContext(connection) as asked:
            found(client, path)
        return len(asked)

    few = questions()
    for number in range(3, 12):
        place = location_of(places.north, f"Hal {number}", shared_with_region=True)
        there = pool_of(place, "noodopvang", places=5)
        book(wanted=wanted(there, 1, group=group_of(places.point, f"G-{number}", 1)), by=places.placer)
    assert questions() == few <= 16


def test_moments_and_days_have_their_forms(places: Places) -> None:
    book(
        wanted=wanted(places.hall, 2, kind="reservering", lapses_at=timezone.now() + dt.timedelta(1)),
        by=places.placer,
    )
    (told,) = found(program(places.north, READ), "opvangboekingen")
    assert told["vervaltOp"].endswith("Z") and told["vanaf"] == in_days(0).isoformat()
    assert told["groep"] is None and told["boeking"] is None and "toelichting" not in told


@pytest.mark.parametrize("far", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_nobody_plans_is_refused_as_on_the_pages(places: Places, far: str) -> None:
    client = program(places.point, READ)
    board, days = "/api/v1/opvangborden/VR90", f"/api/v1/opvanglocaties/{places.location.pk}/plaatsdagen"
    for path in (f"{board}?dag={far}", f"{days}?van={far}&totEnMet={far}"):
        response = client.get(path)
        assert response.status_code == 400, path
        assert "tussen 2000 en 2100" in response.content.decode()


def test_as_known_on_the_last_day_there_is_is_as_known_now(places: Places) -> None:
    client, today = program(places.point, READ), timezone.localdate()
    days = f"/api/v1/opvanglocaties/{places.location.pk}/plaatsdagen?van={today}&totEnMet={today}"
    for path in ("/api/v1/opvangborden/VR90?", f"{days}&"):
        assert client.get(f"{path}bekendOp=9999-12-31").status_code == 200, path
