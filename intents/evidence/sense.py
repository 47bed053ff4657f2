"""What phrasings mean, as vectors: an extra pair of eyes that finds and orders, never judges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.evidence.index import Floats
from intents.semantic import Encoder

_MOST_FOUND = 5
# A vector depends a little on its neighbours in the batch; a rounded cosine does not.
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Sense:
    """The vectors of a knowledge, each of unit length.

    `phrasings` are (phrasings, d); `entries` (entries, d) the directions in which those of each
    entry lie together.
    """

    encoder: Encoder
    phrasings: Floats
    entries: Floats

    def encode(self, text: str) -> Floats:
        """Return the vector of a question (d,)."""
        vector: Floats = self.encoder.encode([text])[0]
        return vector

    def whole(self, asked: Floats) -> NDArray[np.float64]:
        """Return the cosine of a question with every entry (entries,)."""
        cosines = (self.entries @ asked).astype(np.float64)
        return cosines.round(_DECIMALS)

    def whole_without(self, asked: Floats, start: int, end: int, phrasing: int) -> float:
        """Return the cosine with the entry from `start` to `end` as if it had not `phrasing`."""
        rest = self.phrasings[start:end].sum(axis=0) - self.phrasings[phrasing]
        return round(float(rest @ asked / max(float(np.linalg.norm(rest)), 1e-9)), _DECIMALS)

    def find(self, whole: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the numbers of the entries nearest by `whole`, at most five."""
        return np.argsort(-whole, kind="stable")[:_MOST_FOUND]

    def nearest(self, asked: Floats, start: int, end: int, *, but: int | None = None) -> float:
        """Return the largest cosine with the phrasings from `start` to `end`, without one."""
        cosines = self.phrasings[start:end] @ asked
        if but is not None and start <= but < end:
            cosines[but - start] = -1.0
        return round(float(cosines.max(initial=-1.0)), _DECIMALS)


def make_sense(
    encoder: Encoder,
    texts: Sequence[str],
    starts: NDArray[np.int64],
    encode: Callable[[Sequence[str]], Floats],
) -> Sense:
    """Return the sense of phrasings.

    Args:
        encoder: Encodes the questions later.
        texts: The phrasings, entry after entry.
        starts: (entries + 1,) where those of each entry begin.
        encode: Encodes the phrasings, from a cache where possible.
    """
    phrasings = encode(texts)
    entries = np.add.reduceat(phrasings, starts[:-1], axis=0)
    entries /= np.maximum(np.linalg.norm(entries, axis=1, keepdims=True), 1e-9)
    return Sense(encoder, phrasings, entries)
