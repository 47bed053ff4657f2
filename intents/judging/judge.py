"""Asks labelled questions and says of each what became of it."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from intents.judging.labelled import Labelled
from intents.match.candidates import Candidate
from intents.match.confidence import Outcome, decide
from intents.understanding import Understander

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of a question.

    `best` is the entry that would be answered if anything were: the first without a veto, else the
    first. `confidence` is the one in it, `None` where it is vetoed or there is none: it can never
    be answered then. `rival` is the entry that stands before the right one or closest behind it,
    `lead` by how much the right one's score lies above it, `None` where the right one was not found
    or is vetoed.
    """

    label: str | None
    best: str | None
    confidence: float | None
    outcome: Outcome
    rival: str | None = None
    lead: float | None = None
    milliseconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Return whether `best` is the entry that answers the question."""
        return self.label is not None and self.best == self.label


def judge(
    understander: Understander,
    questions: Iterable[Labelled],
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Judged]:
    """Yield what becomes of each of `questions`, in order."""
    for question in questions:
        start = clock()
        candidates = understander.candidates(question.text)
        milliseconds = (clock() - start) * 1000
        outcome, _, _ = decide(candidates, understander.calibration, _NOBODY)
        yield judge_one(question.label, candidates, outcome=outcome, milliseconds=milliseconds)


def judge_one(
    label: str | None,
    candidates: Sequence[Candidate],
    *,
    outcome: Outcome,
    milliseconds: float = 0.0,
) -> Judged:
    """Return what became of a question that has these candidates, best score first."""
    clear = [one for one in candidates if not one.vetoes]
    best = next(iter((*clear, *candidates)), None)
    rival, lead = _find_rival(label, clear)
    return Judged(
        label=label,
        best=best.entry if best else None,
        confidence=clear[0].confidence if clear else None,
        outcome=outcome,
        rival=rival,
        lead=lead,
        milliseconds=milliseconds,
    )


def _find_rival(label: str | None, clear: Sequence[Candidate]) -> tuple[str | None, float | None]:
    right = next((one for one in clear if one.entry == label), None)
    rival = next((one for one in clear if one.entry != label), None)
    if label is None or rival is None:
        return None, None
    return rival.entry, right.score - rival.score if right else None
