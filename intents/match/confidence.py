"""Turns scores into one confidence, and the confidence into an outcome.

The confidence is a logistic model of a candidate's score, its lead over the next entry, the share
of the question that its entry knows and that the whole knowledge knows, the words that nothing
holds, how far it lies behind a candidate that the guard vetoed, the word by which it differs, the
share of words that the entry has nowhere, how near the entry's counterexamples are, and how
much the guard doubts it.
Its form is fitted once, on several sets of phrasings; each knowledge then calibrates it for itself
(`calibrating`).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import mul
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from intents.match.candidates import Candidate

Array = NDArray[np.float64]
Outcome = Literal["answer", "offer", "miss"]

BIAS = -7.0
# `tests/benchmarks/fit.py` fits them.
WEIGHTS: Mapping[str, float] = {
    "score": 0.73,
    "lead": 0.45,
    "covered": 3.0,
    "known": 2.1,
    "foreign": -0.5,
    "behind": -0.5,
    # Set by hand, as all that follows: an editor's phrasings are not look-alikes of each other.
    "contrast": -2.0,
    "strangers": 0.0,
    "counter": -6.0,
    "doubt": -2.0,
}
# For knowledge that is curated and guarded. What the guard lets through there is near in any case,
# and what tells is how much of the question the entry has. `tests/benchmarks/judged.py --fit`
# fitted them; the last two were set by hand, by what testers asked, and what the score took over
# was taken off "covered" and "strangers".
CURATED = (-2.3, 0.35, 0.7, 3.1, -1.5, -0.4, -1.0, -1.6, -3.3, -24.0, -3.0)
# With what things mean among the measures, whose scores are wider apart; for curated knowledge
# fitted likewise.
WITH_SENSE = (-10.4, 0.69, 0.55, 3.1, 0.3, -0.5, -0.45, -2.0, 0.0, -6.0, -2.0)
CURATED_WITH_SENSE = (-2.3, 0.3, 0.75, 2.9, -1.6, -0.4, -0.75, -3.9, -2.0, -24.0, -1.0)
MOST_LEAD = 3.0
_MOST_FOREIGN = 2
_MOST_LOGIT = 60.0
# An entry with this share of the best one's confidence would do as well, unless the scores lie far
# apart: neither is the answer.
TIE = 0.94
# Curated knowledge has an answer to nothing of which it holds less than this share.
LEAST_COVERED = 0.35
# Offered are things at least this likely, whatever the knowledge says of itself.
_LEAST_OFFERED = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a knowledge found out about itself.

    A confidence is the logistic function of `slope` times the model's logit plus `bias`. From
    `answer_from` on a candidate is an answer (from `sure_from` on where the stakes are high), from
    `offer_from` on it is offered. An answer holds `least_covered` of the question, or more. `idle`
    are the guard's reasons that would veto more right entries than wrong ones here. `ranking` and
    `model` take the place of the built-in weights where they were tuned; the model's bias comes
    first.
    """

    slope: float = 1.0
    bias: float = 0.0
    offer_from: float = 0.12
    answer_from: float = 0.5
    sure_from: float = 0.6
    least_covered: float = 0.0
    idle: tuple[str, ...] = ()
    ranking: tuple[float, ...] = ()
    model: tuple[float, ...] = field(default=(BIAS, *WEIGHTS.values()))

    @property
    def offers_from(self) -> float:
        """Return how sure is sure enough to be offered; never less than what is built in."""
        return max(self.offer_from, _LEAST_OFFERED)

    def answers_from(self, *, has_high_stakes: bool) -> float:
        """Return how sure is sure enough for an answer."""
        return self.sure_from if has_high_stakes else self.answer_from

    def logits(self, measures: Array) -> Array:
        """Return the logit of the model for each row, before it is calibrated."""
        logits: Array = measures @ np.array(self.model[1:]) + self.model[0]
        return logits

    def confidences(self, logits: Array) -> Array:
        """Return the confidence for each logit, in 0..1."""
        held = np.clip(self.slope * logits + self.bias, -_MOST_LOGIT, _MOST_LOGIT)
        confidences: Array = 1 / (1 + np.exp(-held))
        return confidences

    def logit_of(self, measures: Sequence[float]) -> float:
        """Return the logit of one row; for the few candidates of a question it is faster so."""
        bias, *weights = self.model
        logit: float = sum(map(mul, weights, measures)) + bias
        return logit

    def confidence_of(self, logit: float) -> float:
        """Return the confidence for one logit, in 0..1."""
        held = max(-_MOST_LOGIT, min(_MOST_LOGIT, self.slope * logit + self.bias))
        return 1 / (1 + math.exp(-held))


BUILT_IN = Calibration()


def measure_confidence(
    scores: Sequence[float],
    *,
    is_clear: Sequence[bool],
    covered: Sequence[float],
    known: float,
    foreign: int,
    contrast: Sequence[float],
    strangers: Sequence[float],
    counter: Sequence[float],
    doubt: Sequence[float],
) -> list[tuple[float, ...]]:
    """Return for each candidate what the confidence in it is made of, in the order of `WEIGHTS`.

    Args:
        scores: Those of the candidates, best first.
        is_clear: Whether the guard has nothing against each.
        covered: The share of the question that each entry holds.
        known: The share of it that anything holds.
        foreign: The number of its words that nothing holds.
        contrast: The strangest word for each, times how near the nearest phrasing is.
        strangers: The share of its words that each entry has nowhere.
        counter: How near the counterexamples of each are, beside its phrasings.
        doubt: How much the guard doubts each.
    """
    best, second, *_ = (*compress(scores, is_clear), -math.inf, -math.inf)
    vetoed = next(
        (one for one, clear in zip(scores, is_clear, strict=True) if not clear), -math.inf
    )
    # The best clear candidate is measured against the next one.
    champion = is_clear.index(True) if True in is_clear else None
    return [
        (
            score,
            max(-MOST_LEAD, min(MOST_LEAD, score - (second if place == champion else best))),
            covered[place],
            known,
            float(min(_MOST_FOREIGN, foreign)),
            max(0.0, vetoed - score) if is_clear[place] else 0.0,
            contrast[place],
            strangers[place],
            counter[place],
            doubt[place],
        )
        for place, score in enumerate(scores)
    ]


def decide(
    candidates: "Sequence[Candidate]", calibration: Calibration, high_stakes: frozenset[str]
) -> "tuple[Outcome, Candidate | None, str | None]":
    """Return the outcome, the candidate it rests on and, unless it is an answer, the reason.

    A candidate with a veto is never the answer, but may be offered.
    """
    if not candidates:
        return "miss", None, "no_match"
    clear = [one for one in candidates if not one.vetoes]
    if clear:
        best = clear[0]
        least = calibration.answers_from(has_high_stakes=best.entry in high_stakes)
        if best.confidence >= least and best.covered >= calibration.least_covered:
            if len(clear) > 1 and _is_tie(best, clear[1]):
                return "offer", best, "tie"
            return "answer", best, None
    likeliest = max(candidates, key=lambda one: one.confidence)
    if likeliest.confidence >= calibration.offers_from:
        top = candidates[0]
        return "offer", likeliest, f"guard:{top.vetoes[0]}" if top.vetoes else "not_sure"
    return "miss", None, "no_match"


def _is_tie(best: "Candidate", second: "Candidate") -> bool:
    is_near = best.score - second.score < MOST_LEAD
    return is_near and second.confidence > TIE * best.confidence
