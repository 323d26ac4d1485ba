"""The generalized assignment problem: every task to one agent, within what each can bear, for the most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_TINY_SECONDS = 0.05
_INFEASIBLE = 2
_ROUNDING = 1e-6


class NoAssignment(ValueError):
    """Not every task can be given to an agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """The agent of each task, what that is worth, and what no assignment can exceed."""

    agents: tuple[int, ...]
    value: float
    upper: float
    is_optimal: bool


def assign(
    worth: Sequence[Sequence[float]],
    burden: Sequence[Sequence[float]],
    *,
    capacity: Sequence[float],
    seconds: float = 30.0,
) -> Assignment:
    """Give every task to exactly one agent for the highest worth (generalized assignment).

    Args:
        worth: what each task is worth with each agent (agents, tasks), in any unit.
        burden: what it takes of the agent (agents, tasks), in the unit of the capacity.
        capacity: what each agent can bear (agents).
        seconds: how long it may take.

    Returns:
        The best assignment found; ``upper`` equals ``value`` when it is proven to be the best.

    Raises:
        NoAssignment: no assignment fits.
        TimeoutError: none was found in time.

    Method: achterberg-2009 (branch and cut by HiGHS).

    >>> assign([[3, 5], [4, 1]], [[1, 1], [1, 1]], capacity=[1, 1])
    Assignment(agents=(1, 0), value=9.0, upper=9.0, is_optimal=True)
    """
    values, needs = np.array(worth, dtype=float), np.array(burden, dtype=float)
    room = np.array(capacity, dtype=float)
    agents, tasks = values.shape
    fits = (needs <= room[:, None]).ravel()
    at = np.arange(agents * tasks)
    each = csr_array((np.ones(len(at)), (at % tasks, at)), shape=(tasks, len(at)))
    load = csr_array((needs.ravel(), (at // tasks, at)), shape=(agents, len(at)))
    done = milp(
        -values.ravel(),
        integrality=np.ones(len(at)),
        bounds=Bounds(np.zeros(len(at)), fits.astype(float)),
        constraints=[LinearConstraint(each, 1, 1), LinearConstraint(load, -np.inf, room)],
        options={"time_limit": max(seconds, _TINY_SECONDS), "mip_rel_gap": 0},
    )
    if done.x is None:
        raise NoAssignment if done.status == _INFEASIBLE else TimeoutError
    return _checked(done.x.reshape(agents, tasks), (values, needs, room), done=done)


def _checked(
    shares: np.ndarray, about: tuple[np.ndarray, np.ndarray, np.ndarray], *, done: object
) -> Assignment:
    """Read the agents, and make sure by own arithmetic that nobody bears too much."""
    values, needs, room = about
    chosen = shares.argmax(axis=0)
    tasks = np.arange(shares.shape[1])
    borne = np.bincount(chosen, weights=needs[chosen, tasks], minlength=len(room))
    if (borne > room + _ROUNDING * np.maximum(np.abs(room), 1)).any():
        raise AssertionError("an agent bears more than it can")
    value = math.fsum(values[chosen, tasks])
    is_optimal = getattr(done, "status", 1) == 0
    bound = -float(getattr(done, "mip_dual_bound", -math.inf) or 0.0)
    if (values == np.rint(values)).all() and math.isfinite(bound):
        bound = math.floor(bound + _ROUNDING)
    return Assignment(
        agents=tuple(int(agent) for agent in chosen),
        value=value,
        upper=value if is_optimal else max(bound, value),
        is_optimal=is_optimal,
    )
