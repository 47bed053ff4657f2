"""Finds names that were spelled by their sound or misspelled, and the nearest of unknown ones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from intents.majors.names import Mention, Named
from intents.majors.slips import SlipIndex
from intents.text.language import contains_han
from intents.text.sounds import Sounds, typed_sound

# What people call majors is heard in pinyin from so many characters: shorter, it may be English.
_SHORTEST_SOUND = 3
_NEAR = 20.0
_MOST_NEAR = 3


class Closest:
    """Compares what may be a name with every name."""

    def __init__(
        self, names: Mapping[str, Named], aliases: Mapping[str, Mention], sounds: Sounds
    ) -> None:
        """Learn official names and what else people say, by their normalised spelling."""
        self._sounds = sounds
        self._official = tuple(names)
        self._are_official = frozenset(names)
        self._named: dict[str, tuple[Named, ...]] = {
            text: (named,) for text, named in names.items()
        }
        self._sounding: dict[str, list[str]] = defaultdict(list)
        self._rarely_sounding: dict[str, list[str]] = defaultdict(list)
        self._alias_sounding: dict[str, Mention] = {}
        for text, mention in aliases.items():
            if not contains_han(text):
                self._named.setdefault(text, mention.named)
            elif len(text) >= _SHORTEST_SOUND:
                self._alias_sounding.setdefault(sounds.usual(text), mention)
        self._slips = SlipIndex(self._named)
        self._majors = [text for text, named in names.items() if named.kind == "major"]
        self._major_sounds = [sounds.usual(text) for text in self._majors]
        for text in self._named:
            if not contains_han(text):
                continue
            usual = sounds.usual(text)
            self._sounding[usual].append(text)
            for sound in sounds.every(text):
                if sound != usual:
                    self._rarely_sounding[sound].append(text)

    def by_sound(self, cores: Iterable[str]) -> Mention | None:
        """Return the name that one of `cores` sounds like: in pinyin, or in other characters."""
        for core in cores:
            sound = typed_sound(core) if core.isascii() else self._sounds.usual(core)
            alike = self._sounding.get(sound) or self._rarely_sounding.get(sound, [])
            texts = [one for one in alike if core.isascii() or self._is_misheard(core, one)]
            if texts:
                named = dict.fromkeys(named for text in texts for named in self._named[text])
                kept = [one for one in named if one.kind == next(iter(named)).kind]
                return Mention(word=core, how="sound", named=tuple(kept))
            if core.isascii() and sound in self._alias_sounding:
                return Mention(word=core, how="sound", named=self._alias_sounding[sound].named)
        return None

    def _is_misheard(self, core: str, text: str) -> bool:
        # In characters many a word sounds like a short name: 狐狸 is no slip for 护理, 护里 is one.
        is_major = self._named[text][0].kind == "major"
        return is_major and any(one == other for one, other in zip(core, text, strict=False))

    def by_slip(self, cores: Iterable[str]) -> Mention | None:
        """Return the names that one of `cores` is a slip away from, all of the nearest."""
        best: dict[str, tuple[int, bool, str]] = {}
        for core in cores:
            for distance, text in self._slips.near(core):
                found = (distance, text not in self._are_official, core)
                best[text] = min(best.get(text, found), found)
        if not best:
            return None
        least = min((distance, is_alias) for distance, is_alias, _ in best.values())
        closest = [text for text, found in best.items() if found[:2] == least]
        named = dict.fromkeys(one for text in closest for one in self._named[text])
        return Mention(word=best[closest[0]][2], how="slip", named=tuple(named))

    def nearest(self, core: str, *, at_any_distance: bool) -> tuple[Named, ...]:
        """Return at most three names like `core`, best first.

        At any distance these are majors, by how they are written and how they sound.
        """
        if at_any_distance:
            sound = self._sounds.usual(core)
            written = process.cdist([core], self._majors, scorer=ratio, dtype=np.float64)[0]
            heard = process.cdist([sound], self._major_sounds, scorer=ratio, dtype=np.float64)[0]
            scores = written + heard / 2
            count = min(2 * _MOST_NEAR, len(scores))
            least = np.partition(scores, -count)[-count] if count else 0.0
            likely = [(-scores[one], self._majors[one]) for one in np.flatnonzero(scores >= least)]
            texts = [text for _, text in sorted(likely)[:count]]
        else:
            found = process.extract(
                core, self._official, scorer=ratio, score_cutoff=_NEAR, limit=2 * _MOST_NEAR
            )
            texts = [text for text, _, _ in found]
        named = dict.fromkeys(one for text in texts for one in self._named[text])
        return tuple(named)[:_MOST_NEAR]
