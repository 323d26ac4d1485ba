"""After any history the days in the database are what the engine counts; many at once overbook nothing."""

import datetime as dt
import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from regietafel.kit import audit
from regietafel.kit.clock import as_if
from regietafel.kit.refusal import Refused
from regietafel.reception.engine import ledger
from regietafel.reception.models import Booking, CapacityBlock, PlaceDay, Pool
from regietafel.reception.selectors.ledger import booking_of, pool_of, pools_ledger
from regietafel.reception.services import places as keeping
from regietafel.reception.services.booking import (
    Full,
    book,
    book_together,
    change_booking,
    depart,
    withdraw_booking,
)
from regietafel.reception.services.upkeep import free_lapsed, roll_on, wrong_days
from tests.app.reception.places import Places, group_of, in_days, wanted

Kind = Booking.Kind
WRITERS, EACH = 6, 15


class History:
    """A coordination point and a keeper that do things at random, on days that go by."""

    def __init__(self, places: Places, seed: int) -> None:
        self.places, self.chance = places, random.Random(seed)
        self.now = timezone.now()
        self.pools = [places.hall, places.rooms]
        self.groups = [
            group_of(places.point, f"G-{number}", self.chance.randint(1, 9), shares_room=number % 2 == 0)
            for number in range(12)
        ]
        self.outcomes: dict[str, int] = {}

    def step(self) -> None:
        self.now += dt.timedelta(hours=self.chance.randint(1, 12))
        acts = (self.book, self.book, self.book, self.book, self.come, self.come, self.leave, self.leave,
                self.change, self.withdraw, self.block)  # fmt: skip
        act = self.chance.choice(acts)
        with as_if(self.now):
            try:
                with transaction.atomic():
                    act()
                end = "gelukt"
            except Full:
                end = "vol"
            except Refused:
                end = "geweigerd"
        self.outcomes[end] = self.outcomes.get(end, 0) + 1

    def line(self, *kinds: str) -> Booking | None:
        rows = Booking.objects.filter(superseded_at__isnull=True, kind__in=kinds).order_by("pk")
        return self.chance.choice(rows) if rows else None

    def span(self) -> dict[str, Any]:
        first = in_days(self.chance.randint(-3, 20))
        length = self.chance.choice((None, 1, 3, 10, 30))
        return {"from_on": first, "until_on": length and first + dt.timedelta(length)}

    def book(self) -> None:
        group = self.chance.choice([None, None, *self.groups])
        kind = self.chance.choice((Kind.RESERVATION, Kind.PLACEMENT))
        lapse = kind == Kind.RESERVATION and self.chance.random() < 0.6
        one = wanted(
            self.chance.choice(self.pools),
            group.people if group else self.chance.randint(1, 20),
            kind=kind,
            group=group,
            lapses_at=self.now + dt.timedelta(hours=self.chance.randint(1, 90)) if lapse else None,
            **self.span(),
        )
        self.agree_with_the_engine(one)
        book(wanted=one, by=self.places.placer)

    def agree_with_the_engine(self, one: Any) -> None:
        """The services and the rule of the engine say the same of whether it fits."""
        if one.group is not None:
            return
        line = Booking(
            pool=one.pool, kind=one.kind, people=one.people, places=one.people, from_on=one.from_on,
            until_on=one.until_on, recorded_at=self.now,
        )  # fmt: skip
        known = pools_ledger([one.pool])
        expected = ledger.fits(known, booking_of(line, pool_of(one.pool)), at=self.now).fits
        try:
            with transaction.atomic():
                book(wanted=one, by=self.places.placer)
                raise RuntimeError
        except Full:
            assert not expected
        except RuntimeError:
            assert expected

    def come(self) -> None:
        bus = self.line(Kind.RESERVATION)
        if bus:
            pool = self.chance.choice((bus.pool, bus.pool, *self.pools))
            people = self.chance.randint(1, bus.people)
            until = bus.until_on if self.chance.random() < 0.5 else None
            one = wanted(pool, people, of=bus, from_on=bus.from_on, until_on=until)
            book(wanted=one, by=self.places.placer)

    def leave(self) -> None:
        there = self.line(Kind.PLACEMENT, Kind.RESERVATION)
        if there:
            day = there.from_on + dt.timedelta(self.chance.randint(0, 12))
            people = self.chance.randint(1, there.people)
            depart(booking=there, people=people, on=day, by=self.places.placer)

    def change(self) -> None:
        line = self.line(*Kind.values)
        if line:
            values = self.chance.choice((
                self.span(), {"people": self.chance.randint(1, 20)}, {"pool": self.chance.choice(self.pools)},
                {"lapses_at": self.now + dt.timedelta(hours=30)}, {"until_on": None},
            ))  # fmt: skip
            change_booking(booking=line, by=self.places.placer, **values)

    def withdraw(self) -> None:
        line = self.line(*Kind.values)
        if line:
            withdraw_booking(booking=line, reason="vergissing", by=self.places.placer)

    def block(self) -> None:
        rows = CapacityBlock.objects.filter(superseded_at__isnull=True, pool__in=self.pools).order_by("pk")
        block = self.chance.choice(rows)
        values = self.chance.choice((
            {"places": self.chance.randint(20, 60)}, {"blocked": self.chance.randint(0, 9)},
            {"until_on": in_days(self.chance.randint(10, 450))}, {"until_on": None},
        ))  # fmt: skip
        keeping.change_block(block=block, by=self.places.keeper, **values)


def _agrees(places: Places, at: dt.datetime) -> None:
    for pool in (places.hall, places.rooms):
        pool.refresh_from_db()
        if pool.counted_from is None or pool.counted_until is None:
            continue
        view = ledger.View(
            first=pool.counted_from, last=pool.counted_until, at=at, by=ledger.By.WHOLE,
            private=ledger.Private.INCLUDED,
        )  # fmt: skip
        known = pools_ledger([pool])
        counts = ledger.count_days(known, view)
        kept = list(
            PlaceDay.objects.filter(pool=pool).order_by("day").values_list("places", "claimed", "short")
        )
        assert [max(one[0] - one[1], 0) for one in kept] == counts.free[0].tolist()
        assert [one[2] for one in kept] == counts.short[0].tolist()
        too_many = {
            day for found in ledger.overbooked(known, at=at) for day in ledger.days_of(view)
            if found.first <= day and (found.last is None or day <= found.last)
        }  # fmt: skip
        assert {day for day, one in zip(ledger.days_of(view), kept, strict=True) if one[2]} == too_many


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_the_days_are_what_the_engine_counts(places: Places, seed: int) -> None:
    history = History(places, seed)
    for _ in range(45):
        history.step()
        if history.chance.random() < 0.3:
            with as_if(history.now):
                free_lapsed()
            _agrees(places, history.now)
    with as_if(history.now):
        roll_on()
        assert wrong_days() == []
    _agrees(places, history.now)
    assert history.outcomes["gelukt"] > 15
    assert history.outcomes.get("vol", 0) + history.outcomes.get("geweigerd", 0) > 0


def test_what_we_knew_then_stays_knowable(places: Places) -> None:
    first = book(wanted=wanted(places.hall, 10), by=places.placer)
    change_booking(booking=first, by=places.placer, people=30)
    known = pools_ledger([places.hall])
    view = ledger.View(first=in_days(0), last=in_days(0), at=first.recorded_at)
    assert ledger.count_days(known, view).occupied.tolist() == [[10]]
    now = ledger.View(first=in_days(0), last=in_days(0), at=timezone.now())
    assert ledger.count_days(known, now).occupied.tolist() == [[30]]


def test_the_database_itself_refuses_one_too_many(places: Places) -> None:
    book(wanted=wanted(places.hall, 50), by=places.placer)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceDay.objects.filter(pool=places.hall, day=in_days(0)).update(claimed=F("claimed") + 1)


def test_days_are_kept_further_ahead_every_night(places: Places) -> None:
    book(wanted=wanted(places.hall, 5, until_on=None), by=places.placer)
    keeping.change_block(block=CapacityBlock.objects.get(pool=places.hall), by=places.keeper, until_on=None)
    with as_if(timezone.now() + dt.timedelta(days=30)):
        roll_on()
        assert wrong_days() == []
    last = PlaceDay.objects.filter(pool=places.hall).latest("day")
    assert (last.day, last.claimed) == (in_days(430), 5)


# Many at once, each on a connection of its own


def _at_once(act: Callable[[int, random.Random], Any]) -> list[str]:
    gate, ends = threading.Barrier(WRITERS), []

    def work(number: int) -> None:
        chance = random.Random(number)
        gate.wait()
        try:
            for _ in range(EACH):
                try:
                    act(number, chance)
                    ends.append("gelukt")
                except Refused as refusal:
                    ends.append(type(refusal).__name__)
        except Exception as error:
            ends.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return ends


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_many_who_book_at_once_share_the_places_and_no_more(places: Places) -> None:
    ends = _at_once(lambda _number, _chance: book(wanted=wanted(places.hall, 1), by=places.placer))
    assert (ends.count("gelukt"), ends.count("Full")) == (50, WRITERS * EACH - 50)
    assert PlaceDay.objects.filter(pool=places.hall, day=in_days(0)).get().claimed == 50
    assert wrong_days() == []
    assert audit.verify() == []


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_lists_over_several_pools_neither_lock_each_other_nor_overbook(places: Places) -> None:
    def act(number: int, chance: random.Random) -> None:
        pools = [places.hall, places.rooms]
        chance.shuffle(pools)
        lists = [
            wanted(pool, chance.randint(1, 4), from_on=in_days(chance.randint(0, 9)), until_on=in_days(20))
            for pool in pools
        ]
        made = book_together(wanted=lists, by=places.placer)
        if chance.random() < 0.4:
            depart(booking=made[0], people=1, on=in_days(12), by=places.placer)
        if chance.random() < 0.3:
            withdraw_booking(booking=made[1], reason="proef", by=places.placer)

    ends = _at_once(act)
    assert set(ends) <= {"gelukt", "Full"} and ends.count("gelukt") > 8 and "Full" in ends
    assert not PlaceDay.objects.filter(claimed__gt=F("places")).exists()
    assert wrong_days() == []


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_one_group_is_placed_once_however_many_try(places: Places) -> None:
    group = group_of(places.point, "G-1", 3)
    ends = _at_once(
        lambda number, _chance: book(
            wanted=wanted((places.hall, places.rooms)[number % 2], 3, group=group), by=places.placer
        )
    )
    assert ends.count("gelukt") == 1
    assert Booking.objects.count() == 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_block_that_shrinks_meanwhile_is_never_overbooked_by_a_booking(places: Places) -> None:
    block = CapacityBlock.objects.get(pool=places.hall)

    def act(number: int, chance: random.Random) -> None:
        if number == 0:
            current = CapacityBlock.objects.get(series=block.series, superseded_at__isnull=True)
            keeping.change_block(block=current, by=places.keeper, places=chance.randint(30, 50))
        else:
            book(wanted=wanted(places.hall, 1), by=places.placer)

    ends = _at_once(act)
    assert set(ends) <= {"gelukt", "Full"}
    assert wrong_days() == []
    usable = CapacityBlock.objects.get(series=block.series, superseded_at__isnull=True).places or 0
    day = PlaceDay.objects.get(pool=Pool.objects.get(pk=places.hall.pk), day=in_days(0))
    assert (day.places, day.short) == (usable, max(day.claimed - usable, 0))
