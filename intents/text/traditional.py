"""Tells traditional characters from simplified ones, and writes in them."""

from functools import cache

from opencc import OpenCC

from intents.text.language import contains_han


def is_traditional(text: str) -> bool:
    """Return whether `text` is Chinese in traditional characters.

    Some characters stand in both scripts, so the one decides that more of them belong to alone.
    """
    if text.isascii() or not contains_han(text):
        return False
    return _count_changes(text, "t2s") > _count_changes(text, "s2t")


def to_traditional(text: str) -> str:
    """Return `text` with its simplified characters written as Taiwan writes them."""
    return text if text.isascii() else _convert(text, "s2tw")


def spell_traditional(text: str) -> tuple[str, ...]:
    """Return `text` as it is written in Taiwan and in Hong Kong, where that differs."""
    return tuple(sorted({_convert(text, how) for how in ("s2tw", "s2hk")} - {text}))


def _count_changes(text: str, how: str) -> int:
    return sum(one != other for one, other in zip(text, _convert(text, how), strict=False))


def _convert(text: str, how: str) -> str:
    # Half of a pair of surrogates can be typed by no one, but sent.
    return str(_converter(how).convert(text.encode("utf-8", "replace").decode()))


@cache
def _converter(how: str) -> OpenCC:
    # Most processes never need one, and reading its dictionary takes a while.
    return OpenCC(how)
