"""Leaves phrasings and whole entries out for real, and asks for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from intents import Candidate, Normaliser, Subject, Understander, WordLists, load_word_lists
from intents.match.fitting import fit_ranking
from intents.semantic import Encoder

Array = NDArray[np.float64]
Kind = Literal["there", "missing", "foreign"]
FOLDS = 5
# A set with more phrasings shows enough in two folds.
_LARGE, _FOLDS_OF_LARGE = 5_000, 2
_RIDGE = 5.0


@dataclass(frozen=True, slots=True)
class Question:
    """A phrasing that was left out: its entry is `there`, was left out too, or is `foreign`."""

    text: str
    entry: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Fold:
    """What has learned all but a fold, and the questions that this leaves."""

    understander: Understander
    questions: tuple[Question, ...]

    def ask(self, ranking: Array) -> Iterator[tuple[Question, tuple[Candidate, ...]]]:
        """Yield what is found for each question when `ranking` orders the candidates."""
        weights = tuple(ranking.tolist())
        calibration = replace(self.understander.calibration, ranking=weights)
        understander = self.understander.calibrated(calibration)
        for question in self.questions:
            yield question, understander.candidates(question.text)


def make_folds(
    subjects: Sequence[Subject], foreign: Sequence[str], *, encoder: Encoder | None = None
) -> Iterator[Fold]:
    """Yield folds of `subjects`; texts in `foreign` have no answer in any.

    In each, one entry of five is left out, and one phrasing of five of every other entry.
    """
    words = load_word_lists()
    large = sum(len(one.phrasings) for one in subjects) > _LARGE
    for number in range(_FOLDS_OF_LARGE if large else FOLDS):
        learned = []
        questions = [Question(text, "", "foreign") for text in foreign]
        for place, subject in enumerate(subjects):
            if place % FOLDS == number:
                asked = [Question(text, subject.entry, "missing") for text in subject.phrasings]
                questions += asked[number::FOLDS]
                continue
            kept, left = _divide(subject.phrasings, place + number)
            learned.append(replace(subject, phrasings=kept))
            questions += [Question(text, subject.entry, "there") for text in left]
        yield Fold(_learn(learned, words, encoder), tuple(questions))


def _divide(phrasings: Sequence[str], place: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left = {number for number in range(len(phrasings)) if (number + place) % FOLDS == 0}
    if len(left) == len(phrasings):
        left = set()
    return (
        tuple(text for number, text in enumerate(phrasings) if number not in left),
        tuple(phrasings[number] for number in sorted(left)),
    )


def _learn(subjects: Sequence[Subject], words: WordLists, encoder: Encoder | None) -> Understander:
    understander = Understander(subjects, words=words, normaliser=Normaliser(words.fillers))
    if encoder is not None:
        understander.use_meaning(encoder)
    return understander


@dataclass(frozen=True, slots=True)
class Choices:
    """What there was to choose from for each question whose entry is there.

    `tables` hold the parts of the candidates without a veto, `right` says which is right, `lost`
    counts the questions whose right entry is not among them.
    """

    tables: tuple[Array, ...]
    right: tuple[int, ...]
    lost: int

    def fit(self, start: Array) -> Array:
        """Return the weights that put the right candidates first."""
        return fit_ranking(self.tables, self.right, start=start, ridge=_RIDGE)

    def top1(self, ranking: Array) -> float:
        """Return the share of questions whose right candidate comes first."""
        won = sum(
            int((table @ ranking).argmax()) == right
            for table, right in zip(self.tables, self.right, strict=True)
        )
        return won / max(len(self.right) + self.lost, 1)

    def __add__(self, other: "Choices") -> "Choices":
        """Return both together."""
        return Choices(self.tables + other.tables, self.right + other.right, self.lost + other.lost)


def collect_choices(folds: Sequence[Fold], ranking: Array) -> Choices:
    """Return what the questions of `folds` can be answered with."""
    tables = []
    places = []
    lost = 0
    for fold in folds:
        for question, candidates in fold.ask(ranking):
            if question.kind != "there":
                continue
            clear = [one for one in candidates if not one.vetoes]
            right = [place for place, one in enumerate(clear) if one.entry == question.entry]
            if right:
                tables.append(np.array([one.parts for one in clear]))
                places += right
            else:
                lost += 1
    return Choices(tuple(tables), tuple(places), lost)


@dataclass(frozen=True, slots=True)
class Beliefs:
    """The best candidate of each question that has one: (questions, measures) and what it is.

    `importance` (questions,) makes every kind of question in a set weigh alike.
    """

    measures: Array
    right: Array
    importance: Array

    def __add__(self, other: "Beliefs") -> "Beliefs":
        """Return both together."""
        return Beliefs(
            np.vstack([self.measures, other.measures]),
            np.r_[self.right, other.right],
            np.r_[self.importance, other.importance],
        )


def collect_beliefs(folds: Sequence[Fold], ranking: Array) -> Beliefs:
    """Return what the confidence in answers to the questions of `folds` is made of."""
    measures = []
    right = []
    kinds = []
    for fold in folds:
        for question, candidates in fold.ask(ranking):
            best = next((one for one in candidates if not one.vetoes), None)
            if best is not None:
                measures.append(best.measures)
                right.append(float(question.kind == "there" and best.entry == question.entry))
                kinds.append(question.kind)
    names = np.array(kinds)
    _, numbers, counts = np.unique(names, return_inverse=True, return_counts=True)
    return Beliefs(np.array(measures), np.array(right), _WEIGHT_OF_KIND / counts[numbers])


# In questions: so much does each kind of a set weigh, however many there are.
_WEIGHT_OF_KIND = 1000.0
