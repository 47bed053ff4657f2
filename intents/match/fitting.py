"""Fits the few weights that judge candidates: two small models by gradient descent in numpy.

Both are plain maximum likelihood with a ridge towards where they start, so that little data moves
them little. The method is Adam (Kingma and Ba, 2015), run for a fixed number of steps: the same
data always give the same weights.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

_STEPS = 600
_RATE = 0.1
_DECAY_MEAN, _DECAY_SQUARE, _TINY = 0.9, 0.99, 1e-8

Array = NDArray[np.float64]


def fit_logistic(
    table: Array, right: Array, *, start: Array, ridge: float, importance: Array | None = None
) -> Array:
    """Return bias and weights of a logistic regression.

    Args:
        table: (samples, measures).
        right: (samples,) 1 where answering is right, else 0.
        start: (1 + measures,) where to start, and what to stay near.
        ridge: How strongly to stay near it, in samples.
        importance: (samples,) how much each sample counts; alike without it.
    """
    columns = np.c_[np.ones(len(table)), table]
    scale = np.maximum(np.abs(columns).mean(0), 1e-3)
    columns = columns / scale
    weight = np.ones(len(right)) if importance is None else importance

    def gradient(weights: Array) -> Array:
        rated = 1 / (1 + np.exp(-np.clip(columns @ weights, -60, 60)))
        pull: Array = ridge * (weights - start * scale)
        slope: Array = (columns.T @ (weight * (rated - right)) + pull) / max(weight.sum(), 1.0)
        return slope

    fitted: Array = _descend(gradient, start * scale) / scale
    return fitted


def fit_ranking(
    tables: Sequence[Array], right: Sequence[int], *, start: Array, ridge: float
) -> Array:
    """Return the weights under which the right candidate scores above the others.

    It is a softmax over the candidates of each question.

    Args:
        tables: For each question its candidates: (candidates, measures).
        right: For each question the number of the right candidate.
        start: (measures,) where to start, and what to stay near.
        ridge: How strongly to stay near it, in questions.
    """
    most = max(len(table) for table in tables)
    stacked = np.zeros((len(tables), most, len(start)))
    absent = np.full((len(tables), most), -np.inf)
    for index, table in enumerate(tables):
        stacked[index, : len(table)] = table
        absent[index, : len(table)] = 0.0
    goal = np.zeros((len(tables), most))
    goal[np.arange(len(tables)), list(right)] = 1.0

    def gradient(weights: Array) -> Array:
        scores = stacked @ weights + absent
        share = np.exp(scores - scores.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        pull: Array = np.einsum("qc,qcm->m", share - goal, stacked) + ridge * (weights - start)
        return pull / len(tables)

    return _descend(gradient, start)


def _descend(gradient: Callable[[Array], Array], start: Array) -> Array:
    weights = start.astype(np.float64).copy()
    mean = np.zeros_like(weights)
    square = np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        slope = gradient(weights)
        mean = _DECAY_MEAN * mean + (1 - _DECAY_MEAN) * slope
        square = _DECAY_SQUARE * square + (1 - _DECAY_SQUARE) * slope**2
        rate = _RATE * (1.0 if 2 * step < _STEPS else 0.2)
        corrected = np.sqrt(square / (1 - _DECAY_SQUARE**step)) + _TINY
        weights -= rate * (mean / (1 - _DECAY_MEAN**step)) / corrected
    return weights
