"""How counts spread around their mean: the negative binomial, and how surprising a count is in it."""

from __future__ import annotations

from dataclasses import dataclass
from math import log


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A negative binomial: variance = mean + dispersion x mean squared."""

    mean: float
    dispersion: float

    def above(self, count: float) -> float:
        """Give the probability of this count or more, the count itself for half (mid-p)."""
        return 1 - (self._up_to(count) + self._up_to(count - 1)) / 2

    def cost(self, count: float, *, times: float = 1.0) -> float:
        """Give minus the log-likelihood when the mean is so many times as high, up to a constant."""
        size, mean = 1 / self.dispersion, self.mean * times
        return (count + size) * log(size + mean) - count * log(mean)

    def highest(self, threshold: float) -> int:
        """Give the highest count that is no surprise."""
        low, high = -1, 1
        while self.above(high) >= threshold:
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.above(middle) >= threshold else (low, middle)
        return max(low, 0)

    def lowest(self, threshold: float) -> int:
        """Give the lowest count that is no surprise."""
        low, high = -1, int(self.mean) + 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if 1 - self.above(middle) >= threshold else (middle, high)
        return high

    def _up_to(self, count: float) -> float:
        from scipy.special import betainc

        size = 1 / self.dispersion
        return float(betainc(size, count + 1, size / (size + self.mean))) if count >= 0 else 0.0
