"""What deliberation tells on Vandaag: what is due, what comes and what is new, each only to who may know."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from regietafel.deliberation import public
from regietafel.deliberation.services.confirming import confirm_minutes
from regietafel.deliberation.services.following import escalate, report_action
from regietafel.deliberation.services.inquiries import Answer, answer_inquiry, ask_members
from regietafel.deliberation.services.meetings import cancel_meeting
from tests.app.deliberation.held import Held, day, hold
from tests.app.deliberation.table import Table, entry, invite, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(table: Table) -> Held:
    return hold(table)


def _due(user: Any) -> dict[str, tuple[str, str] | None]:
    return {notice.title: notice.badge for notice in public.waiting_for(user, timezone.now())}


def _news(user: Any, since: Any) -> list[tuple[str, str]]:
    return [(notice.kind, notice.title) for notice in public.news_since(user, since)]


def test_actions_of_mine_and_of_my_organisation_are_due(table: Table, held: Held) -> None:
    entry(table, held.open_item, "A", "Ver weg.", owner_organisation=table.north, due_on=day(60))
    entry(table, held.open_item, "A", "Zonder dag.", owner_organisation=table.north)
    due = _due(table.mayor_north)
    assert due[held.late.text] == ("fout", "10 dagen te laat")
    assert due["Zonder dag."] == ("let-op", "nog te doen")
    assert "Ver weg." not in due and held.secret.text in due
    assert _due(table.clerk_south) == {} and _due(table.stranger) == {} and _due(table.guest_person) == {}
    report_action(entry=held.late, report="Klaar", is_done=True, by=table.mayor_north)
    assert held.late.text not in _due(table.mayor_north)


def test_a_person_sees_what_he_owes_himself(table: Table, held: Held) -> None:
    entry(table, held.open_item, "A", "Cas belt.", owner_person=table.colleague, due_on=day(2))
    assert set(_due(table.colleague)) == {"Cas belt."}


def test_a_question_is_due_until_the_organisation_answered(table: Table, held: Held) -> None:
    inquiry = ask_members(
        body=table.body, question="Kan het?", form="ja-nee", answer_by=day(2), by=table.secretary
    )
    assert _due(table.clerk_south) == {"Kan het?": ("let-op", "te beantwoorden")}
    assert _due(table.stranger) == {} and "Kan het?" not in _due(table.colleague)
    type(inquiry).objects.update(answer_by=day(-2))
    assert _due(table.clerk_south) == {"Kan het?": ("fout", "2 dagen te laat")}
    answer_inquiry(
        inquiry=inquiry, organisation=table.south, answer=Answer(is_yes=True), by=table.clerk_south
    )
    assert _due(table.clerk_south) == {} and "Kan het?" in _due(table.mayor_north)


def test_an_escalation_to_a_name_waits_for_nobody_here(table: Table, held: Held) -> None:
    escalate(entry=held.bottleneck, question="Wat nu?", to_name="Veiligheidsberaad", by=table.secretary)
    assert "Wat nu?" not in _due(table.secretary)


def test_meetings_of_the_coming_fortnight_come(table: Table) -> None:
    near, far, off = meeting(table, 7), meeting(table, 30), meeting(table, 8)
    cancel_meeting(meeting=off, reason="Geen agenda", by=table.secretary)
    invite(table, near)
    for user in (table.mayor_north, table.clerk_south, table.guest_person, table.guest_colleague):
        urls = [notice.url for notice in public.coming_meetings(user, timezone.now())]
        assert urls == [f"/overleg/vergaderingen/{near.pk}"]
    assert public.coming_meetings(table.stranger, timezone.now()) == []
    assert far.pk != near.pk


def test_decisions_and_minutes_are_new_once(table: Table) -> None:
    before = timezone.now() - timedelta(minutes=1)
    held = hold(table)
    entry(table, held.secret_item, "B", "Geheim besluit.")
    assert _news(table.mayor_north, before) == [("Besluiten", f"4 besluiten in {held.meeting}")]
    assert _news(table.clerk_south, before) == [("Besluiten", f"3 besluiten in {held.meeting}")]
    assert _news(table.guest_person, before) == [("Besluiten", f"1 besluit in {held.meeting}")]
    assert _news(table.stranger, before) == [] and _news(table.secretary, before) == []
    after = timezone.now()
    assert _news(table.mayor_north, after) == []
    confirm_minutes(meeting=held.meeting, by=table.secretary)
    assert _news(table.mayor_north, after) == [("Verslag vastgesteld", str(held.meeting))]
    assert _news(table.stranger, after) == []


def test_no_lines_of_minutes_in_the_making(table: Table) -> None:
    before = timezone.now() - timedelta(minutes=1)
    made = meeting(table, 0)
    entry(table, made.items.first(), "A", "Nog te vroeg.", owner_organisation=table.north, due_on=day(-1))  # type: ignore[arg-type]
    entry(table, made.items.first(), "B", "Ook te vroeg.")  # type: ignore[arg-type]
    assert _due(table.mayor_north) == {} and _news(table.mayor_north, before) == []
    assert public.search_entries(table.mayor_north, "vroeg") == []
