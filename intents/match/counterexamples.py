"""Measures how much nearer a question is to an entry's counterexamples than to its phrasings.

A counterexample shares nearly all words with what an entry answers, and asks something else: what
tells them apart is seldom a word of which one could say once and for all that it tells. Nearest
neighbours with examples of both kinds say it without such a list (Cover and Hart, *Nearest
neighbor pattern classification*, 1967).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.evidence.index import Postings, Vector
from intents.match.likeness import Compared, blend, measure_by_words
from intents.match.phrasebook import Phrasebook
from intents.text.sounds import Sounds

# So much less near than a phrasing, a counterexample begins to count.
_MARGIN = 0.2
# The very counterexample: nothing speaks for the entry, however near a phrasing is.
_MOST = 1 + _MARGIN


@dataclass(frozen=True, slots=True)
class Counterexamples:
    """Normalised `texts`, those of entry n from `starts[n]` to `starts[n + 1]`, and their index."""

    texts: tuple[str, ...]
    starts: NDArray[np.int64]
    postings: Postings


class Counters:
    """Measures questions against counterexamples."""

    def __init__(self, examples: Counterexamples, phrasings: Postings, *, sounds: Sounds) -> None:
        """Measure by the same pieces as the nearness of `phrasings`: more would favour one side."""
        self._examples = examples
        self._phrasings = phrasings
        self._book = Phrasebook(examples.texts, examples.starts, sounds=sounds)

    def measure(
        self,
        vector: Vector,
        asked: Compared,
        entries: Sequence[int],
        asks: Sequence[float],
        *,
        by_sound: bool,
    ) -> list[float]:
        """Return for each of `entries` how much speaks against it, in 0..1.2.

        Args:
            vector: The question, as the index sees it.
            asked: The question, as it is compared.
            entries: Their numbers.
            asks: How near the phrasings of each are, as `likeness.blend` tells.
            by_sound: Whether the question was typed by its sound.
        """
        if not self._examples.texts:
            return [0.0] * len(entries)
        reach = self._phrasings.reach(vector)
        base = self._examples.postings.likeness(vector, reach)
        nearest = self._book.nearest(entries, base)
        # What shares no piece with the question is nowhere near it.
        places = [place for place, near in enumerate(nearest) if near and near[0][1]]
        near = [nearest[place] for place in places]
        forms = [self._book.compared(one, by_sound=by_sound) for one in near]
        against = [0.0] * len(entries)
        for place, row in zip(places, measure_by_words(asked, near, forms), strict=True):
            _, _, ratio, _ = row
            is_the_very = ratio == 1
            against[place] = _MOST if is_the_very else max(0.0, blend(row) - asks[place] + _MARGIN)
        return against
