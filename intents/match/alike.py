"""Tells whether two questions ask the same, by the measures and the guard of the matcher.

The same answer goes to everybody who asked what is held for one question, so this errs on the
side of two: people can put together what belongs together, but nobody can take back an answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from rapidfuzz import fuzz

from intents.evidence.index import Weights
from intents.evidence.pieces import BLOCKS, pieces_of
from intents.guard import Reader, ReadText, Scope
from intents.match.likeness import Compared, as_compared
from intents.text.language import contains_han
from intents.text.sounds import Sounds
from intents.text.vocabulary import Vocabulary
from intents.text.words import RUN, STOP_STEMS, light_stem

# From this likeness on, two questions are one; `tests/editing/test_alike.py` shows what that does.
ALIKE = 0.55
_SHARES = (1.0, 1.0, 0.7)
_BY_PIECES, _AS_TYPED, _SORTED = 0.5, 0.25, 0.25
# A slip of the finger in a word is no other word.
_SAME_WORD = 75.0
_MOST_REMEMBERED = 4_000


@dataclass(frozen=True, slots=True)
class _Seen:
    """A question as it is compared: its pieces by block, its words, and what the guard reads."""

    read: ReadText
    scope: Scope
    compared: Compared
    blocks: tuple[Mapping[str, float], ...]
    words: tuple[str, ...]


class Alike:
    """Compares questions, given as normalised texts."""

    def __init__(
        self, reader: Reader, vocabulary: Vocabulary, sounds: Sounds, weights: Weights
    ) -> None:
        self._reader = reader
        self._vocabulary = vocabulary
        self._sounds = sounds
        self._weights = weights
        self._see = lru_cache(_MOST_REMEMBERED)(self._see_anew)

    def __call__(self, one: str, other: str) -> float:
        """Return how alike two questions are, in 0..1; 0 where what may not differ does."""
        first, second = self._see(one), self._see(other)
        if self._are_apart(first, second):
            return 0.0
        likeness = (
            _BY_PIECES * _cosine(first.blocks, second.blocks)
            + _AS_TYPED * fuzz.ratio(first.compared.text, second.compared.text) / 100
            + _SORTED * fuzz.ratio(first.compared.sorted, second.compared.sorted) / 100
        )
        return likeness * (1.0 - self._share_apart(first, second))

    def says_something(self, text: str) -> bool:
        """Return whether a text may be a question at all: not keys struck at random, nor hollow."""
        seen = self._see(text)
        if not seen.words and not seen.read.found:
            return False
        if contains_han(text) or not text.isascii():
            return True
        return self._vocabulary.knows_any(text) or self._sounds.split_typed(text) is not None

    def _see_anew(self, text: str) -> _Seen:
        read = self._reader.read(self._vocabulary.repair(self._reader.in_english(text)))
        weigh = self._weights.weight_of
        blocks: list[dict[str, float]] = [{} for _ in BLOCKS]
        for piece, count in pieces_of(read.text, read.concepts(), sounds=self._sounds).items():
            blocks[BLOCKS.index(piece[0])][piece] = count * weigh(piece)
        return _Seen(
            read=read,
            scope=self._reader.guard.scope([read.content], read.content),
            compared=as_compared(read.text),
            blocks=tuple(blocks),
            words=tuple(
                word for word in self._reader.content_words(read.text) if word not in STOP_STEMS
            ),
        )

    def _are_apart(self, one: _Seen, other: _Seen) -> bool:
        doubt = self._reader.guard.doubt
        return bool(
            self._vetoes(one, other)
            or self._vetoes(other, one)
            or doubt(one.read.content, other.scope)
            or doubt(other.read.content, one.scope)
        )

    def _vetoes(self, one: _Seen, other: _Seen) -> tuple[str, ...]:
        vetoes = self._reader.guard.vetoes(one.read.content, other.scope)
        # Whoever names a matter and does not say what of it may want just that.
        if other.read.asked:
            return vetoes
        return tuple(veto for veto in vetoes if veto != "asked")

    def _share_apart(self, one: _Seen, other: _Seen) -> float:
        """Return the share of the words that only one question has; all where each has some."""
        mine = _without(one.words, other.words, other.read)
        yours = _without(other.words, one.words, one.read)
        if mine and yours:
            return 1.0
        longer, words = (one, mine) if mine else (other, yours)
        weigh = self._weights.weight_of
        total = sum(weigh(f"w{word}") for word in longer.words)
        return sum(weigh(f"w{word}") for word in words) / total if total else 0.0


def signs_of(text: str) -> frozenset[str]:
    """Return the words of a normalised text by which its likes can be looked up.

    English stems, and pairs of Chinese characters; a character alone where it stands alone.
    """
    signs: set[str] = set()
    for match in RUN.finditer(text):
        han = match["han"]
        if not han:
            signs.add(light_stem(match["latin"]))
        elif len(han) == 1:
            signs.add(han)
        else:
            signs.update(han[at : at + 2] for at in range(len(han) - 1))
    return frozenset(signs)


def _without(words: Sequence[str], others: Iterable[str], read: ReadText) -> list[str]:
    """Return the words that the other question has in no form."""
    text = read.text
    known = set(others)
    long_ones = [word for word in known if word.isascii()]
    return [
        word
        for word in words
        if word not in known
        and not (word.isascii() and any(fuzz.ratio(word, one) >= _SAME_WORD for one in long_ones))
        and word not in text
    ]


def _cosine(one: Sequence[Mapping[str, float]], other: Sequence[Mapping[str, float]]) -> float:
    total = weight = 0.0
    for share, mine, yours in zip(_SHARES, one, other, strict=True):
        if not mine and not yours:
            continue
        weight += share * share
        if mine and yours:
            # Rounded once, so that it is the same whichever of the two comes first.
            product = fsum(value * yours.get(piece, 0.0) for piece, value in mine.items())
            lengths = fsum(v * v for v in mine.values()) * fsum(v * v for v in yours.values())
            total += share * share * product / lengths**0.5
    return total / weight if weight else 0.0
