"""What it means when two periods differ, and how that is said in Dutch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, log
from typing import NamedTuple

from regietafel.kernel.dutch import interval, number, share
from regietafel.monitor.engine.volume.judging import PERHAPS, SURE, TOO_SHORT, Bounds

RATIOS = ("berichten", "interacties")
_SLIGHTLY, _STRONGLY = log(4 / 3), log(2)
_SLIGHTLY_SHARE, _STRONGLY_SHARE = 0.10, 0.30


class Span(NamedTuple):
    """A period, from its first up to and including its last day."""

    first: date
    last: date

    @property
    def length_days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one figure was in two periods, and whether it differs.

    ``kind``: berichten (mean per day), interacties (typical number per message), aandeel or sentiment
    (fraction of 1). ``change`` is a ratio for the first two and a difference of fractions for the others,
    with its 95 % interval; None where there is too little to say. ``verdict`` is duidelijk, mogelijk, niet
    aantoonbaar or te kort om te zeggen. ``is_similar``: the change is surely too small to matter (less than a
    third up or a quarter down, or less than 10 points). ``tone`` is the prevailing sentiment of the later
    period.
    """

    kind: str
    now: float | None
    before: float | None
    change: float | None
    low: float | None
    high: float | None
    verdict: str
    is_similar: bool = False
    tone: str = ""

    @property
    def direction(self) -> str:
        """Meer, minder, or nothing when no difference was shown."""
        if self.verdict not in (SURE, PERHAPS) or self.change is None:
            return ""
        return "meer" if self._size() > 0 else "minder"

    def _size(self) -> float:
        change = self.change or 1.0
        return log(change) if self.is_ratio else (self.change or 0.0)

    @property
    def is_ratio(self) -> bool:
        """Whether the change is how many times as much, rather than a difference of shares."""
        return self.kind in RATIOS

    def sentence(self, against: str) -> str:
        """Say it in plain Dutch, with figures; ``against`` names the earlier period."""
        subject = _SUBJECTS[self.kind]
        if self.verdict == TOO_SHORT:
            return f"Te kort om te zeggen of {subject} veranderde ten opzichte van {against}."
        tone = f" ({self.tone})" if self.tone else ""
        return f"{subject.capitalize()} {self._told(against)}{tone}: {self._figures()}."

    def _told(self, against: str) -> str:
        if not self.direction:
            if self.is_similar:
                return f"is vergelijkbaar met {against}"
            return f"is niet aantoonbaar anders dan in {against}"
        up, down = _VERBS[self.kind]
        sureness = "mogelijk " if self.verdict == PERHAPS else ""
        verb = up if self.direction == "meer" else down
        return f"is {sureness}{self._how_much()}{verb} ten opzichte van {against}"

    def _how_much(self) -> str:
        slightly, strongly = (_SLIGHTLY, _STRONGLY) if self.is_ratio else (_SLIGHTLY_SHARE, _STRONGLY_SHARE)
        size = abs(self._size())
        if size < slightly:
            return "iets "
        if size >= strongly:
            return "sterk "
        return "duidelijk " if self.verdict == SURE else ""

    def _figures(self) -> str:
        if self.change is None or self.low is None or self.high is None:
            return "onbekend"
        if self.is_ratio:
            unit = "per dag" if self.kind == "berichten" else "per bericht"
            change, low, high = (100 * (each - 1) for each in (self.change, self.low, self.high))
            return (
                f"van {number(self.before, decimals=1)} naar {number(self.now, decimals=1)} {unit}, "
                f"verschil in procenten {_signed(change, low=low, high=high)}"
            )
        change, low, high = (100 * each for each in (self.change, self.low, self.high))
        return (
            f"{_WHAT[self.kind]} ging van {share(self.before)} naar {share(self.now)}, "
            f"verschil in procentpunten {_signed(change, low=low, high=high)}"
        )


def difference_of(
    bounds: Bounds | None, *, kind: str, now: float | None, before: float | None, tone: str = ""
) -> Difference:
    """Make a difference of a change with its bounds: of logarithms for a ratio, of fractions for a share.

    Method: exponentials of the bounds for a ratio; without bounds there was too little to say (our reading).
    """
    if bounds is None:
        return Difference(
            kind=kind, now=now, before=before, change=None, low=None, high=None, verdict=TOO_SHORT, tone=tone
        )
    is_ratio = kind in RATIOS
    change, low, high = (exp(each) if is_ratio else each for each in (bounds.change, bounds.low, bounds.high))
    return Difference(
        kind=kind,
        now=now,
        before=before,
        change=change,
        low=low,
        high=high,
        verdict=bounds.verdict,
        is_similar=bounds.is_within(_SLIGHTLY if is_ratio else _SLIGHTLY_SHARE),
        tone=tone,
    )


_SUBJECTS = {
    "berichten": "het aantal berichten",
    "interacties": "het aantal interacties",
    "aandeel": "het aandeel",
    "sentiment": "het sentiment",
}
_VERBS = {
    "berichten": ("toegenomen", "afgenomen"),
    "interacties": ("toegenomen", "afgenomen"),
    "aandeel": ("toegenomen", "afgenomen"),
    "sentiment": ("positiever", "minder positief"),
}
_WHAT = {"aandeel": "het", "sentiment": "positief"}


def _signed(change: float, *, low: float, high: float) -> str:
    """Write a difference with its interval, such as −20 (−30 tot −8)."""
    if low < 0:
        return interval(change, low=low, high=high, decimals=0)
    ends = f"{number(low, decimals=0, signed=True)} tot {number(high, decimals=0, signed=True)}"
    return f"{number(change, decimals=0, signed=True)} ({ends})"
