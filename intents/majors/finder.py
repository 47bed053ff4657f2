"""Finds what a question names: by code, name, alias and sound, and past a slip of the finger."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from intents.majors.closest import Closest
from intents.majors.names import Look, Mention, Named
from intents.text import Normaliser
from intents.text.language import contains_han
from intents.text.scanner import WordScanner
from intents.text.sounds import Sounds
from intents.wordlists import Alias, Concept, Requests

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)年?")
_CODE = re.compile(r"(?<!\d)(\d{6})k?(?!\d)")
_BEFORE_MAJOR = re.compile(r"专业|(?:majors?|degrees?|programmes?|programs?)\b")
# Not the plural: majors in Beijing, majors in demand.
_BEHIND_MAJOR = re.compile(r"\b(?:major|degree|programme|program) (?:in|called|named) $")
# A word like these before 专业 tells what to do with a major, or what it is like, not which it is.
_NO_NAME = re.compile(
    r"[换转改调挑选报考]|喜欢|推荐|适合|热门|冷门|[最好新]|^(?:best|good|new|other)\b"
    r"|\b(?:chang|switch|choos|pick|declar|swap)|\b(?:masters?|phd|doctoral)\b"
)
# Beside one of these even an everyday word names a major: to study law, not the vocational law.
_BEHIND_STUDY = re.compile(
    r"\b(?:study|studying|learn|learning|(?:majors?|degrees?|programmes?|programs?|courses?) in) $"
)
_SAYS_MAJOR = re.compile(r"专业|\b(?:majors?|programmes?|programs?)\b")
_SHORTEST_CORE = 2
_MOST_CORES = 16
_MOST_NEAR = 3
# 法律专业 is 法律, whatever else people call the law.
_AROUND_NAME = re.compile(r"(?:学|study )?(.+?)(?:专业| majors?)?")
# What of an alias may begin the next word instead: 护理学 in 护理学什么.
_LONGEST_OVERLAP = 2


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
        self._frames = {
            normaliser.plain(word) for word in (*requests.frames.zh, *requests.frames.en)
        }
        self._by_code = {code: named for named in names for code in named.codes}
        self._words: dict[str, Mention] = {}
        official: dict[str, Named] = {}
        for named in sorted(names, key=lambda one: _RANK[one.kind]):
            for text in _spellings(named, normaliser):
                # "Education" is a class, but in a sentence it says nothing.
                if named.kind != "major" and text in self._frames:
                    continue
                official.setdefault(text, named)
                self._words.setdefault(text, Mention(word=text, how="name", named=(named,)))
        self._learn_aliases(aliases, names, normaliser)
        self._slots = {
            normaliser.plain(word): slot.id
            for slot in requests.slots
            for word in (*slot.zh, *slot.en)
        }
        self._levels = {
            normaliser.plain(word): level.id
            for level in levels
            for word in (level.id, *level.zh, *level.en)
        }
        self._scanner = WordScanner([*self._words, *self._slots, *self._levels, *self._frames])
        self._asking = WordScanner(self._slots)
        self._around = WordScanner([*self._slots, *self._levels, *self._frames])
        self._everyday = {
            normaliser.plain(word) for word in (*requests.everyday.zh, *requests.everyday.en)
        }
        self._becoming = WordScanner(
            normaliser.plain(word) for word in (*requests.becoming.zh, *requests.becoming.en)
        )
        self._closest = Closest(official, self._words, Sounds(pinyin))

    def look(self, text: str, *, guess: bool = False) -> Look:
        """Return what a normalised text names and asks.

        What is `near` is found where the text calls something a major, or with `guess`.
        """
        codes = self._named_by_code(text)
        text = _CODE.sub(" ", text)
        years = tuple(dict.fromkeys(_YEAR.findall(text)))
        text = _YEAR.sub(" ", text)
        mentions, slots, levels, rest = self._scan(text)
        near: tuple[Named, ...] = ()
        asks_for_a_major = False
        if rest or len(mentions) > 1:
            cores = tuple(self._cores_of(text))
            better = self._closest.by_sound(cores) or self._closest.by_slip(cores)
            if better is not None and better.word not in self._everyday:
                _, slots, levels, _ = self._scan(text.replace(better.word, " ", 1))
                mentions, rest = [better], []
            elif "compare" in slots and (others := self._recognise(rest)):
                mentions, rest = _in_order(text, [*mentions, *others]), []
            elif rest and ((asks_for_a_major := _is_called_major(text, rest[-1])) or not mentions):
                if guess or asks_for_a_major:
                    nearest = self._closest.nearest(cores[-1], at_any_distance=asks_for_a_major)
                    named = [one for mention in mentions for one in mention.named]
                    near = tuple(dict.fromkeys([*named, *nearest]))[:_MOST_NEAR]
                mentions = []
        mentions = [*codes, *mentions]
        return Look(
            mentions=tuple(_without_doubles(mentions)),
            slots=frozenset(slots),
            levels=frozenset(levels),
            years=years,
            rest=tuple(rest),
            says_major=_SAYS_MAJOR.search(text) is not None,
            says_become=any(True for _ in self._becoming.find(text)),
            near=near,
            asks_for_a_major=asks_for_a_major,
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
                if meant and not self._is_name_in_frame(text):
                    self._words.setdefault(text, Mention(word=text, how="alias", named=meant))

    def _is_name_in_frame(self, text: str) -> bool:
        match = _AROUND_NAME.fullmatch(text)
        named = self._words.get(match[1]) if match and match[1] != text else None
        return named is not None and named.how == "name" and named.named[0].kind == "major"

    def _named_by_code(self, text: str) -> list[Mention]:
        return [
            Mention(word=match[0], how="code", named=(self._by_code[match[1]],), code=match[1])
            for match in _CODE.finditer(text)
            if match[1] in self._by_code
        ]

    def _recognise(self, parts: Iterable[str]) -> list[Mention]:
        """Return what each of `parts` names, nothing when one of them names nothing."""
        found = [self._closest.by_sound([one]) or self._closest.by_slip([one]) for one in parts]
        return [] if None in found else [one for one in found if one is not None]

    def _scan(self, text: str) -> tuple[list[Mention], list[str], list[str], list[str]]:
        mentions: list[Mention] = []
        slots: list[str] = []
        levels: list[str] = []
        rest: list[str] = []
        end = 0
        for start, word in self._find(text):
            if word in self._everyday and not _names_a_major(text, start, word):
                continue
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

    def _find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield each known word and where it begins, a name without what belongs to the next."""
        for start, word in self._scanner.find(text):
            end = start + len(word) - self._overlap(text, start, word)
            yield start, text[start:end]
            if end < start + len(word):
                yield from ((end + later, one) for later, one in self._find(text[end:]))
                return

    def _overlap(self, text: str, start: int, word: str) -> int:
        """Return how much of the end of an alias begins a longer word of what is asked."""
        if word in self._words and self._words[word].how == "alias" and contains_han(word):
            for length in range(1, min(_LONGEST_OVERLAP, len(word) - 1) + 1):
                end = start + len(word) - length
                place, asked = next(iter(self._asking.find(text[end:])), (0, ""))
                if word[:-length] in self._words and place == 0 and len(asked) > length:
                    return length
        return 0

    def _cores_of(self, text: str) -> Iterator[str]:
        """Yield what may be a name in a text: less and less of the words before and behind it."""
        before, behind = self._known_at_edges(text)
        cores = (text[start:end].strip() for start in before for end in behind if start < end)
        likely = dict.fromkeys(core for core in cores if len(core) >= _SHORTEST_CORE)
        yield from list(likely or {text: None})[-_MOST_CORES:]

    def _known_at_edges(self, text: str) -> tuple[list[int], list[int]]:
        """Return where a name may begin and end, with the known words at the edges or without."""
        known = [(start, start + len(word)) for start, word in self._around.find(text)]
        before, behind = [0], [len(text)]
        for start, end in known:
            if text[before[-1] : start].strip():
                break
            before.append(end)
        for start, end in reversed(known):
            if text[end : behind[-1]].strip():
                break
            behind.append(start)
        return before, behind


_RANK = {"major": 0, "class": 1, "category": 2}


def _spellings(named: Named, normaliser: Normaliser) -> Iterable[str]:
    names = [named.zh, named.en]
    # People leave 类 and 大类 off where no major has the name.
    if named.kind == "class":
        names.append(named.zh.removesuffix("类"))
    if named.kind == "category":
        names.append(named.zh.removesuffix("大类"))
    # The normaliser turns some words of people who write traditional characters into others.
    traditional = (normaliser.traditional(name) for name in names if name != named.en)
    texts = [normaliser.plain(name) for name in (*names, *chain.from_iterable(traditional))]
    # What opens a question may open a name: "well" in "well drilling".
    return dict.fromkeys([*texts, *map(normaliser, names)])


def _is_called_major(text: str, unknown: str) -> bool:
    """Return whether an unknown word stands at "major" as the name of one does."""
    start = text.rindex(unknown)
    is_at_major = _BEFORE_MAJOR.match(text[start + len(unknown) :].lstrip()) or (
        _BEHIND_MAJOR.search(text[:start])
    )
    return is_at_major is not None and _NO_NAME.search(unknown) is None and len(unknown) > 1


def _names_a_major(text: str, start: int, word: str) -> bool:
    """Return whether an everyday word stands alone, or beside a word that makes a major of it."""
    behind = text[start + len(word) :].lstrip()
    return (
        text == word
        or _BEFORE_MAJOR.match(behind) is not None
        or _BEHIND_STUDY.search(text[:start]) is not None
    )


def _in_order(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda mention: text.find(mention.word))


def _without_doubles(mentions: Iterable[Mention]) -> Iterable[Mention]:
    seen: dict[tuple[Named, ...], Mention] = {}
    for mention in mentions:
        seen.setdefault(mention.named, mention)
    return seen.values()
