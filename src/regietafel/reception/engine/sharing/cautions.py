"""What a reader must know of a division: where its method misbehaves, for whom, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from regietafel.kernel.dutch import counted, number
from regietafel.reception.engine.sharing.methods import divide
from regietafel.reception.engine.sharing.shares import (
    DHONDT,
    DISPERSAL,
    HAMILTON,
    SAINTE_LAGUE,
    TIE_RULE,
    Division,
    Indivisible,
    Sharer,
)

SUM, QUOTA, TIE, BOUNDS = "som", "quotum", "gelijke stand", "grens"
ALABAMA, POPULATION, NEW_STATE = "alabama", "bevolking", "nieuwe gemeente"
TOTALS_NEARBY = 50
_CHANGED_MOST = 25  # how many of the largest are changed or left out to look for a paradox
_CHANGES = (Fraction(1, 100), Fraction(-1, 100), Fraction(1, 20), Fraction(-1, 20))
Sharers = tuple[Sharer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One thing to know of a division: its kind, whom it is about, and a Dutch sentence with the numbers."""

    kind: str
    names: tuple[str, ...]
    message: str


def cautions(division: Division, sharers: Iterable[Sharer]) -> tuple[Caution, ...]:
    """Say where a division, or the method that made it, does what people do not expect (cautions).

    Args:
        division: as made by ``divide``.
        sharers: the same as it was made from.

    Returns:
        A sum that is not the total; shares outside their quota; ties; bounds that decided; and for the
        method of largest remainders, if they can be found near this case, three paradoxes: Alabama (a higher
        total gives somebody less), population (who grows loses to who does not) and new state (who joins with
        its own places shifts those of others). An empty tuple when there is nothing to say.

    Method: balinski-1982, on quotas and paradoxes; which nearby cases are tried is our choice.

    >>> towns = [Sharer(name=name, weight=Fraction(1)) for name in ("Borne", "Losser", "Wierden")]
    >>> [each.message for each in cautions(divide(10, towns, method="afronden"), towns)]
    ['Afronden geeft samen 9 plaatsen: 1 minder dan het totaal van 10.']
    """
    given = tuple(sharers)
    found = [*_sum(division), *_outside_quota(division), *_ties(division), *_bounds(division)]
    if division.method == HAMILTON:
        found += [*_alabama(division, given), *_population(division, given), *_new_state(division, given)]
    return tuple(found)


def _sum(division: Division) -> Iterator[Caution]:
    if over := division.placed - division.total:
        word = "meer" if over > 0 else "minder"
        places = counted(division.placed, one="plaats", many="plaatsen")
        law = " De wet neemt als opgave van een provincie de som van haar gemeenten."
        yield Caution(
            kind=SUM,
            names=(),
            message=f"Afronden geeft samen {places}: {number(abs(over))} {word} dan het totaal van "
            f"{number(division.total)}.{law if division.method == DISPERSAL else ''}",
        )


def _outside_quota(division: Division) -> Iterator[Caution]:
    if division.method not in (SAINTE_LAGUE, DHONDT):
        return
    for portion in division.portions:
        low, high = floor(portion.fair), ceil(portion.fair)
        if not low <= portion.places <= high:
            between = number(low) if low == high else f"{number(low)} of {number(high)}"
            yield Caution(
                kind=QUOTA,
                names=(portion.name,),
                message=f"{portion.name} krijgt {number(portion.places)} plaatsen, terwijl het aandeel "
                f"{number(float(portion.fair), decimals=2)} is; afgerond zou dat {between} zijn.",
            )


def _ties(division: Division) -> Iterator[Caution]:
    if division.tie is None:
        return
    won, lost = division.tie.winners, division.tie.losers
    yield Caution(
        kind=TIE,
        names=(*won, *lost),
        message=f"Om de laatste plaats staan {_listed((*won, *lost))} gelijk; "
        f"{_listed(won)} {'kreeg' if len(won) == 1 else 'kregen'} er een. {TIE_RULE}",
    )


def _bounds(division: Division) -> Iterator[Caution]:
    for bound, word in (("minimum", "het minimum"), ("maximum", "de capaciteit")):
        held = tuple(portion.name for portion in division.portions if portion.held_by == bound)
        if held:
            yield Caution(
                kind=BOUNDS,
                names=held,
                message=f"Bij {_listed(held)} beslist {word}; de anderen verdelen de rest naar gewicht.",
            )


def _alabama(division: Division, sharers: Sharers) -> Iterator[Caution]:
    """Look for the nearest step in the total that gives somebody fewer places."""
    for away in range(TOTALS_NEARBY):
        for lower in dict.fromkeys((division.total + away, division.total - 1 - away)):
            fewer, more = _tried(lower, sharers), _tried(lower + 1, sharers)
            lost = [name for name in fewer if more and more[name] < fewer[name]]
            if lost:
                name = lost[0]
                yield Caution(
                    kind=ALABAMA,
                    names=tuple(lost),
                    message=f"Alabamaparadox: gaat het totaal van {number(lower)} naar {number(lower + 1)}, "
                    f"dan krijgt {name} juist minder: {number(more[name])} in plaats van "
                    f"{number(fewer[name])} plaatsen.",
                )
                return


def _population(division: Division, sharers: Sharers) -> Iterator[Caution]:
    """Look for a change of one weight by which another, that grows too, loses to one that does not."""
    now = division.places
    for third in _largest(sharers):
        for change in _CHANGES:
            moved = _with_weight(sharers, third.name, weight=third.weight * (1 + change))
            then = _tried(division.total, moved)
            others = [sharer for sharer in sharers if sharer.name != third.name and then]
            losers = [one for one in others if then[one.name] < now[one.name]]
            winners = [one for one in others if then[one.name] > now[one.name]]
            if not losers or not winners:
                continue
            loser, winner = losers[0], winners[0]
            grown = _tried(
                division.total, _with_weight(moved, loser.name, weight=loser.weight + _grain(loser))
            )
            if grown[loser.name] < now[loser.name] and grown[winner.name] > now[winner.name]:
                yield _population_told(third, change, loser=loser, winner=winner)
                return


def _population_told(third: Sharer, change: Fraction, *, loser: Sharer, winner: Sharer) -> Caution:
    grows = "groeit" if change > 0 else "krimpt"
    percent, grain = number(float(abs(change) * 100)), number(float(_grain(loser)))
    return Caution(
        kind=POPULATION,
        names=(loser.name, winner.name),
        message=f"Bevolkingsparadox: {grows} het gewicht van {third.name} met {percent} % en groeit dat van "
        f"{loser.name} met {grain} terwijl dat van {winner.name} gelijk blijft, dan verliest "
        f"{loser.name} een plaats en krijgt {winner.name} er een bij.",
    )


def _new_state(division: Division, sharers: Sharers) -> Iterator[Caution]:
    """Leave one out together with its own places: nothing should change for the others."""
    now = division.places
    for gone in _largest(sharers) if len(sharers) > 2 else ():
        rest = tuple(sharer for sharer in sharers if sharer.name != gone.name)
        then = _tried(division.total - now[gone.name], rest)
        if moved := [name for name in then if then[name] != now[name]]:
            name, own = moved[0], counted(now[gone.name], one="plaats", many="plaatsen")
            yield Caution(
                kind=NEW_STATE,
                names=(gone.name, *moved),
                message=f"Paradox van de nieuwe gemeente: zonder {gone.name} en zijn {own} "
                f"krijgt {name} er {number(then[name])} in plaats van "
                f"{number(now[name])}, terwijl er aan de rest niets verandert.",
            )
            return


def _largest(sharers: Sharers) -> list[Sharer]:
    weighty = [sharer for sharer in sharers if sharer.weight]
    return sorted(weighty, key=lambda sharer: (-sharer.weight, sharer.name))[:_CHANGED_MOST]


def _with_weight(sharers: Sharers, name: str, *, weight: Fraction) -> Sharers:
    return tuple(replace(each, weight=weight) if each.name == name else each for each in sharers)


def _grain(sharer: Sharer) -> Fraction:
    """The smallest change that people would see in this weight: 1, or 1 in its last decimal."""
    return Fraction(1, sharer.weight.denominator)


def _tried(total: int, sharers: Sharers) -> dict[str, int]:
    """Divide by largest remainders; nothing when the bounds do not allow it."""
    try:
        return divide(total, sharers, method=HAMILTON).places
    except Indivisible:
        return {}


def _listed(names: tuple[str, ...]) -> str:
    if len(names) > 5:
        return f"{', '.join(names[:4])} en {len(names) - 4} andere"
    return " en ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
