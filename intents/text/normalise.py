"""Brings a message into the one form in which it is compared."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from copy import copy

from opencc import OpenCC

from intents.text.language import contains_han
from intents.text.numbers import write_in_digits
from intents.text.traditional import spell_traditional
from intents.wordlists import Fillers

# Longer messages are read up to here; Telegram itself ends a message at 4,096 characters.
MOST_CHARACTERS = 2000
_SHORTEST_QUESTION = 2
_ROUNDS = 6

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
# Formatting, surrogates, private use, unassigned, and marks that sit on another character.
_INVISIBLE = frozenset({"Cf", "Cs", "Co", "Cn", "Mn"})
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_DIGIT = re.compile(r"\d")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"(?<=[a-z])['\u2019](?=[a-z])")
_PLUS = re.compile(r"(?<=\d) ?(?:[+\u2795]|(?<= )plus\b) ?(?=[\dx])")
# A plus inside 1+x and a point inside 1.5 belong to the word; everything else separates words.
_SEPARATORS = re.compile(r"(?:(?!(?<=\w)\+(?=\w)|(?<=\d)\.(?=\d))[\W_])+")
_SPACE_AT_HAN = re.compile(rf"(?<=[{_HAN}]) (?=\w)|(?<=\w) (?=[{_HAN}])")


class _WithoutInvisible(dict[int, int | None]):
    """A translation table that drops invisible characters, filled as they come up."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) in _INVISIBLE else code
        return self[code]


_WITHOUT_INVISIBLE = _WithoutInvisible()


class Normaliser:
    """Turns text into lower-case simplified words without punctuation and polite fillers.

    Applying it twice changes nothing, and it takes any text whatever without an error.
    """

    def __init__(self, fillers: Fillers) -> None:
        self._characters_to_simplified = OpenCC("t2s")
        self._words_to_mainland = OpenCC("tw2sp")
        self._written_out = {
            short: words for words, shorts in fillers.shorthand.items() for short in shorts
        }
        shorts = sorted(self._written_out, key=len, reverse=True)
        self._shorthand = re.compile(rf"\b(?:{'|'.join(map(re.escape, shorts)) or '(?!)'})\b")
        openers = (self.plain(word) for word in fillers.openers.zh + fillers.openers.en)
        closers = (self.plain(word) for word in fillers.closers.zh + fillers.closers.en)
        self._openers = _Openers(openers)
        self._closers = _Closers(closers)

    def keeping(self, words: frozenset[str]) -> "Normaliser":
        """Return one to which `words`, as `ends_of` gives them, are no fillers."""
        if not words:
            return self
        other = copy(self)
        other._openers = _Openers(self._openers.words - words)  # noqa: SLF001 - one of us
        other._closers = _Closers(self._closers.words - words)  # noqa: SLF001
        return other

    def ends_of(self, text: str) -> tuple[str, ...]:
        """Return the longest filler that opens `text` and the longest that closes it, if any."""
        plain = self.plain(text)
        shorter = self._without_closer(plain), self._without_opener(plain)
        closer = plain.removeprefix(shorter[0]).strip()
        opener = plain.removesuffix(shorter[1]).strip()
        return tuple(word for word in (opener, closer) if word)

    def __call__(self, text: str) -> str:
        """Return the form of `text` in which phrasings are compared; may be empty."""
        return self.strip(self.plain(text))

    def plain(self, text: str) -> str:
        """Return the same form with the fillers left in: 谢谢 stays 谢谢 in front of a question."""
        text = text[:MOST_CHARACTERS]
        for _ in range(_ROUNDS):
            simpler = self._simplify(text)
            if simpler == text:
                # What is equal need not be kept twice.
                break
            text = simpler
        return text

    def strip(self, plain: str) -> str:
        """Return what `plain` returned without the fillers at both ends."""
        for _ in range(_ROUNDS):
            shorter = self._strip_fillers(plain)
            if shorter == plain:
                break
            plain = self.plain(shorter)
        return plain

    def traditional(self, text: str) -> tuple[str, ...]:
        """Return `text` as people write it in traditional characters, where that differs."""
        return spell_traditional(text)

    def _simplify(self, text: str) -> str:
        if not text.isascii():
            text = unicodedata.normalize("NFKC", text).translate(_WITHOUT_INVISIBLE)
        text = text.lower()
        if "://" in text or "www." in text:
            text = _LINK.sub(" ", text)
        has_han = contains_han(text)
        if has_han:
            text = self._to_simplified(text)
        if _DIGIT.search(text):
            text = _THOUSANDS.sub("", _PLUS.sub("+", text))
        text = _APOSTROPHE.sub("", text)
        text = _SEPARATORS.sub(" ", text).strip()
        text = self._shorthand.sub(lambda match: self._written_out[match[0]], text)
        return write_in_digits(_SPACE_AT_HAN.sub("", text)) if has_han else text

    def _to_simplified(self, text: str) -> str:
        """Return traditional text in simplified characters and the mainland's words.

        Simplified text stays as it is: there 智慧 is a word of its own, not Taiwan's for 智能.
        """
        if self._characters_to_simplified.convert(text) == text:
            return text
        return str(self._words_to_mainland.convert(text))

    def _strip_fillers(self, text: str) -> str:
        while True:
            shorter = self._without_opener(self._without_closer(text))
            if shorter == text:
                return text
            text = shorter

    def _without_opener(self, text: str) -> str:
        for length in self._openers.lengths.get(text[:1], ()):
            leaves_enough = length <= len(text) - _SHORTEST_QUESTION
            if leaves_enough and text[:length] in self._openers.words and _is_edge(text, length):
                return text[length:].lstrip()
        return text

    def _without_closer(self, text: str) -> str:
        for length in self._closers.lengths.get(text[-1:], ()):
            start = len(text) - length
            leaves_enough = start >= _SHORTEST_QUESTION
            if leaves_enough and text[start:] in self._closers.words and _is_edge(text, start):
                return text[:start].rstrip()
        return text


class _Openers:
    """Fillers that open a question; `lengths` go by their first character, the longest first."""

    edge = slice(1)

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.words:
            lengths[word[self.edge]].add(len(word))
        self.lengths = {edge: sorted(own, reverse=True) for edge, own in lengths.items() if edge}


class _Closers(_Openers):
    """Fillers that close a question; `lengths` go by their last character."""

    edge = slice(-1, None)


def _is_edge(text: str, index: int) -> bool:
    """Return whether a word may end at `index`: not inside a run of Latin letters or digits."""
    pair = text[index - 1 : index + 1]
    return not (pair.isascii() and pair.isalnum())
