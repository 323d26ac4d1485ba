"""Logistic regression for many small weights, and how its scores become probabilities that hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import sparse
from scipy.special import expit

STRENGTH = 5.0  # how much the examples weigh against the wish for small weights
_BIAS_PULL = 1e-3
_LOOSELY = 1_000.0  # two numbers need no holding back
_TOLERANCE = 1e-3
_MOST_STEPS, _MOST_TURNS = 40, 60

Matrix = Any


def fit(features: Matrix, answers: np.ndarray, *, strength: float = STRENGTH) -> tuple[np.ndarray, float]:
    """Fit weights and a bias that make the answers likely, and the weights no larger than needed.

    Newton steps, each solved by conjugate gradients; sums are taken without a linear algebra library, whose
    threads cost more than they bring on vectors of this length. Every example counts the same, also when
    one answer is rare: the probabilities must hold.
    """
    wide = sparse.hstack([features, np.ones((features.shape[0], 1))], format="csr")
    turned = wide.T.tocsr()
    pull = np.full(wide.shape[1], 1 / strength)
    pull[-1] = _BIAS_PULL / strength
    point = np.zeros(wide.shape[1])
    share = np.clip(answers.mean(), 1e-3, 1 - 1e-3)
    point[-1] = np.log(share / (1 - share))
    first = 0.0
    for _ in range(_MOST_STEPS):
        chance = expit(wide @ point)
        slope = turned @ (chance - answers) + pull * point
        size = _dot(slope, slope) ** 0.5
        first = first or size
        if size <= _TOLERANCE * max(first, 1e-9):
            break
        step = _direction(wide, turned, slope=slope, curve=(chance * (1 - chance), pull))
        point = _moved(point, step, loss=lambda at: _loss(wide, at, answers=answers, pull=pull))
    return point[:-1].astype(np.float32), float(point[-1])


def _dot(one: np.ndarray, other: np.ndarray) -> float:
    return float((one * other).sum())


def _loss(wide: Matrix, point: np.ndarray, *, answers: np.ndarray, pull: np.ndarray) -> float:
    scores = wide @ point
    return float((np.logaddexp(0, scores) - answers * scores).sum() + (pull * point * point).sum() / 2)


def _direction(
    wide: Matrix, turned: Matrix, *, slope: np.ndarray, curve: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Solve the Newton equation by conjugate gradients, as precisely as is worth it."""
    weights, pull = curve
    scale = 1 / (pull + turned.power(2) @ weights)
    step, left = np.zeros_like(slope), -slope
    eased = scale * left
    way, held = eased, _dot(left, eased)
    goal = held * 0.01
    for _ in range(_MOST_TURNS):
        bent = turned @ (weights * (wide @ way)) + pull * way
        length = held / _dot(way, bent)
        step, left = step + length * way, left - length * bent
        eased = scale * left
        now = _dot(left, eased)
        if now <= goal:
            break
        way, held = eased + now / held * way, now
    return step


def _moved(point: np.ndarray, step: np.ndarray, *, loss: Callable[[np.ndarray], float]) -> np.ndarray:
    """Take the step, halved until it no longer makes things worse."""
    before = loss(point)
    for _ in range(20):
        moved: np.ndarray = point + step
        if loss(moved) <= before:
            return moved
        step = step / 2
    return point


def calibrate(scores: np.ndarray, answers: np.ndarray) -> tuple[float, float]:
    """Find the slope and shift that turn held-out scores into probabilities; a useless score gets slope 0."""
    yes, no = answers.sum(), (1 - answers).sum()
    soft = np.where(answers > 0, (yes + 1) / (yes + 2), 1 / (no + 2))
    scale = max(float(np.abs(scores).max()), 1e-9)
    slopes, shift = fit(sparse.csr_matrix(scores[:, None] / scale), soft, strength=_LOOSELY)
    if slopes[0] <= 0:
        share = (yes + 1) / (yes + no + 2)
        return 0.0, float(np.log(share / (1 - share)))
    return float(slopes[0]) / scale, shift
