"""The forecast of reception places beside what others would use: coverage, shortage and speed."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from benchmarks.forecast.measuring import HORIZONS, Case, Outcome, cases, judge, reliability
from benchmarks.forecast.regions import FALLING, LEVELS, WORLDS
from benchmarks.forecast.rivals import METHODS
from benchmarks.goals import Goal
from regietafel.reception.engine.forecast import Offer, Setting, Supply, backtest, forecast
from regietafel.reception.engine.ledger import (
    Booking,
    BookingKind,
    CapacityBlock,
    Ledger,
    PlaceKind,
    Pool,
    View,
    count_days,
    overbooked,
)

SEED = 20_220_411
LOCATIONS, DAYS, BOOKINGS = 1_200, 730, 20_000
EDGES = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01)


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print the tables, and give what was promised."""
    every = list(cases(8 if is_small else 60, seed=SEED))
    outcomes = {name: judge(method, every) for name, method in METHODS.items()}
    _print_methods(outcomes, len(every))
    _print_worlds(outcomes["Regietafel"], every)
    _print_falling(8 if is_small else 60)
    found = [*_covered(outcomes, every), *_short(8 if is_small else 60), *_looked_back(every)]
    # A few dozen regions say little about a share: then only the speed is held to its promise.
    goals = [*([] if is_small else found), *_speed(rounds)]
    print("\nDoelen")
    print("\n".join(goal.line() for goal in goals))
    return goals


def _print_methods(outcomes: dict[str, Outcome], number: int) -> None:
    print(f"\n{number} verzonnen regio's; binnen 80 %, breedte in delen van wie er is, Brier-winst")
    print(f"  {'dagen vooruit':<30} {'7 / 28 / 56':>16} {'breedte':>20} {'Brier':>22}")
    for name, outcome in outcomes.items():
        covered = " / ".join(f"{share:.0%}" for share in outcome.covered.mean(axis=0))
        width = " / ".join(f"{share:.2f}" for share in outcome.width.mean(axis=0))
        skill = " / ".join(f"{share:.2f}" for share in outcome.brier_skill())
        print(f"  {name:<30} {covered:>16} {width:>20} {skill:>22}")
    print("\n  genoemde kans op tekort → hoe vaak het er kwam (keer)")
    for named, came, count in reliability(outcomes["Regietafel"], edges=EDGES):
        print(f"  {named:10.2f} → {came:.2f} ({count})")


def _print_worlds(outcome: Outcome, every: Sequence[Case]) -> None:
    print(
        f"\n  {'binnen 80 % op 7 / 28 / 56':<30}"
        + "".join(f"{f'{level:.0f} per dag':>20}" for level in LEVELS)
    )
    for world in WORLDS:
        cells = []
        for level in LEVELS:
            mine = np.array([case.world is world and case.level == level for case in every])
            cells.append(" / ".join(f"{share:.0%}" for share in outcome.covered[mine].mean(axis=0)))
        print(f"  {world.name:<30}" + "".join(f"{cell:>20}" for cell in cells))


def _print_falling(rows: int) -> None:
    """Show the worst case, which is promised nothing about: the inflow began to fall four weeks ago."""
    outcome = judge(METHODS["Regietafel"], list(cases(rows, seed=SEED + 2, worlds=(FALLING,))))
    told = " / ".join(f"{share:.0%}" for share in outcome.covered.mean(axis=0))
    print(f"\n  {FALLING.name}, zonder belofte: binnen 80 % op 7 / 28 / 56 dagen {told}")


def _covered(outcomes: dict[str, Outcome], every: Sequence[Case]) -> Iterator[Goal]:
    ours, poisson = outcomes["Regietafel"], outcomes["gemiddelde, Poisson"]
    for place, horizon in enumerate(HORIZONS):
        yield from _between(f"binnen 80 %, {horizon} dagen vooruit", float(ours.covered[:, place].mean()))
        yield Goal(
            f"Brier-winst, {horizon} dagen vooruit",
            float(ours.brier_skill()[place]),
            minstens=0.1,
            eenheid="",
        )
    for level in LEVELS:
        mine = np.array([case.level == level for case in every])
        yield from _between(f"binnen 80 %, {level:.0f} per dag", float(ours.covered[mine].mean()))
    naive = float(poisson.covered[:, 1:].mean())
    yield Goal("gemiddelde met Poisson, 28 en 56 dagen", naive, hoogstens=0.35, eenheid="%")


def _between(name: str, share: float) -> Iterator[Goal]:
    yield Goal(name, share, minstens=0.75, eenheid="%")
    yield Goal(name, share, hoogstens=0.85, eenheid="%")


def _short(rows: int) -> Iterator[Goal]:
    """Look ahead from one to four weeks of history, which the product calls short."""
    early = judge(METHODS["Regietafel"], list(cases(rows, seed=SEED + 1, lengths=(7, 27))))
    told = " / ".join(f"{share:.0%}" for share in early.covered.mean(axis=0))
    print(f"\n  7 tot 27 dagen geschiedenis: binnen 80 % op 7 / 28 / 56 dagen {told}")
    yield Goal("binnen 80 %, korte geschiedenis", float(early.covered.mean()), minstens=0.75, eenheid="%")


def _looked_back(every: Sequence[Case]) -> Iterator[Goal]:
    """Add up the back-tests that users are shown, over histories of a season or more."""
    rows = [
        row
        for case in every[:: max(len(every) // 240, 1)]
        if len(case.region.history.arrivals) >= 90
        for row in backtest(case.region.history, seed=case.seed).rows
    ]
    for horizon in HORIZONS:
        mine = [row for row in rows if row.horizon_days == horizon]
        share = sum(row.covered for row in mine) / sum(row.forecasts for row in mine)
        yield from _between(f"achteraf op eigen geschiedenis, {horizon} dagen", share)


def _speed(rounds: int) -> Iterator[Goal]:
    case = max(cases(1, seed=SEED), key=lambda one: len(one.region.history.arrivals))
    supply = Supply(
        offers=(
            Offer(places=case.places, from_on=date(2022, 1, 1)),
            Offer(places=60, from_on=date(2022, 9, 1), probability=0.6),
        )
    )
    ahead = _seconds(lambda: forecast(case.region.history, supply, setting=Setting(days=183, seed=1)), rounds)
    yield Goal("183 dagen met 4.000 toekomsten", ahead, hoogstens=1.0, eenheid="s")
    ledger, view = _national()
    counting = _seconds(lambda: count_days(ledger, view), rounds)
    yield Goal("1.200 locaties, 730 dagen, 20.000 boekingen tellen", counting, hoogstens=1.0, eenheid="s")
    checking = _seconds(lambda: overbooked(ledger, at=view.at), rounds)
    yield Goal("dezelfde nalopen op te veel beloofd", checking, hoogstens=1.0, eenheid="s")


def _seconds(work: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(max(rounds, 3)):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return float(np.median(spent))


def _national() -> tuple[Ledger, View]:
    lot, first, now = np.random.default_rng(1), date(2025, 1, 1), datetime(2025, 1, 1, tzinfo=UTC)
    pools = [Pool(f"locatie {number}", PlaceKind.MUNICIPAL) for number in range(LOCATIONS)]
    blocks = tuple(
        CapacityBlock(id=pool.location, pool=pool, places=100, from_on=first, recorded_at=now)
        for pool in pools
    )
    bookings = tuple(
        Booking(
            id=str(number),
            kind=BookingKind.PLACEMENT,
            pool=pools[int(lot.integers(LOCATIONS))],
            group=str(number),
            people=int(lot.integers(1, 8)),
            from_on=first + timedelta(days=int(lot.integers(DAYS - 30))),
            until_on=first + timedelta(days=DAYS) if number % 3 else None,
            recorded_at=now,
        )
        for number in range(BOOKINGS)
    )
    view = View(first=first, last=first + timedelta(days=DAYS - 1), at=now)
    return Ledger(blocks=blocks, bookings=bookings), view
