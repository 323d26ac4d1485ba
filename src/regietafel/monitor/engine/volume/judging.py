"""How sure a difference is: the words for it, and the bounds that Student's t puts around it."""

from __future__ import annotations

from dataclasses import dataclass

CLEARLY, POSSIBLY = 0.975, 0.90  # two-sided 95 % and 80 %
SURE, PERHAPS, UNPROVEN, TOO_SHORT = "duidelijk", "mogelijk", "niet aantoonbaar", "te kort om te zeggen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """A change with how far it may be off: within ``clearly`` in 95 % and within ``possibly`` in 80 %."""

    change: float
    clearly: float
    possibly: float

    @property
    def verdict(self) -> str:
        """How sure it is that there is a change at all."""
        if abs(self.change) <= self.possibly:
            return UNPROVEN
        return SURE if abs(self.change) > self.clearly else PERHAPS

    @property
    def low(self) -> float:
        """The lower end of the 95 % interval."""
        return self.change - self.clearly

    @property
    def high(self) -> float:
        """The upper end of the 95 % interval."""
        return self.change + self.clearly

    def is_within(self, margin: float) -> bool:
        """Whether the change is smaller than a margin either way, with the sureness of ``possibly``."""
        return abs(self.change) + self.possibly < margin


def bounds_of(change: float, *, spread: float, free: float) -> Bounds:
    """Put bounds around a change (bounds).

    Args:
        change: the difference found; any unit.
        spread: its standard error, in the same unit.
        free: degrees of freedom of that standard error.

    Returns:
        The change with its 95 % and 80 % reach, in the same unit.

    Method: student-1908, the t-distribution.

    >>> bounds_of(3.0, spread=1.0, free=10).verdict
    'duidelijk'
    """
    from scipy.special import stdtrit

    clearly, possibly = (float(stdtrit(free, level)) * spread for level in (CLEARLY, POSSIBLY))
    return Bounds(change=change, clearly=clearly, possibly=possibly)
