"""Large tasks: prices from one relaxation guide the first placement, and where to look for a better one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regietafel.reception.engine.placing.aims import Weights
from regietafel.reception.engine.placing.board import NOWHERE, Board, Floats, Ints
from regietafel.reception.engine.placing.bounding import (
    Bound,
    Prices,
    bound_of,
    no_prices,
    prices_of,
)
from regietafel.reception.engine.placing.climbing import Climb
from regietafel.reception.engine.placing.model import (
    Deadline,
    Pairs,
    model_of,
    solve_relaxed,
)
from regietafel.reception.engine.placing.pricing import first_pairs, first_prices, missing_pairs

MOST_PAIRS, _ROUGH_PAIRS = 60_000, 10_000
_ROUNDS_OF_PRICES, _PRICING_PART = 4, 0.55
MOST_CORE_GROUPS, _CORE_PART, _UNITING_PART = 1_500, 0.6, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A placement, and the bound in points."""

    places: Ints
    bound: float


def search(
    board: Board, weights: Weights, *, deadline: Deadline, seed: int, rounds: int | None = None
) -> Found:
    """Place a large task as well as the time allows.

    Args:
        board: the task.
        weights: what each aim counts for.
        deadline: when to stop.
        seed: where chance begins.
        rounds: how many parts are looked at at most.

    Returns:
        The best placement found and a bound on what is possible.
    """
    prices, bound, fractions = _priced(board, weights, deadline=deadline, seed=seed)
    places = place_by_price(board, bound.reduced, fractions=fractions)
    chance = np.random.default_rng(seed)
    climb = Climb(board=board, weights=weights, prices=prices, bound=bound, chance=chance)
    if board.groups <= MOST_CORE_GROUPS:
        places = climb.core(places, deadline.part(_CORE_PART))
    places = climb.unite(places, deadline.part(_UNITING_PART))
    return Found(places=climb.up(places, deadline, rounds=rounds), bound=bound.points)


def prices_for(board: Board, weights: Weights, *, deadline: Deadline) -> Prices:
    """Give the prices of the relaxation of a task."""
    return _priced(board, weights, deadline=deadline, seed=0)[0]


def _priced(board: Board, weights: Weights, *, deadline: Deadline, seed: int) -> tuple[Prices, Bound, Floats]:
    """Solve relaxations, each time with the pairs that the last prices found missing."""
    prices, bound = _begin(board, weights)
    fractions: Floats = np.zeros(board.feasible.shape)
    is_wide = int(board.feasible.sum()) > MOST_PAIRS
    pool = first_pairs(board, bound.reduced, seed=seed) if is_wide else board.feasible.copy()
    until = deadline.part(_PRICING_PART)
    for _ in range(_ROUNDS_OF_PRICES):
        groups, locations = np.nonzero(pool)
        if not len(groups):
            break
        model = model_of(board, Pairs(groups=groups, locations=locations), places=_nowhere(board))
        before = until.left()
        solved = solve_relaxed(model, model.points(weights), seconds=before)
        if solved is None:
            break
        found = prices_of(board, model, relaxed=solved, weights=weights)
        better = bound_of(board, weights, prices=found)
        if better.points >= bound.points:
            prices, bound = found, better
        fractions[...] = 0
        fractions[groups, locations] = solved.columns[: len(groups)]
        missing = missing_pairs(board, pool, reduced=better.reduced)
        if not missing.any() or until.left() < before - until.left():
            break
        pool |= missing
    return prices, bound, fractions


def _begin(board: Board, weights: Weights) -> tuple[Prices, Bound]:
    """Begin with no prices, or with rough ones in a large task when those give the better bound."""
    prices = no_prices(board)
    bound = bound_of(board, weights, prices=prices)
    if int(board.feasible.sum()) > _ROUGH_PAIRS:
        rough = Prices(place=first_prices(board, weights), share=prices.share, link={})
        found = bound_of(board, weights, prices=rough)
        if found.points > bound.points:
            return rough, found
    return prices, bound


def _nowhere(board: Board) -> Ints:
    return np.full(board.groups, NOWHERE)


def place_by_price(board: Board, reduced: Floats, *, fractions: Floats) -> Ints:
    """Give everyone, those the relaxation is surest of first, the cheapest place that is still free."""
    places, left = _nowhere(board), board.capacity.copy()
    surest = fractions.max(axis=1, initial=0.0)
    wish = reduced - np.where(fractions > 0.5, 1e12, 0.0)
    everyone = np.arange(board.locations)
    for group in np.lexsort((-board.urgency, -board.size, -np.round(surest, 3))):
        own = np.full(board.locations, group)
        fits = (board.usage(own, everyone) <= left).all(axis=1) & board.feasible[group]
        if not fits.any():
            continue
        at = int(np.argmin(np.where(fits, wish[group], np.inf)))
        places[group] = at
        left[at] -= board.usage(np.array([group]), np.array([at]))[0]
    return places
