"""What a manager may do with people, and what not: never beyond the own organisation, never for oneself."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.models import AuditEvent
from regietafel.register.models import Membership, User
from tests.app.accounts.town import PASSWORD, hold, organisation, person, role, yesterday

pytestmark = pytest.mark.django_db
REASON = {"reason": "op verzoek, nagebeld"}


@pytest.fixture(autouse=True)
def _no_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def manager(client: Client) -> User:
    made = person("bo", ("beheerder", "aadorp"))
    client.force_login(made)
    return made


def role_data(code: str, town: str, **more: Any) -> dict[str, Any]:
    return {
        "role": role(code).pk,
        "organisation": organisation(town).pk,
        "valid_from": timezone.localdate().isoformat(),
        **more,
    }


def invite(client: Client, email: str, **data: Any) -> Any:
    return client.post("/beheer/mensen/uitnodigen", {"name": "Nieuw", "email": email, **data})


def test_somebody_invited_chooses_a_password_and_comes_in(client: Client, manager: User) -> None:
    shown = invite(client, "Nieuw@voorbeeld.example", **role_data("adviseur", "aadorp"))
    link = re.search(r"<pre>http://testserver(\S+)</pre>", shown.content.decode())
    assert link
    newcomer = Client()
    page = newcomer.get(link[1], follow=True)
    newcomer.post(page.request["PATH_INFO"], {"new_password": PASSWORD, "again": PASSWORD})
    newcomer.post("/inloggen", {"username": "nieuw@voorbeeld.example", "password": PASSWORD})
    assert "Adviseur" in newcomer.get("/account").content.decode()
    made = User.objects.get(email="nieuw@voorbeeld.example")
    event = AuditEvent.objects.get(action="account.uitgenodigd")
    assert (event.chain, event.actor) == (f"organisatie:{organisation('aadorp').pk}", "Bo")
    assert link[1].rsplit("/", 1)[1] not in str(list(AuditEvent.objects.values()))
    assert "Nieuw" in client.get(f"/beheer/mensen/{made.pk}").content.decode()


def test_an_existing_colleague_keeps_name_and_password(client: Client, manager: User) -> None:
    known = person("carla", ("lezer", "berghem"), password=PASSWORD)
    shown = invite(client, known.email, **role_data("lezer", "aadorp")).content.decode()
    known.refresh_from_db()
    assert "had al een account" in shown and "<pre>" not in shown
    assert known.name == "Carla" and known.check_password(PASSWORD)


def test_a_guest_needs_an_end_date(client: Client, manager: User) -> None:
    data = role_data("lezer", "aadorp", is_guest="on")
    refused = invite(client, "gast@voorbeeld.example", **data)
    assert refused.status_code == 422 and "einddatum nodig" in refused.content.decode()
    until = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
    assert invite(client, "gast@voorbeeld.example", **data, valid_until=until).status_code == 200
    assert Membership.objects.get(is_guest=True).valid_until is not None


def test_no_role_in_another_organisation(client: Client, manager: User) -> None:
    refused = invite(client, "nieuw@voorbeeld.example", **role_data("lezer", "berghem"))
    assert refused.status_code == 422
    assert not User.objects.filter(email="nieuw@voorbeeld.example").exists()


def test_nobody_raises_the_own_rights(client: Client, manager: User) -> None:
    refused = client.post(f"/beheer/mensen/{manager.pk}/rol", role_data("adviseur", "aadorp"))
    assert refused.status_code == 422 and "uzelf geen rol" in refused.content.decode()
    again = invite(client, manager.email, **role_data("adviseur", "aadorp"))
    assert again.status_code == 422
    assert Membership.objects.filter(user=manager).count() == 1


def test_people_of_a_neighbour_are_not_there(client: Client, manager: User) -> None:
    other = person("dirk", ("adviseur", "berghem"))
    elsewhere = hold(other, "lezer", "berghem")
    listed = client.get("/beheer/mensen").content.decode()
    assert "Dirk" not in listed and "dirk@" not in listed
    for page in ("", "/rol", "/link", "/tweede-stap", "/sluiten", "/openen", "/logboek"):
        assert client.get(f"/beheer/mensen/{other.pk}{page}").status_code == 404, page
        assert client.post(f"/beheer/mensen/{other.pk}{page}", REASON).status_code in {404, 405}, page
    assert client.post(f"/beheer/rollen/{elsewhere.pk}/beeindigen", REASON).status_code == 404


def test_a_shared_colleague_cannot_be_taken_over(client: Client, manager: User) -> None:
    shared = person("eva", ("adviseur", "aadorp"), ("adviseur", "berghem"))
    page = client.get(f"/beheer/mensen/{shared.pk}").content.decode()
    assert "ook een rol buiten uw organisatie" in page and "Berghem" not in page
    for path in ("link", "tweede-stap", "sluiten"):
        assert client.post(f"/beheer/mensen/{shared.pk}/{path}", REASON).status_code == 403, path
    assert shared.email in client.get("/beheer/mensen").content.decode()


def test_ending_a_role_ends_the_session(client: Client, manager: User) -> None:
    colleague = person("fien", ("adviseur", "aadorp"))
    theirs = Client()
    theirs.force_login(colleague)
    assert theirs.get("/account").status_code == 200
    held = Membership.objects.get(user=colleague)
    done = client.post(f"/beheer/rollen/{held.pk}/beeindigen", {"last_day": yesterday(), **REASON})
    assert done.status_code == 302
    assert theirs.get("/account").status_code == 302
    event = AuditEvent.objects.get(action="rol.beëindigd")
    assert event.reason == REASON["reason"] and event.actor == "Bo"


def test_a_role_given_today_can_be_taken_back_at_once(client: Client, manager: User) -> None:
    colleague = person("fien", ("lezer", "aadorp"))
    client.post(f"/beheer/mensen/{colleague.pk}/rol", role_data("adviseur", "aadorp"))
    held = Membership.objects.get(user=colleague, role__code="adviseur")
    client.post(f"/beheer/rollen/{held.pk}/beeindigen", {"last_day": yesterday(), **REASON})
    assert [m.role.code for m in Membership.objects.filter(user=colleague)] == ["lezer"]
    assert AuditEvent.objects.filter(action="rol.beëindigd").exists()


def test_closing_needs_a_reason_and_is_never_for_oneself(client: Client, manager: User) -> None:
    colleague = person("gijs", ("lezer", "aadorp"))
    assert client.post(f"/beheer/mensen/{colleague.pk}/sluiten", {}).status_code == 422
    assert client.post(f"/beheer/mensen/{colleague.pk}/sluiten", REASON).status_code == 302
    assert client.post(f"/beheer/mensen/{manager.pk}/sluiten", REASON).status_code == 422
    assert User.objects.filter(is_active=False).get() == colleague
    assert client.post(f"/beheer/mensen/{colleague.pk}/link", REASON).status_code == 422
    client.post(f"/beheer/mensen/{colleague.pk}/openen", REASON)
    assert not User.objects.filter(is_active=False).exists()
    log = client.get(f"/beheer/mensen/{colleague.pk}/logboek").content.decode()
    assert "account.gesloten" in log and REASON["reason"] in log


@pytest.mark.parametrize("path", ["/beheer/mensen", "/beheer/mensen/uitnodigen", "/beheer/api-sleutels"])
def test_who_manages_nothing_stays_out(client: Client, path: str) -> None:
    client.force_login(person("hans", ("adviseur", "aadorp")))
    assert client.get(path).status_code == 403


def test_who_keeps_the_installation_appoints_managers_only(client: Client) -> None:
    organisation("aadorp")
    client.force_login(person("ina", is_platform_admin=True))
    refused = invite(client, "baas@voorbeeld.example", **role_data("adviseur", "aadorp"))
    assert refused.status_code == 422
    assert invite(client, "baas@voorbeeld.example", **role_data("beheerder", "aadorp")).status_code == 200
    assert client.get("/beheer/api-sleutels").status_code == 403
    person("lotte", ("adviseur", "aadorp"))
    listed = client.get("/beheer/mensen").content.decode()
    assert "baas@" in listed and "lotte@" not in listed


def test_the_list_finds_and_filters(client: Client, manager: User) -> None:
    person("jan", ("adviseur", "aadorp"))
    person("kim", ("lezer", "aadorp"), is_active=False)
    assert "Jan" in client.get("/beheer/mensen?zoek=jan@").content.decode()
    assert "Kim" not in client.get("/beheer/mensen?zoek=jan@").content.decode()
    by_role = client.get(f"/beheer/mensen?rol={role('lezer').pk}").content.decode()
    assert "Kim" in by_role and "jan@" not in by_role
    closed = client.get("/beheer/mensen?stand=dicht").content.decode()
    assert "Kim" in closed and "jan@" not in closed
    assert client.get("/beheer/mensen?uit=csv").status_code == 200
    assert client.get(f"/beheer/mensen?organisatie={organisation('berghem').pk}").status_code == 400


def test_a_key_is_shown_once_and_dies_at_once(client: Client, manager: User) -> None:
    until = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    data = {"organisation": organisation("aadorp").pk, "name": "Koppeling", "scopes": ["dossiers:lezen"]}
    late = (timezone.localdate() + dt.timedelta(days=400)).isoformat()
    assert client.post("/beheer/api-sleutels/nieuw", {**data, "valid_until": late}).status_code == 422
    foreign = {**data, "organisation": organisation("berghem").pk, "valid_until": until}
    assert client.post("/beheer/api-sleutels/nieuw", foreign).status_code == 422
    shown = client.post("/beheer/api-sleutels/nieuw", {**data, "valid_until": until}).content.decode()
    secret = re.search(r"<pre>(rgt_\S+)</pre>", shown)
    assert secret
    listed = client.get("/beheer/api-sleutels").content.decode()
    assert "Koppeling" in listed and secret[1] not in listed
    from regietafel.register.selectors.tokens import principal_of

    program = principal_of(secret[1])
    assert program
    client.post(f"/beheer/api-sleutels/{program.token.pk}/intrekken", REASON)
    assert principal_of(secret[1]) is None
    assert secret[1] not in str(list(AuditEvent.objects.values()))
    assert [e.action for e in AuditEvent.objects.order_by("pk")] == ["sleutel.gemaakt", "sleutel.ingetrokken"]
