"""Tells which of the two languages a question is written in."""

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# A word of English says about as much as two characters of Chinese.
_HAN_PER_WORD = 2


@dataclass(frozen=True, slots=True)
class Scripts:
    """How much of a text is Chinese characters, and how much words in Latin letters."""

    han: int
    words: int


def count_scripts(text: str) -> Scripts:
    """Return what tells the language of `text`."""
    return Scripts(han=len(_HAN.findall(text)), words=len(_LATIN_WORD.findall(text)))


def contains_han(text: str) -> bool:
    """Return whether there is a Chinese character in `text`."""
    return _HAN.search(text) is not None


def is_han(text: str) -> bool:
    """Return whether `text` is Chinese characters and nothing else."""
    return text != "" and all(map(_HAN.match, text))


def detect_language(text: str, *, otherwise: Language) -> Language:
    """Return the language that most of `text` is written in, `otherwise` where it shows none.

    One Chinese character in an English sentence is a name, not a Chinese question.
    """
    scripts = count_scripts(text)
    han, words = scripts.han, scripts.words
    if not han and not words:
        return otherwise
    return "zh" if han >= _HAN_PER_WORD * words or (han > 1 and han >= words) else "en"
