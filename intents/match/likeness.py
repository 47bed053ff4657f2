"""Measures how alike a question and the phrasings of an entry are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from intents.text.words import split_words

# The measures of a candidate, in order: how near its nearest phrasing and its nearest three are by
# pieces, edit distance as typed and with words sorted, what the classifier says (natural logarithm
# of a probability), the cosines of its nearest phrasing and of all of it together by meaning, the
# share of the question's pieces that it has, and the share of the words that it has nowhere.
MEASURES = (
    "nearest", "three", "ratio", "sorted", "odds", "meaning", "whole", "covered", "strangers",
)  # fmt: skip
_LEAST_ODDS = -12.0
_NEAREST = 3
_BY_PIECES, _BY_RATIO = 0.5, 0.25

# How much each measure counts; `tests/benchmarks/fit.py` fits them.
WITH_CLASSIFIER = (2.6, 0.4, 1.7, 2.5, 1.1, 0.0, 0.0, 2.0, -1.0)
# For curated knowledge, whose answers are read as well.
CURATED = (*WITH_CLASSIFIER[:-1], -5.0)
WITHOUT_CLASSIFIER = (6.0, 4.0, 6.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0)
WITH_SENSE = (0.5, 0.0, 0.4, 0.8, 0.7, 5.2, 8.0, 0.0, 0.0)

# The number of a phrasing, and how near it is.
Near = tuple[int, float]


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
    nearest: Sequence[Sequence[Near]],
    phrasings: Sequence[Sequence[Compared]],
    others: Sequence[Sequence[float]],
) -> list[tuple[float, ...]]:
    """Return the measures of each candidate, in the order of `MEASURES`.

    Args:
        asked: The question.
        nearest: The nearest phrasings of each, as `nearest_of` gives them.
        phrasings: What stands there.
        others: The measures of each from the fifth on.
    """
    return [
        (*row, max(odds, _LEAST_ODDS), *rest)
        for row, (odds, *rest) in zip(
            measure_by_words(asked, nearest, phrasings), others, strict=True
        )
    ]


def measure_by_words(
    asked: Compared, nearest: Sequence[Sequence[Near]], phrasings: Sequence[Sequence[Compared]]
) -> list[tuple[float, float, float, float]]:
    """Return the first four of `MEASURES` of each candidate; the arguments are `measure_all`'s."""
    # So few are compared one by one sooner than rapidfuzz's matrix of them is set up.
    ratios = [
        (
            max([fuzz.ratio(asked.text, one.text) for one in own]),
            max([fuzz.ratio(asked.sorted, one.sorted) for one in own]),
        )
        for own in phrasings
    ]
    shares = (np.array(ratios, np.float32) / np.float32(100)).tolist()
    return [
        (first, (first + second + third) / _NEAREST, *share)
        for ((_, first), (_, second), (_, third)), share in zip(nearest, shares, strict=True)
    ]


def blend(measures: Sequence[float]) -> float:
    """Return how near an entry is in all, in 0..1: half by its pieces, half by edit distance.

    `measures` are those of the entry in the order of `MEASURES`; the first four count.
    """
    pieces, _, ratio, as_sorted = measures[:4]
    return _BY_PIECES * pieces + _BY_RATIO * (ratio + as_sorted)


def nearest_of(base: NDArray[np.float64], start: int, end: int) -> list[Near]:
    """Return the three nearest phrasings of an entry, the nearest first.

    An entry with fewer than three has its farthest again.

    Args:
        base: (phrasings,) how near each phrasing is.
        start: Where those of the entry begin.
        end: Where they end.
    """
    own = base[start:end].copy()
    nearest: list[Near] = []
    # A sort of them all takes longer.
    for _ in range(min(_NEAREST, len(own))):
        place = int(own.argmax())
        nearest.append((start + place, own.item(place)))
        own[place] = -1.0
    return nearest + nearest[-1:] * (_NEAREST - len(nearest))
