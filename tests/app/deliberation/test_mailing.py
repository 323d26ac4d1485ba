"""The invitation: who gets it, what is in it, once, and what follows after a change or cancelling."""

import re
import smtplib
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from icalendar import Calendar

from regietafel.deliberation.models import Body, Invitation, Meeting
from regietafel.deliberation.services.bodies import change_body, end_seat
from regietafel.deliberation.services.mailing import deliver_invitation, send_invitation
from regietafel.deliberation.services.meetings import cancel_meeting, change_meeting, withdraw_guest
from regietafel.kit.jobs import JobFailed
from regietafel.kit.refusal import Refused
from tests.app.deliberation import table as tables
from tests.app.deliberation.table import Table

SITE = "https://regie.example/"
NORTH, SOUTH, POLICE = "burgemeester@noord.example", "bestuur@zuid.example", "politie@eenheid.example"
AGENCY, NAMED, CHAIR = "directie@opvangdienst.example", "gijs@buiten.example", "saar@vr.example"


@pytest.fixture
def full(table: Table, coming: Meeting) -> Meeting:
    """A meeting with an item for guests, one for the table and one that is confidential."""
    tables.item(table, coming, "Kade voor gasten", for_guests=True)
    tables.item(table, coming, "Alleen leden")
    tables.item(table, coming, "Geheimpunt", confidentiality=2)
    tables.item(table, coming, "Geheim voor gasten", confidentiality=2, for_guests=True)
    tables.invite(table, coming)
    return coming


def sent(table: Table, meeting: Meeting, note: str = "Tot dan.") -> dict[str, EmailMessage]:
    mail.outbox.clear()
    invitation = send_invitation(meeting=meeting, note=note, by=table.secretary, site=SITE)
    deliver_invitation(invitation.pk, site=SITE)
    return {one.to[0]: one for one in mail.outbox}


def calendar_of(letter: EmailMessage) -> Any:
    (attached,) = letter.attachments
    return Calendar.from_ical(attached[1]).walk("VEVENT")[0]


def agenda_in(letter: EmailMessage) -> list[str]:
    return re.findall(r"^\d\w* (.+)$", str(letter.body), flags=re.MULTILINE)


def test_each_gets_only_what_is_for_that_address(table: Table, full: Meeting) -> None:
    letters = sent(table, full)
    assert set(letters) == {NORTH, SOUTH, POLICE, AGENCY, NAMED, CHAIR}
    member = ["Opening", "Actueel beeld", "Kade voor gasten", "Alleen leden"]
    for address in (NORTH, SOUTH, POLICE, CHAIR):
        assert agenda_in(letters[address]) == member, address
    assert agenda_in(letters[AGENCY]) == ["Kade voor gasten"]
    # The guest by name reads items up to internal that are for guests.
    assert agenda_in(letters[NAMED]) == ["Kade voor gasten"]
    for letter in letters.values():
        whole = f"{letter.subject} {letter.body} {calendar_of(letter).to_ical().decode()}"
        assert "eheim" not in whole and "ertrouwelijk" not in whole
        assert "Tot dan." in str(letter.body) and f"{SITE}overleg/vergaderingen/{full.pk}" in whole
    assert "Alleen leden" not in calendar_of(letters[AGENCY]).to_ical().decode()
    full.refresh_from_db()
    assert full.state == "uitgenodigd" and full.invited_at is not None


def test_a_confidential_body_tells_a_function_only_when_it_meets(table: Table, full: Meeting) -> None:
    change_body(body=table.body, by=table.secretary, confidentiality=2)
    letters = sent(table, full)
    assert agenda_in(letters[NORTH]) == []
    assert "leest u na inloggen" in str(letters[NORTH].body)
    assert "Alleen leden" in agenda_in(letters[CHAIR])  # the own address of who may read all


def test_no_colleague_or_other_address_shows(table: Table, full: Meeting) -> None:
    for address, letter in sent(table, full).items():
        others = {NORTH, SOUTH, POLICE, AGENCY, NAMED, CHAIR} - {address}
        whole = f"{letter.subject} {letter.body} {letter.cc} {letter.bcc}"
        assert letter.to == [address] and not [one for one in others if one in whole]


def test_a_second_try_repeats_nothing(table: Table, full: Meeting) -> None:
    mail.outbox.clear()
    invitation = send_invitation(meeting=full, note="", by=table.secretary, site=SITE)
    send, tried = EmailMessage.send, []

    def breaks_at_third(self: EmailMessage, fail_silently: bool = False) -> int:
        tried.append(self.to)
        if len(tried) == 3:
            raise smtplib.SMTPServerDisconnected
        return send(self)

    with patch.object(EmailMessage, "send", breaks_at_third), pytest.raises(JobFailed):
        deliver_invitation(invitation.pk, site=SITE)
    invitation.refresh_from_db()
    assert len(invitation.delivered) == 2
    deliver_invitation(invitation.pk, site=SITE)
    deliver_invitation(invitation.pk, site=SITE)
    to = [one.to[0] for one in mail.outbox]
    assert len(to) == len(set(to)) == 6


def test_after_a_change_it_goes_again_with_a_raised_sequence(table: Table, full: Meeting) -> None:
    first = calendar_of(sent(table, full)[NORTH])
    full.refresh_from_db()
    change_meeting(meeting=full, revision=full.revision, place="Raadhuis", by=table.secretary)
    letter = sent(table, full)[NORTH]
    again = calendar_of(letter)
    assert letter.subject.startswith("Gewijzigd: ")
    assert again["uid"] == first["uid"] and again["sequence"] > first["sequence"]
    assert again["location"] == "Raadhuis" and again["status"] == "CONFIRMED"


def test_an_older_mail_that_still_waits_is_not_sent_after_a_newer_one(table: Table, full: Meeting) -> None:
    older = send_invitation(meeting=full, note="oud", by=table.secretary, site=SITE)
    newer = send_invitation(meeting=full, note="nieuw", by=table.secretary, site=SITE)
    mail.outbox.clear()
    deliver_invitation(newer.pk, site=SITE)
    deliver_invitation(older.pk, site=SITE)
    assert len(mail.outbox) == 6 and all("nieuw" in str(one.body) for one in mail.outbox)


def test_cancelling_tells_who_was_invited(table: Table, full: Meeting) -> None:
    before = calendar_of(sent(table, full)[AGENCY])
    mail.outbox.clear()
    cancel_meeting(meeting=full, reason="Te weinig stukken", by=table.secretary, site=SITE)
    deliver_invitation(Invitation.objects.latest("pk").pk, site=SITE)
    letters = {one.to[0]: one for one in mail.outbox}
    assert set(letters) == {NORTH, SOUTH, POLICE, AGENCY, NAMED, CHAIR}
    after = calendar_of(letters[AGENCY])
    assert letters[AGENCY].subject.startswith("Vervallen: ")
    assert "gaat niet door" in str(letters[AGENCY].body) and "Te weinig stukken" in str(letters[AGENCY].body)
    assert after["status"] == "CANCELLED" and after["sequence"] > before["sequence"]
    assert "Kade voor gasten" not in str(letters[AGENCY].body)


def test_cancelling_what_nobody_was_invited_to_mails_nobody(table: Table, full: Meeting) -> None:
    cancel_meeting(meeting=full, reason="Te druk", by=table.secretary, site=SITE)
    assert not Invitation.objects.exists()


def test_who_lost_seat_or_invitation_before_the_mail_went_gets_nothing(table: Table, full: Meeting) -> None:
    invitation = send_invitation(meeting=full, note="", by=table.secretary, site=SITE)
    end_seat(seat=table.seat_south, by=table.secretary)
    withdraw_guest(guest=full.guests.get(email=AGENCY), by=table.secretary)
    mail.outbox.clear()
    deliver_invitation(invitation.pk, site=SITE)
    assert {one.to[0] for one in mail.outbox} == {NORTH, POLICE, NAMED, CHAIR}


def test_who_may_not_and_what_is_over_is_refused(table: Table, full: Meeting) -> None:
    for by in (table.mayor_north, table.colleague, table.stranger):
        with pytest.raises(Refused):
            send_invitation(meeting=full, note="", by=by)
    with pytest.raises(Refused, match="al voorbij"):
        send_invitation(meeting=tables.meeting(table, days=-3), note="", by=table.secretary)
    tables.close(table, full)
    with pytest.raises(Refused, match="al begonnen"):
        send_invitation(meeting=full, note="", by=table.secretary)


def test_without_any_address_it_says_what_to_do(table: Table) -> None:
    Body.objects.get(pk=table.body.pk).seats.all().delete()
    with pytest.raises(Refused, match="Vul bij Leden een adres in"):
        send_invitation(meeting=tables.meeting(table), note="", by=table.secretary)
