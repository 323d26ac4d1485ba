"""Large tasks: prices from one relaxation guide the first placement, and where to look for a better one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regietafel.reception.engine.placing.aims import Weights
from regietafel.reception.engine.placing.board import NOWHERE, Board, Bools, Floats, Ints
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

_FIRST_POOL, _MORE = 24, 8
_TYPED_POOL = 120
_ROUNDS_OF_PRICES = 4
_LEAST_SECONDS = 1.0
MOST_CORE_GROUPS, _CORE_PART = 1_500, 0.6
_GOOD_ENOUGH = 1e-9


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
    prices, bound, fractions = _priced(board, weights, deadline)
    places = place_by_price(board, bound.reduced, fractions)
    chance = np.random.default_rng(seed)
    climb = Climb(board=board, weights=weights, prices=prices, bound=bound, chance=chance)
    if board.groups <= MOST_CORE_GROUPS:
        places = climb.core(places, deadline.part(_CORE_PART))
    return Found(places=climb.up(places, deadline, rounds), bound=bound.points)


def prices_for(board: Board, weights: Weights, *, deadline: Deadline) -> Prices:
    """Give the prices of the relaxation of a task."""
    return _priced(board, weights, deadline)[0]


def _priced(board: Board, weights: Weights, deadline: Deadline) -> tuple[Prices, Bound, Floats]:
    """Solve relaxations, each time with the pairs that the last prices found missing."""
    prices = no_prices(board)
    bound = bound_of(board, weights, prices)
    fractions = np.zeros(board.feasible.shape, dtype=np.float32)
    pool = _first_pool(board, bound.reduced)
    until = deadline.part(0.6)
    for _ in range(_ROUNDS_OF_PRICES):
        groups, locations = np.nonzero(pool)
        model = model_of(board, Pairs(groups=groups, locations=locations), places=_nowhere(board))
        solved = solve_relaxed(model, model.points(weights), seconds=until.left())
        if solved is None:
            break
        found = prices_of(board, model, solved, weights)
        better = bound_of(board, weights, found)
        if better.points >= bound.points:
            prices, bound = found, better
        fractions[...] = 0
        fractions[groups, locations] = solved.columns[: len(groups)]
        missing = _missing(pool, better.reduced)
        if not missing.any() or until.left() < _LEAST_SECONDS:
            break
        pool |= missing
    return prices, bound, fractions


def _nowhere(board: Board) -> Ints:
    return np.full(board.groups, NOWHERE)


def _first_pool(board: Board, reduced: Floats) -> Bools:
    """Take the cheapest locations of each group, more of them where a type of place is needed."""
    is_typed = board.demand[:, ~board.whole].any(axis=1)
    pool = np.zeros(board.feasible.shape, dtype=bool)
    for group in range(board.groups):
        most = min(_TYPED_POOL if is_typed[group] else _FIRST_POOL, board.locations)
        best = np.argpartition(reduced[group], most - 1)[:most] if most else np.zeros(0, dtype=np.int64)
        pool[group, best] = board.feasible[group, best]
    return pool


def _missing(pool: Bools, reduced: Floats) -> Bools:
    """Mark pairs outside the pool that are cheaper, at these prices, than what their group has in it."""
    outside = np.where(pool, np.inf, reduced)
    best = np.minimum(np.where(pool, reduced, np.inf).min(axis=1, initial=0.0), 0.0)
    most = min(_MORE, outside.shape[1]) - 1
    limit = np.partition(outside, most, axis=1)[:, most] if most >= 0 else best
    return np.asarray((outside < best[:, None] - _GOOD_ENOUGH * np.abs(best[:, None])) & (outside <= limit[:, None]))


def place_by_price(board: Board, reduced: Floats, fractions: Floats) -> Ints:
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
