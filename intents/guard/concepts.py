"""Finds words that mean the same to somebody who asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from intents.text import Normaliser
from intents.text.scanner import WordScanner, as_pattern
from intents.wordlists import Concept, Words


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a text, and the word that gave it away."""

    concept: str
    word: str
    is_ask: bool = False


class Concepts:
    """Every concept of the word lists, found in one pass over a normalised text."""

    def __init__(self, concepts: Iterable[Concept], places: Words, normaliser: Normaliser) -> None:
        concepts = tuple(concepts)
        self.levels = frozenset(one.id for one in concepts if one.kind == "level")
        self.telling_asks = frozenset(one.id for one in concepts if one.telling)
        self.subjects = frozenset(one.id for one in concepts if one.kind == "topic")
        self.negations = frozenset(one.id for one in concepts if one.kind == "not")
        self._asks = frozenset(one.id for one in concepts if one.kind == "ask")
        frames = {
            normaliser.plain(word)
            for one in concepts
            if one.kind in ("ask", "not", "decoy")
            for word in one.zh
        }
        self._frames = as_pattern(frames)
        decoys = frozenset(one.id for one in concepts if one.kind == "decoy")
        meanings: dict[str, set[str]] = defaultdict(set)
        for one in concepts:
            for word in (*one.zh, *one.en):
                meanings[normaliser.plain(word)].add(one.id)
        self._places = frozenset(normaliser.plain(word) for word in (*places.zh, *places.en))
        for place in self._places:
            meanings[place].add(f"place:{place}")
        self._meanings = {word: tuple(sorted(ids - decoys)) for word, ids in meanings.items()}
        self._scanner = WordScanner(self._meanings)

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the concepts in `text` in the order of their words, the longest word winning.

        A place is found as `place:` and its name.
        """
        return tuple(
            Found(concept, word, concept in self._asks)
            for _, word in self._scanner.find(text)
            for concept in self._meanings[word]
        )

    def without_frames(self, text: str) -> str:
        """Return `text` with a space for every Chinese word that only asks or denies."""
        return self._frames.sub(" ", text)

    def ids(self, text: str) -> frozenset[str]:
        """Return the concepts in `text`."""
        return frozenset(found.concept for found in self.find(text))
