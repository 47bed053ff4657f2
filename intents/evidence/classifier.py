"""Tells entries apart by all their phrasings at once: multinomial logistic regression in numpy.

Trained by stochastic dual coordinate ascent for the softmax loss (Shalev-Shwartz and Zhang,
"Accelerated Proximal Stochastic Dual Coordinate Ascent for Regularized Loss Minimization", 2014):
each phrasing holds a dual vector that moves towards "one at my entry, less what is predicted", and
the weights are the sum of phrasings times dual vectors. A handful of passes is enough, and the dual
vectors tell without a second training what would be predicted without a phrasing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.evidence.index import Floats, Vector

# How far weights may grow for the sake of one phrasing; the inverse of the ridge.
_STRENGTH = np.float32(20.0)
_MOST_STEPS = 40_000
_FEWEST_PASSES, _MOST_PASSES = 3, 8
_MOST_STEPS_OF_A_WEIGHT = 127
# A piece that stands in one phrasing alone teaches nothing about others.
_FEWEST_HOLDERS = 2
# So many weights at most, and as many duals: more would cost more memory and time than they are
# worth. Of more pieces the most frequent are learned.
MOST_WEIGHTS = 20_000_000
# Of an entry with more phrasings only so many, evenly spread, are learned from.
_MOST_TAUGHT = 128
_GOLDEN = 0.6180339887498949
# Other phrasings would take over about a quarter of what one teaches; measured by leaving them out.
_MISSED = np.float32(0.75)


@dataclass(frozen=True, slots=True)
class Classifier:
    """Weights of pieces for entries, in a quarter of the memory that they were learned in.

    `rows` (pieces,) says in which row of `steps` (kept pieces, entries) a piece stands, -1 for
    none. `scales` (kept pieces,) is how much a step of a row weighs, from -127 to 127 of them.
    """

    rows: NDArray[np.int32]
    steps: NDArray[np.int8]
    scales: Floats

    def log_odds(self, vector: Vector) -> Floats:
        """Return for every entry (entries,) how much speaks for it; not normalised."""
        rows, weights = _kept_part(vector, self.rows)
        steps = self.steps.take(rows, axis=0).astype(np.float32)
        weights = weights * self.scales[rows]
        odds: Floats = weights @ steps
        return odds


@dataclass(frozen=True, slots=True)
class Training:
    """A classifier, and what it took from each phrasing.

    `duals` (taught phrasings, entries) go by `taught`, the numbers of the phrasings.
    """

    classifier: Classifier
    taught: NDArray[np.int64]
    duals: Floats


def train(vectors: Sequence[Vector], owners: NDArray[np.int64], *, pieces: int) -> Training | None:
    """Return a classifier of the entries `owners` of `vectors`, `None` where it isn't worth it.

    Args:
        vectors: The phrasings.
        owners: (phrasings,) the number of each one's entry.
        pieces: How many pieces there are.
    """
    taught = _choose(owners)
    entries = int(owners.max(initial=-1)) + 1
    held = np.zeros(pieces, np.int64)
    for number in taught:
        held[vectors[number].numbers] += 1
    kept = _most_held(held, most=MOST_WEIGHTS // max(1, entries))
    if entries < 2 or not len(kept) or len(taught) * entries > MOST_WEIGHTS:  # noqa: PLR2004
        return None
    rows = np.full(pieces, -1, np.int32)
    rows[kept] = np.arange(len(kept), dtype=np.int32)
    weights = np.zeros((len(kept), entries), np.float32)
    duals = np.zeros((len(taught), entries), np.float32)
    lines = [_kept_part(vectors[number], rows) for number in taught]
    goals = owners[taught]
    passes = max(_FEWEST_PASSES, min(_MOST_PASSES, _MOST_STEPS // len(taught)))
    for index in np.tile(_scattered(len(taught)), passes).tolist():
        _learn_from(lines[index], int(goals[index]), weights, duals[index])
    return Training(_in_steps(rows, weights), taught, duals)


def _most_held(held: NDArray[np.int64], *, most: int) -> NDArray[np.int64]:
    """Return the numbers of the pieces worth learning, in order; of too many those most held."""
    kept = np.flatnonzero(held >= _FEWEST_HOLDERS)
    return np.sort(kept[np.argsort(-held[kept], kind="stable")[:most]])


def _in_steps(rows: NDArray[np.int32], weights: Floats) -> Classifier:
    scales = np.abs(weights).max(axis=1) / np.float32(_MOST_STEPS_OF_A_WEIGHT)
    scales[scales == 0] = 1
    weights /= scales[:, None]
    return Classifier(rows, np.rint(weights, out=weights).astype(np.int8), scales)


def odds_without(training: Training, index: int, vector: Vector) -> Floats:
    """Return the log odds of a taught phrasing as if it had not been taught, to first order."""
    _, weights = _kept_part(vector, training.classifier.rows)
    taken: Floats = training.duals[index] * (_MISSED * _STRENGTH * np.float32(weights @ weights))
    return training.classifier.log_odds(vector) - taken


def _learn_from(
    line: tuple[NDArray[np.int32], Floats], goal: int, weights: Floats, dual: Floats
) -> None:
    rows, values = line
    own = weights[rows]
    odds = values @ own
    odds -= odds.max(initial=0)
    step = np.exp(odds, out=odds)
    step /= -step.sum()
    step[goal] += 1
    step -= dual
    step /= 1 + _STRENGTH * np.float32(values @ values) / 2
    dual += step
    own += (_STRENGTH * values)[:, None] * step
    weights[rows] = own


def _kept_part(vector: Vector, rows: NDArray[np.int32]) -> tuple[NDArray[np.int32], Floats]:
    own = rows[vector.numbers]
    kept = own >= 0
    return own[kept], vector.weights[kept]


def _choose(owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of the phrasings to learn from; those of one entry stand together."""
    sizes = np.bincount(owners)[owners]
    places = np.arange(len(owners)) - np.searchsorted(owners, owners)
    shares = np.minimum(1.0, _MOST_TAUGHT / sizes)
    # Every time the share of those gone by passes a whole number, one is taken.
    return np.flatnonzero(np.floor((places + 1) * shares + 1e-9) > np.floor(places * shares + 1e-9))


def _scattered(count: int) -> NDArray[np.int64]:
    """Return the numbers below `count` in an order in which neighbours are far apart."""
    return np.argsort((np.arange(count) * _GOLDEN) % 1.0, kind="stable")
