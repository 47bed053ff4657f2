"""Says which entries hold which items, one bit for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BITS = 8
_MASKS = np.array([1 << bit for bit in range(_BITS)], np.uint8)


@dataclass(frozen=True, slots=True)
class Holdings:
    """`bits` are (items, entries / 8): bit e of row i says whether entry e holds item i."""

    bits: NDArray[np.uint8]

    def of(self, items: NDArray[np.int64], entries: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return whether each of `entries` holds each of `items`: (items, entries)."""
        places = items[:, None] * self.bits.shape[1] + (entries >> 3)
        held: NDArray[np.bool_] = (self.bits.take(places) & _MASKS[entries & 7]) != 0
        return held

    def counts(self) -> NDArray[np.int64]:
        """Return how many entries hold each item."""
        counts: NDArray[np.int64] = np.bitwise_count(self.bits).sum(axis=1, dtype=np.int64)
        return counts


def build_holdings(held: Sequence[Iterable[int]], items: int) -> Holdings:
    """Return the holdings of entries, given the numbers of the items of each, below `items`."""
    bits = np.zeros((items, (len(held) + _BITS - 1) // _BITS), np.uint8)
    for entry, numbers in enumerate(held):
        own = np.fromiter(dict.fromkeys(numbers), np.int64)
        bits[own, entry >> 3] |= np.uint8(1 << (entry & 7))
    return Holdings(bits)
