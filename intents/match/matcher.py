"""Finds the entries nearest to a question: wide by index, narrow by edit distance and guard."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz import fuzz

from intents.match.concepts import Concepts, Found
from intents.match.grams import character_grams, spaced, word_grams
from intents.match.guard import Content, Guard, Scope
from intents.match.index import GramIndex, IndexScores
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
class Subject:
    """Something that can be found: an entry, its phrasings, and what it would say.

    `says` is every text of the answer, titles included; the guard reads it.
    """

    entry: str
    phrasings: tuple[str, ...]
    says: str = ""


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


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A normalised question, and what is found in it.

    `foreign` are its words that nothing in the knowledge holds.
    """

    text: str
    found: tuple[Found, ...]
    content: Content
    foreign: tuple[str, ...] = ()


class Matcher:
    """Holds all phrasings, ready to be searched."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        *,
        normalise: Callable[[str], str],
        concepts: Concepts,
        make_vocabulary: Callable[[Iterable[str]], Vocabulary],
    ) -> None:
        self._concepts = concepts
        self._guard = Guard(concepts)
        self._entries = tuple(subject.entry for subject in subjects)
        self._texts: list[str] = []
        self._owners: list[int] = []
        self._exact: dict[str, str] = {}
        self._scopes: list[Scope] = []
        said: list[str] = []
        words: list[Mapping[str, float]] = []
        characters: list[Mapping[str, float]] = []
        for number, subject in enumerate(subjects):
            contents = []
            for phrasing in subject.phrasings:
                question = self._read_phrasing(normalise(phrasing))
                contents.append(question.content)
                self._texts.append(question.text)
                self._owners.append(number)
                self._exact.setdefault(question.text, subject.entry)
                words.append(_word_grams(question))
                characters.append(character_grams(question.text))
            says = self._read_phrasing(normalise(subject.says))
            said.append(says.text)
            self._scopes.append(self._guard.scope(contents, says.content))
        self._spaced = [spaced(text) for text in self._texts]
        self._words = GramIndex(words, self._owners)
        self._characters = GramIndex(characters, self._owners)
        self._vocabulary = make_vocabulary((*self._texts, *said))

    def read(self, text: str) -> ReadQuestion:
        """Return a normalised question with its concepts, telling content and foreign words."""
        question = self._read_phrasing(text)
        known = [found.word for found in question.found]
        return replace(question, foreign=self._vocabulary.foreign_words(text, known))

    def _read_phrasing(self, text: str) -> ReadQuestion:
        found = self._concepts.find(text)
        return ReadQuestion(text, found, self._guard.read(text, found))

    def exact(self, text: str) -> str | None:
        """Return the entry that has exactly this normalised phrasing, if any."""
        return self._exact.get(text)

    def search(self, question: ReadQuestion) -> tuple[Candidate, ...]:
        """Return the nearest entries, best score first, ties by entry id; at most eight."""
        if not self._texts:
            return ()
        words = self._words.score(_word_grams(question))
        characters = self._characters.score(character_grams(question.text))
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
                by_entry[self._owners[phrasing]].append((phrasing, float(base[phrasing])))
        promise = {
            entry: found[0][1] + _CENTROID_SHARE * float(centroid[entry])
            for entry, found in by_entry.items()
        }
        kept = sorted(promise, key=lambda entry: (-promise[entry], entry))[:_ENTRIES_RESCORED]
        return {entry: by_entry[entry] for entry in kept}

    def _rescore(
        self,
        question: ReadQuestion,
        entry: int,
        phrasings: list[tuple[int, float]],
        words: IndexScores,
        characters: IndexScores,
    ) -> Candidate:
        numbers = [number for number, _ in phrasings]
        asked = spaced(question.text)
        nearest = [base for _, base in phrasings[:3]]
        parts = {
            "words": max(float(words.phrasings[number]) for number in numbers),
            "characters": max(float(characters.phrasings[number]) for number in numbers),
            "ratio": max(fuzz.ratio(question.text, self._texts[number]) for number in numbers)
            / 100,
            "sorted": max(fuzz.token_sort_ratio(asked, self._spaced[number]) for number in numbers)
            / 100,
            "shared": max(fuzz.token_set_ratio(asked, self._spaced[number]) for number in numbers)
            / 100,
            "words_centroid": float(words.centroids[entry]),
            "characters_centroid": float(characters.centroids[entry]),
            "nearest_three": sum(nearest) / len(nearest),
        }
        return Candidate(
            entry=self._entries[entry],
            phrasing=self._texts[numbers[0]],
            score=sum(weight * parts[name] for name, weight in _WEIGHTS.items()),
            covered=float(words.covered[entry]),
            foreign=len(question.foreign),
            vetoes=self._guard.vetoes(question.content, self._scopes[entry]),
            parts=parts,
        )


def _word_grams(question: ReadQuestion) -> Mapping[str, float]:
    return word_grams(question.text, dict.fromkeys(one.concept for one in question.found))
