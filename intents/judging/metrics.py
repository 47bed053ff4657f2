"""The measures of a judgement, apart from what is judged."""

from collections.abc import Sequence

import numpy as np

_BINS = 10


def auroc(wanted: Sequence[float], unwanted: Sequence[float]) -> float | None:
    """Return how often a wanted value lies above an unwanted one, a tie counted half.

    It is the statistic of Mann and Whitney (1947) as a share; `None` where either has no value.
    """
    if not wanted or not unwanted:
        return None
    below = np.sort(np.asarray(unwanted, float))
    values = np.asarray(wanted, float)
    won = np.searchsorted(below, values, "left") + np.searchsorted(below, values, "right")
    return float(won.mean()) / (2 * len(below))


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    """Return how far confidences in 0..1 are from the share that is right; `None` without any.

    It is the expected calibration error over ten bins of equal width (Naeini, Cooper and
    Hauskrecht, 2015).
    """
    if not confidences:
        return None
    values = np.asarray(confidences, float)
    places = np.minimum((values * _BINS).astype(int), _BINS - 1)
    claimed = np.bincount(places, values, _BINS)
    kept = np.bincount(places, np.asarray(right, float), _BINS)
    return float(np.abs(claimed - kept).sum() / len(values))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the value that `percent` of `values` lie below, between neighbours in proportion."""
    return float(np.percentile(np.asarray(values, float), percent)) if values else None
