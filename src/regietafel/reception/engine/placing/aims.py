"""What makes one placement better than another: five aims in a fixed order, and the points that follow it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regietafel.reception.engine.placing.board import NOWHERE, Board, Ints
from regietafel.reception.engine.placing.groups import TENTHS

# In a large task one person counts as 10,000 person-kilometres and a group together as 1,000.
PERSON_POINTS, TOGETHER_POINTS = 10_000.0, 1_000.0
_FAIR_POINTS, _SCARCE_POINTS = 0.05, 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Points per step of each aim, in tenths of a person-kilometre; what is placed counts as negative."""

    person: float
    together: float
    fair: float
    scarce: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a placement does on each aim.

    ``urgent`` counts placed people times their urgency, ``placed`` and ``unplaced`` people, ``together`` the
    linked groups in one municipality out of ``links``. ``km`` are person-kilometres, an unknown distance
    counted as the farthest known one; ``unfair`` the places by which municipalities are off their share;
    ``scarce`` the people at places that others need more.
    ``price`` is what tomorrow would lose, in person-kilometres.
    """

    urgent: int
    placed: int
    unplaced: int
    together: int
    links: int
    km: float
    unfair: float
    scarce: int
    price: float = 0.0


def strict_weights(board: Board) -> Weights:
    """Give weights by which one step of an aim outweighs everything below it."""
    scarce = 0.25 / (1 + int(board.scarce.max(initial=0)) * board.groups)
    fair = 0.25 / (1 + float(np.nansum(np.abs(board.behind))) + int(board.size.sum()))
    together = 1.0 + float(np.where(board.feasible, board.km, 0).max(axis=1, initial=0).sum())
    if board.price is not None:
        together = max(together, TOGETHER_POINTS * TENTHS)
        together += float(np.where(board.feasible, board.price, 0).max(axis=1, initial=0).sum()) * TENTHS
    person = together * (1 + len(board.clusters)) + 1.0
    return Weights(person=person, together=together, fair=fair, scarce=scarce * fair)


def broad_weights() -> Weights:
    """Give weights for large tasks: a step outweighs what an exchange of places can save below it."""
    return Weights(
        person=PERSON_POINTS * TENTHS,
        together=TOGETHER_POINTS * TENTHS,
        fair=_FAIR_POINTS * TENTHS,
        scarce=_SCARCE_POINTS * TENTHS,
    )


def score_of(board: Board, places: Ints) -> Score:
    """Judge a placement on every aim."""
    placed = np.flatnonzero(places != NOWHERE)
    where = places[placed]
    size = board.size[placed]
    people = int(size.sum())
    return Score(
        urgent=int((size * board.urgency[placed]).sum()),
        placed=people,
        unplaced=int(board.size.sum()) - people,
        together=sum(is_together(board, places, cluster=cluster) for cluster in board.clusters),
        links=len(board.clusters),
        km=int(board.km[placed, where].sum()) / TENTHS,
        unfair=_unfair(board, placed, where=where),
        scarce=int(board.scarce[placed, where].sum()),
        price=0.0 if board.price is None else float(board.price[placed, where].sum()),
    )


def _unfair(board: Board, placed: Ints, *, where: Ints) -> float:
    people = board.size[placed] * board.counted[where]
    got = np.bincount(board.municipality[where], weights=people, minlength=len(board.behind))
    return float(np.nansum(np.abs(board.behind - got)))


def is_together(board: Board, places: Ints, *, cluster: tuple[int, ...]) -> bool:
    """Say whether all of a cluster are placed, in one municipality."""
    at = [int(places[member]) for member in cluster]
    return NOWHERE not in at and len({int(board.municipality[each]) for each in at}) == 1


def points_of(score: Score, weights: Weights) -> float:
    """Add the aims up to one number, in person-kilometres; lower is better (points)."""
    tenths = (
        -weights.person * score.urgent
        - weights.together * score.together
        + (score.km + score.price) * TENTHS
        + weights.fair * score.unfair
        + weights.scarce * score.scarce
    )
    return tenths / TENTHS


def costs_of(board: Board, weights: Weights) -> np.ndarray:
    """Give what placing each group in each location adds to the points, without links and shares (G, L)."""
    costs: np.ndarray = board.km.astype(np.float64)
    if board.price is not None:
        costs += board.price * TENTHS
    costs += weights.scarce * board.scarce
    costs -= (weights.person * board.urgency * board.size)[:, None]
    costs[~board.feasible] = np.inf
    return costs
