"""What was asked against what is there: the difference in places and in percent, and who is how far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

_HALF = Fraction(1, 2)
_NEAR = Fraction(3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One municipality: its target and what is realised, in places; None is unknown.

    ``difference`` is realised minus target, so that below 0 means behind. ``reached`` is realised as a
    fraction of the target. ``rank`` is the best and the worst place it can have among those that are known.
    """

    name: str
    target: int
    realised: int | None
    difference: int | None = None
    reached: Fraction | None = None
    rank: tuple[int, int] | None = None


def gaps(targets: Mapping[str, int], realised: Mapping[str, int | None]) -> tuple[Gap, ...]:
    """Compare what was asked with what is there (gaps).

    Args:
        targets: places asked of each municipality, whole numbers of 0 or more.
        realised: places that are there; None or absent where unknown.

    Returns:
        In the order of the targets. A target is a rounded number: it stands for anything up to half a place
        more or less. Whose difference that could explain share a range of ranks instead of an order.
        Without a target, or with unknown places, there is no percentage and no rank.

    Raises:
        ValueError: a target or a number of places is below 0.

    Source: bron-003, r.34-49 (assignment, realised and prognosis apart). The ranges are our reading.

    >>> found = gaps({"A": 10, "B": 100, "C": 10}, {"A": 9, "B": 88})
    >>> [(each.name, each.difference, each.rank) for each in found]
    [('A', -1, (1, 2)), ('B', -12, (1, 2)), ('C', None, None)]
    """
    for name, target in targets.items():
        if target < 0 or (realised.get(name) or 0) < 0:
            raise ValueError(f"Places of {name} cannot be below 0.")
    reach = {
        name: (Fraction(places) / (target + _HALF), Fraction(places) / (target - _HALF))
        for name, target in targets.items()
        if target and (places := realised.get(name)) is not None
    }
    return tuple(
        _gap(name, target, realised=realised.get(name), reach=reach) for name, target in targets.items()
    )


def _gap(
    name: str, target: int, *, realised: int | None, reach: Mapping[str, tuple[Fraction, Fraction]]
) -> Gap:
    if realised is None:
        return Gap(name=name, target=target, realised=None)
    if not target:
        return Gap(name=name, target=target, realised=realised, difference=realised)
    low, high = reach[name]
    return Gap(
        name=name,
        target=target,
        realised=realised,
        difference=realised - target,
        reached=Fraction(realised, target),
        rank=(
            1 + sum(other_low > high for other_low, _other_high in reach.values()),
            len(reach) - sum(other_high < low for _other_low, other_high in reach.values()),
        ),
    )


class Stage(StrEnum):
    """How far a municipality is, in the four steps in which a region reads its map."""

    REACHED = "gehaald"
    NEAR = "bijna"
    UNDERWAY = "onderweg"
    NOTHING = "nog niets"
    UNKNOWN = "onbekend"


def stage_of(target: int | None, realised: int | None) -> Stage:
    """Say how far a municipality is with what was asked of it (stage).

    Args:
        target: places asked of it; None where nothing was asked.
        realised: places that are there; None where unknown.

    Returns:
        Reached from the whole target on, near from three quarters of it on, underway from one place on, and
        nothing at 0 places. Without a target or with unknown places it is unknown; a target of 0 is reached.

    Raises:
        ValueError: a number is below 0.

    Source: bron-003, r.34-49 (assignment and realised per municipality). The steps are our reading.

    >>> [str(stage_of(231, places)) for places in (231, 205, 61, 0)]
    ['gehaald', 'bijna', 'onderweg', 'nog niets']
    """
    if target is None or realised is None:
        return Stage.UNKNOWN
    if target < 0 or realised < 0:
        raise ValueError("Places cannot be below 0.")
    if realised >= target:
        return Stage.REACHED
    if realised >= _NEAR * target:
        return Stage.NEAR
    return Stage.UNDERWAY if realised else Stage.NOTHING
