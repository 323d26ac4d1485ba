"""What returns by itself: free what lapsed, look further ahead, compare, and forget groups that are gone."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regietafel.kit.jobs import Daily, Every, job
from regietafel.reception.models import PlaceDay, Pool
from regietafel.reception.services.days import Turn, counted, cover, recount, take_turn
from regietafel.reception.services.groups import erase_old_groups
from regietafel.reception.services.writing import log


@job("opvang.vervallen", label=_("Vervallen reserveringen vrijgeven"), plan=Every(10))
def free() -> None:
    """Free the places of reservations that lapsed."""
    free_lapsed()


@job("opvang.nacht", label=_("Opvang: dagen bijhouden en groepen wissen"), plan=Daily(time(3, 20)))
def every_night() -> None:
    """Look as far ahead as the horizon, mend days that are wrong, and erase groups past their term."""
    roll_on()
    wrong_days(mend=True)
    erase_old_groups()


def roll_on() -> int:
    """Keep the days of every pool as far ahead as the horizon, and free what lapsed; return how many pools.

    One pool at a time, so that nobody who books waits long.
    """
    pools = list(Pool.objects.order_by("pk").values_list("pk", flat=True))
    for number in pools:
        with transaction.atomic():
            turn = take_turn([number])
            cover(turn, first=turn.today, until=None)
    return len(pools)


def free_lapsed() -> int:
    """Free the places of reservations that lapsed, so that every list shows it; return of how many pools."""
    due = Pool.objects.filter(
        bookings__superseded_at__isnull=True,
        bookings__lapses_at__lte=timezone.now(),
        bookings__lapses_at__gt=F("counted_at"),
    )
    numbers = sorted(set(due.values_list("pk", flat=True)))
    for number in numbers:
        with transaction.atomic():
            take_turn([number])
    return len(numbers)


@dataclass(frozen=True)
class Wrong:
    """A day on which the table says something else than blocks and bookings come to."""

    pool: Pool
    day: date
    kept: tuple[int, int, int]
    counted: tuple[int, int, int]


def wrong_days(*, mend: bool = False) -> list[Wrong]:
    """Compare every day that is kept with what the engine counts; with `mend` write the days anew."""
    found: list[Wrong] = []
    for number in Pool.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            turn = take_turn([number])
            wrong = _wrong(turn, turn.pools[number])
            if wrong and mend:
                recount(turn)
                _note(turn.pools[number], wrong)
        found += wrong
    return found


def _note(pool: Pool, wrong: list[Wrong]) -> None:
    changes = {"dagen": [len(wrong), 0], "eerste": [str(wrong[0].day), None]}
    log("plaatsdagen.hersteld", pool, organisation_id=pool.location.organisation_id, by=None, changes=changes)


def _wrong(turn: Turn, pool: Pool) -> list[Wrong]:
    if pool.counted_from is None or pool.counted_until is None:
        return []
    right = counted(pool, first=pool.counted_from, last=pool.counted_until, at=turn.at)
    rows = PlaceDay.objects.filter(pool=pool).values_list("day", "places", "claimed", "short")
    kept = {day: numbers for day, *numbers in rows}
    pairs = ((row, kept.get(row.day, [0, 0, 0])) for row in right)
    return [
        Wrong(pool, row.day, (was[0], was[1], was[2]), (row.places, row.claimed, row.short))
        for row, was in pairs
        if was != [row.places, row.claimed, row.short]
    ]
