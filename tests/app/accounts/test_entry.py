"""Who comes in, who does not, and what an attacker learns from trying."""

import re
import statistics
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django_otp.oath import hotp, totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from regietafel.host.accounts import clients, letters, sessions
from regietafel.host.models import LoginSession
from regietafel.kit.jobs import run_pending
from regietafel.kit.models import AuditEvent, JobRun
from regietafel.register.models import Membership, User
from regietafel.register.selectors.accounts import one_time_path
from tests.app.accounts.town import PASSWORD, hold, organisation, person, yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return person("anna", ("adviseur", "aadorp"), password=PASSWORD)


@pytest.fixture
def no_factor(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def log_in(client: Client, email: str, password: str = PASSWORD, **extra: str) -> Any:
    return client.post("/inloggen", {"username": email, "password": password, **extra})


def test_every_page_leads_to_the_door_and_back(client: Client, anna: User, no_factor: None) -> None:
    sent = client.get("/account?a=1")
    assert sent.headers["Location"] == "/inloggen?next=%2Faccount%3Fa%3D1"
    assert log_in(client, anna.email, next="/account?a=1").headers["Location"] == "/account?a=1"


@pytest.mark.parametrize(
    "target",
    [
        "https://kwaad.example/",
        "//kwaad.example",
        "/\\kwaad.example",
        "javascript:alert(1)",
        "\t//kwaad.example",
    ],
)
def test_the_door_never_leads_to_another_site(
    client: Client, anna: User, no_factor: None, target: str
) -> None:
    assert log_in(client, anna.email, next=target).headers["Location"] == "/"


def test_a_null_character_in_an_address_is_refused_before_it_is_looked_up(client: Client) -> None:
    for path in ("/api/v1/gebieden/%00", "/beheer/gebieden/%00", "/inloggen/wachtwoord/%00/x"):
        assert client.get(path).status_code == 400


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client: Client, anna: User) -> None:
    sent = client.post("/account/elders-uitloggen", headers={"referer": "http://testserver/account"})
    assert sent.headers["Location"] == "/inloggen?next=%2Faccount"
    foreign = client.post("/account/elders-uitloggen", headers={"referer": "https://kwaad.example/x"})
    assert foreign.headers["Location"] == "/inloggen?next=%2F"


def test_the_answer_is_the_same_for_unknown_closed_and_roleless_accounts(client: Client, anna: User) -> None:
    person("dicht", ("adviseur", "aadorp"), password=PASSWORD, is_active=False)
    person("rolloos", password=PASSWORD)
    former = person("vroeger", password=PASSWORD)
    hold(former, "adviseur", "aadorp", until=yesterday())
    answers = set()
    for name in ("anna", "niemand", "dicht", "rolloos", "vroeger"):
        wrong = "fout" if name == "anna" else PASSWORD
        response = log_in(client, f"{name}@voorbeeld.example", wrong)
        text = re.sub(r'value="[^"]*"', "", response.content.decode())
        answers.add((response.status_code, text.replace(name, "")))
    assert len(answers) == 1
    assert not LoginSession.objects.filter(account__isnull=False).exists()


def test_the_answer_takes_as_long_for_unknown_accounts(client: Client, anna: User, settings: Any) -> None:
    settings.AXES_ENABLED = False
    taken: dict[str, list[float]] = {anna.email: [], "niemand@voorbeeld.example": []}
    for _attempt in range(12):
        for email, times in taken.items():
            began = time.process_time()  # of the processor, so that what else runs does not count
            log_in(client, email, "fout")
            times.append(time.process_time() - began)
    known, unknown = (statistics.median(times) for times in taken.values())
    assert abs(known - unknown) / known < 0.5  # a skipped hash would be 80 % faster


def test_the_session_is_renewed_at_the_door(client: Client, anna: User, no_factor: None) -> None:
    client.session["voor"] = 1
    before = client.session.session_key
    log_in(client, anna.email)
    assert client.session.session_key != before
    assert LoginSession.objects.get(pk=client.session.session_key).account == anna


def test_idle_and_old_sessions_end(client: Client, anna: User, no_factor: None, settings: Any) -> None:
    for clock, limit in (
        (sessions.SEEN, settings.IDLE_LIMIT_SECONDS),
        (sessions.BEGAN, settings.SESSION_COOKIE_AGE),
    ):
        log_in(client, anna.email)
        session = client.session
        session[clock] = int(time.time()) - limit - 1
        session.save()
        assert client.get("/account").status_code == 302
        assert not sessions.sessions_of(anna).exists()


def test_using_the_product_does_not_stretch_the_longest_session(
    client: Client, anna: User, no_factor: None
) -> None:
    log_in(client, anna.email)
    began = client.session[sessions.BEGAN]
    session = client.session
    session[sessions.SEEN] -= 120
    session.save()
    client.get("/account")
    assert client.session[sessions.SEEN] > began - 1
    assert client.session[sessions.BEGAN] == began


@pytest.mark.parametrize("loss", ["closed", "role ended", "organisation closed"])
def test_a_session_ends_with_its_rights(client: Client, anna: User, no_factor: None, loss: str) -> None:
    log_in(client, anna.email)
    assert client.get("/account").status_code == 200
    if loss == "closed":
        User.objects.filter(pk=anna.pk).update(is_active=False)
    elif loss == "role ended":
        Membership.objects.filter(user=anna).update(valid_until=yesterday())
    else:
        town = organisation("aadorp")
        town.is_active = False
        town.save()
    assert client.get("/account").headers["Location"].startswith("/inloggen")


def test_practice_accounts_work_on_this_machine_only(client: Client, settings: Any) -> None:
    trainee = person("oefenaar", ("adviseur", "aadorp"), password=PASSWORD, is_demo=True)
    assert log_in(client, trainee.email).status_code == 302
    assert client.get("/account").status_code == 200
    settings.BOUND_TO_LOOPBACK = False
    assert client.get("/account").status_code == 302
    assert log_in(client, trainee.email).status_code == 422
    settings.BOUND_TO_LOOPBACK, settings.PRODUCTION = True, True
    assert log_in(client, trainee.email).status_code == 422


def test_guessing_locks_one_address_not_the_account(
    client: Client, anna: User, no_factor: None, settings: Any
) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        last = log_in(client, anna.email.upper(), "fout")
    assert last.status_code == 429
    assert log_in(client, anna.email).status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert log_in(elsewhere, anna.email).status_code == 302
    noted = AuditEvent.objects.filter(action="account.tijdelijk-geweigerd")
    assert [event.chain for event in noted] == ["systeem"]


def test_guessing_many_accounts_stops_before_hashing(
    client: Client, anna: User, no_factor: None, monkeypatch: Any
) -> None:
    log_in(client, anna.email)
    client.post("/uitloggen")
    monkeypatch.setattr(clients.FAILED_LOGINS, "most", 3)
    stranger = Client()
    answers = [log_in(stranger, f"gok{n}@voorbeeld.example").status_code for n in range(5)]
    assert answers == [422, 422, 422, 429, 429]
    assert log_in(stranger, anna.email).status_code == 429
    assert log_in(client, anna.email).status_code == 302, "a browser that came in before is not kept out"


def test_the_address_behind_our_proxy_cannot_be_invented(rf: Any, settings: Any) -> None:
    request = rf.get("/", headers={"x-forwarded-for": "6.6.6.6, 10.0.0.9"}, REMOTE_ADDR="127.0.0.1")
    assert clients.address_of(request) == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert clients.address_of(request) == "10.0.0.9"


def test_logging_out_kills_the_session_on_the_server(client: Client, anna: User, no_factor: None) -> None:
    log_in(client, anna.email)
    stolen = client.cookies["sessionid"].value
    assert client.get("/uitloggen").status_code == 405
    client.post("/uitloggen")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get("/account").status_code == 302


def test_elsewhere_can_be_logged_out_from_here(client: Client, anna: User, no_factor: None) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Safari"})
    log_in(other, anna.email)
    log_in(client, anna.email)
    assert "Safari op iPhone" in client.get("/account").content.decode()
    client.post("/account/elders-uitloggen")
    assert other.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def test_changing_the_password_ends_other_sessions(client: Client, anna: User, no_factor: None) -> None:
    other = Client()
    log_in(other, anna.email)
    log_in(client, anna.email)
    new = "een andere lange zin van vandaag"
    wrong = client.post("/wachtwoord", {"password": "fout", "new_password": new, "again": new})
    assert "klopt niet" in wrong.content.decode()
    weak = client.post("/wachtwoord", {"password": PASSWORD, "new_password": "kort", "again": "kort"})
    assert weak.status_code == 422
    assert (
        client.post("/wachtwoord", {"password": PASSWORD, "new_password": new, "again": new}).status_code
        == 302
    )
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


def test_a_link_for_a_new_password_works_once_and_one_day(
    client: Client, anna: User, monkeypatch: Any
) -> None:
    path = one_time_path(anna)
    other_path = one_time_path(anna)
    shown = client.get(path, follow=True)
    assert path.rsplit("/", 1)[1] not in shown.request["PATH_INFO"], "the key leaves the address bar"
    new = "een andere lange zin van vandaag"
    done = client.post(shown.request["PATH_INFO"], {"new_password": new, "again": new})
    assert done.headers["Location"] == "/inloggen"
    assert Client().get(other_path, follow=True).status_code == 410
    assert log_in(Client(), anna.email, new).status_code == 302
    late = one_time_path(User.objects.get(pk=anna.pk))
    moment = default_token_generator._now()
    monkeypatch.setattr(default_token_generator, "_now", lambda: moment.replace(year=moment.year + 1))
    assert Client().get(late, follow=True).status_code == 410


@pytest.mark.parametrize("account", ["", "x", "MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "é"])
def test_a_made_up_link_is_refused(client: Client, account: str) -> None:
    assert client.get(f"/inloggen/wachtwoord/{account or '-'}/abc-def", follow=True).status_code == 410


def test_a_forgotten_password_tells_nobody_who_has_an_account(client: Client, anna: User) -> None:
    person("oefen", ("adviseur", "aadorp"), is_demo=True)
    emails = (anna.email, "niemand@voorbeeld.example", "oefen@voorbeeld.example")
    texts = {client.post("/inloggen/vergeten", {"email": email}).content for email in emails}
    assert len(texts) == 1
    run_pending()
    assert [letter.to for letter in mail.outbox] == [[anna.email]]
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link and client.get(link[1], follow=True).status_code == 200
    assert "niemand@" not in str(list(JobRun.objects.values())), "what strangers type is not kept"


def test_the_log_tells_who_came_in_from_where(client: Client, anna: User, no_factor: None) -> None:
    log_in(client, anna.email)
    client.post("/uitloggen")
    came, went = AuditEvent.objects.filter(object_id=str(anna.pk)).order_by("sequence")
    assert (came.action, went.action) == ("account.ingelogd", "account.uitgelogd")
    assert (came.chain, came.actor, came.origin) == ("systeem", "Anna", "127.0.0.1")
    assert PASSWORD not in "".join(str(vars(event)) for event in (came, went))
    anna.refresh_from_db()
    assert anna.current_visit_at is not None


def code_of(device: TOTPDevice, later: int = 0) -> str:
    """Return the code that was used last, or one that comes after it."""
    device.refresh_from_db()
    return f"{hotp(device.bin_key, device.last_t + later):06d}"


@pytest.fixture
def coupled(client: Client, anna: User) -> list[str]:
    """Couple an app as a person does, and return the recovery codes shown."""
    log_in(client, anna.email)
    assert client.get("/account").headers["Location"] == "/tweede-factor?next=%2Faccount"
    page = client.get("/tweede-factor?next=/account", follow=True).content.decode()
    key = client.session["voorgestelde_sleutel"]
    assert "<svg" in page and "style=" not in page
    assert client.post("/tweede-factor/koppelen", {"code": "000000"}).status_code == 422
    shown = client.post(
        "/tweede-factor/koppelen", {"code": f"{totp(bytes.fromhex(key)):06d}", "next": "/account"}
    )
    assert client.get("/account").status_code == 200
    return re.findall(r"<code>([\w-]+)</code>", shown.content.decode())


def test_a_code_works_once_also_right_after_coupling(anna: User, coupled: list[str]) -> None:
    device = TOTPDevice.objects.get(user=anna)
    fresh = Client()
    log_in(fresh, anna.email)
    assert fresh.post("/tweede-factor", {"code": code_of(device)}).status_code == 422, "used for coupling"
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert (
        fresh.post("/tweede-factor", {"code": code_of(device, 1), "next": "/account"}).headers["Location"]
        == "/account"
    )
    again = Client()
    log_in(again, anna.email)
    assert again.post("/tweede-factor", {"code": code_of(device)}).status_code == 422, "replayed"
    assert again.get("/account").headers["Location"].startswith("/tweede-factor")


def test_half_a_session_opens_nothing(anna: User, coupled: list[str]) -> None:
    half = Client()
    log_in(half, anna.email)
    for path in ("/", "/account", "/wachtwoord", "/account/herstelcodes", "/beheer/mensen", "/zoeken?q=a"):
        assert half.get(path).headers["Location"].startswith("/tweede-factor?"), path
    assert half.get("/tweede-factor/koppelen").headers["Location"] == "/tweede-factor"
    assert half.post("/tweede-factor/koppelen", {"code": "123456"}).headers["Location"] == "/tweede-factor"


def test_recovery_codes_work_once_and_are_not_kept(client: Client, anna: User, coupled: list[str]) -> None:
    assert len(set(coupled)) == 10
    from django_otp.plugins.otp_static.models import StaticToken

    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in coupled}
    for attempt, expected in (("first", 302), ("second", 422)):
        fresh = Client()
        log_in(fresh, anna.email)
        assert fresh.post("/tweede-factor", {"code": coupled[0].upper()}).status_code == expected, attempt


def test_new_recovery_codes_replace_the_old_ones(client: Client, anna: User, coupled: list[str]) -> None:
    assert client.post("/account/herstelcodes", {"code": "zomaar iets"}).status_code == 422
    from django_otp.plugins.otp_static.models import StaticDevice

    StaticDevice.objects.update(throttling_failure_count=0)
    page = client.post("/account/herstelcodes", {"code": coupled[1]}).content.decode()
    new = re.findall(r"<code>([\w-]+)</code>", page)
    assert len(new) == 10
    fresh = Client()
    log_in(fresh, anna.email)
    assert fresh.post("/tweede-factor", {"code": coupled[2]}).status_code == 422


def test_guessing_codes_is_slowed_down(anna: User, coupled: list[str]) -> None:
    half = Client()
    log_in(half, anna.email)
    for guess in range(3):
        half.post("/tweede-factor", {"code": f"{guess:06d}"})
    device = TOTPDevice.objects.get(user=anna)
    allowed, _why = device.verify_is_allowed()
    assert not allowed
    assert half.post("/tweede-factor", {"code": code_of(device, 1)}).status_code == 422


def test_pages_at_the_door_need_no_script_and_no_style(client: Client) -> None:
    folder = Path(letters.__file__).parents[1] / "templates" / "host" / "accounts"
    for template in folder.glob("*.html"):
        assert not re.search(r"<script|<style|style=|\son\w+=", template.read_text()), template.name
