"""The pages: who may open them, what they show of whom, and one omgevingsbeeld from start to finish."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from regietafel.kit.audit import history
from regietafel.kit.jobs import run_pending
from regietafel.monitor.adapters import waiting
from regietafel.monitor.models import Ingest, MediaPicture, Message, Monitor
from regietafel.monitor.services import uploads
from regietafel.register.models import User
from tests.app.monitor.town import Town, csv_of, deliver, dossier_of, draft, row

pytestmark = pytest.mark.django_db
ONE = "/omgeving/monitors/{}"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_page_of_a_monitor_opens(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang aan de Kade")])
    client = browser(town.adviser)
    steps = (
        "berichten zoekvraag zoekvraag/wijzigen bronnen beelden beelden/nieuw verantwoording wijzigen".split()
    )
    steps += "pauzeren stoppen verlengen bewaartermijn".split()
    for step in ("", *(f"/{step}" for step in steps)):
        assert client.get(ONE.format(running.pk) + step).status_code == 200, step
    for url in (
        "/omgeving",
        "/omgeving/bronnen",
        "/omgeving/aanvragen",
        f"/dossiers/{town.dossier.pk}/omgeving",
    ):
        assert client.get(url).status_code == 200, url


def test_a_neighbour_does_not_know_it_is_there(town: Town, running: Monitor) -> None:
    client = browser(town.stranger)
    for step in ("", "/berichten", "/verantwoording", "/beelden"):
        assert client.get(ONE.format(running.pk) + step).status_code == 404
    assert "Opvang aan de Kade" not in client.get("/omgeving").content.decode()
    assert client.get(f"/omgeving/bronnen/{town.source.pk}").status_code == 404


def test_sharing_a_dossier_shares_no_messages_and_no_sources(town: Town, running: Monitor) -> None:
    town.dossier.shared_with.add(town.neighbour)
    client = browser(town.stranger)
    assert client.get(ONE.format(running.pk)).status_code == 200
    for step in ("/berichten", "/bronnen", "/wijzigen"):
        assert client.get(ONE.format(running.pk) + step).status_code == 403
    assert "/berichten" not in client.get(ONE.format(running.pk)).content.decode()


def test_a_reader_changes_nothing(town: Town, running: Monitor) -> None:
    client = browser(town.reader)
    assert client.get(ONE.format(running.pk)).status_code == 200
    assert client.get(ONE.format(running.pk) + "/wijzigen").status_code == 403
    assert client.post(ONE.format(running.pk) + "/starten").status_code == 403
    assert client.get("/omgeving/bronnen").status_code == 403


def test_messages_of_people_are_not_listed_and_looking_leaves_a_trace(town: Town, running: Monitor) -> None:
    private = row(2, "", tekst="Opvang is slecht zegt de buurman", soort="sociaal", bron="Forum")
    deliver(town.source, [row(1, "Opvang aan de Kade"), private])
    client = browser(town.adviser)
    for _look in range(3):
        page = client.get(ONE.format(running.pk) + "/berichten").content.decode()
    assert "Opvang aan de Kade" in page and "buurman" not in page
    looks = history(running).filter(action="berichten.ingezien")
    assert looks.count() == 1 and "communicatie" in looks.get().reason
    hidden = Message.objects.exclude(kind="nieuws").get()
    assert client.get(f"{ONE.format(running.pk)}/berichten/{hidden.pk}").status_code == 404


def test_a_start_that_is_refused_says_why(town: Town) -> None:
    monitor = draft(town, legal_basis="")
    page = browser(town.adviser).post(ONE.format(monitor.pk) + "/starten", follow=True).content.decode()
    assert "De grondslag ontbreekt" in page
    monitor.refresh_from_db()
    assert monitor.state == "concept"


def test_a_new_monitor_is_made_in_two_steps(town: Town) -> None:
    client = browser(town.adviser)
    step = client.post("/omgeving/monitors/nieuw", {"dossier": town.dossier.pk})
    today = timezone.localdate()
    terms = {
        "title": "Kade", "query": "opvang EN kade", "purpose": "communicatie", "legal_basis": "Gemeentewet",
        "reason": "besluit", "dpia_reference": "1", "owner": town.adviser.pk, "starts_on": today,
        "ends_on": today + dt.timedelta(days=30), "retention_days": 14, "sources": [town.source.pk],
    }  # fmt: skip
    wrong = client.post(step["Location"], terms | {"query": '"Jan de Vries"'})
    assert wrong.status_code == 422 and "voornaam" in wrong.content.decode()
    right = client.post(step["Location"], terms)
    monitor = Monitor.objects.get(title="Kade")
    assert right["Location"] == ONE.format(monitor.pk) and monitor.state == "concept"


def test_a_question_can_be_tried_before_it_counts(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Voetbal op zondag")])
    url = ONE.format(running.pk) + "/zoekvraag/proberen"
    client = browser(town.adviser)
    found = client.post(url, {"text": "voetbal"}).content.decode()
    assert "<mark>Voetbal</mark> op zondag" in found and "Zo lezen wij uw vraag" in found
    assert "haakje" in client.post(url, {"text": "(voetbal"}).content.decode()
    assert running.query_versions.count() == 1


def test_one_omgevingsbeeld_from_start_to_finish(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(n, f"Opvang aan de Kade {n}") for n in range(4)])
    client = browser(town.adviser)
    last = timezone.localdate() - dt.timedelta(days=1)
    made = client.post(
        ONE.format(running.pk) + "/beelden/nieuw",
        {"period_from": last - dt.timedelta(days=6), "period_until": last},
    )
    url = made["Location"]
    page = client.get(url).content.decode()
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision and "4 berichten" in page
    words = {
        "core_message": "Rustig.",
        "advice": "Niets doen.",
        "expected_moments": "",
        "revision": revision[1],
    }
    assert client.post(url, words).status_code == 302
    assert client.post(url, words).status_code == 409, (
        "the same revision a second time is someone else's work"
    )
    client.post(f"{url}/publiceren", {"revision": int(revision[1]) + 1})
    picture = MediaPicture.objects.get()
    assert (picture.state, picture.number) == ("gepubliceerd", 1)
    page = client.get(url).content.decode()
    assert "Rustig." in page and "niet representatief" in page
    for kind, begin in (("docx", b"PK"), ("pdf", b"%PDF"), ("json", b"{")):
        assert client.get(f"{url}/bestand/{kind}").content.startswith(begin)


def test_a_draft_is_only_for_those_who_work_on_it(town: Town, running: Monitor) -> None:
    last = timezone.localdate() - dt.timedelta(days=1)
    browser(town.adviser).post(
        ONE.format(running.pk) + "/beelden/nieuw", {"period_from": last, "period_until": last}
    )
    picture = MediaPicture.objects.get()
    assert browser(town.reader).get(f"/omgeving/beelden/{picture.pk}").status_code == 404
    assert browser(town.reader).get(f"/omgeving/beelden/{picture.pk}/bestand/json").status_code == 404


def test_a_file_is_shown_before_it_is_taken_in(town: Town) -> None:
    client = browser(town.adviser)
    content = csv_of([row(1, "Opvang aan de Kade"), row(2, "Stuk", datum="nooit")])
    upload = SimpleUploadedFile("Week 12.csv", content)
    offered = client.post(f"/omgeving/bronnen/{town.source.pk}/aanleveren", {"file": upload})
    page = client.get(offered["Location"]).content.decode()
    assert "Opvang aan de Kade" in page and not Message.objects.exists()
    chosen = {"titel": "titel", "datum": "datum", "url": "url", "bron": "bron"}
    report = client.post(offered["Location"], chosen, follow=True).content.decode()
    assert "geen datum die wij kunnen lezen" in report and Message.objects.count() == 1
    ingest = Ingest.objects.get()
    assert ingest.source.column_mapping == chosen and ingest.stored_name == ""
    assert "geen datum" in client.get(f"/omgeving/innamen/{ingest.pk}/fouten").content.decode("utf-8-sig")
    assert client.post(offered["Location"], chosen).status_code == 403, "a file is taken in once"


def test_an_unreadable_upload_says_why(town: Town) -> None:
    client = browser(town.adviser)
    upload = SimpleUploadedFile("foto.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    answer = client.post(f"/omgeving/bronnen/{town.source.pk}/aanleveren", {"file": upload})
    assert answer.status_code == 422 and "Wij lezen CSV" in answer.content.decode()
    assert not Ingest.objects.exists() and not list(waiting.folder().iterdir())


def test_a_large_file_is_taken_in_by_the_worker(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SMALL_BYTES", 0)
    client = browser(town.adviser)
    upload = SimpleUploadedFile("groot.csv", csv_of([row(1, "Opvang")]))
    offered = client.post(f"/omgeving/bronnen/{town.source.pk}/aanleveren", {"file": upload})
    waits = client.post(
        offered["Location"], {"titel": "titel", "datum": "datum"}, follow=True
    ).content.decode()
    assert "wordt ingelezen" in waits and not Message.objects.exists()
    run_pending()
    assert Message.objects.count() == 1 and not list(waiting.folder().iterdir())
    uploads.take_in_waiting(Ingest.objects.get().pk)
    assert Ingest.objects.get().counts["nieuw"] == 1, "delivered twice, a job changes nothing"


def test_a_saved_feed_needs_no_columns(town: Town) -> None:
    client = browser(town.adviser)
    feed = b"<rss version='2.0'><channel><title>t</title><item><title>Opvang</title><link>https://a.example/1</link></item></channel></rss>"
    upload = SimpleUploadedFile("feed.xml", feed)
    offered = client.post(f"/omgeving/bronnen/{town.source.pk}/aanleveren", {"file": upload})
    assert client.get(offered["Location"]).status_code == 200
    client.post(offered["Location"], {})
    assert Message.objects.get().title == "Opvang"


def test_the_second_person_decides_on_a_page(town: Town, running: Monitor) -> None:
    new_end = timezone.localdate() + dt.timedelta(days=50)
    asked = {"new_end_on": new_end, "reason": "besluit later"}
    browser(town.adviser).post(ONE.format(running.pk) + "/verlengen", asked)
    url = f"/omgeving/aanvragen/{running.requests.get().pk}"
    assert browser(town.adviser).post(url, {"decision": "ja"}).status_code == 403
    assert "1 aanvraag wacht" in browser(town.second).get("/omgeving").content.decode()
    browser(town.second).post(url, {"decision": "ja"})
    running.refresh_from_db()
    assert running.ends_on == new_end


def test_everybody_may_know_what_is_followed(town: Town, running: Monitor) -> None:
    secret = dossier_of(town.organisation, town.adviser, confidentiality=2)
    secret.title = "Geheim overleg"
    secret.save()
    page = Client().get("/volgregister").content.decode()
    assert "opvang" in page and "Gemeentewet artikel 172" in page and "14 dagen" in page
    assert town.dossier.title not in page, "an internal dossier keeps its title"
    Monitor.objects.filter(pk=running.pk).update(state="gestopt")
    assert "Gemeentewet artikel 172" in Client().get("/volgregister").content.decode()


def test_a_draft_monitor_is_not_in_the_register(town: Town) -> None:
    draft(town)
    assert "Gemeentewet artikel 172" not in Client().get("/volgregister").content.decode()
