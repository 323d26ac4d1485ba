"""The task to house permit holders: computed beside official, and arrears that never guess."""

import datetime as dt
from typing import Any

import pytest

from regietafel.kit.refusal import Refused
from regietafel.reception.forms.housing import half_year_to_note
from regietafel.reception.models import HousingTask
from regietafel.reception.selectors.housing import books_of, visible_tasks
from regietafel.reception.services.housing import record_half_year
from regietafel.register.models import Area, Inhabitants
from tests.app.reception.desk import browser, text_of
from tests.app.reception.twist import Twist, build

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = dt.date(2022, 1, 1), dt.date(2022, 7, 1), dt.date(2023, 1, 1)


@pytest.fixture
def twist(settings: Any) -> Twist:
    settings.SECOND_FACTOR_REQUIRED = False
    return build()


def note(twist: Twist, on: dt.date, **values: Any) -> HousingTask:
    told: dict[str, Any] = {
        "permit_holders": None, "inhabitants": None, "national_inhabitants": None, "official": None,
        "housed": None, "opening_balance": None, "source": "lijst",
    }  # fmt: skip
    return record_half_year(
        organisation=twist.towns["Esrade"], municipality=twist.areas["Esrade"], starts_on=on, by=twist.clerk,
        **(told | values),
    )  # fmt: skip


def rows(twist: Twist) -> Any:
    return books_of(visible_tasks(twist.clerk))[0].rows


def test_the_formula_uses_the_inhabitants_of_the_year_before_and_stores_them(twist: Twist) -> None:
    made = note(twist, FIRST, permit_holders=10_000, opening_balance=0, housed=80)
    assert (made.inhabitants, made.national_inhabitants, made.key_on) == (
        158_217, 17_590_672, dt.date(2021, 1, 1),
    )  # fmt: skip
    assert rows(twist)[0].computed == 90, "89,94 is rounded upwards"
    assert rows(twist)[0].balance.after == 10


def test_the_official_task_goes_first_and_the_difference_is_told(twist: Twist) -> None:
    note(twist, FIRST, permit_holders=10_000, official=95, housed=80, opening_balance=5)
    row = rows(twist)[0]
    assert (row.balance.task, row.balance.deviation, row.balance.after) == (95, 5, 20)
    page = text_of(twist.clerk, f"/opvang/taakstelling/gemeenten/{twist.areas['Esrade'].code}")
    assert "10.000 × 158.217 / 17.590.672" in page and "achterstand" in page


def test_what_is_unknown_makes_every_later_balance_unknown(twist: Twist) -> None:
    note(twist, FIRST, official=95, housed=90, opening_balance=0)
    note(twist, THIRD, official=80, housed=90)
    found = rows(twist)
    assert [row.begins_on for row in found] == [FIRST, SECOND, THIRD]
    assert found[1].task is None and [row.balance.after for row in found] == [5, None, None]
    page = text_of(twist.clerk, f"/opvang/taakstelling/gemeenten/{twist.areas['Esrade'].code}")
    assert "Van dit halfjaar is niets vastgelegd." in page and "onbekend" in page


def test_a_balance_that_contradicts_the_books_is_shown_beside_it(twist: Twist) -> None:
    note(twist, FIRST, official=95, housed=90, opening_balance=0)
    note(twist, SECOND, official=80, housed=90, opening_balance=12)
    second = rows(twist)[1]
    assert (second.balance.before, second.contradiction, second.balance.after) == (12, 5, 2)
    path = f"/opvang/taakstelling/gemeenten/{twist.areas['Esrade'].code}"
    assert "(volgens het halfjaar ervoor 5)" in text_of(twist.clerk, path)


def test_without_a_national_number_the_task_is_unknown(twist: Twist) -> None:
    Inhabitants.objects.filter(area__kind="land").delete()
    note(twist, FIRST, permit_holders=10_000)
    assert rows(twist)[0].computed is None
    Area.objects.filter(kind="land").delete()
    note(twist, SECOND, permit_holders=10_000)
    assert rows(twist)[1].computed is None


def test_numbers_may_be_given_but_only_both(twist: Twist) -> None:
    with pytest.raises(Refused, match="beide"):
        note(twist, FIRST, inhabitants=5)
    with pytest.raises(Refused, match="niet meer inwoners"):
        note(twist, FIRST, inhabitants=50, national_inhabitants=5)
    note(twist, FIRST, permit_holders=100, inhabitants=10, national_inhabitants=1000)
    assert rows(twist)[0].computed == 1


def test_only_the_municipality_and_the_point_keep_these_books(twist: Twist) -> None:
    code = twist.areas["Esrade"].code
    path = f"/opvang/taakstelling/gemeenten/{code}/nieuw"
    sent = {
        "organisation": twist.towns["Esrade"].pk, "starts_on": "2026-01-01", "permit_holders": "",
        "inhabitants": "", "national_inhabitants": "", "official": "100", "housed": "",
        "opening_balance": "-3", "source": "Staatscourant",
    }  # fmt: skip
    assert browser(twist.reader).get(path).status_code == 403
    assert browser(twist.outsider).get(path).status_code == 404
    assert browser(twist.clerk).post(path, sent | {"inhabitants": "5"}).status_code == 422
    assert browser(twist.clerk).post(path, sent).status_code == 302
    made = HousingTask.objects.get()
    assert (made.official, made.opening_balance, made.housed) == (100, -3, None)
    change = f"/opvang/taakstelling/{made.pk}"
    assert browser(twist.clerk).post(change, sent | {"housed": "40"}).status_code == 302
    made.refresh_from_db()
    assert made.housed == 40
    other = f"/opvang/taakstelling/gemeenten/{twist.areas['Bornholt'].code}/nieuw"
    assert browser(twist.clerk).get(other).status_code == 403
    assert browser(twist.coordinator).get(other).status_code == 200
    assert browser(twist.coordinator).get(change).status_code in (403, 404)
    with pytest.raises(Refused, match="1 januari of 1 juli"):
        note(twist, dt.date(2022, 3, 1))


def test_the_overview_names_who_wrote_nothing_down(twist: Twist) -> None:
    note(twist, FIRST, official=95, housed=90, opening_balance=0)
    page = text_of(twist.clerk, "/opvang/taakstelling")
    assert "Gemeente Esrade" in page and "Nog niets vastgelegd" in page and "Bornholt" in page
    assert "95" not in text_of(twist.outsider, "/opvang/taakstelling").split("<main")[1]


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [
        (None, dt.date(2026, 11, 30), "2026-07-01"),
        (None, dt.date(2026, 6, 30), "2026-01-01"),
        (dt.date(2025, 7, 1), dt.date(2026, 11, 30), "2026-01-01"),
        (dt.date(2026, 7, 1), dt.date(2026, 11, 30), "2027-01-01"),
        (dt.date(2028, 7, 1), dt.date(2026, 11, 30), "2026-07-01"),
    ],
)
def test_the_half_year_to_note_follows_the_last_one_or_is_the_current(
    last: dt.date | None, today: dt.date, expected: str
) -> None:
    assert half_year_to_note(last, today) == expected


def test_the_form_begins_with_the_half_year_after_the_last_one_noted(twist: Twist) -> None:
    path = f"/opvang/taakstelling/gemeenten/{twist.areas['Esrade'].code}"
    note(twist, FIRST, official=95)
    form = browser(twist.clerk).get(f"{path}/nieuw").context["form"]
    assert form.initial["starts_on"] == SECOND.isoformat()
    page = text_of(twist.clerk, path)
    assert 'data-label="Verschil" class="rt-cell--number">onbekend<' in page
