"""Finds the word by which a question differs from an entry that looks just like it.

"Age limit for the military academy" is nearly "age limit for joining the army", but for a word that
the entry has nowhere, neither in a phrasing nor in its answer. In a free wording such words are
common, in a near copy they tell of another question. So the strangest word counts as much as the
nearest phrasing is near.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from intents.evidence.holdings import Holdings, build_holdings

# A pair of characters is strange as such, and more so where its characters are.
_PAIR, _CHARACTER = 0.4, 0.3
# A character between words that say nothing is a word of one syllable, or a cut-off piece.
_ALONE = 0.5

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which content words each entry has, in its phrasings and its answer.

    `rarity` (words,) runs from 0, held by every entry, to 1.
    """

    words: Words
    holdings: Holdings
    rarity: NDArray[np.float64]


def build_lexicon(contents: Sequence[Iterable[str]]) -> Lexicon:
    """Return the lexicon of entries, given all content words of each."""
    numbers: dict[str, int] = {}
    held = [[numbers.setdefault(word, len(numbers)) for word in words] for words in contents]
    holdings = build_holdings(held, len(numbers))
    entries = len(contents)
    rarity = np.log((1 + entries) / (1 + holdings.counts())) / math.log(1 + max(1, entries))
    return Lexicon(tuple(numbers), holdings, rarity)


class Contrast:
    """Measures the strangest word of a question for each of some entries."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._holdings = lexicon.holdings
        self._rarity: list[float] = lexicon.rarity.tolist()
        self._numbers = {word: number for number, word in enumerate(lexicon.words)}

    def strangest(self, words: Words, entries: NDArray[np.int64]) -> list[float]:
        """Return for each of `entries` (numbers) how strange the strangest of `words` is, 0..1."""
        known = [word for word in words if word in self._numbers]
        numbers = np.array([self._numbers[word] for word in known], np.int64)
        weighed = self._weigh(words)
        return [
            _strangest(weighed, set(compress(known, own)))
            for own in self._holdings.of(numbers, entries).T.tolist()
        ]

    def _weigh(self, words: Words) -> list[tuple[float, str]]:
        """Return words with the most that each can be strange, the strangest first.

        A character counts by itself only where no pair holds it.
        """
        in_pair = {one for word in words if _is_pair(word) for one in word}
        weighed = [
            (rare * _ALONE if len(word) == 1 else rare, word)
            for word, rare in ((word, self._rarity_of(word)) for word in words)
            if word not in in_pair
        ]
        return sorted(weighed, reverse=True)

    def _rarity_of(self, word: str) -> float:
        number = self._numbers.get(word)
        return 1.0 if number is None else self._rarity[number]


def _strangest(weighed: list[tuple[float, str]], held: set[str]) -> float:
    """Return how strange the strangest of `weighed` is to an entry that has `held`, 0..1."""
    most = 0.0
    for at_most, word in weighed:
        if at_most <= most:
            break
        if word in held:
            continue
        if _is_pair(word):
            strange = sum(character not in held for character in word)
            most = max(most, at_most * (_PAIR + _CHARACTER * strange))
        else:
            most = at_most
    return most


def _is_pair(word: str) -> bool:
    return len(word) == 2 and not word.isascii()  # noqa: PLR2004
