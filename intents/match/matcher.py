"""Finds the entries nearest to a question: wide by index, narrow by edit distance and guard."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz

from intents.match.grams import character_grams, spaced
from intents.match.index import IndexScores
from intents.match.learning import Learned
from intents.match.reading import Reader, ReadText
from intents.match.vocabulary import Vocabulary

_PHRASINGS_RESCORED = 40
_ENTRIES_RESCORED = 8
_CENTROID_SHARE = 0.6
_WORDS_SHARE = 0.5

# How much each likeness counts. They follow the published order of usefulness for short questions
# (nearest phrasing and entry centroid by words first, edit distance next) and add up to one.
_WEIGHTS: Mapping[str, float] = {
    "words": 0.17,
    "characters": 0.08,
    "ratio": 0.12,
    "sorted": 0.11,
    "shared": 0.09,
    "words_centroid": 0.19,
    "characters_centroid": 0.11,
    "nearest_three": 0.13,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that a question may mean.

    `score` (likeness), `covered` (share of the question's words that the entry knows) and
    `confidence` run from 0 to 1; `foreign` counts the question's words that nothing in the
    knowledge holds; `vetoes` are the guard's reasons against the entry, `parts` what the score is
    made of.
    """

    entry: str
    phrasing: str
    score: float
    covered: float
    foreign: int = 0
    vetoes: tuple[str, ...] = ()
    confidence: float = 0.0
    parts: Mapping[str, float]


class Matcher:
    """Searches what was learned."""

    def __init__(self, learned: Learned, *, reader: Reader, vocabulary: Vocabulary) -> None:
        self._learned = learned
        self._reader = reader
        self._vocabulary = vocabulary
        self._spaced = [spaced(text) for text in learned.texts]
        self._exact = {
            text: learned.entries[owner]
            for text, owner in zip(learned.texts, learned.owners, strict=True)
        }

    def read(self, text: str) -> ReadText:
        """Return a normalised question with its concepts, telling content and foreign words.

        Slips of the finger are put right first, so its text may differ from `text`.
        """
        question = self._reader.read(self._vocabulary.repair(text))
        known = [found.word for found in question.found]
        return replace(question, foreign=self._vocabulary.foreign_words(question.text, known))

    def exact(self, text: str) -> str | None:
        """Return the entry that has exactly this normalised phrasing, if any."""
        return self._exact.get(text)

    def search(self, question: ReadText) -> tuple[Candidate, ...]:
        """Return the nearest entries, best score first, ties by entry id; at most eight."""
        if not self._learned.texts:
            return ()
        words = self._learned.words.score(question.word_grams())
        characters = self._learned.characters.score(character_grams(question.text))
        near = self._nearest_phrasings(words, characters)
        candidates = [
            self._rescore(question, entry, phrasings, words, characters)
            for entry, phrasings in near.items()
        ]
        return tuple(sorted(candidates, key=lambda one: (-one.score, one.entry)))

    def _nearest_phrasings(
        self, words: IndexScores, characters: IndexScores
    ) -> dict[int, list[tuple[int, float]]]:
        """Return for the most promising entries their nearest phrasings and their base scores."""
        rest = 1 - _WORDS_SHARE
        base = _WORDS_SHARE * words.phrasings + rest * characters.phrasings
        centroid = _WORDS_SHARE * words.centroids + rest * characters.centroids
        count = min(_PHRASINGS_RESCORED, len(base))
        best = np.argpartition(-base, count - 1)[:count]
        by_entry: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for phrasing in sorted(best.tolist(), key=lambda one: (-base[one], one)):
            if base[phrasing] > 0:
                by_entry[self._learned.owners[phrasing]].append((phrasing, float(base[phrasing])))
        promise = {
            entry: found[0][1] + _CENTROID_SHARE * float(centroid[entry])
            for entry, found in by_entry.items()
        }
        kept = sorted(promise, key=lambda entry: (-promise[entry], entry))[:_ENTRIES_RESCORED]
        return {entry: by_entry[entry] for entry in kept}

    def _rescore(
        self,
        question: ReadText,
        entry: int,
        phrasings: list[tuple[int, float]],
        words: IndexScores,
        characters: IndexScores,
    ) -> Candidate:
        numbers = [number for number, _ in phrasings]
        texts = [self._learned.texts[number] for number in numbers]
        spaced_texts = [self._spaced[number] for number in numbers]
        asked = spaced(question.text)
        nearest = [base for _, base in phrasings[:3]]
        parts = {
            "words": max(float(words.phrasings[number]) for number in numbers),
            "characters": max(float(characters.phrasings[number]) for number in numbers),
            "ratio": max(fuzz.ratio(question.text, text) for text in texts) / 100,
            "sorted": max(fuzz.token_sort_ratio(asked, text) for text in spaced_texts) / 100,
            "shared": max(fuzz.token_set_ratio(asked, text) for text in spaced_texts) / 100,
            "words_centroid": float(words.centroids[entry]),
            "characters_centroid": float(characters.centroids[entry]),
            "nearest_three": sum(nearest) / len(nearest),
        }
        return Candidate(
            entry=self._learned.entries[entry],
            phrasing=texts[0],
            score=sum(weight * parts[name] for name, weight in _WEIGHTS.items()),
            covered=float(words.covered[entry]),
            foreign=len(question.foreign),
            vetoes=self._reader.guard.vetoes(question.content, self._learned.scopes[entry]),
            parts=parts,
        )
