"""Finds the threshold from which on answers are as right as they must be."""

from collections.abc import Sequence

import numpy as np

# Thresholds have six decimals: what lies closer together counts as alike.
_GRAIN = 1e6


def find_threshold(
    answers: Sequence[tuple[float, bool]], *, precision: float
) -> tuple[float, float] | None:
    """Return the lowest threshold that reaches `precision`, and the precision it has.

    Where none reaches it, it is the threshold with the highest precision, of several the lowest;
    `None` without answers.

    Args:
        answers: The confidence of each, and whether it is right.
        precision: The share of right ones wanted among those from the threshold on.
    """
    if not answers:
        return None
    confidences = np.floor([confidence * _GRAIN for confidence, _ in answers]) / _GRAIN
    order = np.argsort(-confidences, kind="stable")
    confidences = confidences[order]
    right = np.array([is_right for _, is_right in answers])[order]
    precisions = np.cumsum(right) / np.arange(1, len(right) + 1)
    # Those alike stand or fall together: only the last of them can be the end.
    ends = np.flatnonzero(np.r_[confidences[1:] < confidences[:-1], True])
    good = ends[precisions[ends] >= precision]
    if not len(good):
        good = ends[precisions[ends] == precisions[ends].max()]
    return float(confidences[good[-1]]), float(precisions[good[-1]])
