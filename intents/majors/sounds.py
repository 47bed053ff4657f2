"""Spells Chinese in pinyin without tones, every way it may be read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import product

# A name with so many ways of reading it is only spelled in its usual one.
_MOST_READINGS = 64


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

    def usual(self, text: str) -> str:
        """Return `text` as it is usually read, without spaces; what has no reading stays."""
        return "".join(self._readings.get(character, [character])[0] for character in text)

    def every(self, text: str) -> Iterable[str]:
        """Return every way of reading `text`, the usual one first."""
        choices = [self._readings.get(character, [character]) for character in text]
        count = 1
        for choice in choices:
            count *= len(choice)
        if count > _MOST_READINGS:
            return [self.usual(text)]
        return dict.fromkeys("".join(reading) for reading in product(*choices))


def _without_umlaut(syllable: str) -> str:
    # Phone keyboards write lü as lv or lu.
    return syllable.replace("v", "u")


def typed_sound(text: str) -> str:
    """Return Latin text as a run of letters in the spelling of `Sounds`."""
    return "".join(character for character in text if character.isalpha()).replace("v", "u")
