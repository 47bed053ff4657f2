"""Judges the knowledge by its own held-out phrasings, small talk and names of majors."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.services import Brain
from intents import Language, Understanding
from intents.judging import Confusion, Figures, Judged, find_confused, judge_one, sum_up
from intents.majors import Named
from intents.text.sounds import Sounds
from knowledge.catalogue import Major

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
# So many majors at most are asked for, evenly spread over the catalogue.
_MOST_MAJORS = 150

Kind = Literal["hits", "misses", "chat", "chat_misses", "majors"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A text and what it is to do.

    `group` is where it stands, such as `hits.zh`. `about` is the entry that it must find (`hits`)
    or not (`misses`), the small talk that it is (`chat`) or not (`chat_misses`), or the name of the
    major that it must find, spelled as in `text`.
    """

    kind: Kind
    group: str
    text: str
    language: Language
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """How many lines of a kind there are, and which of them did not do what they must."""

    asked: int
    failures: tuple[str, ...]

    @property
    def right(self) -> int:
        """Return how many did."""
        return self.asked - len(self.failures)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeFigures:
    """How well the knowledge is told apart.

    In `figures`, `hits` are questions with an answer; `misses` are without, answered wrongly when
    they are answered with the entry that they must not find, and as sure as that entry stands
    first.
    """

    figures: Figures
    groups: Mapping[str, Group]
    confused: tuple[Confusion, ...]


def list_lines(brain: Brain) -> tuple[Line, ...]:
    """Return everything that the knowledge is judged by, in order."""
    return (*_held_out_lines(brain), *_chat_lines(brain), *_major_lines(brain))


def judge_knowledge(
    brain: Brain, lines: Iterable[Line], *, clock: Callable[[], float] = time.perf_counter
) -> KnowledgeFigures:
    """Return what becomes of `lines`."""
    judged: list[Judged] = []
    asked: dict[str, list[Line]] = defaultdict(list)
    failures: dict[str, list[str]] = defaultdict(list)
    spell = Sounds(brain.words.pinyin).usual
    for line in lines:
        asked[line.group].append(line)
        if line.kind == "majors":
            did_well = _names_first(brain, line, spell)
        else:
            start = clock()
            meant = brain.understander.understand(line.text, otherwise=line.language)
            milliseconds = (clock() - start) * 1000
            did_well = _does_well(line, meant)
            if line.kind in {"hits", "misses"}:
                judged.append(_judge_held_out(line, meant, milliseconds))
        if not did_well:
            failures[line.group].append(line.text)
    return KnowledgeFigures(
        figures=sum_up(judged, threshold=brain.understander.calibration.answer_from),
        groups={
            group: Group(asked=len(lines_), failures=tuple(failures[group]))
            for group, lines_ in asked.items()
        },
        confused=find_confused(judged),
    )


def _held_out_lines(brain: Brain) -> Iterator[Line]:
    for answer in brain.knowledge.answers.values():
        for kind, phrasings in (("hits", answer.hits), ("misses", answer.misses)):
            for language in _LANGUAGES:
                for text in phrasings.in_(language):
                    yield Line(
                        kind=kind,  # type: ignore[arg-type]
                        group=f"{kind}.{language}",
                        text=text,
                        language=language,
                        about=answer.id,
                    )


def _chat_lines(brain: Brain) -> Iterator[Line]:
    for intent in brain.words.chat:
        for kind, words in (("chat", intent.asks), ("chat_misses", intent.misses)):
            for language, texts in (("zh", words.zh), ("en", words.en)):
                for text in texts:
                    yield Line(
                        kind=kind,  # type: ignore[arg-type]
                        group=f"{kind}.{language}",
                        text=text,
                        language=language,  # type: ignore[arg-type]
                        about=intent.id,
                    )


def _major_lines(brain: Brain) -> Iterator[Line]:
    spell = Sounds(brain.words.pinyin).usual
    for major in _spread(tuple(brain.knowledge.catalogue.majors.values())):
        for group, language, name in (
            ("majors.zh", "zh", major.name.zh),
            ("majors.en", "en", major.name.en),
            ("majors.pinyin", "en", spell(major.name.zh)),
        ):
            yield Line(
                kind="majors",
                group=group,
                text=name,
                language=language,  # type: ignore[arg-type]
                about=name,
            )


def _spread(majors: Sequence[Major]) -> Sequence[Major]:
    return majors[:: -(-len(majors) // _MOST_MAJORS) or 1]


def _does_well(line: Line, meant: Understanding) -> bool:
    if line.kind == "chat":
        return (meant.kind, meant.intent) == ("chat", line.about)
    if line.kind == "chat_misses":
        return meant.kind != "chat"
    return (meant.entry == line.about) == (line.kind == "hits")


def _names_first(brain: Brain, line: Line, spell: Callable[[str], str]) -> bool:
    """Return whether a look-up finds nothing but names, and first one that is spelled so."""
    look = brain.finder.look(brain.understander.normalise(line.text))
    if look.rest or not look.mentions:
        return False
    first: Named = look.mentions[0].named[0]
    spellings = {"majors.zh": first.zh, "majors.en": first.en, "majors.pinyin": spell(first.zh)}
    return spellings[line.group] == line.about


def _judge_held_out(line: Line, meant: Understanding, milliseconds: float) -> Judged:
    if line.kind == "hits":
        return judge_one(
            line.about, meant.candidates, outcome=meant.outcome, milliseconds=milliseconds
        )
    found = judge_one(None, meant.candidates, outcome="miss")
    return Judged(
        label=None,
        best=found.best,
        confidence=found.confidence if found.best == line.about else None,
        outcome="answer" if meant.entry == line.about else "miss",
        milliseconds=milliseconds,
    )
