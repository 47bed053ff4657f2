"""Measures ways of answering, each in a process of its own, so that nothing else counts.

Nothing heavy is imported here: what a way needs counts as its memory.
"""

import math
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

from compared.peers import METHODS, NOTHING, Answer, Lines, subjects_of

P = ParamSpec("P")
T = TypeVar("T")
_MEBI = 2**20
# Questions asked before any is timed.
_WARM_UP = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a way of answering did.

    `answers` are those to each list of texts. Memory is what the process grew by, with everything
    that had to be imported; `peak_mb` is the most it held at any time, the interpreter included.
    """

    ready_s: float
    milliseconds: tuple[float, ...]
    added_mb: float
    peak_mb: float
    answers: Mapping[str, tuple[Answer, ...]]


def apart(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Return what `work` returns in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments, **named).result()


def measure(method: str, index: Lines, asked: Mapping[str, Sequence[str]], timed: str) -> Measured:
    """Return how a method that learned `index` answers; the questions under `timed` are timed."""
    before = resident_mb()
    start = time.perf_counter()
    ask = METHODS[method](index)
    ready_s = time.perf_counter() - start
    for text in asked[timed][:_WARM_UP]:
        ask(text)
    milliseconds = []
    answers: list[Answer] = []
    for text in asked[timed]:
        start = time.perf_counter()
        answers.append(ask(text))
        milliseconds.append((time.perf_counter() - start) * 1000)
    added = resident_mb() - before
    rest = {name: tuple(map(ask, texts)) for name, texts in asked.items() if name != timed}
    return Measured(
        ready_s=ready_s,
        milliseconds=tuple(milliseconds),
        added_mb=added,
        peak_mb=peak_mb(),
        answers={timed: tuple(answers), **rest},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What a start took, and what the questions after it took."""

    ready_s: float
    added_mb: float
    peak_mb: float
    milliseconds: Sequence[float]


def start(lines: Lines, cache_dir: Path, questions: Sequence[str]) -> Start:
    """Return what becomes of a start with this cache, in the process that calls it."""
    before = resident_mb()
    began = time.perf_counter()
    from bot.cache import Cache  # noqa: PLC0415 - what is imported counts
    from intents import Normaliser, Understander, load_word_lists  # noqa: PLC0415

    words = load_word_lists()
    understander = Understander(
        subjects_of(lines),
        words=words,
        normaliser=Normaliser(words.fillers),
        cache=Cache(cache_dir),
    )
    ready_s = time.perf_counter() - began
    for text in questions[:_WARM_UP]:
        understander.candidates(text)
    times = []
    for text in questions:
        began = time.perf_counter()
        understander.candidates(text)
        times.append((time.perf_counter() - began) * 1000)
    return Start(
        ready_s=ready_s,
        added_mb=resident_mb() - before,
        peak_mb=peak_mb(),
        milliseconds=times,
    )


def resident_mb() -> float:
    """Return the memory that this process holds now, where the system tells, else at most."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEBI
    return pages * resource.getpagesize() / _MEBI


def peak_mb() -> float:
    """Return the most memory that this process has held, `nan` where nobody counts."""
    from bot.cli.eval.memory import peak_memory_mb  # noqa: PLC0415 - measured by then

    found = peak_memory_mb()
    return math.nan if found is None else found


def top1(answers: Sequence[Answer], labels: Sequence[str]) -> float:
    """Return the share of answers that are right, whatever their score."""
    return sum(found == label for (found, _), label in zip(answers, labels, strict=True)) / max(
        len(labels), 1
    )


def scores(answers: Sequence[Answer]) -> list[float]:
    """Return how sure each answer is."""
    return [NOTHING[1] if found is None else score for found, score in answers]
