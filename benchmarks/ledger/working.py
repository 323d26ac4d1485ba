"""Workers, each a process with a connection of its own, that book at the same moment."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

Work = Callable[[int, Any], Counter[str]]
LONGEST_DAYS, LATEST_DAY = 60, 200
CPU = "milliseconden"


def at_once(work: Work, workers: int) -> tuple[Counter[str], float, float]:
    """Let every worker do its part at the same moment.

    Returns:
        What came of it, the seconds on the clock, and the seconds of processor time of all workers together.
    """
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate, ends = context.Barrier(workers + 1), context.Queue()
    running = [context.Process(target=_run, args=(work, number, gate, ends)) for number in range(workers)]
    for process in running:
        process.start()
    gate.wait()
    started = time.perf_counter()
    found: Counter[str] = Counter()
    for _process in running:
        found += ends.get()
    seconds = time.perf_counter() - started
    for process in running:
        process.join()
    busy = found.pop(CPU, 0) / 1_000
    return found, seconds, busy


def _run(work: Work, number: int, gate: Any, ends: Any) -> None:
    gate.wait()
    started = round(time.process_time() * 1_000)
    try:
        found = work(number, random.Random(number))
        ends.put(found + Counter({CPU: round(time.process_time() * 1_000) - started}))
    except Exception as error:  # the measuring process must hear of it instead of waiting for ever
        ends.put(Counter({repr(error): 1}))


def lists(user: Any, pools: Sequence[int], *, count: int, portion: int) -> Work:
    """Book so many placements in lists."""
    return partial(_lists, user, pools, count, portion)


def _lists(
    user: Any, pools: Sequence[int], count: int, portion: int, number: int, chance: Any
) -> Counter[str]:
    from django.db import OperationalError

    from regietafel.reception.models import Pool
    from regietafel.reception.services.booking import Full, book_together

    known = {pool.pk: pool for pool in Pool.objects.filter(pk__in=pools).select_related("location")}
    ends: Counter[str] = Counter()
    for _ in range(count // portion):
        wanted = [_wanted(known[chance.choice(pools)], chance) for _ in range(portion)]
        try:
            book_together(wanted=wanted, by=user)
            ends["geboekt"] += portion
        except Full:
            ends["vol"] += portion
        except OperationalError:  # waited longer for its turn than SQLite lets it, under a heavy load
            ends["te lang gewacht"] += portion
    return ends


def _wanted(pool: Any, chance: Any) -> Any:
    from django.utils import timezone

    from regietafel.reception.services.booking import Wanted

    first = timezone.localdate() + timedelta(chance.randrange(LATEST_DAY))
    until = first + timedelta(chance.randint(1, LONGEST_DAYS))
    people = chance.randint(1, 6)
    return Wanted(pool=pool, kind="plaatsing", group=None, people=people, from_on=first, until_on=until)


def one_by_one(user: Any, pools: Sequence[int], *, count: int) -> Work:
    """Book so many placements, each on its own."""
    return lists(user, pools, count=count, portion=1)


def naive(pool: int, *, places: int, tries: int) -> Work:
    """Book as a program does that first looks and then writes."""
    return partial(_naive, pool, places, tries)


def _naive(pool: int, places: int, tries: int, number: int, chance: Any) -> Counter[str]:
    from django.db.models import Sum
    from django.utils import timezone

    from regietafel.reception.models import Booking

    ends: Counter[str] = Counter()
    for _ in range(tries):
        taken = Booking.objects.filter(pool_id=pool).aggregate(sum=Sum("places"))["sum"] or 0
        if taken + 1 > places:
            ends["vol"] += 1
            continue
        now = timezone.now()
        Booking.objects.create(pool_id=pool, kind="plaatsing", people=1, places=1, from_on=now.date(),
                               recorded_at=now)  # fmt: skip
        ends["geboekt"] += 1
    return ends
