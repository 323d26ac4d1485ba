"""Numbers no form would send are answered, not stumbled over."""

import pytest
from django.test import Client

from regietafel.deliberation.models import Entry, Meeting
from regietafel.deliberation.services.agenda import fill_agenda
from regietafel.deliberation.services.confirming import confirm_minutes
from regietafel.deliberation.services.importing import read_file
from regietafel.deliberation.services.meetings import open_meeting
from tests.app.deliberation import table as tables
from tests.app.deliberation.table import Table
from tests.app.deliberation.test_importing import fields_of

ONE = "/overleg/vergaderingen/{}"
ODD_NUMBERS = ["²", "٣", "9" * 5_000, "99999999999999999999", "-1", "1e3", ""]
ANSWERS = {200, 404, 422}


@pytest.fixture
def at_desk(client: Client, table: Table) -> Client:
    client.force_login(table.secretary)
    return client


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_version_that_is_none(at_desk: Client, table: Table, number: str) -> None:
    meeting = tables.close(table, tables.meeting(table, days=-7))
    confirm_minutes(meeting=meeting, by=table.secretary)
    page = ONE.format(meeting.pk) + "/verslag"
    assert at_desk.get(page, {"versie": number}).status_code in ANSWERS
    assert at_desk.get(page + "/verschil", {"van": number, "naar": number}).status_code == 404


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_line_a_meeting_and_a_dossier_that_are_none(
    at_desk: Client, table: Table, coming: Meeting, number: str
) -> None:
    for path, name in (
        (f"/overleg/{table.body.pk}/uitvragen/nieuw", "regel"),
        (ONE.format(coming.pk) + "/punten/nieuw", "dossier"),
        (ONE.format(coming.pk) + "/verslag/vaststellen", "in"),
    ):
        assert at_desk.get(path, {name: number}).status_code in ANSWERS, path


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_bottleneck_is_not_solved_through_nothing(at_desk: Client, table: Table, number: str) -> None:
    before = tables.meeting(table, days=-7)
    stuck = tables.entry(table, tables.item(table, before), "K")
    tables.close(table, before)
    now = open_meeting(meeting=tables.meeting(table, days=1), by=table.secretary)
    fill_agenda(meeting=now, by=table.secretary)
    item = now.items.get(carried=stuck)
    at_desk.post(ONE.format(now.pk) + f"/notuleren/punten/{item.pk}/oplossen", {"door": number})
    stuck.refresh_from_db()
    assert stuck.state == Entry.State.OPEN


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_correction_of_no_revision_is_not_kept(at_desk: Client, table: Table, number: str) -> None:
    made = read_file(body=table.body, name="x.txt", content=b"B: Wij gaan door.", by=table.secretary)
    sent = {"wijziging": number, "actie": "bewaar", "kop-held_on": "2022-04-07"}
    for name in ("punt", "regel", "presentie", "rest"):
        sent |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    assert at_desk.post(f"/overleg/inlezen/{made.pk}", sent).status_code == 422
    made.refresh_from_db()
    assert made.revision == 1


def test_who_corrects_what_somebody_else_changed_meanwhile_loses_no_words(
    at_desk: Client, table: Table
) -> None:
    made = read_file(
        body=table.body, name="x.txt", content=b"B: Wij gaan door.\nK: Er is geen plek.", by=table.secretary
    )
    address = f"/overleg/inlezen/{made.pk}"
    sent = fields_of(at_desk.get(address))
    first = sent | {"regel-0-kind": "weg", "actie": "bewaar"}
    assert at_desk.post(address, first).status_code == 302
    second = at_desk.post(address, sent | {"regel-1-text": "Mijn verbetering.", "actie": "opslaan"})
    assert second.status_code == 422
    shown = second.content.decode()
    assert "Iemand anders wijzigde dit intussen" in shown and "Mijn verbetering." in shown
    assert not Entry.objects.exists()
