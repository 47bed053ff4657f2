"""Cuts text into the pieces that the index knows it by."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

_RUN = re.compile(r"(?P<latin>[a-z0-9]+(?:[+.][a-z0-9]+)*)|(?P<han>[\u3400-\u4dbf\u4e00-\u9fff]+)")
_BIGRAM_WEIGHT = 0.5
_UNIGRAM_WEIGHT = 0.5
_STOP_WEIGHT = 0.25
_SHORTEST_STEM = 4
# Words that every question may hold; they keep some weight, for short questions are made of them.
_STOP_WORDS = frozenset(
    "a an the of in on at to for from by with is are was were be been am do does did i you he she "
    "it we they my your me us their his her its that this these those there and or if as so will "
    "would should can could may have has had get any some what which who how when where why".split()
)
_STOP_HAN = frozenset("的了吗呢是有在和与就都也会我你他她它们这那个么什")


def word_grams(text: str, concepts: Iterable[str] = ()) -> Mapping[str, float]:
    """Return words, word pairs, Chinese characters and pairs, and concepts, with their weights."""
    grams: dict[str, float] = defaultdict(float)
    before = ""
    for match in _RUN.finditer(text):
        if match["latin"]:
            stem = light_stem(match["latin"])
            grams[stem] += _STOP_WEIGHT if stem in _STOP_WORDS else 1
            if before:
                grams[f"{before} {stem}"] += _BIGRAM_WEIGHT
            before = stem
        else:
            _add_han(match["han"], grams)
            before = ""
    for concept in concepts:
        grams[f"={concept}"] += 1
    return grams


def _add_han(run: str, grams: dict[str, float]) -> None:
    for character in run:
        grams[character] += _STOP_WEIGHT if character in _STOP_HAN else _UNIGRAM_WEIGHT
    for pair in pairwise(run):
        grams["".join(pair)] += _STOP_WEIGHT if _STOP_HAN.issuperset(pair) else 1


def character_grams(text: str) -> Mapping[str, float]:
    """Return padded three-letter pieces of Latin words, and Chinese pairs and triples."""
    grams: Counter[str] = Counter()
    for match in _RUN.finditer(text):
        if match["latin"]:
            padded = f" {match['latin']} "
            grams.update(padded[i : i + 3] for i in range(len(padded) - 2))
        else:
            run = match["han"]
            grams.update(run[i : i + 2] for i in range(len(run) - 1))
            grams.update(run[i : i + 3] for i in range(len(run) - 2))
            if len(run) == 1:
                grams[run] += 1
    return {gram: float(count) for gram, count in grams.items()}


def spaced(text: str) -> str:
    """Return `text` with a space around every Chinese character, for scorers that want words."""
    return " ".join(re.findall(r"[a-z0-9+.]+|[^\sa-z0-9+.]", text))


def is_stop_word(word: str) -> bool:
    """Return whether any English question may hold `word`."""
    return word in _STOP_WORDS


def light_stem(word: str) -> str:
    """Return an English word without its plural or -ing, -ed; short words stay as they are."""
    if len(word) < _SHORTEST_STEM or not word.isalpha():
        return word
    for suffix, replacement in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch")):
        if word.endswith(suffix):
            return word[: -len(suffix)] + replacement
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    for suffix in ("ing", "ed"):
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM - 1:
            return word[: -len(suffix)]
    return word
