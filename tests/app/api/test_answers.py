"""What programs get, what they are refused, and in which form they are told."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.models import AuditEvent
from regietafel.register.models import Dossier, Fact, Moment, Organisation
from tests.app.accounts.town import person
from tests.app.api.programs import Town

READ = "dossiers:lezen"


def problem(response: Any, status: int) -> dict[str, Any]:
    """Insist on a problem with this status and return it."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["API-Version"] == "1.0.0"
    found: dict[str, Any] = response.json()
    assert found["status"] == status and found["title"] and found["detail"]
    return found


def mistakes(response: Any) -> dict[str, str]:
    return {one["veld"]: one["melding"] for one in problem(response, 400)["fouten"]}


def send(client: Client, method: str, path: str, data: Any) -> Any:
    return getattr(client, method)(f"/api/v1{path}", data, content_type="application/json")


def test_a_program_reads_its_own_dossiers_only(aadorp: Town, berghem: Town) -> None:
    found = aadorp.client(READ).get("/api/v1/dossiers").json()
    assert [one["titel"] for one in found["resultaten"]] == ["Dossier van aadorp"]
    assert found["totaal"] == 1
    assert found["resultaten"][0]["_links"]["self"]["href"].endswith(f"/api/v1/dossiers/{aadorp.dossier.pk}")


def test_what_is_of_a_neighbour_is_not_there(aadorp: Town, berghem: Town) -> None:
    program, other = aadorp.client(), berghem
    base = f"/api/v1/dossiers/{other.dossier.pk}"
    for path in ("", "/feiten", "/momenten", f"/feiten/{other.fact.pk}", f"/momenten/{other.moment.pk}"):
        problem(program.get(base + path), 404)
    mixed = f"/api/v1/dossiers/{aadorp.dossier.pk}/feiten/{other.fact.pk}"
    problem(program.get(mixed), 404)
    path = f"/dossiers/{other.dossier.pk}"
    problem(send(program, "patch", path, {"titel": "gekaapt"}), 404)
    fact = {"tekst": "x", "status": "onbekend", "peildatum": "2027-01-01"}
    problem(send(program, "post", f"{path}/feiten", fact), 404)
    stolen = {**fact, "vervangt": other.fact.pk}
    assert "vervangt" in mistakes(send(program, "post", f"/dossiers/{aadorp.dossier.pk}/feiten", stolen))
    made = {"organisatie": other.organisation.pk, "titel": "x", "soort": "onrust"}
    assert "organisatie" in mistakes(send(program, "post", "/dossiers", made))


def test_sharing_with_the_region_is_for_people_and_sharing_by_name_for_programs_too(
    aadorp: Town, berghem: Town
) -> None:
    program = aadorp.client(READ)
    Dossier.objects.filter(pk=berghem.dossier.pk).update(shared_with_region=True)
    assert program.get("/api/v1/dossiers").json()["totaal"] == 1
    berghem.dossier.shared_with.add(aadorp.organisation)
    assert program.get("/api/v1/dossiers").json()["totaal"] == 2
    path = f"/dossiers/{berghem.dossier.pk}"
    problem(send(aadorp.client(), "patch", path, {"titel": "gekaapt"}), 403)


def test_confidential_dossiers_never_go_to_a_program(aadorp: Town) -> None:
    Dossier.objects.update(confidentiality=2)
    program = aadorp.client()
    assert program.get("/api/v1/dossiers").json()["totaal"] == 0
    problem(program.get(f"/api/v1/dossiers/{aadorp.dossier.pk}"), 404)


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("dossiers:lezen", "/monitors"),
        ("omgeving:lezen", "/dossiers"),
        ("dossiers:schrijven", "/dossiers"),
        ("dossiers:lezen", "/gebieden"),
    ],
)
def test_a_key_does_no_more_than_its_rights(aadorp: Town, scope: str, path: str) -> None:
    assert "mist het recht" in problem(aadorp.client(scope).get(f"/api/v1{path}"), 403)["detail"]


def test_reading_does_not_allow_writing(aadorp: Town) -> None:
    data = {"organisatie": aadorp.organisation.pk, "titel": "x", "soort": "onrust"}
    problem(send(aadorp.client(READ), "post", "/dossiers", data), 403)
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_until": timezone.localdate() - dt.timedelta(days=1)},
        {"revoked_at": timezone.now()},
    ],
    ids=["expired", "revoked"],
)
def test_a_dead_key_opens_nothing(aadorp: Town, changes: dict[str, Any]) -> None:
    client = Client(headers={"authorization": f"Bearer {aadorp.key(READ, **changes)}"})
    refused = client.get("/api/v1/dossiers")
    problem(refused, 401)
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_dies_with_its_organisation(aadorp: Town) -> None:
    program = aadorp.client(READ)
    assert program.get("/api/v1/dossiers").status_code == 200
    Organisation.objects.update(is_active=False)
    problem(program.get("/api/v1/dossiers"), 401)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer " + "x" * 5000])
def test_no_key_no_entry(db: None, header: str) -> None:
    problem(Client(headers={"authorization": header}).get("/api/v1/dossiers"), 401)


def test_a_session_of_a_person_is_no_key(aadorp: Town, client: Client) -> None:
    client.force_login(person("an", ("adviseur", "aadorp"), is_demo=True))
    problem(client.get("/api/v1/dossiers"), 401)


def test_writing_goes_through_the_services_and_the_log(aadorp: Town) -> None:
    program = aadorp.client()
    sent = {
        "organisatie": aadorp.organisation.pk, "titel": "Nieuw", "soort": "besluit", "gebied": "GM0141",
        "vertrouwelijkheid": "openbaar",
    }  # fmt: skip
    made = send(program, "post", "/dossiers", sent)
    assert made.status_code == 201 and made.headers["Location"] == made.json()["_links"]["self"]["href"]
    number = made.json()["id"]
    changed = send(program, "patch", f"/dossiers/{number}", {"titel": "Anders", "versie": 1}).json()
    assert (changed["titel"], changed["soort"], changed["gebied"], changed["versie"]) == (
        "Anders", "besluit", "GM0141", 2,
    )  # fmt: skip
    late = send(program, "patch", f"/dossiers/{number}", {"titel": "Te laat", "versie": 1})
    assert "intussen gewijzigd" in mistakes(late)["geheel"]
    events = AuditEvent.objects.filter(object_type="register.dossier", object_id=str(number)).order_by("pk")
    assert [event.action for event in events] == ["dossier.gemaakt", "dossier.gewijzigd"]
    assert all(event.actor.startswith("sleutel proef") and event.actor_id is None for event in events)


def test_a_fact_is_replaced_and_withdrawn_never_erased(aadorp: Town) -> None:
    program, path = aadorp.client(), f"/dossiers/{aadorp.dossier.pk}/feiten"
    fact = {"tekst": "nu zeker", "status": "bekend", "bron": "COA", "peildatum": "2027-04-07"}
    made = send(program, "post", path, {**fact, "vervangt": aadorp.fact.pk})
    assert made.status_code == 201 and made.json()["vervangt"] == aadorp.fact.pk
    again = send(program, "post", path, {**fact, "vervangt": aadorp.fact.pk})
    assert "al vervangen" in mistakes(again)["geheel"]
    unsourced = send(program, "post", path, {**fact, "bron": ""})
    assert "bron nodig" in mistakes(unsourced)["geheel"]
    gone = send(program, "post", f"{path}/{made.json()['id']}/intrekking", {"reden": "klopte niet"})
    assert gone.status_code == 201 and gone.json()["ingetrokkenOp"].endswith("Z")
    assert Fact.objects.count() == 2 and program.get(f"/api/v1{path}").json()["totaal"] == 2


def test_moments_take_every_zone_and_give_utc(aadorp: Town) -> None:
    program, path = aadorp.client(), f"/dossiers/{aadorp.dossier.pk}/momenten"
    sent = {"titel": "Avond", "soort": "bijeenkomst", "begint": "2027-04-07T19:30:00+02:00"}
    made = send(program, "post", path, sent).json()
    assert made["begint"] == "2027-04-07T17:30:00Z" and made["eindigt"] is None
    item = f"{path}/{made['id']}"
    moved = send(program, "patch", item, {"eindigt": "2027-04-07T20:00:00Z"}).json()
    assert (moved["titel"], moved["eindigt"]) == ("Avond", "2027-04-07T20:00:00Z")
    backwards = send(program, "patch", item, {"eindigt": "2027-04-07T10:00:00Z"})
    assert "voordat het begint" in mistakes(backwards)["geheel"]
    Moment.objects.update(withdrawn_at=timezone.now())
    assert program.get(f"/api/v1{path}").json()["totaal"] == 0


def test_all_mistakes_are_told_at_once(aadorp: Town) -> None:
    sent = {
        "titel": " ",
        "soort": "feest",
        "begint": "2027-04-07T19:30:00",
        "eindigt": "morgen",
        "kleur": "rood",
    }
    found = mistakes(send(aadorp.client(), "post", f"/dossiers/{aadorp.dossier.pk}/momenten", sent))
    assert set(found) == {"titel", "soort", "begint", "eindigt", "kleur"}
    assert "tijdzone" in found["begint"]


def test_all_mistakes_in_a_query_are_told_at_once(aadorp: Town) -> None:
    query = "?soort=feest&kleur=rood&sorteer=prijs&gewijzigdVanaf=gisteren"
    found = mistakes(aadorp.client(READ).get(f"/api/v1/dossiers{query}"))
    assert set(found) == {"soort", "kleur", "sorteer", "gewijzigdVanaf"}
    assert set(mistakes(aadorp.client(READ).get("/api/v1/dossiers?pagina=0&paginaGrootte=1000"))) == {
        "pagina", "paginaGrootte",
    }  # fmt: skip


def test_lists_filter_sort_and_turn_pages(aadorp: Town) -> None:
    program = aadorp.client()
    for title in ("b", "a", "c"):
        send(
            program,
            "post",
            "/dossiers",
            {"organisatie": aadorp.organisation.pk, "titel": title, "soort": "thema"},
        )
    first = program.get("/api/v1/dossiers?soort=thema&sorteer=-titel&paginaGrootte=2").json()
    assert [one["titel"] for one in first["resultaten"]] == ["c", "b"] and first["totaal"] == 3
    second = program.get(first["_links"]["next"]["href"]).json()
    assert [one["titel"] for one in second["resultaten"]] == ["a"]
    assert "next" not in second["_links"] and "prev" in second["_links"]
    problem(program.get("/api/v1/dossiers?pagina=99"), 404)


def test_every_error_is_a_problem(aadorp: Town, monkeypatch: Any) -> None:
    program = aadorp.client()
    program.raise_request_exception = False
    problem(program.get("/api/v1/bestaat-niet"), 404)
    problem(program.get("/api/v1/dossiers/"), 404)
    problem(program.get("/api/v1/dossiers/abc"), 404)
    problem(program.delete(f"/api/v1/dossiers/{aadorp.dossier.pk}"), 405)
    problem(program.options("/api/v1/dossiers"), 405)
    problem(program.get("/api/v1/dossiers", headers={"accept": "text/html"}), 406)
    problem(program.post("/api/v1/dossiers", {"titel": "x"}), 415)
    problem(program.post("/api/v1/dossiers", "{half", content_type="application/json"), 400)
    problem(program.post("/api/v1/dossiers", "[]", content_type="application/json"), 400)
    monkeypatch.setattr("regietafel.register.selectors.programs.dossiers_of_program", lambda user: 1 / 0)
    failed = problem(program.get("/api/v1/dossiers"), 500)
    assert "division" not in str(failed)


def test_a_busy_program_is_slowed_down_and_others_are_not(aadorp: Town, monkeypatch: Any) -> None:
    from regietafel.kit.rest.scopes import PerKey

    monkeypatch.setattr(PerKey, "THROTTLE_RATES", {"sleutel": "2/min"})
    busy, other = aadorp.client(READ), aadorp.client(READ)
    answers = [busy.get("/api/v1/dossiers") for _try in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    problem(answers[2], 429)
    assert int(answers[2].headers["Retry-After"]) > 0
    assert other.get("/api/v1/dossiers").status_code == 200


def test_the_description_is_open_to_everybody(db: None) -> None:
    found = Client().get("/api/v1/openapi.json")
    assert found.status_code == 200 and found.headers["Access-Control-Allow-Origin"] == "*"
    assert found.json()["info"]["version"] == found.headers["API-Version"]
    assert Client().get("/api/v1").json()["_links"]["dossiers"]["href"].endswith("/api/v1/dossiers")


def test_answers_carry_the_headers_that_close_them(aadorp: Town) -> None:
    for response in (aadorp.client(READ).get("/api/v1/dossiers"), Client().get("/api/v1/niets")):
        assert "no-store" in response.headers["Cache-Control"]
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in response.headers


def test_the_page_for_people_reads_without_script(db: None) -> None:
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200 and "/dossiers/{dossierId}/feiten" in text
    assert "http://" not in text.replace("http://testserver", "") and "<script>" not in text
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def test_the_last_day_of_use_is_kept(aadorp: Town) -> None:
    from regietafel.register.models import ApiToken

    aadorp.client(READ).get("/api/v1/dossiers")
    assert ApiToken.objects.get().last_used_on == timezone.localdate()
