"""What is owed: late first with its age, reported back by who owes it, and told on the command line."""

import json
from typing import Any

import pytest

from regietafel.deliberation.models import Entry
from regietafel.host.cli import main
from tests.app.deliberation.held import SECRET, Held, browser, day, hold, text_of
from tests.app.deliberation.table import Table, entry, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(table: Table) -> Held:
    return hold(table)


def _report(user: Any, line: Entry, **sent: Any) -> int:
    told = {"report": "Gebouw gevonden.", "is_done": "ja"} | sent
    return int(browser(user).post(f"/overleg/regels/{line.pk}/terugmelden", told).status_code)


def test_what_is_late_stands_first_with_its_days(table: Table, held: Held) -> None:
    north = {"owner_organisation": table.north}
    entry(table, held.open_item, "A", "Zonder dag.", **north)
    entry(table, held.open_item, "A", "Later.", due_on=day(5), **north)
    entry(table, held.open_item, "A", "Voor vandaag.", due_on=day(0), due_is_inclusive=False, **north)
    entry(table, held.open_item, "A", "Uiterlijk vandaag.", due_on=day(0), **north)
    page = text_of(table.mayor_north, "/overleg/acties")
    order = [held.late.text, held.secret.text, "Voor vandaag.", "Uiterlijk vandaag.", "Later.", "Zonder dag."]
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    assert "10 dagen te laat" in page and "1 dag te laat" in page and "geen termijn" in page
    late = text_of(table.mayor_north, "/overleg/acties?termijn=te-laat")
    assert "Voor vandaag." in late and "Uiterlijk vandaag." not in late
    week = text_of(table.mayor_north, "/overleg/acties?termijn=week")
    assert "Uiterlijk vandaag." in week and "Later." in week and "Voor vandaag." not in week


def test_mine_and_those_of_my_organisation(table: Table, held: Held) -> None:
    entry(table, held.open_item, "A", "Koen belt.", owner_person=table.clerk_south)
    entry(table, held.open_item, "A", "Zuid schrijft.", owner_organisation=table.south)
    mine = text_of(table.clerk_south, "/overleg/acties/van-mij")
    ours = text_of(table.clerk_south, "/overleg/acties/organisatie")
    assert "Koen belt." in mine and "Zuid schrijft." not in mine
    assert "Zuid schrijft." in ours and "Koen belt." not in ours and held.late.text not in ours


def test_who_owes_it_reports_back_and_it_is_closed(table: Table, held: Held) -> None:
    assert _report(table.clerk_south, held.late) == 403
    assert _report(table.colleague, held.late) == 403
    assert _report(table.stranger, held.late) == 404
    assert _report(table.mayor_north, held.late, report=" ") == 422
    assert _report(table.mayor_north, held.late, is_done="nee", report="Nog bezig.") == 302
    held.late.refresh_from_db()
    assert (held.late.state, held.late.report) == ("open", "Nog bezig.")
    assert _report(table.mayor_north, held.late) == 302
    held.late.refresh_from_db()
    assert held.late.state == "gesloten" and held.late.closed_at and held.late.reported_at
    assert held.late.text not in text_of(table.mayor_north, "/overleg/acties")
    assert held.late.text in text_of(table.mayor_north, "/overleg/acties?stand=afgerond")
    page = text_of(table.clerk_south, f"/overleg/regels/{held.late.pk}")
    assert "Gebouw gevonden." in page and "Teruggemeld" in page
    assert _report(table.mayor_north, held.late) == 403


def test_only_the_secretariat_says_in_which_meeting(table: Table, held: Held, client: Any) -> None:
    later = meeting(table, 7)
    assert _report(table.mayor_north, held.late, is_done="nee", meeting=later.pk) == 302
    held.late.refresh_from_db()
    assert held.late.reported_in is None
    assert _report(table.secretary, held.late, meeting=later.pk) == 302
    held.late.refresh_from_db()
    assert held.late.reported_in == later


def test_the_button_is_there_for_who_may_report_and_brings_back_to_the_list(table: Table, held: Held) -> None:
    address = f"/overleg/regels/{held.late.pk}/terugmelden?van=/overleg/acties/organisatie"
    assert address in text_of(table.mayor_north, "/overleg/acties/organisatie")
    assert "terugmelden?van" not in text_of(table.clerk_south, "/overleg/acties")
    sent = {"report": "Klaar.", "is_done": "ja"}
    assert browser(table.mayor_north).post(address, sent).headers["Location"] == "/overleg/acties/organisatie"


def test_a_list_elsewhere_is_never_gone_to(table: Table, held: Held) -> None:
    address = f"/overleg/regels/{held.late.pk}/terugmelden?van=//kwaad.example/"
    sent = {"report": "Klaar.", "is_done": "ja"}
    gone = browser(table.mayor_north).post(address, sent).headers["Location"]
    assert gone == f"/overleg/regels/{held.late.pk}"


def test_the_term_is_told_with_its_last_day(table: Table, held: Held) -> None:
    import datetime as dt

    until = dt.date(2022, 4, 19)
    before = entry(table, held.open_item, "A", "Laat het weten.", due_on=until, due_is_inclusive=False)
    page = text_of(table.clerk_south, f"/overleg/regels/{before.pk}")
    assert "voor di 19 april 2022 (uiterlijk ma 18 april)" in page


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["overleg", "acties", *words]) == 0
    return capsys.readouterr().out


def test_the_command_tells_late_first_and_nothing_confidential(
    table: Table, held: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    entry(table, held.open_item, "A", "Zonder dag.", owner_organisation=table.south)
    text = _told(capsys)
    assert text.index(held.late.text) < text.index("Zonder dag.")
    assert "10 dagen te laat" in text and SECRET not in text and "vertrouwelijk" in text
    assert "waarvan 2 te laat" in text
    found = json.loads(_told(capsys, "--te-laat", "--json"))
    assert [one["dagen_te_laat"] for one in found["acties"]] == [10, 3]
    assert [one["tekst"] for one in found["acties"]] == [held.late.text, None]
    assert found["acties"][1]["eigenaar"] is None and found["acties"][1]["vertrouwelijk"]


def test_the_command_knows_a_body_by_its_name(
    table: Table, held: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    assert held.late.text in _told(capsys, "--overleg", "bao OPVANG")
    assert main(["overleg", "acties", "--overleg", "Bestaat niet"]) == 1
    assert "BAO opvang" in capsys.readouterr().err
