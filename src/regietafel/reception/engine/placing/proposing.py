"""The proposal: who goes where, how good that is, and how much better it could at most be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from regietafel.reception.engine.placing.aims import (
    Score,
    broad_weights,
    points_of,
    score_of,
    strict_weights,
)
from regietafel.reception.engine.placing.board import NOWHERE, Board, Floats, Ints, board_of
from regietafel.reception.engine.placing.bounding import bound_of, no_prices
from regietafel.reception.engine.placing.exact import settle
from regietafel.reception.engine.placing.feasibility import violations
from regietafel.reception.engine.placing.groups import PlacingTask
from regietafel.reception.engine.placing.model import Deadline
from regietafel.reception.engine.placing.searching import place_by_price, search

SECONDS = 30.0
MOST_EXACT_GROUPS, MOST_EXACT_PAIRS = 150, 4_000
_LAST_PART = 0.04
_MOST_RESERVE = 5.0


class ImpossibleProposal(AssertionError):
    """A placement went against a rule; it is never handed out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who goes where, with the score, the points and the bound on them; lower points are better.

    ``places`` maps the code of a group to that of its location; who is not in it has no place.
    ``is_optimal`` says that no placement is better on the five aims in their order.
    """

    places: Mapping[str, str]
    score: Score
    points: float
    bound: float
    is_optimal: bool

    @property
    def gap_pct(self) -> float:
        """The most that is left to gain, in % of the points; 0 when nothing is."""
        gap = self.points - self.bound
        return 100 * gap / max(abs(self.points), abs(self.bound), 1e-12) if gap > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to work and where chance begins; ``clock`` gives seconds, ``rounds`` bounds the search."""

    clock: Callable[[], float]
    seconds: float = SECONDS
    seed: int = 0
    rounds: int | None = None

    def deadline(self) -> Deadline:
        """Start the clock; a little is kept for checking and telling."""
        reserve = min(_LAST_PART * self.seconds, _MOST_RESERVE)
        return Deadline(clock=self.clock, ends_at=self.clock() + self.seconds - reserve)


def propose(task: PlacingTask, effort: Effort, *, tomorrow: Floats | None = None) -> Proposal:
    """Propose a place for as many people as possible, and the best places for them (placement proposal).

    Args:
        task: groups, locations and kilometres.
        effort: the seconds it may take, and the seed.
        tomorrow: what a place is worth to those who come later, in person-kilometres per place, per
            location and kind of place, from `place_prices`.

    Returns:
        The proposal; it was checked against every rule.

    Raises:
        UnknownDistance: kilometres to a tie are missing.

    Method: achterberg-2009 and huangfu-hall-2018 (HiGHS) for small tasks, aim after aim; for large ones one
        relaxation, rounding by its prices and pisinger-ropke-2010 (large neighbourhood search). The bound is
        that of fisher-1981 (Lagrange), over all pairs.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> hall = Location(code="HAL", municipality="Borne", kind="noodopvang", places=(4,))
    >>> two = (Group(code="A", size=2), Group(code="B", size=3))
    >>> made = propose(PlacingTask(groups=two, locations=(hall,)), Effort(clock=lambda: 0.0))
    >>> dict(made.places), made.score.unplaced, made.is_optimal
    ({'B': 'HAL'}, 2, True)
    """
    deadline = effort.deadline()
    board = _priced(board_of(task), tomorrow)
    if is_small(board):
        made = _settled(task, board, deadline=deadline)
        if made is not None:
            return made
    return _searched(task, board, how=(deadline, effort))


def _priced(board: Board, tomorrow: Floats | None) -> Board:
    if tomorrow is None:
        return board
    price = np.zeros(board.feasible.shape)
    everyone = np.arange(board.groups)
    for location in np.flatnonzero(tomorrow.any(axis=1)):
        price[:, location] = board.usage(everyone, np.full(board.groups, location)) @ tomorrow[location]
    return replace(board, price=price)


def is_small(board: Board) -> bool:
    """Say whether a task is settled aim by aim."""
    return board.groups <= MOST_EXACT_GROUPS and int(board.feasible.sum()) <= MOST_EXACT_PAIRS


def _settled(task: PlacingTask, board: Board, *, deadline: Deadline) -> Proposal | None:
    """Settle a small task; None when the first aim is not proven in time."""
    weights = strict_weights(board)
    loose = bound_of(board, weights, prices=no_prices(board))
    start = place_by_price(board, loose.reduced, fractions=np.zeros(board.feasible.shape))
    done = settle(board, start=start, deadline=deadline.part(0.7))
    if not done.proven_aims:
        return None
    points = points_of(score_of(board, done.places), weights)
    bound = points if done.is_proven else loose.points
    return checked(task, board, found=(done.places, points, bound, done.is_proven))


def _searched(task: PlacingTask, board: Board, *, how: tuple[Deadline, Effort]) -> Proposal:
    deadline, effort = how
    weights = broad_weights()
    found = search(board, weights, deadline=deadline, seed=effort.seed, rounds=effort.rounds)
    points = points_of(score_of(board, found.places), weights)
    return checked(task, board, found=(found.places, points, min(found.bound, points), False))


def checked(task: PlacingTask, board: Board, *, found: tuple[Ints, float, float, bool]) -> Proposal:
    """Make a proposal of arrays, unless it goes against a rule."""
    where, points, bound, is_optimal = found
    places = {
        task.groups[group].code: task.locations[where[group]].code
        for group in np.flatnonzero(where != NOWHERE)
    }
    if wrong := violations(task, places):
        raise ImpossibleProposal("; ".join(wrong[:5]))
    return Proposal(
        places=places,
        score=score_of(board, where),
        points=points,
        bound=bound,
        is_optimal=is_optimal,
    )
