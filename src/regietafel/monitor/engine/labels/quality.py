"""How good proposals are, measured on examples the model was not taught by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from regietafel.monitor.engine.labels.fitting import calibrate

_BINS = 10
_ROUNDS = 500
_SURE, _LIKELY = 0.6, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good the proposals for one label are; None where nothing was proposed or there was nothing to find.

    ``precision`` and ``recall`` are about proposals (from 0.6), ``asked`` is the share of messages it is
    unsure of. ``macro_f1`` (at 0.5, mean of with and without the label) has a 95 % interval.
    ``calibration_error`` is how far probabilities are off on average.
    """

    label: str
    examples: int
    positives: int
    precision: float | None
    recall: float | None
    asked: float
    macro_f1: float
    macro_f1_low: float
    macro_f1_high: float
    calibration_error: float


def quality_of(label: str, *, scores: np.ndarray, answers: np.ndarray, folds: np.ndarray) -> Quality:
    """Judge the scores that examples got from models that did not know them."""
    chances = _held_out_chances(scores, answers, folds=folds)
    truth, proposed = answers > 0, chances >= _SURE
    right = int((truth & proposed).sum())
    low, high = _interval(truth, chances >= _LIKELY)
    return Quality(
        label=label,
        examples=len(answers),
        positives=int(truth.sum()),
        precision=right / int(proposed.sum()) if proposed.any() else None,
        recall=right / int(truth.sum()) if truth.any() else None,
        asked=float(((chances > 1 - _SURE) & (chances < _SURE)).mean()),
        macro_f1=macro_f1(truth, chances >= _LIKELY),
        macro_f1_low=low,
        macro_f1_high=high,
        calibration_error=calibration_error(truth, chances),
    )


def _held_out_chances(scores: np.ndarray, answers: np.ndarray, *, folds: np.ndarray) -> np.ndarray:
    """Calibrate each fold by the other folds, so that this step too is judged on what it did not see."""
    chances = np.zeros(len(scores))
    for fold in np.unique(folds):
        rest, here = folds != fold, folds == fold
        slope, shift = calibrate(scores[rest], answers[rest])
        chances[here] = expit(scores[here] * slope + shift)
    return chances


def macro_f1(truth: np.ndarray, said: np.ndarray) -> float:
    """Average the F1 of the label and that of its absence."""
    weights = np.ones((1, len(truth)))
    return float(_macro_f1(truth, said, weights=weights)[0])


def calibration_error(truth: np.ndarray, chances: np.ndarray) -> float:
    """Average over ten bins how far the mean probability is from the share that was true (ECE)."""
    places = np.minimum((chances * _BINS).astype(int), _BINS - 1)
    gaps = np.bincount(places, weights=truth - chances, minlength=_BINS)
    return float(np.abs(gaps).sum() / len(truth))


def _interval(truth: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    count = len(truth)
    draws = np.random.default_rng(1).multinomial(count, np.full(count, 1 / count), size=_ROUNDS)
    low, high = np.quantile(_macro_f1(truth, said, weights=draws.astype(float)), (0.025, 0.975))
    return float(low), float(high)


def _macro_f1(truth: np.ndarray, said: np.ndarray, *, weights: np.ndarray) -> np.ndarray:
    found = np.zeros(len(weights))
    for value in (True, False):
        both = weights @ ((truth == value) & (said == value)).astype(float)
        either = weights @ ((truth == value).astype(float) + (said == value))
        found += 2 * both / np.maximum(either, 1)
    return found / 2
