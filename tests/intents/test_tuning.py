"""A matcher is judged by labelled questions, and tuned on them."""

from collections.abc import Iterator, Sequence
from itertools import count

import pytest

from intents import Normaliser, Subject, Understander, WordLists
from intents.judging import (
    Labelled,
    judge,
    sum_up,
    tune,
)

FRUITS = "apple pear plum cherry grape melon lemon peach mango papaya".split()
SUBJECTS = tuple(
    Subject(
        entry=fruit,
        phrasings=(
            f"where do {fruit} trees grow",
            f"in which soil does a {fruit} tree thrive",
            f"the best place for {fruit} trees",
            f"where to plant a {fruit} tree",
        ),
    )
    for fruit in FRUITS
)
QUESTIONS = (
    *(Labelled(f"which place suits {fruit} trees", fruit) for fruit in FRUITS),
    *(Labelled(f"how are {fruit} pies baked at home", None) for fruit in FRUITS),
    Labelled("who won the football match", None),
)


@pytest.fixture(scope="module")
def understander(words: WordLists, normaliser: Normaliser) -> Understander:
    return Understander(SUBJECTS, words=words, normaliser=normaliser)


def test_each_question_is_judged_in_order_and_timed(understander: Understander) -> None:
    ticks: Iterator[int] = count()
    found = list(judge(understander, QUESTIONS[:12], clock=lambda: float(next(ticks))))
    assert [one.label for one in found] == [*FRUITS, None, None]
    assert [one.best for one in found[:10]] == FRUITS
    assert {one.milliseconds for one in found} == {1000.0}


def test_an_answer_is_judged_by_the_threshold_in_force(understander: Understander) -> None:
    figures = sum_up(list(judge(understander, QUESTIONS)), threshold=0)
    confident = [one for one in judge(understander, QUESTIONS) if one.confidence is not None]
    threshold = understander.calibration.answer_from
    assert figures.answered == sum((one.confidence or 0) >= threshold for one in confident)
    assert figures.top1 == 1.0


def test_tuning_reaches_the_precision_that_is_asked_for(understander: Understander) -> None:
    tuned = tune(understander, QUESTIONS, precision=0.9)
    figures = sum_up(
        list(judge(understander.calibrated(tuned.calibration), QUESTIONS)),
        threshold=tuned.calibration.answer_from,
    )
    assert tuned.is_reached
    assert figures.precision == tuned.precision
    assert (figures.precision or 0) >= 0.9
    assert figures.right >= 8


def test_tuning_says_when_the_precision_cannot_be_reached(understander: Understander) -> None:
    hopeless = [Labelled(one.text, "durian") for one in QUESTIONS]
    tuned = tune(understander, hopeless, precision=0.9)
    assert (tuned.precision, tuned.is_reached) == (0.0, False)
    nothing = tune(understander, [Labelled("zzkqx", "apple")], precision=0.9)
    assert (nothing.precision, nothing.is_reached) == (None, False)


def test_lines_to_tune_by_never_become_phrasings(understander: Understander) -> None:
    odd = Labelled("zorbly quux fnord", "apple")
    other = understander.calibrated(tune(understander, [odd] * 30, precision=0.9).calibration)
    assert other.candidates(odd.text) == understander.candidates(odd.text) == ()


def test_what_is_tuned_stays_as_it_is(understander: Understander) -> None:
    before = understander.calibration
    tuned = tune(understander, QUESTIONS, precision=0.9)
    assert understander.calibration == before
    assert tuned.calibration.model != before.model


def test_few_lines_move_the_weights_little(understander: Understander) -> None:
    few = understander.calibrated(tune(understander, QUESTIONS[:2], precision=0.9).calibration)
    for question in QUESTIONS:
        first, then = understander.candidates(question.text), few.candidates(question.text)
        assert [one.entry for one in first[:1]] == [one.entry for one in then[:1]]
        for one, other in zip(first[:1], then[:1], strict=True):
            assert abs(one.confidence - other.confidence) < 0.15


def test_all_questions_are_tracked_while_tuning(understander: Understander) -> None:
    passes: list[int] = []

    def track(questions: Sequence[Labelled]) -> Sequence[Labelled]:
        passes.append(len(questions))
        return questions

    tune(understander, QUESTIONS, precision=0.9, track=track)
    assert passes == [len(QUESTIONS)] * 2
