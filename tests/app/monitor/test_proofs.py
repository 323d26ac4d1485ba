"""After erasing we look for what was erased, write down what was found, and say so when it failed."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from regietafel.kit import erasing
from regietafel.kit.audit import verify
from regietafel.monitor.adapters import waiting, word_index
from regietafel.monitor.engine.searching import Has, place_in_time
from regietafel.monitor.models import (
    Alarm,
    LabelModel,
    LabelProposal,
    Match,
    Message,
    MessageVersion,
    Monitor,
    RetentionProof,
    Story,
)
from regietafel.monitor.selectors.health import retention_health
from regietafel.monitor.services import erasing as service
from regietafel.monitor.services.pictures import make_picture
from regietafel.monitor.services.retention import erase_past_term, erase_raw_text
from regietafel.monitor.services.uploads import offer_upload
from tests.app.monitor.test_retention import later
from tests.app.monitor.town import Town, csv_of, deliver, row

pytestmark = pytest.mark.django_db
SECRET = "Het zeldzame zinnetje van de buurvrouw aan de kade"
Call = Callable[..., tuple[int, Any, str]]


def test_every_source_gets_a_proof_of_every_run(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang", tekst=SECRET), row(2, "Opvang twee", tekst=SECRET)])
    later(monkeypatch, 14)
    assert erase_raw_text() == 2
    proof = RetentionProof.objects.get()
    assert (proof.source, proof.message_count, proof.retention_days) == (town.source, 2, 14)
    looked = {name: count for name, count in proof.places.items() if name != "schijf"}
    assert set(looked) == {
        "berichten", "versies", "labelvoorstellen", "verhalen", "alarmen", "zoekindex", "wachtend"
    }  # fmt: skip
    assert not any(looked.values()) and proof.remains == 0
    assert erase_past_term() == [] and RetentionProof.objects.count() == 1


def test_nothing_that_was_looked_for_is_kept(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    later(monkeypatch, 14)
    erase_raw_text()
    proof = RetentionProof.objects.get()
    kept = json.dumps([proof.places, proof.older_backups, str(proof)])
    assert not any(word in kept for word in SECRET.split() if len(word) > 4)


def test_what_was_made_from_a_text_goes_with_it(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    message = Message.objects.get()
    model = LabelModel.objects.create(
        organisation=town.organisation, trained_at=timezone.now(), label_count=1, weights=b""
    )
    LabelProposal.objects.create(message=message, model=model, chances={"I": 0.5})
    moments = {"first_at": message.published_at, "last_at": message.published_at}
    story = Story.objects.create(monitor=running, title=message.title, **moments)
    Match.objects.update(story=story)
    later(monkeypatch, 14)
    erase_raw_text()
    story.refresh_from_db()
    assert not LabelProposal.objects.exists() and story.title == ""


def test_a_story_keeps_its_headline_while_one_of_its_texts_is_kept(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang eerste")])
    later(monkeypatch, 10)
    deliver(town.source, [row(2, "Opvang tweede")])
    first = Message.objects.earliest("pk")
    moments = {"first_at": first.published_at, "last_at": first.published_at}
    story = Story.objects.create(monitor=running, title="Opvang eerste", **moments)
    Match.objects.update(story=story)
    later(monkeypatch, 5)
    assert erase_raw_text() == 1
    story.refresh_from_db()
    assert story.title == "Opvang eerste"


def test_an_alarm_forgets_a_headline_of_which_no_message_is_left(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang eerste")])
    later(monkeypatch, 10)
    deliver(town.source, [row(2, "Opvang tweede")])
    told = [{"kop": f"Opvang {number}", "aantal": 3} for number in ("eerste", "tweede")]
    alarm = Alarm.objects.create(monitor=running, day=timezone.localdate(), stories=told)
    later(monkeypatch, 5)
    erase_raw_text()
    alarm.refresh_from_db()
    assert alarm.stories == [{"kop": "", "aantal": 3}, told[1]]
    assert RetentionProof.objects.get().places["alarmen"] == 0


def test_a_draft_that_quotes_a_headline_is_named_and_left(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    headline = "Opvang aan de Kade gaat “eerder” open"
    deliver(town.source, [row(1, headline)])
    today = timezone.localdate()
    picture = make_picture(
        monitor=running, period_from=today - dt.timedelta(days=3), period_until=today, by=town.adviser
    )
    assert headline in json.dumps(picture.figures, ensure_ascii=False)
    later(monkeypatch, 14)
    erase_raw_text()
    proof = RetentionProof.objects.get()
    assert proof.places["concepten"] == [picture.pk] and proof.remains == 0


@pytest.mark.parametrize("broken", ["berichten", "versies", "zoekindex"])
def test_what_stays_behind_is_found_and_said(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    message = Message.objects.get()
    if broken == "berichten":
        monkeypatch.setattr(service, "GONE", {"title": ""})
    if broken == "zoekindex":
        monkeypatch.setattr(service, "unfile_messages", lambda _messages: None)
    if broken == "versies":
        monkeypatch.setattr(service, "_in_tables", _with_a_version_left(service._in_tables, message=message))
    later(monkeypatch, 14)
    erase_raw_text()
    proof = RetentionProof.objects.get()
    assert proof.places[broken] == 1 and proof.remains == 1
    assert retention_health().state == "fout"


def _with_a_version_left(look: Any, *, message: Message) -> Any:
    """Put a version back between erasing and looking, as a fault in erasing would leave it."""

    def put_back_and_look(erased: Any) -> Any:
        moment = message.received_at
        MessageVersion.objects.create(
            message=message, number=9, text=SECRET, text_hash="x", published_at=moment, received_at=moment
        )
        return look(erased)

    return put_back_and_look


def test_a_failure_stands_on_vandaag_and_is_looked_at_again(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    with monkeypatch.context() as broken:
        broken.setattr(service, "GONE", {"title": ""})
        later(broken, 14)
        erase_raw_text()
        client = Client()
        client.force_login(town.adviser)
        assert "Gewiste tekst teruggevonden: Krant" in client.get("/").content.decode()
        Message.objects.update(**{name: [] if name == "labels" else "" for name in REALLY_GONE})
        again = erase_past_term()
        assert [(proof.message_count, proof.remains) for proof in again] == [(0, 0)]
        assert retention_health().state == "ok"
        assert "Gewiste tekst teruggevonden" not in client.get("/").content.decode()


REALLY_GONE = tuple(service.GONE)


def test_health_says_when_erasing_stays_away(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang")])
    later(monkeypatch, 15)
    assert retention_health().state == "ok"
    later(monkeypatch, 1)
    health = retention_health()
    assert (health.state, "1 berichten" in health.message) == ("let op", True)


def test_backups_with_the_text_are_named(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settings.ENVIRONMENT.data / "kopieen"
    folder.mkdir()
    deliver(town.source, [row(1, "Opvang")])
    now = timezone.now()
    for days in (-30, 1, 13):
        moment = (now + dt.timedelta(days=days)).astimezone(dt.UTC)
        (folder / f"regietafel-{moment:%Y-%m-%dT%H%M%SZ}.kopie").write_bytes(b"versleuteld")
    later(monkeypatch, 14)
    erase_raw_text()
    named = [copy["bestand"] for copy in RetentionProof.objects.get().older_backups]
    assert named == sorted(path.name for path in folder.glob("*.kopie"))[1:]


def test_the_command_tells_first_and_erases_when_told(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    assert call("bewaar", "--proef")[1]["berichten"] == 0
    later(monkeypatch, 14)
    code, told, _said = call("bewaar", "--proef")
    assert code == 0 and told["berichten"] == 1 and Message.objects.get().erased_at is None
    (line,) = told["bronnen"]
    assert (line["bron"], line["termijn_dagen"], line["berichten"]) == ("Krant", 14, 1)
    assert line["oudste"] == Message.objects.get().received_at.isoformat()
    code, told, _said = call("bewaar", "--voer-uit")
    assert (code, told["berichten"], told["teruggevonden"]) == (0, 1, 0)
    assert told["bewijzen"][0]["bron"] == "Krant" and Message.objects.get().erased_at
    assert verify() == []


def test_the_command_fails_when_something_remains(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    monkeypatch.setattr(service, "GONE", {"title": ""})
    later(monkeypatch, 14)
    code, told, _said = call("bewaar", "--voer-uit")
    assert (code, told["teruggevonden"]) == (1, 1)


def test_proofs_are_for_the_people_of_the_organisation(
    town: Town, running: Monitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(town.source, [row(1, "Opvang")])
    later(monkeypatch, 14)
    erase_raw_text()
    page = f"/omgeving/privacy/wissen/{RetentionProof.objects.get().pk}"
    for user, status in ((town.adviser, 200), (town.second, 200), (town.reader, 404), (town.stranger, 404)):
        client = Client()
        client.force_login(user)
        assert client.get(page).status_code == status, user
    client.force_login(town.stranger)
    assert "Krant" not in client.get("/omgeving/privacy/wissen").content.decode()
    client.force_login(town.second)
    assert "Krant" in client.get("/omgeving/privacy/wissen?uit=csv").content.decode("utf-8-sig")


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_an_erased_text_is_left_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The law's question: after the term a search through every file finds nothing of the text."""
    from tests.app.monitor.town import build, draft

    town = build()
    from regietafel.monitor.services.monitors import start_monitor

    start_monitor(monitor=draft(town), by=town.adviser)
    rows = [row(number, f"Opvang zeldzaamwoord{number}", tekst=f"{SECRET} {number}") for number in range(300)]
    deliver(town.source, rows)
    deliver(town.source, [line | {"tekst": f"{SECRET} anders {line['id']}"} for line in rows[:20]])
    offer_upload(source=town.source, name="x.csv", chunks=[csv_of(rows)], by=town.adviser)
    places = [place_in_time(message.published_at, message.pk) for message in Message.objects.all()]
    later(monkeypatch, 14)
    (proof,) = erase_past_term()
    assert proof.message_count == 300 and proof.remains == 0
    assert not Message.objects.exclude(title="", text="", url="").exists()
    assert not MessageVersion.objects.exists() and word_index.filed(places) == 0
    assert word_index.candidates(Has("zeldzaamwoord7"), first=0, before=2**62, most=9) == []
    if connection.vendor != "sqlite":
        assert proof.places["schijf"] is None
        return
    assert proof.places["schijf"] == 0
    name = Path(str(connection.settings_dict["NAME"]))
    files = [*settings.ENVIRONMENT.data.rglob("*"), *name.parent.glob(f"{name.name}*")]
    contents = [path.read_bytes() for path in files if path.is_file()]
    assert len(contents) >= 1
    for piece in (SECRET.encode(), b"zeldzaamwoord", b"krant.example/bericht"):
        assert not any(piece in content for content in contents), piece


@pytest.mark.django_db(transaction=True)
def test_bytes_that_stay_in_a_file_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.app.monitor.town import build

    if connection.vendor != "sqlite":
        pytest.skip("the files of PostgreSQL are elsewhere")
    town = build()
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    (settings.ENVIRONMENT.data / "vergeten.log").write_text(f"regel: {SECRET}")
    later(monkeypatch, 14)
    (proof,) = erase_past_term()
    assert (proof.places["schijf"], proof.remains) == (1, 1)
    assert retention_health().state == "fout"


@pytest.mark.django_db(transaction=True)
def test_the_same_text_that_is_rightly_kept_elsewhere_is_no_remainder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tests.app.monitor.town import build

    town = build()
    deliver(town.source, [row(1, "Opvang", tekst=SECRET)])
    later(monkeypatch, 13)
    deliver(town.source, [row(2, "Opvang", tekst=SECRET)])
    later(monkeypatch, 2)
    (proof,) = erase_past_term()
    assert (proof.message_count, proof.remains) == (1, 0)
    assert erasing.rows_with(SECRET) == {"monitor.message": 1}
    assert waiting.count_older_than(timezone.now()) == 0
