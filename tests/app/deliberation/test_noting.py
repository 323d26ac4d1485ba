"""Two secretaries note one meeting: nothing that either wrote is lost, and only who may, writes."""

import datetime as dt
import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regietafel.deliberation.models import AgendaItem, Attendance, Entry, Meeting
from regietafel.deliberation.services.agenda import change_item
from regietafel.deliberation.services.meetings import open_meeting
from regietafel.deliberation.services.noting import add_entry, change_entry, withdraw_entry, write_notes
from regietafel.deliberation.services.noting_along import (
    add_typed_line,
    name_deputy,
    note_presence,
    write_press_line,
)
from regietafel.kit import audit
from regietafel.kit.refusal import Refused
from tests.app.deliberation.table import Table, build, close, entry, item, meeting, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def point(table: Table, coming: Meeting) -> AgendaItem:
    open_meeting(meeting=coming, by=table.secretary)
    return item(table, coming)


@pytest.fixture
def pages(table: Table) -> Client:
    client = Client()
    client.force_login(table.secretary)
    return client


def address(name: str, meeting: Meeting, *more: int) -> str:
    return reverse(name, args=[meeting.pk, *more])


def saved(pages: Client, url: str, **values: Any) -> Any:
    return pages.post(url, values, headers={"accept": "application/json"})


# ---- notes ----


def test_notes_of_two_writers_stand_together(table: Table, point: AgendaItem) -> None:
    write_notes(item=point, text="Eerste regel", was="", by=table.secretary)
    ours = write_notes(item=point, text="Eerste regel\nonze", was="Eerste regel", by=table.secretary)
    theirs = write_notes(item=point, text="Eerste regel\nhun", was="Eerste regel", by=table.secretary)
    assert (ours.was_merged, theirs.was_merged) == (False, True)
    assert theirs.text == "Eerste regel\nonze\nhun"
    point.refresh_from_db()
    assert point.notes == theirs.text


def test_a_browser_ends_lines_otherwise_and_that_is_no_change(table: Table, point: AgendaItem) -> None:
    write_notes(item=point, text="een\r\ntwee", was="", by=table.secretary)
    again = write_notes(item=point, text="een\r\ntwee", was="een\r\ntwee", by=table.secretary)
    assert (again.text, again.was_merged) == ("een\ntwee", False)


def test_a_text_without_end_is_refused(table: Table, point: AgendaItem) -> None:
    with pytest.raises(Refused, match="te lang"):
        write_notes(item=point, text="\n" * 3_000, was="", by=table.secretary)


def test_what_is_more_secret_than_the_writer_may_read_is_not_written(table: Table, point: AgendaItem) -> None:
    helper = person("Hans", table.region, may_write=True, reads_up_to=1)
    change_item(item=point, confidentiality=2, by=table.secretary)
    for act in (
        lambda: write_notes(item=point, text="x", was="", by=helper),
        lambda: add_typed_line(item=point, line="b x", by=helper),
    ):
        with pytest.raises(Refused, match="vertrouwelijker"):
            act()


# ---- lines ----


def test_a_typed_action_knows_its_owner_and_its_term(table: Table, point: AgendaItem) -> None:
    typed = "a noord: zoekt een locatie voor 19 april"
    line, is_new = add_typed_line(item=point, line=typed, by=table.secretary)
    assert (line.kind, line.text, is_new) == ("A", "Zoekt een locatie voor 19 april", True)
    assert (line.owner_organisation, line.due_is_inclusive) == (table.north, False)
    assert line.due_on is not None and (line.due_on.month, line.due_on.day) == (4, 19)
    assert line.due_on >= point.meeting.starts_at.date()
    police, _ = add_typed_line(item=point, line="a Adviseur politie: komt langs", by=table.secretary)
    assert (police.owner_organisation, police.owner_function) == (None, "Adviseur politie")
    mayor, _ = add_typed_line(item=point, line="a Gemeente Noord, Burgemeester: belt", by=table.secretary)
    assert (mayor.owner_organisation, mayor.owner_function) == (table.north, "Burgemeester")


def test_a_typed_decision_knows_its_condition(table: Table, point: AgendaItem) -> None:
    typed = "b Geen pers bij het TCVS zolang er geen locatie is"
    line, _is_new = add_typed_line(item=point, line=typed, by=table.secretary)
    assert (line.condition_kind, line.due_on) == ("zolang", None)
    assert "geen locatie" in line.condition


def test_a_line_sent_again_after_a_broken_connection_stands_there_once(
    table: Table, point: AgendaItem
) -> None:
    first, _ = add_typed_line(item=point, line="k Er is geen locatie", by=table.secretary)
    again, is_new = add_typed_line(item=point, line="k Er is geen locatie", by=table.secretary)
    assert (again.pk, is_new, point.entries.count()) == (first.pk, False, 1)
    withdraw_entry(entry=first, reason="Verkeerd", by=table.secretary)
    add_typed_line(item=point, line="k Er is geen locatie", by=table.secretary)
    assert point.entries.count() == 2


def test_two_change_different_fields_of_one_line(table: Table, point: AgendaItem) -> None:
    line = entry(table, point, kind="A", text="Zoekt een locatie")
    change_entry(entry=line, was={"text": line.text}, text="Zoekt een zaal", by=table.secretary)
    change_entry(entry=line, was={"explanation": ""}, explanation="Na de zomer", by=table.secretary)
    day = dt.date(2027, 4, 19)
    won = change_entry(entry=line, was={"due_on": None}, due_on=day, by=table.secretary)
    late = dt.date(2027, 5, 1)
    lost = change_entry(entry=line, was={"due_on": None}, due_on=late, by=table.secretary)
    assert (won.kept, lost.kept) == ((), ("due_on",))
    line.refresh_from_db()
    assert (line.text, line.explanation, line.due_on) == ("Zoekt een zaal", "Na de zomer", day)


def test_a_text_both_changed_holds_both(table: Table, point: AgendaItem) -> None:
    line = entry(table, point, kind="B", text="Wij doen het.")
    change_entry(entry=line, was={"text": "Wij doen het."}, text="Wij doen het niet.", by=table.secretary)
    found = change_entry(
        entry=line, was={"text": "Wij doen het. "}, text="Wij doen het later.", by=table.secretary
    )
    assert found.entry.text == "Wij doen het niet.\nWij doen het later."


def test_a_decision_that_is_replaced_holds_again_when_the_other_is_withdrawn(
    table: Table, point: AgendaItem
) -> None:
    old, new = entry(table, point, kind="B", text="Oud"), entry(table, point, kind="B", text="Nieuw")
    change_entry(entry=new, was={"supersedes": None}, supersedes=old, by=table.secretary)
    old.refresh_from_db()
    assert old.state == Entry.State.REPLACED
    withdraw_entry(entry=new, reason="Toch niet", by=table.secretary)
    old.refresh_from_db()
    assert old.state == Entry.State.OPEN


def test_a_line_links_only_to_what_its_writer_may_read_at_the_same_table(
    table: Table, point: AgendaItem
) -> None:
    from regietafel.deliberation.services.bodies import create_body
    from regietafel.deliberation.services.meetings import plan_meeting
    from tests.app.deliberation.table import at, terms

    other = create_body(organisation=table.region, by=table.secretary, **terms(name="Driehoek", kind="dvo"))
    there = plan_meeting(body=other, starts_at=at(3), by=table.secretary)
    foreign = entry(table, item(table, there), kind="B", text="Van een ander overleg")
    line = entry(table, point, kind="B", text="Hier")
    with pytest.raises(Refused, match="hetzelfde overleg"):
        change_entry(entry=line, was={"supersedes": None}, supersedes=foreign, by=table.secretary)
    helper = person("Hans", table.region, may_write=True, reads_up_to=1)
    secret = entry(table, item(table, point.meeting, confidentiality=2), kind="B", text="Geheim")
    with pytest.raises(Refused, match="mag lezen"):
        change_entry(entry=line, was={"carries_out": None}, carries_out=secret, by=helper)
    foreign.refresh_from_db()
    assert foreign.state == Entry.State.OPEN


@pytest.mark.parametrize(
    "path", ["https://elders.example/", "//elders.example/x", "/\\elders.example", "nergens"]
)
def test_a_line_is_about_a_page_of_our_own(table: Table, point: AgendaItem, path: str) -> None:
    with pytest.raises(Refused, match="Regietafel zelf"):
        add_entry(item=point, kind="B", text="Zie daar", about_path=path, by=table.secretary)


# ---- attendance and press ----


def chip(meeting: Meeting, place: int = 1) -> Attendance:
    return list(meeting.attendances.order_by("seat__order"))[place]


def test_who_was_first_to_note_presence_is_followed(table: Table, coming: Meeting) -> None:
    row = chip(coming)
    first = note_presence(attendance=row, status="afgemeld", was="onbekend", by=table.secretary)
    second = note_presence(attendance=row, status="aanwezig", was="onbekend", by=table.secretary)
    assert (first.was_kept, second.was_kept) == (False, True)
    assert second.attendance.status == "afgemeld"


def test_a_deputy_is_proposed_and_two_names_stand_side_by_side(table: Table, coming: Meeting) -> None:
    row = chip(coming)
    noted = note_presence(attendance=row, status="vervangen", was="onbekend", by=table.secretary)
    assert noted.attendance.replaced_by == "Locoburgemeester"
    name_deputy(attendance=row, deputy="Wethouder", was="Locoburgemeester", by=table.secretary)
    both = name_deputy(attendance=row, deputy="Directeur", was="Locoburgemeester", by=table.secretary)
    assert both.attendance.replaced_by == "Wethouder / Directeur"


def test_the_press_line_of_two_writers_stands_together(table: Table, coming: Meeting) -> None:
    write_press_line(meeting=coming, text="Geen persbericht.", was="", by=table.secretary)
    found = write_press_line(meeting=coming, text="Wel een gesprek.", was="", by=table.secretary)
    assert found.text == "Geen persbericht.\nWel een gesprek."


# ---- pages ----


def test_the_screen_asks_the_same_number_of_questions_for_any_agenda(
    table: Table, coming: Meeting, pages: Client
) -> None:
    def questions(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert pages.get(address(name, coming)).status_code == 200
        return len(asked)

    names = ("meeting-noting", "meeting-noting-state", "meeting-minutes")
    for name in names:
        questions(name)
    few = [questions(name) for name in names]
    for number in range(6):
        one = item(table, coming, f"Punt {number}")
        for kind in "BKA":
            entry(table, one, kind=kind, owner_organisation=table.north)
    assert [questions(name) for name in names] == few


def test_only_the_secretariat_notes(table: Table, point: AgendaItem) -> None:
    for user, status in ((table.colleague, 403), (table.mayor_north, 403), (table.stranger, 404)):
        client = Client()
        client.force_login(user)
        assert client.get(address("meeting-noting", point.meeting)).status_code == status
        url = address("item-notes", point.meeting, point.pk)
        assert saved(client, url, tekst="x", was="").status_code == status
    point.refresh_from_db()
    assert point.notes == ""


def test_a_script_hears_what_is_stored_and_a_browser_without_one_goes_back(
    table: Table, point: AgendaItem, pages: Client
) -> None:
    url = address("item-notes", point.meeting, point.pk)
    write_notes(item=point, text="van een collega", was="", by=table.secretary)
    told = saved(pages, url, tekst="van mij", was="").json()
    assert told["tekst"] == "van een collega\nvan mij" and told["samengevoegd"]
    assert re.fullmatch(r"\d\d:\d\d:\d\d", told["om"])
    back = pages.post(url, {"tekst": "van mij alleen", "was": told["tekst"]})
    assert (back.status_code, back["Location"]) == (
        302,
        f"{address('meeting-noting', point.meeting)}#punt-{point.pk}",
    )
    point.refresh_from_db()
    assert point.notes == "van mij alleen"


def test_a_refusal_is_told_to_both(table: Table, point: AgendaItem, pages: Client) -> None:
    url = address("item-line", point.meeting, point.pk)
    told = saved(pages, url, regel="wij doen het")
    assert told.status_code == 422 and "Begin met b" in told.json()["fout"]
    assert "Begin met b" in pages.post(url, {"regel": "wij doen het"}, follow=True).content.decode()


def test_a_line_of_another_meeting_is_not_found_here(table: Table, point: AgendaItem, pages: Client) -> None:
    elsewhere = entry(table, item(table, meeting(table, 14)), kind="B")
    for name in ("entry-edit", "entry-withdraw"):
        assert pages.get(address(name, point.meeting, elsewhere.pk)).status_code == 404
    url = address("entry-text", point.meeting, elsewhere.pk)
    assert saved(pages, url, tekst="x", was="", veld="text").status_code == 404


def test_the_form_of_a_line_stores_only_what_was_changed(
    table: Table, point: AgendaItem, pages: Client
) -> None:
    line = entry(table, point, kind="A", text="Zoekt een locatie")
    url = address("entry-edit", point.meeting, line.pk)
    found = re.search(r'name="was" value="([^"]*)"', pages.get(url).content.decode())
    assert found
    was = found[1].replace("&quot;", '"')
    change_entry(entry=line, was={"text": line.text}, text="Zoekt een zaal", by=table.secretary)
    sent = {
        "kind": "A", "text": "Zoekt een locatie", "owner_organisation": table.south.pk,
        "due_on": "2027-04-19",
        "due_is_inclusive": "False", "feedback_via": "projectleiders", "was": was,
        "about_path": f"http://testserver{address('meeting-minutes', point.meeting)}",
        "about_title": "Verslag",
    }  # fmt: skip
    assert pages.post(url, sent).status_code == 302
    line.refresh_from_db()
    assert (line.text, line.owner_organisation, line.due_is_inclusive) == (
        "Zoekt een zaal",
        table.south,
        False,
    )
    assert (line.about_path, line.feedback_via) == (
        address("meeting-minutes", point.meeting),
        "projectleiders",
    )
    refused = pages.post(url, sent | {"about_path": "https://elders.example/x"})
    assert refused.status_code == 422 and "geen bladzijde van Regietafel" in refused.content.decode()


def test_earlier_decisions_are_found_by_their_words_and_typing_is_kept(
    table: Table, point: AgendaItem, pages: Client
) -> None:
    old = entry(table, point, kind="B", text="Wij openen de Marktzicht")
    entry(table, point, kind="B", text="Iets anders")
    line = entry(table, point, kind="B", text="Wij openen niet")
    url = address("entry-edit", point.meeting, line.pk)
    page = pages.post(url, {"zoek": "ja", "find": "MARKTZICHT", "text": "half getypt", "was": "{}"})
    body = page.content.decode()
    assert page.status_code == 200 and "half getypt" in body
    assert f'value="{old.pk}"' in body and "Iets anders" not in body


def test_an_action_of_an_earlier_meeting_is_reported_back_here(table: Table, pages: Client) -> None:
    earlier = meeting(table, -7)
    owed = entry(table, item(table, earlier), kind="A", owner_organisation=table.north)
    stuck = entry(table, item(table, earlier), kind="K", text="Er is geen zaal")
    close(table, earlier)
    now = meeting(table, 7)
    open_meeting(meeting=now, by=table.secretary)
    action, bottleneck = (now.items.get(carried=one) for one in (owed, stuck))
    page = pages.get(address("meeting-noting", now)).content.decode()
    assert "Terugmelding" in page and "Sluit het knelpunt" in page
    url = address("item-report", now, action.pk)
    assert saved(pages, url, terugmelding="Gevonden", klaar="ja").status_code == 200
    owed.refresh_from_db()
    assert (owed.state, owed.report, owed.reported_in) == (Entry.State.CLOSED, "Gevonden", now)

    solve = address("item-solve", now, bottleneck.pk)
    assert saved(pages, solve, door="").status_code == 422
    through, _ = add_typed_line(item=bottleneck, line="b Wij huren een zaal", by=table.secretary)
    assert saved(pages, solve, door=through.pk).status_code == 200
    stuck.refresh_from_db()
    assert (stuck.state, stuck.closed_through) == (Entry.State.CLOSED, through)


# ---- at the same moment ----


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run tasks in threads that start together; return what they raised."""
    gate = threading.Barrier(len(tasks))
    raised: list[Any] = []

    def run(task: Callable[[], Any]) -> None:
        gate.wait()
        try:
            task()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_eight_writers_at_once_lose_nothing() -> None:
    table = build()
    coming = meeting(table)
    point = item(table, coming)
    line = entry(table, point, kind="B", text="Besluit")
    fields = {"explanation": "Toelichting", "condition": "mits het kan", "feedback_via": "mail"}

    def writer(number: int) -> Callable[[], Any]:
        def write() -> None:
            text = ""
            for turn in range(4):
                typed = f"{text}\nregel {number}-{turn}".strip()
                text = write_notes(item=point, text=typed, was=text, by=table.secretary).text
                add_typed_line(item=point, line=f"b Besluit {number}-{turn}", by=table.secretary)

        return write

    def changer(name: str, value: str) -> Callable[[], Any]:
        return lambda: change_entry(entry=line, was={name: ""}, by=table.secretary, **{name: value})

    writers = [writer(number) for number in range(5)]
    assert at_once(*writers, *(changer(*pair) for pair in fields.items())) == []
    point.refresh_from_db()
    line.refresh_from_db()
    wanted = {f"regel {number}-{turn}" for number in range(5) for turn in range(4)}
    assert sorted(point.notes.split("\n")) == sorted(wanted)
    assert point.entries.filter(text__startswith="Besluit ").count() == 20
    orders = list(point.entries.values_list("order", flat=True))
    assert len(set(orders)) == len(orders) == 21
    assert {name: getattr(line, name) for name in fields} == fields
    assert audit.verify() == []
