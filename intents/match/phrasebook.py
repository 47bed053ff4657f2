"""Holds phrasings entry by entry, in the forms in which questions are compared with them."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from intents.match.likeness import Compared, Near, as_compared, nearest_of
from intents.text.sounds import Sounds


class Phrasebook:
    """Phrasings by entry; the forms of those that were near a question once are remembered."""

    def __init__(
        self, texts: Sequence[str], starts: NDArray[np.integer], *, sounds: Sounds
    ) -> None:
        """Hold normalised `texts`; those of entry n are numbers `starts[n]` to `starts[n + 1]`."""
        self._texts = texts
        self._starts: list[int] = starts.tolist()
        self._sounds = sounds
        self._forms: dict[int, Compared] = {}

    def nearest(self, entries: Iterable[int], base: NDArray[np.float64]) -> list[list[Near]]:
        """Return the nearest phrasings of each of `entries`, by how near each is (phrasings,)."""
        return [nearest_of(base, *self._starts[one : one + 2]) for one in entries]

    def compared(self, nearest: Iterable[Near], *, by_sound: bool) -> list[Compared]:
        """Return the forms in which phrasings are compared."""
        texts, known = self._texts, self._forms
        if by_sound:
            heard = [" ".join(self._sounds.folded(texts[number])) for number, _ in nearest]
            return [Compared(one, one) for one in heard]
        numbers = [number for number, _ in nearest]
        for number in numbers:
            if number not in known:
                known[number] = as_compared(texts[number])
        return [known[number] for number in numbers]
