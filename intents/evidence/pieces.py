"""Cuts text into the pieces that it is found by and told apart by.

Pieces come in three blocks, named by their first letter: `w` words (stems and pairs of them,
Chinese characters and pairs, the first and the last character of a run, concepts), `c` three-letter
pieces of Latin words, which forgive a slip of the finger, and `s` the sounds of Chinese characters,
which forgive a homophone.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from intents.text.sounds import Sounds
from intents.text.words import RUN, light_stem

BLOCKS = "wcs"


def pieces_of(text: str, concepts: Iterable[str] = (), *, sounds: Sounds) -> Mapping[str, float]:
    """Return the pieces of a normalised text, each with one plus the logarithm of its count."""
    pieces: list[str] = []
    before = ""
    for match in RUN.finditer(text):
        latin = match["latin"]
        if latin:
            stem = light_stem(latin)
            pieces.append(f"w{stem}")
            if before:
                pieces.append(f"w{before} {stem}")
            before = stem
            padded = f" {latin} "
            pieces += [f"c{padded[start : start + 3]}" for start in range(len(latin))]
        else:
            before = ""
            run = match["han"]
            pieces += _han_pieces(run)
            pieces += _sound_pieces(sounds.folded(run))
    pieces += [f"w={concept}" for concept in concepts]
    return _dampened(pieces)


def sound_pieces(syllables: Sequence[str]) -> Mapping[str, float]:
    """Return the pieces of Chinese that was typed as it sounds."""
    return _dampened(_sound_pieces(syllables))


def _han_pieces(run: str) -> list[str]:
    pairs = [f"w{first}{second}" for first, second in pairwise(run)]
    return [f"w^{run[0]}", f"w{run[-1]}$", *[f"w{one}" for one in run], *pairs]


def _sound_pieces(syllables: Sequence[str]) -> list[str]:
    pairs = [f"s{first} {second}" for first, second in pairwise(syllables)]
    return [*[f"s{one}" for one in syllables], *pairs]


def _dampened(pieces: Sequence[str]) -> Mapping[str, float]:
    found = dict.fromkeys(pieces, 1.0)
    if len(found) < len(pieces):
        for piece, count in Counter(pieces).items():
            found[piece] = 1.0 + math.log(count)
    return found
