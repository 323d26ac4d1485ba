"""The ledger: nothing fits twice, what we knew stays knowable, and the order of lines does not matter."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regietafel.reception.engine.ledger import (
    Booking,
    BookingKind,
    By,
    CapacityBlock,
    Ledger,
    PlaceKind,
    Pool,
    Private,
    View,
    contracts_ending,
    count_days,
    fits,
    misfits,
    newly_placed,
    overbooked,
    participation,
    places_opening,
)

DAY = date(2022, 4, 1)
NOW = datetime(2022, 4, 6, 12, tzinfo=UTC)
POOL = Pool("Kade", PlaceKind.MUNICIPAL)
DAYS = 60


def _on(step: int) -> date:
    return DAY + timedelta(days=step)


def _block(
    places: int | None = 50, first: int = 0, until: int | None = DAYS, **other: object
) -> CapacityBlock:
    given = {"id": "blok", "pool": POOL, "recorded_at": NOW - timedelta(days=30)} | other
    return CapacityBlock(
        places=places, from_on=_on(first), until_on=None if until is None else _on(until), **given
    )  # type: ignore[arg-type]


def _booking(id: str, people: int, first: int = 0, until: int | None = None, **other: object) -> Booking:
    given = {"kind": BookingKind.PLACEMENT, "pool": POOL, "group": id, "recorded_at": NOW} | other
    return Booking(
        id=id, people=people, from_on=_on(first), until_on=None if until is None else _on(until), **given
    )  # type: ignore[arg-type]


def _whole(ledger: Ledger, at: datetime = NOW, **other: object) -> View:
    return View(first=DAY, last=_on(DAYS), at=at, by=By.WHOLE, **other)  # type: ignore[arg-type]


spans = st.tuples(st.integers(0, DAYS - 2), st.integers(1, 20)).map(lambda pair: (pair[0], sum(pair)))
bookings = st.builds(
    lambda number, people, span, is_open, is_bus: (number, people, span, is_open, is_bus),
    st.integers(0, 10**6), st.integers(1, 30), spans, st.booleans(), st.booleans(),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10), spans), min_size=1, max_size=4),
    st.lists(bookings, max_size=25),
)
def test_no_day_is_overbooked_when_every_booking_was_tried(
    blocks: list[tuple[int, int, tuple[int, int]]],
    tried: list[tuple[int, int, tuple[int, int], bool, bool]],
) -> None:
    ledger = Ledger(
        blocks=tuple(
            _block(places + blocked, first, until, id=str(number), blocked=blocked)
            for number, (places, blocked, (first, until)) in enumerate(blocks)
        )
    )
    for place, (_number, people, (first, until), is_open, is_bus) in enumerate(tried):
        kind = BookingKind.RESERVATION if is_bus else BookingKind.PLACEMENT
        booking = _booking(str(place), people, first, None if is_open else until, kind=kind)
        if fits(ledger, booking, at=NOW).fits:
            ledger = replace(ledger, bookings=(*ledger.bookings, booking))
    assert overbooked(ledger, at=NOW) == ()
    assert (count_days(ledger, _whole(ledger)).free >= 0).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(bookings, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(
    given_bookings: list[tuple[int, int, tuple[int, int], bool, bool]], lot: object
) -> None:
    lines = []
    for place, (_number, people, (first, until), is_open, is_bus) in enumerate(given_bookings):
        kind = BookingKind.RESERVATION if is_bus else BookingKind.PLACEMENT
        lines.append(_booking(str(place), people, first, None if is_open else until, kind=kind))
        gone = BookingKind.PLACEMENT if is_bus else BookingKind.DEPARTURE
        lines.append(_booking(f"{place} weg", max(people // 2, 1), first + 2, kind=gone, of=str(place)))
    mixed = list(lines)
    lot.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = (
        count_days(Ledger(blocks=(_block(),), bookings=tuple(each)), _whole(Ledger()))
        for each in (lines, mixed)
    )
    assert (one.free == other.free).all() and (one.occupied == other.occupied).all()


def test_what_we_knew_on_the_fifth_of_april_stays_knowable() -> None:
    fifth = datetime(2022, 4, 5, 18, tzinfo=UTC)
    before = _booking("a", 20, recorded_at=fifth - timedelta(days=1), superseded_at=NOW)
    after = _booking("b", 15, recorded_at=NOW)
    ledger = Ledger(blocks=(_block(),), bookings=(before, after))
    then, now = (count_days(ledger, _whole(ledger, at=at)) for at in (fifth, NOW))
    assert (then.occupied[0, 5], now.occupied[0, 5]) == (20, 15)


def test_a_change_recorded_later_never_alters_an_earlier_position() -> None:
    ledger = Ledger(blocks=(_block(),), bookings=(_booking("a", 20),))
    before = count_days(ledger, _whole(ledger))
    later = _booking("b", 9, recorded_at=NOW + timedelta(hours=1))
    more = replace(ledger, bookings=(*ledger.bookings, later))
    assert (count_days(more, _whole(more)).occupied == before.occupied).all()


def test_a_reservation_that_lapsed_holds_nothing_from_that_day() -> None:
    lapses = datetime(2022, 4, 8, 10, tzinfo=UTC)
    bus = _booking("bus", 40, 0, 30, kind=BookingKind.RESERVATION, lapses_at=lapses)
    ledger = Ledger(blocks=(_block(),), bookings=(bus,))
    alive = count_days(ledger, _whole(ledger)).reserved[0]
    gone = count_days(ledger, _whole(ledger, at=lapses)).reserved[0]
    assert alive[20] == 40
    assert (gone[6], gone[7], gone[20]) == (40, 0, 0)


def test_who_arrives_on_a_reservation_takes_no_place_twice() -> None:
    bus = _booking("bus", 48, 7, 30, kind=BookingKind.RESERVATION)
    ledger = Ledger(blocks=(_block(50),), bookings=(bus,))
    came = _booking("kwam", 45, 7, 30, of="bus")
    assert fits(ledger, came, at=NOW).fits
    assert not fits(ledger, replace(came, of=""), at=NOW).fits
    both = count_days(replace(ledger, bookings=(bus, came)), _whole(ledger))
    assert (both.occupied[0, 8], both.reserved[0, 8]) == (45, 3)


def test_whole_rooms_are_kept_from_others() -> None:
    family = _booking("gezin", 3, places=4)
    ledger = Ledger(blocks=(_block(8),), bookings=(family,))
    counts = count_days(ledger, _whole(ledger))
    assert (counts.occupied[0, 0], counts.kept[0, 0], counts.free[0, 0]) == (3, 1, 4)
    assert not fits(ledger, _booking("vijf", 5), at=NOW).fits
    one_left = _booking("weg", 1, 3, kind=BookingKind.DEPARTURE, of="gezin")
    after = count_days(replace(ledger, bookings=(family, one_left)), _whole(ledger))
    assert (after.occupied[0, 3], after.kept[0, 3], after.free[0, 3]) == (2, 2, 4)


def test_a_place_of_another_group_or_kind_is_no_place() -> None:
    ledger = Ledger(blocks=(_block(50),))
    for pool in (Pool("Kade", PlaceKind.MUNICIPAL, "amv"), Pool("Kade", PlaceKind.CRISIS)):
        assert fits(ledger, _booking("a", 1, 0, 5, pool=pool), at=NOW).full_on == DAY


@pytest.mark.parametrize("block", [_block(None), _block(50, probability=0.9)])
def test_nobody_is_promised_a_place_that_is_unknown_or_uncertain(block: CapacityBlock) -> None:
    ledger = Ledger(blocks=(block,))
    assert not fits(ledger, _booking("a", 1, 0, 5), at=NOW).fits
    counts = count_days(ledger, _whole(ledger))
    assert counts.capacity[0, 0] == 0
    assert "tel" in counts.caption() and "niet mee" in counts.caption()


def test_private_places_are_counted_in_or_out_and_the_caption_says_which() -> None:
    private = Pool("Gastgezinnen", PlaceKind.PRIVATE)
    ledger = Ledger(blocks=(_block(50), _block(12, id="p", pool=private)))
    counts = {each: count_days(ledger, _whole(ledger, private=each)) for each in Private}
    found = {each: (int(count.capacity[0, 0]), count.caption()) for each, count in counts.items()}
    assert found == {
        Private.INCLUDED: (62, "Met particuliere opvang."),
        Private.EXCLUDED: (50, "Zonder particuliere opvang."),
        Private.ONLY: (12, "Alleen particuliere opvang."),
    }


def test_more_departures_than_people_are_named_and_never_counted_below_nobody() -> None:
    placed = _booking("a", 5)
    gone = [_booking(f"v{n}", 3, 2, kind=BookingKind.DEPARTURE, of="a") for n in (1, 2)]
    ledger = Ledger(blocks=(_block(),), bookings=(placed, *gone))
    assert [misfit.reason for misfit in misfits(ledger, at=NOW)] == [
        "Er vertrekken meer mensen dan er zijn: 1 te veel."
    ]
    assert count_days(ledger, _whole(ledger)).occupied[0, 2] == 0


def test_an_audit_finds_the_days_that_were_promised_twice() -> None:
    ledger = Ledger(
        blocks=(_block(10, 0, 20),), bookings=(_booking("a", 8, 0, 10), _booking("b", 8, 5, 15))
    )  # fmt: skip
    (found,) = overbooked(ledger, at=NOW)
    assert (found.first, found.last, found.most) == (_on(5), _on(9), 6)


def test_the_position_of_april_2022() -> None:
    """195 = 50 + 145 with three buses, and 10 of 14 municipalities while all 14 are planned."""
    fifth = datetime(2022, 4, 5, tzinfo=UTC)
    pools = [Pool(f"locatie {number}", PlaceKind.MUNICIPAL) for number in range(14)]
    blocks = [
        _block(60, 0 if number < 10 else 20, id=pool.location, pool=pool) for number, pool in enumerate(pools)
    ]
    people = [_booking(f"p{n}", 5, 6, pool=pools[n]) for n in range(10)]
    buses = [
        _booking(f"bus {n}", size, 10, kind=BookingKind.RESERVATION, pool=pools[n])
        for n, size in enumerate((48, 48, 49))
    ]
    hosted = _booking("gast", 4, pool=Pool("thuis", PlaceKind.PRIVATE))
    ledger = Ledger(
        blocks=tuple(blocks),
        bookings=(*people, *buses, hosted),
        municipalities={pool.location: f"gemeente {number:02}" for number, pool in enumerate(pools)},
    )
    assert newly_placed(ledger, since=fifth, at=NOW).sum == "195 = 50 + 145"
    found = participation(ledger, day=_on(6), until=_on(50), at=NOW)
    assert (len(found.now), len(found.expected), len(found.all)) == (10, 14, 14)


def test_contracts_that_end_within_six_months() -> None:
    blocks = (
        _block(20, until=(date(2022, 10, 5) - DAY).days, id="net niet meer dan zes"),
        _block(20, until=(date(2022, 10, 6) - DAY).days, id="zes maanden"),
        _block(20, until=None, id="geen einde"),
    )
    found = contracts_ending(Ledger(blocks=blocks), on=date(2022, 4, 6), at=NOW)
    assert [(end.last_on, end.days_left) for end in found] == [(date(2022, 10, 4), 181)]
    assert contracts_ending(Ledger(blocks=(_block(20, until=(date(2023, 2, 28) - DAY).days),)),
                            on=date(2022, 8, 31), at=NOW) == ()  # fmt: skip


def _ends(*blocks: CapacityBlock) -> list[tuple[date, int | None, bool]]:
    found = contracts_ending(Ledger(blocks=blocks), on=DAY, at=NOW)
    return [(end.last_on, end.places, end.is_certain) for end in found]


def test_places_that_are_shut_for_a_while_are_no_contract_that_ends() -> None:
    cut = _block(84, 0, 10), _block(84, 10, 20, blocked=30), _block(84, 20, 50)
    assert _ends(*cut) == [(_on(49), 84, True)]
    back = places_opening(cut, after=DAY, until=_on(40), at=NOW)
    assert [(more.from_on, more.places) for more in back] == [(_on(20), 30)]


def _opens(*blocks: CapacityBlock) -> list[tuple[date, int | None, float]]:
    found = places_opening(blocks, after=DAY, until=_on(40), at=NOW)
    return [(more.from_on, more.places, more.probability) for more in found]


def test_places_that_may_come_and_are_shut_for_a_while_come_once() -> None:
    maybe = {"probability": 0.7}
    cut = _block(84, 5, 10, **maybe), _block(84, 10, 20, blocked=30, **maybe), _block(84, 20, 50, **maybe)
    assert _opens(*cut) == [(_on(5), 84, 0.7), (_on(20), 30, 0.7)]
    assert _opens(_block(40, 0, 9, **maybe), _block(60, 9, None, **maybe)) == [(_on(9), 20, 0.7)]
    assert _opens(_block(40, 0, 9, **maybe), _block(60, 9, None, probability=0.5)) == [(_on(9), 60, 0.5)]
    assert _opens(_block(40, 9), _block(None, 9), _block(20, 9, **maybe), _block(10, 9, **maybe)) == [
        (_on(9), 40, 1.0), (_on(9), 30, 0.7), (_on(9), None, 1.0),
    ]  # fmt: skip


def test_only_what_is_not_replaced_that_day_ends() -> None:
    assert _ends(_block(60, until=9), _block(40, 9, None)) == [(_on(8), 20, True)]
    assert _ends(_block(40, until=9), _block(60, 9, None)) == []
    assert _ends(_block(40, until=9), _block(40, 10, None)) == [(_on(8), 40, True)], "a day without"
    elsewhere = Pool("Hal", PlaceKind.MUNICIPAL)
    assert _ends(_block(40, until=9), _block(40, 9, None, pool=elsewhere)) == [(_on(8), 40, True)]
    assert not places_opening((_block(40, until=9), _block(40, 9, None)), after=DAY, until=_on(40), at=NOW)


def test_what_may_come_makes_up_for_nothing_that_certainly_ends_and_says_that_it_may() -> None:
    maybe = {"probability": 0.7}
    assert _ends(_block(40, until=9), _block(40, 9, None, **maybe)) == [(_on(8), 40, True)]
    assert _ends(_block(40, until=9, **maybe)) == [(_on(8), 40, False)]
    assert _ends(_block(40, until=9, **maybe), _block(30, 9, None)) == [(_on(8), 10, False)]
    assert _ends(_block(None, until=9)) == [(_on(8), None, True)]
    assert _ends(_block(None, until=9), _block(None, 9, None)) == []


def test_too_much_in_one_place_does_not_eat_what_is_free_in_another() -> None:
    full, empty = POOL, Pool("Hal", PlaceKind.MUNICIPAL)
    ledger = Ledger(
        blocks=(_block(10, pool=full), _block(50, pool=empty, blocked=5)),
        bookings=(_booking("bus", 24, pool=full),),
        municipalities={"Kade": "Borne", "Hal": "Borne"},
    )
    for by, row in ((By.WHOLE, "totaal"), (By.MUNICIPALITY, "Borne")):
        day = count_days(ledger, replace(_whole(ledger), by=by)).on(row, DAY)
        assert (day.free, day.short) == (45, 14)
        assert day.capacity - day.blocked - day.occupied - day.reserved - day.kept == day.free - day.short


def test_a_stretch_names_its_worst_day_from_the_day_that_is_looked_from() -> None:
    blocks = (_block(50, 0, 10), _block(20, 10, 12), _block(30, 12, 20))
    ledger = Ledger(blocks=blocks, bookings=(_booking("bus", 45, 0, 20),))
    (found,) = overbooked(ledger, at=NOW)
    assert (found.first, found.last, found.most, found.most_on) == (_on(10), _on(19), 25, _on(10))
    (later,) = overbooked(ledger, at=NOW, since=_on(15))
    assert (later.first, later.last, later.most, later.most_on) == (_on(15), _on(19), 15, _on(15))


@pytest.mark.parametrize(
    "make",
    [
        lambda: _block(5, 3, 3),
        lambda: _block(5, blocked=6),
        lambda: _booking("a", 0),
        lambda: _booking("a", 4, places=3),
        lambda: _booking("a", 4, kind=BookingKind.DEPARTURE),
        lambda: View(first=_on(1), last=DAY, at=NOW),
    ],
)
def test_what_cannot_be_is_refused(make: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()  # type: ignore[operator]


@pytest.mark.parametrize("other", [{"probability": 0.7}, {"places": None}])
def test_places_that_may_come_later_stop_no_booking_without_an_end(other: dict[str, object]) -> None:
    later = _block(**({"id": "later", "first": DAYS, "until": DAYS + 30} | other))  # type: ignore[arg-type]
    ledger = Ledger(blocks=(_block(), later))
    assert fits(ledger, _booking("bus", 40), at=NOW).fits
    booked = replace(ledger, bookings=(_booking("bus", 40),))
    assert not overbooked(booked, at=NOW)
