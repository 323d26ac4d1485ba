"""Alarms and comparisons beside what others would use: tables of their own, and goals that must be kept."""

from collections.abc import Iterator

import numpy as np

from benchmarks.alarms import differing, finding, nab
from benchmarks.alarms.rivals import METHODS
from benchmarks.alarms.series import World, with_bursts
from benchmarks.matcher.goals import Goal

VOLUMES = ((3, 3.0), (20, 2.0), (120, 2.0))
CASES = (("gewone onrust", 0.05, None), ("eerdere piek", 0.05, 21), ("grote onrust", 0.10, None))
QUIET = 0.18  # slow movement at which a Poisson interval calls 42 % of the ordinary weeks different
STORIES = ((30, 30), (12, 60), (60, 240))


def report(*, rounds: int, is_small: bool) -> list[Goal]:
    """Print every table; chance begins at a fixed number, so a round more changes nothing."""
    rows = 30 if is_small else 100
    goals = [*_bursts(rows), *_differences(6 * rows if not is_small else 100), *_labelled(is_small)]
    print("\nDoelen")
    print("\n".join(goal.line() for goal in goals))
    return goals


def _bursts(rows: int) -> Iterator[Goal]:
    for name, dispersion, earlier_at in CASES:
        print(f"\nPieken van vijf dagen, {name} (spreiding {dispersion}), {rows} reeksen per volume")
        print("  loos per 100 dagen / gevonden binnen een dag / in vijf dagen / dagen later")
        for mean, times in VOLUMES:
            world = World(mean, dispersion)
            chance = np.random.default_rng(mean)
            bursts = with_bursts(world, rows=rows, times=times, chance=chance, earlier_at=earlier_at)
            print(f"  {mean} per dag, x{times:.0f}")
            for method, judge in METHODS.items():
                found = finding.score(judge, bursts)
                print(
                    f"    {method:<28} {found.false_per_100:6.1f} / {found.found_within_a_day:.2f} / "
                    f"{found.found:.2f} / {found.delay_days:.1f}"
                )
                if method == "Regietafel" and name == CASES[0][0]:
                    where = f"{mean} per dag, {name}"
                    yield Goal(f"loze alarmen ({where})", found.false_per_100, hoogstens=3, eenheid="/100")
                    yield Goal(f"gevonden binnen een dag ({where})", found.found_within_a_day, minstens=0.75)


def _differences(rows: int) -> Iterator[Goal]:
    print(f"\nGewone perioden die verschillend heten, {rows} reeksen; en gehalveerde die worden gezien")
    print(f"  {'':<42} {'Poisson':>8} {'duidelijk':>10} {'mogelijk':>9} {'gehalveerd':>11}")
    for mean, _times in VOLUMES:
        for case in differing.CASES:
            chance = np.random.default_rng(mean)
            rates = differing.volume_rates(case, World(mean, drift=QUIET), rows=rows, chance=chance)
            print(
                f"  {f'{case.name}, {mean} per dag':<42} {rates.poisson:8.1%} {rates.surely:10.1%} "
                f"{rates.possibly:9.1%} {rates.halved:11.1%}"
            )
            yield Goal(f"{case.name}, {mean} per dag", rates.surely, hoogstens=0.07, eenheid="%")
    print(f"\n  {'per verhaal':<42} {'per bericht':>11} {'duidelijk':>10} {'te kort':>8}")
    for name, make in (("interacties", differing.interactions), ("aandeel", differing.tones)):
        for stories in STORIES:
            chance = np.random.default_rng(stories[0])
            naive, surely, short = differing.story_rates(make, stories, rows=rows, chance=chance)
            where = f"{name}, {stories[0]} met {stories[1]} verhalen"
            print(f"  {where:<42} {naive:11.1%} {surely:10.1%} {short:8.1%}")
            yield Goal(where, surely, hoogstens=0.07, eenheid="%")


def _labelled(is_small: bool) -> Iterator[Goal]:
    if not nab.FOLDER.is_dir():
        print(
            "\nOvergeslagen: de echte reeksen met gemarkeerde vensters (NAB) staan niet in shared/data/nab."
        )
        return
    every = list(nab.series())[: 2 if is_small else None]
    print(f"\nTweets per uur, {len(every)} echte reeksen (NAB)")
    print(f"  {'':<28} {'vensters':>9} {'loze uren per 100':>18} {'loze reeksen per week':>22}")
    found = {name: nab.score(method, every) for name, method in nab.METHODS.items()}
    for name, one in found.items():
        print(
            f"  {name:<28} {one.found:>4}/{one.windows:<4} {one.false_per_100:18.1f} "
            f"{one.false_episodes_per_week:22.1f}"
        )
    yield from ()
