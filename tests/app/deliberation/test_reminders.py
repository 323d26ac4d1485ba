"""Reminders by mail: once per step, to the address of who owes it, and nothing confidential in them."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.utils import timezone

from regietafel.deliberation.models import Entry, Inquiry
from regietafel.deliberation.services.inquiries import Answer, answer_inquiry, ask_members
from regietafel.deliberation.services.reminding import remind_all
from regietafel.kit.clock import as_if
from regietafel.kit.jobs import run_pending
from regietafel.kit.models import JobRun
from tests.app.deliberation.held import SECRET, Held, browser, day, hold
from tests.app.deliberation.table import Table, entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(table: Table) -> Held:
    return hold(table)


def _remind() -> list[Any]:
    """Do the daily job and send what it asked for."""
    mail.outbox.clear()
    remind_all()
    run_pending()
    return sorted(mail.outbox, key=lambda letter: (letter.to, letter.subject))


def test_a_late_action_is_reminded_once_at_the_address_of_the_function(table: Table, held: Held) -> None:
    letters = [one for one in _remind() if held.late.text in one.body]
    assert [one.to for one in letters] == [["burgemeester@noord.example"]]
    assert "10 dagen te laat" in letters[0].body
    assert f"/overleg/regels/{held.late.pk}/terugmelden" in letters[0].body
    assert _remind() == []


def test_a_letter_about_what_is_confidential_holds_only_a_link(table: Table, held: Held) -> None:
    letters = [one for one in _remind() if f"/regels/{held.secret.pk}/" in one.body]
    assert len(letters) == 1
    told = letters[0].subject + letters[0].body
    assert SECRET not in told and "Noord" not in told and str(held.meeting) not in told


def test_it_is_reminded_when_near_and_again_when_late(table: Table, held: Held) -> None:
    Entry.objects.exclude(pk=held.late.pk).delete()
    Entry.objects.filter(pk=held.late.pk).update(due_on=day(3), due_written="", text="Bel het COA.")
    assert [one.subject for one in _remind()] == [f"Actie loopt af: {held.meeting}"]
    with as_if(timezone.now() + timedelta(days=2)):
        assert _remind() == []
    with as_if(timezone.now() + timedelta(days=4)):
        assert [one.subject for one in _remind()] == [f"Actie te laat: {held.meeting}"]
    with as_if(timezone.now() + timedelta(days=5)):
        assert _remind() == []


@pytest.mark.parametrize(
    "values", [{"state": "gesloten"}, {"due_on": day(-40)}, {"due_on": day(9)}, {"due_on": None}]
)
def test_nobody_is_reminded_of_what_is_done_old_far_or_without_a_day(
    table: Table, held: Held, values: dict[str, Any]
) -> None:
    Entry.objects.exclude(kind="K").update(**values)
    assert _remind() == []


def test_a_person_is_reminded_only_of_what_he_may_read(table: Table, held: Held) -> None:
    entry(table, held.open_item, "A", "Koen belt.", owner_person=table.clerk_south, due_on=day(1))
    entry(table, held.secret_item, "A", "Koen zwijgt.", owner_person=table.clerk_south, due_on=day(1))
    bodies = [one.body for one in _remind() if one.to == [table.clerk_south.email]]
    assert len(bodies) == 1 and "Koen belt." in bodies[0]


def test_a_mail_server_that_is_away_is_tried_again_for_that_address_only(table: Table, held: Held) -> None:
    entry(table, held.open_item, "A", "Zuid ook.", owner_organisation=table.south, due_on=day(-1))
    send = "django.core.mail.EmailMessage.send"
    remind_all()
    with patch(send, side_effect=OSError("weg")):
        run_pending()
    waiting = JobRun.objects.filter(name="overleg.actie-herinneren")
    assert {run.state for run in waiting} == {"opnieuw"}
    assert "mailserver" in waiting[0].last_error
    assert Entry.objects.get(pk=held.late.pk).reminded_on == day(0)


def _ask(table: Table, **values: Any) -> Inquiry:
    asked = {"question": "Hoeveel plekken?", "form": "getal", "answer_by": day(2)}
    return ask_members(body=table.body, by=table.secretary, **(asked | values))


def test_who_did_not_answer_is_reminded_two_days_before(table: Table) -> None:
    inquiry = _ask(table)
    answer_inquiry(inquiry=inquiry, organisation=table.north, answer=Answer(number=1), by=table.secretary)  # type: ignore[arg-type]
    letters = _remind()
    assert [one.to for one in letters] == [["bestuur@zuid.example"]]
    assert "Hoeveel plekken?" in letters[0].body and f"/overleg/uitvragen/{inquiry.pk}" in letters[0].body
    assert _remind() == []


def test_a_question_of_a_confidential_body_is_not_in_the_letter(table: Table) -> None:
    table.body.confidentiality = 2
    table.body.save()
    _ask(table)
    letters = _remind()
    assert letters and all("plekken" not in one.body + one.subject for one in letters)
    assert all(table.body.name not in one.body + one.subject for one in letters)


def test_the_secretariat_reminds_once_a_day(table: Table) -> None:
    inquiry = _ask(table, answer_by=day(20))
    path = f"/overleg/uitvragen/{inquiry.pk}/herinneren"
    assert browser(table.mayor_north).post(path).status_code == 403
    assert "naar 2 adressen" in browser(table.secretary).post(path, follow=True).content.decode()
    assert "al een herinnering" in browser(table.secretary).post(path, follow=True).content.decode()
    assert JobRun.objects.filter(name="overleg.uitvraag-herinneren").count() == 2
