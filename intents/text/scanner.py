"""Finds known words in a normalised text, the longest first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from intents.text.language import contains_han

_LATIN_WORD = re.compile(r"[a-z0-9]+(?:[+.][a-z0-9]+)*")


def as_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `words`, the longest first."""
    longest_first = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


class WordScanner:
    """Walks through a text from left to right and takes the longest known word at each place."""

    def __init__(self, words: Iterable[str]) -> None:
        # Thousands of them, which whoever has a mapping need not keep twice.
        self._words = words if isinstance(words, Mapping) else frozenset(words)
        # How long the words are that begin with a Chinese character or a Latin word, longest first.
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in filter(None, self._words):
            lengths[_first_piece(word)].add(len(word))
        # There are few different ones.
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._lengths = {
            piece: shared.setdefault(longest_first, longest_first)
            for piece, own in lengths.items()
            for longest_first in (tuple(sorted(own, reverse=True)),)
        }

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each known word and where it begins; the words don't overlap.

        Chinese words are found anywhere, Latin ones as whole words.
        """
        return self._find_latin(text) if text.isascii() else self._find_any(text)

    def _find_latin(self, text: str) -> Iterator[tuple[int, str]]:
        end = 0
        lengths = self._lengths
        for match in _LATIN_WORD.finditer(text):
            piece = match[0]
            if piece in lengths and (start := match.start()) >= end:
                word = self._longest_at(text, start, lengths[piece])
                if word is not None:
                    yield start, word
                    end = start + len(word)

    def _find_any(self, text: str) -> Iterator[tuple[int, str]]:
        position = 0
        lengths = self._lengths
        while position < len(text):
            character = text[position]
            piece = _first_piece(text, position) if character.isascii() else character
            word = self._longest_at(text, position, lengths[piece]) if piece in lengths else None
            if word is not None:
                yield position, word
            position += len(word or piece)

    def _longest_at(self, text: str, position: int, lengths: Iterable[int]) -> str | None:
        for length in lengths:
            word = text[position : position + length]
            if word in self._words and _ends_at_edge(text, position + length):
                return word
        return None


def _first_piece(text: str, position: int = 0) -> str:
    """Return the Latin word at `position`, or the single character there."""
    character = text[position]
    if character == " " or not character.isascii():
        return character
    match = _LATIN_WORD.match(text, position)
    return match[0] if match else character


def _ends_at_edge(text: str, end: int) -> bool:
    # "can" is not in "cannot"; Chinese words need no edge.
    pair = text[end - 1 : end + 1]
    if len(pair) == 1 or (not pair.isascii() and contains_han(pair)):
        return True
    return not pair.replace("+", "x").isalnum()
