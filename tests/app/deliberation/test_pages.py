"""The pages of bodies, meetings and agendas: what people see there, and what they do without JavaScript."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regietafel.deliberation.models import (
    AgendaItem,
    Attendance,
    Body,
    Inquiry,
    InquiryAnswer,
    Meeting,
    Paper,
)
from regietafel.deliberation.selectors.minutes import minutes_for
from regietafel.deliberation.services.agenda import add_paper
from regietafel.deliberation.services.following import report_action
from regietafel.kit.refusal import Refused
from regietafel.register.models import User
from tests.app.deliberation import table as tables
from tests.app.deliberation.table import Table


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(user: User, name: str, *args: Any) -> str:
    answer = as_(user).get(reverse(name, args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(user: User, name: str, /, *args: Any, **values: Any) -> Any:
    return as_(user).post(reverse(name, args=args), values)


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("order", "pk").values_list("title", flat=True))


# Bodies


def test_a_body_begins_from_a_ready_made_form(table: Table) -> None:
    page = as_(table.secretary).get(reverse("body-create") + "?vorm=platform").content.decode()
    assert "Intake: een thema komt" in page and "bron-002" in page
    told = {
        "organisation": table.region.pk,
        "name": "Platform",
        "kind": "platform",
        "confidentiality": 1,
        "interval_weeks": 8,
        "minutes": 120,
        "fixed_items": "1 Opening\n4.1 Nieuwe thema's\nRondvraag",
        "process": "Intake: een trekker\nOutput: een evaluatie",
    }
    assert send(table.secretary, "body-create", **told).status_code == 302
    body = Body.objects.get(name="Platform")
    assert body.fixed_items[1:] == [
        {"nummer": "4.1", "titel": "Nieuwe thema's"},
        {"nummer": "", "titel": "Rondvraag"},
    ]
    assert "een evaluatie" in text_of(table.secretary, "body", body.pk)
    edit = text_of(table.secretary, "body-edit", body.pk)
    assert "4.1 Nieuwe thema&#x27;s" in edit and "Output: een evaluatie" in edit


def test_the_body_says_when_it_meets_until_when_and_what_i_owe_there(table: Table) -> None:
    earlier = tables.meeting(table, days=-14)
    point = earlier.items.get(number="1")
    tables.entry(table, point, "A", "Zoekt een hal", owner_organisation=table.north)
    tables.entry(table, point, "A", "Voor een ander", owner_organisation=table.south)
    tables.close(table, earlier)
    tables.meeting(table)
    page = text_of(table.mayor_north, "body", table.body.pk)
    assert "om de twee weken, tot aan de opdracht is voldaan" in page
    assert "Zoekt een hal" in page and "Voor een ander" not in page
    assert "conceptverslag" in page and "over 7 dagen" in page
    listing = text_of(table.mayor_north, "bodies")
    assert "BAO opvang" in listing and "Zoekt een hal" in listing and "Nieuw overleg" in listing
    assert "Nieuw overleg" not in text_of(table.colleague, "bodies")


def test_only_the_secretariat_changes_a_body(table: Table) -> None:
    pk = table.body.pk
    for name, args in (
        ("body-edit", [pk]), ("body-end", [pk]), ("seat-create", [pk]), ("body-portfolios", [pk]),
        ("meeting-create", [pk]), ("meeting-series", [pk]), ("seat-end", [pk, table.seat_south.pk]),
    ):  # fmt: skip
        for user, status in ((table.mayor_north, 403), (table.colleague, 403), (table.stranger, 404)):
            assert as_(user).get(reverse(name, args=args)).status_code == status, name
            assert as_(user).post(reverse(name, args=args)).status_code == status, name
        assert as_(table.secretary).get(reverse(name, args=args)).status_code == 200, name


def test_an_ended_seat_reads_nothing_and_is_not_expected_any_more(table: Table, coming: Meeting) -> None:
    assert as_(table.clerk_south).get(reverse("meeting", args=[coming.pk])).status_code == 200
    send(table.secretary, "seat-end", table.body.pk, table.seat_south.pk)
    assert as_(table.clerk_south).get(reverse("meeting", args=[coming.pk])).status_code == 404
    assert not Attendance.objects.filter(meeting=coming, seat=table.seat_south).exists()
    assert "Leden van vroeger" in text_of(table.secretary, "body-seats", table.body.pk)


def test_a_new_seat_is_expected_at_what_was_planned(table: Table, coming: Meeting) -> None:
    told = {"organisation": table.outside.pk, "part": "lid", "function": "Wethouder"}
    assert send(table.secretary, "seat-create", table.body.pk, **told).status_code == 302
    assert Attendance.objects.filter(meeting=coming, seat__organisation=table.outside).exists()
    assert send(table.secretary, "seat-create", table.body.pk, part="lid").status_code == 422


def test_who_carries_which_theme(table: Table) -> None:
    told = {"theme_0": "Opvang", "seat_0": table.seat_north.pk, "lead_0": "Coördinator", "theme_1": "Pers"}
    assert send(table.secretary, "body-portfolios", table.body.pk, **told).status_code == 302
    page = text_of(table.clerk_south, "body-seats", table.body.pk)
    assert "Coördinator" in page and "nog geen trekker" in page
    double = told | {"theme_1": "opvang"}
    answer = send(table.secretary, "body-portfolios", table.body.pk, **double)
    assert answer.status_code == 422 and "twee keer" in answer.content.decode()


def test_nobody_makes_a_body_he_could_not_read_back(table: Table) -> None:
    told = {"organisation": table.south.pk, "name": "Geheim", "kind": "bao", "confidentiality": 2,
            "interval_weeks": 0, "minutes": 60}  # fmt: skip
    answer = send(table.clerk_south, "body-create", **told)
    assert answer.status_code == 422 and "mag u zelf niet lezen" in answer.content.decode()
    assert not Body.objects.filter(name="Geheim").exists()


# Meetings


def test_a_series_keeps_rhythm_and_only_the_first_has_what_is_open(table: Table) -> None:
    earlier = tables.meeting(table, days=-14)
    tables.entry(table, earlier.items.get(number="1"), "K", "Geen hal")
    tables.close(table, earlier)
    first = timezone.localdate() + dt.timedelta(days=3)
    told = {"day": first, "starts": "14:00", "until": first + dt.timedelta(days=30)}
    assert send(table.secretary, "meeting-series", table.body.pk, **told).status_code == 302
    planned = list(Meeting.objects.exclude(series="").order_by("starts_at"))
    days = [timezone.localtime(one.starts_at).date() for one in planned]
    assert days == [first + dt.timedelta(weeks=weeks) for weeks in (0, 2, 4)]
    assert {timezone.localtime(one.starts_at).hour for one in planned} == {14}
    assert "Geen hal" in titles(planned[0])
    assert titles(planned[1]) == ["Opening", "Actueel beeld"]
    assert "2 punten staan" in text_of(table.secretary, "meeting", planned[1].pk)
    send(table.secretary, "agenda-fill", planned[1].pk)
    send(table.secretary, "agenda-fill", planned[1].pk)
    assert titles(planned[1]).count("Geen hal") == 1
    assert "nog open uit eerdere" not in text_of(table.secretary, "meeting", planned[1].pk)


def test_a_meeting_is_not_changed_over_somebody_else(table: Table, coming: Meeting) -> None:
    told = {"day": "2027-01-05", "starts": "10:00", "ends": "11:00", "place": "Raadhuis", "revision": 1}
    assert send(table.secretary, "meeting-edit", coming.pk, **told).status_code == 302
    answer = send(table.secretary, "meeting-edit", coming.pk, **told | {"place": "Elders"})
    assert answer.status_code == 422 and "Iemand anders wijzigde" in answer.content.decode()
    coming.refresh_from_db()
    assert coming.place == "Raadhuis" and timezone.localtime(coming.starts_at).hour == 10


def test_cancelling_needs_a_reason_that_everybody_reads(table: Table, coming: Meeting) -> None:
    assert send(table.secretary, "meeting-cancel", coming.pk).status_code == 422
    send(table.secretary, "meeting-cancel", coming.pk, reason="Te weinig stukken")
    page = text_of(table.clerk_south, "meeting", coming.pk)
    assert "vervallen" in page and "Te weinig stukken" in page
    answer = send(table.secretary, "item-create", coming.pk, title="Nog iets", confidentiality=1)
    assert answer.status_code == 422


def test_attendance_is_noted_in_one_form_and_a_deputy_is_known(table: Table, coming: Meeting) -> None:
    rows = {one.seat_id: one for one in coming.attendances.all()}
    told = {f"status_{one.pk}": "onbekend" for one in rows.values()}
    told[f"status_{rows[table.seat_north.pk].pk}"] = "vervangen"
    told[f"status_{rows[table.seat_police.pk].pk}"] = "afgemeld"
    assert send(table.secretary, "meeting-attendance", coming.pk, **told).status_code == 302
    page = text_of(table.clerk_south, "meeting-attendance", coming.pk)
    assert "vervangen door Locoburgemeester" in page and "afgemeld" in page and "onbekend" in page
    assert send(table.clerk_south, "meeting-attendance", coming.pk, **told).status_code == 422


# The agenda


def test_items_are_numbered_freely_and_moved_with_buttons(table: Table, coming: Meeting) -> None:
    for number, title in (("4.1", "Eerst"), ("2b", "Dan")):
        told = {"number": number, "title": title, "confidentiality": 1}
        assert send(table.secretary, "item-create", coming.pk, **told).status_code == 302
    send(table.secretary, "item-create", coming.pk, title="Vanzelf", confidentiality=1)
    assert list(coming.items.values_list("number", flat=True)) == ["1", "2", "4.1", "2b", "5"]
    last = coming.items.get(title="Vanzelf")
    send(table.secretary, "item-up", coming.pk, last.pk)
    assert titles(coming)[-2:] == ["Vanzelf", "Dan"]
    send(table.secretary, "item-down", coming.pk, coming.items.get(title="Opening").pk)
    assert titles(coming)[:2] == ["Actueel beeld", "Opening"]
    assert send(table.mayor_north, "item-up", coming.pk, last.pk).status_code == 403
    send(table.secretary, "item-remove", coming.pk, last.pk)
    assert "Vanzelf" not in titles(coming)


def test_moving_skips_what_the_mover_may_not_read(table: Table, coming: Meeting) -> None:
    clerk = tables.person("Sem", table.region, may_write=True, reads_up_to=1)
    tables.item(table, coming, "Geheim", confidentiality=2)
    last = tables.item(table, coming, "Laatste")
    send(clerk, "item-up", coming.pk, last.pk)
    assert titles(coming) == ["Opening", "Laatste", "Actueel beeld", "Geheim"]
    page = text_of(clerk, "meeting", coming.pk)
    assert "Geheim" not in page and f"/punten/{last.pk}/omlaag" in page
    hidden = coming.items.get(title="Geheim")
    assert as_(clerk).get(reverse("item-edit", args=[coming.pk, hidden.pk])).status_code == 404
    answer = send(clerk, "item-create", coming.pk, title="Ook geheim", confidentiality=2)
    assert answer.status_code == 422 and "mag u zelf niet lezen" in answer.content.decode()


def test_an_item_that_may_not_be_read_is_not_there_at_all(table: Table, coming: Meeting) -> None:
    before = text_of(table.clerk_south, "meeting", coming.pk)
    tables.item(table, coming, "Geheim punt", confidentiality=2, introduction="Niets voor u")
    after = text_of(table.clerk_south, "meeting", coming.pk)
    assert _still(before) == _still(after)
    assert "Geheim punt" in text_of(table.mayor_north, "meeting", coming.pk)


def _still(page: str) -> str:
    start = page.index("<main")
    return "".join(line for line in page[start:].splitlines(keepends=True) if "csrf" not in line)


def test_a_guest_sees_only_what_is_for_guests(table: Table, coming: Meeting) -> None:
    tables.item(table, coming, "Samen met u", for_guests=True)
    tables.item(table, coming, "Onder ons")
    other = tables.meeting(table, days=20)
    tables.invite(table, coming)
    for guest in (table.guest_colleague, table.guest_person):
        page = text_of(guest, "meeting", coming.pk)
        assert "Samen met u" in page
        for hidden in ("Onder ons", "Opening", "Commissaris", "Regiodirecteur", "Aanwezigheid", "Noord"):
            assert hidden not in page, hidden
        assert "U bent uitgenodigd" in text_of(guest, "bodies")
        for name, key in (("body", table.body.pk), ("meeting-attendance", coming.pk), ("meeting", other.pk)):
            assert as_(guest).get(reverse(name, args=[key])).status_code in {403, 404}
    invited = coming.guests.get(person=table.guest_person)
    send(table.secretary, "guest-withdraw", coming.pk, invited.pk)
    assert as_(table.guest_person).get(reverse("meeting", args=[coming.pk])).status_code == 404


def test_a_proposal_leads_to_its_dossier_only_for_who_may_read_it(table: Table, coming: Meeting) -> None:
    own = tables.dossier_of(table.region, table.secretary, title="Kade")
    foreign = tables.dossier_of(table.north, table.mayor_north, title="Van Noord")
    offered = text_of(table.secretary, "item-create", coming.pk)
    assert "Kade" in offered and "Van Noord" not in offered
    told = {"dossier": own.pk, "confidentiality": 1}
    assert send(table.secretary, "item-create", coming.pk, **told).status_code == 302
    assert send(table.secretary, "item-create", coming.pk, dossier=foreign.pk, title="X").status_code == 422
    item = coming.items.get(dossier=own)
    assert (item.title, item.kind) == ("Kade", "voorstel")
    link = f'href="/dossiers/{own.pk}"'
    assert link in text_of(table.secretary, "meeting", coming.pk)
    assert link not in text_of(table.clerk_south, "meeting", coming.pk)
    with pytest.raises(Refused, match="dat u mag lezen"):
        tables.item(table, coming, "X", dossier=foreign)


def test_what_was_carried_over_has_its_age_and_leads_back(table: Table) -> None:
    earlier = tables.meeting(table, days=-14)
    point = earlier.items.get(number="1")
    tables.entry(table, point, "K", "Geen hal")
    action = tables.entry(table, point, "A", "Belt de gemeente", owner_organisation=table.north,
                          due_on=timezone.localdate() - dt.timedelta(days=2))  # fmt: skip
    tables.close(table, earlier)
    coming = tables.meeting(table)
    page = text_of(table.clerk_south, "meeting", coming.pk)
    assert "14 dagen oud" in page and f'href="/overleg/vergaderingen/{earlier.pk}"' in page
    assert f'<h3><a href="/overleg/regels/{action.pk}">Belt de gemeente</a></h3>' in page
    assert "2 dagen te laat" in page and "intussen afgerond" not in page
    report_action(entry=action, report="Gebeld", is_done=True, by=table.mayor_north)
    assert "intussen afgerond" in text_of(table.clerk_south, "meeting", coming.pk)


def test_an_inquiry_counts_the_answers_of_who_has_a_seat(table: Table) -> None:
    inquiry = Inquiry.objects.create(
        body=table.body, question="Heeft u plek?", answer_by=timezone.localdate()
    )
    for organisation in (table.north, table.outside):
        InquiryAnswer.objects.create(inquiry=inquiry, organisation=organisation, text="Ja")
    coming = tables.meeting(table)
    assert "1 van 2 beantwoord" in text_of(table.clerk_south, "meeting", coming.pk)


# Papers


@pytest.fixture
def paper(table: Table, coming: Meeting) -> Paper:
    item = tables.item(table, coming, "Met stuk", for_guests=True)
    return add_paper(item=item, upload=upload(b"Drie locaties"), by=table.secretary)


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("Locaties.txt", content, "text/plain")


def test_a_paper_goes_to_who_may_read_its_item_and_to_nobody_else(table: Table, paper: Paper) -> None:
    meeting = paper.item.meeting
    tables.invite(table, meeting)
    address = reverse("paper", args=[meeting.pk, paper.pk])
    for user in (table.secretary, table.clerk_south, table.guest_colleague, table.guest_person):
        answer: Any = as_(user).get(address)
        assert b"".join(answer.streaming_content) == b"Drie locaties"
        assert (
            answer["Content-Disposition"].startswith("attachment")
            and "sandbox" in answer["Content-Security-Policy"]
        )
    assert as_(table.stranger).get(address).status_code == 404
    AgendaItem.objects.filter(pk=paper.item_id).update(for_guests=False, confidentiality=2)
    for user in (table.clerk_south, table.guest_colleague, table.guest_person, table.colleague):
        assert as_(user).get(address).status_code == 404
    assert as_(table.mayor_north).get(address).status_code == 200
    other = tables.meeting(table, days=20)
    assert as_(table.secretary).get(reverse("paper", args=[other.pk, paper.pk])).status_code == 404
    send(table.secretary, "paper-remove", meeting.pk, paper.pk)
    assert as_(table.secretary).get(address).status_code == 404


def test_papers_are_added_by_the_secretariat_once(table: Table, paper: Paper) -> None:
    where = [paper.item.meeting_id, paper.item_id]
    assert send(table.mayor_north, "paper-add", *where, file=upload(b"Iets")).status_code == 403
    again = send(table.secretary, "paper-add", *where, file=upload(b"Drie locaties"))
    assert again.status_code == 422 and "hangt al aan dit punt" in again.content.decode()
    assert send(table.secretary, "paper-add", *where, file=upload(b"Vier")).status_code == 302


# Inviting


def test_the_page_says_who_gets_what_before_it_goes(table: Table, coming: Meeting) -> None:
    tables.item(table, coming, "Samen", for_guests=True)
    tables.item(table, coming, "Geheim", confidentiality=2)
    tables.invite(table, coming)
    told = {"organisation": table.outside.pk, "part": "lid"}
    send(table.secretary, "seat-create", table.body.pk, **told)
    page = " ".join(text_of(table.secretary, "meeting-invite", coming.pk).split())
    assert 'burgemeester@noord.example</span></th><td class="rt-cell--number">3</td>' in page
    assert 'directie@opvangdienst.example</span></th><td class="rt-cell--number">1</td>' in page
    assert "geen adres: Gemeente Buiten" in page
    assert as_(table.mayor_north).get(reverse("meeting-invite", args=[coming.pk])).status_code == 403
    assert send(table.secretary, "meeting-invite", coming.pk, note="").status_code == 302
    assert "0 van 6 adressen bezorgd" in text_of(table.secretary, "meeting", coming.pk)


def test_a_calendar_has_what_its_reader_may_read(table: Table, coming: Meeting) -> None:
    tables.item(table, coming, "Samen", for_guests=True)
    tables.item(table, coming, "Geheim", confidentiality=2)
    tables.invite(table, coming)
    for user, told in ((table.mayor_north, {"Samen", "Geheim", "Opening"}), (table.guest_person, {"Samen"})):
        page = text_of(user, "meeting-calendar", coming.pk)
        assert {word for word in ("Samen", "Geheim", "Opening") if word in page} == told
    whole = text_of(table.clerk_south, "body-calendar", table.body.pk)
    assert whole.count("BEGIN:VEVENT") == 1 and "Samen" not in whole
    assert as_(table.guest_person).get(reverse("body-calendar", args=[table.body.pk])).status_code == 404


def test_minutes_do_not_tell_a_guest_who_was_there(table: Table, coming: Meeting) -> None:
    tables.invite(table, coming)
    over = {"press_line": "Geen bericht deze week", "state": "concept", "closed_at": coming.ends_at}
    Meeting.objects.filter(pk=coming.pk).update(**over)
    coming.refresh_from_db()
    of_member, of_guest = (minutes_for(user, coming) for user in (table.clerk_south, table.guest_person))
    assert len(of_member.attendance) == 6 and of_member.press_line
    assert of_guest.attendance == () and of_guest.press_line == "" and of_guest.items == ()
