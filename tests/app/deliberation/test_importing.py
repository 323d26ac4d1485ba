"""Existing minutes: read from a file, corrected, stored, put on paper, and read back the same."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from regietafel.deliberation.adapters.exporters import write_minutes
from regietafel.deliberation.adapters.minutes import lines_of
from regietafel.deliberation.engine.importing import Draft, draft_of
from regietafel.deliberation.engine.minutes import read_minutes
from regietafel.deliberation.models import Entry, Meeting, MinutesImport
from regietafel.deliberation.selectors.minutes import minutes_for
from regietafel.deliberation.services.confirming import confirm_minutes
from regietafel.deliberation.services.importing import correct_import, drop_import, read_file, store_import
from regietafel.deliberation.services.meetings import note_attendance
from regietafel.kit.refusal import Refused
from tests.app.deliberation import table as tables
from tests.app.deliberation.held import hold
from tests.app.deliberation.table import Table

SHARED = Path(__file__).parents[4] / "shared"
SOURCE = next(iter(SHARED.glob("bronnen/003_*.txt")), SHARED / "niet-hier")
OURS = """Verslag overleg opvang, 7 april 2022

2.1 Actueel beeld
Er zijn genoeg plekken in de regio.
K: In de week van 13 april kan er tekort zijn.
B: Zolang er geen vaste plek is, verdelen wij groepen over de gemeenten.
Locaties
2.2 Alle gemeenten kijken naar panden.
A) Gemeente Noord laat voor 19 april weten of het pand vrij is.

Aanwezigheid
Gemeente Noord
Gemeente Zuid Afgemeld
"""


def read(table: Table, text: str = OURS, name: str = "verslag.txt") -> MinutesImport:
    return read_file(body=table.body, name=name, content=text.encode(), year=2022, by=table.secretary)


def test_what_was_read_becomes_draft_minutes_with_everything_of_the_text(table: Table) -> None:
    made = read(table)
    assert not Entry.objects.exists()
    meeting = store_import(reading=made, by=table.secretary)
    entries = list(Entry.objects.filter(item__meeting=meeting).order_by("item__order", "order"))
    assert [(one.kind, one.item.number) for one in entries] == [("K", "2.1"), ("B", "2.1"), ("A", "2.2")]
    action = entries[-1]
    assert action.owner_organisation == table.north
    assert (action.due_on, action.due_is_inclusive) == (dt.date(2022, 4, 19), False)
    assert entries[1].condition_kind == "zolang" and entries[1].condition
    assert meeting.state == Meeting.State.DRAFT and meeting.starts_at.date() == dt.date(2022, 4, 7)
    statuses = {str(one.seat): one.status for one in meeting.attendances.all() if one.seat}
    assert statuses["Gemeente Noord, Burgemeester"] == "onbekend" and statuses["Gemeente Zuid"] == "afgemeld"
    kept = " ".join(
        [one.text for one in entries] + [f"{one.title} {one.notes}" for one in meeting.items.all()]
    )
    for word in ("genoeg plekken", "kijken naar panden", "Verslag overleg opvang"):
        assert word in kept


def test_a_person_corrects_before_anything_counts(table: Table) -> None:
    made = read(table)
    client = Client()
    client.force_login(table.secretary)
    address = reverse("minutes-import", args=[made.pk])
    page = client.get(address)
    assert page.status_code == 200
    data = fields_of(page)
    data["regel-0-kind"], data["regel-1-text"] = "weg", "Wij verdelen groepen."
    assert client.post(address, {**data, "actie": "bewaar"}).status_code == 302
    made.refresh_from_db()
    draft = Draft.from_json(made.reading)
    assert draft.lines[0].text == "Wij verdelen groepen."
    assert any("13 april" in text for _number, text in draft.rest)
    again = fields_of(client.get(address))
    stored = client.post(address, {**again, "actie": "opslaan"})
    assert stored.status_code == 302
    meeting = Meeting.objects.get()
    assert sorted(Entry.objects.values_list("kind", flat=True)) == ["A", "B"]
    assert "13 april" in meeting.items.order_by("-order").first().notes


def fields_of(page: Any) -> dict[str, str]:
    """Every field of the page as a browser would send it."""
    from lxml import html

    form = html.fromstring(page.content.decode()).xpath("//form[contains(@class, 'rt-import')]")[0]
    return {name: value or "" for name, value in form.form_values()}


def test_two_people_correcting_at_once_are_told(table: Table) -> None:
    made = read(table)
    draft = Draft.from_json(made.reading)
    correct_import(reading=made, draft=draft, revision=1, by=table.secretary)
    with pytest.raises(Refused, match="intussen"):
        correct_import(reading=made, draft=draft, revision=1, by=table.secretary)


def test_the_same_file_is_stored_once_and_a_dropped_one_leaves_no_text(table: Table) -> None:
    made = read(table)
    store_import(reading=made, by=table.secretary)
    with pytest.raises(Refused, match="al ingelezen"):
        read(table)
    other = read(table, OURS + "\nB: Nog iets.")
    drop_import(reading=other, by=table.secretary)
    other.refresh_from_db()
    assert other.lines == [] and "Nog iets" not in str(other.reading)
    with pytest.raises(Refused, match="al opgeslagen of weggegooid"):
        store_import(reading=other, by=table.secretary)


def test_only_the_secretariat_reads_in_and_a_day_is_needed(table: Table) -> None:
    with pytest.raises(Refused, match="secretariaat"):
        read_file(body=table.body, name="x.txt", content=OURS.encode(), by=table.mayor_north)
    with pytest.raises(Refused, match="leeg"):
        read(table, " ")
    made = read(table, "B: Wij gaan door.")
    with pytest.raises(Refused, match="welke dag"):
        store_import(reading=made, by=table.secretary)
    client = Client()
    client.force_login(table.mayor_north)
    assert client.get(reverse("minutes-import", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_minutes_on_paper_are_read_back_the_same(table: Table, kind: str) -> None:
    meeting = store_import(reading=read(table), by=table.secretary)
    confirm_minutes(meeting=meeting, by=table.secretary)
    meeting.refresh_from_db()
    paper = write_minutes(minutes_for(table.secretary, meeting), kind=kind)
    again = draft_of(read_minutes(lines_of(paper), year=2022))
    before = Draft.from_json(MinutesImport.objects.get().reading)
    assert _told(again) == _told(before)


def _told(draft: Draft) -> list[tuple[str, str, str, Any]]:
    numbers = [one.number for one in draft.items]
    return [
        (
            numbers[one.item] if one.item is not None else "",
            one.kind,
            " ".join(one.text.split()),
            one.due_on,
        )
        for one in draft.lines
    ]


@pytest.mark.skipif(not SOURCE.exists(), reason="source 003 of ../shared is not here")
def test_source_003_goes_round_through_word(table: Table) -> None:
    made = read_file(
        body=table.body, name="bao.txt", content=SOURCE.read_bytes(), year=2022, by=table.secretary
    )
    draft = Draft.from_json(made.reading)
    assert draft.counts == {"B": 11, "K": 10, "A": 3}
    with (SHARED / "domain" / "bao_2022_items.csv").open(encoding="utf-8", newline="") as handle:
        wanted = Counter((row["nr"], row["type"]) for row in csv.DictReader(handle))
    numbers = [one.number for one in draft.items]
    assert Counter((numbers[one.item or 0], one.kind) for one in draft.lines) == wanted
    conditional = [one for one in draft.lines if one.condition]
    assert len(conditional) == 3
    from dataclasses import replace

    dated = replace(draft, held_on=draft.held_on or dt.date(2022, 4, 7))
    correct_import(reading=made, draft=dated, revision=1, by=table.secretary)
    meeting = store_import(reading=made, by=table.secretary)
    confirm_minutes(meeting=meeting, by=table.secretary)
    meeting.refresh_from_db()
    paper = write_minutes(minutes_for(table.secretary, meeting), kind="docx")
    again, before = _told(draft_of(read_minutes(lines_of(paper)))), _told(dated)
    assert [one[:3] for one in again] == [one[:3] for one in before]
    # a term counted from the meeting ("over 2 weken") is known once the day of the meeting is
    assert {one[3] for one in again if one[3]} - {one[3] for one in before} <= {dt.date(2022, 4, 21)}
    assert all(new[3] == old[3] for new, old in zip(again, before, strict=True) if old[3])


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_meeting_noted_here_comes_back_from_paper_with_holders_terms_and_members(
    table: Table, kind: str
) -> None:
    held = hold(table).meeting
    item = tables.item(table, tables.meeting(table, -5), "Rondvraag")
    owner = {"owner_organisation": table.north, "owner_function": "beleidsadviseur"}
    term = {"due_on": dt.date(2027, 4, 19), "due_is_inclusive": False}
    tables.entry(table, item, "A", "Belt de eigenaar.", feedback_via="het DVO", **owner, **term)
    for one in held.attendances.filter(seat=table.seat_north):
        note_attendance(attendance=one, status="afgemeld", by=table.secretary)
    for meeting in (held, tables.close(table, item.meeting)):
        content = minutes_for(table.secretary, meeting)
        again = draft_of(read_minutes(lines_of(write_minutes(content, kind=kind))))
        titles = [(one.number, one.title) for one in again.items]
        assert titles == [(one.number, one.title) for one in content.items]
        wanted = [line for one in content.items for line in one.entries]
        told = [(one.kind, " ".join(one.text.split()), one.due_on) for one in again.lines]
        assert told == [(one.kind, one.text, one.due_on) for one in wanted]
        owners = [one.owner for one in again.lines if one.kind == "A"]
        assert owners == [one.owner for one in wanted if one.kind == "A"]
        assert [one.feedback_via for one in again.lines] == [one.feedback_via for one in wanted]
        present = [(one.name, one.status) for one in again.presence]
        assert present == [(one.name, one.status) for one in content.attendance]


def test_of_people_in_the_list_of_those_present_no_name_is_taken_over(table: Table) -> None:
    made = read(table, OURS.replace("Gemeente Noord\n", "Almelo Karel Proefman\nmw. T. Testman\n"))
    present = [one.name for one in Draft.from_json(made.reading).presence]
    assert present == ["Almelo", "deelnemer (naam niet overgenomen)", "Gemeente Zuid"]


def test_the_holder_of_an_action_is_the_member_that_is_named_first(table: Table) -> None:
    text = OURS.replace("vrij is.\n", "vrij is.\nActiehouder: Gemeente Noord, beleidsadviseur\n")
    store_import(reading=read(table, text), by=table.secretary)
    action = Entry.objects.get(kind="A")
    assert action.owner_organisation == table.north and action.owner_function == "beleidsadviseur"


def test_a_heading_that_became_a_title_is_not_left_over(table: Table) -> None:
    rest = [text for _number, text in Draft.from_json(read(table).reading).rest]
    assert "Locaties" not in rest and "Aanwezigheid" in rest
