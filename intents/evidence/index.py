"""An inverted index over weighted pieces of text, scored with numpy.

Cosine of TF-IDF vectors as in Manning, Raghavan and Schütze, *Introduction to Information
Retrieval* (2008), chapters 6 and 7. Each block of pieces is brought to a length of its own before
they are put together, so that a long word with its many three-letter pieces doesn't drown what the
words say. What the index has never seen is left out of the vector and counted instead: it tells
foreign questions.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.evidence.pieces import BLOCKS

# What each block (words, characters, sounds) counts for in the length of a vector.
_SHARES = (1.0, 1.0, 0.7)
# Past so many postings only the most telling pieces of a question are looked up.
_MOST_POSTINGS = 3_000

NONE: frozenset[int] = frozenset()
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Vector:
    """The known pieces of a text.

    `numbers` of the pieces, the most telling first, `weights` of length one together, and `known`,
    the share of the text's weight that the index knows, in 0..1.
    """

    numbers: NDArray[np.int64]
    weights: Floats
    known: float


class Weights:
    """How much each piece tells."""

    def __init__(self, pieces: Sequence[str], idf: Floats, count: int) -> None:
        """Weigh `pieces` by `idf`, learned from `count` texts."""
        self.pieces = tuple(pieces)
        self.idf = idf
        self.count = count
        self._numbers = {piece: number for number, piece in enumerate(self.pieces)}
        self._blocks = np.array([BLOCKS.index(piece[0]) for piece in self.pieces], np.int8)
        self._square_unseen = (math.log1p(count) + 1.0) ** 2

    def weight_of(self, piece: str) -> float:
        """Return how much a piece tells: as much as any where it was never seen."""
        number = self._numbers.get(piece, -1)
        return float(self.idf[number]) if number >= 0 else math.sqrt(self._square_unseen)

    def vector(self, pieces: Mapping[str, float], *, unknown: frozenset[int] = NONE) -> Vector:
        """Return the vector of the pieces of a text; the numbers in `unknown` count as unseen."""
        find = self._numbers.get
        numbers: list[int] = []
        counts: list[float] = []
        unseen = [0.0] * len(BLOCKS)
        for piece, count in pieces.items():
            number = find(piece)
            if number is None or number in unknown:
                unseen[BLOCKS.index(piece[0])] += count * count
            else:
                numbers.append(number)
                counts.append(count)
        places = np.array(numbers, np.int64)
        weights = self.idf[places]
        weights *= np.array(counts, np.float32)
        blocks = self._blocks[places]
        held: list[float] = np.bincount(blocks, weights * weights, len(BLOCKS)).tolist()
        weights *= _scales_of(held)[blocks]
        order = np.argsort(-weights, kind="stable")
        return Vector(places[order], weights[order], self._share_known(held, unseen))

    def _share_known(self, held: list[float], unseen: list[float]) -> float:
        """Return how much of a text is known, given for each block the squares of its weights."""
        known = everything = 0.0
        for share, own, strange in zip(_SHARES, held, unseen, strict=True):
            total = own + strange * self._square_unseen
            if total > 0:
                known += own / total * share
                everything += share
        return known / everything if everything else 0.0


def _scales_of(held: list[float]) -> Floats:
    """Return what brings each block to its share of a vector of length one."""
    length = math.sqrt(sum(s * s for s, own in zip(_SHARES, held, strict=True) if own > 0))
    scales = [
        share / math.sqrt(own) / length if own > 0 else 0.0
        for share, own in zip(_SHARES, held, strict=True)
    ]
    return np.array(scales, np.float32)


@dataclass(frozen=True, slots=True)
class Postings:
    """For each piece, in which rows it stands and with which weight.

    `starts` (pieces + 1,) says where in `rows` and `weights` each piece begins; `count` is the
    number of rows.
    """

    starts: NDArray[np.int64]
    rows: NDArray[np.unsignedinteger]
    weights: Floats
    count: int

    def reach(self, vector: Vector) -> int:
        """Return how many pieces of `vector`, the most telling first, are looked up at most."""
        sizes = self.starts[vector.numbers + 1] - self.starts[vector.numbers]
        return int(sizes.cumsum().searchsorted(_MOST_POSTINGS, side="right")) or 1

    def likeness(self, vector: Vector, reach: int | None = None) -> NDArray[np.float64]:
        """Return the cosine of every row (count,) with `vector`, in 0..1.

        Only the first pieces within `reach` count, this index's own unless another's is given.
        """
        fitting = self.reach(vector) if reach is None else reach
        numbers = vector.numbers[:fitting]
        starts = self.starts[numbers]
        sizes = self.starts[numbers + 1] - starts
        ends = sizes.cumsum()
        if not len(ends):
            return np.zeros(self.count)
        # Where each posting of each piece stands, one piece after the other.
        places = (starts - ends + sizes).repeat(sizes)
        places += np.arange(len(places))
        products = self.weights[places]
        products *= vector.weights[:fitting].repeat(sizes)
        return np.bincount(self.rows[places], products, self.count).astype(np.float64, copy=False)


def weigh(documents: Sequence[Mapping[str, float]]) -> Weights:
    """Return how much each piece of `documents` tells: one plus the smoothed log of its rarity."""
    counts: dict[str, int] = {}
    for document in documents:
        for piece in document:
            counts[piece] = counts.get(piece, 0) + 1
    held = np.fromiter(counts.values(), np.float32, len(counts))
    idf = np.log((1 + len(documents)) / (1 + held)) + 1
    return Weights(tuple(counts), idf.astype(np.float32), len(documents))


def build_postings(vectors: Sequence[Vector], pieces: int) -> Postings:
    """Return the index of `vectors`, one row each, over `pieces` pieces."""
    sizes = [len(vector.numbers) for vector in vectors]
    rows = np.repeat(np.arange(len(vectors), dtype=np.int32), sizes)
    numbers = np.concatenate([v.numbers for v in vectors]) if vectors else np.zeros(0, np.int64)
    weights = np.concatenate([v.weights for v in vectors]) if vectors else np.zeros(0, np.float32)
    by_piece = np.argsort(numbers, kind="stable")
    counts = np.bincount(numbers, minlength=pieces)
    return Postings(
        starts=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        # In as few bytes as the highest number takes.
        rows=rows[by_piece].astype(np.min_scalar_type(len(vectors))),
        weights=weights[by_piece].astype(np.float32),
        count=len(vectors),
    )
