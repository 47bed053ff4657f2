"""Spells Chinese in pinyin without tones, every way it may be read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product

# A name with so many ways of reading it is only spelled in its usual one.
_MOST_READINGS = 64
_LONGEST_SYLLABLE = 6
_LATIN = re.compile(r"[a-z]+")


class Sounds:
    """The readings of characters, from the table `data/pinyin.yaml`."""

    def __init__(self, table: Mapping[str, str]) -> None:
        """Take for each syllable the characters read so, after a bar those only sometimes."""
        readings: dict[str, list[str]] = defaultdict(list)
        for is_usual in (True, False):
            for syllable, characters in table.items():
                usual, _, rare = characters.partition("|")
                for character in usual if is_usual else rare:
                    readings[character].append(_without_umlaut(syllable))
        self._readings = readings
        self._usual = str.maketrans({character: ways[0] for character, ways in readings.items()})
        self._ambiguous = frozenset(one for one, ways in readings.items() if len(ways) > 1)
        self._folded = {character: _fold(ways[0]) for character, ways in readings.items()}
        self._syllables = frozenset(_without_umlaut(syllable) for syllable in table)

    def usual(self, text: str) -> str:
        """Return `text` as it is usually read, without spaces; what has no reading stays."""
        return text.translate(self._usual)

    def every(self, text: str) -> Iterable[str]:
        """Return every way of reading `text`, the usual one first."""
        if self._ambiguous.isdisjoint(text):
            return [self.usual(text)]
        choices = [self._readings.get(character, [character]) for character in text]
        count = 1
        for choice in choices:
            count *= len(choice)
        if count > _MOST_READINGS:
            return [self.usual(text)]
        return dict.fromkeys("".join(reading) for reading in product(*choices))

    def folded(self, text: str) -> list[str]:
        """Return the usual reading of each character, with sounds that the south mixes up as one.

        zh, ch, sh sound like z, c, s there, and -ng like -n. What has no reading stays.
        """
        known = self._folded
        return [known.get(character, character) for character in text]

    def split_typed(self, text: str) -> tuple[str, ...] | None:
        """Return the folded syllables that Latin text is made of, `None` where it isn't pinyin.

        Every word must fall into whole syllables; of several ways the one with the fewest is taken.
        """
        syllables: list[str] = []
        for word in text.split():
            if not _LATIN.fullmatch(word):
                return None
            split = _split(_without_umlaut(word), self._syllables)
            if split is None:
                return None
            syllables += split
        return tuple(_fold(syllable) for syllable in syllables)


def _split(word: str, syllables: frozenset[str]) -> Sequence[str] | None:
    """Return the fewest syllables that make up `word`; of equally few the longest first ones."""

    @cache
    def rest_from(start: int) -> tuple[str, ...] | None:
        if start == len(word):
            return ()
        best: tuple[str, ...] | None = None
        for end in range(min(len(word), start + _LONGEST_SYLLABLE), start, -1):
            if word[start:end] in syllables:
                rest = rest_from(end)
                if rest is not None and (best is None or len(rest) + 1 < len(best)):
                    best = (word[start:end], *rest)
        return best

    return rest_from(0) if len(word) <= _MOST_READINGS else None


def _fold(syllable: str) -> str:
    for retroflex, plain in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if syllable.startswith(retroflex):
            syllable = plain + syllable[2:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


def _without_umlaut(syllable: str) -> str:
    # Phone keyboards write lü as lv or lu.
    return syllable.replace("v", "u")


def typed_sound(text: str) -> str:
    """Return Latin text as a run of letters in the spelling of `Sounds`."""
    return _without_umlaut("".join(filter(str.isalpha, text)))
