"""Finds what a question names: by code, name, alias and sound, and past a slip of the finger."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

from intents.majors.names import Look, Mention, Named
from intents.majors.sounds import Sounds, typed_sound
from intents.text import Normaliser
from intents.text.language import contains_han
from intents.text.scanner import WordScanner
from intents.wordlists import Alias, Concept, Requests

_CODE = re.compile(r"(?<!\d)(\d{6})k?(?!\d)")
# A Chinese name of fewer characters is too short to be recognised with one of them wrong.
_SHORTEST_SLIP = {True: 4, False: 8}
_LONG = 16
_NEAR = 20.0
_MOST_NEAR = 3
_SHORTEST_CORE = 2
_CALLED_MAJOR = re.compile(r"专业|\b(?:majors?|programmes?|programs?)\b")


class MajorFinder:
    """Holds every name and alias, ready to be looked for."""

    def __init__(
        self,
        names: Sequence[Named],
        *,
        aliases: Iterable[Alias],
        requests: Requests,
        levels: Iterable[Concept],
        pinyin: Mapping[str, str],
        normaliser: Normaliser,
    ) -> None:
        """Learn `names` and what people say of them and around them.

        An alias whose majors are not among `names` means nothing and is left out.
        """
        self._sounds = Sounds(pinyin)
        self._frames = {
            normaliser.plain(word) for word in (*requests.frames.zh, *requests.frames.en)
        }
        self._by_code = {code: named for named in names for code in named.codes}
        self._words: dict[str, Mention] = {}
        self._official: dict[str, Named] = {}
        for named in sorted(names, key=lambda one: _RANK[one.kind]):
            for name in _spellings(named):
                text = normaliser.plain(name)
                # "Education" is a class, but in a sentence it says nothing.
                if named.kind != "major" and text in self._frames:
                    continue
                self._official.setdefault(text, named)
                self._words.setdefault(text, Mention(word=text, how="name", named=(named,)))
        self._learn_aliases(aliases, names, normaliser)
        self._slots = {
            normaliser.plain(word): slot.id
            for slot in requests.slots
            for word in (*slot.zh, *slot.en)
        }
        self._levels = {
            normaliser.plain(word): level.id for level in levels for word in (*level.zh, *level.en)
        }
        self._scanner = WordScanner([*self._words, *self._slots, *self._levels, *self._frames])
        self._around = WordScanner([*self._slots, *self._levels, *self._frames])
        self._sounding: dict[str, Named] = {}
        for text, named in self._official.items():
            if contains_han(text):
                for sound in self._sounds.every(text):
                    self._sounding.setdefault(sound, named)

    def look(self, text: str) -> Look:
        """Return what a normalised text names and asks."""
        codes = self._named_by_code(text)
        text = _CODE.sub(" ", text)
        mentions, slots, levels, rest = self._scan(text)
        mentions = [*codes, *mentions]
        near: tuple[Named, ...] = ()
        if rest:
            cores = [core for core in self._cores_of(text) if core]
            sounding = (self._by_sound(core) for core in cores)
            better = next((one for one in sounding if one), None) or self._by_slip(cores)
            if better is not None:
                mentions, rest = [*codes, better], []
            elif not mentions and cores:
                near = self._nearest(cores[-1])
        return Look(
            mentions=tuple(_without_doubles(mentions)),
            slots=frozenset(slots),
            levels=frozenset(levels),
            rest=tuple(rest),
            near=near,
            asks_for_a_major=_CALLED_MAJOR.search(text) is not None,
        )

    def _learn_aliases(
        self, aliases: Iterable[Alias], names: Sequence[Named], normaliser: Normaliser
    ) -> None:
        by_name = {(named.kind, named.zh): named for named in names}
        for alias in aliases:
            wanted = [
                *(("major", name) for name in alias.majors),
                *(("class", name) for name in alias.classes),
                *(("category", name) for name in alias.categories),
            ]
            meant = tuple(by_name[one] for one in wanted if one in by_name)
            for word in (*alias.zh, *alias.en):
                text = normaliser.plain(word)
                if meant:
                    self._words.setdefault(text, Mention(word=text, how="alias", named=meant))

    def _named_by_code(self, text: str) -> list[Mention]:
        return [
            Mention(word=match[0], how="code", named=(self._by_code[match[1]],), code=match[1])
            for match in _CODE.finditer(text)
            if match[1] in self._by_code
        ]

    def _scan(self, text: str) -> tuple[list[Mention], list[str], list[str], list[str]]:
        mentions: list[Mention] = []
        slots: list[str] = []
        levels: list[str] = []
        rest: list[str] = []
        end = 0
        for start, word in self._scanner.find(text):
            rest.append(text[end:start])
            end = start + len(word)
            if word in self._words:
                mentions.append(self._words[word])
            elif word in self._slots:
                slots.append(self._slots[word])
            elif word in self._levels:
                levels.append(self._levels[word])
        rest.append(text[end:])
        return mentions, slots, levels, [part.strip() for part in rest if part.strip()]

    def _cores_of(self, text: str) -> tuple[str, ...]:
        """Return what may be a name in a text, less and less of the words around it."""
        core, end = [], 0
        for start, word in self._around.find(text):
            if len(word) == 1 or (word in self._frames and not contains_han(word)):
                continue
            core.append(text[end:start])
            end = start + len(word)
        core.append(text[end:])
        inner = " ".join(part.strip() for part in core if part.strip())
        return tuple(dict.fromkeys((text.strip(), inner, self._trim(inner))))

    def _trim(self, core: str) -> str:
        """Return `core` without frames at its two ends."""
        words = core.split()
        while words and words[0] in self._frames:
            words.pop(0)
        while words and words[-1] in self._frames:
            words.pop()
        core = " ".join(words)
        while len(core) > _SHORTEST_CORE and core[0] in self._frames:
            core = core[1:].strip()
        while len(core) > _SHORTEST_CORE and core[-1] in self._frames:
            core = core[:-1].strip()
        return core

    def _by_sound(self, core: str) -> Mention | None:
        is_typed = core.isascii()
        named = self._sounding.get(typed_sound(core) if is_typed else self._sounds.usual(core))
        # In characters many a word sounds like the short name of a class.
        if named is None or not (is_typed or named.kind == "major"):
            return None
        return Mention(word=core, how="sound", named=(named,))

    def _by_slip(self, cores: Iterable[str]) -> Mention | None:
        """Return the names that one of `cores` is a slip away from, all of the nearest."""
        best: dict[str, tuple[str, int]] = {}
        for core in cores:
            found = process.extract(
                core,
                self._official.keys(),
                scorer=OSA.distance,
                score_cutoff=2 if len(core) >= _LONG else 1,
                limit=_MOST_NEAR,
            )
            for text, distance, _ in found:
                if len(text) >= _SHORTEST_SLIP[contains_han(text)]:
                    best.setdefault(text, (core, distance))
        if not best:
            return None
        least = min(distance for _, distance in best.values())
        closest = {text: core for text, (core, distance) in best.items() if distance == least}
        named = dict.fromkeys(self._official[text] for text in closest)
        return Mention(word=next(iter(closest.values())), how="slip", named=tuple(named))

    def _nearest(self, core: str) -> tuple[Named, ...]:
        found = process.extract(
            core, self._official.keys(), scorer=ratio, score_cutoff=_NEAR, limit=2 * _MOST_NEAR
        )
        named = dict.fromkeys(self._official[text] for text, _, _ in found)
        return tuple(named)[:_MOST_NEAR]


_RANK = {"major": 0, "class": 1, "category": 2}


def _spellings(named: Named) -> Iterable[str]:
    yield named.zh
    yield named.en
    if named.kind == "class":
        # People leave 类 and 大类 off where no major has the name.
        yield named.zh.removesuffix("类")
    if named.kind == "category":
        yield named.zh.removesuffix("大类")


def _without_doubles(mentions: Iterable[Mention]) -> Iterable[Mention]:
    seen: dict[tuple[Named, ...], Mention] = defaultdict()
    for mention in mentions:
        seen.setdefault(mention.named, mention)
    return seen.values()
