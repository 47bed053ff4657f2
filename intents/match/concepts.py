"""Finds words that mean the same to somebody who asks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intents.text import Normaliser
from intents.text.language import contains_han
from intents.wordlists import Concept, Words

_LATIN_WORD = re.compile(r"[a-z0-9]+(?:[+.][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a text, and the word that gave it away."""

    concept: str
    word: str


class Concepts:
    """Every concept of the word lists, found in one pass over a normalised text."""

    def __init__(self, concepts: Iterable[Concept], places: Words, normaliser: Normaliser) -> None:
        concepts = tuple(concepts)
        self.levels = frozenset(one.id for one in concepts if one.kind == "level")
        self.telling_asks = frozenset(one.id for one in concepts if one.telling)
        self.subjects = frozenset(one.id for one in concepts if one.kind == "topic")
        self.negations = frozenset(one.id for one in concepts if one.kind == "not")
        decoys = frozenset(one.id for one in concepts if one.kind == "decoy")
        meanings: dict[str, set[str]] = defaultdict(set)
        for one in concepts:
            for word in (*one.zh, *one.en):
                meanings[normaliser.plain(word)].add(one.id)
        self._places = frozenset(normaliser.plain(word) for word in (*places.zh, *places.en))
        for place in self._places:
            meanings[place].add(f"place:{place}")
        self._meanings = {word: tuple(sorted(ids - decoys)) for word, ids in meanings.items()}
        # The words that begin with a Chinese character or a Latin word, the longest first.
        self._beginning_with: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._meanings, key=lambda word: (-len(word), word)):
            self._beginning_with[_first_piece(word)].append(word)

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the concepts in `text` in the order of their words, the longest word winning.

        A place is found as `place:` and its name.
        """
        return tuple(
            Found(concept, word) for word in self._words(text) for concept in self._meanings[word]
        )

    def ids(self, text: str) -> frozenset[str]:
        """Return the concepts in `text`."""
        return frozenset(found.concept for found in self.find(text))

    def _words(self, text: str) -> Iterator[str]:
        position = 0
        while position < len(text):
            piece = _first_piece(text, position)
            word = next(
                (
                    word
                    for word in self._beginning_with.get(piece, ())
                    if text.startswith(word, position) and _ends_at_edge(text, position + len(word))
                ),
                None,
            )
            if word is not None:
                yield word
            position += len(word or piece)


def _first_piece(text: str, position: int = 0) -> str:
    """Return the Latin word at `position`, or the single character there."""
    match = _LATIN_WORD.match(text, position)
    return match[0] if match else text[position]


def _ends_at_edge(text: str, end: int) -> bool:
    # "can" is not in "cannot"; Chinese words need no edge.
    pair = text[end - 1 : end + 1]
    return len(pair) == 1 or contains_han(pair) or not pair.replace("+", "x").isalnum()
