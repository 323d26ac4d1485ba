"""Months of a coordination point in any order: nothing is a fault of ours, and the days always add up."""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from regietafel.kit.clock import as_if
from regietafel.kit.refusal import Refused
from regietafel.reception.engine.placing import FEATURES, KINDS
from regietafel.reception.models import Booking, CapacityBlock, Group, Location, Pool, Proposal, ProposalLine
from regietafel.reception.services.booking import book, change_booking, depart, withdraw_booking
from regietafel.reception.services.groups import change_group, create_group, erase_old_groups
from regietafel.reception.services.places import (
    Unusable,
    add_block,
    add_pool,
    block_places,
    change_location,
    close_location,
    end_block,
    reopen_location,
    withdraw_block,
)
from regietafel.reception.services.upkeep import every_night, wrong_days
from tests.app.reception.places import Places, wanted

SEEDS = range(int(os.environ.get("REGIETAFEL_WANDELINGEN", "2")))
STEPS = 60
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


class Walk:
    """One coordinator, one keeper, and chance."""

    def __init__(self, places: Places, seed: int) -> None:
        self.places, self.chance = places, Random(seed)
        self.client = Client()
        self.client.force_login(places.placer)
        self.today = timezone.localdate()
        self.point = {"organisation": places.point, "by": places.placer}

    def day(self, first: int, last: int) -> dt.date:
        return self.today + dt.timedelta(self.chance.randint(first, last))

    def maybe(self, value: Callable[[], Any], *, often: float = 0.5) -> Any:
        return value() if self.chance.random() < often else None

    def one(self, rows: Any) -> Any:
        found = list(rows)
        if not found:
            raise Refused("nothing to choose from")
        return self.chance.choice(found)

    def some(self, words: Any, most: int) -> list[str]:
        return self.chance.sample(sorted(words), self.chance.randint(0, most))

    def needs(self) -> dict[str, Any]:
        people = self.chance.randint(1, 9)
        areas = [None, self.places.north.area, self.places.south.area, self.places.far.area]
        return {
            "people": people, "needs": self.some(FEATURES, 2), "kinds": self.some(KINDS, 2),
            "accessible": self.chance.randint(0, min(people, 2)), "care": self.chance.choice([0, 0, 1]),
            "link": self.chance.choice(["", "", "K1", "K2"]), "earlier": self.chance.choice(areas),
            "tied_to": self.chance.choice(areas), "urgency": self.chance.randint(1, 5),
            "shares_room": self.chance.random() < 0.5, "arrives_on": self.day(-40, 20),
            "leaves_on": self.maybe(lambda: self.day(-30, 60), often=0.3),
            "latest_on": self.maybe(lambda: self.day(-30, 60), often=0.2),
        }  # fmt: skip

    def new_group(self) -> None:
        create_group(**self.point, **self.needs())

    def other_group(self) -> None:
        change_group(group=self.one(Group.objects.all()), by=self.places.placer, **self.needs())

    def new_booking(self) -> None:
        group = self.maybe(lambda: self.one(Group.objects.all()))
        kind = self.chance.choice([Booking.Kind.PLACEMENT, Booking.Kind.RESERVATION])
        lapses = timezone.now() + dt.timedelta(days=self.chance.randint(1, 9))
        book(
            wanted=wanted(
                self.one(Pool.objects.all()), group.people if group else self.chance.randint(1, 30),
                kind=kind, group=group, from_on=self.day(-30, 30),
                until_on=self.maybe(lambda: self.day(-20, 90)),
                lapses_at=lapses if kind == Booking.Kind.RESERVATION and self.chance.random() < 0.5 else None,
            ),
            by=self.places.placer,
        )  # fmt: skip

    def booking(self) -> Booking:
        found: Booking = self.one(Booking.objects.filter(superseded_at__isnull=True))
        return found

    def placed_from_reservation(self) -> None:
        of = self.one(Booking.objects.filter(superseded_at__isnull=True, kind=Booking.Kind.RESERVATION))
        people = self.chance.randint(1, of.people)
        book(
            wanted=wanted(of.pool, people, of=of, from_on=self.day(-5, 20), until_on=of.until_on),
            by=self.places.placer,
        )

    def other_booking(self) -> None:
        values = {
            "people": self.chance.randint(1, 20),
            "from_on": self.day(-20, 20),
            "until_on": self.day(-5, 60),
        }
        chosen = self.some(values, 3)
        change_booking(
            booking=self.booking(), by=self.places.placer, **{name: values[name] for name in chosen}
        )

    def departure(self) -> None:
        booking = self.booking()
        people = self.chance.randint(1, booking.people)
        depart(booking=booking, people=people, on=self.day(-10, 40), by=self.places.placer)

    def withdrawal(self) -> None:
        withdraw_booking(booking=self.booking(), reason="vergissing", by=self.places.placer)

    def new_pool(self) -> None:
        location = self.one(Location.objects.filter(organisation=self.places.north))
        add_pool(
            location=location, by=self.places.keeper, kind=self.chance.choice(sorted(KINDS)),
            room_size=self.chance.randint(1, 4), accessible_places=self.chance.choice([None, 0, 2]),
            care_places=self.chance.choice([None, 0, 2]),
        )  # fmt: skip

    def features(self) -> None:
        location = self.one(Location.objects.filter(organisation=self.places.north))
        change_location(location=location, by=self.places.keeper, features=self.some(FEATURES, 4))

    def new_block(self) -> None:
        places = self.chance.choice([None, 0, 5, 40])
        add_block(
            pool=self.one(Pool.objects.all()), by=self.places.keeper, places=places, source="proef",
            from_on=self.day(-60, 60), until_on=self.maybe(lambda: self.day(-30, 400)),
            probability=self.chance.choice([0, 0.4, 1, 1]),
        )  # fmt: skip

    def block(self) -> CapacityBlock:
        found: CapacityBlock = self.one(CapacityBlock.objects.filter(superseded_at__isnull=True))
        return found

    def block_ends(self) -> None:
        end_block(block=self.block(), on=self.day(-20, 60), reason="contract", by=self.places.keeper)

    def block_goes(self) -> None:
        withdraw_block(block=self.block(), reason="vergissing", by=self.places.keeper)

    def block_breaks(self) -> None:
        broken = Unusable(
            number=self.chance.randint(0, 10), from_on=self.day(-20, 20),
            until_on=self.maybe(lambda: self.day(-5, 60)), reason="lekkage",
        )  # fmt: skip
        block_places(block=self.block(), unusable=broken, by=self.places.keeper)

    def closing(self) -> None:
        location = self.one(Location.objects.filter(organisation=self.places.north))
        close = close_location if self.chance.random() < 0.4 else reopen_location
        more = {"on": self.day(-10, 60), "reason": "verhuurd"} if close is close_location else {}
        close(location=location, by=self.places.keeper, **more)

    def night(self) -> None:
        moment = timezone.now() + dt.timedelta(days=self.chance.choice([0, 0, 3, 30, 120]))
        with as_if(moment):
            every_night() if self.chance.random() < 0.5 else erase_old_groups()

    def proposal(self) -> None:
        first = self.day(0, 10)
        groups = Group.objects.filter(organisation=self.places.point)
        sent = {
            "groepen": [one.pk for one in groups if self.chance.random() < 0.6],
            "eerste_nacht": str(first), "tot": str(first + dt.timedelta(self.chance.randint(1, 60))),
            "variant": self.chance.choice(["regulier", "maatwerk"]), "seconden": "2", "zaad": "1",
            "straks": str(self.chance.choice([0, 7, 40])), "personen": "",
        }  # fmt: skip
        bus = {"bus": f"bus {self.chance.randint(1, 99)}", "huishoudens": "4 gezin\n2 zorg\n1"}
        self.post(reverse("proposal-create"), sent | self.chance.choice([{}, bus]))

    def other_place(self) -> None:
        line = self.one(ProposalLine.objects.filter(group__isnull=False, proposal__state=Proposal.State.OPEN))
        path = reverse("proposal-line", args=[line.pk])
        page = self.client.get(path).content.decode()
        seen = dict(HIDDEN.findall(page)).get("gezien", "")
        plek = self.one({"geen", *re.findall(r'name="plek" value="(\w+)"', page)})
        self.post(path, {"plek": plek, "reason": "dicht bij school", "gezien": seen})

    def decision(self) -> None:
        made = self.one(Proposal.objects.all())
        step = self.chance.choice(["proposal-confirm", "proposal-refuse", "proposal-renew", "proposal"])
        self.get(reverse(step, args=[made.pk]))
        if step != "proposal":
            self.post(reverse(step, args=[made.pk]), {"reason": "anders", "gezien": "", "zeker": "ja"})

    def look(self) -> None:
        days = {"dag": self.day(-60, 400), "bekend": self.day(-60, 0), "sinds": self.day(-60, 0)}
        asked = {name: days[name] for name in self.some(days, 3)}
        private = self.chance.choice(["zonder", "met", "alleen"])
        self.get(reverse("reception"), asked | {"particulier": private, "periode": "90"})
        self.get(reverse("reception-workbook"), asked)
        self.get(reverse("reception-municipality", args=[self.places.north.area.code]), asked)
        scenario = self.chance.choice(["laag", "midden", "hoog"])
        self.get(reverse("outlook"), {"scenario": scenario, "dagen": self.chance.choice([14, 84, 183])})

    def look_closer(self) -> None:
        for model, pages in (
            (Location, ("reception-location", "reception-location-journal", "reception-book")),
            (Group, ("reception-group", "reception-group-book", "reception-group-edit")),
            (Booking, ("reception-booking", "reception-booking-depart", "reception-booking-edit")),
        ):
            row = self.one(model.objects.all())
            self.get(reverse(self.chance.choice(pages), args=[row.pk]), {"dag": self.day(-60, 60)})
        for page in ("reception-groups", "reception-locations", "proposals", "today"):
            self.get(reverse(page))

    def get(self, path: str, asked: Any = None) -> None:
        assert self.client.get(path, asked or {}).status_code in {200, 302, 403, 404, 405, 409}, path

    def post(self, path: str, sent: Any) -> None:
        assert self.client.post(path, sent).status_code in {200, 302, 403, 404, 409, 422}, path

    def steps(self) -> Iterator[Callable[[], None]]:
        often = [self.new_group, self.new_group, self.new_booking, self.new_booking, self.proposal, self.look]
        rest = [
            self.other_group, self.placed_from_reservation, self.other_booking, self.departure,
            self.withdrawal, self.new_pool, self.features, self.new_block, self.block_ends, self.block_goes,
            self.block_breaks, self.closing, self.night, self.other_place, self.other_place, self.decision,
            self.look_closer,
        ]  # fmt: skip
        while True:
            yield self.chance.choice([*often, *rest])


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_pages_answer_and_days_add_up(places: Places, seed: int) -> None:
    walk, done = Walk(places, seed), 0
    for number, step in zip(range(STEPS), walk.steps(), strict=False):
        try:
            step()
            done += 1
        except Refused:
            pass
        except Exception as error:
            error.add_note(f"seed {seed}, step {number}: {step.__name__}")
            raise
        assert not wrong_days(), f"seed {seed}, step {number}: {step.__name__}"
    assert done > STEPS / 3
