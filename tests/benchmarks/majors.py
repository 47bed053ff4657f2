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

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.reply import Question, Reply
from bot.services import Brain, load_brain
from bot.settings import Settings
from intents import Language
from knowledge.catalogue import LEVELS, Level, Major
from tests.benchmarks.majors_parts.ways import Way, ways_of_asking

Verdict = Literal["right", "offered", "wrong", "lost"]
SEED = 20260101
# Before every date of review, so that nothing is overdue.
_ANY_DAY = date(2000, 1, 1)


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
