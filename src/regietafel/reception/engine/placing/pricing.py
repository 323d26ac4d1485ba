"""First prices of places in a large task, and with them the few pairs that are worth looking at."""

from __future__ import annotations

import numpy as np

from regietafel.reception.engine.placing.aims import Weights, costs_of
from regietafel.reception.engine.placing.board import Board, Bools, Floats, Ints

_STEPS = 60
_HIGHEST, _LOWEST = 20_000.0, 100.0  # how freely people spread, in tenths of points, at the start and the end
_MOST_PULL, _FASTER, _SLOWER, _LEAST_GAIN, _MOST_GAIN = 3.0, 1.25, 0.3, 0.5, 60.0
_IMPOSSIBLE = 1e12
_CHEAPEST, _DRAWN, _MORE = 6, 10, 8
_MUNICIPALITIES = 6
_SURE = 1e-9


def first_prices(board: Board, weights: Weights) -> Floats:
    """Let everybody spread over cheap locations, and raise the price where too many come (L, K).

    Prices rise and fall with the logarithm of use over room (entropic transport, cuturi-2013), while
    the spread narrows. They are only a beginning: the bound holds whatever the prices.
    """
    costs = np.where(board.feasible, costs_of(board, weights), _IMPOSSIBLE).astype(np.float32)
    room = np.maximum(board.capacity, 1e-3)
    prices = np.zeros(room.shape)
    gain, last = np.ones(room.shape), np.zeros(room.shape)
    for spread in np.geomspace(_HIGHEST, _LOWEST, _STEPS):
        pull = np.log(np.maximum(_load(board, costs, about=(prices, float(spread))), 1e-6) / room)
        pull = np.clip(pull, -_MOST_PULL, _MOST_PULL)
        faster = np.minimum(gain * _FASTER, _MOST_GAIN)
        gain = np.where(pull * last > 0, faster, np.maximum(gain * _SLOWER, _LEAST_GAIN))
        last = np.where((prices <= 0) & (pull < 0), 0.0, pull)
        prices = np.maximum(prices + gain * spread / 2 * pull, 0.0)
    return prices


def _load(board: Board, costs: np.ndarray, *, about: tuple[Floats, float]) -> Floats:
    """Give the use of each place when people choose loosely, by cost and price."""
    prices, spread = about
    demand = board.demand.astype(np.float32)
    rows = [np.flatnonzero(demand[:, kind]) for kind in range(demand.shape[1])]
    wish = costs.copy()
    for kind, own in enumerate(rows):
        if len(own) and prices[:, kind].any():
            wish[own] += demand[own, kind : kind + 1] * prices[:, kind].astype(np.float32)
    best = np.minimum(wish.min(axis=1), 0)
    wish -= best[:, None]
    wish *= np.float32(-1 / spread)
    np.exp(wish, out=wish)
    chance = demand / (wish.sum(axis=1) + np.exp(best / spread))[:, None]
    load = np.zeros(prices.shape)
    for kind, own in enumerate(rows):
        if len(own):
            load[:, kind] = chance[own, kind] @ wish[own]
    return load


def first_pairs(board: Board, reduced: Floats, *, seed: int) -> Bools:
    """Choose, per group, the cheapest locations and some drawn by how cheap they are (G, L)."""
    chance = np.random.default_rng(seed)
    loose = reduced - _LOWEST * chance.gumbel(size=reduced.shape)
    pairs = _lowest(reduced, _CHEAPEST) | _lowest(loose, _DRAWN)
    return pairs & board.feasible | shared_pairs(board, reduced)


def missing_pairs(board: Board, pairs: Bools, *, reduced: Floats) -> Bools:
    """Mark pairs that are cheaper, at these prices, than what their group has (G, L)."""
    outside = np.where(pairs, np.inf, reduced)
    best = np.minimum(np.where(pairs, reduced, np.inf).min(axis=1, initial=0.0), 0.0)[:, None]
    cheaper = outside < best - _SURE * np.abs(best)
    return np.asarray(cheaper & _lowest(outside, _MORE) | (shared_pairs(board, reduced) & ~pairs))


def _lowest(values: Floats, most: int) -> Bools:
    if values.shape[1] <= most:
        return np.isfinite(values)
    best = np.argpartition(values, most - 1, axis=1)[:, :most]
    marks = np.zeros(values.shape, dtype=bool)
    np.put_along_axis(marks, best, True, axis=1)
    return np.asarray(marks & np.isfinite(values))


def shared_pairs(board: Board, reduced: Floats) -> Bools:
    """Mark, for linked groups, the cheapest location of each in the municipalities cheapest to all (G, L)."""
    marks = np.zeros(board.feasible.shape, dtype=bool)
    order = np.argsort(board.municipality, kind="stable")
    starts = np.searchsorted(board.municipality[order], np.arange(len(board.behind)))
    for cluster in board.clusters:
        members = np.array(cluster)
        total = np.minimum.reduceat(reduced[members][:, order], starts, axis=1).sum(axis=0)
        for municipality in np.argsort(total)[:_MUNICIPALITIES]:
            if np.isfinite(total[municipality]):
                there = np.flatnonzero(board.municipality == municipality)
                marks[members, there[_cheapest(reduced, members, there=there)]] = True
    return marks


def _cheapest(reduced: Floats, members: Ints, *, there: Ints) -> Ints:
    return np.asarray(reduced[np.ix_(members, there)].argmin(axis=1))
