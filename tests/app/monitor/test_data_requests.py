"""Someone asks what is kept: only who supervises may look, the words are forgotten, and erasing is real."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from regietafel.kit.audit import verify
from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.monitor.models import DataRequest, Message, MessageVersion, Monitor, RetentionProof
from regietafel.monitor.selectors.today import waiting_for
from regietafel.monitor.services import data_requests as service
from regietafel.monitor.services.data_requests import Received
from tests.app.monitor.town import Town, deliver, row

pytestmark = pytest.mark.django_db
ADDRESS = "/omgeving/privacy/verzoeken"


def asked(town: Town, *, days: int = 0, kind: str = "inzage", number: str = "Z-77") -> DataRequest:
    received = Received(kind, number, timezone.localdate() - dt.timedelta(days=days))
    return service.open_request(organisation=town.organisation, received=received, by=town.second)


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def told(town: Town, running: Monitor) -> None:
    """Four messages; three hold a name that masking let through, which is what this search is for."""
    lines = [row(number, f"Opvang {number}", tekst="Er is veel te doen.") for number in (1, 2, 4)]
    people = {"soort": "sociaal", "bron": "X", "auteur": "iemand"}
    deliver(town.source, [*lines, row(3, "Opvang 3", tekst="Dat zegt hij.", **people)])
    deliver(town.source, [row(4, "Opvang 4", tekst="Er is minder te doen.")])
    first = Message.objects.filter(title="Opvang 1")
    first.update(title="Opvang: Piet Jansen boos", text="Volgens P\u0456et Jáns\u0435n klopt er niets van.")
    Message.objects.filter(title="Opvang 2").update(title="Opvang: anderen tevreden")
    MessageVersion.objects.update(title="Opvang in de krant", text="Met Piet-Jansen erbij")


def seek(town: Town, request: DataRequest, *words: str) -> service.Found:
    return service.seek_requester(request=request, words=words, by=town.second)


def test_the_term_is_a_month_and_once_two_more(town: Town) -> None:
    request = asked(town, days=3)
    month = service.answer_before(request.received_on)
    assert request.answer_before == month
    request = service.extend_term(request=request, reason="veel bronnen", by=town.second)
    assert request.answer_before == service.answer_before(request.received_on, extended=True) > month
    assert AuditEvent.objects.filter(action="verzoek.verlengd", reason="veel bronnen").exists()
    with pytest.raises(Refused, match="al een keer verlengd"):
        service.extend_term(request=request, reason="nog meer", by=town.second)
    with pytest.raises(Refused, match="binnen een maand"):
        service.extend_term(request=asked(town, days=40, number="Z-78"), reason="te laat", by=town.second)


def test_a_late_request_stands_on_vandaag_of_who_handles_it(town: Town) -> None:
    asked(town, days=45)
    (notice,) = [n for n in waiting_for(town.second, timezone.now()) if "Z-77" in n.title]
    assert notice.badge == ("fout", "te laat")
    assert "Z-77" in logged_in(town.second).get("/").content.decode()
    assert "Z-77" not in logged_in(town.adviser).get("/").content.decode()


@pytest.mark.usefixtures("told")
def test_what_looks_alike_is_found_in_titles_texts_and_versions(town: Town) -> None:
    found = seek(town, asked(town), "piet jansen")
    titles = ["".join(piece.text for piece in hit.title) for hit, _mark in found.hits]
    assert sorted(titles) == ["Opvang in de krant", "Opvang: Piet Jansen boos"]
    assert {hit.version for hit, _mark in found.hits} == {0, 1}
    assert (found.count, found.looked_at) == (2, 5)


@pytest.mark.usefixtures("told")
def test_the_words_are_stored_nowhere(town: Town) -> None:
    request = asked(town)
    client = logged_in(town.second)
    page = client.post(f"{ADDRESS}/{request.pk}/zoeken", {"words": "Piet Jansen\nzeldzaamheid"})
    assert page.status_code == 200 and "Opvang: " in page.content.decode()
    request.refresh_from_db()
    kept = json.dumps([request.findings, str(request.__dict__)])
    log = " ".join(str(event.__dict__) for event in AuditEvent.objects.all())
    session = json.dumps(dict(client.session))
    for word in ("jansen", "zeldzaamheid"):
        assert not any(word in text.lower() for text in (kept, log, session))
    (search,) = request.findings["zoekacties"]
    assert (search["teksten"], search["gevonden"], len(search["codes"])) == (5, 2, 2)
    assert request.state == "gezocht"


def test_two_requests_for_the_same_person_cannot_be_linked(town: Town) -> None:
    codes = [
        seek(town, request, "piet jansen") and request.__class__.objects.get(pk=request.pk).findings
        for request in (asked(town), asked(town, number="Z-78"))
    ]
    first, second = (found["zoekacties"][0]["codes"] for found in codes)
    assert len(first) == 1 and set(first).isdisjoint(second)


@pytest.mark.usefixtures("told")
def test_every_search_for_a_person_leaves_a_line_with_its_purpose(town: Town) -> None:
    seek(town, asked(town), "piet jansen")
    line = AuditEvent.objects.get(action="verzoek.doorzocht")
    assert line.actor == "Bea" and "Z-77" in line.reason and "recht van een betrokkene" in line.reason
    page = logged_in(town.second).get("/omgeving/privacy/inzagelog").content.decode()
    assert "gezocht voor een betrokkene" in page


@pytest.mark.parametrize("words", [[""], ["ab"], ["een woord"] * 11])
def test_a_search_that_would_find_everything_or_nothing_is_refused(town: Town, words: list[str]) -> None:
    with pytest.raises(Refused):
        seek(town, asked(town), *words)
    assert not AuditEvent.objects.filter(action="verzoek.doorzocht").exists()


@pytest.mark.usefixtures("told")
def test_chosen_texts_are_really_erased_with_a_proof(town: Town) -> None:
    request = asked(town, kind="wissen")
    client = logged_in(town.second)
    marks = [mark for hit, mark in seek(town, request, "piet jansen").hits if hit.version == 0]
    ask = client.post(f"{ADDRESS}/{request.pk}/gekozen/wissen", {"gekozen": marks})
    assert "1 bericht" in ask.content.decode() and Message.objects.filter(erased_at=None).count() == 4
    client.post(f"{ADDRESS}/{request.pk}/gekozen/wissen", {"gekozen": marks, "zeker": "ja"})
    gone = Message.objects.get(erased_at__isnull=False)
    assert (gone.title, gone.text, gone.url) == ("", "", "") and gone.outlet == "De Krant"
    proof = RetentionProof.objects.get()
    assert proof.message_count == 1 and proof.remains == 0 and "Z-77" in proof.places["reden"]
    request.refresh_from_db()
    assert request.erased_count == 1
    assert AuditEvent.objects.get(action="verzoek.gewist").changes["berichten"] == [1, 0]
    assert verify() == [] and seek(town, request, "piet jansen").count == 1


@pytest.mark.usefixtures("told")
def test_nothing_can_be_erased_that_was_not_found_for_this_request(town: Town) -> None:
    one, other = asked(town), asked(town, number="Z-78")
    mark = seek(town, one, "piet jansen").hits[0][1]
    for wrong in (str(Message.objects.earliest("pk").pk), mark[:-1] + "x"):
        with pytest.raises(Refused):
            service.erase_chosen(request=one, marks=[wrong], by=town.second)
    with pytest.raises(Refused):
        service.erase_chosen(request=other, marks=[mark], by=town.second)
    assert not Message.objects.exclude(erased_at=None).exists()


@pytest.mark.usefixtures("told")
def test_the_letter_holds_the_chosen_texts_and_the_account_of_a_colleague(town: Town) -> None:
    request = asked(town)
    marks = [mark for hit, mark in seek(town, request, "piet jansen").hits if hit.version == 0]
    address = f"{ADDRESS}/{request.pk}/brief"
    answer = logged_in(town.second).post(address, {"gekozen": marks, "email": town.adviser.email})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "Opvang: Piet Jansen boos" in text and "tevreden" not in text
    assert town.adviser.email in text and "rol van Ada" in text
    refused = logged_in(town.second).post(address, {"email": town.stranger.email}, follow=True)
    assert "geen account met een rol" in refused.content.decode()


@pytest.mark.usefixtures("told")
def test_a_closed_request_stays_as_it_is(town: Town) -> None:
    request = asked(town)
    service.answer_request(request=request, state="beantwoord", answer="Brief gestuurd.", by=town.second)
    request.refresh_from_db()
    assert request.closed_at and request.handled_by == town.second
    for act in (
        lambda: seek(town, request, "piet jansen"),
        lambda: service.answer_request(request=request, state="afgewezen", answer="nee", by=town.second),
        lambda: service.extend_term(request=request, reason="nee", by=town.second),
    ):
        with pytest.raises(Refused, match="afgesloten"):
            act()
    assert logged_in(town.second).get(f"{ADDRESS}/{request.pk}/zoeken").status_code == 404


def test_an_answer_is_needed_to_close(town: Town) -> None:
    request = asked(town)
    for state, answer in (("beantwoord", " "), ("gezocht", "x"), ("open", "x")):
        with pytest.raises(Refused):
            service.answer_request(request=request, state=state, answer=answer, by=town.second)


@pytest.mark.usefixtures("told")
def test_only_who_supervises_sees_requests_or_searches(town: Town) -> None:
    request = asked(town)
    for user in (town.adviser, town.reader, town.stranger):
        client = logged_in(user)
        for path in ("", "/zoeken", "/afsluiten", "/verlengen"):
            assert client.get(f"{ADDRESS}/{request.pk}{path}").status_code == 404, (user, path)
        for path in ("/zoeken", "/brief", "/gekozen/wissen"):
            assert client.post(f"{ADDRESS}/{request.pk}{path}", {"words": "piet"}).status_code == 404
        with pytest.raises(Refused):
            service.seek_requester(request=request, words=["piet jansen"], by=user)
    assert logged_in(town.adviser).get(ADDRESS).status_code == 403
    assert "Z-77" not in logged_in(town.stranger).get(ADDRESS).content.decode()


def test_the_same_case_is_registered_once(town: Town) -> None:
    asked(town)
    with pytest.raises(Refused, match="staat er al"):
        asked(town)
    page = logged_in(town.second).post(
        f"{ADDRESS}/nieuw",
        {
            "organisation": town.organisation.pk,
            "kind": "bezwaar",
            "case_number": "Z-77",
            "received_on": timezone.localdate().isoformat(),
        },
    )
    assert page.status_code == 302 and DataRequest.objects.count() == 2


def test_who_follows_a_subject_cannot_look_for_a_person_under_another_name(town: Town) -> None:
    from tests.app.monitor.town import person

    both = person("Dora", town.organisation, may_approve=True, may_write=True, reads_up_to=2)
    mayor = person("Mira", town.organisation, may_approve=True, may_publish=True, reads_up_to=2)
    request = asked(town)
    for one in (both, mayor, town.adviser):
        with pytest.raises(Refused, match="voor de FG"):
            service.seek_requester(request=request, words=("dochter",), by=one)
        assert logged_in(one).get(f"{ADDRESS}/{request.pk}/zoeken").status_code in (403, 404)
        assert logged_in(one).get(ADDRESS).status_code == 403
    assert logged_in(town.second).get(f"{ADDRESS}/{request.pk}/zoeken").status_code == 200
