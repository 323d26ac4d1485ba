"""Small tasks: settle one aim after the other, each to the proven best, without giving up any before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array

from regietafel.reception.engine.placing.aims import TOGETHER_POINTS
from regietafel.reception.engine.placing.board import NOWHERE, Board, Floats, Ints
from regietafel.reception.engine.placing.groups import TENTHS
from regietafel.reception.engine.placing.model import (
    Deadline,
    Model,
    Pairs,
    at_least,
    at_most,
    chosen,
    model_of,
    solve_whole,
)

_HALF, _ALMOST = 0.5, 0.9
_ROUNDING = 1e-6
_SMALLEST_STEP, _LARGEST_COST = 1e-4, 1e8  # HiGHS takes 1e-6 for equal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The placement found, and whether each aim was proven to be the best given those before it."""

    places: Ints
    is_proven: bool
    proven_aims: int


def settle(board: Board, *, start: Ints, deadline: Deadline, forced: Pairs | None = None) -> Settled:
    """Settle the aims in order: people, links, distance, share and scarce things.

    Args:
        board: the task.
        start: a placement to fall back on.
        deadline: when to stop.
        forced: pairs that must be chosen, if any.

    Returns:
        The placement; ``start`` itself when not even the first aim could be settled in time.
    """
    model = model_of(board, _all_pairs(board, forced), places=np.full(board.groups, NOWHERE))
    rows: list[LinearConstraint] = _forcing(model, forced)
    places, is_proven, proven = start, True, 0
    columns: Floats | None = None
    for cost, keep in _stages(board, model):
        gap = _step(cost, columns=columns)
        done = solve_whole(model, cost, seconds=deadline.left(), extra=tuple(rows), gap=gap)
        if done.columns is None:
            return Settled(places=places, is_proven=False, proven_aims=proven)
        columns = done.columns
        places = chosen(model, columns, places=start)
        is_proven = is_proven and done.is_proven
        proven += is_proven
        rows += [_kept(model, aim, columns=done.columns) for aim in keep]
    return Settled(places=places, is_proven=is_proven, proven_aims=proven)


def _all_pairs(board: Board, forced: Pairs | None) -> Pairs:
    allowed = board.feasible.copy()
    if forced is not None:
        allowed[forced.groups] = False
        allowed[forced.groups, forced.locations] = True
    groups, locations = np.nonzero(allowed)
    return Pairs(groups=groups, locations=locations)


def _forcing(model: Model, forced: Pairs | None) -> list[LinearConstraint]:
    if forced is None:
        return []
    must = np.isin(model.pairs.groups, forced.groups)
    row = np.zeros((1, model.columns))
    row[0, : len(must)] = must
    return [LinearConstraint(csr_array(row), len(forced.groups), np.inf)]


def _stages(board: Board, model: Model) -> list[tuple[Floats, tuple[str, ...]]]:
    """Order the aims; two that count in whole steps go together, the lower for less than half a step."""
    aims = model.aims
    together = aims["together"] / (2 * (1 + len(board.clusters)))
    least = _HALF / (1 + float(board.scarce.max(axis=1, initial=0).sum()))
    last = aims["unfair"] + least * aims["scarce"]
    if board.price is not None:
        worth = aims["km"] - TOGETHER_POINTS * TENTHS * aims["together"]
        return [(-aims["urgent"], ("urgent",)), (worth, ("km", "together")), (last, ())]
    people = (-(aims["urgent"] + together), ("urgent", "together"))
    both = _in_one(board, aims["km"], last=last, least=least)
    return [people, (aims["km"], ("km",)), (last, ())] if both is None else [people, (both, ())]


def _in_one(board: Board, km: Floats, *, last: Floats, least: float) -> Floats | None:
    """Add the last aims to the distance for less than half a step of it, where a solver can still tell.

    A share that must be kept while the distance may not grow costs a solver far more time than the two
    together, but its smallest difference must stay well above what it takes for equal.
    """
    most = 1 + float(np.nansum(np.abs(board.behind))) + int(board.size.sum())
    scale = _SMALLEST_STEP * 2 * most / least
    cost = scale * (km + last / (2 * most))
    return cost if np.abs(cost).max(initial=0.0) <= _LARGEST_COST else None


def _step(cost: Floats, *, columns: Floats | None) -> float:
    """Give how near is the same, as a share: what counts in whole steps needs no proof below one step."""
    if columns is None or (cost != np.rint(cost)).any():
        return 0.0
    value = abs(float(cost @ columns))
    return _ALMOST / value if value > _ALMOST else 0.0


def _kept(model: Model, aim: str, *, columns: Floats) -> LinearConstraint:
    value = float(model.aims[aim] @ _cleaned(model, columns))
    if aim == "km":
        return at_most(model, aim, value=value + _ROUNDING * max(abs(value), 1.0))
    return at_least(model, aim, value=value - _HALF)


def _cleaned(model: Model, columns: Floats) -> Floats:
    """Round what must be whole, so that the tolerance of a solver does not move an aim."""
    counted = model.columns - len(model.shares)
    return np.concatenate([np.rint(columns[:counted]), columns[counted:]])
