"""Lets a knowledge find out about itself how sure is sure enough, without a labelled question.

Some hundred of its own phrasings are asked twice. Once without the phrasing itself: that is how
questions look whose answer is there. Once without its whole entry: that is how questions look
whose answer is missing, at their hardest, for everything near is still there. The confidence is
calibrated on both (Platt, 1999), and the thresholds are quantiles of the second.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import pairwise

import numpy as np

from intents.evidence.classifier import odds_without
from intents.guard import Guard
from intents.match import likeness
from intents.match.candidates import Candidate, Without
from intents.match.confidence import CURATED, CURATED_WITH_SENSE, LEAST_COVERED, Calibration
from intents.match.fitting import fit_logistic
from intents.match.learning import Learned, Lesson
from intents.match.matcher import Matcher

_MOST_SAMPLES = 800
# Of questions whose answer is missing, so many at most may be offered something, answered, and
# answered where the stakes are high.
_MISTAKEN = (0.50, 0.34, 0.26)
# Counterexamples stop more of what people ask than of what the sample asks.
_MISTAKEN_WHERE_CURATED = (0.66, 0.43, 0.39)
_RIDGE = 20.0
_FEWEST_NEGATIVES = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """What a search for one of the knowledge's own phrasings found.

    `entry` is the one it belongs to; `is_missing` says that it was left out of the search.
    """

    entry: str
    is_missing: bool
    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate | None:
        """Return the candidate that would be answered, if any would."""
        return next((one for one in self.candidates if not one.vetoes), None)


def sample(lesson: Lesson, matcher: Matcher, *, most: int = _MOST_SAMPLES) -> Iterator[Sample]:
    """Yield for at most `most` phrasings, picked by chance, what is found without each.

    For half of them also what is found without its entry.
    """
    learned = lesson.learned
    owners = learned.owners.tolist()
    taught = (
        {number: index for index, number in enumerate(lesson.training.taught.tolist())}
        if lesson.training
        else {}
    )
    sizes = np.diff(learned.starts)
    for number, is_asked_twice in choose_samples(learned.texts, most):
        owner = owners[number]
        entry = learned.entries[owner]
        question = matcher.read(learned.texts[number])
        asked = None if matcher.sense is None else matcher.sense.phrasings[number]
        once, own = lesson.held_by_few(lesson.vectors[number], owner)
        if sizes[owner] > 1:
            odds = (
                odds_without(lesson.training, taught[number], lesson.vectors[number])
                if lesson.training and number in taught
                else None
            )
            left_out = Without(
                phrasing=number,
                owner=owner,
                odds=odds,
                scope=lesson.scope_without(matcher.guard, number, owner),
                held=lesson.pieces_without(number, owner),
                unknown=once,
                asked=asked,
            )
            found = matcher.search(question, without=left_out)
            yield Sample(entry=entry, is_missing=False, candidates=found)
        if is_asked_twice:
            gone = Without(entry=owner, unknown=own, asked=asked)
            found = matcher.search(question, without=gone)
            yield Sample(entry=entry, is_missing=True, candidates=found)


def calibrate(lesson: Lesson, matcher: Matcher, *, trusts_guard: bool) -> Learned:
    """Return what was learned, calibrated for `matcher`.

    A guard that is not trusted has to prove each of its reasons. Where it is, the knowledge is
    curated.
    """
    if trusts_guard:
        before = replace(matcher.learned.calibration, least_covered=LEAST_COVERED)
        if matcher.sense is not None:
            curated = replace(before, model=CURATED_WITH_SENSE)
        elif lesson.learned.classifier is not None:
            curated = replace(before, model=CURATED, ranking=likeness.CURATED)
        else:
            curated = replace(before, model=CURATED)
        matcher = matcher.calibrated(curated)
    samples = tuple(sample(lesson, matcher))
    idle = () if trusts_guard else find_idle(mistaken_vetoes(lesson, matcher.guard), samples)
    if idle != matcher.learned.calibration.idle:
        matcher = matcher.calibrated(replace(matcher.learned.calibration, idle=idle))
        samples = tuple(sample(lesson, matcher))
    mistaken = _MISTAKEN_WHERE_CURATED if trusts_guard else _MISTAKEN
    return replace(lesson.learned, calibration=calibrate_on(samples, matcher, mistaken))


def mistaken_vetoes(lesson: Lesson, guard: Guard) -> Iterator[tuple[str, ...]]:
    """Yield for every phrasing the reasons that would veto its entry if it were a question."""
    starts = lesson.learned.starts.tolist()
    for owner, (start, end) in enumerate(pairwise(starts)):
        if end - start > 1:
            for number in range(start, end):
                scope = lesson.scope_without(guard, number, owner)
                yield guard.vetoes(lesson.contents[number], scope)


def find_idle(mistaken: Iterable[tuple[str, ...]], samples: Iterable[Sample]) -> tuple[str, ...]:
    """Return the guard's reasons that veto right entries here more often than wrong ones on top.

    Word lists that tell the entries of one knowledge apart may say nothing in another. A wrong one
    counts half where the right one does not stand next.

    Args:
        mistaken: For every phrasing, the reasons that veto its own entry.
        samples: Searches, among them those with a wrong entry on top.
    """
    asked, mistakes = 0, Counter[str]()
    for reasons in mistaken:
        asked += 1
        mistakes.update(reasons)
    searched, hits = 0, defaultdict[str, float](float)
    for one in samples:
        if one.is_missing or not one.candidates:
            continue
        searched += 1
        if one.candidates[0].entry != one.entry:
            is_found = one.best is not None and one.best.entry == one.entry
            for reason in one.candidates[0].vetoes:
                hits[reason] += 1.0 if is_found else 0.5
    return tuple(
        sorted(
            reason
            for reason, count in mistakes.items()
            if searched and count / asked > hits[reason] / searched
        )
    )


def calibrate_on(
    samples: tuple[Sample, ...], matcher: Matcher, mistaken: tuple[float, float, float]
) -> Calibration:
    """Return the calibration that fits these samples.

    Of those that miss their entry, the shares `mistaken` at most are offered something, answered,
    and answered where the stakes are high.
    """
    before = matcher.learned.calibration
    logits, right, missing = [], [], []
    for one in samples:
        best = one.best
        if best is not None:
            logits.append(best.logit)
            right.append(float(best.entry == one.entry))
        if one.is_missing:
            missing.append(None if best is None else logits[-1])
    if len(missing) < _FEWEST_NEGATIVES:
        return before
    bias, slope = fit_logistic(
        np.array(logits)[:, None], np.array(right), start=np.array([0.0, 1.0]), ridge=_RIDGE
    )
    fitted = replace(before, bias=float(bias), slope=float(max(slope, 0.1)))
    heights = np.array([-np.inf if logit is None else logit for logit in missing])
    levels = fitted.confidences(heights)
    # Few samples say little: they move the thresholds that are built in only a part of the way.
    trust = len(missing) / (len(missing) + _RIDGE)
    usual = np.array([before.offer_from, before.answer_from, before.sure_from])
    found = np.quantile(levels, [1 - share for share in mistaken])
    offer, answer, sure = (usual + trust * (found - usual)).tolist()
    return replace(fitted, offer_from=offer, answer_from=answer, sure_from=sure)


def choose_samples(texts: Sequence[str], most: int) -> list[tuple[int, bool]]:
    """Return the numbers of at most `most` of the texts, and for about half `True`.

    Of many it hangs on the texts alone which are chosen, so that a few more or fewer leave the
    others as they are: thresholds should move only by what was changed.
    """
    if len(texts) <= most:
        return [(number, number % 2 == 0) for number in range(len(texts))]
    hashed = sorted(
        (blake2b(text.encode(), digest_size=8).digest(), number)
        for number, text in enumerate(texts)
    )
    return sorted((number, digest[-1] % 2 == 0) for digest, number in hashed[:most])
