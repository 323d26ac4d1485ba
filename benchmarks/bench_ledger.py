"""The ledger: many who book at once, beside a program that first looks and then writes."""

import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.goals import Goal
from benchmarks.ledger import working, world

WORKERS, BOOKINGS, PORTION = 4, 10_000, 500
POOLS, MANY_POOLS, CURVE_DAYS = 60, 1_200, 183
SCARCE = 100
PROMISE_PER_SECOND = 2_000


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print every figure and give the goals, on a database that lives as long as the measuring."""
    with tempfile.TemporaryDirectory() as folder:
        world.start(Path(folder))
        goals = [
            *_fast(rounds, bookings=BOOKINGS // 5 if is_small else BOOKINGS),
            *_scarce(),
            *_naive(),
        ]
        _curve(100 if is_small else MANY_POOLS)
    print("\nDoelen")
    print("\n".join(goal.line() for goal in goals))
    return goals


def _fast(rounds: int, *, bookings: int) -> list[Goal]:
    speeds = []
    for number in range(rounds):
        user, pools = world.make(f"ruim{number}", pools=POOLS, places=20_000)
        work = working.lists(user, pools, count=bookings // WORKERS, portion=PORTION)
        ends, seconds, busy = working.at_once(work, WORKERS)
        speeds.append(ends["geboekt"] / busy)
        _tell(f"lijsten van {PORTION}, {WORKERS} tegelijk, {POOLS} locaties", ends, seconds, busy)
    user, pools = world.make("los", pools=POOLS, places=20_000)
    ends, seconds, busy = working.at_once(working.one_by_one(user, pools, count=bookings // 40), WORKERS)
    _tell(f"een voor een, {WORKERS} tegelijk", ends, seconds, busy)
    ends, seconds, busy = working.at_once(working.one_by_one(user, pools, count=bookings // 20), 1)
    _tell("een voor een, alleen", ends, seconds, busy)
    name = f"boekingen in lijsten per seconde processortijd (beste van {rounds})"
    return [Goal(name, max(speeds), minstens=PROMISE_PER_SECOND, eenheid="per s")]


def _scarce() -> list[Goal]:
    """Let many want few places, one by one and in lists, and count what is overbooked."""
    user, pools = world.make("krap", pools=8, places=SCARCE)
    work = working.lists(user, pools, count=BOOKINGS // WORKERS, portion=5)
    ends, seconds, busy = working.at_once(work, WORKERS)
    _tell(f"lijsten van 5, 8 locaties van {SCARCE}: 10.000 gevraagd", ends, seconds, busy)
    return [
        Goal(
            "plaatsdagen te veel toegezegd na alle boekingen",
            world.overbooked_days(),
            hoogstens=0,
            eenheid="dagen",
        ),
        Goal("dagen die de tabel anders zegt dan het rekenwerk", _wrong(), hoogstens=0, eenheid="dagen"),
    ]


def _wrong() -> int:
    from regietafel.reception.services.upkeep import wrong_days

    return len(wrong_days())


def _naive() -> list[Goal]:
    _user, pools = world.make("naief", pools=1, places=SCARCE)
    ends, seconds, busy = working.at_once(working.naive(pools[0], places=SCARCE, tries=60), WORKERS)
    over = ends["geboekt"] - SCARCE
    _tell(f"eerst kijken, dan schrijven: {SCARCE} plaatsen", ends, seconds, busy)
    return [
        Goal("te veel toegezegd door eerst kijken en dan schrijven", over, minstens=1, eenheid="plaatsen")
    ]


def _curve(pools: int) -> None:
    """Time the curve of a country: from the table, and as the engine counts it anew."""
    from django.db.models import Sum
    from django.utils import timezone

    from regietafel.reception.engine import ledger
    from regietafel.reception.models import PlaceDay, Pool
    from regietafel.reception.selectors.ledger import pools_ledger

    user, numbers = world.make("land", pools=pools, places=100)
    working.at_once(working.lists(user, numbers, count=2_500, portion=PORTION), WORKERS)
    today = timezone.localdate()
    last = today + timedelta(CURVE_DAYS - 1)
    rows = PlaceDay.objects.filter(pool__in=Pool.objects.filter(pk__in=numbers), day__range=(today, last))
    summed = rows.values("day").annotate(a=Sum("places"), b=Sum("claimed"))
    table = statistics.median(_seconds(lambda: list(summed.order_by("day"))) for _ in range(5))
    known = pools_ledger(Pool.objects.filter(pk__in=numbers))
    view = ledger.View(first=today, last=last, at=timezone.now(), by=ledger.By.POOL)
    engine = statistics.median(_seconds(lambda: ledger.count_days(known, view)) for _ in range(5))
    print(f"\nKromme van {CURVE_DAYS} dagen over {pools} soorten plaatsen: {table:.2f} s uit de tabel, "
          f"{engine:.2f} s opnieuw geteld met {len(known.bookings)} boekingen")  # fmt: skip


def _seconds(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _tell(what: str, ends: Any, seconds: float, busy: float) -> None:
    total = sum(ends.values())
    told = ", ".join(f"{name} {number}" for name, number in sorted(ends.items()))
    clock, cpu = total / seconds, total / max(busy, 0.001)
    print(f"  {what:<54} {seconds:6.1f} s {clock:7.0f} per s, {cpu:7.0f} per s processortijd ({told})")
