"""A proven bound: from prices of places and rules, over every possible pair, without trusting a solver."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regietafel.reception.engine.placing.aims import Weights, costs_of
from regietafel.reception.engine.placing.board import NOWHERE, Board, Floats, Ints
from regietafel.reception.engine.placing.groups import TENTHS
from regietafel.reception.engine.placing.model import Model, Relaxed


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What things are worth, in tenths of points: a place (L, K), a share (M), and being there for a link.

    ``link`` holds, per group with linked groups, what being in each municipality (M) is worth. All are 0 or
    more, but ``share`` may be negative.
    """

    place: Floats
    share: Floats
    link: dict[int, Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A number that no placement can be below, in points, and the cost of each pair after prices (G, L)."""

    points: float
    reduced: Floats


def no_prices(board: Board) -> Prices:
    """Give the prices of nothing; their bound is that of unlimited room."""
    return Prices(place=np.zeros(board.capacity.shape), share=np.zeros(len(board.behind)), link={})


def prices_of(board: Board, model: Model, *, relaxed: Relaxed, weights: Weights) -> Prices:
    """Read the prices from a solved relaxation."""
    place = np.zeros(board.capacity.shape)
    begin, locations, kinds = model.capacity_rows
    place[locations, kinds] = relaxed.prices[begin : begin + len(locations)]
    begin, groups, municipalities = model.link_rows
    link = {group: np.zeros(len(board.behind)) for group in set(groups.tolist())}
    for row, (group, municipality) in enumerate(zip(groups.tolist(), municipalities.tolist(), strict=True)):
        link[group][municipality] = relaxed.prices[begin + row]
    share = np.zeros(len(board.behind))
    own = relaxed.prices[model.share_rows :][: 2 * len(model.shares)].reshape(2, -1)
    share[model.shares] = np.clip(own[0] - own[1], -weights.fair, weights.fair)
    return Prices(place=place, share=share, link=link)


def bound_of(board: Board, weights: Weights, *, prices: Prices) -> Bound:
    """Compute what no placement can be below, whatever the prices (Lagrange bound).

    Every rule that prices stand for is bought instead of kept; the cheapest buy of each group alone is then
    at most what the best placement costs.
    """
    reduced = costs_of(board, weights)
    for kind in np.flatnonzero(prices.place.any(axis=0)):
        reduced += _taken(board, int(kind)) * prices.place[:, kind]
    reduced += board.size[:, None] * (prices.share[board.municipality] * board.counted)
    links = _link_bound(board, weights, about=(reduced, prices))
    known = ~np.isnan(board.behind)
    constant = -float((prices.place * board.capacity).sum())
    constant -= float((prices.share[known] * board.behind[known]).sum())
    alone = float(np.minimum(reduced.min(axis=1, initial=np.inf), 0.0).sum())
    return Bound(points=(constant + alone + links) / TENTHS, reduced=reduced)


def _taken(board: Board, kind: int) -> Ints:
    demand = board.demand[:, kind][:, None]
    if not board.whole[kind] or (board.room == 1).all():
        return demand
    room = np.where(board.shares[:, None], 1, board.room[None, :])
    return np.asarray(-(-demand // room) * room)


def _link_bound(board: Board, weights: Weights, *, about: tuple[Floats, Prices]) -> float:
    """Spread the reward of being together over the members, and give what is left of it."""
    reduced, prices = about
    total = 0.0
    by_place = np.argsort(board.municipality, kind="stable")
    starts = np.searchsorted(board.municipality[by_place], np.arange(len(board.behind)))
    for cluster in board.clusters:
        reward = np.full(len(board.behind), weights.together)
        cheapest = {}
        for member in cluster:
            given = prices.link.get(member, np.zeros(len(board.behind)))
            reduced[member] -= given[board.municipality]
            reward -= given
            cheapest[member] = np.minimum.reduceat(reduced[member][by_place], starts)
        for member in cluster:
            best = min(float(cheapest[member].min()), 0.0)
            spare = np.clip(cheapest[member] - best, 0.0, np.maximum(reward, 0.0))
            reward = np.where(np.isinf(cheapest[member]), 0.0, reward - spare)
            reduced[member] -= np.where(np.isfinite(reduced[member]), spare[board.municipality], 0.0)
        total += min(0.0, -float(reward.max(initial=0.0)))
    return total


def losses(board: Board, bound: Bound, *, about: tuple[Prices, Ints]) -> tuple[Floats, Floats]:
    """Divide the gap over groups and locations: how much each contributes (G), (L)."""
    prices, places = about
    best = np.minimum(bound.reduced.min(axis=1, initial=np.inf), 0.0)
    now = np.zeros(board.groups)
    placed = np.flatnonzero(places != NOWHERE)
    now[placed] = bound.reduced[placed, places[placed]]
    return np.maximum(now - best, 0.0), (prices.place * board.left(places)).sum(axis=1)
