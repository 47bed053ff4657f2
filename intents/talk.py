"""Recognises what is not a question about the subject: noise, small talk, distress."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from intents.text import Normaliser
from intents.wordlists import ChatIntent, Distress, Words

# One wrong letter in "thank yuo" is forgiven, "helmet" is not "help me".
_LIKE_ENOUGH = 88.0
_LONGEST_CHAT = 40
_DIGITS_OF_A_CODE = 6
_REPEATED = re.compile(r"(.)\1*", re.DOTALL)


def is_noise(text: str) -> bool:
    """Return whether a normalised message holds nothing to answer.

    Noise is an empty message, a single character, one character over and over, or bare numbers
    that are no codes of majors; links and punctuation are gone by then.
    """
    said = text.replace(" ", "")
    may_be_code = any(len(word) == _DIGITS_OF_A_CODE for word in text.split())
    is_number = said.isdecimal() and not may_be_code
    return len(text) <= 1 or is_number or _REPEATED.fullmatch(said) is not None


class SmallTalk:
    """Tells greetings, thanks and the like by their lines, give or take a letter."""

    def __init__(self, intents: Iterable[ChatIntent], normaliser: Normaliser) -> None:
        self._lines = {
            normaliser.plain(line): intent.id
            for intent in intents
            for line in (*intent.asks.zh, *intent.asks.en)
        }

    def recognise(self, text: str) -> str | None:
        """Return the id of the small talk that `text` (plain form, fillers kept) is."""
        if text in self._lines:
            return self._lines[text]
        if len(text) > _LONGEST_CHAT:
            return None
        best = process.extractOne(
            text, self._lines.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
        )
        return self._lines[best[0]] if best else None


class DistressSigns:
    """Finds signs that somebody is in trouble."""

    def __init__(self, distress: Distress, normaliser: Normaliser) -> None:
        self._signs = _Phrases(distress.signs, normaliser)
        self._harmless = _Phrases(distress.harmless, normaliser)

    def found_in(self, text: str) -> bool:
        """Return whether `text` (plain form) holds a sign that no harmless phrase explains."""
        return self._signs.are_in(text) and self._signs.are_in(self._harmless.sub(text))


class _Phrases:
    """Phrases of both languages: a pattern for each, as only one that begins alike is fast."""

    def __init__(self, words: Words, normaliser: Normaliser) -> None:
        zh = "|".join(_with_gaps(word, normaliser) for word in words.zh)
        en = "|".join(re.escape(normaliser.plain(word)) for word in words.en)
        self._patterns = (re.compile(zh or "(?!)"), re.compile(rf"\b(?:{en or '(?!)'})\b"))

    def are_in(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self._patterns)

    def sub(self, text: str) -> str:
        for pattern in self._patterns:
            text = pattern.sub(" ", text)
        return text


def _with_gaps(words: str, normaliser: Normaliser) -> str:
    """Return a pattern for Chinese words in which … stands for up to six characters."""
    return ".{0,6}".join(re.escape(normaliser.plain(part)) for part in words.split("…"))
