"""Finds the word by which a question differs from an entry that looks just like it.

"Age limit for the military academy" is nearly "age limit for joining the army", but for a word that
the entry has nowhere, neither in a phrasing nor in its answer. In a free wording such words are
common, in a near copy they tell of another question. So the strangest word counts as much as the
nearest phrasing is near.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.evidence.holdings import Holdings, build_holdings

# A pair of characters is strange as such, and more so where its characters are.
_PAIR, _CHARACTER = 0.4, 0.3
# A character between words that say nothing is a word of one syllable, or a cut-off piece.
_ALONE = 0.5

Words = tuple[str, ...]
Places = tuple[int, ...]
# The most that a word can be strange, its place among the known words, and those of its characters.
_Weighed = tuple[float, int, Places]
# The last place.
_NOWHERE = -1


class Strange(NamedTuple):
    """How strange the words of a question are to an entry, each in 0..1.

    `most` is how strange the strangest is, `share` the part of them that it has nowhere.
    """

    most: float
    share: float


NOTHING_STRANGE = Strange(0.0, 0.0)


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
    """Measures how strange the words of a question are to each of some entries."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._holdings = lexicon.holdings
        self._rarity: list[float] = lexicon.rarity.tolist()
        self._numbers = {word: number for number, word in enumerate(lexicon.words)}

    def measure(self, words: Words, entries: NDArray[np.int64]) -> list[Strange]:
        """Return for each of `entries` (numbers) how strange `words` are to it."""
        find = self._numbers.get
        known = {word: number for word in words if (number := find(word)) is not None}
        place_of = {word: place for place, word in enumerate(known)}
        weighed = [
            (most, place_of.get(word, _NOWHERE), _characters_of(word, place_of))
            for most, word in self._weigh(words, known)
        ]
        numbers = np.array(list(known.values()), np.int64)
        held = self._holdings.of(numbers, entries).T.tolist()
        different = len(set(words)) or 1
        # Behind the known words stands what no entry holds.
        return [
            Strange(_strangest(weighed, [*own, False]), 1 - sum(own) / different if words else 0.0)
            for own in held
        ]

    def _weigh(self, words: Words, known: Mapping[str, int]) -> list[tuple[float, str]]:
        """Return words with the most that each can be strange, the strangest first.

        A character counts by itself only where no pair holds it.
        """
        in_pair = {one for word in words if _is_pair(word) for one in word}
        weighed = [
            (rare * _ALONE if len(word) == 1 else rare, word)
            for word in words
            if word not in in_pair
            for rare in (self._rarity[known[word]] if word in known else 1.0,)
        ]
        return sorted(weighed, reverse=True)


def _strangest(weighed: Iterable[_Weighed], held: Sequence[bool]) -> float:
    """Return how strange the strangest of `weighed` is to an entry that has `held`, 0..1."""
    most = 0.0
    for at_most, place, characters in weighed:
        if at_most <= most:
            break
        if held[place]:
            continue
        if characters:
            strange = sum(not held[one] for one in characters)
            most = max(most, at_most * (_PAIR + _CHARACTER * strange))
        else:
            most = at_most
    return most


def _characters_of(word: str, place_of: Mapping[str, int]) -> Places:
    """Return where the two characters of a pair stand; nothing for any other word."""
    return tuple(place_of.get(one, _NOWHERE) for one in word) if _is_pair(word) else ()


def _is_pair(word: str) -> bool:
    return len(word) == 2 and not word.isascii()  # noqa: PLR2004
