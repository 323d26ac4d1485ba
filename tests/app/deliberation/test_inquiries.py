"""Questions to the members: asked of every organisation with a seat, answered, counted and closed."""

from typing import Any

import pytest

from regietafel.deliberation.models import Inquiry
from regietafel.deliberation.services.bodies import end_seat
from regietafel.deliberation.services.inquiries import Answer, answer_inquiry, ask_members
from tests.app.deliberation.held import SECRET, browser, day, hold, text_of
from tests.app.deliberation.table import Table

pytestmark = pytest.mark.django_db


def _ask(table: Table, **values: Any) -> Inquiry:
    asked = {"question": "Hoeveel plekken?", "form": "getal", "unit": "plekken", "answer_by": day(5)}
    return ask_members(body=table.body, by=table.secretary, **(asked | values))


def _send(user: Any, inquiry: Inquiry, **sent: Any) -> int:
    return int(browser(user).post(f"/overleg/uitvragen/{inquiry.pk}/antwoord", sent).status_code)


def test_the_secretariat_asks_and_everybody_at_the_table_sees_it(table: Table) -> None:
    path = f"/overleg/{table.body.pk}/uitvragen"
    sent = {"question": "Kunt u helpen?", "form": "ja-nee", "unit": "", "answer_by": day(3).isoformat()}
    assert browser(table.mayor_north).post(f"{path}/nieuw", sent).status_code == 403
    late = browser(table.secretary).post(f"{path}/nieuw", sent | {"answer_by": day(-1).isoformat()})
    assert late.status_code == 422
    assert browser(table.secretary).post(f"{path}/nieuw", sent).status_code == 302
    made = Inquiry.objects.get()
    for user in (table.mayor_north, table.clerk_south, table.colleague):
        assert "Kunt u helpen?" in text_of(user, path)
    for user in (table.stranger, table.guest_person, table.guest_colleague):
        assert browser(user).get(f"/overleg/uitvragen/{made.pk}").status_code == 404
        assert _send(user, made, organisation=table.outside.pk, is_yes="ja", text="") == 404


def test_answers_are_counted_and_who_is_silent_stays_unknown(table: Table) -> None:
    inquiry = _ask(table)
    page = text_of(table.clerk_south, f"/overleg/uitvragen/{inquiry.pk}")
    assert "0 van 2" in page and "samen onbekend" in page and "samen 0" not in page
    assert _send(table.mayor_north, inquiry, organisation=table.north.pk, number="12,5", text="") == 302
    page = text_of(table.clerk_south, f"/overleg/uitvragen/{inquiry.pk}")
    assert "1 van 2" in page and "samen 12,50 plekken (1 van 2 gaven een getal)" in page
    assert "Nog geen antwoord van:</strong> Gemeente Zuid" in page
    assert _send(table.mayor_north, inquiry, organisation=table.north.pk, number="20", text="Meer") == 302
    assert "samen 20 plekken" in text_of(table.clerk_south, f"/overleg/{table.body.pk}/uitvragen")
    assert inquiry.answers.count() == 1


def test_nobody_answers_for_another_except_the_secretariat(table: Table) -> None:
    inquiry = _ask(table)
    assert _send(table.clerk_south, inquiry, organisation=table.north.pk, number="3", text="") == 422
    assert _send(table.colleague, inquiry, organisation=table.south.pk, number="3", text="") == 403
    assert not inquiry.answers.exists()
    assert _send(table.secretary, inquiry, organisation=table.south.pk, number="3", text="") == 302
    assert inquiry.answers.get().answered_by == table.secretary


@pytest.mark.parametrize(
    ("form", "sent", "status"),
    [
        ("getal", {"number": ""}, 422),
        ("getal", {"number": "veel"}, 422),
        ("getal", {"number": "0"}, 302),
        ("ja-nee", {}, 422),
        ("ja-nee", {"is_yes": "nee"}, 302),
        ("tekst", {"text": " "}, 422),
        ("tekst", {"text": "Ja, mits"}, 302),
    ],
)
def test_an_answer_has_the_form_that_was_asked(
    table: Table, form: str, sent: dict[str, str], status: int
) -> None:
    inquiry = _ask(table, form=form)
    assert _send(table.mayor_north, inquiry, organisation=table.north.pk, **sent) == status


def test_yes_no_and_unknown_are_three_counts(table: Table) -> None:
    inquiry = _ask(table, form="ja-nee", unit="")
    answer_inquiry(
        inquiry=inquiry, organisation=table.north, answer=Answer(is_yes=False), by=table.mayor_north
    )
    assert "0 ja, 1 nee, 1 onbekend" in text_of(table.clerk_south, f"/overleg/uitvragen/{inquiry.pk}")


def test_who_left_the_table_is_shown_but_not_counted(table: Table) -> None:
    inquiry = _ask(table)
    for organisation, number in ((table.north, 5), (table.south, 7)):
        answer_inquiry(inquiry=inquiry, organisation=organisation, answer=Answer(number=number),  # type: ignore[arg-type]
                       by=table.secretary)  # fmt: skip
    end_seat(seat=table.seat_south, by=table.secretary)
    page = text_of(table.mayor_north, f"/overleg/uitvragen/{inquiry.pk}")
    assert "1 van 1" in page and "samen 5 plekken" in page and "heeft geen zetel meer" in page


def test_a_question_comes_from_a_line_without_telling_what_is_confidential(table: Table) -> None:
    held = hold(table)
    path = f"/overleg/{table.body.pk}/uitvragen/nieuw?regel="
    assert held.bottleneck.text in text_of(table.secretary, f"{path}{held.bottleneck.pk}")
    assert SECRET not in text_of(table.secretary, f"{path}{held.secret.pk}")
    for odd in ("x", "9" * 12, "0"):
        assert "Vraag de leden" in text_of(table.secretary, f"{path}{odd}")
    sent = {"question": "Kan dit?", "form": "tekst", "unit": "", "answer_by": day(3).isoformat()}
    browser(table.secretary).post(f"{path}{held.secret.pk}", sent)
    made = Inquiry.objects.get(entry=held.secret)
    page = f"/overleg/uitvragen/{made.pk}"
    assert SECRET in text_of(table.mayor_north, page) and SECRET not in text_of(table.clerk_south, page)


def test_a_closed_question_takes_no_more_answers(table: Table) -> None:
    inquiry = _ask(table)
    path = f"/overleg/uitvragen/{inquiry.pk}/sluiten"
    assert browser(table.mayor_north).post(path).status_code == 403
    assert browser(table.secretary).post(path).status_code == 302
    assert _send(table.mayor_north, inquiry, organisation=table.north.pk, number="1", text="") == 422
    assert not inquiry.answers.exists()
    assert browser(table.secretary).get(path).status_code == 404
