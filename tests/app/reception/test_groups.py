"""Groups: known by a code, never by a name, and gone when they have been away long enough."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from regietafel.kit.refusal import Refused
from regietafel.reception.models import Booking, CapacityBlock, Group
from regietafel.reception.services.booking import book, depart
from regietafel.reception.services.groups import change_group, create_group, erase_old_groups
from tests.app.reception.places import Places, group_of, in_days, wanted

YEAR = f"{timezone.localdate():%y}"


def _make(places: Places, **values: Any) -> Group:
    told: dict[str, Any] = {"people": 4, "arrives_on": in_days(0)} | values
    return create_group(organisation=places.point, by=places.placer, **told)


def test_a_group_without_a_code_gets_the_next(places: Places) -> None:
    assert [_make(places).code for _ in range(3)] == [f"G{YEAR}-001", f"G{YEAR}-002", f"G{YEAR}-003"]
    _make(places, code=f"G{YEAR}-050")
    assert _make(places).code == f"G{YEAR}-051"
    with pytest.raises(Refused, match="andere code"):
        _make(places, code=f"G{YEAR}-050")


@pytest.mark.parametrize(
    "code",
    [
        "Jansen",
        "Fam. Jansen 4",
        "Jansen 4",
        "G 3-4-1987",
        "a@b.nl 1",
        "123456789",
        "V-1234567890",
        "V1234567891",
        "G 1234567890",
    ],
)
def test_a_code_never_says_who(places: Places, code: str) -> None:
    with pytest.raises(Refused, match="verraadt"):
        _make(places, code=code)


@pytest.mark.parametrize(
    "text", ["mevrouw Jansen", "geb. 3-4-1987", "bel 06-12345678", "x@y.nl", "de heer Ali"]
)
def test_other_words_do_not_say_who_either(places: Places, text: str) -> None:
    with pytest.raises(Refused, match="herkennen"):
        _make(places, origin=text)
    with pytest.raises(Refused, match="herkennen"):
        book(wanted=wanted(places.hall, 1, reason=text), by=places.placer)


@pytest.mark.parametrize(
    "link", ["Jan Jansen", "bus 3/Kovalenko", "Jan Jansen/1", "V-1234567890", "3-4-1987", "fam. Ali"]
)
def test_what_belongs_together_does_not_say_who(places: Places, link: str) -> None:
    with pytest.raises(Refused, match="verraadt"):
        _make(places, link=link)
    assert _make(places, link="bus 3/rood").pk and _make(places, link="gezin 3").pk


def test_a_group_is_not_too_late_before_it_comes(places: Places) -> None:
    with pytest.raises(Refused, match="uiterste dag"):
        _make(places, arrives_on=in_days(3), latest_on=in_days(2))
    assert _make(places, arrives_on=in_days(3), latest_on=in_days(3)).pk


def test_plain_words_are_let_through(places: Places) -> None:
    assert _make(places, code="bus 3", origin="Ter Apel, aankomst 14-3-2026 om 10 uur").pk


def test_only_who_coordinates_makes_groups(places: Places) -> None:
    for nobody in (places.reader, places.clerk, places.stranger, None):
        with pytest.raises(Refused):
            create_group(organisation=places.point, by=nobody, people=2, arrives_on=in_days(0))


def test_a_group_is_never_smaller_than_its_booking(places: Places) -> None:
    group = _make(places)
    book(wanted=wanted(places.hall, 4, group=group), by=places.placer)
    with pytest.raises(Refused, match="geboekt"):
        change_group(group=group, by=places.placer, people=3)
    assert change_group(group=group, by=places.placer, people=5).people == 5


def test_groups_are_erased_when_they_have_been_gone_long_enough(places: Places, settings: Any) -> None:
    settings.RECEPTION_GROUP_DAYS = 90
    CapacityBlock.objects.filter(pool=places.hall).update(from_on=in_days(-300))
    old, left, stays, fresh, never = (group_of(places.point, f"G-{number}", 4) for number in range(5))
    Group.objects.update(arrives_on=in_days(-200))
    span = {"from_on": in_days(-200), "until_on": in_days(-95), "reason": "bus", "origin": "bus 1"}
    booked = book(wanted=wanted(places.hall, 4, group=old, **span), by=places.placer)
    away = book(wanted=wanted(places.hall, 4, group=left, **{**span, "until_on": None}), by=places.placer)
    depart(booking=away, people=4, on=in_days(-91), by=places.placer)
    book(wanted=wanted(places.hall, 4, group=stays, **{**span, "until_on": None}), by=places.placer)
    book(wanted=wanted(places.hall, 4, group=fresh, **{**span, "until_on": in_days(-60)}), by=places.placer)
    assert erase_old_groups() == 3
    assert set(Group.objects.all()) == {stays, fresh}
    assert not Group.objects.filter(pk__in=(old.pk, left.pk, never.pk)).exists()
    kept = Booking.objects.get(pk=booked.pk)
    assert (kept.group, kept.people, kept.reason, kept.origin) == (None, 4, "", "")
    assert erase_old_groups() == 0


@pytest.mark.parametrize("day", ["arrives_on", "leaves_on", "latest_on"])
def test_a_day_further_than_ten_years_is_a_mistake_in_typing(places: Places, day: str) -> None:
    told = {"arrives_on": in_days(0), day: in_days(3_661)}
    with pytest.raises(Refused, match="te ver weg"):
        create_group(organisation=places.point, by=places.placer, people=2, **told)


def test_who_left_is_not_somebody_without_a_place(places: Places, client: Client) -> None:
    gone, here, part, _waits = (_make(places, arrives_on=in_days(-9)) for _number in range(4))
    change_group(group=gone, by=places.placer, leaves_on=in_days(0))
    for group, leaving in ((here, 0), (part, 3), (_make(places, arrives_on=in_days(-9)), 4)):
        booked = book(wanted=wanted(places.hall, 4, group=group, from_on=in_days(-9)), by=places.placer)
        if leaving:
            depart(booking=booked, people=leaving, on=in_days(0), by=places.placer)
    client.force_login(places.placer)
    found = {
        value: [
            row.subject.code[-1]
            for row in client.get("/opvang/groepen", {"plek": value}).context["listing"].rows
        ]
        for value in ("vertrokken", "met", "zonder", "gereserveerd")
    }
    assert found == {"vertrokken": ["1", "5"], "met": ["2", "3"], "zonder": ["4"], "gereserveerd": []}
    assert "vertrokken" in client.get(f"/opvang/groepen/{gone.pk}").content.decode()
