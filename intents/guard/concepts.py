"""Finds words that mean the same to somebody who asks."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from intents.text import Normaliser
from intents.text.language import is_han
from intents.text.scanner import WordScanner, as_pattern
from intents.text.sounds import Sounds
from intents.text.words import plural_of
from intents.wordlists import Concept, Words

# What somebody may name in a language that isn't the one they write in.
_NAMING = ("level", "topic", "field", "actor")
_SHORTEST_TYPED = 4
_LATIN_WORDS = re.compile(r"[a-z]+(?: [a-z]+)*")
# So many words of pinyin may spell one Chinese word: gongwuyuan, or gong wu yuan.
_MOST_TYPED = 4
_MOST_GAPS = 2

NO_MAJORS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a text, and the word that gave it away."""

    concept: str
    word: str
    is_ask: bool = False


class Concepts:
    """Every concept of the word lists, found in one pass over a normalised text."""

    def __init__(
        self,
        concepts: Iterable[Concept],
        places: Words,
        normaliser: Normaliser,
        *,
        majors: Mapping[str, str] = NO_MAJORS,
        sounds: Sounds | None = None,
        common: frozenset[str] = frozenset(),
    ) -> None:
        """Know the word lists, and the `majors`: names, each with what it names.

        With `sounds` Chinese words are also known by how they sound: where all is typed so, and
        one by one among English ones, unless they are a word in `common`.
        """
        concepts = tuple(concepts)
        self._majors = {normaliser.plain(name): major for name, major in majors.items()}
        self._major_scanner = WordScanner(self._majors)
        self.actors = frozenset(one.id for one in concepts if one.kind == "actor")
        self.levels = frozenset(one.id for one in concepts if one.kind == "level")
        self.telling_asks = frozenset(one.id for one in concepts if one.telling is True)
        self.telling_alone = frozenset(one.id for one in concepts if one.telling == "alone")
        self.subjects = frozenset(one.id for one in concepts if one.kind in ("topic", "field"))
        self.fields = frozenset(one.id for one in concepts if one.kind == "field")
        self._may_mean = {one.id: frozenset(one.may_mean) for one in concepts if one.may_mean}
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
        for word, ids in list(meanings.items()):
            # Of several that have the same plural, the one that is listed keeps it. Long phrases
            # hardly ever have one.
            if word.count(" ") < _MOST_GAPS and (many := plural_of(word)) not in meanings:
                meanings[many] = set(ids)
        self._places = frozenset(normaliser.plain(word) for word in (*places.zh, *places.en))
        for place in self._places:
            meanings[place].add(f"place:{place}")
            if place.isascii():
                # Hubei's colleges: the apostrophe is gone by now.
                meanings[f"{place}s"].add(f"place:{place}")
        # Few different ones, which thousands of words share.
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._meanings = {
            word: shared.setdefault(own, own)
            for word, ids in meanings.items()
            for own in (tuple(sorted(ids - decoys)),)
        }
        self._scanner = WordScanner(self._meanings)
        self._heard = _by_sound(self._meanings, sounds) if sounds else {}
        self._ear = WordScanner(self._heard)
        self._typed = _as_typed(concepts, normaliser, sounds, common) if sounds else {}
        self._common = common

    def find(self, text: str) -> tuple[Found, ...]:
        """Return the concepts in `text` in the order of their words, the longest word winning.

        A place is found as `place:` and its name.
        """
        return tuple(one for _, word in self._scanner.find(text) for one in self._found(word))

    def hear(self, syllables: str) -> tuple[Found, ...]:
        """Return the concepts that folded syllables, apart by spaces, sound like."""
        sounds = self._ear.find(syllables)
        return tuple(one for _, sound in sounds for one in self._found(self._heard[sound]))

    def _found(self, word: str) -> Iterator[Found]:
        for concept in self._meanings[word]:
            yield Found(concept, word, concept in self._asks)

    def in_english(self, text: str) -> str:
        """Return a normalised text with the Chinese words that are typed in pinyin in English."""
        return _LATIN_WORDS.sub(lambda match: " ".join(self._put_in_english(match[0])), text)

    def _put_in_english(self, text: str) -> Iterator[str]:
        words = text.split()
        start = 0
        while start < len(words):
            for end in range(min(len(words), start + _MOST_TYPED), start, -1):
                several = words[start:end]
                meant = self._typed.get("".join(several))
                if meant is not None and not self._common.issuperset(several):
                    yield meant
                    break
            else:
                end = start + 1
                yield words[start]
            start = end

    def may_mean(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the levels that somebody may have in mind who names these, and no level."""
        return frozenset[str]().union(*(self._may_mean.get(one, frozenset()) for one in ids))

    def majors_in(self, text: str) -> frozenset[str]:
        """Return what majors `text` names, by their official names."""
        return frozenset(self._majors[name] for _, name in self._major_scanner.find(text))

    def without_frames(self, text: str) -> str:
        """Return `text` with a space for every Chinese word that only asks or denies."""
        return self._frames.sub(" ", text)

    def ids(self, text: str) -> frozenset[str]:
        """Return the concepts in `text`."""
        return frozenset(found.concept for found in self.find(text))


def _as_typed(
    concepts: Iterable[Concept], normaliser: Normaliser, sounds: Sounds, common: frozenset[str]
) -> dict[str, str]:
    """Return what Chinese words in pinyin mean in English; what is a word there stays one.

    A word of several concepts means the one that names it first.
    """
    ranked = sorted(
        (place, normaliser.plain(word), normaliser.plain(one.en[0]))
        for one in concepts
        if one.kind in _NAMING and one.en
        for place, word in enumerate(one.zh)
    )
    known = {normaliser.plain(word) for one in concepts for word in one.en}
    spelled: dict[str, str] = {}
    for _, word, meant in ranked:
        letters = sounds.usual(word) if len(word) > 1 and is_han(word) else ""
        if len(letters) >= _SHORTEST_TYPED and letters not in common and letters not in known:
            spelled.setdefault(letters, meant)
    return spelled


def _by_sound(words: Iterable[str], sounds: Sounds) -> dict[str, str]:
    """Return Chinese words of two characters or more by their syllables; the first one wins."""
    heard: dict[str, str] = {}
    for word in words:
        if len(word) > 1 and is_han(word):
            heard.setdefault(" ".join(sounds.folded(word)), word)
    return heard
