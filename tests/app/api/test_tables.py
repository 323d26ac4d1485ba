"""Bodies, minutes and questions in the API: what a key may read, and reporting back."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from regietafel.deliberation.models import Entry
from regietafel.deliberation.services.inquiries import Answer, answer_inquiry, ask_members
from regietafel.kit.models import AuditEvent
from regietafel.register.models import Organisation
from regietafel.register.services.tokens import make_token
from tests.app.deliberation.held import SECRET, SHARED, Held, day, hold
from tests.app.deliberation.table import Table, build, dossier_of, entry, item, meeting, person

pytestmark = pytest.mark.django_db
LISTS = ("overlegorganen", "vergaderingen", "agendapunten", "besluiten", "uitvragen")
READ, REPORT = "overleg:lezen", "overleg:schrijven"


@pytest.fixture
def table() -> Table:
    return build()


@pytest.fixture
def held(table: Table) -> Held:
    made = hold(table)
    asked = ask_members(body=table.body, question="Hoe?", answer_by=day(3), by=table.secretary)
    answer_inquiry(inquiry=asked, organisation=table.north, answer=Answer(text="Zo"), by=table.secretary)
    return made


def program(organisation: Organisation, *scopes: str) -> Client:
    manager = person(f"Beheer{organisation.pk}{len(scopes)}", organisation, may_manage=True)
    made = make_token(
        organisation=organisation, name="proef", scopes=list(scopes), valid_until=day(9), by=manager
    )
    return Client(headers={"authorization": f"Bearer {made.secret}"})


def found(client: Client, path: str) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    rows: list[dict[str, Any]] = response.json()["resultaten"]
    return rows


def test_a_member_reads_what_is_not_confidential(table: Table, held: Held) -> None:
    client = program(table.north, READ)
    texts = {one["tekst"] for one in found(client, "besluiten")}
    assert held.decision.text in texts and not any(SECRET in text for text in texts)
    assert client.get(f"/api/v1/besluiten/{held.secret.pk}").status_code == 404
    assert client.get(f"/api/v1/agendapunten/{held.secret_item.pk}").status_code == 404
    assert [one["naam"] for one in found(client, "overlegorganen")] == [table.body.name]
    seats = found(client, "overlegorganen")[0]["zetels"]
    assert "example" not in str(seats) and len(seats) == 4
    assert [one["id"] for one in found(client, "vergaderingen")] == [held.meeting.pk]
    asked = found(client, "uitvragen")[0]
    assert (asked["gevraagd"], asked["beantwoord"], len(asked["antwoorden"])) == (2, 1, 1)
    assert str(table.secretary) not in str(asked)


def test_a_guest_reads_what_is_for_guests_and_an_outsider_nothing(table: Table, held: Held) -> None:
    type(held.meeting).objects.filter(pk=held.meeting.pk).update(press_line="Wij zwijgen.")
    guest = program(table.guest_organisation, READ)
    assert [one["tekst"] for one in found(guest, "besluiten")] == [held.shared.text]
    assert SHARED in held.shared.text
    assert found(guest, "overlegorganen") == [] and found(guest, "uitvragen") == []
    assert [one["perslijn"] for one in found(guest, "vergaderingen")] == [None]
    assert [one["perslijn"] for one in found(program(table.south, READ), "vergaderingen")] == ["Wij zwijgen."]
    outsider = program(table.outside, READ)
    assert all(found(outsider, path) == [] for path in LISTS)


def test_minutes_in_the_making_go_to_no_program(table: Table) -> None:
    made = meeting(table, 0)
    about = item(table, made)
    type(about).objects.filter(pk=about.pk).update(notes="Nog aan het schrijven.")
    entry(table, about, "B", "Nog niet.")
    client = program(table.region, READ, REPORT)
    assert found(client, "besluiten") == []
    assert {one["besproken"] for one in found(client, "agendapunten")} == {None}


def test_other_records_are_named_only_when_the_key_may_read_them(table: Table, held: Held) -> None:
    own, closed = dossier_of(table.north, table.mayor_north), dossier_of(table.region, table.secretary)
    Entry.objects.filter(pk=held.decision.pk).update(carries_out=held.secret, supersedes=held.shared)
    held.open_item.dossier = closed
    held.open_item.save()
    client = program(table.north, READ)
    shown = client.get(f"/api/v1/besluiten/{held.decision.pk}").json()
    assert (shown["voertUit"], shown["vervangt"]) == (None, held.shared.pk)
    assert client.get(f"/api/v1/agendapunten/{held.open_item.pk}").json()["dossier"] is None
    held.open_item.dossier = own
    held.open_item.save()
    assert client.get(f"/api/v1/agendapunten/{held.open_item.pk}").json()["dossier"] == own.pk


@pytest.mark.parametrize("path", LISTS)
def test_a_key_needs_the_right(table: Table, held: Held, path: str) -> None:
    assert program(table.north, "dossiers:lezen").get(f"/api/v1/{path}").status_code == 403


def _report(client: Client, line: Entry, **sent: Any) -> Any:
    told = {"terugmelding": "Gebouw gevonden.", "klaar": True} | sent
    return client.post(f"/api/v1/besluiten/{line.pk}/terugmelding", told, content_type="application/json")


def test_a_program_reports_back_for_its_own_organisation(table: Table, held: Held) -> None:
    assert _report(program(table.north, READ), held.late).status_code == 403
    other = _report(program(table.south, READ, REPORT), held.late)
    assert other.status_code == 400 and "secretariaat" in other.json()["fouten"][0]["melding"]
    client = program(table.north, READ, REPORT)
    assert _report(client, held.secret).status_code == 404
    assert _report(client, held.late, klaar="misschien").status_code == 400
    done = _report(client, held.late)
    assert done.status_code == 201 and done.json()["stand"] == "gesloten"
    assert done.json()["teruggemeldOp"].endswith("Z")
    assert _report(client, held.late).status_code == 400
    event = AuditEvent.objects.filter(action="actie.teruggemeld").get()
    assert event.actor.startswith("sleutel proef") and event.actor_id is None


def test_lists_filter_and_sort(table: Table, held: Held) -> None:
    client = program(table.north, READ)
    assert [one["tekst"] for one in found(client, "besluiten?soort=K")] == [held.bottleneck.text]
    owned = found(
        client, f"besluiten?actiehouderOrganisatie={table.north.pk}&termijnTot={day(0)}&sorteer=termijn"
    )
    assert [one["id"] for one in owned] == [held.late.pk]
    assert found(client, f"agendapunten?vergadering={held.meeting.pk + 1}") == []
    assert found(client, f"vergaderingen?vanaf={day(1)}T00:00:00Z") == []


@pytest.mark.parametrize("path", LISTS)
def test_ten_times_as_much_asks_no_more(table: Table, held: Held, path: str) -> None:
    client = program(table.north, READ)

    def questions() -> int:
        client.get(f"/api/v1/{path}")
        with CaptureQueriesContext(connection) as asked:
            found(client, path)
        return len(asked)

    few = questions()
    for number in range(8):
        entry(table, held.open_item, "A", f"Actie {number}", owner_organisation=table.north)
        ask_members(body=table.body, question=f"Vraag {number}", answer_by=day(3), by=table.secretary)
        meeting(table, 7 + number)
    assert questions() == few <= 14
