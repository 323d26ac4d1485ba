"""What cannot be stands beside its field, and numbers of free places say of which nights they are."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from regietafel.kernel import dutch
from regietafel.reception.models import Booking
from regietafel.reception.services.booking import book
from tests.app.reception.places import Places, group_of, in_days, wanted
from tests.app.reception.test_outlook import busy  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def errors_of(client: Client, path: str, **sent: Any) -> dict[str, list[str]]:
    answer = client.post(path, sent)
    assert answer.status_code == 422
    found: dict[str, list[str]] = answer.context["form"].errors
    return found


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"until_on": 0}, "until_on", "Kies een dag van vertrek na de eerste dag."),
        ({"from_on": 4_000}, "from_on", "Deze dag ligt te ver weg. Kies een dag binnen tien jaar."),
        ({"until_on": 4_000}, "until_on", "Deze dag ligt te ver weg. Kies een dag binnen tien jaar."),
        (
            {"lapses_on": -1, "kind": "reservering"},
            "lapses_on",
            "Laat de reservering later vervallen dan nu.",
        ),
    ],
)
def test_a_day_of_a_booking_that_cannot_be(
    places: Places, client: Client, sent: dict[str, Any], field: str, told: str
) -> None:
    client.force_login(places.placer)
    days = {name: in_days(value) if isinstance(value, int) else value for name, value in sent.items()}
    whole = {"kind": "plaatsing", "pool": places.hall.pk, "people": 1, "from_on": in_days(0), **days}
    found = errors_of(client, f"/opvang/locaties/{places.location.pk}/boeken", **whole)
    assert found == {field: [told]}


def test_more_than_there_are_has_points_and_stands_beside_the_number(places: Places, client: Client) -> None:
    client.force_login(places.placer)
    group = group_of(places.point, "G-1", 1_200)
    whole = {"kind": "plaatsing", "pool": places.hall.pk, "people": 1_300, "from_on": in_days(0)}
    path = f"/opvang/locaties/{places.location.pk}/boeken"
    found = errors_of(client, path, group=group.pk, **whole)
    assert found == {"people": ["Groep G-1 telt 1.200 personen. Boek voor niet meer."]}
    assert "er zijn er 1.300 nodig" in errors_of(client, path, **whole)["__all__"][0]


def test_a_departure_that_cannot_be(places: Places, client: Client) -> None:
    client.force_login(places.placer)
    line = book(wanted=wanted(places.hall, 4), by=places.placer)
    path = f"/opvang/boekingen/{line.pk}/vertrek"
    assert list(errors_of(client, path, people=5, on=in_days(1))) == ["people"]
    assert list(errors_of(client, path, people=1, on=in_days(20))) == ["on"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"leaves_on": 0}, "leaves_on"),
        ({"latest_on": -1}, "latest_on"),
        ({"arrives_on": 4_000}, "arrives_on"),
        ({"care": 5}, "care"),
        ({"code": "G-9"}, "code"),
    ],
)
def test_a_group_that_cannot_be(places: Places, client: Client, sent: dict[str, Any], field: str) -> None:
    client.force_login(places.placer)
    group_of(places.point, "G-9", 2)
    days = {name: in_days(value) if name.endswith("_on") else value for name, value in sent.items()}
    whole = {"organisation": places.point.pk, "people": 4, "arrives_on": in_days(0), "accessible": 0,
             "care": 0, "urgency": 1, "code": "", **days}  # fmt: skip
    assert list(errors_of(client, "/opvang/groepen/nieuw", **whole)) == [field]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"until_on": 0}, "until_on"), ({"blocked": 12}, "blocked"), ({"from_on": 4_000}, "from_on")],
)
def test_places_that_cannot_be(places: Places, client: Client, sent: dict[str, Any], field: str) -> None:
    client.force_login(places.keeper)
    days = {name: in_days(value) if name.endswith("_on") else value for name, value in sent.items()}
    whole = {"places": 10, "blocked": 0, "from_on": in_days(0), "chance": 100, "source": "brief", **days}
    path = reverse("reception-block-create", args=[places.hall.pk])
    assert list(errors_of(client, path, **whole)) == [field]


def test_a_file_that_is_no_list_is_told_beside_the_file(places: Places, client: Client) -> None:
    client.force_login(places.keeper)
    file = SimpleUploadedFile("brief.pdf", b"%PDF-1.7")
    found = errors_of(client, "/opvang/lijsten", kind="locaties", organisation=places.north.pk, file=file)
    assert list(found) == ["file"]


def test_free_places_are_of_the_nights_that_are_asked(places: Places, client: Client) -> None:
    """An open end counts every night, so that what the form promises can be booked."""
    client.force_login(places.placer)
    held = {"kind": Booking.Kind.RESERVATION, "from_on": in_days(5), "until_on": in_days(8)}
    book(wanted=wanted(places.hall, 48, **held), by=places.placer)
    path = f"/opvang/locaties/{places.location.pk}/boeken"
    field = client.get(path).context["form"].fields["pool"]
    open_end = f"{dutch.period(in_days(0), None)}, want er is geen dag van vertrek"
    assert field.help_text == f"Vrij in elke nacht {open_end}; de drukste nacht telt."
    assert any(str(label).startswith("2 vrij:") for _pk, label in field.choices)
    whole = {"kind": "plaatsing", "pool": places.hall.pk, "people": 99}
    short = client.post(path, whole | {"from_on": in_days(1), "until_on": in_days(3)})
    field = short.context["form"].fields["pool"]
    assert field.help_text == (
        f"Vrij in elke nacht, {dutch.period(in_days(1), in_days(2))}; de drukste nacht telt."
    )
    assert any(str(label).startswith("50 vrij:") for _pk, label in field.choices)


def test_placing_a_reservation_counts_every_night_of_it(places: Places, client: Client) -> None:
    client.force_login(places.placer)
    held = {"kind": Booking.Kind.RESERVATION, "from_on": in_days(0), "until_on": in_days(10)}
    line = book(wanted=wanted(places.hall, 4, **held), by=places.placer)
    book(wanted=wanted(places.hall, 40, **held | {"from_on": in_days(5)}), by=places.placer)
    field = client.get(f"/opvang/boekingen/{line.pk}/plaatsen").context["form"].fields["pool"]
    assert any(str(label).startswith("6 vrij:") for pk, label in field.choices if pk == places.hall.pk)
    assert dutch.period(in_days(0), in_days(9)) in field.help_text


@pytest.mark.usefixtures("busy")
def test_the_forecast_keeps_what_was_typed_and_says_beside_it_what_is_wrong(
    places: Places, client: Client
) -> None:
    client.force_login(places.clerk)
    page = client.get(reverse("outlook"), {"dagen": "1.500", "zaad": "7", "scenario": "hoog"})
    told = " ".join(page.content.decode().split())
    assert 'value="1.500"' in told and 'value="7"' in told
    assert '<option value="hoog" selected>' in told
    assert list(page.context["form"].errors) == ["dagen"]
    usual = client.get(reverse("outlook")).content.decode()
    assert 'value="56"' in usual and 'value="1"' in usual
