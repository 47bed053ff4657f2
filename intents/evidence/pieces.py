"""Cuts text into the pieces that it is found by and told apart by.

Pieces come in three blocks, named by their first letter: `w` words (stems and pairs of them,
Chinese characters and pairs, the first and the last character of a run, concepts), `c` three-letter
pieces of Latin words, which forgive a slip of the finger, and `s` the sounds of Chinese characters,
which forgive a homophone.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from intents.text.sounds import Sounds
from intents.text.words import RUN, light_stem

BLOCKS = "wcs"


def pieces_of(text: str, concepts: Iterable[str] = (), *, sounds: Sounds) -> Mapping[str, float]:
    """Return the pieces of a normalised text, each with one plus the logarithm of its count."""
    counts: dict[str, int] = defaultdict(int)
    before = ""
    for match in RUN.finditer(text):
        latin = match["latin"]
        if latin:
            stem = light_stem(latin)
            counts[f"w{stem}"] += 1
            if before:
                counts[f"w{before} {stem}"] += 1
            before = stem
            padded = f" {latin} "
            for start in range(len(latin)):
                counts[f"c{padded[start : start + 3]}"] += 1
        else:
            before = ""
            _count_han(match["han"], counts)
            _count_sounds(sounds.folded(match["han"]), counts)
    for concept in concepts:
        counts[f"w={concept}"] += 1
    return _dampened(counts)


def sound_pieces(syllables: Sequence[str]) -> Mapping[str, float]:
    """Return the pieces of Chinese that was typed as it sounds."""
    counts: dict[str, int] = defaultdict(int)
    _count_sounds(syllables, counts)
    return _dampened(counts)


def _count_han(run: str, counts: dict[str, int]) -> None:
    counts[f"w^{run[0]}"] += 1
    counts[f"w{run[-1]}$"] += 1
    for character in run:
        counts[f"w{character}"] += 1
    for first, second in pairwise(run):
        counts[f"w{first}{second}"] += 1


def _count_sounds(syllables: Sequence[str], counts: dict[str, int]) -> None:
    for syllable in syllables:
        counts[f"s{syllable}"] += 1
    for first, second in pairwise(syllables):
        counts[f"s{first} {second}"] += 1


def _dampened(counts: Mapping[str, int]) -> Mapping[str, float]:
    return {piece: 1.0 if count == 1 else 1.0 + math.log(count) for piece, count in counts.items()}
