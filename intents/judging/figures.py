"""Sums judged questions up in figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from intents.judging.judge import Judged
from intents.judging.metrics import auroc, calibration_error, percentile

# Below every confidence: what is vetoed or absent is never answered.
_BELOW_ALL = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well questions were understood; `None` where there was nothing to tell it by.

    `top1` is the share of the questions with an answer whose best entry is right, whatever the
    confidence. `auroc` compares the confidence of questions that have an answer with that of those
    that have none. `answered` (which are `right` or `wrong`), `offered`, and `refused_rightly` (had
    no answer and got none) are counts at `threshold`, `precision` is the share of right among the
    answered. `calibration_error` says how far the confidence is from the share that is right.
    Times are per question.
    """

    questions: int
    top1: float | None
    auroc: float | None
    threshold: float
    answered: int
    right: int
    wrong: int
    refused_rightly: int
    offered: int
    precision: float | None
    calibration_error: float | None
    ms_p50: float | None
    ms_p95: float | None
    ms_p99: float | None


def sum_up(judged: Sequence[Judged], *, threshold: float) -> Figures:
    """Return the figures of questions that were judged with `threshold` in force."""
    with_answer = [one for one in judged if one.label is not None]
    without = [one for one in judged if one.label is None]
    answered = [one for one in judged if one.outcome == "answer"]
    right = sum(one.is_right for one in answered)
    times = [one.milliseconds for one in judged]
    return Figures(
        questions=len(judged),
        top1=_share(sum(one.is_right for one in with_answer), len(with_answer)),
        auroc=auroc([_height(one) for one in with_answer], [_height(one) for one in without]),
        threshold=threshold,
        answered=len(answered),
        right=right,
        wrong=len(answered) - right,
        refused_rightly=sum(one.outcome != "answer" for one in without),
        offered=sum(one.outcome == "offer" for one in judged),
        precision=_share(right, len(answered)),
        calibration_error=calibration_error(
            [one.confidence or 0.0 for one in judged], [one.is_right for one in judged]
        ),
        ms_p50=percentile(times, 50),
        ms_p95=percentile(times, 95),
        ms_p99=percentile(times, 99),
    )


def _height(judged: Judged) -> float:
    return _BELOW_ALL if judged.confidence is None else judged.confidence


def _share(count: int, total: int) -> float | None:
    return count / total if total else None
