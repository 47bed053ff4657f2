"""Judges the look-up of every major: `python tests/benchmarks/majors.py [--sample N] [-v]`.

Each major is asked for in every way that people type it: exactly, with a slip, by sound, by code,
alone and inside a sentence. Printed are, by level, the shares that were right first or offered
among three, and the share of wrong answers, beside what is asked for; -v prints what went wrong.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any, Literal

from opencc import OpenCC

from bot.reply import Question, Reply
from bot.services import Brain, load_brain
from bot.settings import Settings
from intents import Language
from intents.text.sounds import Sounds
from knowledge.catalogue import LEVELS, Level, Major

Verdict = Literal["right", "offered", "wrong", "lost"]
Typed = Callable[[Major, Random], str | None]
SEED = 20260101
# Before every date of review, so that nothing is overdue.
_ANY_DAY = date(2000, 1, 1)
_SHORTEST_SLIP = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对"
    "成会可主发年动同工也能下过子说产种面而方后多定"
)
_SENTENCES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "{}专业要读几年",
        "{}是什么专业",
        "请问{}毕业后能做什么工作",
        "孩子想学{}",
        "{}专业好就业吗",
        "{}能升本吗",
        "{}专业的代码是多少",
    ),
    "en": (
        "how long does {} take?",
        "what jobs are there after {}",
        "tell me about {}",
        "what is {}?",
        "my son wants to study {}",
        "What is the code of the {} major?",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of asking for a major, with the least share found and the most wrong that it allows.

    `is_first` asks for the right card itself; else it may also be offered among three.
    """

    name: str
    language: Language
    typed: Typed
    least: float
    most_wrong: float = 1.0
    is_first: bool = False
    is_sentence: bool = False


@dataclass(slots=True)
class Tally:
    """What became of the questions of one way of asking."""

    verdicts: dict[Level, Counter[Verdict]] = field(
        default_factory=lambda: {level: Counter() for level in LEVELS}
    )
    failures: list[str] = field(default_factory=list)

    def share(self, *verdicts: Verdict, levels: Iterable[Level] = LEVELS) -> float:
        """Return the share of `verdicts` at `levels`; 0 where nothing was asked."""
        counts = sum((self.verdicts[level] for level in levels), Counter[Verdict]())
        return sum(counts[one] for one in verdicts) / max(counts.total(), 1)

    @property
    def asked(self) -> int:
        """Return how many questions were asked."""
        return sum(counts.total() for counts in self.verdicts.values())

    def reaches(self, way: Way) -> bool:
        """Return whether the floor and the ceiling of `way` are kept."""
        found = self.share("right") if way.is_first else self.share("right", "offered")
        return found >= way.least and self.share("wrong") <= way.most_wrong


def ways_of_asking(table: dict[str, str]) -> tuple[Way, ...]:
    """Return every way of asking, alone and in a sentence; `table` tells how characters sound."""
    to_traditional = OpenCC("s2tw").convert
    ways = [
        _exact("name", "zh", lambda major: major.name.zh, least=1.0),
        _exact("traditional", "zh", lambda major: to_traditional(major.name.zh), least=0.99),
        Way(name="one wrong", language="zh", typed=_slip(_put_wrong), least=0.97, most_wrong=0.01),
        Way(name="one dropped", language="zh", typed=_slip(_drop), least=0.97, most_wrong=0.01),
        Way(name="two swapped", language="zh", typed=_slip(_swap), least=0.97, most_wrong=0.01),
        _exact("name", "en", lambda major: major.name.en, least=0.995),
        Way(name="typo", language="en", typed=_mistype, least=0.98, most_wrong=0.01),
        _exact("code", "en", lambda major: major.code, least=1.0),
        _exact("code with K", "en", lambda major: f"{major.code}K", least=1.0),
    ]
    sounds = Sounds(table)
    readers: dict[str, Callable[[str], Sequence[str]]] = {
        "pinyin": lambda text: [sounds.usual(character) for character in text]
    }
    if find_spec("pypinyin"):
        # Only there by hand: the project needs it nowhere else.
        from pypinyin import lazy_pinyin  # noqa: PLC0415

        readers["pypinyin"] = lazy_pinyin
    for name, read in readers.items():
        for joint, how in (("", "joined"), (" ", "spaced")):
            typed = _spell(read, joint)
            ways.append(Way(name=f"{name} {how}", language="en", typed=typed, least=0.95))
    return tuple(one for way in ways for one in (way, _in_sentence(way)))


def _exact(name: str, language: Language, typed: Callable[[Major], str], *, least: float) -> Way:
    def typed_(major: Major, _: Random) -> str:
        return typed(major)

    return Way(name=name, language=language, typed=typed_, least=least, is_first=True)


def _in_sentence(way: Way) -> Way:
    def typed(major: Major, random: Random) -> str | None:
        text = way.typed(major, random)
        return text and random.choice(_SENTENCES[way.language]).format(text)

    return Way(
        name=f"{way.name}, in a sentence",
        language=way.language,
        typed=typed,
        least=way.least,
        most_wrong=way.most_wrong,
        is_first=way.is_first,
        is_sentence=True,
    )


def _spell(read: Callable[[str], Sequence[str]], joint: str) -> Typed:
    return lambda major, _: joint.join(read(major.name.zh))


def _slip(change: Callable[[str, Random], str]) -> Typed:
    def typed(major: Major, random: Random) -> str | None:
        name = major.name.zh
        return change(name, random) if len(name) >= _SHORTEST_SLIP else None

    return typed


def _put_wrong(name: str, random: Random) -> str:
    index = random.randrange(len(name))
    return name[:index] + random.choice(_CHARACTERS) + name[index + 1 :]


def _drop(name: str, random: Random) -> str:
    index = random.randrange(len(name))
    return name[:index] + name[index + 1 :]


def _swap(name: str, random: Random) -> str:
    index = random.randrange(len(name) - 1)
    return name[:index] + name[index + 1] + name[index] + name[index + 2 :]


def _mistype(major: Major, random: Random) -> str:
    """Return the English name with a letter dropped, added, wrong, or swapped with the next."""
    name = major.name.en.lower()
    index = random.choice([i for i, one in enumerate(name[:-1]) if one.isalpha()])
    before, letter, after = name[:index], name[index], name[index + 1 :]
    return random.choice(
        (
            before + after,
            before + random.choice(_LETTERS) + letter + after,
            before + random.choice(_LETTERS) + after,
            before + after[0] + letter + after[1:],
        )
    )


def judge(brain: Brain, way: Way, majors: Iterable[Major]) -> Tally:
    """Return what becomes of asking for each of `majors` in one way; always the same."""
    random = Random(f"{SEED} {way.language} {way.name}")  # noqa: S311 - not for secrets
    answerer = brain.answerer
    tally = Tally()
    for major in majors:
        text = way.typed(major, random)
        if text is None:
            continue
        question = Question(text=text, front="cli", hint=way.language)
        reply = answerer.answer(question, today=_ANY_DAY)
        verdict = _verdict(brain, reply, major, by_code=way.name.startswith("code"))
        tally.verdicts[major.level][verdict] += 1
        if verdict in {"wrong", "lost"} or (way.is_first and verdict != "right"):
            found = reply.entry or ", ".join(one.title for one in reply.choices)
            tally.failures.append(f"{verdict}: {text} ({major.name.zh}) -> {reply.outcome} {found}")
    return tally


def _verdict(brain: Brain, reply: Reply, wanted: Major, *, by_code: bool) -> Verdict:
    if reply.outcome == "answered":
        return "right" if _is_it(brain, reply.entry, wanted, by_code=by_code) else "wrong"
    offered = any(_is_it(brain, one.entry, wanted, by_code=False) for one in reply.choices[:3])
    return "offered" if offered else "lost"


def _is_it(brain: Brain, entry: str | None, wanted: Major, *, by_code: bool) -> bool:
    """Return whether an entry is a major of the wanted name, by its code the very one."""
    kind, _, code = (entry or "").partition(":")
    found = brain.knowledge.catalogue.majors.get(code) if kind == "major" else None
    if found is None:
        return False
    return found.code == wanted.code if by_code else found.name.zh == wanted.name.zh


def sample(majors: Iterable[Major], size: int | None) -> list[Major]:
    """Return `size` of the majors, always the same, or all of them."""
    everything = list(majors)
    if size is None or size >= len(everything):
        return everything
    return Random(SEED).sample(everything, size)  # noqa: S311 - not for secrets


def main() -> None:
    """Print the table, and exit with 1 when something asked for is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="only N majors")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    brain = load_brain(Settings(data_dir=Path.home() / ".cache" / "voced-benchmark"))
    majors = sample(brain.knowledge.catalogue.majors.values(), options.sample)
    print(f"knowledge {brain.knowledge.version}, majors asked for: {len(majors)}")
    if not find_spec("pypinyin"):
        print("pypinyin is not installed: pinyin is spelled by the project's own table only")
    missing = 0
    print(_HEADING)
    for way in ways_of_asking(brain.words.pinyin):
        tally = judge(brain, way, majors)
        missing += not tally.reaches(way)
        print(_row(way, tally))
        for failure in tally.failures if options.verbose else ():
            print(f"    {failure}")
    missing += not _print_times(brain, majors)
    print("everything asked for is reached" if not missing else f"NOT REACHED: {missing}")
    sys.exit(bool(missing))


_HEADING = (
    f"{'':2} {'way of asking':34} {'asked':>5}  "
    + "  ".join(f"{level:>22}" for level in LEVELS)
    + f"  {'all':>22}  {'asked for':>14}\n"
    + f"{'':2} {'':34} {'':5}  "
    + "  ".join(["right  +offered  wrong".rjust(22)] * 4)
)


def _row(way: Way, tally: Tally) -> str:
    cells = [*((level,) for level in LEVELS), LEVELS]
    shares = "  ".join(
        f"{tally.share('right', levels=levels):6.1%}"
        f"{tally.share('right', 'offered', levels=levels):9.1%}"
        f"{tally.share('wrong', levels=levels):7.1%}"
        for levels in cells
    )
    asked_for = f"{'first' if way.is_first else 'found'} {way.least:.1%}"
    mark = "" if tally.reaches(way) else "  NOT REACHED"
    return f"{way.language:2} {way.name:34} {tally.asked:5}  {shares}  {asked_for:>14}{mark}"


def _print_times(brain: Brain, majors: Sequence[Major]) -> bool:
    """Print the median times over all ways of asking; return whether they keep to 1 ms."""
    random = Random(SEED)  # noqa: S311 - not for secrets
    answerer = brain.answerer
    questions = [
        (way.language, text)
        for way in ways_of_asking(brain.words.pinyin)
        for major in random.sample(majors, min(len(majors), 100))
        if (text := way.typed(major, random))
    ]
    looks = list(_times(lambda text, _: brain.finder.look(answerer.normalise(text)), questions))
    answers = list(
        _times(
            lambda text, hint: answerer.answer(
                Question(text=text, front="cli", hint=hint), today=_ANY_DAY
            ),
            questions,
        )
    )
    for name, times in (("finder.look", looks), ("Answerer.answer", answers)):
        late = statistics.quantiles(times, n=100)
        print(
            f"{name:16} median {statistics.median(times):.2f} ms,"
            f" 95th percentile {late[94]:.2f} ms, 99th {late[98]:.2f} ms,"
            f" over {len(times)} questions"
        )
    return max(statistics.median(looks), statistics.median(answers)) <= 1


def _times(
    run: Callable[[str, Language], Any], questions: Iterable[tuple[Language, str]]
) -> Iterator[float]:
    """Yield the milliseconds that each question takes."""
    for language, text in questions:
        start = time.perf_counter()
        run(text, language)
        yield (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
