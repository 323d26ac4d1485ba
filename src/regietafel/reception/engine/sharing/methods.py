"""Dividing places by weight: four methods, in exact arithmetic, within a minimum and a maximum for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm

from regietafel.reception.engine.sharing.shares import (
    DHONDT,
    HAMILTON,
    LEAST,
    METHODS,
    MOST,
    ROUNDING,
    SAINTE_LAGUE,
    Division,
    Indivisible,
    Portion,
    Sharer,
    Tie,
    refuse_impossible,
)

_STEPS = {SAINTE_LAGUE: 2, DHONDT: 1}  # successive divisors 1, 3, 5 … and 1, 2, 3 …
Places = list[int]


@dataclass(frozen=True, slots=True)
class _Task:
    """What is divided: weights are whole numbers in the proportions of the sharers."""

    total: int
    sharers: tuple[Sharer, ...]
    weights: tuple[int, ...]

    @property
    def weight(self) -> int:
        return sum(self.weights)


def divide(total: int, sharers: Iterable[Sharer], *, method: str = SAINTE_LAGUE) -> Division:
    """Divide places over municipalities by weight (division).

    Args:
        total: places, 0 up to 10 million.
        sharers: who takes part, each name once; weights in any unit, all in the same.
        method: "sainte-lague" (odd divisors), "hamilton" (largest remainder), "dhondt" (whole divisors) or
            "afronden" (each share to the nearest whole number, a half upwards).

    Returns:
        Per municipality its places, in the order given. All methods but "afronden" give exactly ``total``
        places. Equal claims go to the larger weight, then to the name that sorts first; ``tie`` says so.

    Raises:
        Indivisible: the method is unknown, a name comes twice, or no division meets every bound.

    Method: balinski-1982, with bounds as in their chapter on minimum requirements; sainte-lague-1910.

    >>> towns = [Sharer(name="Almelo", weight=Fraction(72425)), Sharer(name="Borne", weight=Fraction(22343))]
    >>> divide(100, towns).places
    {'Almelo': 76, 'Borne': 24}
    >>> divide(100, [Sharer(name=town.name, weight=town.weight, least=30) for town in towns]).places
    {'Almelo': 70, 'Borne': 30}
    """
    given = tuple(sharers)
    if method not in METHODS:
        raise Indivisible(f"De methode “{method}” bestaat niet. Kies uit: {', '.join(METHODS)}.")
    refuse_impossible(total, given)
    task = _Task(total, given, _whole([sharer.weight for sharer in given]))
    fair, unit = _fair(task)
    places, tie = _by_remainders(task, fair, unit=unit) if method == HAMILTON else _METHODS[method](task)
    portions = _portions(task, places, fair=fair, unit=unit)
    return Division(method=method, total=total, portions=portions, tie=tie)


def _whole(weights: Sequence[Fraction]) -> tuple[int, ...]:
    """Give whole numbers in the same proportions."""
    scale = lcm(*(weight.denominator for weight in weights))
    return tuple(weight.numerator * (scale // weight.denominator) for weight in weights)


def _portions(task: _Task, places: Places, *, fair: list[int], unit: int) -> tuple[Portion, ...]:
    return tuple(
        Portion(
            name=sharer.name,
            weight=sharer.weight,
            quota=Fraction(task.total * weight, task.weight),
            fair=Fraction(share, unit),
            places=own,
            held_by=_held_by(sharer, own, quota=Fraction(task.total * weight, task.weight)),
        )
        for sharer, weight, own, share in zip(task.sharers, task.weights, places, fair, strict=True)
    )


def _held_by(sharer: Sharer, places: int, *, quota: Fraction) -> str:
    if places == sharer.least and quota < sharer.least:
        return LEAST
    return MOST if places == sharer.most and quota > places else ""


def _fair(task: _Task) -> tuple[list[int], int]:
    """Give the exact shares within everybody's bounds, as numerators over one denominator."""
    if all(sharer.least == 0 and sharer.most is None for sharer in task.sharers):
        return [task.total * weight for weight in task.weights], task.weight
    level = _level(task)
    return _shares_at(task, level), level.denominator


def _level(task: _Task) -> Fraction:
    """Find the places per unit of weight at which the shares within bounds add up to the total."""
    pairs = [(sharer, weight) for sharer, weight in zip(task.sharers, task.weights, strict=True) if weight]
    turns = sorted(
        {Fraction(0), *(Fraction(bound, weight) for each, weight in pairs for bound in _bounds(each))}
    )
    low, high = 0, len(turns)
    while high - low > 1:
        middle = (low + high) // 2
        is_within = _sum_at(task, turns[middle]) <= task.total * turns[middle].denominator
        low, high = (middle, high) if is_within else (low, middle)
    begin = turns[low]
    growing = sum(weight for each, weight in pairs if _grows(each, weight * begin))
    missing = task.total - Fraction(_sum_at(task, begin), begin.denominator)
    return begin + missing / growing if growing else begin


def _bounds(sharer: Sharer) -> tuple[int, ...]:
    return (sharer.least,) if sharer.most is None else (sharer.least, sharer.most)


def _grows(sharer: Sharer, share: Fraction) -> bool:
    return share >= sharer.least and (sharer.most is None or share < sharer.most)


def _sum_at(task: _Task, level: Fraction) -> int:
    return sum(_shares_at(task, level))


def _shares_at(task: _Task, level: Fraction) -> list[int]:
    """Give the shares within bounds at a level, as numerators over its denominator."""
    top, unit = level.numerator, level.denominator
    shares = []
    for sharer, weight in zip(task.sharers, task.weights, strict=True):
        share = max(weight * top, sharer.least * unit)
        shares.append(share if sharer.most is None else min(share, sharer.most * unit))
    return shares


def _by_rounding(task: _Task) -> tuple[Places, Tie | None]:
    double = 2 * task.weight
    rounded = [(2 * task.total * weight + task.weight) // double for weight in task.weights]
    return [sharer.within(own) for sharer, own in zip(task.sharers, rounded, strict=True)], None


def _by_remainders(task: _Task, fair: list[int], *, unit: int) -> tuple[Places, Tie | None]:
    places = [share // unit for share in fair]
    left = task.total - sum(places)
    order = sorted(range(len(fair)), key=lambda place: (-(fair[place] % unit), *_rank(task, place)))
    for place in order[:left]:
        places[place] += 1
    edge = fair[order[left - 1]] % unit if left else None
    same = [place for place in order if fair[place] % unit == edge]
    return places, _tie(task, won=set(order[:left]), same=same)


def _by_divisors(task: _Task, step: int) -> tuple[Places, Tie | None]:
    """Give each place to the best quotient; begin just below the level at which all are given."""
    places = _below(task, step)
    claims = [(_claim(task, place, places=places[place], step=step), place) for place in range(len(places))]
    waiting = [(-claim, *_rank(task, place), place) for claim, place in claims if claim]
    heapify(waiting)
    for _given in range(task.total - sum(places)):
        place = heappop(waiting)[-1]
        places[place] += 1
        if claim := _claim(task, place, places=places[place], step=step):
            heappush(waiting, (-claim, *_rank(task, place), place))
    return places, _tie_of_quotients(task, places, step=step)


def _below(task: _Task, step: int) -> Places:
    """Give what everybody has at the highest multiplier that does not yet exceed the total."""
    smallest = min(weight for weight in task.weights if weight)
    scale = 2 * task.weight
    low, high = 0, ((task.total + 1) * step * scale) // smallest + 1
    while high - low > 1:
        middle = (low + high) // 2
        is_below = sum(_at(task, middle, step=step, scale=scale)) <= task.total
        low, high = (middle, high) if is_below else (low, middle)
    return _at(task, low, step=step, scale=scale)


def _at(task: _Task, multiplier: int, *, step: int, scale: int) -> Places:
    return [
        sharer.within((weight * multiplier // scale - 1 + step) // step)
        for sharer, weight in zip(task.sharers, task.weights, strict=True)
    ]


def _claim(task: _Task, place: int, *, places: int, step: int) -> Fraction | None:
    """Give the quotient with which a municipality claims its next place; None when it may have no more."""
    weight = task.weights[place]
    if not weight or places == task.sharers[place].most:
        return None
    return Fraction(weight, step * places + 1)


def _tie_of_quotients(task: _Task, places: Places, *, step: int) -> Tie | None:
    """Tell whether somebody's next quotient equals the last one that was honoured."""
    claims = [_claim(task, place, places=own, step=step) for place, own in enumerate(places)]
    best = max((claim for claim in claims if claim), default=None)
    won = {
        place
        for place, own in enumerate(places)
        if own > task.sharers[place].least and Fraction(task.weights[place], step * own - step + 1) == best
    }
    losers = [place for place, claim in enumerate(claims) if claim and claim == best]
    return _tie(task, won=won, same=[*won, *losers])


def _tie(task: _Task, *, won: set[int], same: Sequence[int]) -> Tie | None:
    lost = set(same) - won
    if not won & set(same) or not lost:
        return None

    def names(places: set[int]) -> tuple[str, ...]:
        return tuple(task.sharers[place].name for place in sorted(places, key=lambda one: _rank(task, one)))

    return Tie(winners=names(won & set(same)), losers=names(lost))


def _rank(task: _Task, place: int) -> tuple[int, str, str]:
    """Order of precedence among equal claims, whatever the order of the file."""
    name = task.sharers[place].name
    return -task.weights[place], name.casefold(), name


_METHODS: dict[str, Callable[[_Task], tuple[Places, Tie | None]]] = {
    SAINTE_LAGUE: lambda task: _by_divisors(task, _STEPS[SAINTE_LAGUE]),
    DHONDT: lambda task: _by_divisors(task, _STEPS[DHONDT]),
    ROUNDING: _by_rounding,
}
