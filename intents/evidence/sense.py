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
class Lens:
    """Shrinks the directions in which phrasings of one entry differ, and so widens all others.

    In the vectors of an encoder, the same thing asked in another mood or length can be further away
    than another thing asked alike. This is the whitening of a linear discriminant (Fisher, 1936),
    with a covariance that is the rounder, the fewer phrasings there are to know it from. `middle`
    is (d,), `matrix` (d, d).
    """

    middle: Floats
    matrix: Floats

    def see(self, vectors: Floats) -> Floats:
        """Return vectors (..., d) as they look through it, of unit length."""
        seen = (vectors - self.middle) @ self.matrix
        lengths = np.maximum(np.linalg.norm(seen, axis=-1, keepdims=True), 1e-9)
        unit: Floats = (seen / lengths).astype(np.float32)
        return unit


@dataclass(frozen=True, slots=True)
class Sense:
    """The vectors of a knowledge, each of unit length.

    `phrasings` are (phrasings, d); `entries` (entries, d) the directions in which those of each
    entry lie together, seen through the lens.
    """

    encoder: Encoder
    phrasings: Floats
    entries: Floats
    lens: Lens

    def encode(self, text: str) -> Floats:
        """Return the vector of a question (d,)."""
        vector: Floats = self.encoder.encode([text])[0]
        return vector

    def whole(self, asked: Floats) -> NDArray[np.float64]:
        """Return the cosine of a question with every entry (entries,), through the lens."""
        cosines = (self.entries @ self.lens.see(asked)).astype(np.float64)
        return cosines.round(_DECIMALS)

    def whole_without(self, asked: Floats, start: int, end: int, phrasing: int) -> float:
        """Return the cosine with the entry from `start` to `end` as if it had not `phrasing`."""
        rest = self.phrasings[start:end].sum(axis=0) - self.phrasings[phrasing]
        entry = self.lens.see(rest / max(1, end - start - 1))
        return round(float(entry @ self.lens.see(asked)), _DECIMALS)

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
    sizes = np.diff(starts)
    centres = np.add.reduceat(phrasings, starts[:-1], axis=0)
    centres /= sizes[:, None]
    lens = _grind(phrasings, phrasings - np.repeat(centres, sizes, axis=0))
    return Sense(encoder, phrasings, lens.see(centres), lens)


def _grind(phrasings: Floats, strays: Floats) -> Lens:
    """Return the lens for phrasings, given how each strays from the centre of its entry."""
    count, width = phrasings.shape
    strays = strays.astype(np.float64)
    covariance = strays.T @ strays / count
    roundness = width / (width + count)
    even = max(float(np.trace(covariance)) / width, 1e-9)
    covariance *= 1 - roundness
    covariance[np.diag_indices(width)] += roundness * even
    sizes, directions = np.linalg.eigh(covariance)
    matrix = (directions / np.sqrt(np.maximum(sizes, 1e-9))) @ directions.T
    return Lens(phrasings.mean(axis=0), matrix.astype(np.float32))
