"""Programs read a question as the pages do, and see the place profiles of their own organisation only."""

from typing import Any

import pytest

from regietafel.monitor.services.places import create_place
from tests.app.api.programs import Town

READINGS = "/api/v1/zoekvraaglezingen"
PLACES = "/api/v1/plaatsprofielen"


def read(town: Town, *scopes: str, **sent: Any) -> Any:
    return town.client(*scopes).post(READINGS, sent, content_type="application/json")


def test_a_question_is_said_back(aadorp: Town) -> None:
    answer = read(aadorp, "omgeving:lezen", vraag="opvang NIET kinderopvang")
    assert answer.status_code == 200
    told = answer.json()
    assert told["geldig"] and told["canoniek"] == "opvang AND NOT kinderopvang"
    assert told["boom"]["soort"] == "en" and told["fouten"] == []


def test_a_mistake_has_its_place(aadorp: Town) -> None:
    told = read(aadorp, vraag="opvang EN\n(azc").json()
    assert not told["geldig"] and told["boom"] is None
    assert (told["fouten"][0]["regel"], told["fouten"][0]["kolom"]) == (2, 1)


def test_another_way_of_writing_and_blanks(aadorp: Town) -> None:
    told = read(aadorp, vraag="+opvang -kinderopvang", schrijfwijze="lucene").json()
    assert told["canoniek"] == "opvang AND NOT kinderopvang"
    empty = read(aadorp, vraag="opvang EN <plaatsnaam>").json()
    assert empty["geldig"] and "<plaatsnaam>" in empty["waarschuwingen"][0]
    filled = read(aadorp, vraag="opvang EN <plaatsnaam>", invulling={"plaatsnaam": ["Aadorp"]}).json()
    assert filled["waarschuwingen"] == []


def test_nobody_is_asked_for_through_a_blank_either(aadorp: Town) -> None:
    told = read(aadorp, vraag="opvang EN <plaatsnaam>", invulling={"plaatsnaam": ["Jan de Vries"]}).json()
    assert not told["geldig"] and "Jan de Vries" in told["fouten"][0]["melding"]


def test_a_key_without_the_right_reads_nothing(aadorp: Town) -> None:
    assert read(aadorp, "dossiers:lezen", vraag="opvang").status_code == 403


@pytest.mark.parametrize("sent", [{}, {"vraag": "x", "taal": "nl"}, {"vraag": "x", "schrijfwijze": "coosto"}])
def test_what_is_not_described_is_a_mistake(aadorp: Town, sent: dict[str, str]) -> None:
    assert read(aadorp, **sent).status_code == 400


def test_profiles_of_the_neighbour_do_not_exist(aadorp: Town, berghem: Town) -> None:
    own, theirs = (
        create_place(
            organisation=town.organisation, name=town.code, values={"plaatsnaam": [town.code]}, by=None
        )
        for town in (aadorp, berghem)
    )
    client = aadorp.client()
    found = client.get(PLACES)
    assert "berghem" not in found.content.decode() and "aadorp" in found.content.decode()
    assert client.get(f"{PLACES}/{own.pk}").json()["invulling"] == {"plaatsnaam": ["aadorp"]}
    assert client.get(f"{PLACES}/{theirs.pk}").status_code == 404
