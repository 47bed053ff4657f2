"""Knows every word of the phrasings and answers, and so which words of a question are foreign."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intents.text import Normaliser
from intents.text.scanner import as_pattern
from intents.text.words import is_stop_word, light_stem
from intents.wordlists import Words

_LATIN_WORD = re.compile(r"[a-z]{3,}")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SHORTEST_REPAIRED = 4
_LONG = 8
_SHORTEST_PART = 2


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the Latin words of three letters or more, and the Chinese characters, of `texts`."""
    everything = " ".join(texts)
    return tuple(sorted({*_LATIN_WORD.findall(everything), *_HAN.findall(everything)}))


class Hollow:
    """Words that say nothing anywhere."""

    def __init__(self, words: Words, normaliser: Normaliser) -> None:
        self._english = frozenset(normaliser.plain(word) for word in words.en)
        self._chinese = as_pattern(normaliser.plain(word) for word in words.zh)

    def __contains__(self, word: str) -> bool:
        """Return whether an English word is one."""
        return word in self._english

    def without(self, text: str) -> str:
        """Return `text` with a space for every Chinese one."""
        return self._chinese.sub(" ", text)


class Vocabulary:
    """The words that the knowledge is made of, and hollow ones that say nothing anywhere."""

    def __init__(
        self,
        words: Iterable[str],
        hollow: Words,
        normaliser: Normaliser,
        *,
        common: frozenset[str] = frozenset(),
    ) -> None:
        """Know `words`, as `words_of` gives them; `common` words are never taken for slips."""
        self._common = common
        self._words = {*words, *(normaliser.plain(word) for word in hollow.en)}
        self._stems = {light_stem(word) for word in self._words}
        self._by_first_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= _SHORTEST_REPAIRED and word.isascii():
                self._by_first_letter[word[0]].append(word)
        self._hollow = Hollow(hollow, normaliser)

    def foreign_words(self, text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the English words and Chinese characters of a normalised text that are unknown.

        `known` are words that are known from elsewhere, such as places.
        """
        for word in known:
            text = text.replace(word, " ")
        text = self._hollow.without(text)
        latin = (word for word in _LATIN_WORD.findall(text) if not self._knows(word))
        han = (one for one in _HAN.findall(text) if one not in self._words)
        return tuple(dict.fromkeys((*latin, *han)))

    def knows_any(self, text: str) -> bool:
        """Return whether a normalised text has a Latin word that is known here or in English."""
        words = _LATIN_WORD.findall(text)
        return any(self._knows(word) or word in self._common for word in words)

    def repair(self, text: str) -> str:
        """Return a normalised text with slips of the finger in English words put right.

        An unknown word of four letters or more that is no common English word either becomes two
        known words, where only the space was forgotten, else the known word nearest to it: one edit
        away (optimal string alignment, so swapped letters are one), two for eight letters or
        more, with the same first letter. A word that is known, or far from all, stays, and so
        does a word that stands alone: nothing around it says what was meant.
        """
        if " " not in text and text.isascii():
            return text
        return _LATIN_WORD.sub(lambda match: self._repaired(match[0]), text)

    def _repaired(self, word: str) -> str:
        if len(word) < _SHORTEST_REPAIRED or self._knows(word) or word in self._common:
            return word
        return self._spaced_out(word) or self._nearest_to(word) or word

    def _spaced_out(self, word: str) -> str | None:
        """Return two known words that are `word` without the space; the longest first one wins."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, second = word[:cut], word[cut:]
            if self._is_part(first) and self._is_part(second):
                return f"{first} {second}"
        return None

    def _is_part(self, word: str) -> bool:
        return word in self._words or is_stop_word(word)

    def _nearest_to(self, word: str) -> str | None:
        near = process.extractOne(
            word,
            self._by_first_letter[word[0]],
            scorer=OSA.distance,
            score_cutoff=2 if len(word) >= _LONG else 1,
        )
        return near[0] if near else None

    def _knows(self, word: str) -> bool:
        return word in self._words or is_stop_word(word) or light_stem(word) in self._stems
