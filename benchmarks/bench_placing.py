"""Placement beside rules of a spreadsheet, its bound, a season of buses, problems with a known best."""

import resource
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from benchmarks.goals import Goal
from benchmarks.placing import known, season
from benchmarks.placing.spreadsheet import RULES, by_hand
from benchmarks.placing.world import BUS, COUNTRY, REGION, SHORT_BUS, Size, make_task
from regietafel.reception.engine.placing import Effort, PlacingTask, assign, price_of, propose
from regietafel.reception.engine.placing import smallest_enlargement as enlargement

BUSES, FEW_BUSES = 100, 10
OURS = "Regietafel"
BUS_SECONDS, REGION_SECONDS, COUNTRY_SECONDS = 10.0, 15.0, 180.0
COUNTRIES = (0, 1)
MOST_GIB, KIB_PER_GIB = 4.0, 1024**2


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print every table and give the goals; the country is left out when small."""
    goals = [
        *_known(),
        *_buses(FEW_BUSES if is_small else BUSES),
        *_short_buses(FEW_BUSES if is_small else BUSES),
        *_region((0,) if is_small else (0, 1, 2)),
        *_seasons(() if is_small else (0, 1, 2)),
        *(() if is_small else _country()),
    ]
    print("\nDoelen")
    print("\n".join(goal.line() for goal in goals))
    return goals


def _known() -> Iterator[Goal]:
    found = known.problems()
    if not found:
        print(f"\nOvergeslagen: {known.ABSENT}")
        return
    started, best = time.perf_counter(), 0
    for problem, optimum in found.values():
        made = assign(problem["cost"], problem["req"], capacity=problem["cap"])
        best += made.is_optimal and made.value == optimum
    print(f"\nToewijzing: {best} van {len(found)} bekend, {time.perf_counter() - started:.1f} s samen")
    yield Goal("toewijzing, bekende uitkomsten gevonden en bewezen", best, minstens=len(found), eenheid="")


def _buses(count: int) -> Iterator[Goal]:
    """Place buses of sixty people; processor time, because others use this machine too.

    The rules of a spreadsheet know no urgency, so people are compared where all are equally urgent.
    """
    times, prices, larger = [], [], []
    even, urgent = _Tally(), _Tally()
    for seed in range(count):
        task = make_task(BUS, seed)
        flat = replace(task, groups=tuple(replace(one, urgency=1) for one in task.groups))
        even.add(flat, dict(propose(flat, Effort(clock=time.perf_counter, seconds=BUS_SECONDS)).places))
        started = time.process_time()
        made = propose(task, Effort(clock=time.perf_counter, seconds=BUS_SECONDS))
        times.append(time.process_time() - started)
        urgent.add(task, dict(made.places))
        urgent.proven += made.is_optimal
        prices += _timed_prices(task, dict(made.places))
        larger.append(_timed_enlargement(task, dict(made.places)))
    print(f"\nBus van zestig, {count} keer")
    even.tell("allen even dringend")
    urgent.tell("met urgentie 1, 2 of 3")
    print(f"  tijd: mediaan {statistics.median(times):.2f} s, meeste {max(times):.2f} s")
    print(
        f"  prijs van een andere regel: mediaan {statistics.median(prices):.2f} s, meeste {max(prices):.2f} s"
    )
    print(f"  kleinste uitbreiding: mediaan {statistics.median(larger):.2f} s, meeste {max(larger):.2f} s")
    yield Goal("bus, minder mensen zonder plek dan de beste lijst", even.gain(0), minstens=0.2, eenheid="%")
    yield Goal("bus, idem maal urgentie", urgent.gain(1), minstens=0.2, eenheid="%")
    yield Goal("bus, bewezen de beste", urgent.proven / count, minstens=1.0, eenheid="%")
    yield Goal("bus, langste tijd", max(times), hoogstens=1.0, eenheid="s")
    yield Goal("prijs van een andere regel, mediaan", statistics.median(prices), hoogstens=0.5, eenheid="s")
    yield Goal("kleinste uitbreiding, langste tijd", max(larger), hoogstens=2.0, eenheid="s")


@dataclass
class _Tally:
    """People without a place, the same times urgency, and links together, per way of placing."""

    lost: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0, 0] for name in (*RULES, OURS)})
    links: int = 0
    proven: int = 0

    def add(self, task: PlacingTask, places: dict[str, str]) -> None:
        """Count one task."""
        self.links += _together(task, places)[2]
        for name, found in (*((rule, by_hand(task, rule)) for rule in RULES), (OURS, places)):
            without = [one for one in task.groups if one.code not in found]
            self.lost[name][0] += sum(one.size for one in without)
            self.lost[name][1] += sum(one.size * one.urgency for one in without)
            self.lost[name][2] += _together(task, found)[0]

    def gain(self, which: int) -> float:
        """Give how much less ours loses than the best list."""
        return 1 - self.lost[OURS][which] / min(self.lost[rule][which] for rule in RULES)

    def tell(self, what: str) -> None:
        """Print a row per way."""
        print(f"  {what}: zonder plek / maal urgentie / gekoppeld bij elkaar (van {self.links})")
        for name, (people, urgent, together) in self.lost.items():
            print(f"    {name:<36} {people:>5} {urgent:>5} {together:>5}")


def _short_buses(count: int) -> Iterator[Goal]:
    """Show what is left to gain where special places do not exist: nobody can place who needs them."""
    lost = dict.fromkeys(RULES, 0)
    ours = 0
    for seed in range(count):
        task = make_task(SHORT_BUS, seed)
        for rule in RULES:
            places = by_hand(task, rule)
            lost[rule] += sum(one.size for one in task.groups if one.code not in places)
        ours += propose(task, Effort(clock=time.perf_counter, seconds=BUS_SECONDS)).score.unplaced
    print(f"\nMet te weinig bijzondere plaatsen: beste lijst {min(lost.values())}, Regietafel {ours}")
    yield from ()


def _timed_prices(task: PlacingTask, places: dict[str, str]) -> list[float]:
    """Ask for another location for the first few groups."""
    times = []
    for number, group in enumerate(task.groups[:3]):
        location = task.locations[(5 * number + 1) % len(task.locations)].code
        started = time.process_time()
        effort = Effort(clock=time.perf_counter, seconds=BUS_SECONDS)
        price = price_of(task, places, group=group.code, location=location, effort=effort)
        times += [] if price.blocked else [time.process_time() - started]
    return times


def _timed_enlargement(task: PlacingTask, places: dict[str, str]) -> float:
    started = time.process_time()
    enlargement(task, places, effort=Effort(clock=time.perf_counter, seconds=BUS_SECONDS))
    return time.process_time() - started


def _together(task: PlacingTask, places: dict[str, str]) -> tuple[int, int, int]:
    """Count linked groups in one municipality, those of whom everybody has a place, and all."""
    home = {one.code: one.municipality for one in task.locations}
    linked: dict[str, list[str | None]] = {}
    for group in task.groups:
        if group.link:
            linked.setdefault(group.link, []).append(home.get(places.get(group.code, "")))
    complete = [towns for towns in linked.values() if None not in towns]
    return sum(len(set(towns)) == 1 for towns in complete), len(complete), len(linked)


def _large(size: Size, seed: int, seconds: float) -> tuple[float, float, float]:
    task = make_task(size, seed)
    started, busy = time.perf_counter(), time.process_time()
    made = propose(task, Effort(clock=time.perf_counter, seconds=seconds, seed=seed))
    taken, busy = time.perf_counter() - started, time.process_time() - busy
    kept, complete, links = _together(task, dict(made.places))
    print(
        f"  {seed}: {made.score.unplaced} zonder plek, {kept} van {links} samen ({complete} met elk "
        f"een plek), {made.score.km / made.score.placed:.1f} km, kloof {made.gap_pct:.4f} %, "
        f"{taken:.1f} s (processor {busy:.0f} s)"
    )
    for rule in RULES:
        places = by_hand(task, rule)
        lost = sum(one.size for one in task.groups if one.code not in places)
        print(f"     {rule:<36} {lost:>5} {_together(task, places)[0]:>5}")
    return made.gap_pct, taken, kept / max(links, 1)


def _region(seeds: tuple[int, ...]) -> Iterator[Goal]:
    print("\n2.000 mensen, 60 locaties")
    found = [_large(REGION, seed, REGION_SECONDS) for seed in seeds]
    worst = max(gap for gap, *_ in found)
    yield Goal("2.000 mensen, grootste kloof (fractie)", worst / 100, hoogstens=0.0005, eenheid="")
    yield Goal(
        "2.000 mensen, langste tijd", max(one[1] for one in found), hoogstens=REGION_SECONDS, eenheid="s"
    )


def _country() -> Iterator[Goal]:
    print("\n5.000 huishoudens, 1.200 locaties, 342 gemeenten")
    found = [_large(COUNTRY, seed, COUNTRY_SECONDS) for seed in COUNTRIES]
    gaps, times, kept = zip(*found, strict=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_GIB
    yield Goal("5.000 huishoudens, grootste kloof (fractie)", max(gaps) / 100, hoogstens=0.002, eenheid="")
    yield Goal("5.000 huishoudens, langste tijd", max(times), hoogstens=COUNTRY_SECONDS, eenheid="s")
    yield Goal("gekoppelden bij elkaar, van allen", min(kept), minstens=0.95, eenheid="%")
    yield Goal("meeste geheugen", memory, hoogstens=MOST_GIB, eenheid="GiB")


def _seasons(seeds: tuple[int, ...]) -> Iterator[Goal]:
    for seed in seeds:
        world, buses, earlier = season.make_season(seed)
        best = season.hindsight(world, buses)
        print(f"\nSeizoen {seed}: {len(buses)} bussen; achteraf {best.placed} mensen, {best.km:.0f} km")
        for policy in (season.NEAREST, "beste per bus", "speling"):
            started = time.process_time()
            made = season.play(world, buses, policy=policy, earlier=earlier)
            share = made.placed / best.placed
            busy = time.process_time() - started
            print(f"  {policy:<24} {share:.1%} geplaatst, {made.km:.0f} km, processor {busy:.0f} s")
        yield Goal(f"seizoen {seed}, geplaatst van wat achteraf kon", share, minstens=0.99, eenheid="%")
