"""Cuts normalised text into words, and English words down to their stems."""

import re
from collections.abc import Callable
from itertools import pairwise

# A run of Latin letters and digits, 1+x and 1.5 among them, or a run of Chinese characters.
RUN = re.compile(r"(?P<latin>[a-z0-9]+(?:[+.][a-z0-9]+)*)|(?P<han>[\u3400-\u4dbf\u4e00-\u9fff]+)")
_WORD_OR_CHARACTER = re.compile(r"[a-z0-9+.]+|[^\sa-z0-9+.]")
_SHORTEST_STEM = 4
_PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"))
_NO_PLURALS = ("ss", "us", "is")
_SHORTEST_TELLING = 3
# Words that any English question may hold.
_STOP_WORDS = frozenset(
    "a an the of in on at to for from by with is are was were be been am do does did i you he she "
    "it we they my your me us their his her its that this these those there and or if as so will "
    "would should can could may have has had get any some what which who how when where why".split()
)


def split_words(text: str) -> list[str]:
    """Return the words of a normalised text; every Chinese character is one."""
    return _WORD_OR_CHARACTER.findall(text)


def is_stop_word(word: str) -> bool:
    """Return whether any English question may hold `word`."""
    return word in _STOP_WORDS


def light_stem(word: str) -> str:
    """Return an English word without its plural or -ing, -ed; short words stay as they are."""
    if len(word) < _SHORTEST_STEM or not word.isalpha():
        return word
    if word.endswith("s"):
        for suffix, replacement in _PLURALS:
            if word.endswith(suffix):
                return word[: -len(suffix)] + replacement
        return word if word.endswith(_NO_PLURALS) else word[:-1]
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM - 1:
            return word[: -len(suffix)]
    return word


def plural_of(words: str) -> str:
    """Return English words with the last one in the plural; what is not English stays."""
    if not words.isascii() or not words[-1:].isalpha() or words.endswith("s"):
        return words
    if words.endswith(("x", "ch", "sh")):
        return f"{words}es"
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return f"{words[:-1]}ies"
    return f"{words}s"


def content_words(bare: str, is_hollow: Callable[[str], bool]) -> tuple[str, ...]:
    """Return what tells something: English stems, Chinese characters and pairs of them.

    Args:
        bare: A normalised text without the words that only ask.
        is_hollow: Tells English words that say nothing.
    """
    found: dict[str, None] = {}
    for match in RUN.finditer(bare):
        latin = match["latin"]
        if latin:
            stem = light_stem(latin)
            if len(stem) >= _SHORTEST_TELLING and not is_stop_word(stem) and not is_hollow(latin):
                found[stem] = None
        else:
            run = match["han"]
            found |= dict.fromkeys(run)
            found |= dict.fromkeys("".join(pair) for pair in pairwise(run))
    return tuple(found)


STOP_STEMS = frozenset(map(light_stem, _STOP_WORDS))
