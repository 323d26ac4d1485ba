"""Booking: rooms whole, reservations first, nothing too many, everybody's right, and what we knew stays."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from regietafel.kit import audit
from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.reception.models import Booking, PlaceDay, Pool
from regietafel.reception.services.booking import (
    Full,
    book,
    book_together,
    change_booking,
    depart,
    withdraw_booking,
)
from regietafel.reception.services.places import end_block
from regietafel.reception.services.upkeep import wrong_days
from tests.app.reception.places import Places, block, group_of, in_days, wanted

RESERVED = Booking.Kind.RESERVATION


def claimed(pool: Pool, *days: int) -> list[int]:
    """Say how many places the database holds as claimed, so many days from now."""
    kept = dict(PlaceDay.objects.filter(pool=pool).values_list("day", "claimed"))
    return [kept[in_days(day)] for day in days]


def test_the_last_place_can_be_had_and_no_more(places: Places) -> None:
    book(wanted=wanted(places.hall, 48), by=places.placer)
    book(wanted=wanted(places.hall, 2, from_on=in_days(9), until_on=None), by=places.placer)
    with pytest.raises(Full) as full:
        book(wanted=wanted(places.hall, 1, from_on=in_days(5), until_on=in_days(12)), by=places.placer)
    assert (full.value.location, full.value.day, full.value.free) == (places.location, in_days(9), 0)
    assert "geen plaats vrij" in str(full.value)
    assert claimed(places.hall, 0, 9, 10, 364, 365) == [48, 50, 2, 2, 0]


def test_what_is_left_is_said(places: Places) -> None:
    book(wanted=wanted(places.hall, 46), by=places.placer)
    with pytest.raises(Full, match=r"zijn nog 4 plaatsen vrij.*er zijn er 5 nodig"):
        book(wanted=wanted(places.hall, 5), by=places.placer)


def test_days_without_places_are_full(places: Places) -> None:
    with pytest.raises(Full) as full:
        book(wanted=wanted(places.hall, 1, from_on=in_days(360), until_on=in_days(370)), by=places.placer)
    assert full.value.day == in_days(365)


@pytest.mark.parametrize("values", [{"probability": "0.7", "places": 5}, {"places": None}])
def test_places_that_are_not_certain_cannot_be_had(places: Places, values: dict[str, Any]) -> None:
    pool = Pool.objects.create(location=places.location, kind="azc")
    block(pool, **values)
    with pytest.raises(Full):
        book(wanted=wanted(pool, 1), by=places.placer)


def test_all_or_nothing(places: Places) -> None:
    both = [wanted(places.rooms, 4), wanted(places.hall, 51)]
    with pytest.raises(Full):
        book_together(wanted=both, by=places.placer)
    assert not Booking.objects.exists()
    assert not PlaceDay.objects.filter(claimed__gt=0).exists()
    assert AuditEvent.objects.filter(action="boeking.gemaakt").count() == 0


def test_rooms_are_taken_whole_by_who_shares_none(places: Places) -> None:
    alone = group_of(places.point, "G-1", 5)
    sharing = group_of(places.point, "G-2", 5, shares_room=True)
    assert book(wanted=wanted(places.rooms, 5, group=alone), by=places.placer).places == 8
    assert book(wanted=wanted(places.rooms, 5, group=sharing), by=places.placer).places == 5
    assert book(wanted=wanted(places.rooms, 11), by=places.placer).places == 11
    assert claimed(places.rooms, 0) == [24]


def test_who_leaves_gives_whole_rooms_back(places: Places) -> None:
    group = group_of(places.point, "G-1", 6)
    there = book(wanted=wanted(places.rooms, 6, group=group), by=places.placer)
    depart(booking=there, people=1, on=in_days(2), by=places.placer)
    depart(booking=there, people=1, on=in_days(4), by=places.placer)
    depart(booking=there, people=4, on=in_days(6), by=places.placer)
    assert claimed(places.rooms, 1, 3, 5, 6) == [8, 8, 4, 0] or claimed(places.rooms, 1, 3, 5, 6) == [
        8,
        7,
        4,
        0,
    ]
    with pytest.raises(Refused, match="iedereen al"):
        depart(booking=there, people=1, on=in_days(7), by=places.placer)


def test_a_placement_takes_the_places_of_its_reservation_first(places: Places) -> None:
    bus = book(wanted=wanted(places.hall, 48, kind=RESERVED, origin="bus 1"), by=places.placer)
    came = book(wanted=wanted(places.hall, 45, of=bus), by=places.placer)
    assert (came.origin, claimed(places.hall, 0)) == ("bus 1", [48])
    with pytest.raises(Full):
        book(wanted=wanted(places.hall, 6, of=bus), by=places.placer)
    book(wanted=wanted(places.hall, 5, of=bus), by=places.placer)
    assert claimed(places.hall, 0) == [50], "two more came than were expected"


def test_a_reservation_here_is_made_true_elsewhere(places: Places) -> None:
    bus = book(wanted=wanted(places.hall, 48, kind=RESERVED), by=places.placer)
    book(wanted=wanted(places.rooms, 20, of=bus), by=places.placer)
    assert claimed(places.hall, 0) + claimed(places.rooms, 0) == [28, 20]


def test_a_lapsed_reservation_holds_nothing(places: Places) -> None:
    soon = timezone.now() + dt.timedelta(hours=1)
    held = book(wanted=wanted(places.hall, 50, kind=RESERVED, lapses_at=soon), by=places.placer)
    with pytest.raises(Full):
        book(wanted=wanted(places.hall, 1), by=places.placer)
    Booking.objects.filter(pk=held.pk).update(lapses_at=timezone.now())
    Pool.objects.filter(pk=places.hall.pk).update(counted_at=held.recorded_at)
    book(wanted=wanted(places.hall, 50), by=places.placer)
    assert claimed(places.hall, 0) == [50]


def test_a_group_has_one_place(places: Places) -> None:
    group = group_of(places.point, "G-1", 4)
    held = book(wanted=wanted(places.hall, 4, group=group, kind=RESERVED), by=places.placer)
    with pytest.raises(Refused, match="vanuit die reservering"):
        book(wanted=wanted(places.rooms, 4, group=group), by=places.placer)
    there = book(wanted=wanted(places.rooms, 4, of=held), by=places.placer)
    assert there.group == group
    depart(booking=there, people=4, on=in_days(3), by=places.placer)
    book(wanted=wanted(places.hall, 4, group=group, from_on=in_days(3)), by=places.placer)
    with pytest.raises(Refused, match="telt 4 personen"):
        book(wanted=wanted(places.hall, 5, group=group, from_on=in_days(20), until_on=None), by=places.placer)


def test_a_change_replaces_the_line(places: Places) -> None:
    first = book(wanted=wanted(places.hall, 40), by=places.placer)
    second = change_booking(booking=first, by=places.placer, people=30, until_on=in_days(20))
    first.refresh_from_db()
    assert (second.series, second.places, first.superseded_at) == (first.series, 30, second.recorded_at)
    assert claimed(places.hall, 0, 15, 20) == [30, 30, 0]
    with pytest.raises(Refused, match="intussen gewijzigd"):
        change_booking(booking=first, by=places.placer, people=20)
    moved = change_booking(booking=second, by=places.placer, pool=places.rooms, people=20)
    assert claimed(places.hall, 0) + claimed(places.rooms, 0) == [0, 20]
    with pytest.raises(Full):
        change_booking(booking=moved, by=places.placer, people=25)


def test_what_is_withdrawn_gives_its_places_back(places: Places) -> None:
    bus = book(wanted=wanted(places.hall, 48, kind=RESERVED), by=places.placer)
    came = book(wanted=wanted(places.hall, 48, of=bus), by=places.placer)
    with pytest.raises(Refused, match="Trek dat eerst in"):
        withdraw_booking(booking=bus, reason="dubbel", by=places.placer)
    withdraw_booking(booking=came, reason="toch niet gekomen", by=places.placer)
    assert claimed(places.hall, 0) == [48]
    withdraw_booking(booking=bus, reason="bus rijdt niet", by=places.placer)
    assert claimed(places.hall, 0) == [0]
    assert Booking.objects.filter(superseded_at__isnull=True).count() == 0


def test_only_who_may_books(places: Places) -> None:
    for nobody in (places.reader, places.clerk, places.stranger, None):
        with pytest.raises(Refused, match="het recht"):
            book(wanted=wanted(places.hall, 1), by=nobody)
    with pytest.raises(Refused, match="het recht"):
        book(wanted=wanted(places.secret, 1), by=places.placer)
    book(wanted=wanted(places.secret, 1), by=places.keeper)
    theirs = group_of(places.south, "G-9", 2)
    with pytest.raises(Refused, match="kent u niet"):
        book(wanted=wanted(places.hall, 2, group=theirs), by=places.placer)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"until_on": in_days(0)}, "na de eerste dag"),
        ({"places": 3}, "elke persoon"),
        ({"people": 0}, "ten minste 1 persoon"),
        ({"from_on": dt.date(1999, 1, 1)}, "tien jaar"),
        ({"until_on": dt.date(2999, 1, 1)}, "tien jaar"),
        ({"lapses_at": timezone.now() + dt.timedelta(days=1)}, "Alleen een reservering"),
        ({"kind": RESERVED, "lapses_at": timezone.now() - dt.timedelta(days=1)}, "later vervallen"),
        ({"kind": RESERVED, "lapses_at": timezone.now() + dt.timedelta(days=3_661)}, "vervalt te ver weg"),
    ],
)
def test_what_is_odd_is_refused(places: Places, values: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        book(wanted=wanted(places.hall, **{"people": 4, **values}), by=places.placer)


def test_every_booking_has_its_line_in_the_log(places: Places) -> None:
    made = book_together(wanted=[wanted(places.hall, 3), wanted(places.rooms, 2)], by=places.placer)
    told = AuditEvent.objects.filter(action="boeking.gemaakt").order_by("sequence")
    assert [event.object_id for event in told] == [str(one.pk) for one in made]
    assert told[0].changes["people"] == [None, 3]
    assert audit.verify() == []


@pytest.mark.parametrize("kind", [Booking.Kind.PLACEMENT, RESERVED])
@pytest.mark.parametrize("after", [0, 2, 2_000])
def test_without_an_end_nobody_is_booked_after_the_places_end(places: Places, kind: str, after: int) -> None:
    end = places.hall.blocks.get().until_on
    late = wanted(places.hall, 1, kind=kind, from_on=end + dt.timedelta(days=after), until_on=None)
    with pytest.raises(Full):
        book(wanted=late, by=places.placer)
    assert not Booking.objects.exists()
    book(wanted=wanted(places.hall, 50, from_on=end - dt.timedelta(days=1), until_on=None), by=places.placer)


def test_who_is_to_come_after_a_contract_was_shortened_is_one_too_many(places: Places) -> None:
    book(wanted=wanted(places.hall, 3, from_on=in_days(20), until_on=None), by=places.placer)
    end_block(block=places.hall.blocks.get(), on=in_days(10), by=places.keeper)
    day = PlaceDay.objects.get(pool=places.hall, day=in_days(20))
    assert (day.places, day.claimed) == (0, 3)
    assert not wrong_days()
