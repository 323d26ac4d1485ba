"""The same methods in the plainest way: one place at a time, or by the book; slow, and hard to get wrong."""

from collections.abc import Sequence
from fractions import Fraction

from regietafel.reception.engine.sharing import Sharer

DIVISORS = {"sainte-lague": lambda have: 2 * have + 1, "dhondt": lambda have: have + 1}


def one_by_one(total: int, sharers: Sequence[Sharer], method: str) -> dict[str, int]:
    """Begin with the minimums and give each next place to whoever has the best claim to it."""
    places = {sharer.name: sharer.least for sharer in sharers}
    rank = {sharer.name: place for place, sharer in enumerate(sorted(sharers, key=precedence))}
    claims = {one.name: _claim(one, one.least, method) for one in sharers}
    by_name = {sharer.name: sharer for sharer in sharers}
    while sum(places.values()) < total:
        best = max(claims, key=lambda name: (claims[name], -rank[name]))
        places[best] += 1
        claims[best] = _claim(by_name[best], places[best], method)
    return places


def _claim(sharer: Sharer, places: int, method: str) -> Fraction:
    """Give the quotient, and below every other that of who may have no more."""
    can_have_more = sharer.weight and places != sharer.most
    return sharer.weight / DIVISORS[method](places) if can_have_more else Fraction(-1)


def by_remainders(total: int, sharers: Sequence[Sharer]) -> dict[str, int]:
    """Give everybody the whole part of its share, and the rest by the largest remainders."""
    weight = sum(sharer.weight for sharer in sharers)
    shares = {sharer.name: total * sharer.weight / weight for sharer in sharers}
    places = {name: int(share) for name, share in shares.items()}
    order = sorted(sharers, key=lambda one: (places[one.name] - shares[one.name], *precedence(one)))
    for sharer in order[: total - sum(places.values())]:
        places[sharer.name] += 1
    return places


def precedence(sharer: Sharer) -> tuple[Fraction, str, str]:
    """Say who goes first among equals."""
    return -sharer.weight, sharer.name.casefold(), sharer.name
