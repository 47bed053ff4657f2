"""Fits the model of the confidence on labelled questions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from intents.judging.labelled import Labelled
from intents.match.confidence import MOST_LEAD, TIE, WEIGHTS, Calibration
from intents.match.fitting import Array, fit_logistic
from intents.understanding import Understander

# How strongly the weights stay what they are, in questions.
_RIDGE = 20.0
# Every question pulls at all weights of the model at once.
_MODEL_RIDGE = 3 * _RIDGE
_LEAST_SLOPE = 0.1
_NO_RIVAL = (np.nan,) * len(WEIGHTS)
# Logits at which the confidence is held while it is calibrated, as if by so many questions at each.
_HELD = np.array([-3.0, -1.0, 1.0, 3.0])


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidates without a veto: (samples, measures), and (samples,) what they are.

    `rivals` are the next ones of the same questions: (samples, measures), nan where there is none.
    """

    measures: Array
    rivals: Array
    right: NDArray[np.bool_]
    has_answer: NDArray[np.bool_]


def find_best(understander: Understander, questions: Iterable[Labelled]) -> Best:
    """Return the best candidate of each question that has one without a veto."""
    measures = []
    rivals = []
    right = []
    has_answer = []
    for question in questions:
        clear = [one for one in understander.candidates(question.text) if not one.vetoes]
        if clear:
            measures.append(clear[0].measures)
            rivals.append(clear[1].measures if len(clear) > 1 else _NO_RIVAL)
            right.append(clear[0].entry == question.label)
            has_answer.append(question.label is not None)
    return Best(
        measures=np.array(measures).reshape(-1, len(WEIGHTS)),
        rivals=np.array(rivals).reshape(-1, len(WEIGHTS)),
        right=np.array(right, bool),
        has_answer=np.array(has_answer, bool),
    )


def fit_model(calibration: Calibration, best: Best) -> Calibration:
    """Return the calibration with another model of the confidence, in which the old one is merged.

    Questions that must not be answered count as much as all others together, however few they
    are; then the confidence is calibrated on all questions alike (Platt, 1999).
    """
    start = calibration.slope * np.array(calibration.model)
    start[0] += calibration.bias
    merged = replace(calibration, slope=1.0, bias=0.0, model=tuple(start.tolist()))
    if not len(best.right):
        return merged
    goal = best.right.astype(float)
    model = fit_logistic(
        best.measures, goal, start=start, ridge=_MODEL_RIDGE, importance=_balanced(best.has_answer)
    )
    fitted = replace(merged, model=tuple(model.tolist()))
    return _calibrate(fitted, fitted.logits(best.measures), goal)


def _calibrate(calibration: Calibration, logits: Array, goal: Array) -> Calibration:
    """Return the calibration with another slope and bias, held by what it says so far.

    Were it held by a ridge alone, a few questions of much the same confidence could turn it round
    at every other.
    """
    held = np.r_[logits, _HELD]
    wanted = np.r_[goal, calibration.confidences(_HELD)]
    weights = np.r_[np.ones(len(goal)), np.full(len(_HELD), _RIDGE)]
    start = np.array([0.0, 1.0])
    bias, slope = fit_logistic(held[:, None], wanted, start=start, ridge=0.0, importance=weights)
    return replace(calibration, bias=float(bias), slope=float(max(slope, _LEAST_SLOPE)))


def answers_of(calibration: Calibration, best: Best) -> list[tuple[float, bool]]:
    """Return the confidence in each best candidate that no rival ties with, and if it is right."""
    if not len(best.right):
        return []
    confidences = calibration.confidences(calibration.logits(best.measures))
    rivals = np.nan_to_num(calibration.confidences(calibration.logits(best.rivals)))
    leads = best.measures[:, list(WEIGHTS).index("lead")]
    is_clear = (rivals <= TIE * confidences) | (leads >= MOST_LEAD)
    return list(zip(confidences[is_clear].tolist(), best.right[is_clear].tolist(), strict=True))


def _balanced(is_one: NDArray[np.bool_]) -> Array:
    """Return weights (samples,) under which both kinds weigh alike, where there are both."""
    ones = int(is_one.sum())
    others = len(is_one) - ones
    if not ones or not others:
        return np.ones(len(is_one))
    return np.where(is_one, len(is_one) / (2 * ones), len(is_one) / (2 * others))
