"""Compares a question with entries by what it means."""

import numpy as np
from numpy.typing import NDArray

from intents.evidence.sense import Sense
from intents.match.candidates import Without


class Meaning:
    """What a question means, beside what the entries do."""

    def __init__(
        self, sense: Sense, starts: NDArray[np.int64], text: str, without: Without
    ) -> None:
        """Encode `text`, unless `without` has its vector; leave out what that says.

        `starts` (entries + 1,) says where the phrasings of each entry begin.
        """
        self._sense = sense
        self._starts = starts
        self._but = without.phrasing
        self._asked = without.asked if without.asked is not None else sense.encode(text)
        self._whole = sense.whole(self._asked)
        if without.entry is not None:
            self._whole[without.entry] = -1.0
        if without.owner is not None and without.phrasing is not None:
            start, end = starts[without.owner : without.owner + 2].tolist()
            left = sense.whole_without(self._asked, start, end, without.phrasing)
            self._whole[without.owner] = left

    @property
    def found(self) -> NDArray[np.int64]:
        """Return the numbers of the entries nearest by meaning."""
        return self._sense.find(self._whole)

    def measure(self, chosen: NDArray[np.int64]) -> list[tuple[float, float]]:
        """Return for each the cosine of its nearest phrasing, and of all of it."""
        starts = self._starts
        nearest = [
            self._sense.nearest(self._asked, starts[n], starts[n + 1], but=self._but)
            for n in chosen.tolist()
        ]
        return list(zip(nearest, self._whole[chosen].tolist(), strict=True))
