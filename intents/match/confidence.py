"""Turns scores into one confidence, and the confidence into an outcome.

The confidence is a logistic model over six things: how alike the question and the entry's best
phrasing are (all words sorted, and shared words only), the share of the question's words that the
entry knows, the lead over the next entry, how far the candidate lies behind one that the guard
vetoed, and how many words nothing in the knowledge holds. Its weights were fitted on the knowledge
itself: held-out phrasings (`hits`) that must find their entry, look-alikes (`misses`) and phrasings
whose own entry was taken away, which must not be answered.
`tests/benchmarks/calibrate.py` fits them anew.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from intents.match.matcher import Candidate

Outcome = Literal["answer", "offer", "miss"]

BIAS = -16.9
WEIGHTS: Mapping[str, float] = {
    "sorted": 5.5,
    "shared": 6.5,
    "covered": 9.4,
    "lead": 10.9,
    "behind": -67.0,
    # Set by hand: look-alikes from afar are rare in the knowledge's own lines, not in life.
    "foreign": -3.5,
}
_MOST_LEAD = 0.2
_MOST_FOREIGN = 2

ANSWER_FROM = 0.5
OFFER_FROM = 0.12
# A lead this small over another entry that would do as well is no lead.
_TIE = 0.01


def with_confidence(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return `candidates` (best score first) with their confidence set, in the same order."""
    return tuple(
        replace(candidate, confidence=_confidence(measure(candidate, candidates)))
        for candidate in candidates
    )


def measure(candidate: Candidate, candidates: Sequence[Candidate]) -> dict[str, float]:
    """Return what the confidence in `candidate`, one of `candidates`, is made of."""
    others = [one.score for one in candidates if one is not candidate and not one.vetoes]
    vetoed = [one.score for one in candidates if one.vetoes and not candidate.vetoes]
    lead = candidate.score - max(others, default=0.0)
    return {
        "sorted": candidate.parts["sorted"],
        "shared": candidate.parts["shared"],
        "covered": candidate.covered,
        "lead": max(-_MOST_LEAD, min(_MOST_LEAD, lead)),
        "foreign": float(min(_MOST_FOREIGN, candidate.foreign)),
        "behind": max(0.0, max(vetoed, default=0.0) - candidate.score),
    }


def _confidence(measures: Mapping[str, float]) -> float:
    logit = BIAS + sum(weight * measures[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-logit))


def decide(candidates: Sequence[Candidate]) -> tuple[Outcome, Candidate | None, str | None]:
    """Return the outcome, the candidate it rests on and, unless it is an answer, the reason.

    A candidate with a veto is never the answer, but may be offered.
    """
    if not candidates:
        return "miss", None, "no_match"
    clear = [one for one in candidates if not one.vetoes]
    if clear and clear[0].confidence >= ANSWER_FROM:
        if len(clear) > 1 and clear[0].score - clear[1].score < _TIE:
            return "offer", clear[0], "tie"
        return "answer", clear[0], None
    top = candidates[0]
    best = max(candidates, key=lambda one: one.confidence)
    if best.confidence >= OFFER_FROM:
        return "offer", best, f"guard:{top.vetoes[0]}" if top.vetoes else "not_sure"
    return "miss", None, "no_match"
