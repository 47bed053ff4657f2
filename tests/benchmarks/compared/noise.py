"""What happens to questions on their way through thumbs and keyboards: a table of changes.

Each takes a question and a source of chance, and returns what may be typed instead; where there is
nothing to change, that is the question.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from random import Random

from opencc import OpenCC

Change = Callable[[str, Random], str]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_TO_TRADITIONAL = OpenCC("s2t")


def _read_aloud(text: str) -> list[str]:
    """Return the syllables of a text; whatever is not Chinese stays in pieces."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - whoever only wants slips needs none

    return lazy_pinyin(text)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


@cache
def _common_characters() -> str:
    """Return the 3,755 common characters of GB 2312, in the order of their sounds."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in rows)


@cache
def _homophones() -> Mapping[str, str]:
    """Return for each sound, without its tone, the common characters that have it."""
    found: dict[str, str] = defaultdict(str)
    for character in _common_characters():
        found[_read_aloud(character)[0]] += character
    return found


def edit(text: str, random: Random) -> str:
    """Return the text with one letter dropped, added, wrong, or swapped with the next."""
    places = [place for place, one in enumerate(text) if one.isalpha()]
    if not places:
        return text
    place = random.choice(places)
    before, one, after = text[:place], text[place], text[place + 1 :]
    other = random.choice(_common_characters() if _is_han(one) else _LETTERS)
    return random.choice(
        (
            before + after,
            before + other + one + after,
            before + other + after,
            before + after[:1] + one + after[1:],
        )
    )


def drop_space(text: str, random: Random) -> str:
    """Return the text with one space left out."""
    places = [place for place, one in enumerate(text) if one == " "]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + text[place + 1 :]


def swap(text: str, random: Random) -> str:
    """Return the text with two different neighbours inside a word swapped."""
    places = [
        place
        for place in range(len(text) - 1)
        if text[place].isalpha() and text[place + 1].isalpha() and text[place] != text[place + 1]
    ]
    if not places:
        return text
    place = random.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def drop_punctuation(text: str, _: Random) -> str:
    """Return the text without any punctuation."""
    return "".join(one for one in text if not unicodedata.category(one).startswith("P"))


def sound_alike(text: str, random: Random) -> str:
    """Return the text with one character written as another that sounds the same."""
    choices = []
    for place, one in enumerate(text):
        others = _homophones().get(_read_aloud(one)[0], "").replace(one, "") if _is_han(one) else ""
        if others:
            choices.append((place, others))
    if not choices:
        return text
    place, others = random.choice(choices)
    return text[:place] + random.choice(others) + text[place + 1 :]


def _pinyin(joint: str) -> Change:
    def spell(text: str, random: Random) -> str:
        return joint.join(_read_aloud(drop_punctuation(text, random)))

    return spell


_ANYWHERE: Mapping[str, Change] = {
    "one edit": edit,
    "two swapped": swap,
    "no punctuation": drop_punctuation,
    "full-width": lambda text, _: text.translate(_FULL_WIDTH),
}
LATIN: Mapping[str, Change] = {
    **_ANYWHERE,
    "a space missing": drop_space,
    "all caps": lambda text, _: text.upper(),
    "politely wrapped": lambda text, _: f"Hi, sorry to bother, {text} Thanks!",
}
CHINESE: Mapping[str, Change] = {
    **_ANYWHERE,
    "one homophone": sound_alike,
    "traditional": lambda text, _: _TO_TRADITIONAL.convert(text),
    "politely wrapped": lambda text, _: f"老师您好，请问一下{text}，谢谢",
    "pinyin": _pinyin(""),
    "pinyin, spaced": _pinyin(" "),
}
