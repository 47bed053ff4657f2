"""Finds the word by which a question differs from an entry that looks just like it.

"Age limit for the military academy" is nearly "age limit for joining the army", but for a word that
the entry has nowhere, neither in a phrasing nor in its answer. In a free wording such words are
common, in a near copy they tell of another question. So the strangest word counts as much as the
nearest phrasing is near.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A pair of characters is strange as such, and more so where its characters are.
_PAIR, _CHARACTER = 0.4, 0.3
# A character between words that say nothing is a word of one syllable, or a cut-off piece.
_ALONE = 0.5

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which content words each entry has, in its phrasings and its answer.

    `holdings` are sorted numbers of entry times the number of words plus word; `rarity` (words,)
    runs from 0, held by every entry, to 1.
    """

    words: Words
    holdings: NDArray[np.int64]
    rarity: NDArray[np.float64]


def build_lexicon(contents: Sequence[Iterable[str]]) -> Lexicon:
    """Return the lexicon of entries, given all content words of each."""
    numbers: dict[str, int] = {}
    entries = len(contents)
    held = [
        (entry, numbers.setdefault(word, len(numbers)))
        for entry, words in enumerate(contents)
        for word in dict.fromkeys(words)
    ]
    size = max(1, len(numbers))
    pairs = np.array(held, np.int64).reshape(-1, 2)
    counts = np.bincount(pairs[:, 1], minlength=len(numbers))
    rarity = np.log((1 + entries) / (1 + counts)) / math.log(1 + max(1, entries))
    return Lexicon(tuple(numbers), np.sort(pairs[:, 0] * size + pairs[:, 1]), rarity)


class Contrast:
    """Measures the strangest word of a question for each of some entries."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._numbers = {word: number for number, word in enumerate(lexicon.words)}

    def strangest(self, words: Words, entries: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return for each of `entries` (numbers) how strange the strangest of `words` is, 0..1."""
        if not words:
            return np.zeros(len(entries))
        numbers = np.array([self._numbers.get(word, -1) for word in words], np.int64)
        is_known = numbers >= 0
        rarity = np.ones(len(words))
        rarity[is_known] = self._lexicon.rarity[numbers[is_known]]
        lacks = ~(self._held(numbers, entries) & is_known)
        strange: NDArray[np.float64] = lacks * rarity * self._factors(words, lacks)
        strangest: NDArray[np.float64] = strange.max(axis=1)
        return strangest

    def _held(self, numbers: NDArray[np.int64], entries: NDArray[np.int64]) -> NDArray[np.bool_]:
        holdings = self._lexicon.holdings
        if not len(holdings):
            return np.zeros((len(entries), len(numbers)), np.bool_)
        wanted = entries[:, None] * max(1, len(self._lexicon.words)) + numbers
        places = np.minimum(np.searchsorted(holdings, wanted), len(holdings) - 1)
        is_held: NDArray[np.bool_] = holdings[places] == wanted
        return is_held

    def _factors(self, words: Words, lacks: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return how much each word counts for each entry: (entries, words)."""
        place = {word: index for index, word in enumerate(words)}
        factors = np.ones(lacks.shape)
        in_pair: set[str] = set()
        for index, word in enumerate(words):
            if len(word) == 2 and not word.isascii():  # noqa: PLR2004 - a pair
                first, second = (lacks[:, place[character]] for character in word)
                factors[:, index] = _PAIR + _CHARACTER * (first.astype(float) + second)
                in_pair.update(word)
        for index, word in enumerate(words):
            if len(word) == 1:
                factors[:, index] = 0.0 if word in in_pair else _ALONE
        return factors
