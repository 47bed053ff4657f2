"""Fits the few combining weights and the threshold on labelled questions, for a stated precision.

The questions never become phrasings: only what weighs their candidates is fitted, with a ridge
towards what is built in, so that few questions move it little.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intents.judging.labelled import Labelled
from intents.judging.modelling import answers_of, find_best, fit_model
from intents.judging.threshold import find_threshold
from intents.match.confidence import Calibration
from intents.match.fitting import fit_ranking
from intents.understanding import Understander

# How strongly the weights stay what they are, in questions.
_RIDGE = 20.0

Track = Callable[[Sequence[Labelled]], Iterable[Labelled]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """What tuning found.

    `precision` is the share of right answers among those that the labelled questions get from the
    threshold on, `None` where nothing can be answered; `is_reached` says whether it is what was
    asked for.
    """

    calibration: Calibration
    precision: float | None
    is_reached: bool


def tune(
    understander: Understander,
    questions: Sequence[Labelled],
    *,
    precision: float,
    track: Track = iter,
) -> Tuned:
    """Return the calibration under which answers to `questions` have the stated precision.

    The threshold is the lowest that reaches it or, where none does, the one that comes nearest.

    Args:
        understander: What is tuned; it stays as it is.
        questions: Labelled ones.
        precision: The share of answers that are to be right, in 0..1.
        track: Wraps each of the two times that all questions are asked, to show progress.
    """
    ranking = _fit_ranking(understander, track(questions))
    ranked = understander.calibrated(replace(understander.calibration, ranking=ranking))
    best = find_best(ranked, track(questions))
    calibration = fit_model(ranked.calibration, best)
    found = find_threshold(answers_of(calibration, best), precision=precision)
    if found is None:
        return Tuned(calibration=calibration, precision=None, is_reached=False)
    threshold, reached = found
    calibration = replace(
        calibration,
        answer_from=threshold,
        offer_from=min(calibration.offer_from, threshold),
        sure_from=max(calibration.sure_from, threshold),
    )
    return Tuned(calibration=calibration, precision=reached, is_reached=reached >= precision)


def _fit_ranking(understander: Understander, questions: Iterable[Labelled]) -> tuple[float, ...]:
    tables = []
    right = []
    for question in questions:
        clear = [one for one in understander.candidates(question.text) if not one.vetoes]
        places = [place for place, one in enumerate(clear) if one.entry == question.label]
        if places:
            tables.append(np.array([one.parts for one in clear]))
            right += places
    start = np.array(understander._matcher._ranking)  # noqa: SLF001 - of this package
    fitted = fit_ranking(tables, right, start=start, ridge=_RIDGE) if tables else start
    return tuple(fitted.tolist())
