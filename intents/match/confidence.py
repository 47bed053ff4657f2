"""Turns scores into one confidence, and the confidence into an outcome.

A logistic model over three things: the score of the best candidate, its lead over the second one
and the share of the question's words that it knows. Its weights and the two thresholds were fitted
on the held-out phrasings of the knowledge (`hits` found, `misses` and phrasings of removed entries
not found); `tests/benchmarks/calibrate.py` prints them anew.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from intents.match.matcher import Candidate

Outcome = Literal["answer", "offer", "miss"]

_BIAS = -7.0
_PER_SCORE = 9.0
_PER_LEAD = 8.0
_PER_COVERED = 2.5
_MOST_LEAD = 0.2

ANSWER_FROM = 0.70
OFFER_FROM = 0.25
# A lead this small over another entry that would do as well is no lead.
_TIE = 0.015
# How far below a vetoed candidate the best one without veto may lie and still be the answer.
_BEHIND_VETOED = 0.06


def with_confidence(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return `candidates` (best score first) with their confidence set, in the same order."""
    rated: list[Candidate] = []
    for number, candidate in enumerate(candidates):
        others = [
            one.score for other, one in enumerate(candidates) if other != number and not one.vetoes
        ]
        lead = candidate.score - max(others, default=0.0)
        rated.append(replace(candidate, confidence=_confidence(candidate, lead)))
    return tuple(rated)


def _confidence(candidate: Candidate, lead: float) -> float:
    bounded = max(-_MOST_LEAD, min(_MOST_LEAD, lead))
    logit = (
        _BIAS
        + _PER_SCORE * candidate.score
        + _PER_LEAD * bounded
        + _PER_COVERED * candidate.covered
    )
    return 1 / (1 + math.exp(-logit))


def decide(candidates: Sequence[Candidate]) -> tuple[Outcome, Candidate | None, str | None]:
    """Return the outcome, the candidate it rests on and, unless it is an answer, the reason.

    A candidate with a veto is never the answer, but may be offered.
    """
    if not candidates:
        return "miss", None, "no_match"
    top = candidates[0]
    clear = next((one for one in candidates if not one.vetoes), None)
    is_near_top = clear is not None and top.score - clear.score <= _BEHIND_VETOED
    if clear is not None and is_near_top and clear.confidence >= ANSWER_FROM:
        return _answer_unless_tied(clear, candidates)
    reason = f"guard:{top.vetoes[0]}" if top.vetoes else "not_sure"
    best = max(candidates, key=lambda one: one.confidence)
    if best.confidence >= OFFER_FROM:
        return "offer", best, reason
    return "miss", None, reason if top.vetoes else "no_match"


def _answer_unless_tied(
    clear: Candidate, candidates: Sequence[Candidate]
) -> tuple[Outcome, Candidate, str | None]:
    rivals = [one for one in candidates if not one.vetoes and one.entry != clear.entry]
    if rivals and clear.score - rivals[0].score < _TIE:
        return "offer", clear, "tie"
    return "answer", clear, None
