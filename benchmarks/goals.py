"""What a subject has to reach, and whether it did."""

from dataclasses import dataclass


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
    if not unit:  # a fraction of 1, where the third decimal counts
        return f"{value:.4f}".replace(".", ",")
    digits = f"{value:,.0f}" if value >= 1_000 else f"{value:.2f}"
    return f"{digits.translate(str.maketrans(',.', '.,'))} {unit}"
