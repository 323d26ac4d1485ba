"""Every look, search and export leaves a line with its purpose; nobody can silence that."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.audit import record, verify
from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import Message, Monitor, PoliceHandover
from regietafel.monitor.selectors.looks import EXPORTED, LOOKED, SEARCHED
from regietafel.monitor.services import looking
from regietafel.monitor.services.handover import fetch_text, fingerprint, hand_over
from regietafel.monitor.services.pictures import make_picture, publish_picture
from regietafel.monitor.services.uploads import offer_upload
from regietafel.register.models import Membership, Role, User
from tests.app.monitor.town import Town, csv_of, deliver, person, row

pytestmark = pytest.mark.django_db
LOG = "/omgeving/privacy/inzagelog"
TOLD = {"ground": "Sr artikel 285", "reason": "Een mogelijke dreiging.", "recipient": "wijkagent"}


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lines(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action).order_by("sequence"))


@pytest.fixture
def message(town: Town, running: Monitor) -> Message:
    deliver(town.source, [row(1, "Opvang aan de Kade", tekst="Hierover is veel te doen.")])
    return Message.objects.get()


def test_every_door_to_messages_leaves_a_line(
    town: Town, running: Monitor, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "AGAIN_AFTER", dt.timedelta(0))
    client, one = logged_in(town.adviser), f"/omgeving/monitors/{running.pk}"
    doors = {
        f"{one}/berichten": LOOKED,
        f"{one}/berichten/{message.pk}": LOOKED,
        f"{one}/berichten/{message.pk}/overdragen": LOOKED,
        f"{one}/zoekvraag": LOOKED,
        f"{one}/zoekvraag/vergelijken": LOOKED,
        f"{one}/zoekvraag/wijzigen?stap=controle": LOOKED,
        f"{one}/zoeken?vraag=opvang": SEARCHED,
        f"{one}/zoeken?vraag=opvang&uit=csv": EXPORTED,
        f"{one}/zoeken?vraag=opvang&uit=xlsx": EXPORTED,
    }
    for path, action in doors.items():
        before = len(lines(action))
        assert client.get(path).status_code == 200
        found = lines(action)
        assert len(found) > before and "doel: communicatie" in found[-1].reason, path


@pytest.mark.parametrize("kind", ["docx", "pdf", "json"])
def test_a_picture_that_leaves_as_a_file_is_noted(
    town: Town, running: Monitor, message: Message, kind: str
) -> None:
    today = timezone.localdate()
    picture = make_picture(
        monitor=running, period_from=today - dt.timedelta(days=3), period_until=today, by=town.adviser
    )
    picture = publish_picture(picture=picture, revision=picture.revision, by=town.adviser)
    assert logged_in(town.reader).get(f"/omgeving/beelden/{picture.pk}/bestand/{kind}").status_code == 200
    (line,) = lines(EXPORTED)
    assert line.actor == "Rik" and kind.upper() in line.reason


def test_the_command_line_is_a_door_too(
    town: Town, running: Monitor, message: Message, call: Any, tmp_path: Any
) -> None:
    day = timezone.localdate().isoformat()
    call(
        "omgevingsbeeld",
        "--monitor",
        str(running.pk),
        "--van",
        day,
        "--tot",
        day,
        "--uit",
        f"{tmp_path}/x.json",
    )
    (line,) = lines(EXPORTED)
    assert (line.actor, line.origin) == ("systeem", "commandoregel") and "opdrachtregel" in line.reason


def test_the_first_rows_of_a_delivery_are_a_look(town: Town) -> None:
    content = csv_of([row(1, "Opvang", auteur="Iemand")])
    ingest = offer_upload(source=town.source, name="x.csv", chunks=[content], by=town.adviser)
    assert logged_in(town.adviser).get(f"/omgeving/innamen/{ingest.pk}/kolommen").status_code == 200
    (line,) = lines(LOOKED)
    assert line.object_type == "monitor.ingest"


def test_a_question_is_logged_masked_and_short(town: Town, running: Monitor, message: Message) -> None:
    question = "opvang OF 06-12345678 OF " + " OF ".join(f"woord{number}" for number in range(90))
    logged_in(town.adviser).get(f"/omgeving/monitors/{running.pk}/zoeken", {"vraag": question})
    for line in lines(SEARCHED):
        assert "12345678" not in line.reason and len(line.reason) < 300


def test_turning_a_page_is_no_other_search_and_another_question_is(
    town: Town, running: Monitor, message: Message
) -> None:
    client, address = logged_in(town.adviser), f"/omgeving/monitors/{running.pk}/zoeken"
    for asked in ("opvang", "opvang", "kade"):
        client.get(address, {"vraag": asked})
    assert [line.reason.rpartition(": ")[2].strip() for line in lines(SEARCHED)] == ["opvang", "kade"]


def test_when_the_line_cannot_be_written_nothing_is_shown(
    town: Town, running: Monitor, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_rest: Any) -> None:
        raise RuntimeError("het logboek weigert")

    monkeypatch.setattr("regietafel.monitor.services.looking.record", refuse)
    client = Client(raise_request_exception=False)
    client.force_login(town.adviser)
    for path in (
        "berichten",
        f"berichten/{message.pk}",
        "zoeken?vraag=opvang",
        "zoeken?vraag=opvang&uit=csv",
    ):
        answer = client.get(f"/omgeving/monitors/{running.pk}/{path}")
        assert answer.status_code == 500 and b"veel te doen" not in answer.content


def test_the_officer_sees_everybody_and_a_writer_the_own_monitors(
    town: Town, running: Monitor, message: Message
) -> None:
    logged_in(town.adviser).get(f"/omgeving/monitors/{running.pk}/berichten")
    logged_in(town.second).get(f"/omgeving/monitors/{running.pk}/zoeken?vraag=opvang")
    for user in (town.second, town.adviser):
        page = logged_in(user).get(LOG).content.decode()
        assert "Ada" in page and "Bea" in page and "doel: communicatie" in page
    assert "Ada" not in logged_in(town.stranger).get(LOG).content.decode()
    assert logged_in(town.reader).get(LOG).status_code == 403


def test_the_log_can_be_filtered_and_taken_along(town: Town, running: Monitor, message: Message) -> None:
    logged_in(town.adviser).get(f"/omgeving/monitors/{running.pk}/berichten")
    logged_in(town.second).get(f"/omgeving/monitors/{running.pk}/zoeken?vraag=opvang")
    client = logged_in(town.second)
    told = client.get(LOG, {"uit": "csv", "wie": "Ada", "monitor": running.pk, "sinds": "7"})
    text = told.content.decode("utf-8-sig")
    assert "berichten bekeken" in text and "Bea" not in text
    searched = client.get(LOG, {"uit": "csv", "wat": SEARCHED}).content.decode("utf-8-sig")
    assert "vraag: opvang" in searched and "Ada" not in searched


@pytest.mark.parametrize("is_platform", [False, True], ids=["beheerder", "installatie"])
def test_an_administrator_is_no_reader(
    town: Town, running: Monitor, message: Message, is_platform: bool
) -> None:
    admin = person("Bram", town.organisation, may_manage=True)
    User.objects.filter(pk=admin.pk).update(is_platform_admin=is_platform)
    made = hand_over(message=message, monitor=running, by=town.adviser, **TOLD)
    client, one = logged_in(admin), f"/omgeving/monitors/{running.pk}"
    paths = [
        f"{one}/berichten", f"{one}/berichten/{message.pk}", f"{one}/zoeken?vraag=opvang",
        f"{one}/berichten/{message.pk}/overdragen", "/omgeving/privacy", LOG, "/omgeving/privacy/verzoeken",
        "/omgeving/privacy/verzoeken/nieuw", "/omgeving/privacy/overdrachten",
        f"/omgeving/privacy/overdrachten/{made.pk}", "/omgeving/privacy/wissen",
        "/omgeving/privacy/verwerkingen", "/omgeving/privacy/verwerkingen?uit=csv",
    ]  # fmt: skip
    for path in paths:
        assert client.get(path).status_code in {403, 404}, path
    pages = ["/", "/beheer", "/beheer/gezondheid", f"/beheer/organisaties/{town.organisation.pk}/logboek"]
    for path in pages:
        content = client.get(path).content.decode()
        assert "veel te doen" not in content and "mogelijke dreiging" not in content, path
    assert not lines(LOOKED)


def test_a_colleague_who_got_a_second_role_as_administrator_is_still_logged(
    town: Town, running: Monitor, message: Message
) -> None:
    role = Role.objects.create(code="beheer-erbij", name="beheer erbij", may_manage=True)
    Membership.objects.create(
        user=town.adviser, organisation=town.organisation, role=role, valid_from=timezone.localdate()
    )
    logged_in(town.adviser).get(f"/omgeving/monitors/{running.pk}/berichten")
    assert [line.actor for line in lines(LOOKED)] == ["Ada"]


def test_a_line_cannot_be_taken_out(town: Town, running: Monitor, message: Message) -> None:
    from django.db import Error, transaction

    logged_in(town.adviser).get(f"/omgeving/monitors/{running.pk}/berichten")
    for attack in (
        lambda: AuditEvent.objects.filter(action=LOOKED).delete(),
        lambda: AuditEvent.objects.filter(action=LOOKED).update(actor="niemand"),
    ):
        with pytest.raises(Error), transaction.atomic():
            attack()
    assert verify() == [] and len(lines(LOOKED)) == 1


def test_the_public_register_tells_how_often_is_looked_and_searched(
    town: Town, running: Monitor, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    with monkeypatch.context() as earlier:
        earlier.setattr(timezone, "now", lambda: now - dt.timedelta(days=40))
        record(SEARCHED, running, organisation_id=town.organisation.pk, by=town.adviser)
    client = logged_in(town.adviser)
    client.get(f"/omgeving/monitors/{running.pk}/zoeken?vraag=opvang")
    client.get(f"/omgeving/monitors/{running.pk}/berichten")
    for reader in (Client(), client):
        page = reader.get("/volgregister").content.decode()
        assert "<dd>2, waarvan 1 in de laatste 30 dagen</dd>" in page
        assert "<dd>1 keer, waarvan 1 in de laatste 30 dagen</dd>" in page
        assert "<dt>Versies van de zoekvraag</dt><dd>1</dd>" in page


@pytest.mark.parametrize("rights", [{"may_write": True}, {"may_approve": True}, {"may_manage": True}])
def test_no_role_can_hide_a_line_of_the_public_register(
    town: Town, running: Monitor, rights: dict[str, bool]
) -> None:
    user = person("Eva", town.organisation, reads_up_to=2, **rights)
    client = logged_in(user)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)("/volgregister").status_code == 405
    town.dossier.confidentiality = 2
    town.dossier.save()
    client.post(f"/omgeving/monitors/{running.pk}/stoppen", {"reason": "klaar"})
    client.post(f"/omgeving/monitors/{running.pk}/pauzeren", {"reason": "even niet"})
    assert "Gemeentewet artikel 172" in Client().get("/volgregister").content.decode()


def test_a_handover_is_logged_and_its_text_leaves_once(
    town: Town, running: Monitor, message: Message
) -> None:
    client = logged_in(town.adviser)
    address = f"/omgeving/monitors/{running.pk}/berichten/{message.pk}/overdragen"
    assert "112" in client.get(address).content.decode()
    assert client.post(address, {"ground": "x"}).status_code == 422 and not PoliceHandover.objects.exists()
    target = client.post(address, TOLD).headers["Location"]
    made = PoliceHandover.objects.get()
    assert made.text_hash == fingerprint(message) and made.handed_by == town.adviser
    kept = " ".join(str(value) for value in made.__dict__.values())
    assert "veel te doen" not in kept
    (line,) = lines("bericht.overgedragen")
    assert line.changes["aan"] == [None, "wijkagent"] and "dreiging" in line.reason
    assert "veel te doen" not in client.get(target).content.decode()
    first = client.post(f"{target}/ophalen/docx")
    assert first.headers["Content-Disposition"].startswith("attachment") and len(first.content) > 5_000
    again = client.post(f"{target}/ophalen/pdf", follow=True).content.decode()
    assert "al opgehaald" in again and len(lines("overdracht.opgehaald")) == 1


def test_a_handover_is_for_the_officer_the_owner_and_who_did_it(
    town: Town, running: Monitor, message: Message
) -> None:
    other = person("Dirk", town.organisation, may_write=True, reads_up_to=2)
    made = hand_over(message=message, monitor=running, by=other, **TOLD)
    colleague = person("Ed", town.organisation, may_write=True, reads_up_to=2)
    page = f"/omgeving/privacy/overdrachten/{made.pk}"
    seen = {user.name: logged_in(user).get(page).status_code for user in (town.second, town.adviser, other)}
    assert seen == {"Bea": 200, "Ada": 200, "Dirk": 200}
    for user in (colleague, town.reader, town.stranger):
        assert logged_in(user).get(page).status_code == 404
    with pytest.raises(Refused, match="Alleen wie"):
        fetch_text(handover=made, kind="docx", by=town.second)


def test_what_may_not_be_handed_over(town: Town, running: Monitor, message: Message) -> None:
    with pytest.raises(Refused, match="Vul de grond"):
        hand_over(message=message, monitor=running, by=town.adviser, **TOLD | {"reason": " "})
    with pytest.raises(Refused, match="U mag geen"):
        hand_over(message=message, monitor=running, by=town.reader, **TOLD)
    running.matches.all().delete()
    with pytest.raises(Refused, match="hoort niet"):
        hand_over(message=message, monitor=running, by=town.adviser, **TOLD)


def test_a_text_that_changed_or_went_is_not_fetched(
    town: Town, running: Monitor, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hand_over(message=message, monitor=running, by=town.adviser, **TOLD)
    Message.objects.update(text="iets anders")
    with pytest.raises(Refused, match="gewist of veranderd"):
        fetch_text(handover=made, kind="docx", by=town.adviser)
    later = timezone.now() + dt.timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(Refused, match="een dag lang"):
        fetch_text(handover=made, kind="docx", by=town.adviser)


def test_the_register_of_processing_names_monitors_and_what_is_always_there(
    town: Town, running: Monitor
) -> None:
    address = "/omgeving/privacy/verwerkingen"
    for user in (town.adviser, town.second):
        page = logged_in(user).get(address).content.decode()
        for words in (
            "Opvang aan de Kade",
            "DPIA 2026-4",
            "Reservekopie",
            "Logboek van handelingen",
            "Krant",
        ):
            assert words in page
    table = logged_in(town.second).get(address, {"uit": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(table) >= 7 and "Gemeentewet artikel 172" in table[1]
    assert logged_in(town.second).get(address, {"uit": "xlsx"}).content[:2] == b"PK"
    assert "Opvang aan de Kade" not in logged_in(town.stranger).get(address).content.decode()
    assert logged_in(town.reader).get(address).status_code == 403
