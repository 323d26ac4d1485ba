"""Slack: today's places with an eye to who comes later, weighed over futures drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from regietafel.reception.engine.placing.aims import broad_weights, points_of
from regietafel.reception.engine.placing.board import NOWHERE, Board, Ints, board_of
from regietafel.reception.engine.placing.explaining import places_array
from regietafel.reception.engine.placing.futures import place_prices
from regietafel.reception.engine.placing.groups import TENTHS, Group, PlacingTask
from regietafel.reception.engine.placing.model import Deadline, Pairs, model_of, solve_relaxed
from regietafel.reception.engine.placing.proposing import Effort, Proposal, is_small, propose

_PRICES_PART, _FIRST_PART, _SECOND_PART = 0.4, 0.4, 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """How those who come later fare, on average over the futures, in people.

    ``coming`` still come, ``placed`` of them find a place beside the proposal, ``otherwise`` beside the best
    for today alone.
    """

    coming: float
    placed: float
    otherwise: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A proposal that keeps slack, and what that is worth; ``later`` is None where it was not weighed."""

    proposal: Proposal
    later: Later | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    points: float
    placed: float


def propose_with_slack(task: PlacingTask, futures: Sequence[Sequence[Group]], *, effort: Effort) -> Weighed:
    """Propose places for today that leave the most for those who come later (slack).

    Args:
        task: today's groups and what is free.
        futures: groups that could still come, each future apart, from `draw_futures`.
        effort: the seconds for everything together, and the seed.

    Returns:
        The better of two proposals: the best for today alone, and the best for today at the prices of
        `place_prices`. In either, as many people as possible get a place today. A large task, or one for
        which time ran out, gets the second unweighed.

    Raises:
        UnknownDistance: kilometres to a tie are missing.

    Method: bertsekas-castanon-1999 (rollout): both are played on, each future settled in fractions in what
        they leave, and the least points of today and later together win; prices as talluri-vanryzin-1998.

    >>> from regietafel.reception.engine.placing.groups import Group, Location, PlacingTask
    >>> ramp = Location(code="A", municipality="Borne", kind="noodopvang", places=(1,), features={"tolk"})
    >>> hall = Location(code="B", municipality="Borne", kind="noodopvang", places=(1,))
    >>> task = PlacingTask(groups=(Group(code="NU", size=1),), locations=(ramp, hall))
    >>> found = propose_with_slack(
    ...     task, [[Group(code="STRAKS", size=1, needs={"tolk"})]], effort=Effort(clock=lambda: 0.0)
    ... )
    >>> dict(found.proposal.places), found.later.placed
    ({'NU': 'B'}, 1.0)
    """
    deadline = effort.deadline()
    prices = place_prices(task, futures, effort=_for(effort, deadline.part(_PRICES_PART)))
    if not is_small(board_of(task)):
        return Weighed(proposal=propose(task, _for(effort, deadline), tomorrow=prices), later=None)
    priced = propose(task, _for(effort, deadline.part(_FIRST_PART)), tomorrow=prices)
    plain = propose(task, _for(effort, deadline.part(_SECOND_PART)))
    played = _played(task, futures, about=((priced, plain), deadline))
    if played is None:
        return Weighed(proposal=priced, later=None)
    best = min((0, 1), key=lambda at: played[at].points)
    coming = float(np.mean([sum(each.size for each in future) for future in futures]))
    return Weighed(
        proposal=(priced, plain)[best],
        later=Later(coming=coming, placed=played[best].placed, otherwise=played[1].placed),
    )


def _for(effort: Effort, deadline: Deadline) -> Effort:
    return replace(effort, seconds=deadline.left())


def _played(
    task: PlacingTask,
    futures: Sequence[Sequence[Group]],
    *,
    about: tuple[tuple[Proposal, Proposal], Deadline],
) -> tuple[_Outcome, ...] | None:
    """Play proposals on over all futures; None when there are none or time ran out."""
    proposals, deadline = about
    weights = broad_weights()
    points = [points_of(replace(each.score, price=0.0, unfair=0.0), weights) for each in proposals]
    today = [places_array(task, each.places) for each in proposals]
    placed = [0.0 for _ in proposals]
    for future in futures:
        board = board_of(replace(task, groups=(*task.groups, *future)))
        for at in range(len(proposals)):
            places = np.append(today[at], np.full(len(future), NOWHERE))
            found = _settled(board, places, first=len(task.groups), deadline=deadline)
            if found is None:
                return None
            points[at] += found.points / len(futures)
            placed[at] += found.placed / len(futures)
    if not futures:
        return None
    return tuple(_Outcome(points=one, placed=many) for one, many in zip(points, placed, strict=True))


def _settled(board: Board, places: Ints, *, first: int, deadline: Deadline) -> _Outcome | None:
    """Settle those who come later, from row ``first`` on, in fractions in what today leaves."""
    groups, locations = np.nonzero(board.feasible[first:])
    groups += first
    if not len(groups):
        return _Outcome(points=0.0, placed=0.0)
    model = model_of(board, Pairs(groups=groups, locations=locations), places=places)
    cost = model.points(broad_weights())
    solved = solve_relaxed(model, cost, seconds=deadline.left())
    if solved is None:
        return None
    return _Outcome(
        points=float(cost @ solved.columns) / TENTHS,
        placed=float(board.size[groups] @ solved.columns[: len(groups)]),
    )
