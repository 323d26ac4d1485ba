"""What the matcher has to reach, and whether it did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.matcher.rounds import Entry


@dataclass(frozen=True)
class Goal:
    """One promise: what was measured, and the least or the most it may be."""

    naam: str
    gemeten: float
    minstens: float | None = None
    hoogstens: float | None = None
    eenheid: str = "x"

    @property
    def kept(self) -> bool:
        """Tell whether the promise was kept."""
        is_enough = self.minstens is None or self.gemeten >= self.minstens
        return is_enough and (self.hoogstens is None or self.gemeten <= self.hoogstens)

    def line(self) -> str:
        """Write the goal as a line of the table."""
        sign, bound = ("≥", self.minstens) if self.minstens is not None else ("≤", self.hoogstens)
        verdict = "gehaald" if self.kept else "NIET GEHAALD"
        return (
            f"  {self.naam:<58} {_written(self.gemeten, self.eenheid):>12}  "
            f"{sign} {_written(bound or 0, self.eenheid):<10} {verdict}"
        )


def _written(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value:.0%}"
    digits = f"{value:,.0f}" if value >= 1_000 else f"{value:.2f}"
    return f"{digits.translate(str.maketrans(',.', '.,'))} {unit}"


SHARES = {"numpy": 0.35, "numba": 0.55, "numba-arrow": 0.85}
TIMES = {"tantivy": 20.0, "postgres": 20.0}
LEFT = {"berichten": 0.60, "artikelen": 0.55}


def of_field(kind: str, count: int, entries: Mapping[str, Entry]) -> Iterator[Goal]:
    """Give the goals that one field of contestants answers."""
    where = f"{count} vragen, {kind}"
    if "hyperscan" in entries:
        for name in SHARES.keys() & entries.keys():
            share = entries[name].times(entries["hyperscan"])
            yield Goal(f"{name}, deel van hyperscan ({where})", share, SHARES[name], eenheid="%")
    if count == 342 and kind == "berichten" and "numpy" in entries:
        for name in TIMES.keys() & entries.keys():
            yield Goal(f"numpy tegen {name} ({where})", entries["numpy"].times(entries[name]), TIMES[name])


def of_growth(kind: str, names: Sequence[str], few: Sequence[Entry], many: Sequence[Entry]) -> Iterator[Goal]:
    """Give what is left of the speed with the most questions, measured in turns with the fewest."""
    for name, small, large in zip(names, few, many, strict=True):
        left = large.times(small)
        yield Goal(f"{name}, snelheid over bij 10.260 vragen ({kind})", left, LEFT[kind], eenheid="%")
