"""Minutes that are laid down do not change: a change is a next version, and everybody can check that."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from regietafel.deliberation.models import AgendaItem, Attendance, Meeting, MinutesVersion
from regietafel.deliberation.selectors.minutes import minutes_for, versions_of
from regietafel.deliberation.services import agenda, meetings, noting, noting_along
from regietafel.deliberation.services.confirming import begin_new_version, confirm_minutes
from regietafel.deliberation.services.following import close_bottleneck, report_action
from regietafel.kit.refusal import Refused
from tests.app.deliberation.table import Table, close, entry, invite, item, meeting, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(table: Table) -> Meeting:
    """A meeting that is over, with notes, lines, a press line and a guest."""
    held = meeting(table, -7)
    invite(table, held)
    point = item(table, held, "Opvanglocaties", for_guests=True)
    secret = item(table, held, "Veiligheid", confidentiality=2)
    for one in (point, secret):
        noting.write_notes(item=one, text=f"Gezegd over {one.title}", was="", by=table.secretary)
        for kind in "BKA":
            entry(table, one, kind=kind, text=f"{kind} over {one.title}", owner_organisation=table.north)
    noting_along.write_press_line(meeting=held, text="Geen persbericht.", was="", by=table.secretary)
    return close(table, held)


@pytest.fixture
def frozen(table: Table, held: Meeting) -> Meeting:
    confirm_minutes(meeting=held, by=table.secretary)
    return Meeting.objects.get(pk=held.pk)


def pages_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def read(user: Any, meeting: Meeting, name: str = "meeting-minutes", query: str = "") -> str:
    answer = pages_of(user).get(reverse(name, args=[meeting.pk]) + query)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def _writers(table: Table, frozen: Meeting) -> dict[str, Callable[[], Any]]:
    point: AgendaItem = frozen.items.get(title="Opvanglocaties")
    line = point.entries.first()
    row = frozen.attendances.first()
    guest = frozen.guests.first()
    assert line and row and guest
    by = table.secretary
    return {
        "notes": lambda: noting.write_notes(item=point, text="Anders", was=point.notes, by=by),
        "a line": lambda: noting.add_entry(item=point, kind="B", text="Nog een", by=by),
        "a typed line": lambda: noting_along.add_typed_line(item=point, line="b Nog een", by=by),
        "words": lambda: noting.change_entry(entry=line, was={"text": line.text}, text="Anders", by=by),
        "withdrawing": lambda: noting.withdraw_entry(entry=line, reason="Fout", by=by),
        "press": lambda: noting_along.write_press_line(meeting=frozen, text="Toch wel", was="", by=by),
        "presence": lambda: noting_along.note_presence(
            attendance=row, status="aanwezig", was=row.status, by=by
        ),
        "deputy": lambda: noting_along.name_deputy(attendance=row, deputy="Loco", was="", by=by),
        "attendance": lambda: meetings.note_attendance(attendance=row, status="aanwezig", by=by),
        "place": lambda: meetings.change_meeting(
            meeting=frozen, revision=frozen.revision, place="Elders", by=by
        ),
        "reopening": lambda: meetings.reopen_meeting(meeting=frozen, by=by),
        "cancelling": lambda: meetings.cancel_meeting(meeting=frozen, reason="Nee", by=by),
        "inviting": lambda: meetings.invite_guest(meeting=frozen, function="Laatkomer", by=by),
        "uninviting": lambda: meetings.withdraw_guest(guest=guest, by=by),
        "an item": lambda: agenda.add_item(meeting=frozen, title="Nog iets", by=by),
        "a title": lambda: agenda.change_item(item=point, title="Anders", by=by),
        "order": lambda: agenda.move_item(item=point, up=True, by=by),
        "removing": lambda: agenda.remove_item(item=point, by=by),
        "filling": lambda: agenda.fill_agenda(meeting=frozen, by=by),
        "confirming": lambda: confirm_minutes(meeting=frozen, by=by),
    }


def test_no_writer_changes_what_is_laid_down(table: Table, frozen: Meeting) -> None:
    before = versions_of(frozen)[0].version.content
    for name, write in _writers(table, frozen).items():
        with pytest.raises(Refused):
            write()
            pytest.fail(f"{name} changed minutes that are laid down")
    (only,) = versions_of(frozen)
    assert only.version.content == before and only.is_intact


def test_no_page_changes_what_is_laid_down(table: Table, frozen: Meeting) -> None:
    point = frozen.items.get(title="Opvanglocaties")
    line, row = point.entries.first(), frozen.attendances.first()
    assert line and isinstance(row, Attendance)
    pages = pages_of(table.secretary)
    sent = {
        ("item-notes", point.pk): {"tekst": "Anders", "was": point.notes},
        ("item-line", point.pk): {"regel": "b Nog een"},
        ("entry-text", line.pk): {"tekst": "Anders", "was": line.text, "veld": "text"},
        ("attendance-status", row.pk): {"stand": "aanwezig", "was": row.status},
        ("attendance-deputy", row.pk): {"tekst": "Loco", "was": ""},
    }
    for (name, number), values in sent.items():
        url = reverse(name, args=[frozen.pk, number])
        answer = pages.post(url, values, headers={"accept": "application/json"})
        assert answer.status_code == 422 and "vastgesteld" in answer.json()["fout"], name
    for name in ("entry-edit", "entry-withdraw"):
        assert pages.post(reverse(name, args=[frozen.pk, line.pk]), {"reason": "x"}).status_code == 403
    answer = pages.get(reverse("meeting-noting", args=[frozen.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("meeting-minutes", args=[frozen.pk]))
    assert versions_of(frozen)[0].is_intact
    assert "Anders" not in read(table.secretary, frozen)


def test_what_becomes_of_an_action_leaves_the_minutes_as_they_were(table: Table, frozen: Meeting) -> None:
    action = frozen.items.get(title="Opvanglocaties").entries.get(kind="A")
    before = minutes_for(table.secretary, frozen)
    report_action(entry=action, report="Gedaan", is_done=True, by=table.secretary)
    assert minutes_for(table.secretary, frozen) == before


def test_a_changed_word_in_the_database_is_seen(table: Table, frozen: Meeting) -> None:
    assert "vingerafdruk klopt<" in read(table.mayor_north, frozen)
    version = MinutesVersion.objects.get(meeting=frozen)
    version.content["press_line"] = "Iets anders."
    version.save()
    assert not versions_of(frozen)[0].is_intact
    assert "vingerafdruk klopt niet" in read(table.mayor_north, frozen)


def test_a_new_version_needs_a_reason_and_leaves_the_old_one(table: Table, frozen: Meeting) -> None:
    with pytest.raises(Refused, match="wat er moet veranderen"):
        begin_new_version(meeting=frozen, reason=" ", by=table.secretary)
    begin_new_version(meeting=frozen, reason="De perslijn ontbrak", by=table.secretary)
    noting_along.write_press_line(
        meeting=frozen, text="Wel een persbericht.", was="Geen persbericht.", by=table.secretary
    )
    assert "Verschil met het concept van nu" in read(table.mayor_north, frozen)
    confirm_minutes(meeting=frozen, by=table.secretary)
    second, first = versions_of(frozen)
    assert (second.version.number, second.version.reason) == (2, "De perslijn ontbrak")
    assert first.is_intact and first.version.content["press_line"] == "Geen persbericht."
    assert "Wel een persbericht." in read(table.mayor_north, frozen)
    assert "Geen persbericht." in read(table.mayor_north, frozen, query="?versie=1")
    page = read(table.mayor_north, frozen, "minutes-difference", "?van=1&naar=2")
    assert "Geen persbericht." in page and "Wel een persbericht." in page
    pages = pages_of(table.mayor_north)
    assert pages.get(reverse("meeting-minutes", args=[frozen.pk]) + "?versie=9").status_code == 404


def test_the_difference_names_the_line_that_was_withdrawn(table: Table, frozen: Meeting) -> None:
    begin_new_version(meeting=frozen, reason="Een actie stond er dubbel.", by=table.secretary)
    action = frozen.items.get(title="Opvanglocaties").entries.get(kind="A")
    noting.withdraw_entry(entry=action, reason="Dubbel", by=table.secretary)
    page = read(table.mayor_north, frozen, "minutes-difference", "?van=1")
    assert "<ins>A over Opvanglocaties<br>Reden: Dubbel</ins>" in page
    confirm_minutes(meeting=frozen, by=table.secretary)
    assert "dubbel.." not in read(table.mayor_north, frozen)


def test_the_table_lays_down_minutes_and_its_secretary_notes_that(table: Table, held: Meeting) -> None:
    scribe = person("Sjef", table.region, may_write=True, reads_up_to=2)
    with pytest.raises(Refused, match="niet het recht"):
        confirm_minutes(meeting=held, by=scribe)
    later = meeting(table, 7)
    point = later.items.get(confirms=held)
    with pytest.raises(Refused, match="die is begonnen"):
        confirm_minutes(meeting=held, confirmed_in=later, by=scribe)
    meetings.open_meeting(meeting=later, by=scribe)
    pages = pages_of(scribe)
    assert pages.get(reverse("minutes-confirm", args=[held.pk])).status_code == 403
    url = f"{reverse('minutes-confirm', args=[held.pk])}?in={later.pk}"
    assert url in pages.get(reverse("meeting-noting", args=[later.pk])).content.decode()
    assert pages.post(url).status_code == 302
    held.refresh_from_db()
    assert (held.state, held.confirmed_in, point.confirms) == (Meeting.State.CONFIRMED, later, held)


def test_a_meeting_that_does_not_speak_of_these_minutes_does_not_lay_them_down(
    table: Table, held: Meeting
) -> None:
    later = meeting(table, 7)
    later.items.filter(confirms=held).delete()
    meetings.open_meeting(meeting=later, by=table.secretary)
    with pytest.raises(Refused, match="niet op de agenda"):
        confirm_minutes(meeting=held, confirmed_in=later, by=table.secretary)


def test_everybody_reads_what_is_for_him_or_her(table: Table, held: Meeting) -> None:
    def all_of(user: Any) -> tuple[bool, bool, bool, bool]:
        page = read(user, held)
        return (
            "Gezegd over Opvanglocaties" in page,
            "Veiligheid<" in page or "over Veiligheid" in page,
            "Geen persbericht." in page,
            "Adviseur politie" in page,
        )

    expected = {
        table.secretary: (True, True, True, True),
        table.mayor_north: (True, True, True, True),
        table.clerk_south: (True, False, True, True),
        # guests read what was shared with them, and neither the press line nor who else was there
        table.guest_colleague: (True, False, False, False),
        table.guest_person: (True, False, False, False),
    }
    assert {user.name: all_of(user) for user in expected} == {u.name: seen for u, seen in expected.items()}
    confirm_minutes(meeting=held, by=table.secretary)
    assert {user.name: all_of(user) for user in expected} == {u.name: seen for u, seen in expected.items()}
    assert pages_of(table.stranger).get(reverse("meeting-minutes", args=[held.pk])).status_code == 404


def test_a_draft_in_the_making_is_nobodys_but_the_secretariats(table: Table) -> None:
    now = meeting(table, 1)
    point = item(table, now)
    meetings.open_meeting(meeting=now, by=table.secretary)
    noting.write_notes(item=point, text="Nog niet af", was="", by=table.secretary)
    noting_along.write_press_line(meeting=now, text="Nog stil", was="", by=table.secretary)
    entry(table, point, kind="B", text="Nog geen besluit")
    page = read(table.mayor_north, now)
    assert "Het verslag is er nog niet" in page
    assert not any(text in page for text in ("Nog niet af", "Nog stil", "Nog geen besluit"))
    content = minutes_for(table.mayor_north, now)
    assert content.press_line == "" and not any(one.notes or one.entries for one in content.items)
    assert (
        pages_of(table.mayor_north).get(reverse("minutes-difference", args=[now.pk]) + "?van=1").status_code
        == 403
    )
    assert "Nog niet af" in read(table.secretary, now)


def test_a_withdrawn_line_stays_with_its_reason(table: Table, held: Meeting) -> None:
    line = held.items.get(title="Opvanglocaties").entries.get(kind="B")
    noting.withdraw_entry(entry=line, reason="Verkeerd verstaan", by=table.secretary)
    page = read(table.mayor_north, held)
    assert "<s><strong>B:</strong> B over Opvanglocaties</s>" in page and "Verkeerd verstaan" in page


def test_the_three_steps_of_a_meeting_on_its_pages(table: Table) -> None:
    now = meeting(table, 1)
    pages = pages_of(table.secretary)
    for name, state in (
        ("meeting-open", Meeting.State.RUNNING),
        ("meeting-close", Meeting.State.DRAFT),
        ("meeting-reopen", Meeting.State.RUNNING),
    ):
        assert pages.post(reverse(name, args=[now.pk])).status_code == 302
        now.refresh_from_db()
        assert now.state == state
    again = pages.post(reverse("meeting-open", args=[now.pk]), follow=True).content.decode()
    assert "al begonnen" in again


def test_the_minutes_say_what_became_of_what_was_left_open(table: Table, held: Meeting) -> None:
    action = held.items.get(title="Veiligheid").entries.get(kind="A")
    stuck = entry(table, held.items.get(title="Opvanglocaties"), "K", "Er is geen gebouw")
    coming = meeting(table, 1)
    coming = meetings.open_meeting(meeting=coming, by=table.secretary)
    confirm_minutes(meeting=held, confirmed_in=coming, by=table.secretary)
    report_action(entry=action, report="De hal is vrij", is_done=True, by=table.secretary, meeting=coming)
    solved = entry(table, coming.items.get(number="1"), "B", "Wij huren de hal")
    close_bottleneck(entry=stuck, through=solved, by=table.secretary)
    told = {one.title: one.outcome for one in minutes_for(table.secretary, coming).items}
    assert told[f"Verslag van {held} vaststellen"] == "Het verslag is vastgesteld."
    assert told[action.text].endswith("Teruggemeld: De hal is vrij De actie is klaar.")
    assert told[stuck.text].startswith("Knelpunt van ") and "opgelost" in told[stuck.text]
    AgendaItem.objects.filter(carried=action).update(for_guests=True)
    assert "De hal is vrij" not in str(minutes_for(table.secretary, coming))
    assert "Wij huren" not in "".join(told.values())
