"""Finds the names that are a slip or two away from a text, without comparing it with all of them.

A name is cut into so many parts that slips can't touch every one (swapped letters touch two), so
that a text within reach holds one of them whole, moved by as many places as letters came or went:
the idea of Li, Deng, Wang and Feng, "Pass-Join: A Partition-based Method for Similarity Joins"
(2011).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import OSA

from intents.text.language import contains_han

# A name of fewer characters is too short to be recognised with one of them wrong.
_SHORTEST = {True: 4, False: 7}
# A longer text may have two slips.
_LONG = 16
_MOST_SLIPS = 2

# The numbers of the names that have a part, by the part.
_Holders = dict[str, list[int]]
# Where a text may hold a part: from, to, and what may stand there.
_Window = tuple[int, int, _Holders]


class SlipIndex:
    """Holds names by their parts."""

    def __init__(self, names: Iterable[str]) -> None:
        """Learn `names`; those that are too short to be recognised with a slip are left out."""
        self._names = [name for name in names if len(name) >= _SHORTEST[contains_han(name)]]
        # For texts of one kind and length, what may stand where.
        self._windows: dict[tuple[bool, int], dict[tuple[int, int], list[_Holders]]] = defaultdict(
            lambda: defaultdict(list)
        )
        numbers: dict[tuple[bool, int], list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            numbers[contains_han(name), len(name)].append(number)
        for (is_han, length), own in numbers.items():
            for slips in (1, _MOST_SLIPS):
                around = range(length - slips, length + slips + 1)
                sizes = [size for size in around if _slips_in(size) == slips]
                parts = self._part(own, length, 2 * slips + 1) if sizes else []
                for size in sizes:
                    for start, end, holders in _look_for(parts, length, size, slips):
                        self._windows[is_han, size][start, end].append(holders)

    def near(self, text: str) -> list[tuple[int, str]]:
        """Return the names within reach, each with its distance: the nearest first, then as given.

        The distance is that of optimal string alignment: one slip, two from 16 characters on.
        """
        maybe: set[int] = set()
        windows = self._windows.get((contains_han(text), len(text)), {})
        for (start, end), several in windows.items():
            part = text[start:end]
            for holders in several:
                if part in holders:
                    maybe.update(holders[part])
        slips = _slips_in(len(text))
        names = [self._names[number] for number in sorted(maybe)]
        found = ((OSA.distance(text, name, score_cutoff=slips), name) for name in names)
        return sorted((one for one in found if one[0] <= slips), key=lambda one: one[0])

    def _part(self, numbers: Sequence[int], length: int, count: int) -> list[_Window]:
        """Return the parts of names of one length, `count` of each, all about equally long."""
        edges = [length * part // count for part in range(count + 1)]
        parts = []
        for start, end in pairwise(edges):
            holders: dict[str, list[int]] = {}
            for number in numbers:
                holders.setdefault(self._names[number][start:end], []).append(number)
            parts.append((start, end, holders))
        return parts


def _look_for(parts: Iterable[_Window], length: int, size: int, slips: int) -> Iterator[_Window]:
    """Yield where in a text of `size` the parts of a name of `length` may stand."""
    # So far they may have moved to the left and to the right.
    left, right = (slips - size + length) // 2, (slips + size - length) // 2
    for start, end, holders in parts:
        for by in range(-min(left, start), min(right, size - end) + 1):
            yield start + by, end + by, holders


def _slips_in(length: int) -> int:
    return _MOST_SLIPS if length >= _LONG else 1
