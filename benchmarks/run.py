"""Run the measurements and print them side by side: per second, against the promise, against each other.

Figures of different machines compare through the yardstick: the time of a fixed loop of plain Python.
"""

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext, redirect_stdout
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import Measurement

ROUNDS = 3
YARDSTICK_LOOPS = 4_000_000


@dataclass(frozen=True)
class Figure:
    """The outcome of one measurement."""

    naam: str
    per_seconde: float
    eenheid: str
    belofte: float | None
    verhouding_tot_belofte: float | None
    verhouding: float | None
    vergeleken_met: str | None

    @property
    def kept(self) -> bool:
        """Whether the promise, if there is one, was kept."""
        return self.verhouding_tot_belofte is None or self.verhouding_tot_belofte >= 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; exit 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(
        prog="./regie bench", description="Meet de snelheden die het product belooft."
    )
    parser.add_argument("onderwerp", nargs="*", help="alleen deze onderwerpen, zoals: monitor")
    parser.add_argument("--rondes", type=int, default=ROUNDS, help=f"hoe vaak; de beste telt ({ROUNDS})")
    parser.add_argument("--snel", action="store_true", help="kleinere hoeveelheden waar dat kan")
    parser.add_argument("--json", action="store_true", help="uitvoer voor machines")
    options = parser.parse_args(arguments)
    yardstick = seconds_of(_loop, options.rondes)
    modules = list(found(options.onderwerp))
    figures = list(measure(_measurements(modules), options.rondes))
    with redirect_stdout(sys.stderr) if options.json else nullcontext():
        goals = _reported(modules, rounds=options.rondes, is_small=options.snel)
    if options.json:
        told = {"metingen": [asdict(f) for f in figures], "doelen": [asdict(goal) for goal in goals]}
        print(json.dumps({"maatstaf_seconden": yardstick, **told}, indent=1))
    elif figures:
        print(f"Maatstaf (4 miljoen lusstappen): {yardstick:.2f} s. Beste van {options.rondes} rondes.\n")
        print("\n".join(lines(figures)))
    return 0 if all(one.kept for one in (*figures, *goals)) else 1


def found(subjects: Sequence[str]) -> Iterator[ModuleType]:
    """Yield every module of measurements beside this one, or those of the subjects named."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if not subjects or path.stem.removeprefix("bench_") in subjects:
            yield importlib.import_module(f"benchmarks.{path.stem}")


def _measurements(modules: Iterable[ModuleType]) -> Iterator[Measurement]:
    for module in modules:
        if hasattr(module, "measurements"):
            yield from module.measurements()


def _reported(modules: Iterable[ModuleType], *, rounds: int, is_small: bool) -> list[Any]:
    """Let modules that compare many things at once print tables of their own; give their goals."""
    reporting = (module for module in modules if hasattr(module, "report"))
    return [goal for module in reporting for goal in module.report(rounds=rounds, is_small=is_small)]


def measure(measurements: Iterable[Measurement], rounds: int) -> Iterator[Figure]:
    """Time each measurement and set it against its promise and its companion."""
    speeds: dict[str, float] = {}
    for item in measurements:
        speed = speeds[item.name] = item.amount / seconds_of(item.work, rounds)
        other = speeds.get(item.compared_with or "")
        yield Figure(
            naam=item.name,
            per_seconde=speed,
            eenheid=item.unit,
            belofte=item.promised_per_second,
            verhouding_tot_belofte=speed / item.promised_per_second if item.promised_per_second else None,
            verhouding=speed / other if other else None,
            vergeleken_met=item.compared_with,
        )


def seconds_of(work: Callable[[], object], rounds: int) -> float:
    """Return the shortest time of a few rounds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def lines(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the table."""
    width = max((len(figure.naam) for figure in figures), default=10)
    yield row("meting", "per seconde", "eenheid", "belofte", "gehaald", "vergelijking", width=width)
    for figure in figures:
        kept = figure.verhouding_tot_belofte
        beside = f"{times(figure.verhouding)} {figure.vergeleken_met}" if figure.verhouding else ""
        yield row(
            figure.naam,
            whole(figure.per_seconde),
            figure.eenheid,
            whole(figure.belofte),
            times(kept),
            beside if figure.kept else f"{beside} TE LANGZAAM",
            width=width,
        )


def row(*cells: str, width: int) -> str:
    """Line up the cells of one row."""
    name, speed, unit, promise, kept, beside = cells
    return f"{name:<{width}}  {speed:>12}  {unit:<12} {promise:>9} {kept:>8}  {beside}".rstrip()


def times(ratio: float | None) -> str:
    """Write how many times, the Dutch way; a dash when there is nothing to compare."""
    return "-" if ratio is None else f"{ratio:.1f}x".replace(".", ",")


def whole(number: float | None) -> str:
    """Write a whole number the Dutch way; a dash when there is none."""
    return "-" if number is None else f"{number:,.0f}".replace(",", ".")


def _loop() -> int:
    total = 0
    for number in range(YARDSTICK_LOOPS):
        total += number & 7
    return total


if __name__ == "__main__":
    sys.exit(main())
