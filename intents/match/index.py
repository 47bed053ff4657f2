"""An inverted index over weighted pieces of text, scored with numpy.

Cosine of TF-IDF vectors as in Manning, Raghavan and Schütze, *Introduction to Information
Retrieval* (2008), chapters 6 and 7, with two changes: the document frequency counts entries, not
phrasings, so that an entry with many phrasings does not make its own words look common; and a
piece of the question that the index has never seen counts in the question's length, so that
foreign questions score low.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_UNSEEN = 0.8
_TINY = 1e-9

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class IndexScores:
    """How near a question is: arrays of shape (phrasings,), (entries,) and (entries,), in 0..1.

    `phrasings` and `centroids` are cosines, `covered` is the share of the question's weight that
    each entry knows, `unseen` the share of it that no phrasing knows.
    """

    phrasings: Scores
    centroids: Scores
    covered: Scores
    unseen: float


class _Postings:
    """For each piece, in which rows it stands and with which weight; every row has length one."""

    def __init__(self, pieces: NDArray[np.int64], rows: NDArray[np.int64], weights: Scores) -> None:
        self.count = int(rows.max(initial=-1)) + 1
        lengths = np.sqrt(np.bincount(rows, weights**2, self.count))
        by_piece = np.argsort(pieces, kind="stable")
        self.rows = rows[by_piece].astype(np.int32)
        self.weights = (weights / np.maximum(lengths, _TINY)[rows])[by_piece].astype(np.float32)
        self.starts = np.concatenate(([0], np.cumsum(np.bincount(pieces)))).tolist()

    def gather(self, query: Mapping[int, float]) -> tuple[Scores, Scores]:
        """Return for each row the product with `query`, and the query's weight that it holds."""
        if not query:
            nothing = np.zeros(self.count, dtype=np.float32)
            return nothing, nothing
        spans = [slice(self.starts[piece], self.starts[piece + 1]) for piece in query]
        rows = np.concatenate([self.rows[span] for span in spans])
        held = np.repeat(
            np.fromiter(query.values(), dtype=np.float32, count=len(query)),
            [span.stop - span.start for span in spans],
        )
        products = np.concatenate([self.weights[span] for span in spans]) * held
        return (
            np.bincount(rows, products, self.count).astype(np.float32),
            np.bincount(rows, held, self.count).astype(np.float32),
        )


class GramIndex:
    """Finds the phrasings and entries that share weighty pieces with a question."""

    def __init__(self, documents: Sequence[Mapping[str, float]], entries: Sequence[int]) -> None:
        """Build the index.

        Args:
            documents: The pieces of each phrasing, none of them empty.
            entries: For each phrasing the number of its entry, from 0, none left out.
        """
        numbers: dict[str, int] = {}
        sizes = [len(document) for document in documents]
        total = sum(sizes)
        pieces = np.fromiter(
            (numbers.setdefault(piece, len(numbers)) for one in documents for piece in one),
            np.int64,
            total,
        )
        weights = np.fromiter((w for one in documents for w in one.values()), np.float32, total)
        rows = np.repeat(np.arange(len(documents)), sizes)
        owners = np.asarray(entries, dtype=np.int64)[rows]
        count = int(owners.max(initial=-1)) + 1
        # One row for each piece of each entry, to count entries and to add up their phrasings.
        pairs, place = np.unique(owners * max(len(numbers), 1) + pieces, return_inverse=True)
        pair_pieces, pair_owners = pairs % max(len(numbers), 1), pairs // max(len(numbers), 1)
        idf = np.log1p(count / np.maximum(np.bincount(pair_pieces, minlength=len(numbers)), 1))
        weights = (weights * idf[pieces]).astype(np.float32)
        self._phrasings = _Postings(pieces, rows, weights)
        lengths = np.sqrt(np.bincount(rows, weights**2, len(documents)))
        sums = np.bincount(place, weights / np.maximum(lengths, _TINY)[rows], len(pairs))
        self._centroids = _Postings(pair_pieces, pair_owners, sums.astype(np.float32))
        self._numbers = numbers
        self._idf: list[float] = idf.tolist()
        self._idf_unseen = _UNSEEN * float(np.log1p(count)) or 1.0

    def knows(self, piece: str) -> bool:
        """Return whether any phrasing holds `piece`."""
        return piece in self._numbers

    def score(self, question: Mapping[str, float]) -> IndexScores:
        """Return how near every phrasing and entry is to the pieces of a question."""
        known = {self._numbers[p]: weight for p, weight in question.items() if p in self._numbers}
        unseen = [
            weight * self._idf_unseen for p, weight in question.items() if p not in self._numbers
        ]
        weights = {number: weight * self._idf[number] for number, weight in known.items()}
        squares = sum(weight**2 for weight in (*weights.values(), *unseen))
        length = math.sqrt(squares) or 1.0
        query = {number: weight / length for number, weight in weights.items()}
        phrasings, _ = self._phrasings.gather(query)
        centroids, held = self._centroids.gather(query)
        everything = (sum(weights.values()) + sum(unseen)) or 1.0
        return IndexScores(
            phrasings, centroids, held * length / everything, sum(unseen) / everything
        )
