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
    each entry knows.
    """

    phrasings: Scores
    centroids: Scores
    covered: Scores


@dataclass(frozen=True, slots=True)
class Postings:
    """For each piece, in which rows it stands and with which weight; every row has length one.

    `starts` (pieces + 1,) says where in `rows` and `weights` each piece begins; `count` is the
    number of rows.
    """

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: Scores
    count: int

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

    def __init__(
        self,
        *,
        pieces: Sequence[str],
        idf: NDArray[np.float64],
        phrasings: Postings,
        centroids: Postings,
    ) -> None:
        """Search over what `build_index` made."""
        self.pieces = tuple(pieces)
        self.idf = idf
        self.phrasings = phrasings
        self.centroids = centroids
        self._numbers = {piece: number for number, piece in enumerate(self.pieces)}
        self._idf: list[float] = idf.tolist()
        self._idf_unseen = _UNSEEN * math.log1p(centroids.count) or 1.0

    def score(self, question: Mapping[str, float]) -> IndexScores:
        """Return how near every phrasing and entry is to the pieces of a question."""
        known = {self._numbers[p]: weight for p, weight in question.items() if p in self._numbers}
        unseen = [
            weight * self._idf_unseen for p, weight in question.items() if p not in self._numbers
        ]
        weights = {number: weight * self._idf[number] for number, weight in known.items()}
        length = math.sqrt(sum(weight**2 for weight in (*weights.values(), *unseen))) or 1.0
        query = {number: weight / length for number, weight in weights.items()}
        phrasings, _ = self.phrasings.gather(query)
        centroids, held = self.centroids.gather(query)
        everything = (sum(weights.values()) + sum(unseen)) or 1.0
        return IndexScores(phrasings, centroids, held * length / everything)


def build_index(documents: Sequence[Mapping[str, float]], entries: Sequence[int]) -> GramIndex:
    """Return the index of the pieces of each phrasing.

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
    weights = np.fromiter((w for one in documents for w in one.values()), np.float64, total)
    rows = np.repeat(np.arange(len(documents)), sizes)
    owners = np.asarray(entries, dtype=np.int64)[rows]
    count = int(owners.max(initial=-1)) + 1
    # One row for each piece of each entry, to count entries and to add up their phrasings.
    width = max(len(numbers), 1)
    pairs, place = np.unique(owners * width + pieces, return_inverse=True)
    pair_pieces, pair_owners = pairs % width, pairs // width
    idf = np.log1p(count / np.maximum(np.bincount(pair_pieces, minlength=len(numbers)), 1))
    weights *= idf[pieces]
    lengths = np.sqrt(np.bincount(rows, weights**2, len(documents)))
    sums = np.zeros(len(pairs))
    np.add.at(sums, place, weights / np.maximum(lengths, _TINY)[rows])
    return GramIndex(
        pieces=tuple(numbers),
        idf=idf,
        phrasings=_make_postings(pieces, rows, weights),
        centroids=_make_postings(pair_pieces, pair_owners, sums),
    )


def _make_postings(
    pieces: NDArray[np.int64], rows: NDArray[np.int64], weights: NDArray[np.float64]
) -> Postings:
    count = int(rows.max(initial=-1)) + 1
    lengths = np.sqrt(np.bincount(rows, weights**2, count))
    by_piece = np.argsort(pieces, kind="stable")
    return Postings(
        starts=np.concatenate(([0], np.cumsum(np.bincount(pieces)))).astype(np.int64),
        rows=rows[by_piece].astype(np.int32),
        weights=(weights / np.maximum(lengths, _TINY)[rows])[by_piece].astype(np.float32),
        count=count,
    )
