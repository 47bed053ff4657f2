"""Measures how alike a question and the phrasings of an entry are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from intents.text.words import split_words

# The measures of a candidate, in order: how near its nearest phrasing and its nearest three are by
# pieces, edit distance as typed and with words sorted, what the classifier says (natural logarithm
# of a probability), and the cosines of its nearest phrasing and of all of it together by meaning.
MEASURES = ("nearest", "three", "ratio", "sorted", "odds", "meaning", "whole")
_LEAST_ODDS = -12.0
_NEAREST = 3

# How much each measure counts; `tests/benchmarks/fit.py` fits them.
WITH_CLASSIFIER = (2.6, 0.4, 1.7, 2.5, 1.1, 0.0, 0.0)
WITHOUT_CLASSIFIER = (6.0, 4.0, 6.0, 4.0, 0.0, 0.0, 0.0)
WITH_SENSE = (0.5, 0.0, 0.4, 0.8, 0.7, 5.2, 8.0)


@dataclass(frozen=True, slots=True)
class Compared:
    """A text in the two forms in which it is compared: as it is, and with its words sorted."""

    text: str
    sorted: str


def as_compared(text: str) -> Compared:
    """Return a text in the two forms; a Chinese character is a word."""
    return Compared(text, " ".join(sorted(split_words(text))))


def measure_all(
    asked: Compared,
    rows: NDArray[np.int64],
    base: NDArray[np.float64],
    odds: NDArray[np.float64],
    phrasings: Sequence[Compared],
) -> NDArray[np.float64]:
    """Return the measures of each candidate: (candidates, measures).

    Args:
        asked: The question.
        rows: (candidates, nearest) numbers of the nearest phrasings of each, the nearest first.
        base: (phrasings,) how near each phrasing is by its pieces.
        odds: (candidates,) the logarithm of each one's probability.
        phrasings: What the numbers in `rows` stand for, row after row.
    """
    shape = rows.shape
    table = np.zeros((len(rows), len(MEASURES)))
    near = base[rows]
    table[:, 0] = near[:, 0]
    table[:, 1] = near.mean(1)
    table[:, 2] = _ratios(asked.text, [one.text for one in phrasings]).reshape(shape).max(1)
    table[:, 3] = _ratios(asked.sorted, [one.sorted for one in phrasings]).reshape(shape).max(1)
    table[:, 4] = np.maximum(odds, _LEAST_ODDS)
    return table


def nearest_of(
    starts: NDArray[np.int64], ends: NDArray[np.int64], base: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return the nearest phrasings of entries: (entries, 3), the nearest first.

    Args:
        starts: (entries,) where the phrasings of each begin.
        ends: (entries,) where they end. An entry with fewer than three has its last ones twice.
        base: (phrasings,) how near each phrasing is.
    """
    longest = int((ends - starts).max())
    numbers = np.minimum(starts[:, None] + np.arange(longest), ends[:, None] - 1)
    order = np.argsort(-base[numbers], axis=1, kind="stable")[:, :_NEAREST]
    if order.shape[1] < _NEAREST:
        order = np.pad(order, ((0, 0), (0, _NEAREST - order.shape[1])), mode="edge")
    nearest: NDArray[np.int64] = np.take_along_axis(numbers, order, 1)
    return nearest


def _ratios(asked: str, texts: Sequence[str]) -> NDArray[np.float32]:
    # So few are compared one by one sooner than rapidfuzz's matrix of them is set up.
    ratios = np.array([fuzz.ratio(asked, text) for text in texts], np.float32)
    ratios /= np.float32(100)
    return ratios
